"""What the class, id and itemprop of an element say, read once for each spelling."""

import re
from collections import defaultdict
from collections.abc import Mapping
from functools import lru_cache, reduce
from operator import or_
from typing import NamedTuple

from newscrawl.discover.listing.vocabulary import LABEL_WORDS, PUBLISHER_WORDS, TIME_WORDS, TITLE_WORDS, ZONES

_NAME_CHARS = 400
_CLASSES_MAX = 6
_BREAK = re.compile(r"[^a-z0-9]+")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_DIGITS = re.compile(r"\d+")
_MARKS = {
    "title": TITLE_WORDS,
    "time": TIME_WORDS,
    "label": LABEL_WORDS,
    "publisher": PUBLISHER_WORDS,
    "credit": frozenset(("credit",)),
    "published": frozenset(("datepublished",)),
    "pager": ZONES["pager"] | {"next", "older", "nextpostslink"},
}
_ZONES_OF: dict[str, set[str]] = defaultdict(set)
for _zone, _words in ZONES.items():
    for _word in _words:
        _ZONES_OF[_word].add(_zone)
_TELLING = frozenset(_ZONES_OF).union(*_MARKS.values())


class Names(NamedTuple):
    """What the names of an element mark it as."""

    zones: frozenset[str] = frozenset()
    title: bool = False
    time: bool = False
    label: bool = False
    publisher: bool = False
    credit: bool = False
    """Whose picture it is."""
    published: bool = False
    """The time of publication, and no other."""
    pager: bool = False


NAMELESS = Names()


def names_of(attributes: Mapping[str, str]) -> Names:
    """The names among an element's attributes."""
    class_ = attributes.get("class", "")
    if "id" not in attributes and "itemprop" not in attributes:  # as most are
        return _read(class_[:_NAME_CHARS]) if class_ else NAMELESS
    names = (class_, attributes.get("id", ""), attributes.get("itemprop", ""))
    return _read(" ".join([name[:_NAME_CHARS] for name in names]))


@lru_cache(maxsize=8192)
def _read(value: str) -> Names:
    telling = [names for name in value.split() if (names := _read_one(name)) is not NAMELESS]
    return reduce(_both, telling) if telling else NAMELESS


def _both(one: Names, other: Names) -> Names:
    return Names(*map(or_, one, other))


@lru_cache(maxsize=8192)
def _read_one(name: str) -> Names:
    """What one name says: as a whole, and its words, with camel case and hyphens taken apart."""
    lowered = name.lower()
    apart = lowered if name == lowered else _CAMEL.sub(" ", name).lower()
    telling = _TELLING.intersection((lowered, *_BREAK.split(apart)))
    if not telling:
        return NAMELESS
    return Names(
        zones=frozenset(zone for word in telling for zone in _ZONES_OF.get(word, ())),
        **{mark: not telling.isdisjoint(words) for mark, words in _MARKS.items()},
    )


@lru_cache(maxsize=8192)
def kind_of(tag: str, class_: str) -> str:
    """Tag and classes in one line, the classes sorted, figures made equal: what elements of one kind share."""
    return f"{tag}.{'.'.join(sorted([_DIGITS.sub('0', name) for name in class_.split()[:_CLASSES_MAX]]))}"
