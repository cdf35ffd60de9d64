"""300: the article, its fetch and the end of its place in the queue, in one transaction."""

import logging
from dataclasses import replace
from typing import Any, Self

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import CloseSpider, DropItem

from newscrawl.condition import NO_ARTICLE, note_text
from newscrawl.crawl import Crawl
from newscrawl.ends import take_moved
from newscrawl.lessons import learn_from_article
from newscrawl.models import Article
from newscrawl.monitor.texts import Text
from newscrawl.outcomes import OUTCOMES
from newscrawl.steps import ArticleCarried
from newscrawl.store import Stored
from newscrawl.store.values import hash64
from newscrawl.urls import key

logger = logging.getLogger(__name__)


class StorePipeline:
    """Hands each article to the store, which decides what it is; counts and logs the verdict."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        crawler.signals.connect(self._dropped, signal=signals.item_dropped)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """As Scrapy makes it."""
        return cls(crawler)

    async def process_item(self, item: Article) -> Article:
        """Store `item`; returns once it is on disk."""
        crawl = Crawl.of(self._crawler)
        try:
            stored = await crawl.write(lambda: put(crawl, item), _step(crawl, item))
        except CloseSpider as closing:
            raise DropItem("the database is lost; its place in the queue is kept") from closing
        if stored is None:
            raise DropItem("forgotten")
        verdict = stored.decision.verdict
        crawl.verdicts[verdict] += 1
        crawl.count(f"articles/{verdict}")
        logger.info("%s: %s (%s)", verdict, item.headline, item.url)
        return item

    async def _dropped(self, item: Article, exception: DropItem) -> None:
        """The validate step refused it: that is the URL's outcome."""
        crawl = Crawl.of(self._crawler)
        if crawl.failure is not None:
            return
        outcome = str(exception) if str(exception) in OUTCOMES else "not_article"
        await crawl.write(lambda: refuse(crawl, item, outcome), _step(crawl, item))


def _step(crawl: Crawl, item: Article) -> Any:
    """What is kept of it for a replay."""
    landed = crawl.landed.get(_asked(item))
    return ArticleCarried(url=item.url, channel_url=item.channel_url) if landed is None else landed.step


def put(crawl: Crawl, item: Article) -> Stored | None:
    """Store the article and end its address's place in the queue; None: it was taken down."""
    channel_id = crawl.store.channels.id_of(item.source_id, item.channel_url) if item.channel_url else None
    asked = _asked(item)
    was = crawl.store.articles.urls.article_id(asked)
    roles = ("requested", *("redirect" for _ in item.reached_by[1:]))
    stored = crawl.store.articles.put(
        item,
        run_id=crawl.run_id,
        channel_id=channel_id,
        now=crawl.clock(),
        aliases=zip(item.reached_by, roles, strict=False),
    )
    if stored is not None and item.http_status and stored.decision.verdict != "same":
        text = Text(
            chars=len(item.article_body or ""),
            is_dated=item.date_published is not None,
            text_hash=hash64(" ".join((item.article_body or "").split())),
            url_key=key(item.url),
        )
        note_text(crawl, item.source_id, text, now=crawl.clock())
    if stored is not None:
        _end(crawl, item, "duplicate" if stored.is_alias else "ok")
        if item.http_status and was not in (None, stored.article_id):
            take_moved(crawl, item.source_id, asked, item.reached_by[0] if item.reached_by else item.url)
    return stored


def refuse(crawl: Crawl, item: Article, outcome: str) -> None:
    """What the validate step refused: the outcome is its address's."""
    if item.http_status and outcome in NO_ARTICLE:
        note_text(crawl, item.source_id, Text(chars=None), now=crawl.clock())
    _end(crawl, item, outcome)


def _end(crawl: Crawl, item: Article, outcome: str) -> None:
    asked = _asked(item)
    landed = crawl.landed.pop(asked, None)
    if landed is not None:
        crawl.record_fetch(replace(landed.fetch, outcome=outcome))
        landed.then()
        learn_from_article(crawl, item, landed.entry)
        if outcome == "ok" and "truncated" in landed.fetch.flags:
            crawl.store.queue.look_again(asked, now=crawl.clock(), retry_s=crawl.retry_s)
            return
    crawl.store.queue.done(asked)


def _asked(item: Article) -> str:
    return key(item.reached_by[0] if item.reached_by else item.url)
