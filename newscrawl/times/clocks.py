"""Times of day in a text: "18:03", "6:03 p.m.", "15h30", "kl. 18.03", "下午6:03", "18 Uhr"."""

import re
from collections.abc import Iterator
from typing import NamedTuple

_BEFORE = r"(?<![\d:.,/])(?:(?<!-)|(?<=[^\W\d_]-))"
_SECONDS = r"(?:[:.](\d{2})(?:[.,]\d{1,6})?)?"
_COLON = re.compile(rf"(?<![\d:./])(?:(?<!-)|(?<=[^\W\d_]-))(\d{{1,2}})\s?[:：∶]\s?(\d{{2}}){_SECONDS}(?![\d:])")
_H = re.compile(rf"{_BEFORE}(\d{{1,2}})\s?h\s?(\d{{2}})(?:\s?(?:m|min|mn))?\b()")
_IDEOGRAPHIC = re.compile(
    r"(\d{1,2})\s?(?:[時时點点시]|นาฬิกา)\s?(?:(\d{1,2})\s?(?:[分분]|นาที))?\s?(?:(\d{1,2})\s?(?:[秒초]|วินาที))?"
)
_DOT_MARKED = re.compile(
    r"\b(?:kl|klo|kello|klokken|klukkan|kell|pukul|pkl|jam|ore|alle|at|um|saat|o|ob|u|w|plkst|val)\.?:?\s?(\d{1,2})[.,](\d{2})(?:\.(\d{2}))?(?![\d.])"
    r"|(?<![\d.:/-])(\d{1,2})\.(\d{2})()(?=\s?(?:uhr|น|h\b|hrs|uur|wib|wita|wit|[ap]m\b))"
)
_DOT = re.compile(r"(\d(?<![\d.:/-].)\d?)[.](\d{2})(?:\.(\d{2}))?(?![\d./:])")
_HOUR = re.compile(r"(\d(?<![\d.:/-].)\d?)()()\s{0,2}(?:uhr\b|h\b|uur\b|(?=[ap]m\b)|น|बजे|gio\b|casova|hod\b|hrs\b)")
_COMPACT = re.compile(r"(\d(?<![\d.:/-].)\d)(\d{2})()\s?(?=hrs?\b|gmt\b|utc\b|ist\b|edt\b|est\b)")
_TWO_NUMBERS = re.compile(r"\d[.,]\d\d")
# First letters of what the forms below ask for behind their number.
_BEFORE_UNIT = re.compile(r"\d\s*(?:[huapนब]|g[im]|utc|ist|e[ds]t|cas)")
_MERIDIEM = re.compile(r"(?<![^\W\d_])([ap])\.?\s?m(?:\b\.?)")


class Clock(NamedTuple):
    """A time of day before its part of the day is known."""

    hour: int
    minute: int
    second: int | None


def mark_meridiem(folded: str) -> str:
    """`folded` with "a. m.", "p.m." written "am", "pm" and set apart from the number."""
    if "am" in folded or "pm" in folded or ".m" in folded or " m" in folded:
        return _MERIDIEM.sub(r" \1m ", folded)
    return folded


def take_clock(text: str) -> tuple[Clock | None, str]:
    """The first clock of `text`, and the text without it."""
    # Most clocks have a colon; their form begins with a look behind, which would be tried at every sign before it.
    if (colon := text.find(":")) > 0 and (found := _take(_COLON, text, max(0, colon - 4))):
        return found
    for form in _forms_in(text):
        if found := _take(form, text, 0):
            return found
    return None, text


def take_dotted_clock(text: str) -> tuple[Clock | None, str]:
    """A clock that is told from a date by a day found beside it ("18.03"), and the text without it."""
    return ("." in text and _take(_DOT, text, 0)) or (None, text)


def _take(form: re.Pattern[str], text: str, start: int) -> tuple[Clock, str] | None:
    while match := form.search(text, start):
        hour, minute, second, *others = match.groups()
        if hour is None:
            hour, minute, second = others
        clock = Clock(int(hour), int(minute or 0), min(int(second), 59) if second else None)
        if clock.hour < 25 and clock.minute < 60 and (not second or int(second) < 61):
            return clock, f"{text[: match.start()]} {text[match.end() :]}"
        start = match.end()
    return None


def _forms_in(text: str) -> Iterator[re.Pattern[str]]:
    """The forms without a colon that `text` may hold, by the signs they need."""
    if not text.isascii():
        if "∶" in text:
            yield _COLON
        yield _IDEOGRAPHIC
    if ("." in text or "," in text) and _TWO_NUMBERS.search(text):
        yield _DOT_MARKED
    if _BEFORE_UNIT.search(text):
        yield _H
        yield _COMPACT
        yield _HOUR


def hour_of(hour: int, parts: list[str]) -> int:
    """The hour of the day for an hour on the dial and the codes of the words beside it (pa, pp, pk, pn)."""
    if hour > 12 or not parts:
        return hour
    part = parts[0]
    if hour == 12:
        return 0 if part in ("pa", "pn") else 12
    late = part == "pp" or (part == "pk" and hour < 9) or (part == "pn" and hour >= 6)
    return hour + 12 if late else hour
