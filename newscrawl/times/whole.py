"""A text that is one phrase of the table and nothing else: most of what listings print, for the price of a look-up."""

import re
from datetime import timedelta
from functools import lru_cache
from typing import NamedTuple

from newscrawl.times.normal import NUMBER, key
from newscrawl.times.spans import count_span, is_counted
from newscrawl.times.table import phrase_book

_FORMS_MAX = 4096
_ONE_NUMBER = re.compile(r"(\D*+)(\d++)(\D*+)\Z")
_SIGNS = frozenset("-−+")


class _Form(NamedTuple):
    """What a phrase says, whatever its number."""

    unit: str
    number: int | None
    """None: the text's own."""
    limit: str
    rule: str | None
    """The rounding its spelling tells."""


def look_up(raw: str, language: str, rule: str | None) -> tuple[timedelta, timedelta, str] | None:
    """`count_span` of an age's phrase with one number at most, or None: the text needs a closer look.

    `rule`: the site's rounding, where it is known.
    """
    if one := _ONE_NUMBER.match(raw):
        before, digits, after = one.groups()
        form = _form(before, after, language)
    elif NUMBER.search(raw):
        return None
    else:
        digits, form = "", _form(raw, None, language)
    if form is None:
        return None
    number = form.number
    if number is None:
        number = int(digits)
        if number < 2:  # zero, clocks
            return None
    return count_span(form.unit, number, form.limit, 0, rule or form.rule)


def forget_phrases() -> None:
    """Look every phrase up anew; for benchmarks."""
    _form.cache_clear()


@lru_cache(maxsize=_FORMS_MAX)
def _form(before: str, after: str | None, language: str) -> _Form | None:
    """The phrase around a number, or the one of no number (`after` None): a listing repeats a few of them all day."""
    raw = before if after is None else f"{before}0{after}"
    book = phrase_book(language)
    age = book.exact.get(key(raw))
    if age is None or not is_counted(age.unit):
        return None
    has_own = after is not None and age.unit != "n"
    if has_own and not _SIGNS.isdisjoint(raw):  # a time to come, perhaps
        return None
    return _Form(age.unit, None if has_own else age.number, age.limit, book.rule_of(raw, age))
