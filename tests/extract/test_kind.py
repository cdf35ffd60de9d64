from dataclasses import replace

import pytest

from newscrawl.errors import ExtractError
from newscrawl.extract import extract_article
from newscrawl.extract.evidence import Candidate, Evidence
from newscrawl.extract.kind import check_prose, choose_kind
from newscrawl.markup import parse
from newscrawl.models import Page
from newscrawl.text import count_words
from tests.extract.pages import FETCHED_AT, SOURCE, URL, json_ld, page

LONG = "word " * 2_000

pytestmark = pytest.mark.usefixtures("plain_body")


def kind_of(types, url, text):
    return choose_kind(Evidence(Candidate("type", name, "schemaorg:@type") for name in types), url, count_words(text))[
        0
    ]


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


def test_the_kind_names_its_evidence():
    article = extract_article(page(json_ld('{"@type": "NewsArticle", "headline": "Ferry"}')), source=SOURCE)
    assert article.origins["kind"] == "schemaorg:@type"
    assert extract_article(page(), source=SOURCE).origins["kind"] == "text"
    live = page(url="https://herald.example/live/ferry-runs-late")
    assert extract_article(live, source=SOURCE).origins["kind"] == "url:path"


LIST_PATHS = """/ /de/ /index.html /home /tag/harbour /en/tag/harbour /schlagwort/hafen /tema/puerto /mot-cle/port
    /author/ann-smith/ /autor/ann-smith/12 /people/ann-smith /news/topic/ferries /search/ferry /page/3 /news/page/3
    /kategorie/politik/seite/2 /2026/03/ /archive/2026/03/04 /live/ /en/videos/ /galleries/"""


@pytest.mark.parametrize("path", LIST_PATHS.split())
def test_a_list_is_no_article(path):
    with pytest.raises(ExtractError) as caught:
        extract_article(page(url=f"https://herald.example{path}"), source=SOURCE)
    assert caught.value.outcome == "not_article"


ARTICLE_PATHS = """/1927 /archives/2562 /topic/the-ferry-runs-late-again /de/hafen/ /ferries/index.html
    /2026/03/04/ferry-runs-late /news/2026/ferry /profile/how-ann-smith-sails-the-ferry"""


@pytest.mark.parametrize("path", ARTICLE_PATHS.split())
def test_an_address_that_may_be_an_articles_decides_nothing(path):
    assert extract_article(page(url=f"https://herald.example{path}"), source=SOURCE).kind == "article"


def test_a_page_of_linked_headlines_is_a_list_at_any_address():
    cards = "".join(f'<h3><a href="/{n}">The ferry runs late on day {n}</a></h3>' for n in range(6))
    with pytest.raises(ExtractError, match="lists 6 headlines"):
        extract_article(page("", f"<h1>Harbour</h1>{cards}"), source=SOURCE)


def test_several_articles_that_live_elsewhere_make_a_list():
    nodes = ", ".join(
        f'{{"@type": "NewsArticle", "headline": "Ferry {n}", "url": "/{n}", "datePublished": "2026-03-0{n}"}}'
        for n in range(1, 5)
    )
    with pytest.raises(ExtractError, match="ItemList"):
        extract_article(page(json_ld(f"[{nodes}]")), source=SOURCE)


@pytest.mark.parametrize("url", ["https://herald.example/video/ferry", "https://herald.example/ferry"])
def test_a_film_with_a_few_words_is_no_article(url):
    film = json_ld('{"@type": "VideoObject", "name": "Ferry"}')
    with pytest.raises(ExtractError, match="video with") as caught:
        extract_article(page(film, url=url), source=SOURCE)
    assert caught.value.outcome == "not_article"


def test_live_blogs_and_galleries_are_marked():
    assert extract_article(page(json_ld('{"@type": "LiveBlogPosting"}')), source=SOURCE).kind == "live"
    assert extract_article(page(json_ld('{"@type": "ImageGallery"}')), source=SOURCE).kind == "gallery"


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


@pytest.mark.parametrize(
    ("body", "content_type", "outcome"),
    [
        (b"fog, boats, harbour\n" * 90, "text/html", "not_html"),
        ("<p>भारत में आज सुबह से बारिश हो रही है और सड़कों पर पानी भर गया है।</p>".encode() * 9, "text/html", None),
        (b"<p>" + "港の船は霧のため遅れて出た。".encode() * 20 + b"</p>", "text/html", None),
        (b"<p>" + b"1949 12.5 38 (7) 22 - " * 60 + b"</p>", "text/html", None),
        (b"<p>" + b"&amp;" * 4_000 + b" The ferry left the harbour late." * 9 + b"</p>", "text/html", None),
        (b"<p>" + bytes(range(128, 256)) * 60 + b"</p>", "text/html", "no_text"),
        (b"<p>" + b"YmFzZTY0IGlzIG5vIHByb3NlIGF0IGFsbCwgYnV0IGxldHRlcnM " * 60 + b"</p>", "text/html", "no_text"),
    ],
)
def test_what_is_no_page_or_nobodys_writing_is_refused(body, content_type, outcome):
    came = Page(url=URL, body=body, fetched_at=FETCHED_AT, headers={"content-type": content_type})
    said = None
    try:
        extract_article(came, source=SOURCE)
    except ExtractError as error:
        said = error.outcome
    assert said == outcome


def test_plain_text_that_says_so_is_a_page():
    lines = Page(url=URL, body=b"\n".join([b"The ferry left late."] * 9), fetched_at=FETCHED_AT)
    plain = replace(lines, headers={"content-type": "text/plain"})
    check_prose(parse(plain), "The ferry left late.")
    with pytest.raises(ExtractError):
        check_prose(parse(lines), "The ferry left late.")
