import pickle
from dataclasses import replace

import pytest

from newscrawl.errors import ExtractError
from newscrawl.extract import article_from_entry, extract_article
from newscrawl.models import Entry
from tests.extract.pages import SOURCE, TEXT, URL, json_ld, page

pytestmark = pytest.mark.usefixtures("plain_body")

HEAD = (
    '<title>Ferry runs late again | The Demo Herald</title><link rel="canonical" href="/harbour/ferry-runs-late?x=1">'
    '<meta property="og:description" content="The tide was low."><meta property="og:image" content="/img/ferry.jpg">'
    '<meta property="article:section" content="Harbour"><meta name="news_keywords" content="ferry, tide; ferry">'
    '<meta name="author" content="By Ann Smith and Bob Hill">'
    '<meta property="article:published_time" content="2026-03-03T10:00:00+01:00">'
    '<meta property="article:modified_time" content="2026-03-03T12:00:00Z">'
)


def test_every_field_of_a_plain_page():
    article = extract_article(page(HEAD), source=SOURCE)
    assert article.headline == "Ferry runs late again"
    assert article.authors == ("Ann Smith", "Bob Hill")
    assert article.description == "The tide was low."
    assert article.article_section == "Harbour"
    assert article.keywords == ("ferry", "tide")
    assert article.image_url == "https://herald.example/img/ferry.jpg"
    assert article.canonical_url == "https://herald.example/harbour/ferry-runs-late?x=1"
    assert article.publisher == "The Demo Herald"
    assert article.in_language == "en"
    assert article.date_published.earliest.isoformat() == "2026-03-03T09:00:00+00:00"
    assert article.date_published.raw == "2026-03-03T10:00:00+01:00"
    assert article.date_modified.earliest.isoformat() == "2026-03-03T12:00:00+00:00"
    assert article.article_body == "\n\n".join(TEXT)
    assert (article.source_id, article.url, article.http_status) == ("zz_herald", URL, 200)


def test_every_value_says_where_it_came_from():
    article = extract_article(page(HEAD), source=SOURCE)
    for name in ("headline", "authors", "description", "article_section", "keywords", "image_url", "canonical_url"):
        assert article.origins[name].startswith(("meta:", "visible:")), name
    assert article.origins["date_published"] == "meta:article:published_time"


def test_the_same_page_gives_the_same_article():
    assert extract_article(page(HEAD), source=SOURCE) == extract_article(page(HEAD), source=SOURCE)


def test_an_article_crosses_into_a_worker_and_back():
    article = extract_article(page(HEAD), source=SOURCE)
    assert pickle.loads(pickle.dumps(article)) == article


def test_a_page_alone_is_enough():
    article = extract_article(page(HEAD))
    assert article.source_id == "url_herald.example"
    assert article.headline == "Ferry runs late again"


@pytest.mark.parametrize("href", ["/", "https://herald.example", "javascript:void(0)", "http://[bad"])
def test_a_canonical_address_that_cannot_be_the_articles_is_left_out(href):
    assert extract_article(page(f'<link rel="canonical" href="{href}">'), source=SOURCE).canonical_url is None


@pytest.mark.parametrize(
    ("value", "free"),
    [("false", False), ('"False"', False), ("true", True), ('"http://schema.org/True"', True), ('"maybe"', None)],
)
def test_whether_it_is_free(value, free):
    head = json_ld(f'{{"@type": "NewsArticle", "headline": "Ferry runs late again", "isAccessibleForFree": {value}}}')
    assert extract_article(page(head), source=SOURCE).is_accessible_for_free is free


def test_the_charset_and_its_evidence_are_kept():
    article = extract_article(replace(page(), headers={"content-type": "text/html; charset=utf-8"}), source=SOURCE)
    assert article.extra["charset"] == {"encoding": "utf-8", "evidence": "header"}


def test_an_agency_is_credit():
    article = extract_article(page('<meta name="author" content="Reuters">'), source=SOURCE)
    assert (article.authors, article.credit) == ((), "Reuters")
    assert article.extra["byline"] == "Reuters"


def test_a_printed_time_that_cannot_be_is_kept_beside_the_missing_date():
    article = extract_article(
        page('<meta property="article:published_time" content="2099-01-01T00:00:00Z">'), source=SOURCE
    )
    assert article.date_published is None
    assert article.time_text == "2099-01-01T00:00:00Z"


def test_a_card_that_carries_the_text_is_an_article():
    entry = Entry(
        url=URL,
        headline="Ferry",
        article_body="\n\n".join(TEXT),
        authors=("Ann Smith",),
        origins={"headline": "element"},
    )
    article = article_from_entry(entry, source=SOURCE, page=page())
    assert (article.headline, article.authors, article.http_status) == ("Ferry", ("Ann Smith",), None)
    assert article.origins["headline"] == "entry:element"


def test_a_card_without_text_is_none():
    with pytest.raises(ExtractError) as caught:
        article_from_entry(Entry(url=URL, headline="Ferry"), source=SOURCE, page=page())
    assert caught.value.outcome == "no_text"


def test_all_sections_of_the_place_that_won_are_kept() -> None:
    head = json_ld('{"@type": "NewsArticle", "headline": "Ferry", "articleSection": ["Harbour", "Town", "Harbour"]}')
    article = extract_article(page(head + '<meta property="article:section" content="News">'))
    assert article.article_section == "Harbour"
    assert article.extra["sections"] == ["Harbour", "Town"]


def test_one_section_is_not_told_twice() -> None:
    article = extract_article(page('<meta property="article:section" content="News">'))
    assert article.article_section == "News"
    assert "sections" not in article.extra
