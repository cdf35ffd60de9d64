"""The order in which a text's readings are tried, and the one place where a Reading becomes a Timestamp."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta, tzinfo
from datetime import timezone as fixed_zone
from functools import lru_cache
from typing import NamedTuple

from newscrawl.errors import TimeError
from newscrawl.limits import DATE_TEXT_CHARS, FUTURE_S, YEAR_MIN
from newscrawl.models import TimeOrigin, Timestamp
from newscrawl.times.absolute import Site, read_date
from newscrawl.times.ages import NOW_S, TWO_UNITS, UNIT_S, age_bounds
from newscrawl.times.fallback import read_elsewhere
from newscrawl.times.habits import Habits
from newscrawl.times.intervals import with_cache_slack
from newscrawl.times.labels import label_of
from newscrawl.times.languages import base_language
from newscrawl.times.machine import read_machine
from newscrawl.times.normal import fold
from newscrawl.times.phrases import Age
from newscrawl.times.reading import Reading
from newscrawl.times.table import any_book, phrase_book, word_book
from newscrawl.times.zones import site_zone

_ENGLISH_AGE = re.compile(r"\d\s?(?:sec|min|hour|hr|day|week|month|year)|\bago\b|just now")
_HAS_LETTERS = re.compile(r"[^\W\d_]{3}|[年月]")
# Tried when nobody says which language a text is in: the news languages by their papers' number.
_NEWS_LANGUAGES = """
    en es de fr pt ru zh ja it ar nl pl tr id ko vi sv fa uk cs el ro hu nb
    da fi he hi bn th bg sr hr sk lt lv et sl ms ta ur
"""
_COMMON = tuple(_NEWS_LANGUAGES.split())
_CLOCK = re.compile(r"\d\s?[:.h時点點시]\s?\d\d|\d\s?[ap]\.?m\b|\d{4}")
# Of the libraries in `benchmarks/phrases`, in all languages but these, only Django prints "5\xa0days" (November 2026).
_NO_BREAK_LANGUAGES = {"de", "eo", "fr", "ht", "km", "lv", "nb", "nn", "sv"}
_NO_BREAK = re.compile(r"\d\xa0[^\W\d]")
_HAS_DIGIT = re.compile(r"\d")
_DAY = timedelta(days=1)
_SECOND = timedelta(seconds=1)


def parse_time(
    raw: str,
    *,
    fetched_at: datetime,
    languages: Sequence[str] = (),
    timezone: str | None = None,
    rule: Habits | None = None,
    origin: TimeOrigin = "visible",
) -> Timestamp | None:
    """The interval `raw` can mean on a page fetched at `fetched_at`, or None when it is no time.

    `languages`: BCP 47, the likeliest first; empty: all known ones must agree. `timezone`: the site's, an IANA name
    or an offset, used when the text names none; None: the site's learned zone, else that of `fetched_at`, flagged
    `zone_unknown`. `rule`: the site's learned habits. Only the first DATE_TEXT_CHARS characters are read.
    Raises TimeError for a time that cannot be: in the future, before YEAR_MIN, a day or hour no calendar has.
    """
    zone = site_zone(timezone) if timezone else None
    if zone is None and rule and rule.zone_min is not None:
        zone = fixed_zone(timedelta(minutes=rule.zone_min))
    local = fetched_at.astimezone(zone) if zone else fetched_at
    reading = read(raw, local, languages or _learned_language(rule), rule)
    if reading is None:
        return None
    stamp = _stamp(reading, raw, fetched_at, local.tzinfo or UTC, origin, zone is None)
    return with_cache_slack(stamp, rule.cache_s) if rule else stamp


def _learned_language(rule: Habits | None) -> tuple[str, ...]:
    return (rule.language,) if rule and rule.language else ()


def read(raw: str, local: datetime, languages: Sequence[str], rule: Habits | None) -> Reading | None:
    """The first reading of `raw`: machine form, age, date, dateparser."""
    written = _read_written(raw[:DATE_TEXT_CHARS], tuple(languages))
    if written.machine:
        return written.machine
    folded, known, age = written.folded, written.languages, written.age
    if age and not (age.number < 2 and _CLOCK.search(folded)):
        if folded.lstrip()[:1] in "-−" and age.unit in UNIT_S:
            raise TimeError(raw, "an age below zero")
        return _age_reading(age, local, (rule.rule if rule else None) or _rule_of_spacing(raw, known))
    if not _HAS_DIGIT.search(folded) and " " in folded.strip():
        return None
    text = label_of(folded).text
    if reading := _read_date(raw, text, local, known, rule.order if rule else None):
        return reading
    for name in known:
        if reading := read_elsewhere(text, local.replace(tzinfo=None), name, ages=phrase_book(name).says_ago(text)):
            return reading
    return None


class _Written(NamedTuple):
    """What of a text does not depend on when and where it was fetched."""

    machine: Reading | None
    folded: str
    languages: tuple[str, ...]
    age: Age | None


@lru_cache(maxsize=4096)
def _read_written(raw: str, languages: tuple[str, ...]) -> _Written:
    """Kept for the phrases a site prints again and again; texts are short, so this is a megabyte at most."""
    known = tuple(name for name in map(base_language, languages) if name)
    if machine := read_machine(raw):
        return _Written(machine, "", known, None)
    folded = fold(raw)
    return _Written(None, folded, known, _read_age(folded, known))


def _rule_of_spacing(raw: str, languages: Sequence[str]) -> str | None:
    """Django's rule for a text with its no-break space between number and unit, in languages where only it has one."""
    is_django = "\xa0" in raw and _NO_BREAK.search(raw) and languages and languages[0] not in _NO_BREAK_LANGUAGES
    return TWO_UNITS if is_django else None


