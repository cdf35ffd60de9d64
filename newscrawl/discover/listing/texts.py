"""The text of a page: its parts in reading order, and the runs of them that a reader sees apart."""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING

from newscrawl.discover.listing.vocabulary import BLOCK_TAGS, UNSEEN_TAGS
from newscrawl.text import join_inline, squeeze

if TYPE_CHECKING:
    from newscrawl.discover.listing.nodes import Node

Piece = tuple[str, "Node"]
"""A text, and the innermost node that holds it."""


class Texts:
    """The page's text as parts in reading order, and the runs of parts that a reader sees apart."""

    def __init__(self, root: Node) -> None:
        self._parts: list[str] = []
        self._links: list[Node | None] = []
        """The link that each part stands in."""
        self._starts: list[int] = []
        """The first part of each run."""
        self._holders: list[Node] = []
        self._lines: dict[tuple[int, int], str] = {}
        # What an unseen element holds is no part of what the page prints, but can be asked for.
        hidden = [root]
        while hidden:
            self._lay_out(hidden.pop(), hidden)
        self.chars = list(accumulate((len(part.strip()) for part in self._parts), initial=0))
        """How many characters stand before each part; one more than there are parts."""

    def _begin_run(self, holder: Node) -> None:
        self._starts.append(len(self._parts))
        self._holders.append(holder)

    def _lay_out(self, top: Node, hidden: list[Node]) -> None:
        """Put down what `top` prints; the children of unseen elements go to `hidden`."""
        nodes, parts, links, starts = top.tree.nodes, self._parts, self._links, self._starts
        open_: list[tuple[Node, bool, Node | None]] = []
        link: Node | None = None
        place = top.place
        while place < top.end:
            node = nodes[place]
            apart = node.tag in BLOCK_TAGS or node is top or not node.parent or not node.parent.is_mixed
            if node.tag in UNSEEN_TAGS:
                node.opens(len(parts), len(starts))
                hidden.extend(node.children)
                place = node.end
                if node.tail and node is not top:
                    parts.append(node.tail)
                    links.append(link)
            else:
                if apart:
                    self._begin_run(node)
                node.opens(len(parts), len(starts))
                open_.append((node, apart, link))
                link = node if node.tag == "a" else link
                if node.lead:
                    parts.append(node.lead)
                    links.append(link)
                place += 1
            while open_ and place >= open_[-1][0].end:
                node, apart, link = open_.pop()
                node.closes(len(parts), len(starts))
                if apart and node.parent:
                    self._begin_run(node.parent)
                if node.tail and node is not top:
                    parts.append(node.tail)
                    links.append(link)

    def pieces(self, node: Node, parts: tuple[int, int], runs: tuple[int, int]) -> list[Piece]:
        """The texts from one part to another, of the runs that begin between them, the first held by `node`."""
        starts = self._starts
        (first_part, last_part), (first_run, last_run) = parts, runs
        found: list[Piece] = []
        first_end = starts[first_run] if first_run < last_run else last_part
        if text := self._line(first_part, first_end):
            found.append((text, node))
        for run in range(first_run, last_run):
            end = starts[run + 1] if run + 1 < last_run else last_part
            if text := self._line(starts[run], end):
                found.append((text, self._holders[run]))
        return found

    def _line(self, start: int, end: int) -> str:
        """The text of one run, or of the share of it that a node prints."""
        if start == end:
            return ""
        known = self._lines.get((start, end))
        if known is not None:
            return known
        parts, links = self._parts[start:end], self._links[start:end]
        one_link = links.count(links[0]) == len(links)
        line = squeeze("".join(parts) if one_link else join_inline(zip(parts, links, strict=True)))
        self._lines[start, end] = line
        return line
