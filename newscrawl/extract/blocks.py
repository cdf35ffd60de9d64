"""Tree → blocks: the page as a reader sees it, one entry for each paragraph, heading, list item or caption, in order.

A block is a run of text between two block-level tags (or two `<br>`s). Its box is the element that holds it; boxes
form the page's skeleton and carry what is known of all blocks below them.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

from lxml import html

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
INLINE = frozenset((
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i",
    "ins", "kbd", "label", "mark", "nobr", "q", "ruby", "rb", "s", "samp", "small", "span", "strike", "strong",
    "sub", "sup", "time", "tt", "u", "var", "wbr", "img", "picture", "source",
))  # fmt: skip
_Link: TypeAlias = html.HtmlElement | None
"""The `<a>` a run of text stands in."""
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
    signature: str = ""
    """Tag and class of the element and of two above it; alike for what one template printed. Empty: holds no block."""
    own: int = 0
    """Bits of `vocabulary` found in the element's own tag, class, id and role."""
    around: int = 0
    """Bits of the element and all elements above it."""
    blocks: int = 0
    chars: int = 0
    link_chars: int = 0
    prose_chars: int = 0
    """Characters of long blocks with few links."""
    read_chars: int = 0
    """Characters of blocks that trafilatura read as the article's."""


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
    for block in walk.blocks:
        _add_up(block)
    return walk.blocks


def is_prose(block: Block) -> bool:
    """Whether a block is long and mostly unlinked."""
    return block.chars >= _PROSE_CHARS and 2 * block.link_chars < block.chars


def _add_up(block: Block) -> None:
    chars, links = block.chars, block.link_chars
    prose = chars if is_prose(block) else 0
    box: Box | None = block.box
    while box is not None:
        box.blocks += 1
        box.chars += chars
        box.link_chars += links
        box.prose_chars += prose
        box = box.parent


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
        self.names: dict[tuple[str, ...], int] = {}
        self.parts: list[tuple[str, _Link]] = []
        self.marked = self.times = self.breaks = 0
        self.linked = False
        self.labels: dict[tuple[str, str, str], str] = {}

    def enter(self, root: html.HtmlElement) -> None:
        """Read the whole tree under `root`."""
        self._block(root, None, None, 0)

    def _block(self, element: html.HtmlElement, parent: Box | None, link: _Link, depth: int) -> None:
        self._end(parent)
        box = Box(element, element.tag, parent, depth)
        if element.text:
            self._add(element.text, link, False)
        self._children(element, box, link, False, depth)
        self._end(box)

    def _children(self, element: html.HtmlElement, box: Box, link: _Link, marked: bool, depth: int) -> None:
        for child in element:
            tag = child.tag
            if isinstance(tag, str) and (tag not in _SKIPPED or (tag == "button" and _is_unclosed(child))):
                if tag == "br":
                    self._break(box)
                elif depth >= _DEPTH_MAX:
                    self._add(" ".join(child.itertext()), link, marked)
                elif tag == "a" and any(isinstance(inner.tag, str) and inner.tag not in INLINE for inner in child):
                    self._block(child, box, child, depth + 1)  # a card that is one link
                elif tag in INLINE or tag in _CELLS:
                    self._inline(child, tag, box, link, marked, depth + 1)
                else:
                    self._block(child, box, link, depth + 1)
            if child.tail:
                self._add(child.tail, link, marked)

    def _inline(self, child: html.HtmlElement, tag: str, box: Box, link: _Link, marked: bool, depth: int) -> None:
        if tag == "a":
            link = child
        elif tag in ("b", "strong", "em", "i", "u"):
            marked = True
        elif tag == "time":
            self.times += 1
        elif tag in _CELLS:
            self._add(" ", link, False)
        if child.text:
            self._add(child.text, link, marked)
        if len(child):
            self._children(child, box, link, marked, depth)

    def _add(self, text: str, link: _Link, marked: bool) -> None:
        if text.isspace():
            if self.parts:
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
        if self.breaks > 1:
            self._end(box)
        elif self.parts:
            self.parts.append((" ", None))

    def _end(self, box: Box | None) -> None:
        """Close the open run of text, which stood in `box`."""
        parts, self.breaks = self.parts, 0
        if not parts:
            return
        if self.linked:
            text = squeeze(join_inline(parts))
            linked = [(part, link) for part, link in parts if link is not None]
            link_chars = min(len(text), sum(len(" ".join(part.split())) for part, _ in linked))
            links, href = len({id(link) for _, link in linked}), linked[0][1].get("href") or "#"
        else:
            text, link_chars, links, href = squeeze("".join([part for part, _ in parts])), 0, 0, ""
        if text and box is not None:
            self._name(box)
            self.blocks.append(Block(text, box, link_chars, links, href, min(self.marked, len(text)), self.times))
        self.parts, self.marked, self.times, self.linked = [], 0, 0, False

    def _name(self, box: Box) -> None:
        """Read the names of a box and of those above it: few boxes hold text, and only their names tell anything."""
        parent = box.parent
        if box.signature:
            return
        if parent is not None:
            self._name(parent)
        tag, get = box.tag, dict(box.element.items()).get
        css, above = get("class", ""), parent.signature if parent else ""
        names = (tag, css, get("id", ""), get("role", ""))
        own = self.names.get(names)
        if own is None:
            own = self.names[names] = _bits(" ".join(names))
        style = get("style")
        if get("hidden") is not None or get("aria-hidden") == "true" or (style and _HIDDEN_STYLE.search(style)):
            own |= WORD_BITS["hidden"]
        signature = self.labels.get((tag, css, above))
        if signature is None:
            signature = self.labels[tag, css, above] = "<".join([f"{tag}.{css[:60]}", *above.split("<", 2)[:2]])
        box.signature, box.own = signature, own
        # The body's own names tell of the page's kind, not of its parts.
        box.around = own | parent.around if parent else 0


def _is_unclosed(button: html.HtmlElement) -> bool:
    """Whether the page forgot to close a button, so that the parser put what follows into it."""
    return button.find(".//p") is not None


def _bits(names: str) -> int:
    bits = 0
    for word in _WORD.findall(_CAMEL.sub(" ", names).lower()):
        bits |= WORD_BITS.get(word, 0)
    return bits
