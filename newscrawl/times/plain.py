"""A date with its year, and perhaps a clock, that is the whole text: most of the dates that pages print.

What is written otherwise, or leaves anything to weigh, is for `absolute.read_date`, which reads these texts alike.
"""

import re

from newscrawl.times.absolute import reading_of, signed_reading
from newscrawl.times.clocks import Clock
from newscrawl.times.days import Day, day_of, take_number_day
from newscrawl.times.reading import Reading, Site
from newscrawl.times.words import WordBook
from newscrawl.times.zones import is_zone_word

_WORD = r"[^\s\d.,:|/()-]+"
_PLAIN = re.compile(
    rf"""
    (?:({_WORD})\.?,?\ )?
    (?:
        (\d{{1,4}}[-./]\d{{1,2}}[-./]\d{{1,4}} | \d{{4}}[年년]\ ?\d{{1,2}}[月월]\ ?\d{{1,2}}[日일])
      | (\d{{1,2}})(?:\.|st|nd|rd|th)?\ (?:de\ )?({_WORD})\.?,?\ (?:de\ )?(\d{{4}})
      | ({_WORD})\.?\ (\d{{1,2}})(?:st|nd|rd|th)?,?\ (\d{{4}})
    )
    (?:
        (?:,?\ |\ [-|/]\ ) (?:({_WORD})\.?\ )?
        (\d{{1,2}})[:.h](\d\d) (?:\ ?([ap])\.?m\b\.?)? (?:\ ({_WORD})\.?)?
    )?\Z""",
    re.VERBOSE,
)
_PARTS = {"a": ["pa"], "p": ["pp"]}


def read_plain(raw: str, folded: str, site: Site, book: WordBook) -> Reading | None:
    """The date and clock that `folded` is, or None: the text needs a closer look.

    Raises TimeError for a day no calendar has.
    """
    found = _PLAIN.match(folded)
    if not found:
        return None
    weekday, numbers, day, month, year, first_month, other_day, other_year, word, hour, minute, part, end = (
        found.groups()
    )
    if (weekday and book.codes.get(weekday, "?")[0] != "w") or (word and not _is_idle(word, book)):
        return None
    if numbers:
        named = take_number_day(raw, numbers, site)
        date = named[0] if named and not named[1].strip() else None
    else:
        date = _named_day(raw, month or first_month, day or other_day, year or other_year, site, book)
    if date is None:
        return None
    if not hour:
        return reading_of(date, None, None, [], site)
    clock = Clock(int(hour), int(minute), None)
    if clock.hour > 23 or clock.minute > 59:
        return None
    zones = [end] if end and is_zone_word(end) else []
    return (
        signed_reading(date, clock, zones, _PARTS.get(part, []), site)
        if zones or not end or _is_idle(end, book)
        else None
    )


def _named_day(raw: str, month: str, day: str, year: str, site: Site, book: WordBook) -> Day | None:
    code = book.codes.get(month, "?")
    if code[0] != "m" or not 0 < int(day) < 32:
        return None
    return day_of(raw, year, int(code[1:]), int(day), site)


def _is_idle(word: str, book: WordBook) -> bool:
    """Whether a word beside a clock says nothing ("at")."""
    return word in book.fillers and word not in book.codes and not is_zone_word(word)
