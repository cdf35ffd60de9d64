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

    def _lay_out(self, top: Node, hidden: list[Node]) -> None:
        """Put down what `top` prints; the children of unseen elements go to `hidden`."""
        nodes, parts, links = top.tree.nodes, self._parts, self._links
        starts, holders = self._starts, self._holders
        open_: list[tuple[int, Node, bool, Node | None]] = []
        link: Node | None = None
        place, last = top.place, top.end
        while place < last:
            node = nodes[place]
            tag = node.tag
            if tag in UNSEEN_TAGS:
                node.first_part = node.last_part = len(parts)
                node.first_run = node.last_run = len(starts)
                hidden.extend(node.children)
                place = node.end
                if node.tail and node is not top:
                    parts.append(node.tail)
                    links.append(link)
            else:
                apart = tag in BLOCK_TAGS or node is top or not node.parent or not node.parent.is_mixed
                if apart:
                    starts.append(len(parts))
                    holders.append(node)
                node.first_part, node.first_run = len(parts), len(starts)
                open_.append((node.end, node, apart, link))
                if tag == "a":
                    link = node
                if node.lead:
                    parts.append(node.lead)
                    links.append(link)
                place += 1
            while open_ and place >= open_[-1][0]:
                _, node, apart, link = open_.pop()
                node.last_part, node.last_run = len(parts), len(starts)
                if apart and node.parent:
                    starts.append(len(parts))
                    holders.append(node.parent)
                if node.tail and node is not top:
                    parts.append(node.tail)
                    links.append(link)

    def pieces(self, node: Node) -> list[Piece]:
        """The texts that `node` prints, a run each, with the innermost node that holds it."""
        starts, line = self._starts, self._line
        last_part, run, last_run = node.last_part, node.first_run, node.last_run
        found: list[Piece] = []
        start, holder = node.first_part, node
        while start < last_part:
            end = starts[run] if run < last_run else last_part
            if start < end and (text := line(start, end)):
                found.append((text, holder))
            if run >= last_run:
                break
            start, holder = end, self._holders[run]
            run += 1
        return found

    def _line(self, start: int, end: int) -> str:
        """The text of one run, or of the share of it that a node prints."""
        known = self._lines.get((start, end))
        if known is not None:
            return known
        if end == start + 1:
            line = self._lines[start, end] = squeeze(self._parts[start])
            return line
        parts, links = self._parts[start:end], self._links[start:end]
        one_link = links.count(links[0]) == len(links)
        line = squeeze("".join(parts) if one_link else join_inline(zip(parts, links, strict=True)))
        self._lines[start, end] = line
        return line
