"""Blocks → numbers: what tells the article's text from the rest of a page, one row for each block.

A row is written in two steps: what the page itself shows (`describe`), and what trafilatura made of it
(`add_reading`). The columns are named in `NAMES`, in order; `weights.json` refers to them by name.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import log1p
from string import ascii_uppercase, digits

from newscrawl.extract.blocks import Block, Box, boxes_of
from newscrawl.extract.vocabulary import GROUPS, NOTICE_WORDS
from newscrawl.text import normal_form

_TAGS = ("p", "h1", "h2", "h3", "h4", "li", "div", "blockquote", "figcaption", "tr", "section", "article")
_TEXT = (
    "log_chars", "words_share", "stops", "ends", "commas", "digits", "upper", "starts_lower", "link_share", "links",
    "marked", "times", "separators", "quote", "colon_end", "mark_start", "notice", "copyright",
)  # fmt: skip
_PLACE = (
    "place", "chars_place", "depth", "after_h1", "headline", "headline_like", "description", "repeated", "lone",
    "box_blocks", "box_chars", "box_links", "box_prose", "up_prose", "up_links", "up2_prose", "main_depth",
    "alike", "alike_chars", "alike_links",
)  # fmt: skip
_STATED = ("stated", "stated_page", "any_stated")
_NEIGHBOURS = ("log_chars", "link_share", "ends", "heading")
_READ = (
    "read", "read_box", "read_up", "read_alike", "read_page", "read_before", "read_after", "read_inside",
    "read-2", "read-1", "read+1", "read+2",
)  # fmt: skip

SEEN: tuple[str, ...] = (
    *(f"own_{name}" for name in GROUPS),
    *(f"around_{name}" for name in GROUPS),
    *(f"tag_{tag}" for tag in _TAGS),
    *_TEXT,
    *_PLACE,
    *_STATED,
    *(f"{name}{offset:+d}" for offset in (-2, -1, 1, 2) for name in _NEIGHBOURS),
)
"""The columns that `describe` writes."""
NAMED = 2 * len(GROUPS) + len(_TAGS)
"""How many columns at the start of a row tell names only: all blocks of one template have the same."""
NAMES: tuple[str, ...] = (*SEEN, *_READ)
"""All columns; `add_reading` writes the rest."""

_SENTENCE_STOPS = ".!?…。！？।॥؟۔።"
_CLOSERS = "\"'”’»›)]）」』”"
_STOP = re.compile(f"[{_SENTENCE_STOPS}](?=\\s|$|[{re.escape(_CLOSERS)}])|[。！？।]")
_DIGIT = re.compile(r"\d")
_UPPER = re.compile(r"[A-ZÀ-ÖØ-Þ\u0400-\u042f]")
_ASCII_DIGITS, _ASCII_UPPER = digits.encode(), ascii_uppercase.encode()
_SEPARATOR = re.compile(r"[|•·›»→▶]|\s[-–—/]\s")
# On lower-cased text: without IGNORECASE the search skips by first letters and is four times as fast.
_NOTICE = re.compile(NOTICE_WORDS)
_COPYRIGHT = re.compile(r"[©®™]|\(c\)|(?:photo|foto|image|bild|getty|reuters|afp|dpa|ap)\s*(?:[:/)]|images)")
_SHORT_CHARS = 300
"""From this length on a block is neither a notice nor a picture's credit."""
_LINKED_CHARS = 80
"""A block that is nothing but a link may still be the article's from this length on."""
_AROUND = 5
"""How many blocks to each side tell of a block's neighbourhood in trafilatura's reading."""
_PROBE_CHARS = 32
"""How much of each end of a block is looked up in a reading: enough to be telling, short enough to survive edits."""


