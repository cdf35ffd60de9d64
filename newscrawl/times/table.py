"""The generated table, read when first needed: one language at a time."""

import json
import lzma
from collections.abc import Mapping
from functools import lru_cache
from pkgutil import get_data
from typing import TYPE_CHECKING, Any, NamedTuple

from newscrawl.times.phrases import PhraseBook

if TYPE_CHECKING:
    from newscrawl.times.anybook import AnyBook
    from newscrawl.times.words import WordBook

_OTHER: dict[str, str] = {}


def use(lines: Mapping[str, str]) -> None:
    """Read another table than the one that ships: what `data.generate.lines_of` makes. Before any text is read."""
    if entry.cache_info().currsize:
        raise RuntimeError("a table is in use already")
    _OTHER.update(lines)


class _Table(NamedTuple):
    """The table as it lies on disk: streams of a few languages each (`data.generate.write_table`)."""

    packed: bytes
    places: dict[str, slice]
    """Language → the stream that holds it."""


@lru_cache(maxsize=1)
def _table() -> _Table:
    packed = get_data("newscrawl.times.data", "phrases.json.xz")
    assert packed is not None
    first = lzma.LZMADecompressor()
    index = first.decompress(packed).decode()
    places, start = {}, 0
    for line in index.splitlines():
        size, *names = line.split(" ")
        places.update(dict.fromkeys(names, slice(start, start + int(size))))
        start += int(size)
    return _Table(first.unused_data, places)


@lru_cache(maxsize=4)
def _unpack(start: int, stop: int) -> dict[str, str]:
    """Language → its line, of one stream."""
    lines = lzma.decompress(_table().packed[start:stop]).decode().splitlines()
    return dict(line.split("\t", 1) for line in lines)


def languages() -> list[str]:
    """The languages of the table, as they lie in it."""
    return list(_OTHER or _table().places)


@lru_cache(maxsize=16)
def entry(language: str) -> dict[str, Any]:
    """A language's part of the table; empty for a language it does not hold."""
    if _OTHER:
        line = _OTHER.get(language)
    else:
        place = _table().places.get(language)
        line = _unpack(place.start, place.stop)[language] if place else None
    return json.loads(line) if line else {"ages": {}, "words": {}}


@lru_cache(maxsize=64)
def phrase_book(language: str) -> PhraseBook:
    """A language's phrases."""
    found = entry(language)
    numbers = {word: int(code[1:]) for code, words in found["words"].items() if code[0] == "n" for word in words}
    return PhraseBook(
        found["ages"],
        language,
        numbers,
        ahead=found.get("ahead", ()),
        spaced=found.get("spaced", ()),
        minus=found.get("minus", False),
        doubtful=found.get("doubtful"),
    )


@lru_cache(maxsize=64)
def word_book(language: str) -> "WordBook":
    """A language's words for months, weekdays, parts of the day and days."""
    from newscrawl.times.words import WordBook

    found = entry(language)
    days = {code: [phrase for group in found["ages"].get(code, {}).values() for phrase in group] for code in "TYV"}
    return WordBook(found["words"], days, language)


@lru_cache(maxsize=1)
def any_book() -> "AnyBook":
    """The phrases of all languages."""
    from newscrawl.times.anybook import AnyBook

    return AnyBook(((language, entry(language)) for language in languages()), phrase_book)
