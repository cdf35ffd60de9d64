"""Whether a page is itself an article that carries a listing below."""

from lxml import html

from newscrawl import limits
from newscrawl.discover.listing.embedded import story_words
from newscrawl.discover.listing.prose import words_of
from newscrawl.markup import Document
from newscrawl.text import normal_form

_OWN_WORDS_MIN = 120
"""Words of paragraphs outside every record."""
_PARAGRAPH_WORDS_MIN = 12


def is_article(document: Document, cards: set[html.HtmlElement]) -> bool:
    """Whether the page has a story of its own: running paragraphs that belong to no record, and a sign of one.

    A page that renders later holds its story in its state, under its own title.
    """
    if not _declares_article(document):
        return False
    words = story_words(document.states, _own_titles(document))
    for paragraph in document.root.iter("p"):
        text = "".join(paragraph.itertext())
        count = words_of(text)
        if count < _PARAGRAPH_WORDS_MIN:
            continue
        if any(above in cards for above in (paragraph, *paragraph.iterancestors())):
            continue
        words += count
        if words >= _OWN_WORDS_MIN:
            break
    return words >= _OWN_WORDS_MIN


def _own_titles(document: Document) -> set[str]:
    """What the page calls itself, in normal form."""
    titles = ("og:title", "twitter:title")
    metas = (meta for meta in document.root.iter("meta") if _property_of(meta) in titles)
    named = [h.text_content() for h in document.root.iter("h1")] + [meta.get("content") or "" for meta in metas]
    return {form for name in named if (form := normal_form(name[: limits.HEADLINE_CHARS]))}


def _declares_article(document: Document) -> bool:
    for meta in document.root.iter("meta"):
        if _property_of(meta) == "og:type":
            return (meta.get("content") or "").lower() in ("article", "news", "newsarticle")
    headings = [
        h
        for h in document.root.iter("h1")
        if h.find(".//a") is None and not any(a.tag == "a" for a in h.iterancestors())
    ]
    return len(headings) == 1


def _property_of(meta: html.HtmlElement) -> str:
    return (meta.get("property") or meta.get("name") or "").lower()
