"""The evidence of politeness, from rows of the request log."""

from datetime import UTC, datetime, timedelta

import pytest

from newscrawl.commands.politeness import disallowed_hits
from newscrawl.store import Fetch, open_store
from newscrawl.store.base import HostState
from newscrawl.store.manners import read_manners

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


@pytest.fixture
def store(tmp_path):
    with open_store(tmp_path / "news.db") as opened:
        yield opened


def log(store, run_id: int, url: str, start_s: float | None, end_s: float, outcome: str = "ok", kind: str = "article"):
    started_at = None if start_s is None else NOW + timedelta(seconds=start_s)
    fetch = Fetch(
        url=url, outcome=outcome, kind=kind, started_at=started_at, finished_at=NOW + timedelta(seconds=end_s)
    )
    with store.transaction():
        store.runs.record(run_id, fetch)


def begin(store) -> int:
    with store.transaction():
        return store.runs.begin("listing", arguments={}, version="0", now=NOW)


def test_gaps_are_between_requests_of_one_run_and_host(store):
    first, second = begin(store), begin(store)
    log(store, first, "http://a.example/robots.txt", 0, 1, kind="robots")
    log(store, first, "http://a.example/1", 2, 3)
    log(store, first, "http://a.example/2", 4.5, 9)
    log(store, first, "http://a.example/3", 7, 8)
    log(store, second, "http://a.example/4", 7.5, 8, outcome="rate_limited")
    log(store, first, "http://b.example/1", 2.1, 3)
    log(store, first, "http://a.example/never-sent", None, 3, outcome="robots_disallowed")
    one, other = read_manners(store.connection)
    assert (one.host, one.requests, one.gap_min_s, one.rate_limited) == ("a.example", 5, 2.0, 1)
    assert one.at_once_max == 3
    assert one.urls == tuple(f"http://a.example/{n}" for n in (1, 2, 3, 4))
    assert (other.host, other.gap_min_s, other.at_once_max) == ("b.example", None, 1)
    assert [found.host for found in read_manners(store.connection, "b.example")] == ["b.example"]


def test_disallowed_hits_are_counted_by_the_rules_in_force(store):
    run = begin(store)
    log(store, run, "http://a.example/secret/1", 0, 1)
    log(store, run, "http://a.example/open", 2, 3)
    with store.transaction():
        store.hosts.put(HostState(host="a.example", robots_txt="User-agent: *\nDisallow: /secret", robots_outcome="ok"))
    (manners,) = read_manners(store.connection)
    assert disallowed_hits(manners, "newscrawl") == 1
