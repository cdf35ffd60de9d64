"""The words a time can hold in some languages: one look tells most headlines and counters from times."""

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import product
from typing import NamedTuple

from newscrawl.times.qualifiers import fraction_words
from newscrawl.times.table import entry, phrase_book, word_book

_AGE_STEM, _NAME_STEM = 3, 4
"""Letters that all words of one unit, and of one month or weekday, share where their endings differ."""
ONE_NUMBER_ENOUGH = re.compile(r"\d\s?(?:[h月월时時點点시]|uhr|uur|[ap]\.?\s?m)")
"""A clock or a day in one number ("18 Uhr")."""


class Look(NamedTuple):
    """What a look at a text found."""

    has_age: bool
    """A word without which no age is said: a unit, an "ago", a phrase of one word."""
    has_date: bool
    """A month, weekday, day word or part of the day."""
    has_numbers: bool
    """Numbers that may be a date or a clock by themselves."""


_LOOKS = {flags: Look(*flags) for flags in product((False, True), repeat=3)}
NOTHING = _LOOKS[False, False, False]


class Vocabulary:
    """The words of ages and dates in some languages; what may be such a word with another ending counts as one."""

    __slots__ = ("_age_stems", "_age_words", "_date_stems", "_date_words", "_glued", "_glued_signs", "_prefixes")

    def __init__(self, languages: Sequence[str]) -> None:
        ages: set[str] = set()
        dates: set[str] = set()
        glued: set[str] = set()
        age_stems: set[str] = set()
        date_stems: set[str] = set()
        prefixes: set[str] = set()
        for language in languages:
            ages.update(word for word, (_, unit) in fraction_words(language).items() if unit)
            book, words = phrase_book(language), word_book(language)
            letters = (phrase for phrase in book.exact if len(phrase) == len("#m"))
            ages.update(book.units, book.markers, book.exact, (word.strip("#") for word in (*book.doubtful, *letters)))
            ages.update(word for phrase in _phrases(language, "nTYVLC") for word in phrase.split() if " " in phrase)
            age_stems.update(unit[:_AGE_STEM] for unit in book.units if len(unit) >= _AGE_STEM)
            age_stems.update(unit[:2] for unit in book.units if len(unit) > _AGE_STEM)
            dates.update(words.codes, _names(language))
            date_stems.update(name[:_NAME_STEM] for name, code in words.codes.items() if code[0] in "mw")
            glued.update(piece for piece in book.pieces if not piece.isascii())
            glued.update(filter(_is_glued, dates))
            prefixes.update(words.prefixes)
        self._age_words, self._age_stems = frozenset(ages), frozenset(age_stems)
        self._date_words, self._date_stems = frozenset(dates), frozenset(date_stems)
        self._glued, self._glued_signs = tuple(glued), frozenset(word[0] for word in glued)
        self._prefixes = frozenset(prefixes)

    def look(self, folded: str, found: Sequence[str]) -> Look:
        """A look at a folded text of the tokens `found`."""
        if (
            not folded.isascii()
            and not self._glued_signs.isdisjoint(folded)
            and any(word in folded for word in self._glued)
        ):
            return _LOOKS[True, True, True]
        has_age = has_date = False
        numbers = 0
        for token in found:
            if token[0] <= "9":
                numbers += 1
                continue
            if token in self._date_words:
                has_date = True
                has_age = has_age or token in self._age_words
            elif token in self._age_words or token[:_AGE_STEM] in self._age_stems:
                has_age = True
                has_date = has_date or token[:_NAME_STEM] in self._date_stems
            elif token[:_NAME_STEM] in self._date_stems:
                has_date = True
            elif token[0] in self._prefixes:
                has_age = has_age or token[1:] in self._age_words
                has_date = has_date or token[1:] in self._date_words
        has_numbers = numbers > 1 or (numbers == 1 and ONE_NUMBER_ENOUGH.search(folded) is not None)
        return _LOOKS[has_age, has_date, has_numbers]


@lru_cache(maxsize=256)
def vocabulary(languages: tuple[str, ...]) -> Vocabulary:
    """The words of `languages`, names of the table."""
    return Vocabulary(languages)


def _names(language: str) -> set[str]:
    """The single words of the table's dates and day words, which `WordBook` keeps joined."""
    words = entry(language)["words"]
    dates = (phrase for code, phrases in words.items() if code[0] not in "fn" for phrase in phrases)
    return {word for phrase in (*dates, *_phrases(language, "TYV")) for word in phrase.split()} - {"#"}


def _phrases(language: str, codes: str) -> list[str]:
    """The table's phrases of ages without a number, by the first letters of their codes."""
    ages = entry(language)["ages"].items()
    return [phrase for code, groups in ages if code[0] in codes for group in groups.values() for phrase in group]


def _is_glued(word: str) -> bool:
    """Whether the word's script writes words together: Thai and Lao, Han, kana, Hangul."""
    return "\u0e00" <= word[0] <= "\u0eff" or "\u2e80" <= word[0] <= "\ud7a3"
