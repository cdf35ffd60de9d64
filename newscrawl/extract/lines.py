"""A tree's text as lines: one for each block, in document order, from one place on."""

from collections.abc import Iterator

from lxml import etree, html

from newscrawl import limits
from newscrawl.text import squeeze

LINE_CHARS = 200
"""Longer lines are running text, not a byline or a time."""
_NEAR_LINES = 30
_NEAR_CHARS = 3_000
_ABOVE_CHARS = 300
_STEPS_MAX = 2_000
"""Tags of one element that are looked at: a block without text must not cost the page."""
_BLOCK_TAGS = """p div h1 h2 h3 h4 h5 h6 li ul ol dl dd dt section article header figure figcaption td tr table main br
    aside footer nav form blockquote"""
_BLOCKS = frozenset(_BLOCK_TAGS.split())
_SILENT = frozenset({"script", "style", "noscript", "svg", "template", "button", "select", "iframe", "rt", "rp"})


def spaced_text(element: html.HtmlElement) -> str:
    """The element's text on one line, with a space between blocks; scripts and buttons left out."""
    if not len(element):
        text = "" if element.tag in _SILENT else element.text or ""
    else:
        text = " ".join(_lines_in(element, limits.HEADLINE_CHARS))
    return squeeze(text)[: limits.HEADLINE_CHARS]


def lines_after(heading: html.HtmlElement) -> Iterator[str]:
    """Short texts printed after `heading`, block by block, until enough was read."""
    lines = 0
    chars = 0
    element: html.HtmlElement | None = heading
    while element is not None and element.tag not in ("body", "html"):
        for sibling in element.itersiblings():
            if not isinstance(sibling.tag, str) or sibling.tag in _SILENT:
                continue
            for line in _lines_in(sibling, _NEAR_CHARS - chars):
                lines += 1
                chars += len(line)
                yield line[:LINE_CHARS]
                if lines >= _NEAR_LINES or chars >= _NEAR_CHARS:
                    return
        element = element.getparent()


def lines_before(heading: html.HtmlElement) -> Iterator[str]:
    """Short texts printed just above `heading`, nearest first."""
    element = heading
    for _ in range(3):
        for count, sibling in enumerate(element.itersiblings(preceding=True)):
            if count >= 4:
                break
            if isinstance(sibling.tag, str) and sibling.tag not in _SILENT:
                yield from [line for line in _lines_in(sibling, _ABOVE_CHARS) if len(line) <= LINE_CHARS][::-1]
        parent = element.getparent()
        if parent is None or parent.tag in ("body", "html"):
            return
        element = parent


def _lines_in(element: html.HtmlElement, chars_max: int) -> Iterator[str]:
    """The element's own text (not its tail), one line for each block in it, until `chars_max` were read."""
    line: list[str] = []
    chars = 0
    walk = etree.iterwalk(element, events=("start", "end", "comment"))
    for count, (event, item) in enumerate(walk):
        if count >= _STEPS_MAX:
            break
        if event == "start":
            text = "" if item.tag in _SILENT else item.text
            if item.tag in _SILENT:
                walk.skip_subtree()
        else:
            text = "" if item is element else item.tail
        if item.tag in _BLOCKS:
            joined = squeeze("".join(line))
            line.clear()
            if joined:
                yield joined
            chars += len(joined)
            if chars >= chars_max:
                return
        line.append(text or "")
    joined = squeeze("".join(line))
    if joined:
        yield joined
