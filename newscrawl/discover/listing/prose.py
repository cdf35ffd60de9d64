"""Text out of markup: what a reader sees of an element, in pieces, and which piece is the headline."""

import re

from lxml import html

from newscrawl.discover.listing.vocabulary import LABEL_WORDS, TIME_WORDS, TITLE_WORDS
from newscrawl.text import count_words, is_unspaced, join_inline, squeeze

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_BLOCKS = frozenset(
    "address article aside blockquote br dd div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr "
    "li main nav ol p pre section table tbody td tfoot th thead tr ul".split()
)
_UNSEEN = frozenset("script style noscript template svg iframe select option textarea head object button".split())
_DEPTH_MAX = 200
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
    if not isinstance(tag, str) or tag in _UNSEEN or depth > _DEPTH_MAX:
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
            if child.tag in _BLOCKS or not mixed:
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
    """The words of `element`'s class and id, camel case and hyphens taken apart, lower case."""
    value = f"{element.get('class') or ''} {element.get('id') or ''} {element.get('itemprop') or ''}"
    if value == "  ":
        return frozenset()
    value = value[:400]
    whole = value.lower()
    return frozenset(_CLASS_BREAK.split(_CAMEL.sub(" ", value).lower())) | frozenset(whole.split())


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
