"""The text of a page: its parts in reading order, and the runs of them that a reader sees apart."""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING

from newscrawl.discover.listing.vocabulary import BLOCK_TAGS, UNSEEN_TAGS
from newscrawl.text import join_inline, squeeze

if TYPE_CHECKING:
    from newscrawl.discover.listing.nodes import Node, Tree

Piece = tuple[str, "Node"]
"""A text, and the innermost node that holds it."""


class Texts:
    """The page's text as parts in reading order, and the runs of parts that a reader sees apart."""

    def __init__(self, tree: Tree) -> None:
        self._parts: list[str] = []
        self._links: list[Node | None] = []
        """The link that each part stands in."""
        self._starts: list[int] = []
        """The first part of each run."""
        self._holders: list[Node] = []
        """The innermost node around each run."""
        nothing = [0] * len(tree.tags)
        self._first_part, self._last_part = nothing.copy(), nothing.copy()
        """Where the text of each node begins and ends, in parts and in runs."""
        self._first_run, self._last_run = nothing.copy(), nothing
        self._lines: dict[tuple[int, int], str] = {}
        # What an unseen element holds is no part of what the page prints, but can be asked for.
        hidden = [0]
        while hidden:
            self._lay_out(tree, hidden.pop(), hidden)
        self._chars_before = list(accumulate([len(part.strip()) for part in self._parts], initial=0))

    def _lay_out(self, tree: Tree, top: Node, hidden: list[Node]) -> None:
        """Put down what `top` prints; the children of unseen elements go to `hidden`."""
        tags, parents, ends, leads, tails, is_mixed = (
            tree.tags, tree.parents, tree.ends, tree.leads, tree.tails, tree.is_mixed
        )  # fmt: skip
        parts, links, starts, holders = self._parts, self._links, self._starts, self._holders
        first_part, last_part, first_run, last_run = (
            self._first_part, self._last_part, self._first_run, self._last_run
        )  # fmt: skip
        open_: list[tuple[Node, Node, bool, Node | None]] = []
        link: Node | None = None
        node, last = top, ends[top]
        while node < last:
            tag = tags[node]
            if tag in UNSEEN_TAGS:
                first_part[node] = last_part[node] = len(parts)
                first_run[node] = last_run[node] = len(starts)
                hidden.extend(tree.children(node))
                if tails[node] and node != top:
                    parts.append(tails[node])
                    links.append(link)
                node = ends[node]
            else:
                apart = tag in BLOCK_TAGS or node == top or not is_mixed[parents[node]]
                if apart:
                    starts.append(len(parts))
                    holders.append(node)
                first_part[node], first_run[node] = len(parts), len(starts)
                open_.append((ends[node], node, apart, link))
                if tag == "a":
                    link = node
                if leads[node]:
                    parts.append(leads[node])
                    links.append(link)
                node += 1
            while open_ and node >= open_[-1][0]:
                _, closed, apart, link = open_.pop()
                last_part[closed], last_run[closed] = len(parts), len(starts)
                if apart and closed != 0:
                    starts.append(len(parts))
                    holders.append(parents[closed])
                if tails[closed] and closed != top:
                    parts.append(tails[closed])
                    links.append(link)

    def chars(self, node: Node) -> int:
        """How many characters `node` prints, about."""
        return self._chars_before[self._last_part[node]] - self._chars_before[self._first_part[node]]

    def pieces(self, node: Node) -> list[Piece]:
        """The texts that `node` prints, a run each, with the innermost node that holds it."""
        starts, holders, line, before = self._starts, self._holders, self._line, self._chars_before
        last_part, run, last_run = self._last_part[node], self._first_run[node], self._last_run[node]
        found: list[Piece] = []
        start, holder = self._first_part[node], node
        while start < last_part:
            end = starts[run] if run < last_run else last_part
            if before[start] < before[end] and (text := line(start, end)):
                found.append((text, holder))
            if run >= last_run:
                break
            start, holder = end, holders[run]
            run += 1
        return found

    def _line(self, start: int, end: int) -> str:
        """The text of one run, or of the share of it that a node prints."""
        known = self._lines.get((start, end))
        if known is not None:
            return known
        if end == start + 1:
            line = squeeze(self._parts[start])
        else:
            parts, links = self._parts[start:end], self._links[start:end]
            one_link = links.count(links[0]) == len(links)
            line = squeeze("".join(parts) if one_link else join_inline(zip(parts, links, strict=True)))
        self._lines[start, end] = line
        return line
