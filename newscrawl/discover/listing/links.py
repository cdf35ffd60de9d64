"""The page's links, one candidate per address: image, headline and "read more" of one article belong together."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urljoin

from lxml import html

from newscrawl import limits
from newscrawl.discover.listing.addresses import Address, read_address
from newscrawl.discover.listing.prose import HEADINGS, class_words, element_text, headline_within, words_of
from newscrawl.discover.listing.vocabulary import NOT_TITLES, TITLE_WORDS
from newscrawl.markup import Document

_ENOUGH_WORDS = 5
"""A link text of this many words is as good a headline as a longer one."""
_SENTENCE_WORDS = 25
_SENTENCE_ENDS = (".", "…", "。", "।", "”")


@dataclass(slots=True)
class Anchor:
    """One link element and the headline it carries, if any."""

    element: html.HtmlElement
    headline: str
    """Empty: an image, an overlay, "read more", a comment count."""
    from_attribute: bool
    """The headline is an aria-label, title or alt, not printed text."""
    text: str
    words: int
    """Words of `headline`; two characters count as one in scripts without spaces."""


@dataclass(slots=True)
class Candidate:
    """All links of the page to one address."""

    address: Address
    anchors: list[Anchor]
    position: int
    best: Anchor
    features: dict[str, float] = field(default_factory=dict)
    signature: str = ""
    score: float = 0.0


def collect(document: Document) -> tuple[list[Candidate], bool]:
    """The candidates in document order, and whether `limits.LINKS` cut them."""
    page_address = read_address(document.url)
    own_key, own_domain = (page_address.key, page_address.domain) if page_address else ("", "")
    base = document.base_url
    groups: dict[str, Candidate] = {}
    resolved: dict[str, Address | None] = {}
    seen = 0
    for element in document.root.iter("a"):
        href = (element.get("href") or "").strip()
        if not href or href.startswith(("#", "javascript:", "mailto:", "tel:", "data:", "whatsapp:", "sms:")):
            continue
        seen += 1
        if seen > limits.LINKS:
            break
        if href not in resolved:
            resolved[href] = _resolve(base, href)
        address = resolved[href]
        if address is None or address.key == own_key or _leads_nowhere_new(address, own_domain):
            continue
        anchor = _read_anchor(element)
        candidate = groups.get(address.key)
        if candidate is None:
            groups[address.key] = Candidate(address, [anchor], len(groups), anchor)
        else:
            candidate.anchors.append(anchor)
    for candidate in groups.values():
        if len(candidate.anchors) > 1:
            candidate.best = max(candidate.anchors, key=_rank)
    return list(groups.values()), seen > limits.LINKS


def _leads_nowhere_new(address: Address, own_domain: str) -> bool:
    """Whether the link is to the site's home page, or hands an address of this site to another one (share links)."""
    if address.domain == own_domain:
        return address.root
    return bool(own_domain) and own_domain in address.key[len(address.host) :]


def _resolve(base: str, href: str) -> Address | None:
    try:
        absolute = href.startswith(("https://", "http://")) and href.isprintable()
        url = href if absolute else urljoin(base, href)
        return read_address(url.partition("#")[0])
    except ValueError:
        return None


def _read_anchor(element: html.HtmlElement) -> Anchor:
    text = element_text(element)
    headline = headline_within(element, text) if text else ""
    from_attribute = False
    if headline and NOT_TITLES.match(headline):
        headline = ""
    if not headline:
        for label in _labels(element):
            if not NOT_TITLES.match(label):
                headline, from_attribute = label, True
                break
    return Anchor(element, headline[: limits.HEADLINE_CHARS], from_attribute, text, words_of(headline))


def _labels(element: html.HtmlElement) -> Iterator[str]:
    for name in ("aria-label", "title"):
        if value := (element.get(name) or "").strip():
            yield " ".join(value.split())
    for image in element.iter("img"):
        if value := (image.get("alt") or "").strip():
            yield " ".join(value.split())


def _rank(anchor: Anchor) -> tuple[bool, bool, int]:
    """Printed headlines before attributes, headings before plain links, sentences last; of equals the first."""
    headline = anchor.headline
    points = _heading_points(anchor.element) + min(anchor.words, _ENOUGH_WORDS)
    if anchor.words > _SENTENCE_WORDS or (anchor.words > 2 * _ENOUGH_WORDS and headline.endswith(_SENTENCE_ENDS)):
        points -= 2 * _ENOUGH_WORDS
    return bool(headline), not anchor.from_attribute, points


def _heading_points(element: html.HtmlElement) -> int:
    """What the markup adds: a heading around or inside the link, or else a class that says title."""
    titled = False
    current: html.HtmlElement | None = element
    for _ in range(3):
        if current is None:
            break
        if current.tag in HEADINGS:
            return 2 * _ENOUGH_WORDS
        titled = titled or bool(class_words(current) & TITLE_WORDS)
        current = current.getparent()
    if len(element) and next(element.iter(*HEADINGS), None) is not None:
        return 2 * _ENOUGH_WORDS
    return _ENOUGH_WORDS if titled else 0
