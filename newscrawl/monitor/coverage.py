"""Gap certificates: what one read of a channel proves about the time since the last, and what it leaves open.

A read that overlaps the last complete one proves that nothing slipped between them. Otherwise articles may have come
and gone unseen, and a `Gap` says from when to when, why, and how many it may hide. What stands still proves nothing: a
pinned entry is there whatever was missed, so the overlap must be of entries that new ones push out.
"""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any, Literal, Self

from newscrawl.monitor import volume

Reason = Literal["no_overlap", "source_down", "monitor_down", "blocked", "entry_limit"]
Proof = Literal["first", "nothing_new", "pushed_down", "young_remain", "reaches_back"]

Foretell = Callable[[float, float], float]
"""Articles expected between two instants (seconds since 1970), by the channel's own rate."""

REMEMBERED = 300
"""Entries of the last read that are remembered, the youngest."""
YOUNG_MIN, YOUNG_SHARE = 3, 1 / 3
"""The youngest entries of a list are the last to be pushed out: so many of them are looked for …"""
REMAIN_SHARE = 0.5
"""… and so many must remain: one may be taken down or pinned."""
MOVED_MIN = 2
"""So many entries that were moved down among new ones prove it: one alone may have been moved by hand."""
BACK_MIN, BACK_SHARE = 3, 0.1
"""So many entries dated before the last read must stand at the list's old end: one alone may be pinned there."""
WITNESSES_MIN, WITNESSES_SHARE = 3, 0.9
"""Another list may close a channel's gap when it shows this share of the channel's own articles, and so many."""
ORDER_SHARE = 0.9
"""A list is in order of date when so many neighbours are."""
LATE_S = 900.0
"""A check so long after its time, and as long again as was planned, came late because nobody was there to make it."""
NEAR_S = 6 * 3600.0
"""A burst seen at the end of a gap is taken to have lasted so long."""
BLOCKED = frozenset(
    {"challenge", "consent", "login", "rate_limited", "robots_disallowed", "robots_unreachable", "http_401", "http_403"}
)
"""Outcomes that mean: the source is there, but not for us."""


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of a read, as it is remembered."""

    mark: str
    """Of its address, short."""
    place: int
    since_s: float
    """When the channel first showed it."""
    published_s: float | None
    """The latest instant it can have been published; None: unknown."""


@dataclass(frozen=True, slots=True)
class CoverageState:
    """What a channel's next read is held against."""

    items: tuple[Item, ...] = ()
    """The last read, youngest first."""
    before: tuple[Item, ...] = ()
    """The read before it, kept while a gap lies between the two that reading on may close."""
    read_at_s: float | None = None
    """When the last read, or the last answer that nothing changed, was fetched."""
    round_from_s: float | None = None
    """Of an index of sitemaps: the last complete check before its last read; a sitemap that fails leaves all since."""

    def to_json(self) -> dict[str, Any]:
        """JSON values, for the store."""
        return {
            "items": [[item.mark, item.place, item.since_s, item.published_s] for item in self.items],
            "before": [[item.mark, item.place, item.since_s, item.published_s] for item in self.before],
            "read_at_s": self.read_at_s,
            "round_from_s": self.round_from_s,
        }

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> Self:
        """What `to_json` gave; an empty mapping is a channel never read."""
        if not values:
            return cls()
        return cls(
            items=tuple(Item(*row) for row in values["items"]),
            before=tuple(Item(*row) for row in values["before"]),
            read_at_s=values["read_at_s"],
            round_from_s=values.get("round_from_s"),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """A time in which articles may have come and gone unseen."""

    from_at: datetime
    to_at: datetime
    reason: Reason
    expected: float
    """Hidden articles, by the channel's own rate."""
    most: float
    """95 % bound on their number."""


def remember(state: CoverageState, shown: Sequence[tuple[str, float | None]], *, now_s: float) -> CoverageState:
    """The state after a read that showed these (url_key, latest publication instant or None), in list order."""
    since = {item.mark: item.since_s for item in state.items}
    items = [
        Item(mark := _mark(url_key), place, since.get(mark, now_s), published_s)
        for place, (url_key, published_s) in enumerate(shown)
    ]
    return CoverageState(items=tuple(sorted(items, key=_age)[:REMEMBERED]), read_at_s=now_s)


def prove(last: Sequence[Item], since_s: float | None, shown: Sequence[tuple[str, float | None]]) -> Proof | None:
    """Why nothing slipped between the `last` read, at `since_s`, and one that shows `shown`; None: no proof.

    `shown` as in `remember`. A list without entries proves nothing.
    """
    if not shown:
        return None
    if since_s is None or not last:
        return "first"
    places = {_mark(url_key): place for place, (url_key, _) in enumerate(shown)}
    was = {item.mark: item.place for item in last}
    fresh = sorted(place for mark, place in places.items() if mark not in was)
    if not fresh:
        return "nothing_new"
    if _is_pushed(was, places, fresh):
        return "pushed_down"
    young = _youngest(last)
    if sum(item.mark in places for item in young) >= REMAIN_SHARE * len(young):
        return "young_remain"
    if _reaches_back([published for _, published in shown], since_s):
        return "reaches_back"
    return None


def _is_pushed(was: Mapping[str, int], places: Mapping[str, int], fresh: Sequence[int]) -> bool:
    """Whether entries were moved down by about as many as are new: the list as it grows.

    Below all new ones one is enough. On a front page new ones stand anywhere: there half of all that are left must
    have moved down, more than one, and none up. What is pinned stays where it is.
    """
    left = [(place, place - was[mark]) for mark, place in places.items() if mark in was]
    least = max(1, len(fresh) / 2)
    below = [shift >= least for place, shift in left if place > fresh[-1]]
    # An entry pinned at the foot does not move; half of those below may be such.
    if below and sum(below) >= REMAIN_SHARE * len(below):
        return True
    moved = sum(shift >= least for _, shift in left)
    return moved >= max(MOVED_MIN, REMAIN_SHARE * len(left)) and all(shift >= 0 for _, shift in left)


def moving(last: Sequence[Item], shown: Sequence[tuple[str, float | None]]) -> int | None:
    """How many of the entries shown are such as new ones push out; None: nothing is new, so it does not show."""
    was = {item.mark: item.place for item in last}
    places = {_mark(url_key): place for place, (url_key, _) in enumerate(shown)}
    fresh = [place for mark, place in places.items() if mark not in was]
    if not fresh:
        return None
    return len(fresh) + sum(mark in was and place > was[mark] for mark, place in places.items())


def fresh_count(last: Sequence[Item], shown: Sequence[tuple[str, float | None]]) -> int:
    """How many of the entries shown the last read did not show."""
    was = {item.mark for item in last}
    return sum(_mark(url_key) not in was for url_key, _ in shown)


def moved_share(last: Sequence[Item], since_s: float, shown: Sequence[tuple[str, float | None]], now_s: float) -> float:
    """Share of the entries known before whose dates have moved on with the clock since the last read."""
    was = {item.mark: item.published_s for item in last if item.published_s is not None}
    steps = [at_s - was[mark] for url_key, at_s in shown if at_s is not None and (mark := _mark(url_key)) in was]
    elapsed_s = now_s - since_s
    if len(steps) < BACK_MIN or elapsed_s <= 0:
        return 0.0
    return sum(0.8 * elapsed_s <= step <= 1.2 * elapsed_s for step in steps) / len(steps)


def _youngest(last: Sequence[Item]) -> Sequence[Item]:
    """The entries that new ones push out last; all of them where nothing tells their ages apart."""
    items = sorted(last, key=_age)
    wanted = min(len(items), max(YOUNG_MIN, round(len(items) * YOUNG_SHARE)))
    edge = items[wanted - 1]
    if edge.published_s is not None:
        return items[:wanted]
    return [item for item in items if item.since_s >= edge.since_s]


def _age(item: Item) -> tuple[float, float, int]:
    return (-item.since_s, -(item.published_s if item.published_s is not None else 0.0), item.place)


def _reaches_back(published: Sequence[float | None], since_s: float) -> bool:
    """Whether a list in order of date goes on beyond the last read."""
    dates = [at_s for at_s in published if at_s is not None]
    if len(dates) < ORDER_SHARE * len(published):
        return False
    falling = sum(one >= two for one, two in pairwise(dates))
    rising = sum(one <= two for one, two in pairwise(dates))
    if max(falling, rising) < ORDER_SHARE * (len(dates) - 1):
        return False
    old_end = reversed(dates) if falling >= rising else iter(dates)
    beyond = 0
    for at_s in old_end:
        if at_s >= since_s:
            break
        beyond += 1
    return beyond >= max(BACK_MIN, BACK_SHARE * len(dates))


def covers(published: Sequence[float | None], since_s: float, *, is_sitemap: bool) -> bool:
    """Whether a later read shows all that was published from `since_s` on: what closes a gap that began then.

    A sitemap lists everything back to its oldest entry, in any order; other lists must be in order of date.
    """
    if not is_sitemap:
        return _reaches_back(published, since_s)
    return sum(at_s is not None and at_s < since_s for at_s in published) >= BACK_MIN


def is_witness(shared: int, shown: int) -> bool:
    """Whether a list speaks of the same articles as a channel, of whose `shown` it has `shared`."""
    return shared >= WITNESSES_MIN and shared >= WITNESSES_SHARE * shown


def oldest_shown(shown: Sequence[tuple[str, float | None]], since_s: float) -> float | None:
    """From when on a list in order of date, newest first, shows all there was; None: it cannot be told.

    Entries dated before `since_s` are pinned: a list that reached so far would have proved it.
    """
    dates = [at_s for _, at_s in shown if at_s is not None and at_s >= since_s]
    falling = sum(one >= two for one, two in pairwise(dates))
    if len(dates) < BACK_MIN or len(dates) < 0.8 * len(shown) or falling < ORDER_SHARE * (len(dates) - 1):
        return None
    return dates[-1]


def why(outcomes: Sequence[str], *, due_s: float | None, since_s: float, now_s: float, truncated: bool) -> Reason:
    """What made the gap: failed checks' `outcomes` since the last read, a check long overdue, or neither."""
    if outcomes:
        blocked = sum(outcome in BLOCKED for outcome in outcomes)
        return "blocked" if 2 * blocked >= len(outcomes) else "source_down"
    if due_s is not None and now_s - due_s > max(LATE_S, due_s - since_s):
        return "monitor_down"
    return "entry_limit" if truncated else "no_overlap"


def measure(
    since_s: float, until_s: float, now_s: float, *, shown: int, clump: float, foretell: Foretell, reason: Reason
) -> Gap:
    """The gap from `since_s` to `until_s`, seen at `now_s` with `shown` new entries after it.

    `foretell(from_s, to_s)`: articles the channel's rate expects between two instants. Where the list tells from when
    on it is whole (`until_s` < `now_s`), what it shows after that also tells whether more than usual was going on.
    """
    if until_s < now_s:
        due = foretell(until_s, now_s)
        pace = (shown + 3 * clump) / (due + 3 * clump)
        near_s = max(since_s, until_s - NEAR_S)
        expected, most = volume.beyond(foretell(since_s, near_s) + pace * foretell(near_s, until_s), 0, clump)
        most = max(most, volume.beyond(foretell(since_s, now_s), shown, clump)[1])
    else:
        expected, most = volume.beyond(foretell(since_s, now_s), shown, clump)
    return Gap(
        from_at=_instant(since_s), to_at=_instant(until_s), reason=reason, expected=expected, most=max(1.0, most)
    )


def _mark(url_key: str) -> str:
    return hashlib.blake2b(url_key.encode("utf-8", "replace"), digest_size=6).hexdigest()


def _instant(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
