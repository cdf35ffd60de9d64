"""The card of a record: the largest part of the page that belongs to it and to no other record."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from lxml import html

from newscrawl.discover.listing.links import Anchor, Candidate
from newscrawl.discover.listing.printed import is_time
from newscrawl.discover.listing.prose import HEADINGS, element_text, pieces

_SHARED = "\n"
"""Owner of an element that holds several records; no key contains a line break."""
_TOPS = frozenset(("html", "body", "main"))
_SIBLINGS_MAX = 80
_HEADING_LEVELS = 5
_HEADING_CHARS = 60

Piece = tuple[str, html.HtmlElement]


@dataclass(slots=True)
class Card:
    """Where one anchor's record stands: its own element, and what stands beside it up to the next records."""

    element: html.HtmlElement
    pieces: list[Piece]
    base_url: str
    after: Sequence[html.HtmlElement] = ()
    before: Sequence[html.HtmlElement] = ()
    _texts: dict[html.HtmlElement, list[Piece]] = field(default_factory=dict)

    def beside(self, elements: Sequence[html.HtmlElement]) -> list[Piece]:
        """The pieces of some of the elements `after` or `before`."""
        for element in elements:
            if element not in self._texts:
                self._texts[element] = pieces(element)
        return [piece for element in elements for piece in self._texts[element]]


class Cards:
    """The cards of all `records` of a page."""

    def __init__(self, records: Iterable[Candidate], base_url: str) -> None:
        self._base_url = base_url
        self._owner: dict[html.HtmlElement, str] = {}
        for record in records:
            for anchor in record.anchors:
                self._claim(anchor.element, record.address.key)
        self._leading: dict[html.HtmlElement, bool | None] = {}
        self._date_parents: dict[html.HtmlElement, dict[html.HtmlElement, str]] = {}

    def _claim(self, element: html.HtmlElement, key: str) -> None:
        current: html.HtmlElement | None = element
        while current is not None:
            owner = self._owner.get(current)
            if owner is None:
                self._owner[current] = key
            elif owner in (key, _SHARED):
                return
            else:
                self._mark_shared(current)
                return
            current = current.getparent()

    def _mark_shared(self, element: html.HtmlElement) -> None:
        current: html.HtmlElement | None = element
        while current is not None and self._owner.get(current) != _SHARED:
            self._owner[current] = _SHARED
            current = current.getparent()

    def _card_of(self, anchor: Anchor) -> html.HtmlElement:
        element = anchor.element
        key = self._owner[element]
        parent = element.getparent()
        while parent is not None and parent.tag not in _TOPS and self._owner.get(parent) == key:
            element, parent = parent, parent.getparent()
        return element

    def _read(self, element: html.HtmlElement) -> Card:
        parent = element.getparent()
        if parent is None or self._owner.get(parent) != _SHARED:
            return Card(element, pieces(element), self._base_url)
        leading = self._leads(parent)
        after = [] if leading is True else list(self._free(element.itersiblings()))
        # What stands before the first record of a list belongs to no record before it.
        first = not any(sibling in self._owner for sibling in element.itersiblings(preceding=True))
        before = list(self._free(element.itersiblings(preceding=True))) if leading is not False or first else []
        return Card(element, pieces(element), self._base_url, after, before)

    def _leads(self, parent: html.HtmlElement) -> bool | None:
        """Whether what stands between the records of `parent` belongs to the one after it; None: only one record.

        A list whose last record is followed by nothing prints such lines before its records.
        """
        if parent not in self._leading:
            children = [child for child in parent if isinstance(child.tag, str)]
            places = [place for place, child in enumerate(children) if child in self._owner]
            rest = children[places[-1] + 1 : places[-1] + 1 + _SIBLINGS_MAX]
            self._leading[parent] = None if len(places) < 2 else not any(map(element_text, rest))
        return self._leading[parent]

    def of_record(self, record: Candidate) -> list[Card]:
        """The cards around all links of `record`, the best link's first, each once."""
        elements: dict[html.HtmlElement, None] = dict.fromkeys([self._card_of(record.best)])
        elements.update(dict.fromkeys(self._card_of(anchor) for anchor in record.anchors))
        return [self._read(element) for element in elements]

    def _free(self, siblings: Iterator[html.HtmlElement]) -> Iterator[html.HtmlElement]:
        """Siblings up to the next one that holds a record."""
        for count, sibling in enumerate(siblings):
            if count >= _SIBLINGS_MAX or sibling in self._owner:
                return
            if isinstance(sibling.tag, str):
                yield sibling

    def date_heading(self, card: Card) -> str | None:
        """The date printed above a group of cards, where the page groups them so."""
        element: html.HtmlElement | None = card.element
        for _ in range(_HEADING_LEVELS):
            if element is None or element.tag in _TOPS:
                return None
            parent = element.getparent()
            if parent is None:
                return None
            headings = self._dates_in(parent)
            if headings:
                for sibling in element.itersiblings(preceding=True):
                    if sibling in headings:
                        return headings[sibling]
            element = parent
        return None

    def _dates_in(self, parent: html.HtmlElement) -> dict[html.HtmlElement, str]:
        """Children of `parent` that print a date and nothing else; one alone counts only as a real heading."""
        known = self._date_parents.get(parent)
        if known is not None:
            return known
        found: dict[html.HtmlElement, str] = {}
        for child in parent:
            if not isinstance(child.tag, str) or child in self._owner or len(child) > 6:
                continue
            text = element_text(child)
            if text and len(text) <= _HEADING_CHARS and is_time(text):
                found[child] = text
        if len(found) == 1 and next(iter(found)).tag not in (*HEADINGS, "dt", "th"):
            found = {}
        self._date_parents[parent] = found
        return found
