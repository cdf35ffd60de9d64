"""The order in which a text's readings are tried, and the one place where a Reading becomes a Timestamp."""

import re
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta, tzinfo
from datetime import timezone as fixed_zone
from functools import lru_cache

from newscrawl.errors import TimeError
from newscrawl.limits import DATE_TEXT_CHARS, FUTURE_S, YEAR_MIN
from newscrawl.models import TimeOrigin, Timestamp
from newscrawl.times.ages import Age
from newscrawl.times.habits import Habits
from newscrawl.times.intervals import with_cache_slack
from newscrawl.times.labels import label_of
from newscrawl.times.languages import base_language
from newscrawl.times.machine import read_machine
from newscrawl.times.normal import NUMBER, fold, key, pieces
from newscrawl.times.reading import Reading
from newscrawl.times.spans import count_span, is_counted, span_of
from newscrawl.times.table import any_book, phrase_book
from newscrawl.times.vocabulary import NOTHING, vocabulary
from newscrawl.times.zones import site_zone

_ENGLISH_AGE = re.compile(r"\d\s?(?:sec|min|hour|hr|day|week|month|year)|\bago\b|just now")
_CLOCK = re.compile(r"\d\s?[:.h時点點시]\s?\d\d|\d\s?[ap]\.?m\b|\d{4}")
_SHORT_YEAR = re.compile(r"(?<![^\W_])['’](\d\d)(?!\w)")
_FUTURE = timedelta(seconds=FUTURE_S)


def parse_time(
    raw: str,
    *,
    fetched_at: datetime,
    languages: Sequence[str] = (),
    timezone: str | None = None,
    rule: Habits | None = None,
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
    rule: Habits | None,
    origin: TimeOrigin = "visible",
    cache_s: float = 0,
) -> tuple[Timestamp, str] | None:
    """`parse_time`, and which path read the text."""
    raw = raw[:DATE_TEXT_CHARS]
    known = _known(tuple(languages)) or _learned_language(rule)
    try:
        if known and (span := _look_up(raw, known[0], rule)):
            most, least, why = span
            now = fetched_at.astimezone(UTC)
            stamp = Timestamp(earliest=now - most, latest=now - least, raw=raw, origin=origin, kind="relative")
        else:
            zone = _zone_of(timezone, rule)
            reading = _read(raw, fetched_at.astimezone(zone) if zone else fetched_at, known, rule)
            if reading is None:
                return None
            stamp, why = _stamp(reading, raw, zone or fetched_at.tzinfo or UTC, origin, zone is None), reading.why
            if stamp.earliest > fetched_at and stamp.earliest - fetched_at > _FUTURE:
                raise TimeError(raw, "after the fetch")
    except OverflowError as wrong:
        raise TimeError(raw, "outside the calendar") from wrong
    if stamp.latest.year < YEAR_MIN:
        raise TimeError(raw, f"before {YEAR_MIN}")
    slack_s = max(cache_s, rule.cache_s) if rule else cache_s
    return (with_cache_slack(stamp, slack_s) if slack_s else stamp), why


def _zone_of(timezone: str | None, rule: Habits | None) -> tzinfo | None:
    """The site's zone as it was given, else as it was learned."""
    if timezone and (zone := site_zone(timezone)):
        return zone
    return fixed_zone(timedelta(minutes=rule.zone_min)) if rule and rule.zone_min is not None else None


def _learned_language(rule: Habits | None) -> tuple[str, ...]:
    return (rule.language,) if rule and rule.language else ()


@lru_cache(maxsize=256)
def _known(languages: tuple[str, ...]) -> tuple[str, ...]:
    """The table's names of `languages`."""
    return tuple(dict.fromkeys(name for name in map(base_language, languages) if name))


def _look_up(raw: str, language: str, rule: Habits | None) -> tuple[timedelta, timedelta, str] | None:
    """`count_span` of a text that is an age's phrase and nothing else, with one number at most: most of a listing."""
    numbers = NUMBER.findall(raw)
    if len(numbers) > 1:
        return None
    phrase, book = key(raw), phrase_book(language)
    age = book.exact.get(phrase.replace("#" * len(numbers[0]), "#", 1) if numbers else phrase)
    if age is None or not is_counted(age.unit):
        return None
    number = age.number
    if numbers and age.unit != "n":
        number = int(numbers[0])
        if number < 2 or "-" in raw or "−" in raw or "+" in raw:  # zero, clocks and times to come need a closer look
            return None
    rounding = (rule.rule if rule else None) or (book.rule_of(raw, age) if "\xa0" in raw else None)
    return count_span(age.unit, number, age.limit, 0, rounding)


