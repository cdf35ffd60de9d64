"""The page's links, one candidate per address: image, headline and "read more" of one article belong together."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

from newscrawl import limits
from newscrawl.discover.listing.addresses import Address, read_address
from newscrawl.discover.listing.nodes import HEADING, HEADINGS, Node, Tree
from newscrawl.discover.listing.prose import headline_within, words_of
from newscrawl.discover.listing.vocabulary import is_no_title
from newscrawl.markup import Document

_NOWHERE = ("#", "javascript:", "mailto:", "tel:", "data:", "whatsapp:", "sms:")
_NEAR_LEVELS = 2
_ENOUGH_WORDS = 5
"""A link text of this many words is as good a headline as a longer one."""
_SENTENCE_WORDS = 25
_SENTENCE_ENDS = (".", "…", "。", "।", "”")


class Features(dict[str, float]):
    """Feature → value; those that are 0 are left out."""

    def __missing__(self, name: str) -> float:
        return 0.0


@dataclass(slots=True)
class Anchor:
    """One link element and the headline it carries, if any."""

    node: Node
    headline: str
    """Empty: an image, an overlay, "read more", a comment count."""
    from_attribute: bool
    """The headline is an aria-label, title or alt, not printed text."""
    words: int
    """Words of `headline`; two characters count as one in scripts without spaces."""


@dataclass(slots=True)
class Candidate:
    """All links of the page to one address."""

    address: Address
    anchors: list[Anchor]
    position: int
    best: Anchor
    features: Features = field(default_factory=Features)
    signature: str = ""
    score: float = 0.0


def collect(document: Document, tree: Tree) -> tuple[list[Candidate], bool]:
    """The candidates in document order, and whether `limits.LINKS` cut them."""
    page_address = read_address(document.url)
    own_key, own_domain = (page_address.key, page_address.domain) if page_address else ("", "")
    groups: dict[str, Candidate] = {}
    seen = 0
    for node in tree.named("a"):
        href = tree.attributes[node].get("href", "").strip()
        if not href or href.startswith(_NOWHERE):
            continue
        seen += 1
        if seen > limits.LINKS:
            break
        address = tree.base.read(href)
        if address is None or address.key == own_key or _leads_nowhere_new(address, own_domain):
            continue
        anchor = _read_anchor(tree, node)
        candidate = groups.get(address.key)
        if candidate is None:
            groups[address.key] = Candidate(address, [anchor], len(groups), anchor)
        else:
            candidate.anchors.append(anchor)
    for candidate in groups.values():
        if len(candidate.anchors) > 1:
            candidate.best = _choose(tree, candidate.anchors)
    return list(groups.values()), seen > limits.LINKS


def _leads_nowhere_new(address: Address, own_domain: str) -> bool:
    """Whether the link is to the site's home page, or hands an address of this site to another one (share links)."""
    if address.domain == own_domain:
        return address.root
    return bool(own_domain) and own_domain in address.key[len(address.host) :]


def _read_anchor(tree: Tree, node: Node) -> Anchor:
    headline = headline_within(tree, node)
    from_attribute = False
    if headline and is_no_title(headline):
        headline = ""
    if not headline:
        for label in _labels(tree, node):
            if not is_no_title(label):
                headline, from_attribute = label, True
                break
    return Anchor(node, headline[: limits.HEADLINE_CHARS], from_attribute, words_of(headline))


def _labels(tree: Tree, node: Node) -> Iterator[str]:
    for name in ("aria-label", "title"):
        if value := tree.get(node, name).strip():
            yield " ".join(value.split())
    for image in tree.inside(node, "img"):
        if value := tree.get(image, "alt").strip():
            yield " ".join(value.split())


def _choose(tree: Tree, anchors: list[Anchor]) -> Anchor:
    """The link whose headline is the record's: printed ones before attributes, then by rank, of equals the first."""
    titled = [anchor for anchor in anchors if anchor.headline] or anchors
    printed = [anchor for anchor in titled if not anchor.from_attribute] or titled
    return printed[0] if len(printed) == 1 else max(printed, key=lambda anchor: _rank(tree, anchor))


def _rank(tree: Tree, anchor: Anchor) -> tuple[bool, int]:
    """Authors' names last, then headings before plain links, and sentences after them."""
    headline = anchor.headline
    near = [anchor.node, *islice(tree.above(anchor.node), _NEAR_LEVELS)]
    points = _heading_points(tree, anchor.node, near) + min(anchor.words, _ENOUGH_WORDS)
    if anchor.words > _SENTENCE_WORDS or (anchor.words > 2 * _ENOUGH_WORDS and headline.endswith(_SENTENCE_ENDS)):
        points -= 2 * _ENOUGH_WORDS
    is_name = any("author" in tree.names[one].zones for one in near)
    return not is_name, points


def _heading_points(tree: Tree, node: Node, near: list[Node]) -> int:
    """What the markup adds: a heading around or inside the link, or else a class that says title."""
    if any(tree.tags[one] in HEADINGS for one in near) or tree.holds(node, HEADING):
        return 2 * _ENOUGH_WORDS
    return _ENOUGH_WORDS if any(tree.names[one].title for one in near) else 0
