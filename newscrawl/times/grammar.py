"""Ages put together from single words: numbers, units, "ago" and what may stand beside them."""

from collections.abc import Collection, Iterable, Iterator, Sequence

from newscrawl.times.ages import UNIT_S, Age, age_with_limit, is_length
from newscrawl.times.lexicon import Lexicon, Word

_UNKNOWN_MAX = 3
_UNITS_MAX = 3
_DIVIDED = frozenset("mhdy")
_YEARS_MAX = 200
"""A larger number before a unit of years is a date's."""
_DATE_SIGNS = frozenset("年月日년월일")
"""Signs of a date, if no other unit stands beside them: "12月31日", but not "7年11ヶ月"."""


class Grammar:
    """One language's way of saying ages."""

    __slots__ = ("_ahead", "_exact", "lexicon")

    def __init__(self, lexicon: Lexicon, ahead: Iterable[str] = (), exact: Collection[str] = ()) -> None:
        """`ahead`: the words that say "in"; `exact`: the phrases of the table, joined."""
        self.lexicon = lexicon
        self._ahead = frozenset(ahead)
        self._exact = exact

    def read(self, found: Sequence[str]) -> Age | None:
        """The age that some words say, or None. An age without "ago" may leave no word unread."""
        lexicon = self.lexicon
        tokens = self._with_numbers(list(self._cut_all(found) if lexicon.pieces else self._without_prefixes(found)))
        says_ago = any(map(lexicon.says_ago, tokens))
        if says_ago and len(tokens) <= 5 and not any(map(str.isdigit, tokens)) and self._names_seconds(tokens):
            return Age("n")
        if not says_ago and (ahead := self._ahead_of(found if lexicon.pieces else tokens)):
            return ahead
        if not lexicon.fractions.keys().isdisjoint(tokens):
            return self._read_fraction(tokens, bare=not says_ago)
        if all(map(lexicon.is_known, tokens)):
            age = self._compose(tokens)
            return age._replace(ahead=True) if age and age.bare and self._lies_ahead(tokens, age.unit) else age
        if not says_ago:
            return None
        runs = list(self._runs(tokens))
        units = [{word.unit for token in run if (word := lexicon.unit_of(token))} for run in runs]
        if sum(map(bool, units)) > 1 and (age := self._compose_around(tokens)):
            return age  # "1 year and 10 months ago"
        for place, run in enumerate(runs):
            age = self._compose(run)
            if age and not age.bare and not self._is_cut(age, units[:place]) and self._stands_alone(run, tokens):
                return _doubted(age)
        return self._compose_around(tokens)

    def _with_numbers(self, tokens: list[str]) -> list[str]:
        """The tokens with number words written as numbers, where no digits stand or a unit follows."""
        lexicon = self.lexicon
        has_digits = any(map(str.isdigit, tokens))
        written = []
        for before, token, after in zip(["", *tokens], tokens, [*tokens[1:], ""], strict=False):
            number = lexicon.numbers.get(token, 0)
            if token in lexicon.units and (
                before.isdigit() or after not in lexicon.pieces or not lexicon.unit_of(after)
            ):
                number = 0  # of Korean 일, one and day
            if number and has_digits and (number == 1 or token in lexicon.fillers or not lexicon.unit_of(after)):
                number = 0
            written.append(str(number) if number else token)
        return written

    def _cut_all(self, found: Sequence[str]) -> Iterator[str]:
        """The tokens with glued ones cut; of one that cannot be cut, a unit behind a number is told from the rest."""
        lexicon, before = self.lexicon, ""
        for token in found:
            if token.isdigit() or token in lexicon.fillers:
                yield token
            elif cut := lexicon.cut(token):
                yield from cut
            elif token in lexicon.units:
                yield token
            else:
                unit = next((token[:end] for end in range(6, 0, -1) if token[:end] in lexicon.units), "")
                yield from (unit, token[len(unit) :]) if unit and before.isdigit() else (token,)
            before = token

    def _without_prefixes(self, found: Sequence[str]) -> Iterator[str]:
        """The tokens, with a word glued to its unit apart (Hebrew "than", "about")."""
        lexicon = self.lexicon
        for token in found:
            if token[0] in lexicon.prefixes and token[1:] in lexicon.units and token not in lexicon.fillers:
                yield from (token[0], token[1:])
            else:
                yield token

    def _runs(self, tokens: Sequence[str]) -> Iterator[list[str]]:
        """Stretches of numbers and words the lexicon knows."""
        run: list[str] = []
        for token in tokens:
            if self.lexicon.is_known(token):
                run.append(token)
            elif run:
                yield run
                run = []
        if run:
            yield run

    def _names_seconds(self, tokens: Sequence[str]) -> bool:
        """Whether a text without number says "some seconds" in words the lexicon need not know."""
        return any(word.unit == "s" for word in map(self.lexicon.unit_of, tokens) if word)

    def _read_fraction(self, tokens: Sequence[str], *, bare: bool) -> Age | None:
        """The age in "half an hour ago": a fraction and then one unit. Of "one and a half" no sense is made."""
        lexicon = self.lexicon
        fractions = [
            (place, lexicon.fractions[token]) for place, token in enumerate(tokens) if token in lexicon.fractions
        ]
        units = [(place, word.unit) for place, token in enumerate(tokens) if (word := lexicon.unit_of(token))]
        (part, (sign, unit)), *more = fractions
        if unit:
            units = [(part + 1, unit), *(other for other in units if other[0] != part)]
        if more or len(units) != 1 or part > units[0][0] or units[0][1] not in _DIVIDED:
            return None
        numbers = [place for place, token in enumerate(tokens) if token.isdigit()]
        if numbers and (numbers[1:] or tokens[numbers[0]] != "1" or numbers[0] not in (part - 1, part + 1)):
            return None
        told = tokens if bare else tokens[part : units[0][0]]
        is_told = all(token in lexicon.fractions or lexicon.is_known(token) for token in told)
        return Age(units[0][1], 1, sign, bare) if is_told else None

    def _is_cut(self, age: Age, before: Iterable[set[str]]) -> bool:
        """Whether a larger unit stands before an age that was read without it ("un anno e …")."""
        return any(UNIT_S[unit] > UNIT_S.get(age.unit, 0) for units in before for unit in units)

    def _stands_alone(self, run: Sequence[str], tokens: Sequence[str]) -> bool:
        """Whether an age without number is no part of a phrase that says another ("several" before "hours ago")."""
        return any(map(str.isdigit, run)) or tokens[: len(run)] == run or "".join(run) in self._exact

    def _compose_around(self, tokens: Sequence[str]) -> Age | None:
        """An age with a few unknown words in it ("il y a presque 3 ans"), none between number and unit."""
        lexicon = self.lexicon
        known = [token for token in tokens if lexicon.is_known(token)]
        numbers = [place for place, token in enumerate(tokens) if token.isdigit()]
        if not numbers or lexicon.pieces or not 0 < len(tokens) - len(known) <= _UNKNOWN_MAX:
            return None
        if not all(any(map(lexicon.unit_of, tokens[max(0, place - 1) : place + 2])) for place in numbers):
            return None
        age = self._compose(known)
        return _doubted(age) if age and not age.bare else None

    def _compose(self, run: Sequence[str]) -> Age | None:
        """An age from single words: each unit with its number, the largest unit first, up to an "ago" behind them."""
        lexicon = self.lexicon
        parts: list[int | Word] = []
        marked, sure, dated, limit = False, True, True, ""
        for token in run:
            if token.isdigit():
                parts.append(int(token))
            elif word := lexicon.unit_of(token) or lexicon.unit_behind(token, parts):
                dated = dated and token in _DATE_SIGNS
                sure = sure and lexicon.is_sure(token)
                marked = marked or lexicon.says_ago(token)
                last = parts[-1] if parts else None
                if isinstance(last, Word) and last.unit == word.unit:
                    parts[-1] = max(last, word, key=lambda either: either.alone)
                elif not (isinstance(last, Word) and token in lexicon.substance):
                    parts.append(word)
            elif lexicon.says_ago(token):
                marked = True
                if parts and isinstance(parts[-1], Word):
                    break
            elif sign := lexicon.limits.get(token):
                limit = self._limit_of(limit, token, sign)
        parts = self._completed(parts, run, limit, marked=marked)
        if parts and isinstance(parts[-1], int) and not lexicon.counts_behind:
            return None  # "W11", and 星期六, Saturday, which is not six weeks
        counted = _pair(parts)
        has_number = any(isinstance(part, int) for part in parts)
        if not counted or len(counted) > _UNITS_MAX or not (marked or limit or (sure and has_number)):
            return None
        if dated and not marked and not limit:
            return None
        return _age_of_counts(counted, limit, bare=not marked)

    def _lies_ahead(self, tokens: Sequence[str], unit: str) -> bool:
        """Whether a word says "in", and neither "over", as Romanian "peste" beside years, nor "than" behind a limit."""
        limits = self.lexicon.limits
        return any(
            token in self._ahead and not (unit == "y" and token in limits) and before not in limits
            for before, token in zip(["", *tokens], tokens, strict=False)
        )

    def _limit_of(self, said: str, token: str, sign: str) -> str:
        """The limit said so far and by one more word: "more or less" is about, "than" behind "less" says nothing."""
        if said == "-":
            return "=" if self.lexicon.limit_words.get(token) == ">" and token not in self.lexicon.idle else said
        return "=" if (said, sign) == (">", "-") else sign

    def _completed(self, parts: list[int | Word], run: Sequence[str], limit: str, *, marked: bool) -> list[int | Word]:
        """The parts of an age and what goes without saying; none for "more hours ago", which are several."""
        match parts:
            case [Word() as only] if limit:  # "about an hour": of one
                return [] if self.lexicon.says_several(run) else [only._replace(alone=only.alone or 1)]
            case [int(), Word(unit="h"), int(minutes)] if marked and minutes < 60:  # "il y a 1h30"
                return [*parts, Word("m")]
        return parts

    def _ahead_of(self, tokens: Sequence[str]) -> Age | None:
        """A time to come: a number and its unit beside a word of such phrases only ("in 3 hours", "3時間後")."""
        places = [place for place, token in enumerate(tokens) if token.isdigit()]
        if len(places) != 1 or not self._ahead:
            return None
        place = places[0]
        before, after = tokens[max(0, place - 2) : place], tokens[place + 1 : place + 3]
        word = self.lexicon.unit_of(after[0]) if after else None
        if not self._lies_ahead([*before, *after], word.unit if word else ""):
            return None
        if not after or (word is None and after[0] not in self._ahead):
            return None
        return Age(word.unit if word else "n", int(tokens[place]), ahead=True)


