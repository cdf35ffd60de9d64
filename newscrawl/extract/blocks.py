"""Tree → blocks: the page as a reader sees it, one entry for each paragraph, heading, list item or caption, in order.

A block is a run of text between two block-level tags (or two `<br>`s). Its box is the element that holds it; boxes
form the page's skeleton and carry what is known of all blocks below them.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TypeAlias

from lxml import etree, html

from newscrawl.extract.vocabulary import WORD_BITS
from newscrawl.text import join_inline, normal_form, squeeze

# What never prints as running text. noscript repeats what scripts show; buttons and form fields are controls.
_SKIPPED = frozenset((
    "script", "style", "template", "svg", "math", "noscript", "iframe", "object", "embed", "canvas", "audio",
    "video", "map", "select", "option", "optgroup", "datalist", "button", "input", "textarea", "head", "meta",
    "link", "title", "rp", "rt", "progress", "meter",
))  # fmt: skip
# Cells of one row are one block, unless they hold paragraphs.
_CELLS = frozenset(("td", "th"))
_MARKS = frozenset(("b", "strong", "em", "i", "u"))
INLINE = frozenset((
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i",
    "ins", "kbd", "label", "mark", "nobr", "q", "ruby", "rb", "s", "samp", "small", "span", "strike", "strong",
    "sub", "sup", "time", "tt", "u", "var", "wbr", "img", "picture", "source",
))  # fmt: skip
_INLINE_OR_SILENT = INLINE | {etree.Comment}
_FLOWING = INLINE | _CELLS
_Link: TypeAlias = html.HtmlElement | None
"""The `<a>` a run of text stands in."""
_BREAK = (" ", None)
_DEPTH_MAX = 240
_PROSE_CHARS = 80
_WORD = re.compile(r"[a-z]+")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


@dataclass(slots=True, eq=False)
class Box:
    """A block-level element: its place, its names, and sums over the blocks below it."""

    element: html.HtmlElement
    tag: str
    parent: "Box | None"
    depth: int
    start: int
    """The place of its first block among the page's."""
    end: int = 0
    """The place after its last block."""
    name: str = ""
    """Tag and class. Empty: holds no block."""
    signature: str = ""
    """Its name and those of two above it; alike for what one template printed."""
    own: int = 0
    """Bits of `vocabulary` found in the element's own tag, class, id and role."""
    around: int = 0
    """Bits of the element and all elements above it."""
    chars: int = 0
    link_chars: int = 0
    prose_chars: int = 0
    """Characters of long blocks with few links."""
    read_chars: int = 0
    """Characters of blocks that trafilatura read as the article's."""

    @property
    def blocks(self) -> int:
        """How many blocks it holds."""
        return self.end - self.start


@dataclass(slots=True, eq=False)
class Block:
    """One run of text."""

    text: str
    box: Box
    link_chars: int
    links: int
    href: str
    """Where its first link leads, as written; empty: no link."""
    marked_chars: int
    """Characters in bold or italics."""
    times: int
    """`<time>` elements in it."""
    chars: int = field(init=False)
    form: str = field(init=False)
    """Normal form of the text."""

    def __post_init__(self) -> None:
        self.chars = len(self.text)
        self.form = normal_form(self.text)


def split_blocks(root: html.HtmlElement) -> list[Block]:
    """The blocks of the page in reading order."""
    walk = _Walk()
    body = root.find("body")
    walk.enter(body if body is not None else root)
    return walk.blocks


def is_prose(block: Block) -> bool:
    """Whether a block is long and mostly unlinked."""
    return block.chars >= _PROSE_CHARS and 2 * block.link_chars < block.chars


def boxes_of(block: Block) -> Iterator[Box]:
    """The block's box and all above it, innermost first."""
    box: Box | None = block.box
    while box is not None:
        yield box
        box = box.parent


