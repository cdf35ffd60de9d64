"""What the class, id and itemprop of an element say, read once for each spelling."""

import re
from collections import defaultdict
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from newscrawl.discover.listing.vocabulary import LABEL_WORDS, TIME_WORDS, TITLE_WORDS, ZONES

_NAME_CHARS = 400
_CLASSES_MAX = 6
_BREAK = re.compile(r"[^a-z0-9]+")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_DIGITS = re.compile(r"\d+")
_ZONES_OF: dict[str, set[str]] = defaultdict(set)
for _zone, _words in ZONES.items():
    for _word in _words:
        _ZONES_OF[_word].add(_zone)
_TELLING = frozenset(_ZONES_OF) | TITLE_WORDS | TIME_WORDS | LABEL_WORDS
_NOTHING: frozenset[str] = frozenset()


class Names(NamedTuple):
    """The words of an element's names, and what they mark it as."""

    words: frozenset[str]
    """Lower case, camel case and hyphens taken apart; the names as a whole as well."""
    zones: frozenset[str] = _NOTHING
    title: bool = False
    time: bool = False
    label: bool = False


NAMELESS = Names(_NOTHING)


def names_of(attributes: Mapping[str, str]) -> Names:
    """The names among an element's attributes."""
    class_ = attributes.get("class", "")
    if "id" not in attributes and "itemprop" not in attributes:  # as most are
        return _read(class_[:_NAME_CHARS]) if class_ else NAMELESS
    names = (class_, attributes.get("id", ""), attributes.get("itemprop", ""))
    return _read(" ".join([name[:_NAME_CHARS] for name in names]))


@lru_cache(maxsize=8192)
def _read(value: str) -> Names:
    lowered = value.lower()
    apart = lowered if value == lowered else _CAMEL.sub(" ", value).lower()
    words = frozenset((*_BREAK.split(apart), *lowered.split()))
    telling = words & _TELLING
    if not telling:
        return Names(words)
    return Names(
        words=words,
        zones=frozenset(zone for word in telling for zone in _ZONES_OF.get(word, ())),
        title=not telling.isdisjoint(TITLE_WORDS),
        time=not telling.isdisjoint(TIME_WORDS),
        label=not telling.isdisjoint(LABEL_WORDS),
    )


@lru_cache(maxsize=8192)
def kind_of(tag: str, class_: str) -> str:
    """Tag and classes in one line, the classes sorted, figures made equal: what elements of one kind share."""
    return f"{tag}.{'.'.join(sorted([_DIGITS.sub('0', name) for name in class_.split()[:_CLASSES_MAX]]))}"
