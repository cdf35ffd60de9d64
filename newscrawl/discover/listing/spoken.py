"""Lists whose heading says that they are no main list: most read, videos, advertising."""

import unicodedata
from collections.abc import Callable
from functools import lru_cache
from itertools import takewhile

from newscrawl.discover.listing.names import kind_of
from newscrawl.discover.listing.nodes import HEADING, HEADINGS, NONE, TITLE, Node, Tree
from newscrawl.discover.listing.vocabulary import SIDE_HEADINGS
from newscrawl.text import is_unspaced

_HEADING_CHARS = 40
_HEADING_NODES = 12
_ITEM_LINKS_MAX = 2
"""What holds more links is a list."""
_BOX_LINKS, _BOX_SHARE_MAX = 6, 0.25
"""A side list's box holds no more links, and on a page of many no larger share of them.

Only headings proper speak in a larger part of the page.
"""


class Spoken:
    """Which nodes stand under such a heading; asked for every node in document order.

    A heading speaks for the first list after it, or for the items after it that are alike: no page says where what it
    announces ends.
    """

    def __init__(self, tree: Tree, links_in: Callable[[Node], int], total: int) -> None:
        self._tree = tree
        self._links_in = links_in
        self._box_links_max = max(_BOX_LINKS, _BOX_SHARE_MAX * total)
        self.headings = _headings_of(tree)
        """The nodes to be heard."""
        self._under: dict[Node, str] = {}
        """Parent → tag and classes of the children that its last heading spoke of; empty: none met yet."""

    def of(self, node: Node) -> bool:
        """Whether the heading before `node` says so."""
        if node in self.headings:
            self.hear(node)
            return False
        tree, parent = self._tree, self._tree.parents[node]
        known = self._under.get(parent)
        if known is None:
            return False
        links, kind = self._links_in(node), kind_of(tree.tags[node], tree.get(node, "class"))
        if not (links or known) or (known and known != kind) or links > self._box_links_max:
            return False
        self._under[parent] = kind
        if links > _ITEM_LINKS_MAX:
            del self._under[parent]
        return True

    def hear(self, node: Node) -> None:
        """What the heading `node` says holds for what follows."""
        tree, parent = self._tree, self._tree.parents[node]
        self._under.pop(parent, None)
        in_box = tree.tags[node] in HEADINGS or self._links_in(parent) <= self._box_links_max
        if in_box and _is_side(tree.text(node)):
            self._under[parent] = ""


def _headings_of(tree: Tree) -> set[Node]:
    """Headings, and short lines that hold or are called one; the page's own title is not meant."""
    called = list(tree.named(TITLE))
    for heading in tree.named(HEADING):
        called.append(heading)
        called.extend(takewhile(lambda above: tree.ends[above] - above <= _HEADING_NODES, tree.above(heading)))
    return {
        node
        for node in called
        if tree.parents[node] != NONE
        and tree.tags[node] != "h1"
        and tree.ends[node] - node <= _HEADING_NODES
        and 0 < tree.chars(node) <= _HEADING_CHARS
    }


@lru_cache(maxsize=4096)
def _is_side(heading: str) -> bool:
    form = _fold(heading)
    return form.startswith(_STARTS) or form.endswith(_ENDS)


def _fold(text: str) -> str:
    """Words without case, accents and marks, one space between them and at both ends."""
    plain = text.casefold()
    if not plain.isascii():
        plain = "".join([char for char in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(char)])
    words = "".join([char if char.isalnum() else " " for char in plain]).split()
    return f" {' '.join(words)} "


# Where words are written without spaces, a phrase ends anywhere.
_STARTS = tuple(_fold(phrase).rstrip() if is_unspaced(phrase) else _fold(phrase) for phrase in SIDE_HEADINGS)
_ENDS = tuple(_fold(phrase).lstrip() if is_unspaced(phrase) else _fold(phrase) for phrase in SIDE_HEADINGS)
