"""Ages in texts of an unknown language: what means one thing in every language that may be meant."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from newscrawl.times.ages import Age
from newscrawl.times.normal import TOKEN, fold
from newscrawl.times.phrases import MINUS, MONTHS_MAX, PhraseBook

_CANDIDATES_MAX = 12
_DISSENT_MAX = 1 / 40
"""Share of a phrase's languages that may mean something else by it: "3 h" is hours in 244, weeks in Turkish."""


class AnyBook(PhraseBook):
    """The phrases of all languages; those that mean several things are known, and refused."""

    def __init__(self, entries: Iterable[tuple[str, Mapping[str, Any]]], book_of: Callable[[str], PhraseBook]) -> None:
        super().__init__({})
        self._book_of = book_of
        self._languages: dict[str, list[str]] = defaultdict(list)
        spaced: set[str] = set()
        meanings: dict[str, Counter[Age]] = defaultdict(Counter)
        signed: dict[str, Counter[Age]] = defaultdict(Counter)
        for language, entry in entries:
            for key, age in PhraseBook(entry["ages"]).exact.items():
                meanings[key][age] += 1
                if entry.get("minus"):
                    signed[key][age] += 1
            for word in {word for group in _groups(entry["ages"]) for phrase in group for word in phrase.split()}:
                self._languages[word].append(language)
            spaced.update(entry.get("spaced", ()))
        self.exact = _agreed(meanings)
        self._signed = _agreed(signed)
        self._doubtful = meanings.keys() - self.exact.keys()
        self._spaced = frozenset(spaced)

    def read(self, folded: str, raw: str = "") -> Age | None:
        """The age that all likely languages read, else that of the longest stretch of words that is a whole phrase."""
        found = TOKEN.findall(folded)
        if age := self._look_up(found) or self._look_up_signed(found, raw):
            return age
        ages = self._read_in_likely(folded, found)
        if not ages:
            return self.read_window(folded)
        age = ages.pop()
        return age if not ages and (age.rest_s or not age.bare) else None

    def is_to_come(self, raw: str, age: Age) -> bool:
        """As in `PhraseBook`; some languages write "-5 min" for an age, few "-5 minutes ago"."""
        is_signed = age.bare or self._key(TOKEN.findall(fold(raw))) in self._signed
        return super().is_to_come(raw.lstrip(" -−") if is_signed else raw, age)

    def is_doubtful(self, folded: str) -> bool:
        """Whether a text is a phrase of several meanings ("3 t": hours, days or weeks)."""
        return self._key(TOKEN.findall(folded)) in self._doubtful

    def _look_up_signed(self, found: Sequence[str], raw: str) -> Age | None:
        """What a phrase with a minus means in the languages that write ages so, or None."""
        age = self._signed.get(self._key(found)) if MINUS.match(raw) else None
        number = next((int(token) for token in found if token.isdigit()), 0)
        is_told = age is not None and number > 0 and not (age.unit == "M" and number > MONTHS_MAX)
        return age._replace(number=number) if age and is_told else None

    def _read_in_likely(self, folded: str, found: Sequence[str]) -> set[Age]:
        """What is read in the languages that have most of the words."""
        words = Counter(language for word in dict.fromkeys(found) for language in self._languages.get(word, ()))
        likely = [language for language, n in words.most_common(_CANDIDATES_MAX) if n == max(words.values())]
        return {age for language in likely if (age := self._book_of(language).read(folded))}


def _agreed(meanings: Mapping[str, Counter[Age]]) -> dict[str, Age]:
    """The phrases to which (nearly) all their languages give one meaning, and that meaning."""
    found = {}
    for key, ages in meanings.items():
        ((most, _),) = ages.most_common(1)
        if sum(n for age, n in ages.items() if age[:2] != most[:2]) <= _DISSENT_MAX * ages.total():
            found[key] = most
    return found


def _groups(ages: Mapping[str, Mapping[str, Iterable[str]]]) -> Iterable[Iterable[str]]:
    return (group for sources in ages.values() for group in sources.values())
