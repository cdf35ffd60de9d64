"""Which printed or stated time is the publication's, and which the last change's."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from newscrawl import limits
from newscrawl.errors import TimeError
from newscrawl.extract.evidence import Candidate, Evidence
from newscrawl.models import Page, Source, TimeOrigin, Timestamp
from newscrawl.times import Habits, cached_s, intersect, parse_time, read_label

_ORIGINS: dict[str, TimeOrigin] = {
    "schemaorg": "schemaorg",
    "microdata": "schemaorg",
    "meta": "meta",
    "state": "state",
    "visible": "visible",
    "layout": "visible",
    "url": "url",
}
# /2024/03/17/, /2024-03-17-, /20240317: a day in the address; a month alone says too little.
_URL_DAY = re.compile(r"(?<!\d)((?:19|20)\d\d)([/_.-]?)(0[1-9]|1[0-2])\2(0[1-9]|[12]\d|3[01])(?!\d)")
_PARTS = re.compile(r"\s+[|·•–—/]\s+|\s*[|·•]\s*|\s{2,}")
# A date with its year, in numbers or with a word for the month, and its clock where one follows.
_CLOCK = r"(?:,?\s{0,3}(?:at|um|à|a las|alle|kl\.?|-|–|·|\||/)?\s{0,3}\d{1,2}[:.h]\d{2}(?::\d{2})?(?:\s?[ap]\.?m\.?)?)?"
_DATE_WITHIN = re.compile(
    rf"(?<![\w/.-])(?:\d{{4}}[./-]\d{{1,2}}[./-]\d{{1,2}}|\d{{1,2}}[./-]\s?\d{{1,2}}[./-]\s?(?:\d{{4}}|\d{{2}})"
    rf"|\d{{4}}\s?[年년]\s?\d{{1,2}}\s?[月월]\s?\d{{1,2}}\s?[日일]"
    rf"|\d{{1,2}}(?:\.|º|er|st|nd|rd|th)?\s(?:de\s|of\s)?[^\W\d_]{{3,12}}\.?,?\s(?:de\s|del\s)?\d{{4}}"
    rf"|[^\W\d_]{{3,12}}\.?\s\d{{1,2}}(?:st|nd|rd|th)?,?\s\d{{4}}){_CLOCK}(?![\w/-])",
    re.IGNORECASE,
)
_DATELINE_CHARS = 40
_DIGIT = re.compile(r"\d")
_LINE_CHARS = 120
# What a page's own claims may differ by and still be one claim told twice (rounding, a day without a clock).
_SAME = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Dates:
    """The two dates of a page, where each came from, and what else the page says."""

    published: Timestamp | None = None
    modified: Timestamp | None = None
    origins: dict[str, str] = field(default_factory=dict)
    refused: tuple[str, ...] = ()
    """Printed times that could not be read or cannot be."""


class DateReader:
    """Reads raw times as one page means them."""

    def __init__(self, page: Page, source: Source, languages: Sequence[str], habits: Habits | None) -> None:
        self._page, self._source, self._languages, self._habits = page, source, tuple(languages), habits
        self._cache_s = cached_s(page.headers, page.fetched_at)
        self.refused: list[str] = []

    def read(self, raw: str, origin: TimeOrigin) -> Timestamp | None:
        """`raw` as an interval; None where it is no time or one that cannot be (then kept in `refused`)."""
        try:
            found = parse_time(
                raw,
                fetched_at=self._page.fetched_at,
                languages=self._languages,
                timezone=self._source.timezone,
                rule=self._habits,
                origin=origin,
                cache_s=self._cache_s,
            )
        except TimeError:
            self.refused.append(raw[: limits.DATE_TEXT_CHARS])
            return None
        return found


def choose_dates(evidence: Evidence, reader: DateReader) -> Dates:
    """Published and modified, each the best-placed claim that can be read; later claims narrow or contradict it."""
    origins: dict[str, str] = {}
    published = _first(_published(evidence, reader), "date_published", origins)
    modified = _first(_modified(evidence, reader), "date_modified", origins)
    return Dates(published, modified, origins, tuple(dict.fromkeys(reader.refused)))


def _first(
    claims: Iterator[tuple[Timestamp, Candidate]], name: str, origins: dict[str, str], claims_max: int = 4
) -> Timestamp | None:
    """The first claim; the next ones give its day a clock, or are kept as what disagreed."""
    chosen: Timestamp | None = None
    others: list[str] = []
    for count, (found, candidate) in enumerate(claims):
        if chosen is None:
            chosen = found
            origins[name] = candidate.origin
        elif _overlaps(chosen, found):
            if chosen.kind == "day" and found.kind == "instant":
                chosen = intersect(chosen, found)
        elif abs(found.earliest - chosen.earliest) > _SAME:
            others.append(f"{candidate.origin}: {candidate.value[: limits.DATE_TEXT_CHARS]}")
        if count + 1 >= claims_max:
            break
    if others:
        origins[f"{name}.other"] = "; ".join(dict.fromkeys(others))
    return chosen


def _overlaps(a: Timestamp, b: Timestamp) -> bool:
    return a.earliest <= b.latest and b.earliest <= a.latest


def _published(evidence: Evidence, reader: DateReader) -> Iterator[tuple[Timestamp, Candidate]]:
    stated = evidence.of("date_published")
    groups = (
        [item for item in stated if item.reader == "layout"],
        [item for item in stated if item.reader in ("schemaorg", "microdata") and not _is_loose(item)],
        [item for item in stated if item.reader == "meta"],
        [item for item in stated if _is_loose(item)],
        [item for item in stated if item.reader == "state"],
        evidence.of("date_created"),
        [item for item in evidence.of("time_attribute") if read_label(item.origin).role != "modified"],
    )
    claimed = False
    for group in groups:
        for claim in _read_all(group, reader):
            claimed = True
            yield claim
    if not claimed:
        yield from _visible(evidence, reader)
    yield from _read_all(evidence.of("date_published", "url"), reader)


def _is_loose(item: Candidate) -> bool:
    """Whether a schema.org date stands on the page's node or outside any scope: true mostly, not always."""
    return "WebPage" in item.origin or item.origin.startswith("microdata:itemprop")


