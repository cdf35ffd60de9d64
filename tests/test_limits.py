"""Limits that a run's settings change hold in its workers too, and the fixed ones do not move."""

import asyncio
from datetime import UTC, datetime

import pytest
from scrapy.settings import Settings

from newscrawl import limits
from newscrawl.extensions.bounds import BoundsAddon
from newscrawl.models import Page
from newscrawl.workers import Workers

PAGE = Page(url="https://a.example/", body=b"", fetched_at=datetime(2026, 11, 25, tzinfo=UTC))


def links(page: Page) -> int:
    return limits.LINKS


@pytest.fixture
def unchanged():
    before = {name: getattr(limits, name) for name in limits.names()}
    yield before
    limits.change(before)


def test_a_setting_changes_its_limit_in_the_workers_too(unchanged):
    BoundsAddon().update_settings(Settings({"NEWSCRAWL_LINKS": "7", "NEWSCRAWL_IDLE_S": "2.5", "LINKS": 3}))
    assert (limits.LINKS, limits.IDLE_S) == (7, 2.5)
    assert unchanged["ENTRIES"] == limits.ENTRIES

    async def read() -> int:
        workers = Workers(count=1, timeout_s=60)
        try:
            return await workers.run(links, PAGE)
        finally:
            workers.close()

    assert asyncio.run(read()) == 7


@pytest.mark.parametrize("name", ["YEAR_MIN", "NO_SUCH_LIMIT", "FIXED", "change"])
def test_what_is_fixed_or_no_limit_is_not_changed(name, unchanged):
    with pytest.raises(KeyError):
        limits.change({name: 5})
    assert name not in limits.names()


def test_the_settings_of_the_project_are_the_limits():
    from settings import base

    for name in limits.names():
        assert getattr(base, f"NEWSCRAWL_{name}", getattr(limits, name)) == getattr(limits, name), name
