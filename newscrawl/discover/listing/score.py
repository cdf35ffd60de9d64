"""Every candidate's probability: its own features first, then what the page makes of its like."""

from collections import defaultdict
from collections.abc import Callable
from math import exp, log

from newscrawl.discover.listing.groups import measure
from newscrawl.discover.listing.links import Candidate
from newscrawl.discover.listing.nodes import Tree
from newscrawl.discover.listing.weights import RECORD_MIN, record_probability

_GROUP_MIN = 4
# Set by hand; `benchmarks/fit_listing.py` prints macro F1 of unseen sites with and without it.
_ACCEPTED_SHARE, _REFUSED_SHARE, _ODDS = 0.75, 0.2, 1.0


def weigh(candidates: list[Candidate], tree: Tree, page_url: str) -> None:
    """Fill `features`, `signature` and `score` of every candidate of a page."""
    measure(candidates, tree, page_url)
    for candidate in candidates:
        candidate.score = record_probability(candidate.features)
    agree(candidates)


def agree(candidates: list[Candidate]) -> None:
    """Move every score towards what most links of the same markup, and of the same address shape, got."""
    moves = [_moves(candidates, lambda one: one.signature), _moves(candidates, lambda one: one.address.shape)]
    for place, candidate in enumerate(candidates):
        candidate.score = shift(candidate.score, sum(move[place] for move in moves))


def _moves(candidates: list[Candidate], group_of: Callable[[Candidate], str]) -> list[float]:
    """What each candidate gains where most of its group are records, and loses where hardly any are."""
    groups: dict[str, list[int]] = defaultdict(list)
    for place, candidate in enumerate(candidates):
        groups[group_of(candidate)].append(place)
    moves = [0.0] * len(candidates)
    for places in groups.values():
        if len(places) < _GROUP_MIN:
            continue
        accepted = sum(candidates[place].score >= RECORD_MIN for place in places) / len(places)
        move = _ODDS if accepted >= _ACCEPTED_SHARE else -_ODDS if accepted <= _REFUSED_SHARE else 0.0
        for place in places:
            moves[place] = move
    return moves


def shift(probability: float, odds: float) -> float:
    """`probability` moved by `odds` (natural logarithm)."""
    bounded = min(max(probability, 1e-9), 1 - 1e-9)
    return 1 / (1 + exp(-(log(bounded / (1 - bounded)) + odds)))
