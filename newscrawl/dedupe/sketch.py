"""The sketch: a few hundred bytes that tell how much of one text is in another, and which numbers they share."""

import re
import struct
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from xxhash import xxh32_intdigest

from newscrawl.dedupe.sampling import Sample

_LEVELS = 3
_NUMBER = re.compile(r"\d(?:[.,]?\d)*")
_NO_NUMBER = bytes(code if code >= 0x80 or chr(code) in "0123456789.," else 0x20 for code in range(256))
"""Byte → itself, or a space where no number has it."""
_DIGITS = 16
_NUMBERS_MIN = 3
_NUMBERS_MAX = 64
_LEVEL_MAX = 2_048
"""Hashes of one level: bounds the sketch of a very long text to some kilobytes."""
_TRUSTED_MIN = 16


@dataclass(frozen=True, slots=True)
class Sketch:
    """A sketch unpacked."""

    numbers: frozenset[int]
    levels: tuple[frozenset[int], ...]
    """Shingle hashes of at least level 0, 1, 2."""


@dataclass(frozen=True, slots=True)
class Overlap:
    """How much two texts share."""

    of_new: float
    """Share of the new text that is in the old, 0 … 1."""
    of_old: float
    shared: int
    """Sampled shingles in common."""
    numbers: float | None
    """Share of the numbers of the text with fewer that the other has too; None: too few to say."""


def write_sketch(body: str, sample: Sample) -> bytes:
    """Pack the numbers of `body` and the hashes of `sample`.

    A count byte, 16 bits a number, a 16-bit count for each level above 0, 32 bits a hash, thinnest level first and each
    in reading order; little end first on every machine.
    """
    numbers = sorted(set(map(_number_hash, _numbers(body))))[:_NUMBERS_MAX]
    thin, middle, dense = map(_bounded, (sample.thin, sample.middle, sample.dense))
    counts = struct.pack(f"<B{len(numbers) + _LEVELS - 1}H", len(numbers), *numbers, len(thin), len(middle))
    return b"".join((counts, *thin, *middle, *dense))


def _numbers(body: str) -> list[str]:
    """The numbers of `body`; its letters go first, since bytes are mapped much faster than characters are matched."""
    kept = body.encode("utf-8", "surrogatepass").translate(_NO_NUMBER).split()
    return _NUMBER.findall(b" ".join(kept).decode("utf-8", "surrogatepass"))


def _bounded(hashes: Sequence[bytes]) -> Sequence[bytes]:
    """Of too many, the lowest, which are the same ones in another text that has them all."""
    return hashes if len(hashes) <= _LEVEL_MAX else sorted(set(hashes))[:_LEVEL_MAX]


@lru_cache(maxsize=256)
def read_sketch(sketch: bytes) -> Sketch:
    """Unpack what `write_sketch` packed; an empty one has nothing in it."""
    if not sketch:
        return Sketch(frozenset(), (frozenset(),) * _LEVELS)
    *numbers, thin, middle = struct.unpack_from(f"<{sketch[0] + _LEVELS - 1}H", sketch, 1)
    hashes = _hashes(sketch)
    return Sketch(frozenset(numbers), (frozenset(hashes), frozenset(hashes[: thin + middle]), frozenset(hashes[:thin])))


def _hashes(sketch: bytes) -> tuple[int, ...]:
    start = 1 + 2 * (sketch[0] + _LEVELS - 1) if sketch else 0
    return struct.unpack_from(f"<{(len(sketch) - start) // 4}I", sketch, start)


def count_shared(new: bytes, old: bytes) -> int:
    """Sampled shingles two sketches have in common; cheaper than `compare`, above all for many old ones."""
    return len(_shingles(new).intersection(_hashes(old)))


@lru_cache(maxsize=1)
def _shingles(sketch: bytes) -> frozenset[int]:
    return frozenset(_hashes(sketch))


def compare(new: bytes, old: bytes) -> Overlap:
    """How much of each of two sketches is in the other.

    A shingle sampled only at the beginning of one text may stand deep in the other and be missing there, so each
    level is compared with its like, and the level that shows most counts.
    """
    a, b = read_sketch(new), read_sketch(old)
    of_new = of_old = 0.0
    shared = len(a.levels[0] & b.levels[0])
    for ours, theirs in zip(a.levels, b.levels, strict=True):
        both = len(ours & theirs)
        if len(ours) >= _TRUSTED_MIN or ours is a.levels[0]:
            of_new = max(of_new, both / len(ours) if ours else 0.0)
        if len(theirs) >= _TRUSTED_MIN or theirs is b.levels[0]:
            of_old = max(of_old, both / len(theirs) if theirs else 0.0)
    return Overlap(of_new, of_old, shared, _shared_numbers(a.numbers, b.numbers))


def _shared_numbers(ours: frozenset[int], theirs: frozenset[int]) -> float | None:
    # Only the lowest hashes of a long list are kept; above the lower end of the two lists, nothing can be said.
    end = (
        min(max(found) if len(found) == _NUMBERS_MAX else 0xFFFF for found in (ours, theirs)) if ours and theirs else 0
    )
    for start in (_DIGITS, 0):  # single digits are shared by chance: they count where there is little else
        a, b = (frozenset(number for number in found if start <= number <= end) for found in (ours, theirs))
        fewer = min(len(a), len(b))
        if fewer >= _NUMBERS_MIN:
            return len(a & b) / fewer
    return None


def _number_hash(number: str) -> int:
    """16 bits; a single digit is its own hash, and nothing else is below 16."""
    digits = number.replace(".", "").replace(",", "")
    return int(digits) if len(digits) == 1 else xxh32_intdigest(digits.encode()) & 0xFFFF | _DIGITS
