"""Cards whose links say nothing: blocks of one shape that each print a headline and a time.

They link nowhere, or by one link without words that is laid over the card.
"""

from collections import defaultdict
from dataclasses import dataclass
from itertools import accumulate

from newscrawl.discover.listing.nodes import HEADING, Node, Tree
from newscrawl.discover.listing.printed import is_time
from newscrawl.discover.listing.prose import words_of

_TAGS = frozenset(("div", "li", "article", "section", "tr"))
_CARDS_MIN = 2
_PIECES_MAX = 60
_HEADLINE_WORDS = range(4, 41)


@dataclass(frozen=True, slots=True)
class UnlinkedCard:
    """A card without a link that has words, and the headline it prints."""

    node: Node
    headline: str
    href: str | None
    """Where its one wordless link leads, as written; None: it has none."""


def find_unlinked(tree: Tree) -> list[UnlinkedCard]:
    """Groups of two or more sibling blocks that each print a time and a headline and have no link with words."""
    speaking = _speaking_links_before(tree)
    parents: dict[Node, list[Node]] = defaultdict(list)
    for node in tree.nodes:
        is_silent = speaking[node.place + 1] == speaking[node.end]
        if node.tag in _TAGS and is_silent and node.parent is not None and node.end > node.place + 1:
            parents[node.parent].append(node)
    found: list[UnlinkedCard] = []
    covered: set[Node] = set()
    for parent, nodes in parents.items():
        if len(nodes) < _CARDS_MIN or parent in covered or any(above in covered for above in parent.above()):
            continue
        cards = [card for node in nodes if (card := _read(node)) is not None]
        if len(cards) >= _CARDS_MIN and 2 * len(cards) > len(nodes):
            found.extend(cards)
            covered.add(parent)
    return found


def _speaking_links_before(tree: Tree) -> list[int]:
    """How many links with words, to anywhere but the page itself, stand before each place."""
    marks = [0] * (len(tree.nodes) + 1)
    for link in tree.root.inside("a"):
        if _leads_on(link) and _says_something(link):
            marks[link.place + 1] = 1
    return list(accumulate(marks))


def _leads_on(link: Node) -> bool:
    return not (link.get("href") or "#").strip().startswith(("#", "javascript:"))


def _says_something(link: Node) -> bool:
    if link.text:
        return True
    labels = (link.get("aria-label"), link.get("title"), *(image.get("alt") for image in link.inside("img")))
    return any(label.strip() for label in labels)


def _read(node: Node) -> UnlinkedCard | None:
    texts = node.pieces
    if not 2 <= len(texts) <= _PIECES_MAX or sum(is_time(text) for text, _ in texts) != 1:
        return None
    headings = (heading.text for heading in node.inside(HEADING) if heading is not node)
    headline = next((text for text in headings if words_of(text) >= 2), None)
    if headline is None:
        at = next(index for index, (text, _) in enumerate(texts) if is_time(text))
        said = {text for text, _ in texts[:at]}
        after = [text for text, _ in texts[at:] if text.lstrip("-–—• ") not in said]  # "- publisher" once more
        headline = next((text for text in after if words_of(text) in _HEADLINE_WORDS), None)
        headline = headline or next((text for text, _ in texts[:at] if words_of(text) in _HEADLINE_WORDS), None)
    hrefs = {link.get("href") for link in node.inside("a") if _leads_on(link)}
    if headline is None or len(hrefs) > 1:
        return None
    return UnlinkedCard(node, headline, next(iter(hrefs), None))