class _Walk:
    """One pass over a tree; it holds the run of text that has not ended yet."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.parts: list[tuple[str, _Link]] = []
        self.marked = self.times = self.breaks = 0
        self.linked = False

    def enter(self, root: html.HtmlElement) -> None:
        """Read the whole tree under `root`."""
        self._block(root, None, None, 0)

    def _block(self, element: html.HtmlElement, parent: Box | None, link: _Link, depth: int) -> None:
        if self.parts:
            self._end(parent)
        box = Box(element, element.tag, parent, depth, len(self.blocks))
        text = element.text
        if text and not text.isspace():
            self._add(text, link, False)
        if len(element):
            self._children(element, box, link, False, depth)
        if self.parts:
            self._end(box)
        box.end = len(self.blocks)
        if parent is not None and box.chars:
            parent.chars += box.chars
            parent.link_chars += box.link_chars
            parent.prose_chars += box.prose_chars

    def _children(self, element: html.HtmlElement, box: Box, link: _Link, marked: bool, depth: int) -> None:
        for child in element:
            tag = child.tag
            if tag == "br":
                self._break(box)
            elif tag is etree.Comment or (tag in _SKIPPED and not (tag == "button" and _is_unclosed(child))):
                pass
            elif depth >= _DEPTH_MAX:
                self._add(" ".join(child.itertext()), link, marked)
            elif tag == "a" and _is_card(child):
                self._block(child, box, child, depth + 1)
            elif tag in _FLOWING:
                self._inline(child, tag, box, link, marked, depth + 1)
            else:
                self._block(child, box, link, depth + 1)
            tail = child.tail
            if tail and (self.parts or not tail.isspace()):
                self._add(tail, link, marked)

    def _inline(self, child: html.HtmlElement, tag: str, box: Box, link: _Link, marked: bool, depth: int) -> None:
        if tag == "a":
            link = child
        elif tag in _MARKS:
            marked = True
        elif tag == "time":
            self.times += 1
        elif tag in _CELLS and self.parts:
            self._add(" ", link, False)
        text = child.text
        if text and (self.parts or not text.isspace()):
            self._add(text, link, marked)
        if len(child):
            self._children(child, box, link, marked, depth)

    def _add(self, text: str, link: _Link, marked: bool) -> None:
        if text.isspace():
            self.parts.append((" ", link))
            return
        self.breaks = 0
        self.parts.append((text, link))
        if link is not None:
            self.linked = True
        if marked:
            self.marked += len(text)

    def _break(self, box: Box) -> None:
        """One `<br>` is a space, a second one ends the block."""
        self.breaks += 1
        if not self.parts:
            return
        if self.breaks > 1:
            self._end(box)
        else:
            self.parts.append(_BREAK)

    def _end(self, box: Box | None) -> None:
        """Close the open run of text, which stood in `box`."""
        parts = self.parts
        while parts[-1] == _BREAK:
            parts.pop()
        if not self.linked:
            text, link_chars, links, href = squeeze("".join([part for part, _ in parts])), 0, 0, ""
        elif len(parts) == 1:
            text = squeeze(parts[0][0])
            link_chars, links, href = len(text), 1, _href_of(parts[0][1])
        else:
            text = squeeze(join_inline(parts))
            linked = [(part, link) for part, link in parts if link is not None]
            link_chars = min(len(text), sum([len(" ".join(part.split())) for part, _ in linked]))
            links, href = len({link for _, link in linked}), _href_of(linked[0][1])
        if text and box is not None:
            if not box.name:
                _name(box)
            block = Block(text, box, link_chars, links, href, min(self.marked, len(text)), self.times)
            self.blocks.append(block)
            box.chars += block.chars
            box.link_chars += link_chars
            if is_prose(block):
                box.prose_chars += block.chars
        self.parts, self.marked, self.times, self.linked = [], 0, 0, False


def _name(box: Box) -> None:
    """Read the names of a box and of those above it: few boxes hold text, and only their names tell anything."""
    parent, tag, get = box.parent, box.tag, box.element.get
    css, id, role, style = get("class"), get("id"), get("role"), get("style")
    own = _bits(tag)
    for names in (css, id, role):
        if names:
            own |= _bits(names)
    if get("hidden") is not None or get("aria-hidden") == "true" or (style and _HIDDEN_STYLE.search(style)):
        own |= WORD_BITS["hidden"]
    box.own = own
    box.name = f"{tag}.{css[:60]}" if css else f"{tag}."
    if parent is None:
        # The body's own names tell of the page's kind, not of its parts.
        box.signature = box.name
        return
    if not parent.name:
        _name(parent)
    box.around = own | parent.around
    above = parent.parent
    box.signature = f"{box.name}<{parent.name}<{above.name}" if above else f"{box.name}<{parent.name}"


def _href_of(link: _Link) -> str:
    return (link.get("href") or "#") if link is not None else ""


def _is_card(link: html.HtmlElement) -> bool:
    """Whether a link holds block-level elements: a card that is one link."""
    return len(link) > 0 and not _INLINE_OR_SILENT.issuperset([inner.tag for inner in link])


def _is_unclosed(button: html.HtmlElement) -> bool:
    """Whether the page forgot to close a button, so that the parser put what follows into it."""
    return button.find(".//p") is not None


@lru_cache(maxsize=8192)
def _bits(names: str) -> int:
    bits = 0
    for word in _WORD.findall(_CAMEL.sub(" ", names).lower()):
        bits |= WORD_BITS.get(word, 0)
    return bits
