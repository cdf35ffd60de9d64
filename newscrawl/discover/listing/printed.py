"""Printed times: which part of a short text is one, in any language, without parsing it.

A time is a run of numbers and time words (`time_words.txt`, from CLDR) that holds evidence: a clock, a full date,
a day beside a month's name, an age. What it means is for `newscrawl.times` to say.
"""

import re
import unicodedata
from functools import lru_cache
from importlib.resources import files
from itertools import takewhile
from typing import NamedTuple

_TOKEN = re.compile(
    r"\d+|[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]"
    r"|(?:[^\W\d_]|[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0900-\u0dff\u200c\u200d])+"
)
_CLOCK = re.compile(
    r"(?<![\d:.])(?:[01]?\d|2[0-3])\s?[:：hH]\s?[0-5]\d(?!\d)|(?<!\d)\d{1,2}\s?[ap]\.?m\b", re.IGNORECASE
)
_FULL_DATE = re.compile(
    r"(?<!\d)(?:\d{4}\s?[./-]\s?\d{1,2}\s?[./-]\s?\d{1,2}|\d{1,2}\s?[./-]\s?\d{1,2}\s?[./-]\s?\d{2,4})(?!\d)|(?<!\d)20\d{6}(?!\d)"
)
_SHORT_DATE = re.compile(r"(?<!\d)[0-3]\d[./-][0-3]\d\.?(?!\d)")
_NUMBER = re.compile(r"\d")
_BREAK = re.compile(r"[|()\[\]•·]")
# A sign that touches an age's number is part of it, so that an age below zero is refused; "Name - 3 hours" has none.
_SIGNED = re.compile(r"(?<!\S)[-−]\Z")
_GAP_CHARS = 6
_LONG_CHARS = 120
_LONG_START_MAX = 3


def _load() -> dict[str, str]:
    text = files("newscrawl.discover.listing").joinpath("time_words.txt").read_text(encoding="utf-8")
    tables = {title: words for title, *words in (line.split() for line in text.splitlines()) if title != "#"}
    kinds = {word: kind for title, kind in _KIND_OF_TABLE for word in tables[title]}
    del kinds["pro"]  # Czech and Slovene for December, and too many other things.
    return kinds


# Later tables win: "ma" is today in Hungarian and March somewhere else, and a month needs a number beside it.
_KIND_OF_TABLE = (
    ("days", "D"), ("labels", "l"), ("joints", "j"), ("ago", "A"), ("units", "U"), ("short", "U"), ("today", "T"),
    ("months", "M"), ("past", "A"),
)  # fmt: skip
_KINDS = _load()
_TELLING = frozenset(word for word, kind in _KINDS.items() if kind in "TA")
"""Words that say a time without a number: today, ago."""


class _Token(NamedTuple):
    kind: str
    start: int
    end: int


@lru_cache(maxsize=4096)
def find_time(text: str) -> str | None:
    """The first part of `text` that prints a time, with its label ("Updated …"); None: there is none."""
    is_long = len(text) > _LONG_CHARS  # prose, unless it begins with a time
    text = text[:_LONG_CHARS]
    for run in _runs(text, is_long):
        start, end = run[0].start, run[-1].end
        if is_long and start > _LONG_START_MAX:
            return None
        kinds = "".join(token.kind for token in run)
        raw = text[start:end]
        outside = text[:start] + text[end:]
        whole = not is_long and not any(map(str.isalnum, outside))
        if _is_evident(kinds, raw, whole):
            return text[start - 1 : end] if _SIGNED.search(text, 0, start) and kinds.startswith("nU") else raw
    return None


def is_time(text: str) -> bool:
    """Whether all of `text` is a printed time."""
    if len(text) > 60:
        return False
    found = find_time(text)
    return found is not None and sum(map(str.isalnum, found)) == sum(map(str.isalnum, text))


def _runs(text: str, is_long: bool) -> list[list[_Token]]:
    """Stretches of time words and numbers, without joints at their ends."""
    folded = unicodedata.normalize("NFC", text).lower()
    if len(folded) != len(text):
        folded = text
    if not _may_say_time(folded, is_long):
        return []
    runs: list[list[_Token]] = []
    current: list[_Token] = []
    last_end = 0
    for match in _TOKEN.finditer(folded):
        word = match.group()
        kind = "n" if word.isdigit() else _KINDS.get(word, "")
        gap = match.start() - last_end
        if current and (not kind or gap > _GAP_CHARS or _BREAK.search(folded[last_end : match.start()])):
            runs.append(current)
            current = []
        if kind:
            current.append(_Token(kind, match.start(), match.end()))
        last_end = match.end()
    runs.append(current)
    return [trimmed for run in runs if (trimmed := _trim(run, text))]


def _may_say_time(folded: str, is_long: bool) -> bool:
    """Whether a closer look is worth its while: most texts hold no number and no word that makes up for one."""
    if is_long:
        first = takewhile(lambda match: match.start() <= _LONG_START_MAX, _TOKEN.finditer(folded))
        return any(match.group().isdigit() or match.group() in _KINDS for match in first)
    return _NUMBER.search(folded) is not None or not _TELLING.isdisjoint(_TOKEN.findall(folded))


def _trim(run: list[_Token], text: str) -> list[_Token]:
    """`run` without joints at its ends, and without what is part of a longer word."""
    start, end = 0, len(run)
    while start < end and (_is_letter(text, run[start].start - 1) or _is_loose(run, start)):
        start += 1
    while end > start and (run[end - 1].kind == "l" or _is_letter(text, run[end - 1].end)):
        end -= 1
    return run[start:end]


def _is_loose(run: list[_Token], start: int) -> bool:
    """Whether a joint begins the run, other than the one of "an hour ago"."""
    follower = run[start + 1].kind if start + 1 < len(run) else ""
    return run[start].kind == "j" and follower != "U"


def _is_letter(text: str, at: int) -> bool:
    return 0 <= at < len(text) and text[at].isalpha()


def _is_evident(kinds: str, raw: str, whole: bool) -> bool:
    """A clock, a date, an age or a word for today; `whole`: the text holds nothing else."""
    if _CLOCK.search(raw) or _FULL_DATE.search(raw):
        return True
    if re.search(r"n[jlUD]{0,2}M|M[jl]?n", kinds):
        return True
    if "U" in kinds and "A" in kinds and ("n" in kinds or "j" in kinds or "U" in kinds):
        return True
    if re.search("nUnU|nUn", kinds):
        return True
    if "T" in kinds and (whole or "n" in kinds):
        return True
    return whole and bool(re.search("nU", kinds) or _SHORT_DATE.search(raw))
