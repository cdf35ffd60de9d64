"""Blocks → numbers: what tells the article's text from the rest of a page, one row for each block.

A row is written in two steps: what the page itself shows (`describe`), and what trafilatura made of it
(`add_reading`). The columns are named in `NAMES`, in order; `weights.json` refers to them by name.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from math import log1p
from string import ascii_uppercase, digits

from newscrawl.extract.blocks import Block, Box, boxes_of
from newscrawl.extract.vocabulary import GROUPS, says_notice
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
FLAGS: tuple[str, ...] = (
    *("ends", "starts_lower", "quote", "colon_end", "mark_start", "notice", "copyright"),
    *("after_h1", "headline", "headline_like", "description", "repeated", "lone"),
    *(f"{name}{offset:+d}" for offset in (-2, -1, 1, 2) for name in ("ends", "heading")),
)
"""Columns that hold nothing but 0 and 1."""
NAMES: tuple[str, ...] = (*SEEN, *_READ)
"""All columns; `add_reading` writes the rest."""

_SENTENCE_STOPS = ".!?…。！？।॥؟۔።"
_CLOSERS = "\"'”’»›)]）」』”"
# Both begin with one set of characters, so that a search skips from one of them to the next.
_STOP = re.compile(f"[{_SENTENCE_STOPS}](?:(?<=[。！？।])|(?=\\s|$|[{re.escape(_CLOSERS)}]))")
_SEPARATOR = re.compile(r"[|•·›»→▶–—/-](?:(?<=[|•·›»→▶])|(?<=\s.)(?=\s))")
_DIGIT = re.compile(r"\d")
_UPPER = re.compile(r"[A-ZÀ-ÖØ-Þ\u0400-\u042f]")
_ASCII_DIGITS, _ASCII_UPPER = digits.encode(), ascii_uppercase.encode()
_CREDITED = ("photo", "foto", "image", "bild", "getty", "reuters", "afp", "dpa", "ap")
_MARKED = ("©", "®", "™", "(c)")
_CREDIT = re.compile(rf"(?:{'|'.join(_CREDITED)})\s*(?:[:/)]|images)")
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
    place = _Place(blocks, known)
    stated = _of_stated(blocks, known)
    near = [_NOBODY, _NOBODY, *map(_of_neighbour, blocks), _NOBODY, _NOBODY]
    return [
        [
            *_of_names(block.box.own, block.box.around, block.box.tag),
            *_of_text(block),
            *place.of(index, block),
            *stated[index],
            *near[index],
            *near[index + 1],
            *near[index + 3],
            *near[index + 4],
        ]
        if is_candidate(block)
        else []
        for index, block in enumerate(blocks)
    ]


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
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_ENDS = frozenset(_SENTENCE_STOPS + _CLOSERS)
_NOBODY = (0.0, 0.0, 0.0, 0.0)


@lru_cache(maxsize=4096)
def _of_names(own: int, around: int, tag: str) -> tuple[float, ...]:
    return (*_bits(own), *_bits(around), *_TAG_ROWS.get(tag, _NO_TAG))


def _bits(bits: int) -> Iterator[float]:
    return (float(bits >> index & 1) for index in range(len(GROUPS)))


def _of_neighbour(block: Block) -> tuple[float, float, float, float]:
    text, chars = block.text, block.chars
    ends = 1.0 if text[-1] in _ENDS and (text.rstrip(_CLOSERS)[-1:] or " ") in _SENTENCE_STOPS else 0.0
    return log1p(chars), block.link_chars / chars, ends, 1.0 if block.box.tag in _HEADINGS else 0.0


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
        log1p(_count_separators(text)),
        1.0 if text[0] in "\"'“”„«»‚‘「『" else 0.0,
        1.0 if last in (":", "：") else 0.0,
        1.0 if text[0] in "#@©*+-–—•→►▶↓›»[(" else 0.0,
        1.0 if says_notice(short) else 0.0,
        1.0 if _is_credit(short) else 0.0,
    ]


def _is_credit(text: str) -> bool:
    """Whether a lower-cased text claims a copyright or names a picture's maker."""
    holds = text.__contains__
    return any(map(holds, _MARKED)) or (any(map(holds, _CREDITED)) and bool(_CREDIT.search(text)))


def _count_separators(text: str) -> int:
    if text.isascii() and "|" not in text and " - " not in text and " / " not in text:
        return 0
    return len(_SEPARATOR.findall(text))


def _count(text: str, pattern: re.Pattern[str], plain: bytes) -> int:
    """How many characters match `pattern`; where all are ASCII, `plain` names those that do."""
    if text.isascii():  # deleting bytes is ten times as fast as matching characters
        return len(text) - len(text.encode().translate(None, plain))
    return len(pattern.findall(text))


class _Place:
    """What tells of each block's place on its page."""

    def __init__(self, blocks: Sequence[Block], known: Known) -> None:
        self._known, self._count = known, len(blocks)
        self._top = _top(blocks[0].box)
        self._main = _main(self._top, blocks)
        alike: dict[str, list[Block]] = defaultdict(list)
        for block in blocks:
            alike[block.box.signature].append(block)
        self._sums = {name: _alike(members) for name, members in alike.items()}
        self._forms = Counter([block.form for block in blocks])
        self._first_heading = next((index for index, block in enumerate(blocks) if block.box.tag == "h1"), len(blocks))
        self._passed = list(accumulate([block.chars for block in blocks], initial=0))

    def of(self, index: int, block: Block) -> tuple[float, ...]:
        """The columns of `_PLACE` for the block at `index`."""
        box, form, top, known = block.box, block.form, self._top, self._known
        up = box.parent or box
        up2 = up.parent or up
        prose = top.prose_chars or 1
        return (
            index / self._count,
            self._passed[index] / (top.chars or 1),
            box.depth / 20,
            1.0 if index > self._first_heading else 0.0,
            1.0 if form and form == known.headline else 0.0,
            1.0 if len(form) > 12 and _overlap(form, known.headline) else 0.0,
            1.0 if len(form) > 30 and (form in known.description or known.description[:60] == form[:60]) else 0.0,
            1.0 if self._forms[form] > 1 else 0.0,
            1.0 if box.blocks == 1 else 0.0,
            log1p(box.blocks),
            log1p(box.chars),
            box.link_chars / (box.chars or 1),
            box.prose_chars / prose,
            up.prose_chars / prose,
            up.link_chars / (up.chars or 1),
            up2.prose_chars / prose,
            _distance(box, self._main),
            *self._sums[box.signature],
        )


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
    best, seen = top, {top}
    for block in blocks:
        box = block.box
        while box not in seen and box.parent is not None:
            seen.add(box)
            if box.prose_chars > 0.7 * top.prose_chars and box.depth > best.depth:
                best = box
            box = box.parent
    return best


def _distance(box: Box, main: Box) -> float:
    """Levels from `main` down to the block's box; -1 when it lies outside."""
    steps, walk = 0, box
    while walk.depth > main.depth and walk.parent is not None:
        walk, steps = walk.parent, steps + 1
    return min(steps, 6) / 3 if walk is main else -1.0


def _of_stated(blocks: Sequence[Block], known: Known) -> list[tuple[float, float, float]]:
    if not known.stated.text:
        return [(0.0, 0.0, 0.0)] * len(blocks)
    shares = [known.stated.share(block.form) for block in blocks]
    page = sum(share * block.chars for block, share in zip(blocks, shares, strict=True))
    page /= max(1, sum(block.chars for block in blocks))
    return [(share, page, 1.0) for share in shares]
