"""Rows of numbers → how likely each block is the article's: a table of small decision trees, read once and walked.

`weights.json` is fitted by `benchmarks/fit_blocks.py` and holds, for each tree, its nodes as
`[feature, threshold, node if at most, node if more]`; a bare number is a leaf's addition to the log-odds.
"""

import json
from collections.abc import Sequence
from functools import cache
from math import exp
from pathlib import Path
from typing import Any

from newscrawl.extract.features import NAMES

Tree = tuple[int, float, Any, Any] | float
"""A leaf's number, or (column, threshold, tree if at most, tree if more)."""


def judge(rows: Sequence[Sequence[float]]) -> list[float]:
    """How likely each block is the article's, 0 … 1; an empty row (no candidate) is 0."""
    trees = _trees()
    return [_likelihood(row, trees) if row else 0.0 for row in rows]


def _likelihood(row: Sequence[float], trees: Sequence[Tree]) -> float:
    odds = 0.0
    for tree in trees:
        while isinstance(tree, tuple):
            tree = tree[2] if row[tree[0]] <= tree[1] else tree[3]
        odds += tree
    return 1 / (1 + exp(-odds))


@cache
def _trees() -> tuple[Tree, ...]:
    """The trees of `weights.json`, columns by index."""
    table = json.loads(Path(__file__).with_name("weights.json").read_text("utf-8"))
    columns = {name: index for index, name in enumerate(NAMES)}
    return tuple(_nest(tree, 0, columns) for tree in table["trees"])


def _nest(nodes: list[Any], at: int, columns: dict[str, int]) -> Tree:
    node = nodes[at]
    if not isinstance(node, list):
        return float(node)
    name, threshold, low, high = node
    return columns[name], threshold, _nest(nodes, low, columns), _nest(nodes, high, columns)
