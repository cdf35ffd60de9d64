"""The aggregator's related block gives the same records from text and from every way of marking it up."""

from datetime import UTC, datetime
from functools import cache

import pytest

from newscrawl.models import Article, Channel, Page, Source
from newscrawl.sources import source_for_url
from newscrawl.workers import read_channel
from tests.e2e.newsroom import Newsroom
from tests.site import form_texts, forms
from tests.site.forms import LINKED, Record
from tests.site.server import make_world
from tests.site.world import World

NOON = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)
FORMS = ["text", *forms.FORMS]


@cache
def world() -> World:
    made = make_world(8731, epoch=NOON)
    made.now = lambda: NOON
    return made


@cache
def read(form: str) -> tuple[Article, ...]:
    """The articles on the page of one form."""
    url = f"{world().base('127.0.0.1')}/forms/{form}"
    status, headers, body = world().respond("127.0.0.1", f"/forms/{form}", {})
    page = Page(
        url=url,
        status=status,
        headers={name.lower(): value for name, value in headers.items()},
        body=body,
        fetched_at=NOON,
    )
    source: Source = source_for_url(url)
    return read_channel(page, source, Channel(kind="listing", url=url), {}, {}).articles


def as_records(articles: tuple[Article, ...]) -> list[tuple[str | None, str | None, str | None]]:
    return [(article.publisher, article.headline, article.article_body) for article in articles]


@pytest.mark.parametrize("form", FORMS)
def test_the_related_articles_come_out_exactly(form: str) -> None:
    expected = [(record.publisher, record.headline, record.text) for record in forms.records(world())]
    assert as_records(read(form)[1:]) == expected


@pytest.mark.parametrize("form", FORMS)
def test_each_related_article_was_published_in_its_interval(form: str) -> None:
    records: list[Record] = forms.records(world())
    assert len(read(form)) == 1 + len(records)
    for article, record in zip(read(form)[1:], records, strict=True):
        stamp = article.date_published
        assert stamp is not None
        assert stamp.earliest <= record.published <= stamp.latest


@pytest.mark.parametrize("form", FORMS)
def test_the_pages_own_article_comes_without_tags_boxes_and_remnants(form: str) -> None:
    own = read(form)[0]
    written = form_texts.OWN_PARAGRAPHS
    expected = [LINKED.sub(r"\1", text) if form == "text" else forms.unlinked(text) for text in written]
    assert own.headline == form_texts.OWN_HEADLINE
    assert own.article_body is not None
    assert own.article_body.split("\n\n") == expected


@pytest.mark.slow
@pytest.mark.parametrize("form", ["text", "overlay", "next-data-slug"])
def test_a_crawl_stores_what_was_read(form: str, newsroom: Newsroom) -> None:
    newsroom.crawl("listing", url=f"{newsroom.papers.addresses['roundup']}/forms/{form}")
    stored = newsroom.rows("SELECT headline, word_count, date_published FROM articles ORDER BY id")
    assert {row["headline"] for row in stored} == {
        form_texts.OWN_HEADLINE,
        *(headline for _, _, headline, _, _ in form_texts.RECORDS),
    }
    assert len(stored) == 4
    assert all(row["word_count"] > 100 for row in stored)
