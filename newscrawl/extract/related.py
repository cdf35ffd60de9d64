"""Related blocks: other articles' records on an article's page, found before the text is read so that none leaks.

Two signs. A heading that says so in any of many languages, with linked headlines under it; or a row of records alike
in build, each with a linked headline and a time. What is found here is `discover`'s to read, never the body's.
"""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from newscrawl.extract.blocks import Block, Box, boxes_of, is_prose
from newscrawl.extract.vocabulary import RELATED_HEADINGS

# Both on lower-cased text: several times as fast as matching without regard to case.
_HEADING = re.compile(rf"\W*(?:{RELATED_HEADINGS})\W*")
_HEADING_CHARS = 60
_HEADLINE_CHARS = 15
_LINKED_SHARE = 0.8
_TIME_CHARS = 48
_TIME = re.compile(
    r"\b\d{1,2}:\d\d\b|\b(?:19|20)\d\d\b|\d[年日시분]|\b\d{1,2}[./]\d{1,2}\b"
    r"|\b\d{1,2}\.? (?:\w{3,}|[^\W\da-z])|\w{3,} \d{1,2}\b"
    r"|\b\d+ ?(?:h|m|d|min|hrs?)\b|\bago\b|\b(?:yesterday|today|just now)\b|\d+ ?(?:小时|分钟|時間|分|天|日)前"
)
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_BEFORE_HEADLINE = 5
"""Source, time and picture lines that may stand before a record's headline."""
_FLAT_PROSE_MAX = 3
_NEAR = 8
"""How many headlines to each side tell where a record ends; all of them would be quadratic."""
_RECORDS_MIN = 3
"""Records of one build without a heading over them; two alike are often the article's own halves."""

_TIMES_MIN = 2
"""Times under a heading that are records' and not one note's."""


def find_related(blocks: Sequence[Block]) -> set[int]:
    """Indices of the blocks that belong to records of other articles."""
    page = _Page(blocks)
    found: set[int] = set()
    for index, block in enumerate(blocks):
        if block.chars > _HEADING_CHARS or index in found or not _HEADING.fullmatch(_lower(block.text)):
            continue
        linked = page.headlines(index + 1, index + 6)
        found.update(page.under_heading(index) if linked else page.boxed_under(index))
    found.update(page.in_rows())
    return found


def _lower(text: str) -> str:
    """`text` in small letters; of "İ" Python makes two characters."""
    return text.lower().replace("i\u0307", "i")


class _Page:
    """The blocks of a page, and which of them are linked headlines."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self.blocks = blocks
        self.heads = [index for index, block in enumerate(blocks) if _is_headline(block)]
        self.title = next((index for index, block in enumerate(blocks) if block.box.tag == "h1"), -1)
        self._times: dict[int, bool] = {}

    def under_heading(self, index: int) -> range:
        """A heading at `index` and the records that follow it, one upon the other."""
        around = self._around(index)
        limit, end, gaps = around.end, index + 1, [0]
        heads = self.headlines(index + 1, limit)
        for place, head in enumerate(heads):
            if head < end:
                continue
            if head > end + _BEFORE_HEADLINE or end <= self.title <= head or self._prose(end, head):
                break
            href = self.blocks[head].href
            after = next((other for other in heads[place + 1 :] if self.blocks[other].href != href), None)
            end = max(head + 1, self._record(head, index).end)
            while end < limit and self.blocks[end].href == href:
                end += 1
            if not self._prose(head, end) and self._is_dated(head, limit):
                # Records without boxes of their own: the text up to the next headline, or as much as the others had.
                stop = min(limit, end + max(gaps)) if after is None else after
                if not end <= self.title < stop and len(self._prose(end, stop)) <= _FLAT_PROSE_MAX:
                    gaps.append(stop - end)
                    end = stop
        return range(index, end) if end > index + 1 else range(index, index)

    def boxed_under(self, index: int) -> range:
        """A heading at `index` and the box that begins with it, where that prints the times of several records.

        Their links are laid over the cards without a word, or scripts put them in later.
        """
        end = index
        for box in boxes_of(self.blocks[index]):
            if box.start < index or box.start <= self.title < box.end:
                break
            end = box.end
        times = sum(self._is_time(place) for place in range(index + 1, end))
        return range(index, end) if times >= _TIMES_MIN else range(index, index)

    def _around(self, index: int) -> Box:
        """The innermost box that holds the heading and a linked headline after it."""
        for box in boxes_of(self.blocks[index]):
            if self.headlines(index + 1, box.end):
                return box
        return box

    def _record(self, head: int, heading: int) -> Box:
        """The outermost box around a headline that holds no headline of another article, nor the heading."""
        record, href = self.blocks[head].box, self.blocks[head].href
        place = bisect_left(self.heads, head)
        near = [other for other in self.heads[max(0, place - _NEAR) : place + _NEAR] if self.blocks[other].href != href]
        for box in boxes_of(self.blocks[head]):
            if box.start <= heading or box.start <= self.title < box.end:
                break
            if any(box.start <= other < box.end for other in near):
                break
            record = box
        return record

    def _prose(self, start: int, end: int) -> list[int]:
        return [index for index in range(start, end) if is_prose(self.blocks[index])]

    def _is_dated(self, head: int, limit: int) -> bool:
        return any(self._is_time(index) for index in range(max(0, head - 2), min(limit, head + 3)))

    def in_rows(self) -> Iterator[int]:
        """Blocks of records that repeat side by side, each with a headline that links elsewhere and a time."""
        for members in self._rows():
            if len(members) < _RECORDS_MIN:
                continue
            records = [box for box in members if self._is_record(box)]
            if len(records) < _RECORDS_MIN or 2 * len(records) <= len(members):
                continue
            dated = sum(any(map(self._is_time, range(box.start, box.end))) for box in records)
            if 2 * dated > len(records):
                for box in records:
                    yield from range(box.start, box.end)

    def _rows(self) -> Iterable[list[Box]]:
        """The boxes that hold blocks, those of one tag in one box together."""
        seen: set[Box] = set()
        rows: dict[tuple[Box, str], list[Box]] = defaultdict(list)
        for block in self.blocks:
            box = block.box
            while box.parent is not None and box not in seen:
                seen.add(box)
                rows[box.parent, box.tag].append(box)
                box = box.parent
        return rows.values()

    def _is_record(self, box: Box) -> bool:
        if box.end - box.start < 2 or box.start <= self.title < box.end:
            return False
        return len({self.blocks[index].href for index in self.headlines(box.start, box.end)}) == 1

    def headlines(self, start: int, end: int) -> list[int]:
        """The blocks from `start` to before `end` that are one linked headline each."""
        return self.heads[bisect_left(self.heads, start) : bisect_left(self.heads, end)]

    def _is_time(self, index: int) -> bool:
        known = self._times.get(index)
        if known is None:
            block = self.blocks[index]
            known = block.chars <= _TIME_CHARS and block.box.tag not in _HEADINGS
            known = known and (block.times > 0 or bool(_TIME.search(block.text.lower())))
            self._times[index] = known
        return known


def _is_headline(block: Block) -> bool:
    linked = block.link_chars >= max(_HEADLINE_CHARS, _LINKED_SHARE * block.chars)
    return linked and block.links == 1 and block.href[:1] != "#"
