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
        """Without the blanks that a run would begin with."""
        self._links: list[Node | None] = []
        """The link that each part stands in."""
        self._runs: list[Piece] = []
        """No run is blank."""
        self._run_ends: list[int] = []
        """The part after the last of each run."""
        nothing = [0] * len(tree.tags)
        self._first_part, self._last_part = nothing.copy(), nothing.copy()
        """Where the text of each node begins and ends, in parts and in runs."""
        self._first_run, self._last_run = nothing.copy(), nothing
        self._inline: dict[Node, list[Piece] | None] = {}
        """The pieces, once asked for, of the nodes that begin and end within a run."""
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
        parts, runs, inline, first_part, last_part, first_run, last_run = (
            self._parts, self._runs, self._inline, self._first_part, self._last_part, self._first_run, self._last_run
        )  # fmt: skip
        open_: list[tuple[Node, Node, bool, Node | None]] = []
        link: Node | None = None
        holder, start = top, len(parts)  # of the run at hand
        node, last = top, ends[top]
        while node < last:
            tag = tags[node]
            is_unseen = tag in UNSEEN_TAGS
            is_apart = not is_unseen and (tag in BLOCK_TAGS or node == top or not is_mixed[parents[node]])
            if is_apart:
                if len(parts) > start:
                    start = self._end_run(start, holder)
                holder = node
            first_part[node], first_run[node] = len(parts), len(runs)
            if is_unseen:
                hidden.extend(tree.children(node))
                open_.append((ends[node], node, False, link))
                node = ends[node]
            else:
                if not is_apart:
                    inline[node] = None
                open_.append((ends[node], node, is_apart, link))
                if tag == "a":
                    link = node
                if leads[node]:
                    self._add(leads[node], link, start)
                node += 1
            while open_ and node >= open_[-1][0]:
                _, closed, was_apart, link = open_.pop()
                if was_apart:
                    if len(parts) > start:
                        start = self._end_run(start, holder)
                    holder = parents[closed]
                last_part[closed], last_run[closed] = len(parts), len(runs)
                if tails[closed] and closed != top:
                    self._add(tails[closed], link, start)

    def _add(self, text: str, link: Node | None, start: int) -> None:
        """Put down a text of the run that begins at `start`."""
        if len(self._parts) > start or not (text.isspace() or (not text.isascii() and not squeeze(text))):
            self._parts.append(text)
            self._links.append(link)

    def _end_run(self, start: int, holder: Node) -> int:
        """Note the run that begins at `start`; where the next one begins."""
        end = len(self._parts)
        self._runs.append((self._line(start, end), holder))
        self._run_ends.append(end)
        return end

    def _line(self, start: int, end: int) -> str:
        """The text of some parts."""
        if end == start + 1:
            return squeeze(self._parts[start])
        parts, links = self._parts[start:end], self._links[start:end]
        one_link = links.count(links[0]) == len(links)
        return squeeze("".join(parts) if one_link else join_inline(zip(parts, links, strict=True)))

    def chars(self, node: Node) -> int:
        """How many characters `node` prints, about."""
        return self._chars_before[self._last_part[node]] - self._chars_before[self._first_part[node]]

    def pieces(self, node: Node) -> list[Piece]:
        """The texts that `node` prints, a run each, with the innermost node that holds it."""
        if node not in self._inline:
            return self._runs[self._first_run[node] : self._last_run[node]]
        known = self._inline[node]
        if known is None:
            known = self._inline[node] = self._pieces_within(node)
        return known

    def _pieces_within(self, node: Node) -> list[Piece]:
        """The same of a node that begins or ends within a run: of that run the share which it prints."""
        # A run that begins around the node is held by one that stands before it.
        before, start, last = self._chars_before, self._first_part[node], self._last_part[node]
        found: list[Piece] = []
        for run in range(self._first_run[node], len(self._runs)):
            end = min(self._run_ends[run], last)
            if before[start] < before[end] and (text := self._line(start, end)):
                found.append((text, max(node, self._runs[run][1])))
            if end == last:
                break
            start = end
        return found
