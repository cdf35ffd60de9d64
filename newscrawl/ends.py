"""How a request that brought nothing to read comes to its end: unchanged, failed, gone. One row of `fetches` each.

Like `intake`, all of it runs inside one operation of `Crawl.write`.
"""

from datetime import datetime, timedelta

from newscrawl.condition import INSTEAD, NO_ARTICLE, note_failure, note_text, note_unchanged
from newscrawl.crawl import Crawl, Errand
from newscrawl.intake import FAILURE_WEIGHTS, fetch_of, validators_of
from newscrawl.models import Page
from newscrawl.monitor import volume
from newscrawl.monitor.freshness import fresh_s
from newscrawl.monitor.revisits import GONE_CHECK_S
from newscrawl.monitor.texts import Text
from newscrawl.outcomes import severity_of
from newscrawl.proofs import judge_missing, judge_unchanged, shows_entries, volume_of
from newscrawl.steps import Failed
from newscrawl.store import ChannelState, Check, QueuedUrl
from newscrawl.store.values import hash64

BUDGET_RETRY_S = 3_600.0
"""What a source's budget left over is due again so much later: a later run has a budget of its own."""


def is_unchanged(errand: Errand, page: Page, state: ChannelState) -> bool:
    """Whether the channel says that it is as it was, or shows the very bytes it showed when it was last read whole.

    An index is read again in any case, as what it lists may have changed, and so is a list whose next pages are asked
    for.
    """
    if page.status == 304:
        return True
    if errand.url_key is not None or errand.pages_left > 0 or state.failures:
        return False
    return state.body_hash == hash64(page.body) and shows_entries(state)


def end_unchanged(crawl: Crawl, errand: Errand, page: Page, *, sent_at: datetime | None) -> None:
    """The channel is as it was: nothing was missed, nothing is new."""
    assert errand.channel_id is not None
    crawl.record_fetch(fetch_of(errand, page, "unchanged", sent_at=sent_at))
    validators = validators_of(page) if page.status != 304 else {}
    crawl.store.channels.add_check(
        crawl.run_id,
        Check(channel_id=errand.channel_id, checked_at=page.fetched_at, outcome="unchanged", overlap=True),
    )
    state = crawl.store.channels.get(errand.channel_id)
    crawl.store.channels.give_back(
        errand.channel_id,
        last_checked_at=page.fetched_at,
        last_complete_at=page.fetched_at,
        failures=0.0,
        coverage=judge_unchanged(crawl, page, state),
        **validators,
        **crawl.rota.after_unchanged(
            state,
            clump=volume.clump_of(volume_of(state)),
            fresh_s=fresh_s(page.headers, page.fetched_at),
            now=page.fetched_at,
        ),
    )
    if errand.url_key is not None:
        crawl.store.queue.done(errand.url_key)
    note_unchanged(crawl, errand, now=page.fetched_at)


def end_failed(crawl: Crawl, failed: Failed) -> None:
    """A request came to a bad end: record it, and give a queued address back where trying again may help."""
    errand, outcome = failed.errand, failed.outcome
    crawl.record(
        failed.url,
        outcome,
        kind=errand.kind,
        message=failed.message,
        status=failed.status,
        body_bytes=failed.body_bytes,
        source_id=errand.source.id,
        channel_id=errand.channel_id,
        started_at=failed.sent_at,
    )
    severity = severity_of(outcome)
    if errand.kind != "article" and errand.beside is None:
        _fail_channel(crawl, errand, failed.url, outcome, weight=FAILURE_WEIGHTS.get(severity, 0.0))
    if errand.url_key is None:
        return
    if outcome in NO_ARTICLE and errand.kind == "article":
        note_text(crawl, errand.source.id, Text(chars=None), now=crawl.clock())
    if outcome == "budget":
        crawl.store.queue.postpone(errand.url_key, due_at=crawl.clock() + timedelta(seconds=BUDGET_RETRY_S))
    elif severity == "temporary":
        crawl.store.queue.give_back(
            errand.url_key,
            now=crawl.clock(),
            outcome=outcome,
            retry_s=crawl.retry_s,
            attempts_max=crawl.attempts_max,
        )
    else:
        crawl.store.queue.done(errand.url_key)
    if errand.kind == "article" and failed.status in (404, 410):
        _take_gone(crawl, errand, failed.url)
    elif failed.is_elsewhere and outcome in NO_ARTICLE - INSTEAD | {"not_article"}:
        take_moved(crawl, errand.source.id, errand.url_key, failed.url)


def take_moved(crawl: Crawl, source_id: str, url_key: str, url: str) -> None:
    """A stored article's address leads to another article, the front page, a list; hours later it is asked again."""
    if crawl.store.articles.mark_moved(url_key, run_id=crawl.run_id, now=crawl.clock()):
        _ask_again(crawl, source_id, url_key, url)


def _take_gone(crawl: Crawl, errand: Errand, url: str) -> None:
    """The first 404 or 410 of an article marks it gone; one more, hours later, while its host answers, deleted."""
    assert errand.url_key is not None
    now, store = crawl.clock(), crawl.store
    gone_at = store.revisits.gone_at(errand.url_key)
    if gone_at is None:
        store.articles.mark_gone(errand.url_key, run_id=crawl.run_id, now=now)
        if store.revisits.gone_at(errand.url_key) is None:
            return
    elif now - gone_at >= timedelta(seconds=GONE_CHECK_S) * 0.9 and store.revisits.is_host_live(
        url, since=now - timedelta(hours=1)
    ):
        store.articles.mark_deleted(errand.url_key, run_id=crawl.run_id, now=now)
        return
    _ask_again(crawl, errand.source.id, errand.url_key, url)


def _ask_again(crawl: Crawl, source_id: str, url_key: str, url: str) -> None:
    now = crawl.clock()
    one = QueuedUrl(url_key=url_key, url=url, source_id=source_id, channel_id=None, entry=None, reason="revisit")
    crawl.store.queue.add([one], now=now, due_at=now + timedelta(seconds=GONE_CHECK_S))


def _fail_channel(crawl: Crawl, errand: Errand, url: str, outcome: str, *, weight: float) -> None:
    if errand.channel_id is None:
        return
    now = crawl.clock()
    state = crawl.store.channels.get(errand.channel_id)
    crawl.store.channels.add_check(
        crawl.run_id, Check(channel_id=errand.channel_id, checked_at=now, outcome=outcome, complete=False)
    )
    if errand.url_key is not None:
        # The channel's own page was read and sets the pace; only what this one lists is missing.
        judge_missing(crawl, errand, url, outcome, now=now)
        return
    failures = state.failures + weight
    due = crawl.rota.after_failure(failures, now=now)
    crawl.store.channels.give_back(errand.channel_id, last_checked_at=now, failures=failures, next_check_at=due)
    note_failure(crawl, errand, outcome, now=now)
    if outcome == "gone":
        crawl.store.channels.update(errand.channel_id, parked_reason="the server says it is gone (410 or 451)")
