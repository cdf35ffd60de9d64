"""The page's elements as columns, filled in one walk, so that no reader has to touch the page's own tree again.

A node is the place of an element in document order. What is known of it stands at that place of each column; what
stands inside it is a range of places.
"""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from lxml import html

from newscrawl.discover.listing.addresses import Base
from newscrawl.discover.listing.names import NAMELESS, Names, names_of
from newscrawl.discover.listing.texts import Piece, Texts
from newscrawl.markup import Document

Node = int
NONE = -1
"""Stands for a node that is not there: the parent of the root, the sibling before the first."""
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
HEADING = "heading"
"""Stands for all of `HEADINGS` in `Tree.inside`."""
IMAGE = "an image"
"""Stands there for img and picture."""
TIME = "a time"
"""Stands there for the time element and for all that a name marks as a time."""

_WORD_CHAR = re.compile(r"[^\W_]")
_CODE_TAGS = frozenset(("script", "style"))
"""What they hold is read where it is data (`Document.states`), and is much."""
_NO_ATTRIBUTES: Mapping[str, str] = MappingProxyType({})


class Tree:
    """All nodes of a page."""

    def __init__(self, document: Document) -> None:
        self.base = Base(document.base_url)
        self.tags: list[str] = []
        self.parents: list[Node] = []
        self.previous: list[Node] = []
        """The sibling before each."""
        self.ends: list[Node] = []
        """The place after the last node inside each."""
        self.attributes: list[Mapping[str, str]] = []
        self.names: list[Names] = []
        self.leads: list[str] = []
        """The text before the first child."""
        self.tails: list[str] = []
        """The text after the element, up to the next."""
        self.is_mixed: list[bool] = []
        """It prints words of its own between its children; marks like "|" do not count."""
        self._read(document.root)
        self._places: dict[str, list[Node]] = defaultdict(list)
        for node, tag in enumerate(self.tags):
            self._places[tag].append(node)
        self._places[HEADING] = sorted(node for tag in HEADINGS for node in self._places.get(tag, ()))
        self._places[IMAGE] = sorted([*self._places.get("img", ()), *self._places.get("picture", ())])
        self._places[TIME] = [node for node, names in enumerate(self.names) if names.time or self.tags[node] == "time"]
        self._texts = Texts(self)
        self._pieces: dict[Node, list[Piece]] = {}
        self._lines: dict[Node, str] = {}
        self._own_chars: dict[Node, int] = {}

    def _read(self, root: html.HtmlElement) -> None:
        tags, parents, previous, ends, leads, tails, is_mixed = (
            self.tags, self.parents, self.previous, self.ends, self.leads, self.tails, self.is_mixed
        )  # fmt: skip
        all_attributes, all_names = self.attributes, self.names
        has_word = _WORD_CHAR.search
        open_elements: list[html.HtmlElement | None] = [None]
        open_nodes = [NONE]
        latest = [NONE]  # the last child met so far of each open node
        for element in root.iter():
            above = element.getparent()
            while open_elements[-1] is not above:
                open_elements.pop()
                latest.pop()
                ends[open_nodes.pop()] = len(tags)
            parent, tail = open_nodes[-1], element.tail
            if tail and not is_mixed[parent] and not tail.isspace():
                is_mixed[parent] = has_word(tail) is not None
            tag = element.tag
            if tag.__class__ is not str:
                if tail and parent != NONE:  # after a comment the text before it goes on
                    texts, at = (leads, parent) if latest[-1] == NONE else (tails, latest[-1])
                    texts[at] += tail
                continue
            node = len(tags)
            tags.append(tag)
            parents.append(parent)
            previous.append(latest[-1])
            if items := element.items():
                attributes = dict(items)
                all_attributes.append(attributes)
                all_names.append(names_of(attributes))
            else:
                all_attributes.append(_NO_ATTRIBUTES)
                all_names.append(NAMELESS)
            lead = None if tag in _CODE_TAGS else element.text
            leads.append(lead or "")
            tails.append(tail or "")
            is_mixed.append(lead is not None and not lead.isspace() and has_word(lead) is not None)
            ends.append(NONE)
            latest[-1] = node
            open_elements.append(element)
            open_nodes.append(node)
            latest.append(NONE)
        for node in open_nodes[1:]:
            ends[node] = len(tags)

    def get(self, node: Node, name: str) -> str:
        """An attribute; empty: it has none."""
        return self.attributes[node].get(name, "")

    def above(self, node: Node) -> Iterator[Node]:
        """The nodes around it, the nearest first."""
        parents = self.parents
        while (node := parents[node]) != NONE:
            yield node

    def named(self, tag: str) -> list[Node]:
        """All nodes of this tag."""
        return self._places.get(tag, [])

    def inside(self, node: Node, tag: str) -> list[Node]:
        """The nodes of this tag at or below it."""
        places = self._places.get(tag)
        if not places:
            return []
        start = bisect_left(places, node)
        return places[start : bisect_left(places, self.ends[node], start)]

    def holds(self, node: Node, tag: str) -> bool:
        """Whether a node of this tag stands at or below it."""
        places = self._places.get(tag)
        if not places:
            return False
        at = bisect_left(places, node)
        return at < len(places) and places[at] < self.ends[node]

    def children(self, node: Node) -> Iterator[Node]:
        """The nodes right below it."""
        return self._siblings(node + 1, self.ends[node])

    def after(self, node: Node) -> Iterator[Node]:
        """Its siblings after it."""
        parent = self.parents[node]
        return self._siblings(self.ends[node], self.ends[parent]) if parent != NONE else iter(())

    def _siblings(self, node: Node, end: Node) -> Iterator[Node]:
        ends = self.ends
        while node < end:
            yield node
            node = ends[node]

    def before(self, node: Node) -> Iterator[Node]:
        """Its siblings before it, the nearest first."""
        previous = self.previous
        while (node := previous[node]) != NONE:
            yield node

    def pieces(self, node: Node) -> Sequence[Piece]:
        """The texts a reader sees apart, with the innermost node that holds each, in reading order.

        Block elements always stand apart; inline elements do where their parent prints no text of its own.
        """
        known = self._pieces.get(node)
        if known is None:
            known = self._pieces[node] = self._texts.pieces(node)
        return known

    def text(self, node: Node) -> str:
        """All a reader sees of it, on one line."""
        known = self._lines.get(node)
        if known is None:
            known = self._lines[node] = " ".join([text for text, _ in self.pieces(node)])
        return known

    def chars(self, node: Node) -> int:
        """How many characters it prints, about."""
        return self._texts.chars(node)

    def own_chars(self, node: Node) -> int:
        """How many of them it prints itself, outside its children."""
        known = self._own_chars.get(node)
        if known is None:
            tails = self.tails
            known = len(self.leads[node].strip()) + sum([len(tails[child].strip()) for child in self.children(node)])
            self._own_chars[node] = known
        return known


def elements_of(root: html.HtmlElement) -> list[html.HtmlElement]:
    """The elements of a page, each at the place of its node."""
    return [element for element in root.iter() if isinstance(element.tag, str)]
