"""Dated `[[layouts]]` of a seed: selectors that win over everything read otherwise."""

from collections.abc import Iterator

from lxml import html

from newscrawl.extract.evidence import Candidate, gather
from newscrawl.extract.lines import spaced_text
from newscrawl.markup import Document
from newscrawl.models import Layout, Source

# Part of a layout → field, and the attributes that hold the value better than the text does.
_PARTS: dict[str, tuple[str, tuple[str, ...]]] = {
    "headline": ("headline", ("content",)),
    "time": ("date_published", ("datetime", "content")),
    "publisher": ("publisher", ("content",)),
    "description": ("description", ("content",)),
    "article_body": ("article_body", ()),
    "authors": ("author", ("content",)),
    "image": ("image_url", ("content", "src", "data-src", "href")),
}


def layout_of(source: Source, document: Document) -> Layout | None:
    """The first layout of `source` still valid on the day the page was fetched, for article pages.

    A layout with an `item` speaks of a listing's cards, not of article pages.
    """
    day = document.page.fetched_at.date()
    for layout in source.layouts:
        if layout.valid_until is None or day <= layout.valid_until:
            return None if "item" in layout.select else layout
    return None


def read_layout(document: Document, layout: Layout) -> tuple[list[Candidate], tuple[str, ...]]:
    """(candidates, parts whose selector matched nothing)."""
    missed: list[str] = []
    candidates: list[Candidate] = []
    for part, selector in layout.select.items():
        found = gather(_values(document.root, part, selector))
        candidates += found
        if not found:
            missed.append(part)
    return candidates, tuple(missed)


def _values(root: html.HtmlElement, part: str, selector: str) -> Iterator[tuple[str, object, str]]:
    field, attributes = _PARTS[part]
    elements: list[html.HtmlElement] = root.cssselect(selector, translator="html")
    if part == "article_body":
        yield field, "\n\n".join(_paragraphs(elements)), f"layout:{part}"
        return
    for element in elements[:20]:
        value = next((element.get(name) for name in attributes if element.get(name)), None)
        yield field, value or spaced_text(element), f"layout:{part}"


def _paragraphs(elements: list[html.HtmlElement]) -> Iterator[str]:
    for element in elements:
        inner = element.xpath(".//p | .//li | .//blockquote | .//h2 | .//h3") or [element]
        for block in inner:
            text = spaced_text(block)
            if text:
                yield text
