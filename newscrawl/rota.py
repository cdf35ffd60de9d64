"""The schedule at work: which price the budget pays today, and when each channel is due next."""

import random
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime, timedelta

from msgspec import convert

from newscrawl.models import Entry, Hints
from newscrawl.monitor import schedule
from newscrawl.monitor.coverage import Foretell
from newscrawl.monitor.schedule import Profile, ScheduleState
from newscrawl.store import ChannelState, SqliteStore
from newscrawl.store.values import midpoint

RENEW_S, RENEW_MAX_S = 600.0, 3_600.0
"""The price and the pooled profile are worked out anew after so long, …"""
RENEW_SHARE = 0.25
"""… but while fewer checks than this share of the channels were made, at the latest after an hour."""
BACKOFF_S = 900.0
"""A failing channel waits so much longer for each (weighted) failure in a row …"""
BACKOFF_MAX_S = 24 * 3600.0
"""… but is asked at least once a day: a source is never given up."""
HINT_MAX_S = 24 * 3600.0
"""A publisher's wish for patience is honoured up to a day."""

_NO_HOURS, _NO_DAYS = ScheduleState().hours, ScheduleState().weekdays

_Learned = tuple[ScheduleState, Sequence[float]]
"""What was learned of a channel, and its rate in each hour of the week."""