@dataclass(frozen=True, slots=True)
class Reading:
    """Somebody's reading of the page, to ask whether it holds a block: trafilatura's, or the publisher's JSON-LD."""

    text: str
    """Normal form of the whole."""
    lines: frozenset[str]
    """Normal forms of its lines."""

    @classmethod
    def of(cls, text: str) -> "Reading":
        """The reading that says `text`."""
        lines = [normal_form(line) for line in text.splitlines()]
        return cls("".join(lines), frozenset(lines))

    def share(self, form: str) -> float:
        """How much of a block, by its normal form, this reading holds: 0, 0.5 or 1."""
        if not self.text or not form:
            return 0.0
        if len(form) < _PROBE_CHARS:
            return 1.0 if form in self.lines else 0.0
        return ((form[:_PROBE_CHARS] in self.text) + (form[-_PROBE_CHARS:] in self.text)) / 2


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a page besides its blocks."""

    stated: Reading
    """By the publisher, in JSON-LD."""
    headline: str
    """Normal form."""
    description: str
    """Normal form of the meta description."""


def describe(blocks: Sequence[Block], known: Known) -> list[list[float]]:
    """One row of numbers for each block, columns as in `SEEN`; empty for what cannot be the article's."""
    if not blocks:
        return []
    place = _of_place(blocks, known)
    stated = _of_stated(blocks, known)
    near = [
        (log1p(block.chars), block.link_chars / block.chars, _ends(block.text), _is_heading(block)) for block in blocks
    ]
    near = [_NOBODY, _NOBODY, *near, _NOBODY, _NOBODY]
    rows: list[list[float]] = []
    for index, block in enumerate(blocks):
        if not is_candidate(block):
            rows.append([])
            continue
        row = [*_bits(block.box.own), *_bits(block.box.around), *_TAG_ROWS.get(block.box.tag, _NO_TAG)]
        row += _of_text(block)
        row += place[index]
        row += stated[index]
        for offset in (0, 1, 3, 4):
            row += near[index + offset]
        rows.append(row)
    return rows


def is_candidate(block: Block) -> bool:
    """Whether a block may be the article's at all: the menus and link lists of a page are not worth a row each."""
    return block.link_chars < 0.9 * block.chars or block.chars > _LINKED_CHARS


def add_reading(rows: Sequence[list[float]], blocks: Sequence[Block], read: Reading) -> None:
    """Complete the rows of `describe` with what trafilatura read; an empty row stays empty."""
    shares = [read.share(block.form) if row else 0.0 for block, row in zip(blocks, rows, strict=True)]
    for block, share in zip(blocks, shares, strict=True):
        if share:
            for box in boxes_of(block):
                box.read_chars += int(share * block.chars)
    alike: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0])
    for block, share in zip(blocks, shares, strict=True):
        sums = alike[block.box.signature]
        sums[0] += share
        sums[1] += 1
    page = sum(share * block.chars for block, share in zip(blocks, shares, strict=True))
    page /= max(1, sum(block.chars for block in blocks))
    taken = [index for index, share in enumerate(shares) if share == 1]
    first, last = (taken[0], taken[-1]) if taken else (len(blocks), -1)
    around = [0.0] * _AROUND + shares + [0.0] * _AROUND
    for index, (row, block) in enumerate(zip(rows, blocks, strict=True)):
        if not row:
            continue
        share, box, at = shares[index], block.box, index + _AROUND
        up, sums = box.parent or box, alike[box.signature]
        row += (
            share,
            box.read_chars / max(1, box.chars),
            up.read_chars / max(1, up.chars),
            (sums[0] - share + 0.5 * page) / (sums[1] - 0.5),
            page,
            sum(around[index:at]) / _AROUND,
            sum(around[at + 1 : at + 1 + _AROUND]) / _AROUND,
            1.0 if first <= index <= last else 0.0,
            around[at - 2],
            around[at - 1],
            around[at + 1],
            around[at + 2],
        )


_TAG_ROWS = {tag: tuple(float(tag == other) for other in _TAGS) for tag in _TAGS}
_NO_TAG = (0.0,) * len(_TAGS)
_NOBODY = (0.0, 0.0, 0.0, 0.0)


@lru_cache(maxsize=4096)
def _bits(bits: int) -> tuple[float, ...]:
    return tuple(float(bits >> index & 1) for index in range(len(GROUPS)))


def _is_heading(block: Block) -> float:
    return 1.0 if block.box.tag in ("h1", "h2", "h3", "h4", "h5", "h6") else 0.0


def _ends(text: str) -> float:
    last = text.rstrip(_CLOSERS)[-1:]
    return 1.0 if last and last in _SENTENCE_STOPS else 0.0


