"""What a language's phrases teach about its single words, and the ages put together from them.

Words seen with one unit only are that unit's; words of every unit's past phrases are the language's "ago".
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from newscrawl.times.ages import UNIT_S
from newscrawl.times.qualifiers import ago_words, idle_words, limit_words, one_words

_GUESSES_MAX = 2_000
_UNKNOWN_MAX = 3
_UNITS_MAX = 3
_YEARS_MAX = 200
"""A larger number before a unit of years is a date's."""
UNSPACED = {"zh", "ja", "th", "lo", "km", "my", "bo", "dz", "ii", "ko"}
"""Languages that write words together, or number and unit."""
# ISO 80000-3: the symbols of the units in any language that writes in Latin letters, unless its own words differ.
_SYMBOLS = {"h": "h", "min": "m", "s": "s", "sec": "s"}
Phrases = Sequence[tuple["Age", list[str]]]


class Age(NamedTuple):
    """An age as a phrase says it."""

    unit: str
    """s m h d w M y; "n" now; "T" today, "Y" yesterday, "V" the day before; "L" and "C" before a unit."""
    number: int = 0
    """How many; 0: the unit says it."""
    limit: str = ""
    """">" over, "<" almost, "=" about, "-" less than, "?" beside words that may be one of these."""
    bare: bool = False
    """The phrase says no "ago": an age only when it is the whole text."""
    rest_s: int = 0
    """Seconds of larger units before this one ("1 week, 2 days")."""
    ahead: bool = False
    """The phrase says "in" or "from now": no age at all."""


class Word(NamedTuple):
    """What one word says in an age."""

    unit: str
    alone: int = 0
    """How many it says without a number ("hour": 1, the Hebrew dual: 2); 0: none."""