def _modified(evidence: Evidence, reader: DateReader) -> Iterator[tuple[Timestamp, Candidate]]:
    yield from _read_all(evidence.of("date_modified", "layout", "schemaorg", "microdata", "meta", "state"), reader)
    for item in evidence.of("time_text"):
        if read_label(item.value).role == "modified":
            yield from _read_all([item], reader)


_IN_TEXT = "in the text"
"""Origin of lines past the first running text: an age there is another article's, or a story's own "an hour ago"."""
_AGE_CHARS, _AGE_WORDS = 24, range(2, 5)


def _read_all(candidates: Sequence[Candidate], reader: DateReader) -> Iterator[tuple[Timestamp, Candidate]]:
    for item in candidates:
        found = reader.read(item.value, _ORIGINS.get(item.reader, "visible"))
        if found is not None:
            yield found, item


def _visible(evidence: Evidence, reader: DateReader) -> Iterator[tuple[Timestamp, Candidate]]:
    """Times in printed text: marked elements first, then lines near the headline.

    A bare clock says nothing here: it is of the day of printing, which may be any day before the fetch.
    """
    for item in [*_marked(evidence), *evidence.near]:
        if not _may_be_time(item.value) or read_label(item.value[:_LINE_CHARS]).role == "modified":
            continue
        for part in _dated_parts(item.value):
            found = reader.read(part, "visible")
            if found is None or found.kind == "clock" or (found.kind == "relative" and item.origin.endswith(_IN_TEXT)):
                continue
            yield found, item
            break


def _marked(evidence: Evidence) -> Iterator[Candidate]:
    """Elements marked as times that stand near the headline, or else the only one there is.

    Several elsewhere are other articles'. Within a text that tells the last change, a time is that change's.
    """
    times = evidence.of("time_text")
    near = [line.value for line in evidence.near if not line.origin.endswith(_IN_TEXT)]
    changes = [item.value for item in times if read_label(item.value).role == "modified"]
    alone = len({item.value for item in times if _DIGIT.search(item.value)}) == 1
    for item in times:
        if any(item.value in change for change in changes):
            continue
        if alone or not near or any(item.value in line for line in near):
            yield item


def _may_be_time(text: str) -> bool:
    """Whether `text` holds a digit, or is as short as "an hour ago"."""
    return bool(_DIGIT.search(text)) or (len(text) <= _AGE_CHARS and len(text.split()) in _AGE_WORDS)


def _dated_parts(line: str) -> Iterator[str]:
    """What of a line may be a time: all of it, what stands between marks, a date within or in front of a text."""
    if len(line) <= _LINE_CHARS:
        yield line
        parts = [part for part in _PARTS.split(line) if _DIGIT.search(part)]
        if len(parts) > 1 or parts != [line]:
            yield from parts
    for found in _DATE_WITHIN.finditer(line[:_LINE_CHARS] if len(line) <= _LINE_CHARS else line[:_DATELINE_CHARS]):
        yield found.group(0)


def read_url_day(url: str) -> str | None:
    """The day written in the address, as YYYY-MM-DD; None if it has none, or several that differ."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    days = {f"{m[1]}-{m[3]}-{m[4]}" for m in _URL_DAY.finditer(parts.path)}
    return days.pop() if len(days) == 1 else None


def as_text(instant: datetime) -> str:
    """ISO 8601, in UTC, ending in Z."""
    return instant.isoformat().replace("+00:00", "Z")
