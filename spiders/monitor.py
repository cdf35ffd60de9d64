"""`scrapy crawl monitor`."""

import asyncio
import logging
from collections.abc import AsyncIterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from scrapy.settings import BaseSettings

from newscrawl.errors import SeedError
from newscrawl.extensions.runs import LEASE_S
from newscrawl.models import Channel
from newscrawl.monitor import revisits
from newscrawl.store import ChannelState
from spiders.arguments import Plan, read_plan
from spiders.base import NewsSpider

logger = logging.getLogger(__name__)
HELD_MAX = 500
"""Channels that wait for their turn or are being checked, at most: what is longest overdue is taken next, and a host
with many channels does not hold up the others."""
WAIT_MIN_S, WAIT_MAX_S = 0.1, 5.0
REVISIT_S = 300.0
"""Re-visits are planned so often, …"""
REVISIT_CREDIT_S = 6 * 3_600.0
"""… and what was not spent longer ago than this is not made up for."""


class MonitorSpider(NewsSpider):
    """Checks every channel when it is due, for as long as it runs; -a once=1 checks what is due now and ends."""

    name = "monitor"
    kind = None
    _revisited_at: datetime | None = None
    _credit = 0.0
    _chance_min = revisits.WORTH_MIN

    @classmethod
    def read_plan(cls, settings: BaseSettings, given: Mapping[str, str]) -> Plan:
        """As any spider's, and `once`."""
        once = given.get("once", "0")
        if once not in ("0", "1"):
            raise SeedError("argument", "once", f"{once!r} is neither 0 nor 1")
        plan = read_plan(settings, {name: text for name, text in given.items() if name != "once"}, kind=None)
        return replace(plan, once=once == "1")

    async def start(self) -> AsyncIterator[Any]:
        """Lease what is due, ask for it, and wait for what comes due next."""
        channels: dict[int, Channel] = {}
        async for source, states in self._registered():
            channels |= {states[one.url].id: one for one in source.channels}
        await self._plan_first()
        began = self.crawl.clock()
        while True:
            for state in await self._lease_due():
                if state.id in channels:
                    yield self.channel_request(self.sources_by_id[state.source_id], channels[state.id], state)
            await self._queue_revisits()
            async for request in self._left_over():
                yield request
            if (self.plan.once and not self._is_due(began)) or not self.crawler.crawling:
                return
            await asyncio.sleep(self._wait_s())

    async def _plan_first(self) -> None:
        """Give channels that nobody has read their first times."""
        crawl, ids = self.crawl, self.sources_by_id.keys()
        places = self.settings.getint("CONCURRENT_REQUESTS")
        later = await crawl.write(lambda: crawl.rota.plan_first(ids, places=places, now=crawl.clock()))
        if later:
            last = crawl.store.channels.last_first_check()
            level = logging.WARNING if self.plan.once else logging.INFO
            logger.log(level, "%d new channels are read later, the last of them at %s", later, last)

    def _is_due(self, by: datetime) -> bool:
        due = self.crawl.store.channels.next_due(self.sources_by_id.keys())
        return due is not None and due <= by

    async def _lease_due(self) -> list[ChannelState]:
        crawl, ids = self.crawl, self.sources_by_id.keys()
        room = HELD_MAX - crawl.store.channels.held(crawl.run_id)
        if room <= 0 or not self._is_due(crawl.clock()):
            return []
        return await crawl.write(
            lambda: crawl.store.channels.lease_due(crawl.run_id, ids, now=crawl.clock(), lease_s=LEASE_S, limit=room),
            is_urgent=True,
        )

    async def _queue_revisits(self) -> None:
        """Put the articles worth another look into the queue, as many as the budget has gathered."""
        crawl, now = self.crawl, self.crawl.clock()
        elapsed_s = (
            min(REVISIT_CREDIT_S, (now - self._revisited_at).total_seconds()) if self._revisited_at else REVISIT_S
        )
        if elapsed_s < REVISIT_S:
            return
        self._revisited_at = now
        per_s = self.settings.getfloat("NEWSCRAWL_REVISITS_PER_DAY") / 86_400
        allowed = per_s * elapsed_s
        self._credit = min(self._credit + allowed, per_s * REVISIT_CREDIT_S + 1)
        ids, budget, least = list(self.sources_by_id), int(self._credit), self._chance_min
        queued = await crawl.write(
            lambda: crawl.store.revisits.queue(ids, now=now, budget=budget, chance_min=least) if budget else 0
        )
        self._credit -= queued
        self._chance_min = revisits.next_chance_min(least, spent=queued, allowed=allowed)
        crawl.count("revisits/queued", queued)

    def _wait_s(self) -> float:
        """Until the next channel is due, at most `WAIT_MAX_S`: another process may bring work sooner."""
        due = self.crawl.store.channels.next_due(self.sources_by_id.keys())
        left_s = (due - self.crawl.clock()).total_seconds() if due is not None else WAIT_MAX_S
        return min(WAIT_MAX_S, max(WAIT_MIN_S, left_s))
