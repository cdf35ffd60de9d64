"""The card of a record: the largest part of the page that belongs to it and to no other record."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice

from newscrawl.discover.listing.links import Anchor, Candidate
from newscrawl.discover.listing.nodes import HEADINGS, NONE, Node, Tree
from newscrawl.discover.listing.printed import find_alone
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

    tree: Tree
    node: Node
    after: Sequence[Node] = ()
    before: Sequence[Node] = ()

    def pieces(self, nodes: Iterable[Node]) -> Iterator[Piece]:
        """The pieces of some nodes, one after the other."""
        return chain.from_iterable(map(self.tree.pieces, nodes))


class Cards:
    """The cards of all `records` of a page."""

    def __init__(self, tree: Tree, records: Iterable[Candidate]) -> None:
        self._tree = tree
        self._owner: dict[Node, str] = {}
        for record in records:
            for anchor in record.anchors:
                self._claim(anchor.node, record.address.key)
        self._first: dict[Node, Node] = {}
        self._leading: dict[Node, bool | None] = {}
        self._date_parents: dict[Node, dict[Node, str]] = {}

    def _claim(self, node: Node, key: str) -> None:
        owner, parents = self._owner, self._tree.parents
        while node != NONE:
            current = owner.setdefault(node, key)
            if current == _SHARED:
                return
            if current != key:
                self._mark_shared(node)
                return
            node = parents[node]

    def _mark_shared(self, node: Node) -> None:
        owner, parents = self._owner, self._tree.parents
        while node != NONE and owner.get(node) != _SHARED:
            owner[node] = _SHARED
            node = parents[node]

    def _card_of(self, anchor: Anchor) -> Node:
        node, tags, parents = anchor.node, self._tree.tags, self._tree.parents
        key = self._owner[node]
        parent = parents[node]
        while parent != NONE and self._owner.get(parent) == key and tags[parent] not in _TOPS:
            node, parent = parent, parents[parent]
        return node

    def _read(self, node: Node) -> Card:
        tree = self._tree
        parent = tree.parents[node]
        if parent == NONE or self._owner.get(parent) != _SHARED:
            return Card(tree, node)
        leading = self._leads(parent)
        after = [] if leading is True else list(self._free(tree.after(node)))
        # What stands before the first record of a list belongs to no record before it.
        is_first = node <= self._first_record(parent)
        before = list(self._free(tree.before(node))) if leading is not False or is_first else []
        return Card(tree, node, after, before)

    def _first_record(self, parent: Node) -> int:
        """The first child of `parent` that holds a record."""
        if parent not in self._first:
            self._first[parent] = next(child for child in self._tree.children(parent) if child in self._owner)
        return self._first[parent]

    def _leads(self, parent: Node) -> bool | None:
        """Whether what stands between the records of `parent` belongs to the one after it; None: only one record.

        A list whose last record is followed by nothing prints such lines before its records.
        """
        if parent not in self._leading:
            records = [child for child in self._tree.children(parent) if child in self._owner]
            rest = islice(self._tree.after(records[-1]), _SIBLINGS_MAX)
            self._leading[parent] = None if len(records) < 2 else not any(map(self._tree.text, rest))
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
        node, tree = card.node, self._tree
        for _ in range(_HEADING_LEVELS):
            parent = tree.parents[node]
            if parent == NONE or tree.tags[node] in _TOPS:
                return None
            headings = self._dates_in(parent)
            if headings:
                for sibling in tree.before(node):
                    if sibling in headings:
                        return headings[sibling]
            node = parent
        return None

    def _dates_in(self, parent: Node) -> dict[Node, str]:
        """Children of `parent` that print a date and nothing else; one alone counts only as a real heading."""
        known = self._date_parents.get(parent)
        if known is not None:
            return known
        tree, found = self._tree, dict[Node, str]()
        for child in tree.children(parent):
            if child in self._owner or tree.ends[child] - child > _HEADING_NODES_MAX:
                continue
            text = tree.text(child)
            if text and len(text) <= _HEADING_CHARS and (date := find_alone(text)):
                found[child] = date
        if len(found) == 1 and tree.tags[next(iter(found))] not in (*HEADINGS, "dt", "th"):
            found = {}
        self._date_parents[parent] = found
        return found
