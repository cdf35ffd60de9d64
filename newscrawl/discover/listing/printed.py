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
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_HOUR = re.compile(r"(?<!\d)(?:[01]?\d|2[0-3])(?:\.?[0-5]\d)?(?!\d)")
# August in the languages of southern Europe; the word is English for an age otherwise.
_AUGUST = re.compile(r"(?<!\d)[0-3]?\d (?:de )?ago\.?,? (?:de )?(?:19|20)\d\d(?!\d)", re.IGNORECASE)
_BREAK = re.compile(r"[|()\[\]•·]")
# A sign that touches an age's number is part of it, so that an age below zero is refused; "Name - 3 hours" has none.
_SIGNED = re.compile(r"(?<!\S)[-−]\Z")
_GAP_CHARS = 6
_LONG_CHARS = 120
_ALONE_CHARS = 60
_LONG_START_MAX = 3
_DAY_MAX = 31
_AGE_WORD_MIN = 3
_JOINING = frozenset(" .:\u00a0")
# Of the kinds of a run's words: the number beside a month, what follows an age, an hour beside "today".
_NUMBER_BEFORE = re.compile(r"(n)[jlUD]{0,2}\Z")
_NUMBER_AFTER = re.compile(r"[jl]?(n)")
_COUNT = re.compile(r"n[UT]+A(n+)\Z")
_AT_HOUR = re.compile(r"T[Dl]*[jU]{1,3}n|T[Dl]*n[jU]|Tnn|n[jU]{1,2}T|nTA")


def _load() -> dict[str, frozenset[str]]:
    text = files("newscrawl.discover.listing").joinpath("time_words.txt").read_text(encoding="utf-8")
    return {title: frozenset(words) for title, *words in (line.split() for line in text.splitlines()) if title != "#"}


def _kinds() -> dict[str, str]:
    kinds = {word: kind for title, kind in _KIND_OF_TABLE for word in _TABLES[title]}
    del kinds["pro"]  # Czech and Slovene for December, and too many other things.
    kinds["de"] = "j"  # CLDR's Catalan months hold it.
    return kinds


# Later tables win: "ma" is today in Hungarian and March somewhere else, and a month needs a number beside it.
_KIND_OF_TABLE = (
    ("days", "D"), ("labels", "l"), ("joints", "j"), ("leads", "j"), ("ago", "A"), ("units", "U"), ("short", "U"),
    ("today", "T"), ("months", "M"), ("past", "A"),
)  # fmt: skip
_TABLES = _load()
_KINDS = _kinds()
_LEADS, _COMMON, _NUMBERED = _TABLES["leads"], _TABLES["common"], _TABLES["numbered"]
_TELLING = frozenset(word for word, kind in _KINDS.items() if kind in "TA")
"""Words that say a time without a number: today, ago."""


class _Token(NamedTuple):
    kind: str
    start: int
    end: int
    word: str
    """In lower case."""


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
        if _is_evident(run, kinds, raw, whole):
            return text[start - 1 : end] if _SIGNED.search(text, 0, start) and kinds.startswith("nU") else raw
    return None


def find_alone(text: str) -> str | None:
    """The time that `text` prints and nothing else but marks around it; None: it prints none, or more."""
    if len(text) > _ALONE_CHARS:
        return None
    found = find_time(text)
    return found if found is not None and sum(map(str.isalnum, found)) == sum(map(str.isalnum, text)) else None


def is_time(text: str) -> bool:
    """Whether all of `text` is a printed time."""
    return find_alone(text) is not None


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
        word, between = match.group(), folded[last_end : match.start()]
        kind = _kind_of(word, between)
        # "2026, day": a comma parts a unit from the number before it.
        if current and (
            not kind or len(between) > _GAP_CHARS or _BREAK.search(between) or (kind == "U" and "," in between)
        ):
            runs.append(current)
            current = []
        if kind:
            current.append(_Token(kind, match.start(), match.end(), word))
        last_end = match.end()
    runs.append(current)
    return [trimmed for run in runs if (trimmed := _trim(run, text))]


def _kind_of(word: str, between: str) -> str:
    if word.isdecimal():
        return "n"
    # "5y" is an age; standing by itself the letter is a Spanish "and".
    return "j" if word == "y" and between else _KINDS.get(word, "")


