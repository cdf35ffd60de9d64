"""The article's text: trafilatura reads it, and block evidence of ours corrects what it leaked or dropped.

The page's tree is copied once. Records of other articles are found and cut from the copy; trafilatura reads the rest;
every remaining block is then judged from its build, its place, its neighbours, trafilatura's reading and the text
that the publisher states in JSON-LD. The blocks that pass are the body, in the page's order.
"""

import logging
from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from lxml import etree, html
from trafilatura import bare_extraction
from trafilatura.settings import Document as Read
from trafilatura.settings import Extractor

from newscrawl import limits
from newscrawl.extract.blocks import Block, Box, boxes_of, split_blocks
from newscrawl.extract.boilerplate import end_of_text, is_boilerplate
from newscrawl.extract.features import Evidence, Reading, describe
from newscrawl.extract.judge import judge
from newscrawl.extract.related import find_related
from newscrawl.markup import Document
from newscrawl.text import normal_form, squeeze

# A page it finds no text on is not worth a warning each; what became of a page is ours to say.
logging.getLogger("trafilatura").setLevel(logging.CRITICAL)

_UNREAD = ("style", "svg", "template", "noscript", "iframe", "nav", "select", etree.Comment)
TAKEN_FROM = 0.4
"""A block is taken from this likelihood on; best of 0.3, 0.4 and 0.5 on unseen sites (2026-11-25)."""


@dataclass(frozen=True, slots=True)
class Body:
    """The text of one page, and how sure we are of it."""

    text: str | None
    """Paragraphs separated by a blank line. None: the page holds no readable article text."""
    paragraphs: tuple[str, ...] = ()
    evidence: str = "none"
    """What it rests on: `blocks`, `trafilatura` (no block passed), `none`."""
    score: float = 0.0
    """0 … 1: mean certainty of the blocks taken, by characters."""


def read_body(document: Document, *, language: str | None = None, headline: str | None = None) -> Body:
    """The article text of `document`. Never raises; `headline` (where known) is left out of the text."""
    blocks, evidence, read = read_blocks(document, headline)
    scores = judge(describe(blocks, evidence))
    chosen = [i for i, score in enumerate(scores) if score >= TAKEN_FROM]
    end = end_of_text(blocks, chosen)
    taken = [(blocks[i].text, scores[i]) for i in chosen if i < end]
    chars = sum(len(text) for text, _ in taken)
    if taken:
        score = sum(len(text) * score for text, score in taken) / chars
        return _body([text for text, _ in taken], "blocks", score)
    return _body([squeeze(line) for line in read.splitlines()], "trafilatura", 0.3)


def _body(lines: Sequence[str], evidence: str, score: float) -> Body:
    paragraphs, chars = [], 0
    for line in lines:
        chars += len(line) + 2
        if chars > limits.BODY_CHARS:
            break
        if line:
            paragraphs.append(line)
    return Body("\n\n".join(paragraphs), tuple(paragraphs), evidence, score) if paragraphs else Body(None)


def read_blocks(document: Document, headline: str | None = None) -> tuple[list[Block], Evidence, str]:
    """The page's blocks without records of other articles, what is known of them, and trafilatura's reading."""
    tree = deepcopy(document.root)
    blocks = split_blocks(tree)
    related = find_related(blocks)
    for index in related:
        _drop(blocks[index].box.element)
    blocks = [block for i, block in enumerate(blocks) if i not in related and not is_boilerplate(block)]
    _lighten(tree, blocks)
    read = _read_trafilatura(tree)
    stated = max((_body_in(node) for node in document.json_ld), key=len, default="")
    title = headline or _meta(document.root, "og:title") or document.root.findtext(".//title") or ""
    description = _meta(document.root, "og:description") or _meta(document.root, "description")
    known = Evidence(Reading.of(read), Reading.of(stated), normal_form(title), normal_form(description))
    return blocks, known, read


def _lighten(tree: html.HtmlElement, blocks: Sequence[Block]) -> None:
    """Take out what no reader would keep: trafilatura's time is spent in searches over the whole tree."""
    etree.strip_elements(tree, *_UNREAD, with_tail=False)
    for script in list(tree.iter("script")):
        if "json" not in (script.get("type") or ""):  # trafilatura's last resort reads JSON-LD
            _drop(script)
    menus: set[Box] = set()
    for block in blocks:
        menu = None
        for box in boxes_of(block):
            if box.prose_chars or (box.blocks > 1 and box.link_chars < 0.75 * box.chars):
                break
            menu = box
        if menu is not None and menu.blocks > 2:
            menus.add(menu)
    for menu in menus:
        _drop(menu.element)


def _read_trafilatura(tree: html.HtmlElement) -> str:
    """Read a tree with trafilatura alone: "" where it finds none. The tree is used up."""
    for button in list(tree.iter("button")):
        if button.find(".//p") is not None:
            button.tag = "div"
    options = Extractor(fast=True, comments=False, output_format="python")
    read = bare_extraction(tree, options=options)
    return (read.text or "") if isinstance(read, Read) else ""


def _drop(element: html.HtmlElement) -> None:
    parent = element.getparent()
    if parent is not None:
        element.drop_tree()


def _body_in(node: dict[str, Any]) -> str:
    body = node.get("articleBody")
    return body[: limits.BODY_CHARS] if isinstance(body, str) else ""


def _meta(root: html.HtmlElement, name: str) -> str:
    for meta in root.iter("meta"):
        if name in (meta.get("property"), meta.get("name")):
            return meta.get("content") or ""
    return ""
