"""A language's phrase table: a text's age, or None.

A phrase is looked up whole ("#hoursago"). What the table lacks is put together by the language's grammar.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from newscrawl.times.ages import TIME_SINCE, TWO_UNITS, UNIT_S, Age, is_length
from newscrawl.times.normal import TOKEN, fold, spelling

if TYPE_CHECKING:
    from newscrawl.times.grammar import Grammar

_TOKENS_MAX = 24
MANY = ">12 "
MONTHS_MAX = 12
"""Beyond it libraries count years."""
# Signs that part a time from what stands beside it ("3 hours ago | Example Wire").
_BREAK = re.compile(r"[|·•‧∙―/;\n]|[–—](?!(?<=\d.)\d)|\s-\s")
MINUS = re.compile(r"\s*[-−]\d")
"""How texts begin that write an age with a minus: "-3 h"."""
_SIGN = re.compile(r"\s*([-−](?=\d)|\+(?=\s?\d))")
_NO_BREAK = re.compile(r"\d\xa0([^\W\d_]+)")
_DECIMAL = re.compile(r"\d[.,]\d")
Ages = Mapping[str, Mapping[str, Iterable[str]]]


class PhraseBook:
    """One language's phrases, and the grammar they teach."""

    def __init__(
        self,
        ages: Ages,
        language: str = "",
        numbers: Mapping[str, int] | None = None,
        *,
        ahead: Iterable[str] = (),
        spaced: Iterable[str] = (),
        minus: bool = False,
        doubtful: Mapping[str, Mapping[str, str]] | None = None,
    ) -> None:
        """`ahead`, `spaced`, `minus`, `doubtful`: as the table has them (`data.generate`)."""
        self.minus = minus
        self.doubtful: dict[str, dict[str, str]] = {}
        """Phrases of several units, joined → what their spellings mean."""
        for phrase, spelt in (doubtful or {}).items():
            self.doubtful.setdefault(phrase.replace(" ", ""), {}).update(spelt)
        self._spaced = frozenset(spaced)
        self._learned_from = ages, language, numbers or {}, ahead
        self.exact: dict[str, Age] = {}
        for meaning, phrase in _phrases(ages):
            self.exact.setdefault(phrase.replace(" ", ""), _age_of(meaning))

    @cached_property
    def grammar(self) -> "Grammar":
        """What the phrases teach about single words; learned when first needed."""
        from newscrawl.times.grammar import Grammar
        from newscrawl.times.lexicon import Lexicon

        ages, language, numbers, ahead = self._learned_from
        phrases = [(_age_of(meaning), phrase.split()) for meaning, phrase in _phrases(ages) if meaning[0] in UNIT_S]
        return Grammar(Lexicon(phrases, language, numbers), ahead, self.exact)

    @property
    def units(self) -> Iterable[str]:
        """Words that name a unit, or one of several."""
        lexicon = self.grammar.lexicon
        return [*lexicon.units, *lexicon.doubtful]

    @property
    def markers(self) -> Iterable[str]:
        """Words that say "ago"."""
        return self.grammar.lexicon.markers

    @property
    def pieces(self) -> Iterable[str]:
        """What words without spaces between them are cut into."""
        return self.grammar.lexicon.telling_pieces()

    def read(self, folded: str, raw: str = "") -> Age | None:
        """The age a folded text says, or None. Words around it are let be, when the phrase says "ago" itself.

        `raw`: the text before it was folded, where it is known: "5 M" and "5 m." can be months, "5 m" minutes.
        """
        found = TOKEN.findall(folded)
        if len(found) > _TOKENS_MAX:
            return None
        if age := self._look_up(found):
            return age
        if (spelt := self.doubtful.get(self._key(found))) is not None:
            return _read_spelt(spelt, raw, found)
        parts = _parts(folded, found)
        if parts and not _BREAK.search(folded):
            return self.grammar.read(parts[0])
        ages = (self._look_up(tokens) or self.grammar.read(tokens) for tokens in parts)
        return next((age for age in ages if age and not age.bare), None)

    def read_window(self, folded: str) -> Age | None:
        """The age said by the longest stretch of words that is a whole phrase; for a book without grammar."""
        found = TOKEN.findall(folded)
        if len(found) > _TOKENS_MAX // 2:
            return None
        parts = _parts(folded, found)
        return next((age for part in parts if (age := self._window(part, whole=len(parts) == 1))), None)

    def _window(self, found: Sequence[str], *, whole: bool) -> Age | None:
        numbers = sum(map(str.isdigit, found))
        for length in range(len(found), 0, -1):
            for start in range(len(found) - length + 1):
                window = found[start : start + length]
                if sum(map(str.isdigit, window)) < numbers or (length == 1 < len(found)):
                    continue  # "1 month, 2 weeks ago" is not two weeks; "dun" is yesterday in Turkish only
                age = self._look_up(window)
                if age and ((whole and length == len(found)) or not age.bare):
                    return age
        return None

    def _look_up(self, found: Sequence[str]) -> Age | None:
        numbers = [int(token) for token in found if token[0] <= "9" and token.isdigit()]
        if len(numbers) > 1:
            return None
        age = self.exact.get(self._key(found))
        if age is None or not numbers or age.unit == "n":
            return age
        if not numbers[0]:
            return Age("n", bare=age.bare)
        return None if is_length(age, numbers[0]) else age._replace(number=numbers[0])

    @staticmethod
    def _key(found: Sequence[str]) -> str:
        return "".join(["#" if token[0] <= "9" and token.isdigit() else token for token in found])

    def is_to_come(self, raw: str, age: Age) -> bool:
        """Whether an age lies ahead, by its words or its sign: "+5 min", and "-5 min" where that is no age."""
        sign = _SIGN.match(raw)
        return age.ahead or (age.unit in UNIT_S and sign is not None and (sign[1] == "+" or not self.minus))

    def rule_of(self, raw: str, age: Age) -> str | None:
        """Django's rule for a text with its no-break space, where no other library of the language writes one."""
        found = _NO_BREAK.search(raw)
        if not found or fold(found[1]) in self._spaced:
            return None
        return TIME_SINCE if age.bare else TWO_UNITS

    def says_ago(self, folded: str) -> bool:
        """Whether a folded text holds a word that stands in past phrases only."""
        return any(token in self.grammar.lexicon.markers for token in TOKEN.findall(folded))