def _may_say_time(folded: str, is_long: bool) -> bool:
    """Whether a closer look is worth its while: most texts hold no number and no word that makes up for one."""
    if is_long:
        first = takewhile(lambda match: match.start() <= _LONG_START_MAX, _TOKEN.finditer(folded))
        return any(match.group().isdigit() or match.group() in _KINDS for match in first)
    return _NUMBER.search(folded) is not None or not _TELLING.isdisjoint(_TOKEN.findall(folded))


def _trim(run: list[_Token], text: str) -> list[_Token]:
    """`run` without joints at its ends, without what is part of a longer word, and without what it says twice."""
    start, end = 0, len(run)
    while start < end and (_is_letter(text, run[start].start - 1) or _is_loose(run, start, text)):
        start += 1
    while end > start and (run[end - 1].kind == "l" or _leads_on(run[end - 1]) or _is_letter(text, run[end - 1].end)):
        end -= 1
    return _once(_without_count(run[start:end]))


def _leads_on(token: _Token) -> bool:
    return token.kind == "j" and token.word in _LEADS


def _is_loose(run: list[_Token], start: int, text: str) -> bool:
    """Whether the run begins with a joint other than the one of "an hour ago", or with a unit that a mark cuts off."""
    if start + 1 == len(run):
        return run[start].kind == "j"
    token, follower = run[start], run[start + 1]
    if token.kind == "U":
        return not set(text[token.end : follower.start]) <= _JOINING
    return token.kind == "j" and follower.kind != "U"


def _without_count(run: list[_Token]) -> list[_Token]:
    """`run` without the numbers after "3 hours ago", as of comments or readers."""
    kinds = "".join(token.kind for token in run)
    count = _COUNT.search(kinds)
    return run[: count.start(1)] if count else run


def _once(run: list[_Token]) -> list[_Token]:
    """`run` without an end that repeats what stands just before it: "3 May 2024 3 May 2024", "Hace 5 min 5 min"."""
    words = [token.word for token in run]
    for count in range(len(run) // 2, 1, -1):
        last = run[-count:]
        if words[-2 * count : -count] == words[-count:] and (count > 2 or len({token.kind for token in last}) > 1):
            return run[:-count]
    return run


def _is_letter(text: str, at: int) -> bool:
    return 0 <= at < len(text) and text[at].isalpha()


def _is_evident(run: list[_Token], kinds: str, raw: str, whole: bool) -> bool:
    """A clock, a date, an age or a word for today; `whole`: the text holds nothing else."""
    if _CLOCK.search(raw) or _FULL_DATE.search(raw) or _AUGUST.search(raw):
        return True
    if any(_is_date(run, kinds, at, raw, whole) for at, kind in enumerate(kinds) if kind == "M"):
        return True
    if _is_age(run, kinds, whole) or re.search("nUnU|nUn", kinds):
        return True
    if "T" in kinds and (whole or (_AT_HOUR.search(kinds) is not None and _HOUR.search(raw) is not None)):
        return True
    return whole and bool(re.search("nU", kinds) or _SHORT_DATE.search(raw))


def _is_date(run: list[_Token], kinds: str, at: int, raw: str, whole: bool) -> bool:
    """Whether a day stands beside the month at `at`: "5 out of 10", "march 70" and "in June 2016" are none."""
    before, after = _NUMBER_BEFORE.search(kinds, 0, at), _NUMBER_AFTER.match(kinds, at + 1)
    numbers = [run[found.start(1)].word for found in (before, after) if found]
    if whole:
        return bool(numbers)
    month = run[at]
    if month.word in _NUMBERED and len(numbers) < 2:
        return False
    if month.word in _COMMON and not _YEAR.search(raw):
        written = raw[month.start - run[0].start : month.end - run[0].start]
        if not written.istitle():
            return False
    return any(1 <= int(number) <= _DAY_MAX for number in numbers)


def _is_age(run: list[_Token], kinds: str, whole: bool) -> bool:
    """A unit and a word of age with a number or an article; without either only words too long to be other things."""
    if "U" not in kinds or "A" not in kinds:
        return False
    if "n" in kinds or whole or re.search("jU+A|A[jAU]*jU", kinds):
        return True
    return min(len(token.word) for token in run if token.kind in "UA") >= _AGE_WORD_MIN
