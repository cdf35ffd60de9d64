"""Microdata (HTML standard, section 5): articles and lists that attributes mark, as JSON-LD would have them."""

from collections.abc import Iterator
from itertools import chain
from typing import Any

from newscrawl.discover.listing.nodes import Node, Tree

_ADDRESS_OF = {
    "a": "href",
    "area": "href",
    "link": "href",
    "audio": "src",
    "embed": "src",
    "iframe": "src",
    "img": "src",
    "source": "src",
    "video": "src",
    "object": "data",
}
"""Elements whose value is an address, and the attribute that holds it."""
_TITLES = frozenset(("headline", "name"))
_MANY = frozenset(("itemListElement",))
"""Properties that may be given again and again; of the others the first counts."""
_DEPTH_MAX = 6
_STEPS_MAX = 100_000
"""Nodes looked at inside items, of the whole page: items may stand inside each other."""


def read_items(tree: Tree, kinds: frozenset[str]) -> list[dict[str, Any]]:
    """Every item of these schema.org types, wherever it stands: property → text, address, item, or list of items."""
    steps = iter(range(_STEPS_MAX))
    return [_item(node, steps, 0) for node in tree.nodes if "itemscope" in node.attributes and _kind(node) in kinds]


def _kind(node: Node) -> str:
    return node.get("itemtype").strip().rstrip("/").rpartition("/")[2]


def _item(scope: Node, steps: Iterator[int], depth: int) -> dict[str, Any]:
    found: dict[str, Any] = {"@type": _kind(scope)}
    if scope.get("itemid"):
        found["@id"] = scope.get("itemid")
    linked = None
    nodes, place = scope.tree.nodes, scope.place + 1
    while place < scope.end and next(steps, None) is not None:
        node = nodes[place]
        is_scope = "itemscope" in node.attributes
        for name in node.get("itemprop").split():
            value = _item(node, steps, depth + 1) if is_scope and depth < _DEPTH_MAX else _value(node)
            if name in _MANY:
                found.setdefault(name, []).append(value)
            else:
                found.setdefault(name, value)
            linked = linked or (_link(node, scope) if name in _TITLES and not is_scope else None)
        place = node.end if is_scope else place + 1
    return found | {"url": linked} if linked else found


def _value(node: Node) -> str:
    if "content" in node.attributes:
        return node.get("content").strip()
    if address := _ADDRESS_OF.get(node.tag):
        return node.get(address).strip()
    return (node.get("datetime") if node.tag == "time" else "").strip() or node.text


def _link(title: Node, scope: Node) -> str | None:
    """Where a title leads: the link inside it, or around it and still inside the item. It counts before other words."""
    around = (node for node in title.above() if node.tag == "a" and node.place > scope.place)
    link = next(chain(title.inside("a"), around), None)
    return link.get("href").strip() or None if link is not None else None
