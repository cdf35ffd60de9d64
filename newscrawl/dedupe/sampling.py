"""Which shingles of a text are kept: a sample by content, so that two texts keep the same ones where they agree.

A shingle is a run of letters and digits (20; 9 in scripts without spaces, where one sign says more), so lost or added
spaces change nothing. Whether the one at a position is kept depends only on the letters there (FracMinHash: Irber and
others 2022), and on how far into the text it stands: texts are cut from the end, so the beginning is sampled denser.
The thresholds are nested: what a thinner sample keeps, a denser one keeps too.

All of it is read off one string of bytes, the scores: one for each letter, evenly spread, made of the window of letters
that begins there. A low score keeps the shingle; the four scores after it are the shingle's hash, since the last of
their windows ends where the shingle does. In scripts without spaces a sign is two letters, the bytes of its code.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b
from typing import NamedTuple

_SCORES = 256
_HASH_BYTES = 4


class Sample(NamedTuple):
    """Hashes (four bytes) of the kept shingles of a text, in reading order; some may repeat."""

    thin: Sequence[bytes] = ()
    """Kept wherever they stand."""
    middle: Sequence[bytes] = ()
    """Kept in the first part of a text only."""
    dense: Sequence[bytes] = ()
    """Kept at its beginning only."""
    indexed: Sequence[bytes] = ()
    """Those by which the text is to be found, denser at the beginning too."""


@dataclass(frozen=True, slots=True)
class _Level:
    """Kept are the shingles of a part of the text whose score is at least `low` and less than `high`."""

    low: int
    high: int
    start: int = 0
    """The first letter of the part."""
    end: int | None = None
    """The letter after it; None: to the end of the text."""
    next_below: int = _SCORES
    """What the score after the hash must lie below too, where `high` alone is not fine enough."""

    def read(self, scores: bytes) -> list[bytes]:
        """The hashes of the kept shingles."""
        after = _HASH_BYTES + (self.next_below < _SCORES)
        end = len(scores) if self.end is None else self.end + after
        return _pattern(self.low, self.high, self.next_below).findall(scores, self.start, end)


@dataclass(frozen=True, slots=True)
class _Script:
    steps: tuple[int, ...]
    """By how much the window of a score grows from one letter, four letters less than a shingle."""
    thin: _Level
    middle: _Level
    dense: _Level
    indexed: tuple[_Level, ...]


# Sketches keep 1/6, 1/12 and 1/50 (letters), 1/2.5, 1/5 and 1/20 (signs): measured 2026-11 on cut and edited copies in
# 40 languages, as the thinnest that still find a quarter of an article and a lead alone. The index keeps 1/43, 1/256
# and 1/512 (1/16, 1/64 and 1/128), most of it in the first sentences: so it misses four of 6,200 copies, as many as
# with a quarter more rows spread over the first 500 letters (measured 2026-11, mean of three draws of the sample).
_SPACED = _Script(
    steps=(1, 2, 4, 8),
    thin=_Level(0, 5),
    middle=_Level(5, 21, end=1_600),
    dense=_Level(21, 42, end=500),
    indexed=(_Level(0, 6, end=250), _Level(0, 1, start=250, end=1_600), _Level(0, 1, start=1_600, next_below=128)),
)
_UNSPACED = _Script(
    steps=(1, 2, 4, 6),
    thin=_Level(0, 7),
    middle=_Level(7, 26, end=1_200),
    dense=_Level(26, 51, end=400),
    indexed=(_Level(0, 8, end=300), _Level(0, 2, start=300, end=1_200), _Level(0, 1, start=1_200)),
)
_DENSE_SIGN = re.compile(
    "[\u0e01-\u0fff\u1000-\u109f\u1780-\u17ff\u3041-\u318f\u31a0-\u9fff\uac00-\ud7a3\uf900-\ufaff]"
)
_DENSE_SHARE = 0.3


def sample(letters: str) -> Sample:
    """The sample of a normal form; empty where the text is shorter than a shingle."""
    script = _UNSPACED if _is_dense(letters) else _SPACED
    units = letters.encode("utf-16-le", "surrogatepass")
    scores = _scores(units if script is _UNSPACED else _folded(units), script.steps)
    indexed = [digest for level in script.indexed for digest in level.read(scores)]
    return Sample(script.thin.read(scores), script.middle.read(scores), script.dense.read(scores), indexed)


def _is_dense(letters: str) -> bool:
    if letters.isascii():
        return False
    part = letters[:: 1 + len(letters) // 500]
    return len(_DENSE_SIGN.findall(part)) > _DENSE_SHARE * len(part)


@cache
def _pattern(low: int, high: int, next_below: int) -> re.Pattern[bytes]:
    """Finds a score from `low` up to `high`, and takes the hash after it."""
    following = b"" if next_below == _SCORES else _between(0, next_below)
    return re.compile(_between(low, high) + b"(?=(.{%d})%s)" % (_HASH_BYTES, following), re.DOTALL)


def _between(low: int, high: int) -> bytes:
    # A single byte is searched for much faster than a range of one.
    return b"\\x%02x" % low if high == low + 1 else b"[\\x%02x-\\x%02x]" % (low, high - 1)


def _folded(pairs: bytes) -> bytes:
    """One byte for each letter of a UTF-16 text."""
    low, high = pairs[::2], pairs[1::2]
    if high.count(0) == len(high):
        return low
    folded = int.from_bytes(low, "little") ^ int.from_bytes(high.translate(_high_table()), "little")
    return folded.to_bytes(len(low), "little")


def _scores(units: bytes, steps: tuple[int, ...]) -> bytes:
    """The scores of a text, one for each unit that a whole window begins at.

    The window grows with each step; whole texts are combined at once, as long integers.
    """
    size = len(units)
    scores = units.translate(_table(0))
    mixed = int.from_bytes(scores, "little")
    for step in steps:
        mixed = int.from_bytes(scores.translate(_table(step)), "little") ^ mixed >> 8 * step
        scores = mixed.to_bytes(size, "little")
    return scores[: max(0, size - sum(steps))]


@cache
def _table(step: int) -> bytes:
    """A fixed permutation of the bytes."""
    return bytes(sorted(range(256), key=lambda code: blake2b(bytes((step, code))).digest()))


@cache
def _high_table() -> bytes:
    """Like `_table`, with 0 for 0, so that plain ASCII texts need no second pass."""
    table = bytearray(_table(255))
    table[table.index(0)] = table[0]
    table[0] = 0
    return bytes(table)