@dataclass(slots=True)
class Rota:
    """What is due when, for all channels of one database."""

    store: SqliteStore
    checks_per_day: float
    check_min_s: float = 120.0
    """Seconds between two checks of one channel, at least: a handful of channels needs no check a minute."""
    _price: float = 0.0
    _missed_s: float = 0.0
    _pooled: Profile = field(default_factory=Profile)
    _renewed_at: datetime | None = None
    _checks_left: float = 0.0
    """Checks until enough has changed for a new price."""
    _last: tuple[Mapping[str, object], Profile, _Learned] | None = None

    def plan_first(self, source_ids: Collection[str], *, places: int, now: datetime) -> int:
        """Give the sources' channels that nobody has read their first times; gives how many are not due at once."""
        channels = self.store.channels
        waiting = channels.unplanned(source_ids)
        due = schedule.first_checks(
            len(waiting), now=now, after=channels.last_first_check(), checks_per_day=self.checks_per_day, places=places
        )
        for channel_id, at in zip(waiting, due, strict=True):
            channels.update(channel_id, next_check_at=at)
        return max(0, len(waiting) - schedule.FIRST_AT_ONCE)

    def after_check(
        self,
        state: ChannelState,
        entries: Sequence[Entry],
        *,
        new: int,
        overflowed: bool,
        hidden: float,
        room: int | None,
        clump: float,
        hints: Hints,
        now: datetime,
    ) -> dict[str, object]:
        """Columns of the channel that a complete check changes: what was learned or asked for, and when it is due.

        `overflowed`: nothing proves that the list held all that was new; it missed `hidden`, as expected. `room`:
        entries that new ones push out, None where this read did not tell. `clump`: the variance of the channel's
        counts over their mean.
        """
        self._renew(now)
        known, rates = self._learned(state)
        learned = schedule.observe(
            known,
            now_s=now.timestamp(),
            new=new,
            is_all_new=overflowed,
            hidden=hidden,
            published_s=_instants(entries, new, now),
            entries=room or (len(entries) if known.checked_at_s is None else 0) or int(known.listing_entries),
            rates=rates,
        )
        return self._columns(learned, hints, now=now, clump=clump)

    def after_unchanged(self, state: ChannelState, *, clump: float, fresh_s: int, now: datetime) -> dict[str, object]:
        """As `after_check`, when nothing changed; what the feed itself asked for still holds."""
        self._renew(now)
        known, rates = self._learned(state)
        learned = schedule.observe(
            known,
            now_s=now.timestamp(),
            new=0,
            is_all_new=False,
            published_s=(),
            entries=int(known.listing_entries),
            rates=rates,
        )
        hints = replace(convert(state.hints, Hints), fresh_s=fresh_s)
        return self._columns(learned, hints, now=now, clump=clump)

    def after_failure(self, failures: float, *, now: datetime) -> datetime:
        """When a channel that has failed `failures` (weighted) times in a row is due again."""
        wait_s = min(BACKOFF_MAX_S, BACKOFF_S * max(1.0, failures))
        return now + timedelta(seconds=wait_s * random.uniform(0.9, 1.1))

    def foretell(self, state: ChannelState, *, now: datetime) -> Foretell:
        """Articles that the channel's learned rate expects between two instants (seconds since 1970)."""
        self._renew(now)
        _, rates = self._learned(state)
        return lambda from_s, to_s: schedule.pending(rates, from_s, to_s)[0]

    def _learned(self, state: ChannelState) -> _Learned:
        """What was learned of the channel, and its rates; a check asks for both several times."""
        if self._last is None or self._last[0] is not state.schedule or self._last[1] is not self._pooled:
            known = ScheduleState.from_json(state.schedule)
            self._last = state.schedule, self._pooled, (known, schedule.hourly_rates(known, self._pooled))
        return self._last[2]

    def _columns(self, learned: ScheduleState, hints: Hints, *, now: datetime, clump: float) -> dict[str, object]:
        self._checks_left -= 1
        due = self._due(learned, floor_s=_floor_s(hints), now=now, clump=clump)
        return {
            "schedule": learned.to_json(),
            "hints": asdict(hints),
            "next_check_at": _out_of_skipped_hours(due, hints),
        }

    def _due(self, state: ScheduleState, *, floor_s: float, now: datetime, clump: float) -> datetime:
        return schedule.next_check(
            state,
            now=now,
            price=self._price,
            missed_s=self._missed_s,
            pooled=self._pooled,
            clump=clump,
            floor_s=max(self.check_min_s, floor_s),
            jitter=random.uniform(-1.0, 1.0),
        )

    def _renew(self, now: datetime) -> None:
        if self._renewed_at is not None:
            age_s = (now - self._renewed_at).total_seconds()
            if age_s < (RENEW_S if self._checks_left <= 0 else RENEW_MAX_S):
                return
        states: list[ScheduleState] = []
        self._pooled = schedule.pooled_profile(self._states(states))
        self._price = schedule.price_of(states, self.checks_per_day, floor_s=self.check_min_s)
        self._missed_s = schedule.missed_s_of(states, self._price, floor_s=self.check_min_s)
        self._renewed_at, self._checks_left = now, RENEW_SHARE * len(states)

    def _states(self, kept: list[ScheduleState]) -> Iterator[ScheduleState]:
        """Each channel's state in turn; `kept` gets it without its profile: thousands of those take tens of MB."""
        for learned in self.store.channels.schedules():
            state = ScheduleState.from_json(learned)
            kept.append(replace(state, hours=_NO_HOURS, weekdays=_NO_DAYS))
            yield state


def _instants(entries: Sequence[Entry], new: int, now: datetime) -> list[float]:
    """Publication instants of the newest `new` entries, none later than now."""
    stamps = [entry.date_published for entry in entries if entry.date_published is not None]
    instants = sorted((min(midpoint(stamp), now).timestamp() for stamp in stamps), reverse=True)
    return instants[:new]


def _floor_s(hints: Hints) -> float:
    return min(HINT_MAX_S, max(hints.ttl_s or 0, hints.update_period_s or 0, hints.fresh_s or 0))


def _out_of_skipped_hours(due: datetime, hints: Hints) -> datetime:
    """The first instant from `due` on that lies in no hour or day the feed says to skip (RSS skipHours, skipDays)."""
    days = {day[:3].lower() for day in hints.skip_days}
    for _ in range(24 * 7):
        if due.hour not in hints.skip_hours and due.strftime("%a").lower() not in days:
            return due
        due = due.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    return due