def _doubted(age: Age) -> Age:
    """A minute beside unknown words, which may say "less than"."""
    return age._replace(limit="?") if not age.limit and (age.unit, age.number, age.rest_s) == ("m", 1, 0) else age


def _pair(parts: Sequence[int | Word]) -> list[tuple[str, int]]:
    """(unit, count) of each unit, its number before it or, in some languages, behind it; empty: they do not pair."""
    pairs, number = [], None
    for part in parts:
        if isinstance(part, int):
            if number is not None:
                return _pair_by_two(parts)
            number = part
        elif number is None and not part.alone:
            return _pair_by_two(parts)
        else:
            pairs.append((part.unit, part.alone if number is None else number))
            number = None
    return pairs if number is None else _pair_by_two(parts)


def _pair_by_two(parts: Sequence[int | Word]) -> list[tuple[str, int]]:
    """As `_pair`, each unit beside its number: Basque "aste 1, 2 egun" has one behind and one before."""
    pairs = []
    for pair in zip(parts[::2], parts[1::2], strict=False):
        match pair:
            case (Word() as word, int() as number) | (int() as number, Word() as word):
                pairs.append((word.unit, number))
            case _:
                return []
    return pairs if len(pairs) * 2 == len(parts) else []


def _age_of_counts(counted: Sequence[tuple[str, int]], limit: str, *, bare: bool) -> Age | None:
    sizes = [UNIT_S[unit] for unit, _ in counted]
    unit, number = counted[-1]
    if sizes != sorted(set(sizes), reverse=True) or (counted[0][0] == "y" and counted[0][1] > _YEARS_MAX):
        return None
    rest_s = sum(count * size for (_, count), size in zip(counted[:-1], sizes, strict=False))
    age = Age(unit, number, limit, bare, rest_s)
    if not rest_s and is_length(age, number):
        return None
    if number == 0 and not rest_s:
        return Age("n", bare=bare)
    return age_with_limit(age, limit)
