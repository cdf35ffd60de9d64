"""Where on the page a node stands, by the words of its markup and of the markup around it."""

from collections.abc import Iterable, Sequence
from itertools import accumulate

from newscrawl.discover.listing.links import Candidate
from newscrawl.discover.listing.nodes import Node, Tree
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

    def __init__(self, tree: Tree, candidates: Iterable[Candidate]) -> None:
        marks = [0] * (len(tree.nodes) + 1)
        for candidate in candidates:
            for anchor in candidate.anchors:
                marks[anchor.node.place + 1] = 1
        self._links_before = list(accumulate(marks))
        self._total = self._links_before[-1]
        timed = [0, *(node.tag == "time" or node.names.time for node in tree.nodes)]
        self._times_before = list(accumulate(timed))
        self._zones: list[frozenset[str]] = []
        spoken = Spoken(self.links_in, self._total)
        for node in tree.nodes:
            around = self._zones[node.parent.place] if node.parent is not None else _NOTHING
            # Where no link stands only a heading matters, for what it says of what follows.
            if marks[node.place + 1] or self.links_in(node):
                own = self._own(node) | _SPOKEN if spoken.of(node) else self._own(node)
                around = around | own if own else around
            else:
                spoken.hear(node)
            self._zones.append(around)

    def of(self, node: Node) -> frozenset[str]:
        """The zones of `node`: its own and those of the nodes around it."""
        return self._zones[node.place]

    def links_in(self, node: Node) -> int:
        """How many links of candidates stand inside `node`."""
        return self._links_before[node.end] - self._links_before[node.place + 1]

    def has_text_beside(self, above: Sequence[Node], headline: str) -> bool:
        """Whether one of the nodes `above` a link, with few links in it, prints more than it."""
        for node in above:
            if self.links_in(node) > _SUMMARY_LINKS_MAX:
                return False
            if node.chars > len(headline) + _SUMMARY_CHARS_MIN:
                return True
        return False

    def has_time_near(self, above: Sequence[Node]) -> bool:
        """Whether one of the nodes `above` a link holds a time, before they grow larger than a card."""
        for node in above:
            end = min(node.end, node.place + _CARD_NODES_MAX)
            if self._times_before[end] > self._times_before[node.place]:
                return True
            if end < node.end:
                return False
        return False

    def _own(self, node: Node) -> frozenset[str]:
        zones, tag = node.names.zones, node.tag
        if tag in _ZONE_TAGS:
            zones = zones | {_ZONE_TAGS[tag]}
        if (role := node.get("role")) in _ZONE_ROLES:
            zones = zones | {_ZONE_ROLES[role]}
        # A wrapper around most of the page says "has-sidebar" of its layout, not of its links.
        is_layout = self._total > _LAYOUT_LINKS_MIN and 2 * self.links_in(node) > self._total
        return _NOTHING if not zones or tag in _TOPS or is_layout else zones