class Grammar:
    """One language's words for units, "ago", "in", and what may stand beside them."""

    __slots__ = ("_ahead", "_guessed", "_numbers", "doubtful", "fillers", "limits", "markers", "pieces", "units")

    def __init__(self, phrases: Phrases, language: str, numbers: Mapping[str, int], ahead: Iterable[str] = ()) -> None:
        self.units: dict[str, Word] = {}
        self.fillers: set[str] = set(idle_words(language))
        self.markers: set[str] = set()
        self.limits: dict[str, str] = {}
        self.doubtful: set[str] = set()
        self._numbers = dict.fromkeys(one_words(language), 1) | dict(numbers)
        self._ahead = frozenset(ahead)
        self._guessed: dict[str, Word | None] = {}
        self._learn_units(phrases)
        self._learn_limits(phrases)
        self._learn_markers(phrases, language)
        self.pieces = self._cut_pieces() if language in UNSPACED else {}

    def _learn_units(self, phrases: Phrases) -> None:
        seen: dict[str, set[str]] = defaultdict(set)
        for age, words in phrases:
            for word in words:
                seen[word].add(age.unit)
        with_number = {word for age, words in phrases if not age.number for word in words}
        for age, words in phrases:
            own = [word for word in words if word != "#" and seen[word] == {age.unit}]
            if len(own) == 1:
                word = own[0]
                if len(word) == 1 and len(_units_of_initial(word, seen)) > 1:
                    self.doubtful.add(word)  # "m": minutes or months
                    continue
                alone = age.number if age.number == 1 or (age.number and word not in with_number) else 0
                self.units[word] = Word(age.unit, max(alone, self.units.get(word, Word("")).alone))
        self.fillers.update(word for word in seen if word != "#" and word not in self.units)
        if any(word.isascii() for word in self.units):
            for symbol, unit in _SYMBOLS.items():
                if symbol not in seen and self._units_like(symbol) <= {unit}:
                    self.units[symbol] = Word(unit)

    def _units_like(self, start: str) -> set[str]:
        return {word.unit for name, word in self.units.items() if name.startswith(start)}

    def _learn_limits(self, phrases: Phrases) -> None:
        """Words that stand with one limit only, and those of the dictionaries."""
        limited: dict[str, set[str]] = defaultdict(set)
        for age, words in phrases:
            if age.unit == "y":
                for word in words:
                    limited[word].add(age.limit)
        self.limits = {word: min(limited[word]) for word in self.fillers if limited[word] in ({"<"}, {">"}, {"="})}
        for word, sign in limit_words().items():
            if word not in self.units and limited.get(word, {sign}) == {sign}:
                self.limits[word] = sign
                self.fillers.add(word)

    def _learn_markers(self, phrases: Phrases, language: str) -> None:
        """The words that say "ago": a qualifier ("de" in "hace más de un año") never stands without one."""
        bare_words = {word for age, words in phrases if age.bare for word in words}
        pasts = [(age.unit, set(words)) for age, words in phrases if not age.bare]
        often = Counter(word for _, words in pasts for word in words)
        for word, _ in often.most_common():
            if word in self.fillers and word not in bare_words and word not in self.limits:
                alone = {unit for unit, words in pasts if word in words and not words & self.markers}
                if len(alone) >= 3:
                    self.markers.add(word)
        for word in ago_words(language):
            if word not in self.units and word not in bare_words:
                self.markers.add(word)
                self.fillers.add(word)

    def _cut_pieces(self) -> dict[str, str]:
        """Words without spaces cut into their parts: part → unit letter, "+" for an "ago", a limit's sign, "" idle."""
        pieces = {name: word.unit for name, word in self.units.items()}
        rests: dict[str, set[str]] = defaultdict(set)
        for word, unit in pieces.items():
            for stem in pieces:
                if stem != word and pieces[stem] == unit and word.startswith(stem):
                    rests[word[len(stem) :]].add(unit)
        shared = {rest for rest, units in rests.items() if len(units) > 2}
        for word in [word for word in pieces if any(map(word.endswith, shared | self.markers))]:
            if any(word != stem and word.startswith(stem) for stem in pieces):
                del pieces[word]
        others = dict.fromkeys(self.fillers, "") | self.limits
        others = {word: sign for word, sign in others.items() if not word.isascii()}
        return others | pieces | dict.fromkeys(shared | self.markers, "+")

    def unit_of(self, word: str) -> Word | None:
        """The unit a word names: a known word, or an abbreviation or another ending of words of one unit only."""
        if known := self.units.get(word):
            return known
        if word in self._guessed:
            return self._guessed[word]
        found = None
        if len(word) > 1 and word not in self.fillers:
            kin = {known.unit for other, known in self.units.items() if _is_kin(word, other)}
            found = Word(kin.pop()) if len(kin) == 1 else None
        if len(self._guessed) < _GUESSES_MAX:
            self._guessed[word] = found
        return found

    def read(self, found: Sequence[str]) -> Age | None:
        """The age that some words say, or None. An age without "ago" may leave no word unread."""
        tokens = self._with_numbers(list(self._cut_all(found)) if self.pieces else list(found))
        numbers = [token for token in tokens if token.isdigit()]
        if len(tokens) <= 5 and not numbers and self._says_seconds(tokens):
            return Age("n")
        runs = list(self._runs(tokens))
        if len(runs) == 1 and len(runs[0]) == len(tokens):
            return self._compose(tokens) or self._ahead_of(tokens)
        units = [{word.unit for token in run if (word := self._word(token))} for run in runs]
        if sum(map(bool, units)) > 1 and (age := self._compose_around(tokens)):
            return age  # "1 year and 10 months ago"
        for place, run in enumerate(runs):
            age = self._compose(run)
            if age and not age.bare and not self._is_cut(age, units[:place]):
                return age if age.limit or (age.unit, age.number) != ("m", 1) else age._replace(limit="?")
        return self._compose_around(tokens) or self._ahead_of(tokens)

    def _with_numbers(self, tokens: list[str]) -> list[str]:
        """The tokens with number words written as numbers, where no digits stand or a unit follows."""
        if not self._numbers:
            return tokens
        has_digits = any(token.isdigit() for token in tokens)
        return [
            str(self._numbers[token])
            if token in self._numbers
            and token not in self.units
            and (not has_digits or (self._numbers[token] > 1 and token not in self.fillers and self._is_unit(after)))
            else token
            for token, after in zip(tokens, [*tokens[1:], ""], strict=True)
        ]

    def _is_unit(self, token: str) -> bool:
        return bool(token) and not token.isdigit() and self._word(token) is not None

    def _is_cut(self, age: Age, before: Iterable[set[str]]) -> bool:
        """Whether a larger unit stands before an age that was read without it ("un anno e …")."""
        return any(UNIT_S[unit] > UNIT_S[age.unit] for units in before for unit in units)

    def _compose_around(self, tokens: Sequence[str]) -> Age | None:
        """An age with a few unknown words in it ("il y a presque 3 ans"), none between number and unit."""
        known = [token for token in tokens if token.isdigit() or token in self.fillers or self._word(token)]
        numbers = [place for place, token in enumerate(tokens) if token.isdigit()]
        if not numbers or self.pieces or not 0 < len(tokens) - len(known) <= _UNKNOWN_MAX:
            return None
        if not all(any(map(self._word, tokens[max(0, place - 1) : place + 2])) for place in numbers):
            return None
        age = self._compose(known)
        if not age or age.bare:
            return None
        return age if age.limit or (age.unit, age.number) != ("m", 1) else age._replace(limit="?")

    def _says_seconds(self, tokens: Sequence[str]) -> bool:
        """Whether a text without number says "some seconds ago" in words the book need not know."""
        return any(token in self.markers for token in tokens) and any(
            (word := self._word(token)) and word.unit == "s" for token in tokens
        )

    def _cut_all(self, found: Sequence[str]) -> Iterator[str]:
        """The tokens with glued ones cut; of one that cannot be cut, a unit behind a number is told from the rest."""
        before = ""
        for token in found:
            if token.isdigit() or token in self.fillers:
                yield token
            elif cut := self._cut(token):
                yield from cut
            elif token in self.units:
                yield token
            else:
                unit = next((token[:end] for end in range(6, 0, -1) if token[:end] in self.units), "")
                yield from (unit, token[len(unit) :]) if unit and before.isdigit() else (token,)
            before = token

    def _word(self, token: str) -> Word | None:
        if token.isdigit():
            return None
        if found := self.unit_of(token):
            return found
        unit = self.pieces.get(token, "+")
        return Word(unit) if unit in UNIT_S else None

    def _runs(self, tokens: Sequence[str]) -> Iterator[list[str]]:
        """Stretches of numbers and words the book knows."""
        run: list[str] = []
        for token in tokens:
            if token.isdigit() or token in self.fillers or token in self.pieces or self._word(token):
                run.append(token)
            elif run:
                yield run
                run = []
        if run:
            yield run

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

    def _compose(self, run: Sequence[str]) -> Age | None:
        """An age from single words: each unit with its number, the largest unit first, up to an "ago" behind them."""
        parts: list[int | Word] = []
        marked, sure, limit = False, True, ""
        for token in run:
            if token.isdigit():
                parts.append(int(token))
            elif word := self._word(token):
                sure = sure and (token in self.units or token in self.pieces)
                last = parts[-1] if parts else None
                if isinstance(last, Word) and last.unit == word.unit:
                    parts[-1] = max(last, word, key=lambda either: either.alone)
                else:
                    parts.append(word)
            elif token in self.markers or self.pieces.get(token) == "+":
                marked = True
                if parts and isinstance(parts[-1], Word):
                    break
            elif limit != "-":
                limit = self.limits.get(token, limit)
        counted = _pair(parts)
        if not counted or len(counted) > _UNITS_MAX:
            return None
        if not marked and not (sure and any(isinstance(part, int) for part in parts)):
            return None
        return _age_of_counts(counted, limit, bare=not marked)

    def _ahead_of(self, tokens: Sequence[str]) -> Age | None:
        """A time to come: a number and its unit beside a word of such phrases only ("in 3 hours", "3時間後")."""
        places = [place for place, token in enumerate(tokens) if token.isdigit()]
        if len(places) != 1 or not self._ahead or not self.markers.isdisjoint(tokens):
            return None
        place = places[0]
        before, after = tokens[max(0, place - 2) : place], tokens[place + 1 : place + 3]
        if not after or self._ahead.isdisjoint([*before, *after]):
            return None
        word = self._word(after[0])
        if word is None and after[0] not in self._ahead:
            return None
        return Age(word.unit if word else "n", int(tokens[place]), ahead=True)


