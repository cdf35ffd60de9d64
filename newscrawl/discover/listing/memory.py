"""How a channel's records were found last time, and what that says about this page: the wrapper that heals itself.

Links already known as records are labels: where a layout changed, the markup that now holds them is the new wrapper.
Until a second read finds the same markup, records that nothing else confirms are marked `unconfirmed`.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from newscrawl.discover.listing.links import Candidate
from newscrawl.discover.listing.score import shift

_KNOWN_MAX = 400
"""Addresses remembered per channel: what a front page holds, and some that scrolled off."""
_CLUSTERS_MAX = 12
_LABELS_MIN = 2
_LABELLED_SHARE_MIN = 0.3
_RECORDS_MIN = 5
"""Fewer records than this say nothing about a layout."""
_AGREEMENT_MIN = 0.5
# Set by hand, in log odds; small against the weights of a clear link, so that a mistake is not kept alive by itself.
_KNOWN, _LABELLED, _MARKUP, _SHAPE, _STRANGE_SHAPE = 2.0, 1.0, 0.7, 0.5, -0.5


@dataclass(frozen=True, slots=True)
class Memory:
    """What `Listing.wrapper` of the last read said; all empty on the first."""

    markup: frozenset[str]
    shapes: frozenset[str]
    known: tuple[str, ...]

    @property
    def is_blank(self) -> bool:
        """Whether there is nothing to compare with."""
        return len(self.known) < _RECORDS_MIN or not self.markup


def recall(wrapper: Mapping[str, Any] | None) -> Memory:
    """The memory in `wrapper`; anything of another form is left out."""

    def words(name: str) -> tuple[str, ...]:
        value = (wrapper or {}).get(name)
        return tuple(word for word in value if isinstance(word, str)) if isinstance(value, list | tuple) else ()

    return Memory(frozenset(words("markup")), frozenset(words("shapes")), words("known")[:_KNOWN_MAX])


def reweigh(candidates: list[Candidate], memory: Memory) -> None:
    """Adjust the score of every candidate by what is remembered of the channel."""
    if memory.is_blank:
        return
    known = frozenset(memory.known)
    labels = {id(candidate) for candidate in candidates if _short(candidate.address.key) in known}
    members = Counter(candidate.signature for candidate in candidates)
    labelled = Counter(candidate.signature for candidate in candidates if id(candidate) in labels)
    healed = {
        signature
        for signature, count in labelled.items()
        if count >= _LABELS_MIN and count >= _LABELLED_SHARE_MIN * members[signature]
    }
    for candidate in candidates:
        if candidate.features["not_article"] or not candidate.best.words:
            continue
        odds = _KNOWN * (id(candidate) in labels) + _LABELLED * (candidate.signature in healed)
        odds += _MARKUP * (_short(candidate.signature) in memory.markup)
        odds += _SHAPE if candidate.address.shape in memory.shapes else _STRANGE_SHAPE
        candidate.score = shift(candidate.score, odds)


def has_changed(records: list[Candidate], memory: Memory) -> bool:
    """Whether the page's markup is no longer the remembered one."""
    if memory.is_blank or len(records) < _RECORDS_MIN:
        return False
    agreeing = sum(_short(record.signature) in memory.markup for record in records)
    return agreeing < _AGREEMENT_MIN * len(records)


def is_confirmed(record: Candidate, memory: Memory) -> bool:
    """Whether a record of a changed layout is known from before."""
    return _short(record.signature) in memory.markup or _short(record.address.key) in memory.known


def remember(records: Iterable[Candidate], memory: Memory) -> dict[str, Any]:
    """The wrapper for the next read of the channel: winning clusters and known records, JSON values only."""
    kept = list(records)
    markup = Counter(_short(record.signature) for record in kept)
    shapes = Counter(record.address.shape for record in kept)
    known = dict.fromkeys([*(_short(record.address.key) for record in kept), *memory.known])
    return {
        "markup": [signature for signature, _ in markup.most_common(_CLUSTERS_MAX)],
        "shapes": [shape[:200] for shape, _ in shapes.most_common(_CLUSTERS_MAX)],
        "known": list(known)[:_KNOWN_MAX],
    }


def _short(text: str) -> str:
    return sha256(text.encode("utf-8", "replace")).hexdigest()[:12]
