"""The page's elements, each looked at once, so that no reader has to walk the tree again.

A node knows its place in document order, the place where it ends, its names, and which stretch of the page's text it
prints. What stands inside a node is a slice of what stands on the page.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from lxml import html

from newscrawl.discover.listing.names import NAMELESS, Names, names_of
from newscrawl.discover.listing.texts import Piece, Texts

HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
HEADING = "heading"
"""Stands for all of `HEADINGS` in `Node.inside`."""


_NO_ATTRIBUTES: Mapping[str, str] = MappingProxyType({})


class Node:
    """One element of the page."""

    __slots__ = (
        "attributes", "end", "first_part", "first_run", "is_mixed", "last_part", "last_run", "lead", "names",
        "own_chars", "parent", "place", "previous", "tag", "tail", "tree",
    )  # fmt: skip

    first_part: int
    """Where its text begins and ends, in the parts and runs of the tree's `texts`."""
    last_part: int
    first_run: int
    last_run: int

    def __init__(
        self, tree: Tree, element: html.HtmlElement, place: int, parent: Node | None, previous: Node | None
    ) -> None:
        # An element is not kept: a few thousand more objects cost more time in collecting garbage than in reading.
        self.tree = tree
        self.tag: str = element.tag
        self.parent = parent
        self.previous = previous
        """The sibling before it."""
        self.place = self.end = place
        """`end`: the place after the last node inside."""
        attributes = element.items()
        self.attributes: Mapping[str, str] = dict(attributes) if attributes else _NO_ATTRIBUTES
        self.names: Names = names_of(self.attributes) if attributes else NAMELESS
        self.lead: str = element.text or ""
        """The text before the first child."""
        self.tail: str = element.tail or ""
        self.own_chars = 0
        """Characters it prints itself, outside its children."""
        self.is_mixed = False
        """It prints words of its own between its children; marks like "|" do not count."""

    def get(self, name: str) -> str:
        """An attribute; empty: it has none."""
        return self.attributes.get(name, "")

    def above(self) -> Iterator[Node]:
        """The nodes around it, the nearest first."""
        node = self.parent
        while node is not None:
            yield node
            node = node.parent

    def inside(self, *tags: str) -> Iterator[Node]:
        """The nodes of these tags at or below it, tag after tag; of all tags where none is named."""
        nodes = self.tree.nodes
        if not tags:
            yield from nodes[self.place : self.end]
        for tag in tags:
            places = self.tree.places.get(tag, ())
            for at in range(bisect_left(places, self.place), len(places)):
                if places[at] >= self.end:
                    break
                yield nodes[places[at]]

    def holds(self, tag: str) -> bool:
        """Whether a node of this tag stands at or below it."""
        places = self.tree.places.get(tag, ())
        at = bisect_left(places, self.place)
        return at < len(places) and places[at] < self.end

    @property
    def children(self) -> Iterator[Node]:
        """The nodes right below it."""
        return self._siblings(self.place + 1, self.end)

    def after(self) -> Iterator[Node]:
        """Its siblings after it."""
        return self._siblings(self.end, self.parent.end) if self.parent else iter(())

    def _siblings(self, place: int, end: int) -> Iterator[Node]:
        nodes = self.tree.nodes
        while place < end:
            node = nodes[place]
            yield node
            place = node.end

    def before(self) -> Iterator[Node]:
        """Its siblings before it, the nearest first."""
        node = self.previous
        while node is not None:
            yield node
            node = node.previous

    @property
    def pieces(self) -> list[Piece]:
        """The texts a reader sees apart, with the innermost node that holds each, in reading order.

        Block elements always stand apart; inline elements do where their parent prints no text of its own.
        """
        known = self.tree.pieces.get(self.place)
        if known is None:
            known = self.tree.pieces[self.place] = self.tree.texts.pieces(self)
        return known

    @property
    def text(self) -> str:
        """All a reader sees of it, on one line."""
        known = self.tree.lines.get(self.place)
        if known is None:
            known = self.tree.lines[self.place] = " ".join([text for text, _ in self.pieces])
        return known

    @property
    def chars(self) -> int:
        """How many characters it prints, about."""
        before = self.tree.texts.chars
        return before[self.last_part] - before[self.first_part]

    def prints(self, text: str) -> None:
        """Some of its own text is `text`."""
        said = text.strip()
        if said:
            self.own_chars += len(said)
            self.is_mixed = self.is_mixed or any(map(str.isalnum, said))


class Tree:
    """All nodes of a page in document order."""

    def __init__(self, root: html.HtmlElement) -> None:
        self.nodes: list[Node] = []
        self.places: dict[str, list[int]] = defaultdict(list)
        """Tag → the places of its nodes; `HEADING` for all headings."""
        self.pieces: dict[int, list[Piece]] = {}
        """Place → what its node was found to print, once it was asked."""
        self.lines: dict[int, str] = {}
        self._read(root)
        self.texts = Texts(self.root)

    @property
    def root(self) -> Node:
        """The page's outermost node."""
        return self.nodes[0]

    def close(self) -> None:
        """Part the tree and its nodes, which know each other, so that they go at once: a fifth of the time else."""
        self.pieces.clear()
        self.nodes.clear()
        del self.texts

    def _read(self, root: html.HtmlElement) -> None:
        nodes = self.nodes
        elements: list[html.HtmlElement] = []
        open_: list[Node] = []
        last_child: list[Node | None] = []
        parent: Node | None = None
        for element in root.iter():
            above = element.getparent()
            while elements and elements[-1] is not above:
                elements.pop()
                last_child.pop()
                open_.pop().end = len(nodes)
                parent = open_[-1] if open_ else None
            if not isinstance(element.tag, str):
                if parent and element.tail:
                    _print_after_comment(parent, last_child[-1], element.tail)
                continue
            node = Node(self, element, len(nodes), parent, last_child[-1] if parent else None)
            nodes.append(node)
            if node.lead and not node.lead.isspace():
                node.prints(node.lead)
            if parent:
                last_child[-1] = node
                if node.tail and not node.tail.isspace():
                    parent.prints(node.tail)
            elements.append(element)
            open_.append(node)
            last_child.append(None)
            parent = node
        for node in open_:
            node.end = len(nodes)
        for node in nodes:
            self.places[node.tag].append(node.place)
        self.places[HEADING] = sorted(place for tag in HEADINGS for place in self.places.get(tag, ()))


def _print_after_comment(parent: Node, last_child: Node | None, text: str) -> None:
    """Count the text after a comment as the text before it goes on."""
    if last_child is not None:
        last_child.tail += text
    else:
        parent.lead += text
    parent.prints(text)


def elements_of(root: html.HtmlElement) -> list[html.HtmlElement]:
    """The elements of a page in the order of its tree's nodes."""
    return [element for element in root.iter() if isinstance(element.tag, str)]
