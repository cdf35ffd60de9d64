"""Heads of records: publisher, time, the publisher once more."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from newscrawl import limits
from newscrawl.discover.dates import DateReader
from newscrawl.discover.plaintext.lines import PUBLISHER_CHARS, Lines, is_name
from newscrawl.errors import TimeError
from newscrawl.models import Timestamp

_TIME_TRIES = 500
"""Lines tried as a time where no repetition points at them; the dear part of reading a text."""
TIME_CHARS = 60
_BULLET = re.compile(r"[-–—•·|]\s*")
_BETWEEN = re.compile(r"\s+[-–—•·|]\s+")


@dataclass(frozen=True, slots=True)
class Head:
    """The lines above a record's headline: [start, end)."""

    start: int
    end: int
    publisher: str
    time_text: str
    stamp: Timestamp | None
    evidence: str


def find_heads(lines: Lines, dates: DateReader) -> list[Head]:
    """The heads of the records, in order; no more than one past `limits.ENTRIES`."""
    repeated = _scan(lines.texts, lambda at: _repeated_head(lines.texts, at, dates))
    # A repetition around a line that is no time could be a dialogue; several of them are a list all the same.
    if len(repeated) > 1 or any(head.stamp for head in repeated):
        for head in repeated:
            if head.stamp is None:
                dates.read(head.time_text)
        return repeated
    tries = _Tries(dates)
    for find in (_stacked_head, _joined_head):
        heads = _scan(lines.texts, partial(find, lines, tries))
        if len(heads) > 1:
            return heads
    return []


def _scan(texts: Sequence[str], find: Callable[[int], Head | None]) -> list[Head]:
    heads: list[Head] = []
    at = 0
    while at < len(texts) - 1 and len(heads) <= limits.ENTRIES:
        head = find(at)
        if head and head.end < len(texts):
            heads.append(head)
            at = head.end + 1
        else:
            at += 1
    return heads


def _repeated_head(texts: Sequence[str], at: int, dates: DateReader) -> Head | None:
    """Publisher, time, "- publisher"; or publisher, "- publisher", time."""
    publisher, *rest = texts[at : at + 3]
    if len(rest) < 2 or len(publisher) > PUBLISHER_CHARS:
        return None
    name = publisher.casefold()
    bare = [
        _BULLET.sub("", line, count=1).strip().casefold() if _BULLET.match(line) else line.casefold() for line in rest
    ]
    if bare[1] == name:
        time_text = rest[0]
    elif bare[0] == name and _BULLET.match(rest[0]):
        time_text = rest[1]
    else:
        return None
    if len(time_text) > TIME_CHARS:
        return None
    return Head(at, at + 3, publisher, time_text, try_time(dates, time_text), "repetition")


class _Tries:
    """`try_time` with a bound on how often it is asked, and a memory."""

    def __init__(self, dates: DateReader) -> None:
        self.dates, self.known = dates, dict[str, Timestamp | None]()

    def __call__(self, text: str) -> Timestamp | None:
        if len(text) > TIME_CHARS or (text not in self.known and len(self.known) >= _TIME_TRIES):
            return None
        if text not in self.known:
            self.known[text] = try_time(self.dates, text)
        return self.known[text]


def try_time(dates: DateReader, text: str) -> Timestamp | None:
    """The time `text` says; None where it says none that can be."""
    try:
        return dates.try_read(text)
    except TimeError:
        return None


def _stacked_head(lines: Lines, tries: _Tries, at: int) -> Head | None:
    """Publisher below a gap, then a time."""
    publisher, time_text = lines.texts[at], lines.texts[at + 1]
    if not lines.after_gap[at] or lines.after_gap[at + 1] or not is_name(publisher):
        return None
    stamp = tries(time_text)
    return Head(at, at + 2, publisher, time_text, stamp, "line") if stamp else None


def _joined_head(lines: Lines, tries: _Tries, at: int) -> Head | None:
    """Publisher and time on one line: "Mint · 2 hours ago"."""
    parts = _BETWEEN.split(lines.texts[at], maxsplit=2)
    if len(parts) != 2 or not is_name(parts[0]):
        return None
    stamp = tries(parts[1])
    return Head(at, at + 1, parts[0], parts[1], stamp, "line") if stamp else None
