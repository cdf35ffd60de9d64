"""The page's elements as columns, so that no reader has to touch the page's own tree again.

A node is the place of an element in document order. What is known of it stands at that place of each column; what
stands inside it is a range of places.
"""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from lxml import etree, html

from newscrawl.discover.listing.addresses import Base
from newscrawl.discover.listing.names import NAMELESS, names_of
from newscrawl.discover.listing.texts import Texts
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
TITLE = "a title"
"""Stands there for all that a name marks as a title."""
ZONE = "a zone"
"""Stands there for all that a name marks as a zone of the page."""

_WORD_CHAR = re.compile(r"[^\W_]")
_CODE_TAGS = frozenset(("script", "style"))
"""What they hold is read where it is data (`Document.states`), and is much."""
_NO_ATTRIBUTES: Mapping[str, str] = MappingProxyType({})


class Tree:
    """All nodes of a page."""

    def __init__(self, document: Document) -> None:
        elements = elements_of(document.root)
        place_of: dict[html.HtmlElement | None, Node] = {element: node for node, element in enumerate(elements)}
        place_of[None] = NONE
        self.base = Base(document.base_url)
        self.tags: list[str] = [element.tag for element in elements]
        self.parents = [place_of[element.getparent()] for element in elements]
        self.attributes = [dict(items) if (items := element.items()) else _NO_ATTRIBUTES for element in elements]
        self.names = [names_of(attributes) if attributes else NAMELESS for attributes in self.attributes]
        self.leads = [
            "" if tag in _CODE_TAGS else element.text or "" for tag, element in zip(self.tags, elements, strict=True)
        ]
        """The text before the first child."""
        self.tails = [element.tail or "" for element in elements]
        """The text after the element, up to the next."""
        self._join_around_comments(document.root, place_of)
        self.previous, self.ends = self._read_order()
        """The sibling before each; the place after the last node inside each."""
        self.is_mixed = self._find_mixed()
        """It prints words of its own between its children; marks like "|" do not count."""
        self._places = self._read_places()
        texts = Texts(self)
        self.pieces = texts.pieces
        """The texts a reader sees apart, with the innermost node that holds each, in reading order.

        Block elements always stand apart; inline elements do where their parent prints no text of its own.
        """
        self.chars = texts.chars
        """How many characters a node prints, about."""
        self._lines: dict[Node, str] = {}
        self._own_chars: dict[Node, int] = {}

    def _join_around_comments(self, root: html.HtmlElement, place_of: Mapping[html.HtmlElement | None, Node]) -> None:
        """After a comment the text before it goes on."""
        before: dict[etree._Element, tuple[list[str], Node]] = {}
        for comment in root.iter(etree.Comment, etree.PI, etree.Entity):
            parent, sibling = place_of[comment.getparent()], comment.getprevious()
            if parent == NONE:
                continue
            if sibling is None:
                texts, at = self.leads, parent
            elif sibling in before:
                texts, at = before[sibling]
            else:
                texts, at = self.tails, place_of[sibling]
            before[comment] = texts, at
            texts[at] += comment.tail or ""

    def _read_order(self) -> tuple[list[Node], list[Node]]:
        parents = self.parents
        previous, ends = [NONE] * len(parents), list(range(1, len(parents) + 1))
        latest = [NONE] * (len(parents) + 1)  # the last child met so far of each node
        for node, parent in enumerate(parents):
            previous[node] = latest[parent]
            latest[parent] = node
        for node in range(len(parents) - 1, 0, -1):
            parent = parents[node]
            if ends[parent] < ends[node]:
                ends[parent] = ends[node]
        return previous, ends

    def _find_mixed(self) -> list[bool]:
        has_word = _WORD_CHAR.search
        is_mixed = [lead != "" and not lead.isspace() and has_word(lead) is not None for lead in self.leads]
        for parent, tail in zip(self.parents, self.tails, strict=True):
            if tail and not is_mixed[parent] and not tail.isspace():
                is_mixed[parent] = has_word(tail) is not None
        return is_mixed

    def _read_places(self) -> dict[str, list[Node]]:
        places: dict[str, list[Node]] = defaultdict(list)
        for node, tag in enumerate(self.tags):
            places[tag].append(node)
        places[HEADING] = sorted(node for tag in HEADINGS for node in places.get(tag, ()))
        places[IMAGE] = sorted([*places.get("img", ()), *places.get("picture", ())])
        telling = [(node, names) for node, names in enumerate(self.names) if names is not NAMELESS]
        places[TIME] = sorted({*places.get("time", ()), *[node for node, names in telling if names.time]})
        places[TITLE] = [node for node, names in telling if names.title]
        places[ZONE] = [node for node, names in telling if names.zones]
        return places

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

    def text(self, node: Node) -> str:
        """All a reader sees of it, on one line."""
        known = self._lines.get(node)
        if known is None:
            known = self._lines[node] = " ".join([text for text, _ in self.pieces(node)])
        return known

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
    return list(root.iter(etree.Element))
