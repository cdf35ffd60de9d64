"""What a language's phrases teach about its single words.

Words seen with one unit only are that unit's; words of every unit's past phrases are the language's "ago".
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from newscrawl.times.ages import UNIT_S, Age
from newscrawl.times.qualifiers import (
    ago_words,
    fraction_words,
    idle_words,
    limit_words,
    number_words,
    prefixes,
    several_words,
    substance_words,
)

_GUESSES_MAX = 2_000
_PIECE_CHARS = 12
UNSPACED = {"zh", "ja", "th", "lo", "km", "my", "bo", "dz", "ii", "ko"}
"""Languages that write words together, or number and unit."""
# ISO 80000-3: the symbols of the units in any language that writes in Latin letters, unless its own words differ; and
# what papers print for them.
_SYMBOLS = {"h": "h", "hs": "h", "min": "m", "mn": "m", "s": "s", "sec": "s"}
AGO = "+"
Phrases = Sequence[tuple[Age, list[str]]]


class Word(NamedTuple):
    """What one word says in an age."""

    unit: str
    alone: int = 0
    """How many it says without a number ("hour": 1, the Hebrew dual: 2); 0: none."""


class Lexicon:
    """One language's words for units, "ago", and what may stand beside them."""

    __slots__ = (
        "_guessed", "_past", "counts_behind", "doubtful", "fillers", "fractions", "idle", "limit_words", "limits",
        "markers", "numbers", "pieces", "prefixes", "substance", "units",
    )  # fmt: skip

    def __init__(self, phrases: Phrases, language: str, numbers: Mapping[str, int]) -> None:
        self.units: dict[str, Word] = {}
        self.doubtful: dict[str, set[str]] = {}
        """Single letters that may be one unit or another ("m") → the units."""
        self.prefixes = prefixes(language)
        self.limit_words, self.fractions = limit_words(language), fraction_words(language)
        """What dictionaries say of words, whatever the phrases teach."""
        self.idle = frozenset(idle_words(language)) | {word for word, sign in self.prefixes.items() if not sign}
        self.substance = frozenset(substance_words(language))
        """Units that say what a larger one right before them is made of."""
        self.fillers: set[str] = {*self.idle, *self.prefixes}
        self.markers: set[str] = set()
        self.limits: dict[str, str] = {}
        self.numbers = {**number_words(language), **numbers}
        self._guessed: dict[str, Word | None] = {}
        self._past: set[str] = set()
        self._learn_units(phrases, written_apart=language not in UNSPACED)
        self.counts_behind = any(
            word in self.units and after == "#" for _, words in phrases for word, after in pairwise(words)
        )
        """Whether a number may stand behind its unit: Swahili "siku 3"."""
        self._learn_limits(phrases)
        self._learn_markers(phrases, language)
        self.pieces = self._cut_pieces() if language in UNSPACED else {}
        """Parts that words without spaces are cut into → unit letter, AGO, a limit's sign, "" for idle ones."""

    def _learn_units(self, phrases: Phrases, *, written_apart: bool) -> None:
        """The words of one unit only; of several in a phrase ("an hour") the one that is no number and no filler.

        A single sign is an initial, of one unit or several, where words are written apart.
        """
        seen = _units_of_words(phrases, self.numbers)
        initials: dict[str, set[str]] = defaultdict(set)
        for word, units in seen.items():
            if len(units) == 1:
                initials[word[0]] |= units
        of_one = {word for age, words in phrases if age.number == 1 for word in words}
        for age, words in phrases:
            own = [word for word in words if word != "#" and seen[word] == {age.unit} and word not in self.limit_words]
            if len(own) > 1:
                own = [word for word in own if word not in self.fillers and word not in self.numbers]
            if len(own) != 1:
                continue
            word = own[0]
            if written_apart and len(word) == 1 and len(initials[word]) > 1:
                self.doubtful[word] = initials[word]
                continue
            alone = age.number if age.number == 1 or word not in of_one else 0
            self.units[word] = Word(age.unit, max(alone, self.units.get(word, Word("")).alone))
        self.fillers.update(word for word in seen if word != "#" and word not in self.units)
        self._add_symbols(seen)

    def _add_symbols(self, seen: Mapping[str, set[str]]) -> None:
        if not any(word.isascii() for word in self.units):
            return
        for symbol, unit in _SYMBOLS.items():
            like = {word.unit for name, word in self.units.items() if name.startswith(symbol)}
            if symbol not in seen and like <= {unit}:
                self.units[symbol] = Word(unit)

    def _learn_limits(self, phrases: Phrases) -> None:
        """Words that stand with one limit only, and those of the dictionaries."""
        limited: dict[str, set[str]] = defaultdict(set)
        for age, words in phrases:
            if age.unit == "y" or age.limit:
                for word in words:
                    limited[word].add(age.limit)
        learned = self.fillers - self.idle
        self.limits = {word: min(limited[word]) for word in learned if limited[word] in ({"<"}, {">"}, {"="})}
        for word, sign in (self.limit_words | self.prefixes).items():
            if sign and word not in self.units and limited[word] <= {sign, ""}:
                self.limits[word] = sign
                self.fillers.add(word)

    def _learn_markers(self, phrases: Phrases, language: str) -> None:
        """The words that say "ago": a qualifier ("de" in "hace más de un año") never stands without one."""
        bare_words = {word for age, words in phrases if age.bare for word in words}
        pasts = [(age.unit, dict.fromkeys(words)) for age, words in phrases if not age.bare]
        often = Counter(word for _, words in pasts for word in words)  # equals in the phrases' order
        for word, _ in often.most_common():
            if word in self.fillers and word not in bare_words and word not in self.limits:
                alone = {unit for unit, words in pasts if word in words and not words.keys() & self.markers}
                if len(alone) >= 3:
                    self.markers.add(word)
        for word in ago_words(language):
            if word not in self.units and word not in bare_words:
                self.markers.add(word)
                self.fillers.add(word)

    def _cut_pieces(self) -> dict[str, str]:
        pieces = {name: word.unit for name, word in self.units.items()}
        rests: dict[str, set[str]] = defaultdict(set)
        for word, unit in pieces.items():
            for stem in pieces:
                if stem != word and pieces[stem] == unit and word.startswith(stem):
                    rests[word[len(stem) :]].add(unit)
        shared = {rest for rest, units in rests.items() if len(units) > 2} | self.markers
        for word in [word for word in pieces if any(map(word.endswith, shared))]:
            marker = max((marker for marker in self.markers if word.endswith(marker)), key=len, default="")
            if marker and len(stem := word[: -len(marker)]) == 1:
                pieces.setdefault(stem, pieces[word])  # "日前" leaves "日", which alone may be a date's
            if any(word != stem and word.startswith(stem) for stem in pieces):
                del pieces[word]
            else:
                self._past.add(word)
        others = dict.fromkeys((*self.fillers, *self.numbers, *self.fractions), "") | self.limits
        others = {word: sign for word, sign in others.items() if not word.isascii()}
        return others | pieces | dict.fromkeys(shared, AGO)

    def telling_pieces(self) -> list[str]:
        """The pieces without which no age is said: units and "ago"."""
        return [piece for piece, says in self.pieces.items() if says == AGO or says in UNIT_S]

    def unit_of(self, token: str) -> Word | None:
        """The unit a token names: a known word, or an abbreviation or another ending of words of one unit only."""
        if known := self.units.get(token):
            return known
        if token.isdigit():
            return None
        if (piece := self.pieces.get(token)) is not None:
            return Word(piece) if piece.isalpha() else None
        if token in self._guessed:
            return self._guessed[token]
        found = None
        if len(token) > 1 and token not in self.fillers:
            kin = {known.unit for other, known in self.units.items() if _is_kin(token, other)}
            found = Word(kin.pop()) if len(kin) == 1 else None
        if len(self._guessed) < _GUESSES_MAX:
            self._guessed[token] = found
        return found

    def unit_behind(self, token: str, parts: Sequence[int | Word]) -> Word | None:
        """The unit that a doubtful letter says behind a larger one: the minutes in "1h 30m"."""
        larger = next((UNIT_S[part.unit] for part in reversed(parts) if isinstance(part, Word)), 0)
        below = [unit for unit in self.doubtful.get(token, ()) if UNIT_S[unit] < larger]
        return Word(max(below, key=lambda unit: UNIT_S[unit])) if below else None

    def is_known(self, token: str) -> bool:
        """Whether a token can stand in an age."""
        return (
            token.isdigit()
            or token in self.fillers
            or token in self.numbers
            or token in self.pieces
            or token in self.doubtful
            or self.unit_of(token) is not None
        )

    def is_sure(self, token: str) -> bool:
        """Whether a token's unit is known, not guessed."""
        return token in self.units or token in self.pieces or token in self.doubtful

    def says_ago(self, token: str) -> bool:
        """Whether a token stands in past phrases only, a unit glued to its "ago" among them."""
        return token in self.markers or self.pieces.get(token) == AGO or token in self._past

    def says_several(self, run: Collection[str]) -> bool:
        """Whether words without a number say "more hours", which are several, and not "more than an hour"."""
        return not several_words().isdisjoint(run) and (bool(self.pieces) or self.idle.isdisjoint(run))

    def cut(self, token: str) -> list[str]:
        """The parts of a token in a language without spaces; empty: it has a part that is none."""
        parts, place = [], 0
        while place < len(token):
            for end in range(min(len(token), place + _PIECE_CHARS), place, -1):
                if token[place:end] in self.pieces:
                    parts.append(token[place:end])
                    place = end
                    break
            else:
                return []
        return parts


def _units_of_words(phrases: Phrases, numbers: Collection[str]) -> dict[str, set[str]]:
    """Word → the units of the phrases it stands in, but for those where it is the number: Korean 일 is one and day."""
    seen: dict[str, set[str]] = defaultdict(set)
    for age, words in phrases:
        for word in words:
            if "#" in words or word not in numbers:
                seen[word].add(age.unit)
    for age, words in phrases:
        alone = "".join(words).strip("#")
        if age.bare and len(words) == 2 and len(alone) > 2:  # "# dana": days, though "nedelju dana" is a week
            seen[alone] = {age.unit}
    return seen


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
