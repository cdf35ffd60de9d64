"""Learn from one pair: what a page printed, and the instant it stated for the same thing."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta, tzinfo
from datetime import timezone as fixed_zone

from newscrawl.errors import TimeError
from newscrawl.times.absolute import read_date
from newscrawl.times.habits import Habits, vote_age, vote_yesterday, zone_of_pair
from newscrawl.times.labels import label_of
from newscrawl.times.languages import base_language
from newscrawl.times.normal import fold
from newscrawl.times.reading import Site
from newscrawl.times.table import phrase_book, word_book
from newscrawl.times.zones import site_zone


def observe(
    habits: Habits,
    raw: str,
    instant: datetime,
    fetched_at: datetime,
    *,
    languages: Sequence[str] = ("en",),
    timezone: str | None = None,
) -> Habits:
    """`habits` with one more pair: the page printed `raw` and stated `instant` for it, fetched at `fetched_at`.

    `timezone`: the site's, as for `parse_time`; without it and before it is learned, "yesterday" teaches nothing.
    A text that is no time in the first of `languages` that reads it, or contradicts the instant, teaches nothing.
    """
    folded = fold(raw)
    utc = instant.astimezone(UTC)
    for language in filter(None, map(base_language, languages)):
        if age := phrase_book(language).read(folded):
            if age.unit == "Y":
                zone = _zone(habits, timezone)
                learned = habits if zone is None else vote_yesterday(habits, instant, fetched_at, zone)
            else:
                age_s = (fetched_at - instant).total_seconds() - age.rest_s
                learned = vote_age(habits, age.unit, age.number, age.limit, age_s)
            return learned if learned is habits else learned.with_votes("language", language)
        if voted := _vote_date(habits, raw, label_of(folded).text, utc, language):
            return voted.with_votes("language", language)
    return habits


def _zone(habits: Habits, timezone: str | None) -> tzinfo | None:
    if timezone and (zone := site_zone(timezone)):
        return zone
    return None if habits.zone_min is None else fixed_zone(timedelta(minutes=habits.zone_min))


def _vote_date(habits: Habits, raw: str, text: str, instant: datetime, language: str) -> Habits | None:
    """Votes of a printed date: for its day/month order when that is in doubt, for the zone when it has a clock."""
    for order in ("dmy", "mdy"):
        try:
            reading = read_date(raw, text, Site(instant, language, order), word_book(language))
        except TimeError:
            continue
        if reading is None or reading.stated:
            continue
        start = reading.start.replace(tzinfo=None)
        zone = zone_of_pair(start, instant) if reading.kind != "day" else None
        is_same_day = abs((start - instant.replace(tzinfo=None)).days) <= 1
        if zone is None and not is_same_day:
            continue
        if _has_order(raw, text, instant, language):
            habits = habits.with_votes("order", order)
        return habits if zone is None else habits.with_zone(zone)
    return None


def _has_order(raw: str, text: str, instant: datetime, language: str) -> bool:
    """Whether the two orders read a text differently."""
    starts = []
    for order in ("dmy", "mdy"):
        try:
            reading = read_date(raw, text, Site(instant, language, order), word_book(language))
        except TimeError:
            return False
        starts.append(reading and reading.start)
    return starts[0] != starts[1]
