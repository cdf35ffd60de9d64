"""The article's text: the blocks of the page that pass for it, judged with trafilatura's reading where there is doubt.

Records of other articles are left out first. Every other block is judged from its build, its place, its neighbours
and the text that the publisher states in JSON-LD. Where that leaves much in doubt, trafilatura reads a copy of the tree
that holds nothing but what may be text, and all blocks are judged anew with its reading. The blocks that pass are the
body, in the page's order.
"""

import logging
from collections.abc import Iterable, Sequence
from copy import deepcopy
from dataclasses import dataclass
from functools import cache
from typing import Any

from lxml import etree, html
from trafilatura import bare_extraction
from trafilatura.settings import Document as Read
from trafilatura.settings import Extractor

from newscrawl import limits
from newscrawl.extract.blocks import INLINE, Block, boxes_of, split_blocks
from newscrawl.extract.boilerplate import end_of_text, is_boilerplate, is_caption, is_signature
from newscrawl.extract.features import Known, Reading, add_reading, describe
from newscrawl.extract.judge import judge
from newscrawl.extract.related import find_related
from newscrawl.markup import Document
from newscrawl.text import normal_form, squeeze

# A page it finds no text on is not worth a warning each; what became of a page is ours to say.
logging.getLogger("trafilatura").setLevel(logging.CRITICAL)

_UNREAD = ("style", "svg", "template", "noscript", "iframe", "select", "meta", "link", etree.Comment)
_LEFT = ("br", "hr", "script", "button")
"""What stays in the tree beside blocks and inline elements: breaks, JSON-LD, and buttons that were never closed."""
SIEVED_BELOW = 0.02
"""A block is shown to trafilatura from this likelihood on: 0.06 % of all articles' text stood below (2026-11-25)."""
TAKEN_FROM = 0.45
"""A block is taken from this likelihood on; 0.4 to 0.5 score within 0.2 of each other on unseen sites (2026-11-25)."""
_DOUBTFUL_FROM, _DOUBTFUL_TO, _DOUBTFUL_SHARE_MAX = 0.2, 0.8, 0.15
_SURE_CHARS_MIN = 500
"""Without trafilatura's reading a text counts from this length on, with so little in doubt beside it: three of four
pages. Unseen sites lose nothing: F1 is 96.04 so, 96.02 with its reading of every page, 95.96 with a share of 0.2
(2026-11-25, folds as in `fit_blocks.py`)."""


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


def read_body(
    document: Document, *, headline: str | None = None, lines: Iterable[str] = (), captions: bool = False
) -> Body:
    """The article text of `document`. Never raises.

    `headline` and `lines` are left out of it: what other fields were read from, such as a byline or a date. `captions`:
    those of the pictures within the text, and right above it, are lines of it.
    """
    printed = _printed_blocks(document)
    blocks, rows = _describe(document, printed, headline)
    scores, read = judge(rows, "alone"), ""
    if not is_sure(blocks, scores):
        rows, read = read_likely(document, blocks, rows, scores)
        scores = judge(rows)
    chosen = [i for i, score in enumerate(scores) if score >= TAKEN_FROM]
    end = end_of_text(blocks, chosen)
    others = {normal_form(line) for line in (headline, *lines) if line}
    chosen = [i for i in chosen if i < end and blocks[i].form not in others]
    if len(chosen) > 1 and is_signature(blocks[chosen[-1]]):
        del chosen[-1]
    taken = [blocks[i] for i in chosen]
    if taken:
        score = sum(blocks[i].chars * scores[i] for i in chosen) / sum(block.chars for block in taken)
        lines = [block.text for block in (_with_captions(taken, printed) if captions else taken)]
        return _body(lines, "blocks", score)
    return _body([squeeze(line) for line in read.splitlines()], "trafilatura", 0.3)


def _body(lines: Sequence[str], evidence: str, score: float) -> Body:
    paragraphs, room = [], limits.BODY_CHARS
    for line in filter(None, lines):
        if room <= 0:
            break
        paragraphs.append(line[:room])
        room -= len(line) + 2
    return Body("\n\n".join(paragraphs), tuple(paragraphs), evidence, score) if paragraphs else Body(None)


def describe_blocks(document: Document, headline: str | None = None) -> tuple[list[Block], list[list[float]]]:
    """The blocks that may be the article's, and what is seen of each; other articles' records are left out."""
    return _describe(document, _printed_blocks(document), headline)


