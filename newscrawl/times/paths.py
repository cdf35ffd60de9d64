"""The order in which the readings of a text are tried that is not simply a phrase of the table."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime

from newscrawl.errors import TimeError
from newscrawl.times.ages import Age, age_with_limit
from newscrawl.times.dates import read_known_date, read_otherwise, read_whole_date
from newscrawl.times.habits import Habits
from newscrawl.times.labels import label_of
from newscrawl.times.machine import read_machine
from newscrawl.times.normal import NUMBER, fold, pieces
from newscrawl.times.reading import Reading
from newscrawl.times.spans import span_of
from newscrawl.times.table import any_book, phrase_book
from newscrawl.times.vocabulary import NOTHING, vocabulary
from newscrawl.times.whole import MONEY, look_up

_ENGLISH_AGE = re.compile(r"\d\s?(?:sec|min|hour|hr|day|week|month|year)|\bago\b|just now")
_CLOCK = re.compile(r"\d\s?[:.h時点點시]\s?\d\d|\d\s?[ap]\.?m\b|\d{4}")
_TWO_NUMBERS = re.compile(r"\d\D+\d")
# With a word before and a space behind, it is an arrow: "Sports > 3 hours ago".
_LESS_OR_MORE = re.compile(r"^\W*([<>])\s?\d|([<>])\d")
_LIMITS = {"<": "-", ">": ">"}
_NO_BOUND = re.compile(r"\d\s?\+")
_OPENING_HOURS = re.compile(
    r"(\d\d?)(?:[:h.]\d\d)?\s?(?:[ap]\.?m\.?)?\s?[-–—]\s?(\d\d?)(?:[:h.]\d\d|(\s?(?:[ap]\.?m|uhr|uur|hrs)\b))"
)
# "À 17h45" is a clock in most languages; "il y a 1h30" has a word that tells which.
_HOUR_AND_MINUTES = re.compile(r"\d\s?h\s?\d\d(?!\d|\s?m)")
_HAS_WORD = re.compile(r"[^\W\d_]{2}")
_LENGTH = re.compile(r"\d\s?h\s?\d\d?\s?m(?:in|n)?\b")
_SHORT_YEAR = re.compile(r"(?<![^\W_])['’](\d\d)(?!\w)")


def read_closely(raw: str, local: datetime, languages: tuple[str, ...], rule: Habits | None) -> Reading | None:
    """The first reading of `raw`: machine form, age, date, dateparser. `local`: the fetch in the site's zone."""
    if machine := read_machine(raw):
        return machine
    folded = fold(_SHORT_YEAR.sub(r" 20\1", raw) if "'" in raw or "’" in raw else raw)
    order = rule.order if rule else None
    if languages and _TWO_NUMBERS.search(folded):
        whole = read_whole_date(raw, folded, local, languages[0], order)
        if whole:
            return whole
    found = pieces(folded)
    look = vocabulary((*languages, "en")).look(folded, found) if languages else None
    if look is NOTHING:
        return None
    text, rounding = label_of(folded, found).text, rule.rule if rule else None
    if languages and text != folded and "-" not in folded and (span := look_up(text, languages[0], rounding)):
        most, least, why = span
        now = local.astimezone(UTC)
        return Reading(now - most, now - least, "relative", stated=True, why=why)
    # A clock or a year: a date, of which and of "updated 2 hours ago" behind it the date is meant; but no clock is ago.
    is_dated = look is not None and look.has_numbers and _CLOCK.search(text) is not None
    reading = read_known_date(raw, text, local, languages, order) if is_dated else None
    if reading and (reading.kind != "clock" or _is_clock(text, languages[0])):
        return reading
    age = _age_of(raw, folded, text, languages) if look is None or look.has_age else None
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
    return span_of(age, local, rounding or book.rule_of(raw, age), rule.yesterday if rule else None)


def _is_clock(text: str, language: str) -> bool:
    """Whether a text with a time of day is one: no "ago", no opening hours, no "5h 30m", which is one in Portuguese."""
    if language != "pt" and _LENGTH.search(text):
        return False
    hours = _OPENING_HOURS.search(text)
    if hours and (hours[3] or int(hours[1]) < int(hours[2])):  # "18:03 -05:00" names its zone
        return False
    return not phrase_book(language).says_ago(text)


def _age_of(raw: str, folded: str, text: str, languages: Sequence[str]) -> Age | None:
    """`_read_age` with what signs say: "< 1 min ago" is less, and "30+ days ago" has no bound."""
    age = _read_age(raw, folded, text, languages)
    if age is None or _NO_BOUND.search(raw) or (age.bare and MONEY.search(raw)):
        return None
    if not languages and age.rest_s and _HOUR_AND_MINUTES.search(text) and not _HAS_WORD.search(text):
        return None
    signs = _LESS_OR_MORE.search(raw) if age.number and not age.limit else None
    return age_with_limit(age, _LIMITS[signs[1] or signs[2]]) if signs else age


def _read_age(raw: str, folded: str, text: str, languages: Sequence[str]) -> Age | None:
    """The age of a text (`folded`: as it is compared), else of `text`, the same without its label."""
    if not languages:
        return any_book().read(folded, raw)
    for written in (folded,) if text == folded else (folded, text):
        for language in languages:
            if age := phrase_book(language).read(written, raw):
                return age
    # Sites print their software's untranslated phrases on pages in other languages.
    age = phrase_book("en").read(folded) if "en" not in languages and _ENGLISH_AGE.search(folded) else None
    return age if age and (not age.bare or folded[-1:].isalpha()) else None
