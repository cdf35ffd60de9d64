"""What the class, id and itemprop of an element say, read once for each spelling."""

import re
from collections import defaultdict
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from newscrawl.discover.listing.vocabulary import LABEL_WORDS, PUBLISHER_WORDS, TIME_WORDS, TITLE_WORDS, ZONES

_NAME_CHARS = 400
_CLASSES_MAX = 6
_BREAK = re.compile(r"[^a-z0-9]+")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_DIGITS = re.compile(r"\d+")
_ZONES_OF: dict[str, set[str]] = defaultdict(set)
for _zone, _words in ZONES.items():
    for _word in _words:
        _ZONES_OF[_word].add(_zone)
_ZONE_WORDS = frozenset(_ZONES_OF)


class Names(NamedTuple):
    """The words of an element's names, and what they mark it as."""

    words: frozenset[str]
    """Lower case, camel case and hyphens taken apart; the names as a whole as well."""
    zones: frozenset[str]
    title: bool
    time: bool
    label: bool
    publisher: bool
    classes: str
    """The classes in one line, sorted, figures made equal: what elements of one kind share."""


NAMELESS = Names(frozenset(), frozenset(), False, False, False, False, "")


def names_of(attributes: Mapping[str, str]) -> Names:
    """The names among an element's attributes."""
    class_, identity, property_ = attributes.get("class"), attributes.get("id"), attributes.get("itemprop")
    return _read(class_, identity, property_) if class_ or identity or property_ else NAMELESS


@lru_cache(maxsize=8192)
def _read(class_: str | None, identity: str | None, property_: str | None) -> Names:
    value = " ".join(name[:_NAME_CHARS] for name in (class_, identity, property_) if name)
    words = frozenset[str]().union(*map(_words_of, value.split()))
    return Names(
        words=words,
        zones=frozenset(zone for word in words & _ZONE_WORDS for zone in _ZONES_OF[word]),
        title=not words.isdisjoint(TITLE_WORDS),
        time=not words.isdisjoint(TIME_WORDS),
        label=not words.isdisjoint(LABEL_WORDS),
        publisher=not words.isdisjoint(PUBLISHER_WORDS),
        classes=".".join(sorted(map(_kind_of, (class_ or "").split()[:_CLASSES_MAX]))),
    )


@lru_cache(maxsize=8192)
def _words_of(name: str) -> frozenset[str]:
    return frozenset((*_BREAK.split(_CAMEL.sub(" ", name).lower()), name.lower()))


@lru_cache(maxsize=8192)
def _kind_of(name: str) -> str:
    return _DIGITS.sub("0", name)