def _read(raw: str, local: datetime, languages: tuple[str, ...], rule: Habits | None) -> Reading | None:
    """The first reading of `raw`: machine form, age, date, dateparser. `local`: the fetch in the site's zone."""
    if machine := read_machine(raw):
        return machine
    folded = fold(_SHORT_YEAR.sub(r" 20\1", raw) if "'" in raw or "’" in raw else raw)
    found = pieces(folded)
    look = vocabulary((*languages, "en")).look(folded, found) if languages else None
    if look is NOTHING:
        return None
    text = label_of(folded, found).text
    if languages and text != folded and "-" not in folded and (span := _look_up(text, languages[0], rule)):
        return _reading_of(span, local.astimezone(UTC))
    read_known_date, read_otherwise = _dates()
    order = rule.order if rule else None
    # A clock or a year: a date, of which and of "updated 2 hours ago" behind it the date is meant.
    is_dated = look is not None and look.has_numbers and _CLOCK.search(text) is not None
    if is_dated and (reading := read_known_date(raw, text, local, languages, order)):
        return reading
    age = _read_age(folded, text, languages) if look is None or look.has_age else None
    if age is None and " " in folded.strip() and not NUMBER.search(folded):
        return None
    if age is None and not languages and any_book().is_doubtful(folded):
        return None
    if age is None or (age.number < 2 and _CLOCK.search(folded)):  # "today, 14:05" is more than a day's name
        if not is_dated and (reading := read_known_date(raw, text, local, languages, order)):
            return reading
        return read_otherwise(text, local, languages, look) if look else None
    book = phrase_book(languages[0]) if languages else any_book()
    if book.is_to_come(raw, age):
        raise TimeError(raw, "an age below zero")
    rounding = (rule.rule if rule else None) or book.rule_of(raw, age)
    return span_of(age, local, rounding, rule.yesterday if rule else None)


def _reading_of(span: tuple[timedelta, timedelta, str], now: datetime) -> Reading:
    most, least, why = span
    return Reading(now - most, now - least, "relative", stated=True, why=why)


@lru_cache(maxsize=1)
def _dates() -> tuple[Callable[..., Reading | None], Callable[..., Reading | None]]:
    """How dates are read, by the tables and otherwise; loaded when first needed, as most listings print ages alone."""
    from newscrawl.times.dates import read_known_date, read_otherwise

    return read_known_date, read_otherwise


def _read_age(folded: str, text: str, languages: Sequence[str]) -> Age | None:
    """The age of a folded text, else of `text`, the same without its label."""
    if not languages:
        return any_book().read(folded)
    for written in (folded,) if text == folded else (folded, text):
        for language in languages:
            if age := phrase_book(language).read(written):
                return age
    # Sites print their software's untranslated phrases on pages in other languages.
    age = phrase_book("en").read(folded) if "en" not in languages and _ENGLISH_AGE.search(folded) else None
    return age if age and (not age.bare or folded[-1:].isalpha()) else None


def _stamp(reading: Reading, raw: str, zone: tzinfo, origin: TimeOrigin, zone_unknown: bool) -> Timestamp:
    # The end counts as in the second of an hour that comes twice when clocks are set back: either may be meant.
    earliest, latest, flags = _in_utc(reading.start, zone, 0), _in_utc(reading.end, zone, 1), reading.flags
    if reading.kind != "day" and latest - earliest != reading.end - reading.start:
        earliest, latest, flags = min(earliest, latest), max(earliest, latest), (*flags, "dst")
    if zone_unknown and not reading.stated:
        flags = (*flags, "zone_unknown")
    return Timestamp(
        earliest=earliest,
        latest=latest,
        raw=raw,
        origin=origin,
        kind=reading.kind,
        zone="stated" if reading.stated else "assumed",
        flags=flags,
    )


def _in_utc(when: datetime, zone: tzinfo, fold: int) -> datetime:
    """An end of a reading; naive ones are in `zone`, in the first (0) or second (1) of an hour that comes twice."""
    if when.tzinfo is None:
        return when.replace(tzinfo=UTC) if zone is UTC else when.replace(tzinfo=zone, fold=fold).astimezone(UTC)
    return when if when.tzinfo is UTC else when.astimezone(UTC)
