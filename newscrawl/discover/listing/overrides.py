"""What a seed says about a page by hand: CSS selectors and URL patterns, which always win, and miss loudly."""

import re
from dataclasses import dataclass, field, replace
from functools import lru_cache

from lxml import etree, html
from lxml.cssselect import CSSSelector

from newscrawl import limits
from newscrawl.discover.listing.fields import Fields, image_of, time_of
from newscrawl.discover.listing.prose import element_text, pieces
from newscrawl.models import Channel, Page, Source


@dataclass(slots=True)
class Overrides:
    """The overrides in force for one page, and which of them have matched something."""

    select: dict[str, str]
    """Part → CSS selector."""
    article_url: str | None
    not_url: str | None
    base_url: str
    _matched: set[str] = field(default_factory=set)
    _broken: dict[str, str] = field(default_factory=dict)

    def items(self, root: html.HtmlElement) -> list[html.HtmlElement]:
        """The elements that are records by hand; empty: no `item` selector, or it matches nothing."""
        return self._find(root, "item")

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

    def correct(self, fields: Fields, card: html.HtmlElement) -> Fields:
        """`fields` with the parts that selectors find inside `card`."""
        changes: dict[str, str] = {}
        for part in ("headline", "publisher", "description"):
            for text in map(element_text, self._find(card, part)):
                if text:
                    changes[part] = text
                    break
        for element in self._find(card, "time"):
            if printed := time_of(element):
                changes["time_text"] = printed[0]
                fields = replace(fields, time_attribute=printed[1])
                break
        if body := [text for element in self._find(card, "article_body") for text, _ in pieces(element)]:
            changes["article_body"] = "\n\n".join(body)[: limits.BODY_CHARS]
        for element in self._find(card, "image"):
            if url := image_of(element, self.base_url):
                changes["image_url"] = url
        authors = tuple(text for element in self._find(card, "authors") if (text := element_text(element)))
        origins = {**fields.origins, **dict.fromkeys(changes, "select")}
        return replace(fields, **changes, authors=authors or fields.authors, origins=origins)

    def _find(self, element: html.HtmlElement, part: str) -> list[html.HtmlElement]:
        selector = self.select.get(part)
        if selector is None:
            return []
        compiled = _compile(selector)
        if compiled is None:
            self._broken[part] = selector
            return []
        matches = compiled(element)
        found = [one for one in matches if isinstance(one, html.HtmlElement)] if isinstance(matches, list) else []
        if found:
            self._matched.add(part)
        return found

    def misses(self) -> list[tuple[str, str]]:
        """A warning for every override that matched nothing on this page."""
        named = {**self.select, "article_url": self.article_url}
        return [
            ("override_missed", f"{part}: {value!r} {'is no selector' if part in self._broken else 'matched nothing'}")
            for part, value in named.items()
            if value is not None and part not in self._matched
        ]


def overrides_of(page: Page, source: Source, channel: Channel, base_url: str) -> Overrides:
    """What `channel`, and the layout of `source` that was in use when the page was fetched, say by hand."""
    day = page.fetched_at.date()
    layout = next((row for row in source.layouts if row.valid_until is None or day <= row.valid_until), None)
    select = {**(layout.select if layout else {}), **channel.select}
    return Overrides(select, channel.article_url, channel.not_url, base_url)


@lru_cache(maxsize=256)
def _compile(selector: str) -> CSSSelector | None:
    try:
        return CSSSelector(selector, translator="html")
    except (etree.XPathError, SyntaxError, ValueError):  # cssselect's errors are SyntaxErrors
        return None
