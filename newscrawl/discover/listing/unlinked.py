"""Cards whose links say nothing: blocks of one shape that each print a headline and a time.

They link nowhere, or by one link without words that is laid over the card.
"""

from collections import defaultdict
from dataclasses import dataclass

from lxml import html

from newscrawl.discover.listing.cards import Piece
from newscrawl.discover.listing.printed import is_time
from newscrawl.discover.listing.prose import HEADINGS, element_text, pieces, words_of

_CARDS_MIN = 2
_PIECES_MAX = 60
_HEADLINE_WORDS = range(4, 41)


@dataclass(frozen=True, slots=True)
class UnlinkedCard:
    """A card without a link that has words, and the headline it prints."""

    element: html.HtmlElement
    headline: str
    pieces: list[Piece]
    href: str | None
    """Where its one wordless link leads, as written; None: it has none."""


def find_unlinked(root: html.HtmlElement) -> list[UnlinkedCard]:
    """Groups of two or more sibling blocks that each print a time and a headline and have no link with words."""
    leading = _leading(root)
    parents: dict[html.HtmlElement, list[html.HtmlElement]] = defaultdict(list)
    for element in root.iter("div", "li", "article", "section", "tr"):
        parent = element.getparent()
        if parent is not None and element not in leading and len(element):
            parents[parent].append(element)
    found: list[UnlinkedCard] = []
    covered: set[html.HtmlElement] = set()
    for parent, elements in parents.items():
        if len(elements) < _CARDS_MIN or any(above in covered for above in (parent, *parent.iterancestors())):
            continue
        cards = [card for element in elements if (card := _read(element)) is not None]
        if len(cards) >= _CARDS_MIN and 2 * len(cards) > len(elements):
            found.extend(cards)
            covered.add(parent)
    return found


def _leading(root: html.HtmlElement) -> set[html.HtmlElement]:
    """Every element that holds a link with words to anywhere but its own page."""
    found: set[html.HtmlElement] = set()
    for link in root.iter("a"):
        if _leads_on(link) and _says_something(link):
            current = link.getparent()
            while current is not None and current not in found:
                found.add(current)
                current = current.getparent()
    return found


def _leads_on(link: html.HtmlElement) -> bool:
    return not (link.get("href") or "#").strip().startswith(("#", "javascript:"))


def _says_something(link: html.HtmlElement) -> bool:
    labels = (link.get("aria-label"), link.get("title"), *(image.get("alt") for image in link.iter("img")))
    return bool(element_text(link)) or any((label or "").strip() for label in labels)


def _read(element: html.HtmlElement) -> UnlinkedCard | None:
    texts = pieces(element)
    if not 2 <= len(texts) <= _PIECES_MAX or sum(is_time(text) for text, _ in texts) != 1:
        return None
    headline = next((text for heading in element.iter(*HEADINGS) if words_of(text := element_text(heading)) >= 2), None)
    if headline is None:
        at = next(index for index, (text, _) in enumerate(texts) if is_time(text))
        said = {text for text, _ in texts[:at]}
        after = [text for text, _ in texts[at:] if text.lstrip("-–—• ") not in said]  # "- publisher" once more
        headline = next((text for text in after if words_of(text) in _HEADLINE_WORDS), None)
        headline = headline or next((text for text, _ in texts[:at] if words_of(text) in _HEADLINE_WORDS), None)
    hrefs = {link.get("href") for link in element.iter("a") if _leads_on(link)}
    if headline is None or len(hrefs) > 1:
        return None
    return UnlinkedCard(element, headline, texts, next(iter(hrefs), None))
