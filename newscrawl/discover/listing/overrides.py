"""What a seed says about a page by hand: CSS selectors and URL patterns, which always win, and miss loudly."""

import re
from dataclasses import dataclass, field, replace
from functools import lru_cache

from lxml import etree, html
from lxml.cssselect import CSSSelector

from newscrawl import limits
from newscrawl.discover.listing.fields import Fields, image_of, time_of
from newscrawl.discover.listing.nodes import Node, Tree, elements_of
from newscrawl.markup import Document
from newscrawl.models import Channel, Source


@dataclass(slots=True)
class Overrides:
    """The overrides in force for one page, and which of them have matched something."""

    select: dict[str, str]
    """Part → CSS selector."""
    article_url: str | None
    not_url: str | None
    root: html.HtmlElement
    tree: Tree
    _matched: set[str] = field(default_factory=set)
    _broken: dict[str, str] = field(default_factory=dict)
    _elements: list[html.HtmlElement] = field(default_factory=list)
    """Of the page, in the order of its nodes; gathered when first asked for."""
    _places: dict[html.HtmlElement, int] = field(default_factory=dict)

    def items(self) -> list[Node]:
        """The nodes that are records by hand; empty: no `item` selector, or it matches nothing."""
        return self._find(0, "item")

    def wants(self, url: str) -> bool | None:
        """What the URL patterns say of `url`: True or False; None: nothing."""
        if self.not_url is not None and re.search(self.not_url, url):
            self._matched.add("not_url")
            return False
        if self.article_url is None:
            return None
        if re.search(self.article_url, url):
            self._matched.add("article_url")
            return True
        return False

    def correct(self, fields: Fields, card: Node) -> Fields:
        """`fields` with the parts that selectors find inside `card`."""
        if not self.select:
            return fields
        tree = self.tree
        changes: dict[str, str] = {}
        for part in ("headline", "publisher", "description"):
            for text in map(tree.text, self._find(card, part)):
                if text:
                    changes[part] = text
                    break
        for node in self._find(card, "time"):
            if printed := time_of(tree, node):
                changes["time_text"] = printed[0]
                fields = replace(fields, time_attribute=printed[1])
                break
        if body := [text for node in self._find(card, "article_body") for text, _ in tree.pieces(node)]:
            changes["article_body"] = "\n\n".join(body)[: limits.BODY_CHARS]
        for node in self._find(card, "image"):
            if url := image_of(tree, node):
                changes["image_url"] = url
        authors = tuple(filter(None, map(tree.text, self._find(card, "authors"))))
        origins = {**fields.origins, **dict.fromkeys(changes, "select")}
        return replace(fields, **changes, authors=authors or fields.authors, origins=origins)

    def _find(self, node: Node, part: str) -> list[Node]:
        selector = self.select.get(part)
        if selector is None:
            return []
        compiled = _compile(selector)
        if compiled is None:
            self._broken[part] = selector
            return []
        if not self._elements:
            self._elements = elements_of(self.root)
            self._places = {element: place for place, element in enumerate(self._elements)}
        matches = compiled(self._elements[node])
        elements = matches if isinstance(matches, list) else []
        found = [self._places[one] for one in elements if isinstance(one, html.HtmlElement)]
        if found:
            self._matched.add(part)
        return found

    def misses(self) -> list[tuple[str, str]]:
        """A warning for every override that matched nothing on this page."""
        named = {**self.select, "article_url": self.article_url, "not_url": self.not_url}
        return [
            ("override_missed", f"{part}: {value!r} {'is no selector' if part in self._broken else 'matched nothing'}")
            for part, value in named.items()
            if value is not None and part not in self._matched
        ]


def overrides_of(document: Document, tree: Tree, source: Source, channel: Channel) -> Overrides:
    """What `channel`, and the layout of `source` that was in use when the page was fetched, say by hand."""
    day = document.page.fetched_at.date()
    layout = next((row for row in source.layouts if row.valid_until is None or day <= row.valid_until), None)
    select = {**(layout.select if layout else {}), **channel.select}
    return Overrides(select, channel.article_url, channel.not_url, document.root, tree)


@lru_cache(maxsize=256)
def _compile(selector: str) -> CSSSelector | None:
    try:
        return CSSSelector(selector, translator="html")
    except (etree.XPathError, SyntaxError, ValueError):  # cssselect's errors are SyntaxErrors
        return None
