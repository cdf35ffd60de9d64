"""Cards whose links say nothing: blocks of one shape that each print a headline and a time.

They link nowhere, or by one link without words that is laid over the card.
"""

from collections import defaultdict
from dataclasses import dataclass
from itertools import accumulate

from newscrawl.discover.listing.nodes import HEADING, NONE, Node, Tree
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
    for tag in _TAGS:
        for node in tree.named(tag):
            end, parent = tree.ends[node], tree.parents[node]
            if end > node + 1 and parent != NONE and speaking[node + 1] == speaking[end]:
                parents[parent].append(node)
    found: list[UnlinkedCard] = []
    covered: set[Node] = set()
    for parent, nodes in sorted(parents.items()):
        if len(nodes) < _CARDS_MIN or parent in covered or any(above in covered for above in tree.above(parent)):
            continue
        cards = [card for node in sorted(nodes) if (card := _read(tree, node)) is not None]
        if len(cards) >= _CARDS_MIN and 2 * len(cards) > len(nodes):
            found.extend(cards)
            covered.add(parent)
    return found


def _speaking_links_before(tree: Tree) -> list[int]:
    """How many links with words, to anywhere but the page itself, stand before each place."""
    marks = [0] * (len(tree.tags) + 1)
    for link in tree.named("a"):
        if _leads_on(tree, link) and _says_something(tree, link):
            marks[link + 1] = 1
    return list(accumulate(marks))


def _leads_on(tree: Tree, link: Node) -> bool:
    return not (tree.get(link, "href") or "#").strip().startswith(("#", "javascript:"))


def _says_something(tree: Tree, link: Node) -> bool:
    if tree.pieces(link):
        return True
    labels = [tree.get(link, "aria-label"), tree.get(link, "title")]
    labels += [tree.get(image, "alt") for image in tree.inside(link, "img")]
    return any(label.strip() for label in labels)


def _read(tree: Tree, node: Node) -> UnlinkedCard | None:
    texts = tree.pieces(node)
    if not 2 <= len(texts) <= _PIECES_MAX or sum(is_time(text) for text, _ in texts) != 1:
        return None
    headings = (tree.text(heading) for heading in tree.inside(node, HEADING) if heading != node)
    headline = next((text for text in headings if words_of(text) >= 2), None)
    if headline is None:
        at = next(index for index, (text, _) in enumerate(texts) if is_time(text))
        said = {text for text, _ in texts[:at]}
        after = [text for text, _ in texts[at:] if text.lstrip("-–—• ") not in said]  # "- publisher" once more
        headline = next((text for text in after if words_of(text) in _HEADLINE_WORDS), None)
        headline = headline or next((text for text, _ in texts[:at] if words_of(text) in _HEADLINE_WORDS), None)
    hrefs = {tree.get(link, "href") for link in tree.inside(node, "a") if _leads_on(tree, link)}
    if headline is None or len(hrefs) > 1:
        return None
    return UnlinkedCard(node, headline, next(iter(hrefs), None))