def _units_of_initial(letter: str, seen: Mapping[str, set[str]]) -> set[str]:
    """The units of the words that start with a letter and are of one unit only."""
    return {unit for word, units in seen.items() if word[0] == letter and len(units) == 1 for unit in units}


def _pair(parts: Sequence[int | Word]) -> list[tuple[str, int]]:
    """(unit, count) of each unit, its number before it or, in all pairs, behind it; empty: they do not pair."""
    pairs, number = [], None
    for part in parts:
        if isinstance(part, int):
            if number is not None:
                return _pair_backwards(parts)
            number = part
        elif number is None and not part.alone:
            return _pair_backwards(parts)
        else:
            pairs.append((part.unit, part.alone if number is None else number))
            number = None
    return pairs if number is None else _pair_backwards(parts)


def _pair_backwards(parts: Sequence[int | Word]) -> list[tuple[str, int]]:
    pairs = []
    for word, number in zip(parts[::2], parts[1::2], strict=False):
        if not isinstance(word, Word) or not isinstance(number, int):
            return []
        pairs.append((word.unit, number))
    return pairs if len(pairs) * 2 == len(parts) else []


def _age_of_counts(counted: Sequence[tuple[str, int]], limit: str, *, bare: bool) -> Age | None:
    sizes = [UNIT_S[unit] for unit, _ in counted]
    unit, number = counted[-1]
    if sizes != sorted(set(sizes), reverse=True) or (counted[0][0] == "y" and counted[0][1] > _YEARS_MAX):
        return None
    rest_s = sum(count * size for (_, count), size in zip(counted[:-1], sizes, strict=False))
    if (number == 0 and not rest_s) or (limit == "-" and (unit, number) == ("m", 1)):
        return Age("n")
    return Age(unit, number, limit, bare, rest_s)


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
