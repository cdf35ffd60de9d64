from datetime import UTC, datetime

import pytest

from newscrawl.extract import extract_article
from newscrawl.extract.dates import DateReader, choose_dates, read_url_day
from newscrawl.extract.evidence import Candidate, Evidence
from newscrawl.models import Source
from tests.extract.pages import PARAGRAPHS, SOURCE, TEXT, page

pytestmark = pytest.mark.usefixtures("plain_body")


def dates_of(*candidates):
    return choose_dates(Evidence(Candidate(*item) for item in candidates), DateReader(page(), SOURCE, ("en",), None))


def test_the_articles_own_node_is_believed_first():
    dates = dates_of(
        ("date_published", "2026-03-01T08:00:00Z", "meta:article:published_time"),
        ("date_published", "2026-03-03T10:00:00Z", "schemaorg:NewsArticle.datePublished"),
    )
    assert dates.published.earliest == datetime(2026, 3, 3, 10, tzinfo=UTC)
    assert dates.published.origin == "schemaorg"
    assert dates.origins["date_published"] == "schemaorg:NewsArticle.datePublished"
    assert "article:published_time: 2026-03-01" in dates.origins["date_published.other"]


def test_an_instant_gives_a_bare_day_its_clock():
    dates = dates_of(
        ("date_published", "2026-03-03", "schemaorg:NewsArticle.datePublished"),
        ("date_published", "2026-03-03T10:00:00Z", "meta:article:published_time"),
    )
    assert dates.published.earliest == dates.published.latest == datetime(2026, 3, 3, 10, tzinfo=UTC)
    assert "date_published.other" not in dates.origins


def test_a_modified_date_is_never_the_published_one():
    dates = dates_of(("date_modified", "2026-03-03T10:00:00Z", "schemaorg:NewsArticle.dateModified"))
    assert dates.published is None
    assert dates.modified.earliest == datetime(2026, 3, 3, 10, tzinfo=UTC)


@pytest.mark.parametrize("raw", ["2099-01-01T00:00:00Z", "0001-01-01T00:00:00Z", "1970-01-01T00:00:00Z"])
def test_a_date_that_cannot_be_is_refused_and_kept(raw):
    dates = dates_of(("date_published", raw, "schemaorg:NewsArticle.datePublished"))
    assert dates.published is None
    assert dates.refused == (raw,)


def test_the_next_claim_counts_where_the_first_cannot_be():
    dates = dates_of(
        ("date_published", "2099-01-01T00:00:00Z", "schemaorg:NewsArticle.datePublished"),
        ("date_published", "2026-03-03", "meta:article:published_time"),
    )
    assert dates.published.earliest.day == 3


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://x.example/2026/03/03/ferry", "2026-03-03"),
        ("https://x.example/news/20260303-ferry", "2026-03-03"),
        ("https://x.example/ferry-2026-03-03.html", "2026-03-03"),
        ("https://x.example/2026/03/ferry", None),
        ("https://x.example/2026/13/03/ferry", None),
        ("https://x.example/2026/03/03/from-2025-01-01", None),
        ("https://x.example/id/1202603031", None),
        ("https://x.example/article/A2026030310143000123", "2026-03-03"),
        ("https://x.example/article/A2026030399143000123", None),
        ("https://web.example/20270101101500/https://x.example/2026/03/03/ferry", "2026-03-03"),
        ("https://web.example/20270101101500/https://x.example/ferry", None),
        ("https://x.example/ferry?d=2026-03-03", None),
        ("http://[bad", None),
    ],
)
def test_a_day_in_the_address(url, day):
    assert read_url_day(url) == day


def test_the_address_speaks_last():
    article = extract_article(page(url="https://herald.example/2026/03/02/ferry"), source=SOURCE)
    assert (article.date_published.raw, article.date_published.origin) == ("2026-03-02", "url")


def test_a_page_without_a_date_has_none():
    article = extract_article(page(), source=SOURCE)
    assert article.date_published is None
    assert article.time_text is None


