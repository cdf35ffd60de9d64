"""Ages in texts of an unknown language: what means one thing in every language that may be meant."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from newscrawl.times.ages import Age
from newscrawl.times.normal import TOKEN
from newscrawl.times.phrases import PhraseBook

_CANDIDATES_MAX = 12
_DISSENT_MAX = 1 / 40
"""Share of a phrase's languages that may mean something else by it: "3 h" is hours in 244, weeks in Turkish."""


class AnyBook(PhraseBook):
    """The phrases of all languages; those that mean several things are known, and refused."""

    def __init__(self, entries: Iterable[tuple[str, Mapping[str, Any]]], book_of: Callable[[str], PhraseBook]) -> None:
        super().__init__({})
        self._book_of = book_of
        self._languages: dict[str, list[str]] = defaultdict(list)
        self._doubtful: set[str] = set()
        spaced: set[str] = set()
        meanings: dict[str, dict[Age, int]] = defaultdict(lambda: defaultdict(int))
        for language, entry in entries:
            for key, age in PhraseBook(entry["ages"]).exact.items():
                meanings[key][age] += 1
            for word in {word for group in _groups(entry["ages"]) for phrase in group for word in phrase.split()}:
                self._languages[word].append(language)
            spaced.update(entry.get("spaced", ()))
        for key, ages in meanings.items():
            most = max(ages, key=lambda age: ages[age])
            others = sum(n for age, n in ages.items() if age[:2] != most[:2])
            if others > _DISSENT_MAX * sum(ages.values()):
                self._doubtful.add(key)
            else:
                self.exact[key] = most
        self._spaced = frozenset(spaced)

    def read(self, folded: str, raw: str = "") -> Age | None:
        """The age that all likely languages read, else that of the longest stretch of words that is a whole phrase."""
        found = TOKEN.findall(folded)
        if age := self._look_up(found):
            return age
        ages = self._read_in_likely(folded, raw, found)
        if not ages:
            return self.read_window(folded)
        age = ages.pop()
        return age if not ages and (age.rest_s or not age.bare) else None

    def is_to_come(self, raw: str, age: Age) -> bool:
        """As in `PhraseBook`; some languages write "-5 min" for an age, none "-5 minutes ago"."""
        return super().is_to_come(raw.lstrip(" -−") if age.bare else raw, age)

    def is_doubtful(self, folded: str) -> bool:
        """Whether a text is a phrase of several meanings ("3 t": hours, days or weeks)."""
        return self._key(TOKEN.findall(folded)) in self._doubtful

    def _read_in_likely(self, folded: str, raw: str, found: Sequence[str]) -> set[Age]:
        """What is read in the languages that have most of the words."""
        words = Counter(language for word in dict.fromkeys(found) for language in self._languages.get(word, ()))
        likely = [language for language, n in words.most_common(_CANDIDATES_MAX) if n == max(words.values())]
        return {age for language in likely if (age := self._book_of(language).read(folded, raw))}


def _groups(ages: Mapping[str, Mapping[str, Iterable[str]]]) -> Iterable[Iterable[str]]:
    return (group for sources in ages.values() for group in sources.values())
