"""Which printed or stated time is the publication's, and which the last change's."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from urllib.parse import urlsplit

from newscrawl import limits
from newscrawl.errors import TimeError
from newscrawl.extract.authors import has_by
from newscrawl.extract.days import IN_TEXT, read_day
from newscrawl.extract.evidence import Candidate, Evidence
from newscrawl.models import Page, Source, TimeOrigin, Timestamp
from newscrawl.text import words
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
# /A20240317142530001: a day with its clock in a number; looked for where no day stands by itself.
_URL_STAMP = re.compile(r"(?<!\d)(20\d\d)()(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?:[01]\d|2[0-3])(?:[0-5]\d){2}\d*")
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
# "9.7 /10" is a mark, not the ninth of July: no date is written with two kinds of separator and half a year.
_SCORE = re.compile(r"\d[.,]\d{1,2}\s?/\s?\d{2}(?!\d)")
_DATELINE_CHARS = 40
_OTHER_WORDS_MAX = 6
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
    day: date | None = None
    """The day of publication where the paper is; None: no date, or an age."""


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

    def day_of(self, published: Timestamp, evidence: Evidence) -> date | None:
        """The day `published` fell on where the paper is."""

        def read(raw: str) -> Timestamp | None:
            return self.read(raw, "visible")

        return read_day(published, evidence, zone=self._source.timezone, read=read, parts_of=_dated_parts)


def choose_dates(evidence: Evidence, reader: DateReader) -> Dates:
    """Published and modified, each the best-placed claim that can be read; later claims narrow or contradict it."""
    origins: dict[str, str] = {}
    published = _first(_published(evidence, reader), "date_published", origins)
    modified = _first(_modified(evidence, reader), "date_modified", origins)
    refused = tuple(dict.fromkeys(reader.refused))
    return Dates(published, modified, origins, refused, reader.day_of(published, evidence) if published else None)


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
        yield from _read_all(evidence.of("time_beside"), reader)
    yield from _read_all(evidence.of("date_published", "url"), reader)


def _is_loose(item: Candidate) -> bool:
    """Whether a schema.org date stands on the page's node or outside any scope: true mostly, not always."""
    return "WebPage" in item.origin or item.origin.startswith("microdata:itemprop")


def _modified(evidence: Evidence, reader: DateReader) -> Iterator[tuple[Timestamp, Candidate]]:
    yield from _read_all(evidence.of("date_modified", "layout", "schemaorg", "microdata", "meta", "state"), reader)
    for item in evidence.of("time_text"):
        if read_label(item.value).role == "modified":
            yield from _read_all([item], reader)


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
    marked, spare = _marked(evidence)
    near = [item for item in evidence.near if not item.origin.endswith(IN_TEXT)]
    for item in [*marked, *near, *spare, *(item for item in evidence.near if item.origin.endswith(IN_TEXT))]:
        if not _may_be_time(item.value) or read_label(item.value[:_LINE_CHARS]).role == "modified":
            continue
        for part in _dated_parts(item.value):
            found = reader.read(part, "visible") if not _SCORE.search(part) else None
            if found is None or found.kind == "clock" or (item.origin.endswith(IN_TEXT) and _is_weak(found)):
                continue
            yield found, item
            break


def _is_weak(found: Timestamp) -> bool:
    """Whether a reading is too little to believe from within the text: a story's own "an hour ago", 7/10/2009."""
    return found.kind == "relative" or ("ambiguous" in found.flags and "." not in found.raw)


def _marked(evidence: Evidence) -> tuple[list[Candidate], list[Candidate]]:
    """Elements marked as times that stand near the headline; and the only one there is, wherever it stands.

    Several elsewhere are other articles'. Within a text that tells the last change, a time is that change's.
    """
    times = evidence.of("time_text")
    near = [line.value for line in evidence.near if not line.origin.endswith(IN_TEXT)]
    changes = [item.value for item in times if read_label(item.value).role == "modified"]
    kept = [item for item in times if not any(item.value in change for change in changes)]
    alone = len({item.value for item in times if _DIGIT.search(item.value)}) == 1
    here = [item for item in kept if not near or any(item.value in line for line in near)]
    return here, [item for item in kept if alone and item not in here]


def _may_be_time(text: str) -> bool:
    """Whether `text` holds a digit, or is as short as "an hour ago"."""
    return bool(_DIGIT.search(text)) or (len(text) <= _AGE_CHARS and len(text.split()) in _AGE_WORDS)


def _dated_parts(line: str) -> Iterator[str]:
    """What of a line may be a time: all of it, what stands between marks, a date within or in front of a text."""
    is_short = len(line) <= _LINE_CHARS and not _is_sentence(line)
    if is_short:
        yield line
        parts = [part for part in _PARTS.split(line) if _DIGIT.search(part)]
        if len(parts) > 1 or parts != [line]:
            yield from parts
    for found in _DATE_WITHIN.finditer(line if is_short else line[:_DATELINE_CHARS]):
        yield found.group(0)


def _is_sentence(line: str) -> bool:
    """Whether a line holds a date and so much beside that the date is of what it tells (a caption)."""
    rest = _DATE_WITHIN.sub("", line)
    return rest != line and len(words(rest)) > _OTHER_WORDS_MAX and not has_by(line) and read_label(line).role is None


def read_url_day(url: str) -> str | None:
    """The day written in the address, as YYYY-MM-DD; None if it has none, or several that differ."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    found = list(_URL_DAY.finditer(parts.path))
    if not found and "://" not in parts.path:  # an archive's stamp before an address is the day it was saved
        found = list(_URL_STAMP.finditer(parts.path))
    days = {f"{m[1]}-{m[3]}-{m[4]}" for m in found}
    return days.pop() if len(days) == 1 else None


def as_text(instant: datetime) -> str:
    """ISO 8601, in UTC, ending in Z."""
    return instant.isoformat().replace("+00:00", "Z")
