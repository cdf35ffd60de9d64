"""Spider arguments: each error is one line that names the argument."""

from datetime import UTC, datetime

import pytest
from scrapy.settings import Settings

from newscrawl.errors import SeedError
from spiders.arguments import read_plan
from spiders.monitor import MonitorSpider
from spiders.related import RelatedSpider

SETTINGS = Settings({"NEWSCRAWL_SEEDS": "seeds"})


def test_a_url_needs_no_seed_file():
    plan = read_plan(
        SETTINGS,
        {"url": "https://herald.example/", "in_language": "en", "fetched_at": "2025-07-28T06:00:00Z"},
        kind="listing",
    )
    [source] = plan.sources
    assert (source.id, source.in_language, plan.user_url) == ("url_herald.example", ("en",), True)
    assert plan.fetched_at == datetime(2025, 7, 28, 6, tzinfo=UTC)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"ulr": "https://herald.example/"}, "argument: ulr: not an argument"),
        ({"url": "https://a.example/", "sources": "*"}, "url or sources, not both"),
        ({"sources": "qq/*"}, "qq/"),
        ({"url": "ftp://a.example/"}, "ftp"),
        ({"url": "https://a.example/", "pages": "two"}, "argument: pages: 'two'"),
        ({"url": "https://a.example/", "fetched_at": "yesterday"}, "argument: fetched_at: 'yesterday' is not ISO 8601"),
        ({"url": "https://a.example/", "fetched_at": "2025-07-28T06:00:00"}, "names no zone"),
        ({"sources": "*", "publisher": "X"}, "argument: publisher: goes with url"),
    ],
)
def test_what_is_wrong_is_named(given: dict[str, str], words: str):
    with pytest.raises(SeedError) as caught:
        read_plan(SETTINGS, given, kind="listing")
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)


def test_sources_without_such_a_channel_are_an_error():
    with pytest.raises(SeedError, match="has a sitemap channel"):
        read_plan(SETTINGS, {"sources": "zz/demo_listok"}, kind="sitemap")


def test_related_needs_a_url():
    with pytest.raises(SeedError, match="url: missing"):
        RelatedSpider.read_plan(SETTINGS, {})


def test_monitor_takes_once():
    assert MonitorSpider.read_plan(SETTINGS, {"sources": "zz/demo*", "once": "1"}).once
    with pytest.raises(SeedError, match="once"):
        MonitorSpider.read_plan(SETTINGS, {"once": "yes"})