def _printed_blocks(document: Document) -> list[Block]:
    """The blocks that may be the article's, and the captions."""
    found = split_blocks(document.root)
    related = find_related(found)
    return [block for i, block in enumerate(found) if i not in related and not is_boilerplate(block)]


def _with_captions(taken: Sequence[Block], printed: Sequence[Block]) -> list[Block]:
    """`taken`, and the captions between the first and the last of them or right above the first."""
    text = set(taken)
    first = start = printed.index(taken[0])
    while start and is_caption(printed[start - 1]):
        start -= 1
    end = printed.index(taken[-1], first)
    return [block for block in printed[start:end] if block in text or is_caption(block)] + [taken[-1]]


def _describe(
    document: Document, printed: Sequence[Block], headline: str | None
) -> tuple[list[Block], list[list[float]]]:
    blocks = [block for block in printed if not is_caption(block)]
    stated = max((_body_in(node) for node in document.json_ld), key=len, default="")
    title = headline or _meta(document.root, "og:title") or document.root.findtext(".//title") or ""
    description = _meta(document.root, "og:description") or _meta(document.root, "description")
    known = Known(Reading.of(stated), normal_form(title), normal_form(description))
    return blocks, describe(blocks, known)


def is_sure(blocks: Sequence[Block], likelihoods: Sequence[float]) -> bool:
    """Whether the page alone tells its text from the rest: there is enough of it, and little is in doubt."""
    taken = sum(block.chars for block, score in zip(blocks, likelihoods, strict=True) if score >= TAKEN_FROM)
    doubtful = sum(
        block.chars for block, score in zip(blocks, likelihoods, strict=True) if _DOUBTFUL_FROM < score < _DOUBTFUL_TO
    )
    return taken >= _SURE_CHARS_MIN and doubtful <= _DOUBTFUL_SHARE_MAX * taken


def read_likely(
    document: Document, blocks: Sequence[Block], rows: Sequence[list[float]], likelihoods: Sequence[float]
) -> tuple[list[list[float]], str]:
    """The rows of the blocks that may be text, completed with trafilatura's reading of them alone, and that reading.

    The row of a block below `SIEVED_BELOW` is empty.
    """
    rows = [row if score >= SIEVED_BELOW else [] for row, score in zip(rows, likelihoods, strict=True)]
    read = _read_trafilatura(_copy_of(document.root, [block for block, row in zip(blocks, rows, strict=True) if row]))
    add_reading(rows, blocks, Reading.of(read))
    return rows, read


def _copy_of(root: html.HtmlElement, blocks: Sequence[Block]) -> html.HtmlElement:
    """A copy of only `blocks` and what they stand in: trafilatura's time is spent in searches over the whole tree."""
    tree = deepcopy(root)
    kept = {box.element for block in blocks for box in boxes_of(block)}
    body, copied = root.find("body"), tree.find("body")
    open_ = [(root, tree) if body is None or copied is None else (body, copied)]
    while open_:
        for child, twin in [*zip(*open_.pop(), strict=True)]:
            if child in kept:
                open_.append((child, twin))
            elif child.tag not in INLINE and child.tag not in _LEFT:
                twin.drop_tree()
    etree.strip_elements(tree, *_UNREAD, with_tail=False)
    for script in list(tree.iter("script")):
        if "json" not in (script.get("type") or ""):  # trafilatura's last resort reads JSON-LD
            script.drop_tree()
    return tree


@cache
def _options() -> Extractor:
    return Extractor(fast=True, comments=False, output_format="python")


def _read_trafilatura(tree: html.HtmlElement) -> str:
    """Read a tree with trafilatura alone: "" where it finds none. The tree is used up."""
    for button in list(tree.iter("button")):
        if button.find(".//p") is not None:
            button.tag = "div"
    read = bare_extraction(tree, options=_options())
    return (read.text or "") if isinstance(read, Read) else ""


def _body_in(node: dict[str, Any]) -> str:
    body = node.get("articleBody")
    return body[: limits.BODY_CHARS] if isinstance(body, str) else ""


def _meta(root: html.HtmlElement, name: str) -> str:
    for meta in root.iter("meta"):
        if name in (meta.get("property"), meta.get("name")):
            return meta.get("content") or ""
    return ""