def _read_age(folded: str, languages: Sequence[str]) -> Age | None:
    if not languages:
        return any_book().read_window(folded)
    for language in languages:
        if age := phrase_book(language).read(folded):
            return age
    # Sites print their software's untranslated phrases on pages in other languages.
    age = phrase_book("en").read(folded) if "en" not in languages and _ENGLISH_AGE.search(folded) else None
    return age if age and (not age.bare or folded[-1:].isalpha()) else None


def _read_date(raw: str, text: str, local: datetime, languages: Sequence[str], order: str | None) -> Reading | None:
    """The date in the given languages, else with English months; without languages in any, if no order is in doubt."""
    for language in languages:
        if reading := read_date(raw, text, Site(local, language, order), word_book(language)):
            return reading
    if not _HAS_DIGIT.search(text) or not _HAS_LETTERS.search(text):
        return None if languages else read_date(raw, text, Site(local, "en", order), word_book("en"))
    for language in ("en",) if languages else _COMMON:
        reading = read_date(raw, text, Site(local, language, order, strict=not languages), word_book(language))
        if reading and reading.kind != "clock" and "ambiguous" not in reading.flags:
            return reading
    return None


def _age_reading(age: Age, local: datetime, rule: str | None) -> Reading:
    unit = age.unit
    why = f"phrase: {age.number} × {unit}" if age.number else f"phrase: {unit}"
    if unit in UNIT_S:
        # Of two units the smaller one is whole: "1 week, 2 days" is said up to the third day.
        least_s, most_s = age_bounds(unit, age.number, age.limit, "floor" if age.rest_s else rule)
        try:
            start, end = timedelta(seconds=age.rest_s + most_s), timedelta(seconds=age.rest_s + least_s)
            return Reading(local - start, local - end, "relative", stated=True, why=why)
        except OverflowError as wrong:
            raise TimeError(why, "an age older than the calendar") from wrong
    if unit == "n":
        return Reading(local - timedelta(seconds=NOW_S), local, "relative", stated=True, why="phrase: now")
    midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
    if unit == "T":
        return Reading(midnight, local, "day", stated=False, why="phrase: today")
    if unit in "YV":
        # A calendar day for some sites, 24 to 48 hours for others: both.
        days = 1 if unit == "Y" else 2
        return Reading(
            local - (days + 1) * _DAY,
            midnight - (days - 1) * _DAY - _SECOND,
            "day",
            stated=False,
            why="phrase: yesterday",
        )
    span = timedelta(seconds=UNIT_S[unit[1]])
    since, until = (local - 2 * span, local - span / 2) if unit[0] == "L" else (local - span, local)
    return Reading(since, until, "relative", stated=True, why=f"phrase: {unit}")


def _stamp(
    reading: Reading, raw: str, fetched_at: datetime, zone: tzinfo, origin: TimeOrigin, zone_unknown: bool
) -> Timestamp:
    try:
        start = (reading.start if reading.start.tzinfo else reading.start.replace(tzinfo=zone)).astimezone(UTC)
        end = (reading.end if reading.end.tzinfo else reading.end.replace(tzinfo=zone)).astimezone(UTC)
    except OverflowError as wrong:
        raise TimeError(raw, "outside the calendar") from wrong
    if start - fetched_at > timedelta(seconds=FUTURE_S):
        raise TimeError(raw, "after the fetch")
    if end.year < YEAR_MIN:
        raise TimeError(raw, f"before {YEAR_MIN}")
    flags = reading.flags
    if zone_unknown and not reading.stated:
        flags = (*flags, "zone_unknown")
    return Timestamp(
        earliest=start,
        latest=end,
        raw=raw[:DATE_TEXT_CHARS],
        origin=origin,
        kind=reading.kind,
        zone="stated" if reading.stated else "assumed",
        flags=flags,
    )
