"""The card of a record: the largest part of the page that belongs to it and to no other record."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from newscrawl.discover.listing.links import Anchor, Candidate
from newscrawl.discover.listing.nodes import HEADINGS, Node
from newscrawl.discover.listing.printed import is_time
from newscrawl.discover.listing.texts import Piece

_SHARED = "\n"
"""Owner of a node that holds several records; no key contains a line break."""
_TOPS = frozenset(("html", "body", "main"))
_SIBLINGS_MAX = 80
_HEADING_LEVELS = 5
_HEADING_CHARS = 60
_HEADING_NODES_MAX = 12


@dataclass(frozen=True, slots=True)
class Card:
    """Where one anchor's record stands: its own node, and what stands beside it up to the next records."""

    node: Node
    base_url: str
    after: Sequence[Node] = ()
    before: Sequence[Node] = ()


def pieces_of(nodes: Sequence[Node]) -> Iterator[Piece]:
    """The pieces of some nodes, one after the other."""
    for node in nodes:
        yield from node.pieces


class Cards:
    """The cards of all `records` of a page."""

    def __init__(self, records: Iterable[Candidate], base_url: str) -> None:
        self._base_url = base_url
        self._owner: dict[Node, str] = {}
        for record in records:
            for anchor in record.anchors:
                self._claim(anchor.node, record.address.key)
        self._first: dict[Node, int] = {}
        self._leading: dict[Node, bool | None] = {}
        self._date_parents: dict[Node, dict[Node, str]] = {}

    def _claim(self, node: Node, key: str) -> None:
        current: Node | None = node
        while current is not None:
            owner = self._owner.get(current)
            if owner is None:
                self._owner[current] = key
            elif owner in (key, _SHARED):
                return
            else:
                self._mark_shared(current)
                return
            current = current.parent

    def _mark_shared(self, node: Node) -> None:
        current: Node | None = node
        while current is not None and self._owner.get(current) != _SHARED:
            self._owner[current] = _SHARED
            current = current.parent

    def _card_of(self, anchor: Anchor) -> Node:
        node = anchor.node
        key = self._owner[node]
        parent = node.parent
        while parent is not None and parent.tag not in _TOPS and self._owner.get(parent) == key:
            node, parent = parent, parent.parent
        return node

    def _read(self, node: Node) -> Card:
        parent = node.parent
        if parent is None or self._owner.get(parent) != _SHARED:
            return Card(node, self._base_url)
        leading = self._leads(parent)
        after = [] if leading is True else list(self._free(node.after()))
        # What stands before the first record of a list belongs to no record before it.
        is_first = node.place <= self._first_record(parent)
        before = list(self._free(node.before())) if leading is not False or is_first else []
        return Card(node, self._base_url, after, before)

    def _first_record(self, parent: Node) -> int:
        """The place of the first child of `parent` that holds a record."""
        if parent not in self._first:
            self._first[parent] = next(child.place for child in parent.children if child in self._owner)
        return self._first[parent]

    def _leads(self, parent: Node) -> bool | None:
        """Whether what stands between the records of `parent` belongs to the one after it; None: only one record.

        A list whose last record is followed by nothing prints such lines before its records.
        """
        if parent not in self._leading:
            records = [child for child in parent.children if child in self._owner]
            rest = islice(records[-1].after(), _SIBLINGS_MAX)
            self._leading[parent] = None if len(records) < 2 else not any(child.text for child in rest)
        return self._leading[parent]

    def of_record(self, record: Candidate) -> list[Card]:
        """The cards around all links of `record`, the best link's first, each once."""
        nodes = dict.fromkeys([self._card_of(record.best)])
        nodes.update(dict.fromkeys(self._card_of(anchor) for anchor in record.anchors))
        return [self._read(node) for node in nodes]

    def _free(self, siblings: Iterator[Node]) -> Iterator[Node]:
        """Siblings up to the next one that holds a record."""
        for count, sibling in enumerate(siblings):
            if count >= _SIBLINGS_MAX or sibling in self._owner:
                return
            yield sibling

    def date_heading(self, card: Card) -> str | None:
        """The date printed above a group of cards, where the page groups them so."""
        node = card.node
        for _ in range(_HEADING_LEVELS):
            parent = node.parent
            if node.tag in _TOPS or parent is None:
                return None
            headings = self._dates_in(parent)
            if headings:
                for sibling in node.before():
                    if sibling in headings:
                        return headings[sibling]
            node = parent
        return None

    def _dates_in(self, parent: Node) -> dict[Node, str]:
        """Children of `parent` that print a date and nothing else; one alone counts only as a real heading."""
        known = self._date_parents.get(parent)
        if known is not None:
            return known
        found: dict[Node, str] = {}
        for child in parent.children:
            if child in self._owner or child.end - child.place > _HEADING_NODES_MAX:
                continue
            text = child.text
            if text and len(text) <= _HEADING_CHARS and is_time(text):
                found[child] = text
        if len(found) == 1 and next(iter(found)).tag not in (*HEADINGS, "dt", "th"):
            found = {}
        self._date_parents[parent] = found
        return found