def _of_text(block: Block) -> list[float]:
    text, chars = block.text, block.chars
    last = text.rstrip(_CLOSERS)[-1:]
    short = text.lower() if chars < _SHORT_CHARS else ""
    return [
        log1p(chars),
        (text.count(" ") + 1) / chars,
        log1p(len(_STOP.findall(text))),
        1.0 if last and last in _SENTENCE_STOPS else 0.0,
        log1p(text.count(",") + text.count("，") + text.count("、") + text.count("،")),
        _count(text, _DIGIT, _ASCII_DIGITS) / chars,
        _count(text, _UPPER, _ASCII_UPPER) / chars,
        1.0 if text[0].islower() else 0.0,
        block.link_chars / chars,
        log1p(block.links),
        min(1.0, block.marked_chars / chars),
        min(1.0, block.times),
        log1p(len(_SEPARATOR.findall(text))),
        1.0 if text[0] in "\"'“”„«»‚‘「『" else 0.0,
        1.0 if last in (":", "：") else 0.0,
        1.0 if text[0] in "#@©*+-–—•→►▶↓›»[(" else 0.0,
        1.0 if short and _NOTICE.search(short) else 0.0,
        1.0 if short and _COPYRIGHT.search(short) else 0.0,
    ]


def _count(text: str, pattern: re.Pattern[str], plain: bytes) -> int:
    """How many characters match `pattern`; where all are ASCII, `plain` names those that do."""
    if text.isascii():  # deleting bytes is ten times as fast as matching characters
        return len(text) - len(text.encode().translate(None, plain))
    return len(pattern.findall(text))


def _of_place(blocks: Sequence[Block], known: Known) -> list[list[float]]:
    top = _top(blocks[0].box)
    main = _main(top, blocks)
    alike: dict[str, list[Block]] = defaultdict(list)
    for block in blocks:
        alike[block.box.signature].append(block)
    sums = {name: _alike(members) for name, members in alike.items()}
    counts = Counter(block.form for block in blocks)
    first_heading = next((index for index, block in enumerate(blocks) if block.box.tag == "h1"), len(blocks))
    rows, passed, prose = [], 0, max(1, top.prose_chars)
    for index, block in enumerate(blocks):
        box, form = block.box, block.form
        up = box.parent or box
        up2 = up.parent or up
        rows.append(
            [
                index / len(blocks),
                passed / max(1, top.chars),
                box.depth / 20,
                1.0 if index > first_heading else 0.0,
                1.0 if form and form == known.headline else 0.0,
                float(len(form) > 12 and _overlap(form, known.headline)),
                float(len(form) > 30 and (form in known.description or known.description[:60] == form[:60])),
                1.0 if counts[form] > 1 else 0.0,
                1.0 if box.blocks == 1 else 0.0,
                log1p(box.blocks),
                log1p(box.chars),
                box.link_chars / max(1, box.chars),
                box.prose_chars / prose,
                up.prose_chars / prose,
                up.link_chars / max(1, up.chars),
                up2.prose_chars / prose,
                _distance(box, main),
                *sums[box.signature],
            ]
        )
        passed += block.chars
    return rows


def _overlap(form: str, headline: str) -> bool:
    return bool(headline) and (form in headline or headline in form)


def _alike(members: Sequence[Block]) -> tuple[float, float, float]:
    chars = sum(block.chars for block in members)
    return log1p(len(members)), log1p(chars / len(members)), sum(block.link_chars for block in members) / max(1, chars)


def _top(box: Box) -> Box:
    while box.parent is not None:
        box = box.parent
    return box


def _main(top: Box, blocks: Sequence[Block]) -> Box:
    """The innermost box that still holds most of the page's prose."""
    best = top
    for block in blocks:
        for box in boxes_of(block):
            if box.prose_chars > 0.7 * top.prose_chars:
                if box.depth > best.depth:
                    best = box
                break
    return best


def _distance(box: Box, main: Box) -> float:
    """Levels from `main` down to the block's box; -1 when it lies outside."""
    steps, walk = 0, box
    while walk is not main:
        if walk.parent is None:
            return -1.0
        walk, steps = walk.parent, steps + 1
    return min(steps, 6) / 3


def _of_stated(blocks: Sequence[Block], known: Known) -> list[tuple[float, float, float]]:
    if not known.stated.text:
        return [(0.0, 0.0, 0.0)] * len(blocks)
    shares = [known.stated.share(block.form) for block in blocks]
    page = sum(share * block.chars for block, share in zip(blocks, shares, strict=True))
    page /= max(1, sum(block.chars for block in blocks))
    return [(share, page, 1.0) for share in shares]
