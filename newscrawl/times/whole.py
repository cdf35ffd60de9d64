"""A text that is one phrase of the table and nothing else: most of what listings print, for the price of a look-up."""

import re
from datetime import timedelta

from newscrawl.times.ages import is_length
from newscrawl.times.normal import NUMBER, key
from newscrawl.times.spans import count_span, is_counted
from newscrawl.times.table import phrase_book

MONEY = re.compile("[$¢£¤¥€₩₪₫₭₮₱₹₺₽]")
"""Signs beside which "5m" is millions."""
# A time to come, perhaps, or a limit.
_SIGN = re.compile(r"[-+−<>](?<!\w.)\s?\d|\d\s?\+")


def look_up(raw: str, language: str, rule: str | None) -> tuple[timedelta, timedelta, str] | None:
    """`count_span` of an age's phrase with one number at most, or None: the text needs a closer look.

    `rule`: the site's rounding, where it is known.
    """
    numbers = NUMBER.findall(raw)
    if len(numbers) > 1:
        return None
    phrase, digits = key(raw), numbers[0] if numbers else ""
    if len(digits) > 1:
        phrase = phrase.replace("#" * len(digits), "#", 1)
    book = phrase_book(language)
    age = book.exact.get(phrase)
    if age is None or not is_counted(age.unit):
        return None
    number = age.number
    if digits and age.unit != "n":
        number = int(digits)
        if age.bare and (is_length(age, number) or MONEY.search(raw)):
            return None
        if ("-" in raw or "+" in raw or "<" in raw or ">" in raw or "−" in raw) and _SIGN.search(raw):
            return None
    if not number and age.unit != "n":
        return None
    if rule is None and "\xa0" in raw:
        rule = book.rule_of(raw, age)
    return count_span(age.unit, number, age.limit, 0, rule)
