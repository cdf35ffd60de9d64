"""Articles that a feed carries whole are stored after it; a run that ends in between loses none."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from newscrawl.clock import held
from newscrawl.crawl import Errand
from newscrawl.intake import take_listing
from newscrawl.models import Channel, Page, Source
from newscrawl.pipelines.store import put
from newscrawl.store import open_store
from newscrawl.workers import read_channel
from tests.shell.making import crawl_on

NOON = datetime(2026, 3, 15, 12, tzinfo=UTC)
URL = "https://herald.example/feed.xml"
CHANNEL = Channel(kind="feed", url=URL)
SOURCE = Source(id="zz_herald", publisher="The Herald", url=URL, country="zz", channels=(CHANNEL,))
CONTENT = 'xmlns:content="http://purl.org/rss/1.0/modules/content/"'
STORY = "The council of the island approved the plan for a second ferry after a long debate on Monday. " * 8
ITEMS = "".join(
    f"<item><title>Plan {n} for the {name} approved</title><link>https://herald.example/{name}-plan-approved</link>"
    f"<content:encoded>Plan {n}: {STORY}</content:encoded></item>"
    for n, name in enumerate(("ferry", "bridge", "harbour"))
)


def test_what_a_killed_run_had_not_stored_is_the_next_ones_to_fetch(tmp_path: Path) -> None:
    store = open_store(tmp_path / "news.db")
    with store.transaction():
        run_id = store.runs.begin("test", arguments={}, version="0", now=NOON)
        channel_id = store.channels.register(SOURCE, now=NOON)[URL].id
    crawl = crawl_on(store, run_id, checks_per_day=1.0)
    page = Page(url=URL, body=f"<rss {CONTENT}><channel>{ITEMS}</channel></rss>".encode(), fetched_at=NOON)
    reading = read_channel(page, SOURCE, CHANNEL, {}, {})
    errand = Errand(kind="feed", source=SOURCE, channel=CHANNEL, channel_id=channel_id)
    with held(NOON), store.transaction():
        taken = take_listing(crawl, errand, page, reading, sent_at=None)
    assert len(taken.articles) == 3
    assert taken.queued == []
    with held(NOON), store.transaction():
        put(crawl, taken.articles[0])

    with store.transaction():
        later = store.runs.begin("test", arguments={}, version="0", now=NOON + timedelta(days=1))
        left = store.queue.lease(later, [SOURCE.id], now=NOON + timedelta(days=1), limit=10)
    assert {queued.url for queued in left} == {article.url for article in taken.articles[1:]}
    store.connection.close()
