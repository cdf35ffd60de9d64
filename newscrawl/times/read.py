"""Text → Timestamp: the one place where what a text says becomes an interval in UTC."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from typing import TYPE_CHECKING

from newscrawl.errors import TimeError
from newscrawl.limits import DATE_TEXT_CHARS, YEAR_MIN
from newscrawl.times.languages import base_language
from newscrawl.times.whole import look_up
from newscrawl.timestamps import TimeOrigin, Timestamp

if TYPE_CHECKING:
    from newscrawl.times.habits import Habits


def parse_time(
    raw: str,
    *,
    fetched_at: datetime,
    languages: Sequence[str] = (),
    timezone: str | None = None,
    rule: "Habits | None" = None,
    origin: TimeOrigin = "visible",
    cache_s: float = 0,
) -> Timestamp | None:
    """The interval `raw` can mean on a page fetched at `fetched_at`, or None when it is no time.

    `languages`: BCP 47, the likeliest first; empty: all known ones must agree. `timezone`: the site's, an IANA name
    or an offset, used when the text names none; None: the site's learned zone, else that of `fetched_at`, flagged
    `zone_unknown`. `rule`: the site's learned habits. `cache_s`: seconds the page may have waited in a cache
    (`caches.cached_s`): its ages may have been counted that much earlier. Only the first DATE_TEXT_CHARS characters
    are read.
    Raises TimeError for a time that cannot be: in the future, before YEAR_MIN, a day or hour no calendar has.
    """
    found = parse_with_reason(raw, fetched_at, languages, timezone, rule, origin, cache_s)
    return found[0] if found else None


def parse_with_reason(
    raw: str,
    fetched_at: datetime,
    languages: Sequence[str],
    timezone: str | None,
    rule: "Habits | None",
    origin: TimeOrigin = "visible",
    cache_s: float = 0,
) -> tuple[Timestamp, str] | None:
    """`parse_time`, and which path read the text."""
    raw = raw[:DATE_TEXT_CHARS]
    known = _known(tuple(languages)) or _learned_language(rule)
    try:
        if known and (span := look_up(raw, known[0], rule.rule if rule else None)):
            most, least, why = span
            now = fetched_at.astimezone(UTC)
            stamp = Timestamp(earliest=now - most, latest=now - least, raw=raw, origin=origin, kind="relative")
        else:
            found = _closely()(raw, fetched_at, known, timezone, rule, origin)
            if found is None:
                return None
            stamp, why = found
    except OverflowError as wrong:
        raise TimeError(raw, "outside the calendar") from wrong
    if stamp.latest.year < YEAR_MIN:
        raise TimeError(raw, f"before {YEAR_MIN}")
    slack_s = max(cache_s, rule.cache_s) if rule else cache_s
    if slack_s:
        from newscrawl.times.intervals import with_cache_slack

        stamp = with_cache_slack(stamp, slack_s)
    return stamp, why


@lru_cache(maxsize=1)
def _closely() -> Callable[..., tuple[Timestamp, str] | None]:
    """How texts that are more than a phrase are read; loaded when first needed, as most listings print phrases."""
    from newscrawl.times.stamps import stamp_closely

    return stamp_closely


def _learned_language(rule: "Habits | None") -> tuple[str, ...]:
    return (rule.language,) if rule and rule.language else ()


@lru_cache(maxsize=256)
def _known(languages: tuple[str, ...]) -> tuple[str, ...]:
    """The table's names of `languages`."""
    return tuple(dict.fromkeys(name for name in map(base_language, languages) if name))
