"""HTML inside a field of a feed or of embedded data → plain text."""

import html
import re
from collections.abc import Iterator

from lxml import etree
from lxml import html as lxml_html

from newscrawl import limits
from newscrawl.markup.prescan import check_markup
from newscrawl.markup.tree import clean_text
from newscrawl.text import join_inline, squeeze

_MARKUP = re.compile(r"<[A-Za-z/!]")
_BLANK_LINE = re.compile(r"\n[ \t\r\f\v]*\n")
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_TABLES = frozenset(("table", "tbody", "td", "tfoot", "th", "thead", "tr"))
_LISTS = frozenset(("dd", "dl", "dt", "li", "ol", "ul"))
_SECTIONS = frozenset(("address", "article", "aside", "body", "fieldset", "footer", "header", "main", "section"))
_BLOCKS = _HEADINGS | _TABLES | _LISTS | _SECTIONS | {"blockquote", "center", "div", "hr", "p", "pre"}
_UNSEEN_TEXT = frozenset(("figcaption", "head", "noscript", "script", "style", "template"))
_EMBEDDED = frozenset(("audio", "embed", "iframe", "object", "svg", "video"))
_UNSEEN = _UNSEEN_TEXT | _EMBEDDED | {"button", "form", "select", "textarea"}


def read_line(markup: str) -> str | None:
    """The text of a headline or name on one line; None if empty. Markup and twice-escaped entities are resolved."""
    if _MARKUP.search(markup):
        return squeeze(" ".join(_paragraphs(markup))) or None
    return squeeze(html.unescape(markup)) or None


def read_paragraphs(markup: str) -> str | None:
    """The text of a body, paragraphs separated by a blank line; None if empty.

    Raises PageError (`parse_limit`) for markup past the limits.
    """
    if _MARKUP.search(markup):
        paragraphs = list(_paragraphs(markup))
    else:
        paragraphs = [squeeze(part) for part in _BLANK_LINE.split(html.unescape(markup))]
    return "\n\n".join(filter(None, paragraphs))[: limits.BODY_CHARS] or None


def _paragraphs(markup: str) -> Iterator[str]:
    markup = clean_text(markup)
    check_markup(markup, "")
    parser = lxml_html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    source = f"<html><body>{markup}</body></html>".encode("utf-8", "replace")
    root = lxml_html.document_fromstring(source, parser=parser)
    parts: list[tuple[str, object]] = []
    breaks = 0
    for kind, text, link in _tokens(root):
        breaks = breaks + 1 if kind == "break" else 0 if text.strip() else breaks
        if kind == "block" or breaks == 2:
            yield squeeze(join_inline(parts))
            parts, breaks = [], 0
        elif text:
            parts.append((text, link))
    yield squeeze(join_inline(parts))


def _tokens(root: etree._Element) -> Iterator[tuple[str, str, object]]:
    """(block, break or text; the text; the link it stands in) in reading order."""
    link: object = None
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        tag = element.tag
        if event == "start":
            if tag in _UNSEEN:
                walk.skip_subtree()
                continue
            if tag in _BLOCKS:
                yield "block", "", None
            elif tag == "br":
                yield "break", " ", link
            elif tag == "a":
                link = element
            yield "text", element.text or "", link
            continue
        if tag in _BLOCKS:
            yield "block", "", None
        elif tag == "a":
            link = None
        yield "text", element.tail or "", link
