"""Which meaning a phrase has that libraries do not agree on, and what its spelling tells of it."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from newscrawl.times.ages import UNIT_S
from newscrawl.times.phrases import MANY

# The provenance column: one letter a library.
LETTERS = {
    "cldr": "c", "moment": "m", "dayjs": "y", "date-fns": "f", "date-fns-strict": "f", "timeago.js": "t",
    "jquery-timeago": "q", "javascript-time-ago": "j", "carbon": "n", "django": "g", "humanize": "h", "arrow": "a",
    "pendulum": "p", "timeago": "i", "dictionary": "d",
}  # fmt: skip
_CLDR = {LETTERS["cldr"], LETTERS["javascript-time-ago"]}
_ONE_LETTER = {"m", "м"}


def settle(meanings: Counter[str]) -> str | None:
    """The one meaning of a phrase: what most libraries give it; None when two units come close."""
    named = [meaning for meaning in meanings if meaning[0] in "TYVLC" or meaning in ("n", "n~")]
    if named:
        return max(named, key=lambda meaning: meanings[meaning])
    units: Counter[str] = Counter()
    for meaning, n in meanings.items():
        units[meaning.rstrip("<>=")] += n
    (top, votes), *rest = units.most_common(2)
    if rest and rest[0][1] * 2 >= votes:
        return None
    limits = {meaning[len(top) :] for meaning in meanings if meaning.rstrip("<>=") == top}
    # "About 2 years" of a library that rounds to the nearest has no bounds of its own.
    return top + (limits.pop() if len(limits) == 1 else "=" if limits == {"", "="} else "")


def is_doubtful(phrase: str, meaning: str | None, meanings: Iterable[str], *, months: bool) -> bool:
    """Whether a phrase, settled to `meaning`, may be of another unit. `months`: what `may_be_months` says."""
    if meaning:
        return meaning[0] == "M" and _is_letter(phrase) and not months
    return _units(meanings) > 1


def _units(meanings: Iterable[str]) -> int:
    """How many units some meanings name."""
    return len({meaning[0] for meaning in meanings} & UNIT_S.keys())


def told_apart(phrase: str, spelt: Mapping[str, set[str]]) -> dict[str, str]:
    """Spelling → meaning of a phrase of several units; MANY and a spelling → its minutes, if it may be months as well.

    A letter alone ("5 m") is months only with a dot, a dash or a capital.
    """
    is_letter = _is_letter(phrase)
    found = {
        form: min(meanings)
        for form, meanings in spelt.items()
        if "#" in form and _units(meanings) == 1 and not (is_letter and min(meanings)[0] == "M" and _is_plain(form))
    }
    return found | {
        MANY + form: "m"
        for form, meanings in spelt.items()
        if is_letter and {meaning[0] for meaning in meanings} >= {"m", "M"}
    }


def _is_plain(form: str) -> bool:
    letters = form.replace("#", "").replace(" ", "")
    return letters.isalpha() and letters.islower()


def may_be_months(meanings: Mapping[str, Mapping[str, set[str]]]) -> bool:
    """Whether "5m" can only be months: no library of the language writes minutes so, and more than CLDR writes months.

    Where people write a language for other libraries than CLDR, "5m" is minutes on many a page, whatever CLDR says.
    """
    letters: dict[str, set[str]] = defaultdict(set)
    everybody: set[str] = set()
    for phrase, libraries in meanings.items():
        for meaning, names in libraries.items():
            everybody |= names
            if _is_letter(phrase):
                letters[meaning[0]] |= names
    return not letters["m"] and (bool(letters["M"] - _CLDR) or everybody <= _CLDR | {LETTERS["carbon"]})


def _is_letter(phrase: str) -> bool:
    return not _ONE_LETTER.isdisjoint(phrase.split())
