"""The phrase table and the grammar learned from it: a text's age, or None.

A phrase is looked up whole ("#hoursago"). What the table lacks is put together from the words it taught: words seen
with one unit only are that unit's, words of every unit's past phrases are the language's "ago".
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from newscrawl.times.ages import UNIT_S
from newscrawl.times.normal import TOKEN, fold

_TOKENS_MAX = 24
_GUESSES_MAX = 2_000
_UNKNOWN_MAX = 3
_UNSPACED = {"zh", "ja", "th", "lo", "km", "my", "bo", "dz", "ii", "ko"}
# Words between number and "ago" that the libraries do not print and papers do.
_ALSO = {
    "ru": "тому",
    "uk": "тому",
    "en": "ago",
    "de": "etwa ca rund",
    "fr": "environ",
    "nl": "ongeveer circa",
    "he": "אחד",
}
# "about", "almost" and "over" in the news languages, where a library prints its own words for them.
_QUALIFIERS = {
    "=": """
        about around approximately etwa circa ungefähr environ alrededor aproximadamente cerca ongeveer ungefär cirka
        omtrent
        omkring noin około přibližně přibližne približno približne около приблизительно приблизно περίπου aproximativ
        körülbelül yaklaşık umbes apmēram aptuveni apie maždaug حوالي حدود কমবেশি khoảng sekitar
    """,
    "<": """
        almost nearly fast beinahe presque casi quase quasi bijna nästan nesten næsten lähes melkein prawie téměř takmer
        skoro gotovo почти майже скоро σχεδόν aproape majdnem neredeyse peaaegu gandrīz beveik כמעט hampir
    """,
    ">": """
        over plus más mais oltre meer över mer yli ponad vyše preko больше понад πάνω peste fazla üle vairāk daugiau hơn
        lebih
    """,
}
Ages = Mapping[str, Mapping[str, Iterable[str]]]


class Age(NamedTuple):
    """An age as a phrase says it."""

    unit: str
    """s m h d w M y; "n" now; "T" today, "Y" yesterday, "V" the day before; "L" and "C" before a unit."""
    number: int = 0
    """How many; 0: the unit says it."""
    limit: str = ""
    """">" over, "<" almost, "=" about."""
    bare: bool = False
    """The phrase says no "ago": an age only when it is the whole text."""
    rest_s: int = 0
    """Seconds of larger units before this one ("1 week, 2 days")."""


class PhraseBook:
    """One language's phrases and the words they teach."""

    __slots__ = ("_guessed", "exact", "fillers", "limits", "markers", "numbers", "pieces", "single", "units")

    def __init__(self, ages: Ages, language: str = "", numbers: Mapping[str, int] | None = None) -> None:
        self.numbers = numbers or {}
        phrases = [
            (meaning, phrase) for meaning, sources in ages.items() for group in sources.values() for phrase in group
        ]
        self.exact: dict[str, Age] = {}
        for meaning, phrase in phrases:
            self.exact.setdefault(phrase.replace(" ", ""), _age_of(meaning))
        self.units: dict[str, tuple[str, int]] = {}
        self.single: set[str] = set()
        self.fillers: set[str] = set(_ALSO.get(language, "").split())
        self.markers: set[str] = set()
        self.limits: dict[str, str] = {}
        self._learn([(_age_of(meaning), phrase.split()) for meaning, phrase in phrases if meaning[0] in UNIT_S])
        self.pieces = self._cut_pieces() if language in _UNSPACED else {}
        self._guessed: dict[str, tuple[str, int] | None] = {}

    def _learn(self, phrases: list[tuple[Age, list[str]]]) -> None:
        seen: dict[str, set[str]] = defaultdict(set)
        limited: dict[str, set[str]] = defaultdict(set)
        for age, words in phrases:
            for word in words:
                seen[word].add(age.unit)
                if age.unit == "y":
                    limited[word].add(age.limit)
        with_number = {word for age, words in phrases if not age.number for word in words}
        for age, words in phrases:
            own = [word for word in words if word != "#" and seen[word] == {age.unit}]
            if len(own) == 1:
                word = own[0]
                fixed = age.number if age.number > 1 and word not in with_number else 0
                self.units[word] = age.unit, max(fixed, self.units.get(word, ("", 0))[1])
                if age.number == 1:
                    self.single.add(word)
        self.fillers.update(word for word in seen if word != "#" and word not in self.units)
        self.limits = {
            word: next(iter(limited[word])) for word in self.fillers if limited[word] in ({"<"}, {">"}, {"="})
        }
        for sign, qualifiers in _QUALIFIERS.items():
            for word in map(fold, qualifiers.split()):
                if word not in self.units:
                    self.limits.setdefault(word, sign)
                    self.fillers.add(word)
        self._learn_markers(phrases)

    def _learn_markers(self, phrases: list[tuple[Age, list[str]]]) -> None:
        """The words that say "ago": a qualifier ("de" in "hace más de un año") never stands without one."""
        bare_words = {word for age, words in phrases if age.bare for word in words}
        pasts = [(age.unit, set(words)) for age, words in phrases if not age.bare]
        often = Counter(word for _, words in pasts for word in words)
        for word, _ in often.most_common():
            if word in self.fillers and word not in bare_words and word not in self.limits:
                alone = {unit for unit, words in pasts if word in words and not words & self.markers}
                if len(alone) >= 3:
                    self.markers.add(word)

    def _cut_pieces(self) -> dict[str, str]:
        """Words without spaces cut into unit and rest: piece → unit letter, "+" for an "ago"."""
        pieces = {word: unit for word, (unit, _) in self.units.items()}
        rests: dict[str, set[str]] = defaultdict(set)
        for word, unit in pieces.items():
            for stem in pieces:
                if stem != word and pieces[stem] == unit and word.startswith(stem):
                    rests[word[len(stem) :]].add(unit)
        for word in [
            word for word in pieces if any(word.endswith(rest) for rest, units in rests.items() if len(units) > 2)
        ]:
            if any(word != stem and word.startswith(stem) for stem in pieces):
                del pieces[word]
        return (
            pieces | {rest: "+" for rest, units in rests.items() if len(units) > 2} | dict.fromkeys(self.markers, "+")
        )

    def read(self, folded: str) -> Age | None:
        """The age a folded text says, or None. Words around it are let be, when the phrase says "ago" itself."""
        found = TOKEN.findall(folded)
        if len(found) > _TOKENS_MAX:
            return None
        numbers = [int(token) for token in found if token[0] <= "9" and token.isdigit()]
        if age := self._look_up(found, numbers):
            return age
        if _has_decimal(folded):
            return None
        if self.numbers and not numbers:
            found = [
                str(self.numbers[token]) if token in self.numbers and token not in self.units else token
                for token in found
            ]
        runs = self._runs(found)
        numbers = [int(token) for token in found if token.isdigit()]
        whole = len(runs) == 1 and len(runs[0]) == len(found)
        if len(found) <= 5 and not numbers and self._says_seconds(found):
            return Age("n")
        if sum(any(map(str.isdigit, run)) for run in runs) > 1 and (age := self._compose_around(found)):
            return age  # "1 year and 10 months ago"
        for run in runs:
            numbers = [int(token) for token in run if token.isdigit()]
            age = self._look_up(run, numbers) or self._compose(run, numbers)
            if age and (whole or not age.bare):
                return age
        return self._compose_around(found)

    def _compose_around(self, found: list[str]) -> Age | None:
        """An age with a few unknown words in it ("il y a presque 3 ans"), none between number and unit."""
        known = [token for token in found if token.isdigit() or token in self.fillers or self._unit(token)]
        numbers = [place for place, token in enumerate(found) if token.isdigit()]
        if not numbers or self.pieces or not 0 < len(found) - len(known) <= _UNKNOWN_MAX:
            return None
        if not all(any(map(self._unit, found[max(0, place - 1) : place + 2])) for place in numbers):
            return None
        age = self._compose(known, [int(found[place]) for place in numbers])
        return age if age and not age.bare else None

    def read_window(self, folded: str) -> Age | None:
        """The age said by the longest stretch of words that is a whole phrase; for a book without grammar."""
        found = TOKEN.findall(folded)
        if len(found) > _TOKENS_MAX // 2 or _has_decimal(folded):
            return None
        for length in range(len(found), 0, -1):
            for start in range(len(found) - length + 1):
                window = found[start : start + length]
                age = self._look_up(window, [int(token) for token in window if token.isdigit()])
                if age and (length == len(found) or not age.bare):
                    return age
        return None

    def _says_seconds(self, found: list[str]) -> bool:
        """Whether a text without number says "some seconds ago" in words the book need not know."""
        return any(word in self.markers for word in found) and any(
            self.units.get(word, ("", 0))[0] == "s" for word in found
        )

    def _look_up(self, found: list[str], numbers: list[int]) -> Age | None:
        if len(numbers) > 1:
            return None
        age = self.exact.get("".join(["#" if token[0] <= "9" and token.isdigit() else token for token in found]))
        if age is None or not numbers or age.unit == "n":
            return age
        return Age(age.unit, numbers[0], age.limit, age.bare) if numbers[0] else Age("n")

    def says_ago(self, folded: str) -> bool:
        """Whether a folded text holds a word that stands in past phrases only."""
        return any(token in self.markers for token in TOKEN.findall(folded))

    def _unit(self, word: str) -> tuple[str, int] | None:
        """The unit a word names: a known word, or an abbreviation or another ending of words of one unit only."""
        if known := self.units.get(word):
            return known
        if word in self._guessed:
            return self._guessed[word]
        found = None
        if len(word) > 1 and word not in self.fillers:
            kin = {unit for other, (unit, _) in self.units.items() if _is_kin(word, other)}
            found = (kin.pop(), 0) if len(kin) == 1 else None
        if len(self._guessed) < _GUESSES_MAX:
            self._guessed[word] = found
        return found

    def _runs(self, found: list[str]) -> list[list[str]]:
        """Stretches of numbers and words the book knows, glued words cut where the script puts no spaces."""
        runs: list[list[str]] = [[]]
        for token in found:
            if token.isdigit() or token in self.fillers or self._unit(token):
                runs[-1].append(token)
            elif self.pieces and (cut := self._cut(token)):
                runs[-1].extend(cut)
            elif self.exact.get(token):
                runs.extend(([token], []))
            else:
                runs.append([])
        return [run for run in runs if run]

    def _cut(self, token: str) -> list[str]:
        cut, place = [], 0
        while place < len(token):
            for end in range(min(len(token), place + 12), place, -1):
                if token[place:end] in self.pieces:
                    cut.append(token[place:end])
                    place = end
                    break
            else:
                return []
        return cut

    def _compose(self, run: list[str], numbers: list[int]) -> Age | None:
        """An age from single words: numbers and units in equal number, the largest unit first."""
        units: list[str] = []
        fixed, single, marked, sure, limit, last = 0, False, False, True, "", ""
        for word in run:
            if word.isdigit():
                last = ""
            elif (known := self._unit(word)) or self.pieces.get(word, "+") != "+":
                unit, count = known or (self.pieces[word], 0)
                sure = sure and word in self.units
                if unit != last:
                    units.append(unit)
                last, fixed, single = unit, max(fixed, count), single or word in self.single
            else:
                marked = marked or word in self.markers or self.pieces.get(word) == "+"
                limit = self.limits.get(word, limit)
        if not units or len(units) > 3:
            return None
        if not numbers:
            if len(units) > 1 or not marked or not (fixed or single):
                return None
            return Age(units[0], fixed or 1, limit)
        sizes = [UNIT_S[unit] for unit in units]
        if not marked and not (sure and (len(units) == 1 or not self.pieces)):
            return None
        if len(numbers) != len(units) or sizes != sorted(set(sizes), reverse=True):
            return None
        rest_s = sum(number * size for number, size in zip(numbers[:-1], sizes, strict=False))
        if numbers[-1] == 0 and not rest_s:
            return Age("n")
        return Age(units[-1], numbers[-1], limit, not marked, rest_s)


def _age_of(meaning: str) -> Age:
    if meaning[0] in "nTYVLC":
        return Age(meaning.rstrip("#"))
    plain = meaning.rstrip("~<>=")
    limit = next((sign for sign in "<>=" if sign in meaning), "")
    return Age(plain[0], int(plain[1:] or 0), limit, "~" in meaning)


def _is_kin(word: str, other: str) -> bool:
    """Whether one is an abbreviation of the other, or both differ in their endings only."""
    if len(word) < 3 or len(other) < 3:
        return len(word) > 1 and len(other) > 3 and other.startswith(word)
    if other.startswith(word):
        return True
    same = 0
    for a, b in zip(word, other, strict=False):
        if a != b:
            break
        same += 1
    return same >= 3 and same >= 0.6 * max(len(word), len(other))


def _has_decimal(folded: str) -> bool:
    return any(
        mark in ".," and place and folded[place - 1].isdigit() and folded[place + 1 : place + 2].isdigit()
        for place, mark in enumerate(folded)
    )
