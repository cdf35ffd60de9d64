"""Whether a page is itself an article that carries a listing below."""

from newscrawl import limits
from newscrawl.discover.listing.embedded import story_words
from newscrawl.discover.listing.nodes import Node, Tree
from newscrawl.discover.listing.prose import words_of
from newscrawl.markup import Document
from newscrawl.text import normal_form

_OWN_WORDS_MIN = 120
"""Words of paragraphs outside every record."""
_PARAGRAPH_WORDS_MIN = 12


def is_article(document: Document, tree: Tree, cards: set[Node]) -> bool:
    """Whether the page has a story of its own: running paragraphs that belong to no record, and a sign of one.

    A page that renders later holds its story in its state, under its own title.
    """
    if not _declares_article(tree):
        return False
    words = story_words(document.states, _own_titles(tree))
    for paragraph in tree.named("p"):
        count = words_of(tree.text(paragraph))
        if count < _PARAGRAPH_WORDS_MIN or paragraph in cards or any(above in cards for above in tree.above(paragraph)):
            continue
        words += count
        if words >= _OWN_WORDS_MIN:
            break
    return words >= _OWN_WORDS_MIN


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
    headings = [
        heading
        for heading in tree.named("h1")
        if not tree.holds(heading, "a") and all(tree.tags[above] != "a" for above in tree.above(heading))
    ]
    return len(headings) == 1


def _property_of(tree: Tree, meta: Node) -> str:
    return (tree.get(meta, "property") or tree.get(meta, "name")).lower()
