"""The generated table, read when first needed: one language at a time."""

import json
import lzma
from functools import lru_cache
from pkgutil import get_data
from typing import Any

from newscrawl.times.phrases import PhraseBook
from newscrawl.times.words import WordBook


@lru_cache(maxsize=1)
def _lines() -> dict[str, str]:
    packed = get_data("newscrawl.times.data", "phrases.json.xz")
    assert packed is not None
    return dict(line.split("\t", 1) for line in lzma.decompress(packed).decode().split("\n"))


def languages() -> list[str]:
    """The languages of the table."""
    return list(_lines())


@lru_cache(maxsize=16)
def entry(language: str) -> dict[str, Any]:
    """A language's part of the table; empty for a language it does not hold."""
    line = _lines().get(language)
    return json.loads(line) if line else {"ages": {}, "words": {}}


@lru_cache(maxsize=64)
def phrase_book(language: str) -> PhraseBook:
    """A language's phrases."""
    found = entry(language)
    numbers = {word: int(code[1:]) for code, words in found["words"].items() if code[0] == "n" for word in words}
    return PhraseBook(found["ages"], language, numbers)


@lru_cache(maxsize=64)
def word_book(language: str) -> WordBook:
    """A language's words for months, weekdays, parts of the day and days."""
    found = entry(language)
    days = {code: [phrase for group in found["ages"].get(code, {}).values() for phrase in group] for code in "TYV"}
    return WordBook(found["words"], days, language)


@lru_cache(maxsize=1)
def any_book() -> PhraseBook:
    """The whole phrases of all languages that mean one thing in every language that has them; no grammar."""
    book, doubtful = PhraseBook({}), set()
    for line in _lines().values():
        for key, age in PhraseBook(json.loads(line)["ages"]).exact.items():
            if book.exact.setdefault(key, age)[:2] != age[:2]:
                doubtful.add(key)
    for key in doubtful:
        del book.exact[key]
    return book
