"""Whether a page is itself an article that carries a listing below."""

from itertools import islice

from newscrawl import limits
from newscrawl.discover.listing.addresses import read_address
from newscrawl.discover.listing.embedded import story_words
from newscrawl.discover.listing.nodes import HEADING, NONE, Node, Tree
from newscrawl.discover.listing.prose import words_of
from newscrawl.markup import Document
from newscrawl.text import normal_form

_OWN_WORDS_MIN = 120
"""Words of paragraphs outside every record."""
_PARAGRAPH_WORDS_MIN = 12
_LONG_PARAGRAPH_WORDS_MIN = 60
_SLUG_WORDS_MIN = 4
"""An address that names one article, by a number or this many words, is believed; a section's has neither."""
_BOX_LEVELS = 2
_BOX_PARAGRAPHS_MAX = 2
"""A byline may stand beside the summary."""


def is_article(document: Document, tree: Tree, cards: set[Node]) -> bool:
    """Whether the page has a story of its own: running paragraphs that belong to no record, and a sign of one.

    A page that renders later holds its story in its state, under its own title.
    """
    if not _declares_article(tree):
        return False
    address = read_address(document.url)
    is_named = address is not None and (address.numbered or address.slug_words >= _SLUG_WORDS_MIN)
    words = story_words(document.states, _own_titles(tree))
    for paragraph in tree.named("p"):
        count = words_of(tree.text(paragraph))
        if count < _PARAGRAPH_WORDS_MIN or paragraph in cards or any(above in cards for above in tree.above(paragraph)):
            continue
        if not is_named and count < _LONG_PARAGRAPH_WORDS_MIN and _is_summary(tree, paragraph):
            continue
        words += count
        if words >= _OWN_WORDS_MIN:
            break
    return words >= _OWN_WORDS_MIN


def _is_summary(tree: Tree, paragraph: Node) -> bool:
    """Whether `paragraph` shares its box with a headline that is a link, and hardly with other paragraphs."""
    box = tree.parents[paragraph]
    for _ in range(_BOX_LEVELS):
        if box == NONE or sum(1 for _ in islice(tree.inside(box, "p"), _BOX_PARAGRAPHS_MAX + 1)) > _BOX_PARAGRAPHS_MAX:
            return False
        if any(_is_linked(tree, heading) for heading in tree.inside(box, HEADING)):
            return True
        box = tree.parents[box]
    return False


def _is_linked(tree: Tree, heading: Node) -> bool:
    return tree.holds(heading, "a") or any(tree.tags[above] == "a" for above in tree.above(heading))


def _own_titles(tree: Tree) -> set[str]:
    """What the page calls itself, in normal form."""
    titles = ("og:title", "twitter:title")
    named = [tree.text(heading) for heading in tree.named("h1")]
    named += [tree.get(meta, "content") for meta in tree.named("meta") if _property_of(tree, meta) in titles]
    return {form for name in named if (form := normal_form(name[: limits.HEADLINE_CHARS]))}


def _declares_article(tree: Tree) -> bool:
    for meta in tree.named("meta"):
        if _property_of(tree, meta) == "og:type":
            return tree.get(meta, "content").lower() in ("article", "news", "newsarticle")
    headings = [heading for heading in tree.named("h1") if not _is_linked(tree, heading)]
    return len(headings) == 1


def _property_of(tree: Tree, meta: Node) -> str:
    return (tree.get(meta, "property") or tree.get(meta, "name")).lower()
