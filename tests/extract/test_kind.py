import pytest

from newscrawl.errors import ExtractError
from newscrawl.extract import extract_article
from newscrawl.extract.evidence import Candidate, Evidence
from newscrawl.extract.kind import choose_kind
from tests.extract.pages import SOURCE, json_ld, page

LONG = "word " * 2_000

pytestmark = pytest.mark.usefixtures("plain_body")


def kind_of(types, url, text):
    return choose_kind(Evidence(Candidate("type", name, "schemaorg:@type") for name in types), url, text)


@pytest.mark.parametrize(
    ("types", "url", "text", "kind"),
    [
        (["NewsArticle"], "https://x.example/ferry", LONG, "article"),
        (["LiveBlogPosting"], "https://x.example/ferry", LONG, "live"),
        ([], "https://x.example/live/ferry", LONG, "live"),
        (["VideoObject"], "https://x.example/ferry", "short", "video"),
        (["NewsArticle", "VideoObject"], "https://x.example/ferry", LONG, "article"),
        ([], "https://x.example/video/ferry", LONG, "article"),
        ([], "https://x.example/video/ferry", "short", "video"),
        (["ImageGallery"], "https://x.example/ferry", "short", "gallery"),
        ([], "https://x.example/olive/ferry", LONG, "article"),
        ([], "https://x.example/live-music-in-town", LONG, "article"),
        ([], "https://x.example/harbour/ferry-live-blog", LONG, "live"),
    ],
)
def test_kinds(types, url, text, kind):
    assert kind_of(types, url, text) == kind


@pytest.mark.parametrize("path", ["/", "/tag/harbour", "/author/ann-smith/", "/news/topic/ferries", "/search/ferry"])
def test_a_list_is_no_article(path):
    with pytest.raises(ExtractError) as caught:
        extract_article(page(url=f"https://herald.example{path}"), source=SOURCE)
    assert caught.value.outcome == "not_article"


def test_what_declares_itself_an_article_is_one_at_any_address():
    head = json_ld('{"@type": "NewsArticle", "headline": "Ferry runs late again", "datePublished": "2026-03-03"}')
    assert extract_article(page(head, url="https://herald.example/topic/ferries"), source=SOURCE).kind == "article"


def test_a_shop_is_no_article():
    with pytest.raises(ExtractError, match="Product"):
        extract_article(page(json_ld('{"@type": "Product", "name": "Ferry model"}')), source=SOURCE)


def test_an_article_that_shows_a_product_is_an_article():
    head = json_ld('{"@type": "Product", "name": "Ferry model"}') + (
        '<meta property="article:published_time" content="2026-03-03">'
    )
    assert extract_article(page(head), source=SOURCE).kind == "article"
