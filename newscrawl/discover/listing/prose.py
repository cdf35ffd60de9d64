"""Text out of markup: what a reader sees of an element, in pieces, and which piece is the headline."""

import re
from functools import lru_cache

from lxml import html

from newscrawl.discover.listing.vocabulary import BLOCK_TAGS, LABEL_WORDS, TIME_WORDS, TITLE_WORDS, UNSEEN_TAGS
from newscrawl.text import count_words, is_unspaced, join_inline, squeeze

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_DEPTH_MAX = 200
_NAME_CHARS = 400
_NO_WORDS: frozenset[str] = frozenset()
_CLASS_BREAK = re.compile(r"[^a-z0-9]+")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_UNSPACED_CHARS_PER_WORD = 2.2
"""Han, kana and Thai characters that say as much as one English word in a headline."""
_HEADLINE_WORDS_MAX = 40

_Part = tuple[str, html.HtmlElement | None]


def pieces(element: html.HtmlElement) -> list[tuple[str, html.HtmlElement]]:
    """The texts of `element` a reader sees apart, with the innermost element that holds each, in reading order.

    Block elements always stand apart; inline elements do where their parent prints no text of its own.
    """
    found: list[tuple[list[_Part], html.HtmlElement]] = [([], element)]
    _walk(element, None, found, 0)
    result = []
    for parts, holder in found:
        text = squeeze(join_inline(parts)) if len(parts) > 1 else squeeze(parts[0][0]) if parts else ""
        if text:
            result.append((text, holder))
    return result


def _walk(
    element: html.HtmlElement,
    link: html.HtmlElement | None,
    found: list[tuple[list[_Part], html.HtmlElement]],
    depth: int,
) -> None:
    tag = element.tag
    if not isinstance(tag, str) or tag in UNSEEN_TAGS or depth > _DEPTH_MAX:
        return
    if tag == "a":
        link = element
    if element.text:
        found[-1][0].append((element.text, link))
    if not len(element):
        return
    mixed = _is_mixed(element)
    for child in element:
        if isinstance(child.tag, str):
            if child.tag in BLOCK_TAGS or not mixed:
                found.append(([], child))
                _walk(child, link, found, depth + 1)
                found.append(([], element))
            else:
                _walk(child, link, found, depth + 1)
        if child.tail:
            found[-1][0].append((child.tail, link))


def _is_mixed(element: html.HtmlElement) -> bool:
    """Whether `element` prints words between its children; marks like "|" do not count."""
    if element.text and any(map(str.isalnum, element.text)):
        return True
    return any(child.tail and any(map(str.isalnum, child.tail)) for child in element)


def element_text(element: html.HtmlElement) -> str:
    """All a reader sees of `element`, on one line."""
    if not len(element):
        return squeeze(element.text) if element.text else ""
    return " ".join(text for text, _ in pieces(element))


def words_of(text: str) -> int:
    """Words of `text`; scripts without spaces count by what a headline's characters say."""
    count = count_words(text)
    if count > 3 and not text.isascii() and is_unspaced(text):
        return round(count / _UNSPACED_CHARS_PER_WORD)
    return count


def class_words(element: html.HtmlElement) -> frozenset[str]:
    """The words of `element`'s class, id and itemprop, camel case and hyphens taken apart, lower case."""
    get = element.get
    name, identity, property_ = get("class"), get("id"), get("itemprop")
    if name is None and identity is None and property_ is None:
        return _NO_WORDS
    return _name_words(name, identity, property_)


@lru_cache(maxsize=8192)
def _name_words(*names: str | None) -> frozenset[str]:
    value = " ".join(name[:_NAME_CHARS] for name in names if name)
    return frozenset(_CLASS_BREAK.split(_CAMEL.sub(" ", value).lower())) | frozenset(value.lower().split())


def headline_within(element: html.HtmlElement, text: str) -> str:
    """The headline a link prints: its heading, its title-like part, its first sentence-like piece, or all of it."""
    if not len(element):
        return text
    for heading in element.iter(*HEADINGS):
        if (inside := element_text(heading)) and words_of(inside) >= 2:
            return inside
    parts = pieces(element)
    if len(parts) == 1:
        return parts[0][0]
    for piece, holder in parts:
        if class_words(holder) & TITLE_WORDS and words_of(piece) >= 2 and not class_words(holder) & LABEL_WORDS:
            return piece
    return _choose_piece(parts)


def _choose_piece(parts: list[tuple[str, html.HtmlElement]]) -> str:
    """The first piece as long as a sentence; else the longest that is no label and no time."""
    first = next((piece for piece, _ in parts if 4 <= words_of(piece) <= _HEADLINE_WORDS_MAX), None)
    if first is not None:
        return first
    plain = [piece for piece, holder in parts if not class_words(holder) & (LABEL_WORDS | TIME_WORDS)]
    return max(plain or [piece for piece, _ in parts], key=words_of, default="")