def test_a_printed_date_is_read_near_the_headline():
    body = f"<h1>Ferry runs late again</h1><p>3 March 2026</p>{PARAGRAPHS}"
    article = extract_article(page("", body), source=SOURCE)
    assert article.date_published.earliest == datetime(2026, 3, 3, tzinfo=UTC)
    assert article.date_published.kind == "day"
    assert article.date_published.raw == "3 March 2026"


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("3 March 2026 6 min read", 3),
        ("March 3, 2026 at 10:00 am by Ann Smith", 3),
        ("Harbour | 2026-03-03 | Ann Smith", 3),
        ("Posted by Ann on 3rd March 2026", 3),
        ("Updated 3 March 2026", None),
        ("16:45", None),
        ("6 min read", None),
        ("Room 2026, 3rd floor", None),
        ("9.7 /10", None),
        ("Our mark: 8.5/10", None),
    ],
)
def test_a_day_within_a_line(line, day):
    article = extract_article(page("", f"<h1>Ferry runs late again</h1><div>{line}</div>{PARAGRAPHS}"), source=SOURCE)
    assert (article.date_published and article.date_published.earliest.day) == day


def test_a_day_in_front_of_the_text():
    body = f"<h1>Ferry runs late again</h1><p>3.3.2026 – The boat to the island {'was late ' * 30}</p>{PARAGRAPHS}"
    assert extract_article(page("", body, lang="de")).date_published.earliest.day == 3


def test_a_day_inside_running_text_is_not_the_articles():
    body = f"<h1>Ferry runs late again</h1><p>{'The boat was late, as it was ' * 8} on 3 March 2025.</p>{PARAGRAPHS}"
    assert extract_article(page("", body), source=SOURCE).date_published is None


def test_a_time_inside_the_note_of_the_last_change_is_not_the_published_one():
    changed = '<p class="date">Last updated on <span class="date">4 March 2026</span></p>'
    body = f"<h1>Ferry runs late again</h1>{changed}{PARAGRAPHS}"
    article = extract_article(page("", body), source=SOURCE)
    assert article.date_published is None
    assert article.date_modified.earliest.day == 4


def test_a_caption_dates_its_picture():
    caption = "<figcaption>The old boat at the pier of the island, 1 March 2026</figcaption>"
    body = f"<h1>Ferry runs late again</h1>{caption}{PARAGRAPHS}"
    assert extract_article(page("", body), source=SOURCE).date_published is None


@pytest.mark.parametrize(("line", "told"), [("As of 02/03/2026", False), ("2 March 2026", True)])
def test_an_ambiguous_day_past_the_text_is_not_believed(line, told):
    body = f"<h1>Ferry runs late again</h1><p>{' '.join(TEXT)}</p><p>{line}</p>"
    assert (extract_article(page("", body), source=SOURCE).date_published is not None) == told


def test_what_is_marked_far_away_yields_to_what_is_printed_near():
    article = f"<div><div><div><div><h1>Ferry runs late again</h1><p>1 March 2026</p>{PARAGRAPHS}"
    body = f'<div class="date">4 March 2026</div>{article}'
    assert extract_article(page("", body), source=SOURCE).date_published.raw == "1 March 2026"


def test_the_header_of_the_site_prints_the_day_of_the_visit():
    article = f"<div><div><div><div><h1>Ferry runs late again</h1>{PARAGRAPHS}"
    body = f"<header><time>4 March 2026</time></header>{article}"
    assert extract_article(page("", body), source=SOURCE).date_published is None


def test_the_only_time_beside_the_text_counts_last():
    beside = '<aside><h3>Published</h3><time datetime="2026-03-01">Sunday</time></aside>'
    body = f"<article><h1>Ferry runs late again</h1>{PARAGRAPHS}{beside}</article>"
    assert extract_article(page("", body), source=SOURCE).date_published.raw == "2026-03-01"
    body = f"<article><h1>Ferry runs late again</h1><p>2 March 2026</p>{PARAGRAPHS}{beside}</article>"
    assert extract_article(page("", body), source=SOURCE).date_published.raw == "2 March 2026"


def test_the_day_is_kept_beside_the_instant():
    head = '<meta property="article:published_time" content="2026-03-01T23:30:00Z">'
    body = f"<h1>Ferry runs late again</h1>{PARAGRAPHS}"
    source = Source(id="de_x", publisher="X", url="https://x.example/", country="de", timezone="Europe/Berlin")
    assert extract_article(page(head, body), source=source).extra["day_published"] == "2026-03-02"