def _parts(folded: str, found: list[str]) -> list[list[str]]:
    """The words between signs that part a time from what stands beside it; a letter alone ("Club A/S") is no part.

    Nor is what holds a decimal: "1.2K views | 3 hours ago".
    """
    if not _BREAK.search(folded):
        return [found] if found and not _DECIMAL.search(folded) else []
    parts = (TOKEN.findall(part) for part in _BREAK.split(folded) if not _DECIMAL.search(part))
    return [tokens for tokens in parts if len(tokens) > 1 or (tokens and len(tokens[0]) > 1)]


def _phrases(ages: Ages) -> Iterable[tuple[str, str]]:
    return ((meaning, phrase) for meaning, sources in ages.items() for group in sources.values() for phrase in group)


def _age_of(meaning: str) -> Age:
    if meaning[0] in "nTYVLC":
        return Age(meaning.rstrip("#~"), bare="~" in meaning)
    plain = meaning.rstrip("~<>=")
    limit = next((sign for sign in "<>=" if sign in meaning), "")
    return Age(plain[0], int(plain[1:] or 0), limit, "~" in meaning)


def _read_spelt(spelt: Mapping[str, str], raw: str, found: Sequence[str]) -> Age | None:
    """The age of a phrase of several units, told by its spelling or by a number too high for months."""
    number = next((int(token) for token in found if token.isdigit()), 0)
    form = spelling(raw)
    meaning = spelt.get((MANY if number > MONTHS_MAX else "") + form) or spelt.get(form, "")
    if number > MONTHS_MAX and meaning.startswith("M"):
        return None
    age = _age_of(meaning)._replace(number=number) if meaning and number else None
    return None if age and is_length(age, number) else age
