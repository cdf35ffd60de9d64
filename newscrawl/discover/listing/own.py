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
    for paragraph in tree.root.inside("p"):
        count = words_of(paragraph.text)
        if count < _PARAGRAPH_WORDS_MIN or paragraph in cards or any(above in cards for above in paragraph.above()):
            continue
        words += count
        if words >= _OWN_WORDS_MIN:
            break
    return words >= _OWN_WORDS_MIN


def _own_titles(tree: Tree) -> set[str]:
    """What the page calls itself, in normal form."""
    titles = ("og:title", "twitter:title")
    named = [heading.text for heading in tree.root.inside("h1")]
    named += [meta.get("content") for meta in tree.root.inside("meta") if _property_of(meta) in titles]
    return {form for name in named if (form := normal_form(name[: limits.HEADLINE_CHARS]))}


def _declares_article(tree: Tree) -> bool:
    for meta in tree.root.inside("meta"):
        if _property_of(meta) == "og:type":
            return meta.get("content").lower() in ("article", "news", "newsarticle")
    headings = [h for h in tree.root.inside("h1") if not h.holds("a") and all(a.tag != "a" for a in h.above())]
    return len(headings) == 1


def _property_of(meta: Node) -> str:
    return (meta.get("property") or meta.get("name")).lower()
