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
    return [
        _item(tree, node, steps, 0)
        for node, attributes in enumerate(tree.attributes)
        if "itemscope" in attributes and _kind(tree, node) in kinds
    ]


def _kind(tree: Tree, node: Node) -> str:
    return tree.get(node, "itemtype").strip().rstrip("/").rpartition("/")[2]


def _item(tree: Tree, scope: Node, steps: Iterator[int], depth: int) -> dict[str, Any]:
    found: dict[str, Any] = {"@type": _kind(tree, scope)}
    if identity := tree.get(scope, "itemid"):
        found["@id"] = identity
    linked = None
    node, end = scope + 1, tree.ends[scope]
    while node < end and next(steps, None) is not None:
        is_scope = "itemscope" in tree.attributes[node]
        for name in tree.get(node, "itemprop").split():
            value = _item(tree, node, steps, depth + 1) if is_scope and depth < _DEPTH_MAX else _value(tree, node)
            if name in _MANY:
                found.setdefault(name, []).append(value)
            else:
                found.setdefault(name, value)
            linked = linked or (_link(tree, node, scope) if name in _TITLES and not is_scope else None)
        node = tree.ends[node] if is_scope else node + 1
    return found | {"url": linked} if linked else found


def _value(tree: Tree, node: Node) -> str:
    attributes, tag = tree.attributes[node], tree.tags[node]
    if "content" in attributes:
        return attributes["content"].strip()
    if address := _ADDRESS_OF.get(tag):
        return attributes.get(address, "").strip()
    return (attributes.get("datetime", "") if tag == "time" else "").strip() or tree.text(node)


def _link(tree: Tree, title: Node, scope: Node) -> str | None:
    """Where a title leads: the link inside it, or around it and still inside the item. It counts before other words."""
    around = (node for node in tree.above(title) if tree.tags[node] == "a" and node > scope)
    link = next(chain(tree.inside(title, "a"), around), None)
    return tree.get(link, "href").strip() or None if link is not None else None
