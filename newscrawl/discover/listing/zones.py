"""Where on the page a node stands, by the words of its markup and of the markup around it."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import accumulate

from newscrawl.discover.listing.nodes import NONE, TIME, ZONE, Node, Tree
from newscrawl.discover.listing.spoken import Spoken

_ZONE_TAGS = {"nav": "nav", "footer": "footer", "aside": "aside"}
_ZONE_ROLES = {"navigation": "nav", "contentinfo": "footer", "complementary": "aside", "menu": "nav", "menubar": "nav"}
_TOPS = frozenset(("html", "body", "main"))
_SUMMARY_LINKS_MAX = 4
_SUMMARY_CHARS_MIN = 80
_CARD_NODES_MAX = 40
_LAYOUT_LINKS_MIN = 8
_NOTHING: frozenset[str] = frozenset()
_SPOKEN = frozenset(("said_side",))


class Zones:
    """The zones of the page, the links and the times inside each node."""

    def __init__(self, tree: Tree, links: Iterable[Node]) -> None:
        self._tree = tree
        marks = [0] * len(tree.tags)
        for link in links:
            marks[link] = 1
        self._links_before = list(accumulate(marks, initial=0))
        self._total = self._links_before[-1]
        self._times = tree.named(TIME)
        self._zones: list[frozenset[str]] = []
        self._read()

    def _read(self) -> None:
        tree, zones, before = self._tree, self._zones, self._links_before
        spoken = Spoken(tree, self.links_in, self._total)
        marked = {node for tag in (ZONE, *_ZONE_TAGS) for node in tree.named(tag)}
        marked.update(node for node, attributes in enumerate(tree.attributes) if "role" in attributes)
        for node, (parent, end) in enumerate(zip(tree.parents, tree.ends, strict=True)):
            around = zones[parent] if parent != NONE else _NOTHING
            # Where no link stands only a heading matters, for what it says of what follows.
            if before[end] > before[node]:
                if node in marked and (own := self._own(node)):
                    around = around | own
                if spoken.of(node):
                    around = around | _SPOKEN
            elif node in spoken.headings:
                spoken.hear(node)
            zones.append(around)

    def of(self, node: Node) -> frozenset[str]:
        """The zones of `node`: its own and those of the nodes around it."""
        return self._zones[node]

    def links_in(self, node: Node) -> int:
        """How many links of candidates stand inside `node`."""
        return self._links_before[self._tree.ends[node]] - self._links_before[node + 1]

    def has_text_beside(self, above: Sequence[Node], headline: str) -> bool:
        """Whether one of the nodes `above` a link, with few links in it, prints more than it."""
        before, ends = self._links_before, self._tree.ends
        for node in above:
            if before[ends[node]] - before[node + 1] > _SUMMARY_LINKS_MAX:
                return False
            if self._tree.chars(node) > len(headline) + _SUMMARY_CHARS_MIN:
                return True
        return False

    def has_time_near(self, above: Sequence[Node]) -> bool:
        """Whether one of the nodes `above` a link holds a time, before they grow larger than a card."""
        for node in above if self._times else ():
            end = self._tree.ends[node]
            near = min(end, node + _CARD_NODES_MAX)
            first = bisect_left(self._times, node)
            if first < len(self._times) and self._times[first] < near:
                return True
            if near < end:
                return False
        return False

    def _own(self, node: Node) -> frozenset[str]:
        zones, tag = self._tree.names[node].zones, self._tree.tags[node]
        if tag in _ZONE_TAGS:
            zones = zones | {_ZONE_TAGS[tag]}
        if (role := self._tree.attributes[node].get("role")) in _ZONE_ROLES:
            zones = zones | {_ZONE_ROLES[role]}
        if not zones or tag in _TOPS:
            return _NOTHING
        # A wrapper around most of the page says "has-sidebar" of its layout, not of its links.
        is_layout = self._total > _LAYOUT_LINKS_MIN and 2 * self.links_in(node) > self._total
        return _NOTHING if is_layout else zones
