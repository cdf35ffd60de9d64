"""The plain text of an aggregator's page → its own article, and the records it lists below.

A record is known by the shape of its head, never by words of a site: a short publisher line, a line that is a time,
the publisher once more ("- Mint"), then a headline and its text. Without that repetition a head counts only where
the text has several of them. All before the first head is the page's own article.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from newscrawl import limits
from newscrawl.discover.dates import DateReader
from newscrawl.errors import DiscoverError, TimeError
from newscrawl.markup import decode
from newscrawl.models import Block, Channel, Entry, Listing, Page, Source, Timestamp
from newscrawl.text import count_words, is_unspaced, squeeze
from newscrawl.times import Habits
from newscrawl.urls import card_url

_LINES = 50_000
_TIME_TRIES = 500
"""Lines tried as a time where no repetition points at them; the dear part of reading a text."""
_PUBLISHER_CHARS = 80
_TIME_CHARS = 60
_LEAD_LINES = 12
_SHORT_WORDS = 11
_SHORT_CHARACTERS = 15
"""A line of no more words (in scripts without spaces: characters) may be a menu, a label or a button."""
_SENTENCE_WORDS = 4
_BULLET = re.compile(r"[-–—•·|]\s*")
_BETWEEN = re.compile(r"\s+[-–—•·|]\s+")
# A full stop of any script, perhaps inside a closing quote or bracket; an ellipsis ends labels ("No comments yet...").
_SENTENCE_END = re.compile(r"(?<!\.)[.!?。！？｡।॥؟۔։።་៕။][\"'”’»)\]」』]*$")
# What is left of an image or link whose markup was lost: one word of ASCII with a URL's query, scheme or image name.
_URL_SIGN = re.compile(r"[?&]\w+=|://|\.(?:jpe?g|png|webp|gif|avif|svg)\b", re.IGNORECASE)
_HASHTAGS = re.compile(r"#[^\s,]+(?:[\s,]+#[^\s,]+)*,?")


@dataclass(frozen=True, slots=True)
class _Head:
    """The lines above a record's headline: [start, end)."""

    start: int
    end: int
    publisher: str
    time_text: str
    stamp: Timestamp | None
    evidence: str


@dataclass(frozen=True, slots=True)
class _Lines:
    """The printed lines of a text, squeezed, without blank ones and remnants of URLs."""

    texts: list[str]
    after_gap: list[bool]
    """Whether a blank line, or the top of the text, stood above."""


def read_plaintext(page: Page, *, source: Source, channel: Channel, habits: Habits | None = None) -> Listing:
    """The article that `page` is, as entry 0 with the page's own URL, then the records of its list.

    Records get `<page url>#<hash of headline>` as URL; their block is `related`, or `main` where the page has no
    article of its own. Raises DiscoverError(`empty_feed`) where there is neither. `page_is_article` stays False, as
    the article is an entry. Words glued where the text lost a link stay glued: the text cannot tell.
    """
    dates = DateReader(page=page, source=source, origin="listing", habits=habits)
    lines = _split(decode(page.body, content_type=page.headers.get("content-type"), known=page.encoding).text)
    heads = _find_heads(lines, dates)
    own = _read_own(lines.texts[: heads[0].start] if heads else lines.texts, page, dates)
    block: Block = "related" if own else "main"
    entries = [own] if own else []
    entries += _read_records(lines, heads, page=page, block=block)
    if not entries:
        raise DiscoverError(page.url, "no article and no list of articles in this text", "empty_feed")
    kept = tuple(
        replace(entry, position=position, channel_url=channel.url)
        for position, entry in enumerate(entries[: limits.ENTRIES])
    )
    truncated = len(entries) > len(kept)
    warnings = [*dates.warnings]
    if truncated:
        warnings.append(("entry_limit", f"{len(entries)} records, the first {len(kept)} kept"))
    return Listing(entries=kept, warnings=tuple(warnings), truncated=truncated)


def _split(text: str) -> _Lines:
    texts: list[str] = []
    after_gap: list[bool] = []
    gap = True
    for line in text[: limits.BODY_BYTES].splitlines()[:_LINES]:
        squeezed = squeeze(line)
        if squeezed and not _is_url_remnant(squeezed):
            texts.append(squeezed)
            after_gap.append(gap)
        gap = not squeezed
    return _Lines(texts, after_gap)


def _is_url_remnant(text: str) -> bool:
    return " " not in text and text.isascii() and bool(_URL_SIGN.search(text))


# Heads


def _find_heads(lines: _Lines, dates: DateReader) -> list[_Head]:
    repeated = _scan(lines.texts, lambda at: _repeated_head(lines.texts, at, dates))
    # A repetition around a line that is no time could be a dialogue; several of them are a list all the same.
    if len(repeated) > 1 or any(head.stamp for head in repeated):
        for head in repeated:
            if head.stamp is None:
                dates.read(head.time_text)
        return repeated
    tries = _Tries(dates)
    for find in (_stacked_head, _joined_head):
        heads = _scan(lines.texts, lambda at, find=find: find(lines, at, tries))  # type: ignore[misc]
        if len(heads) > 1:
            return heads
    return []


def _scan(texts: Sequence[str], find: Callable[[int], _Head | None]) -> list[_Head]:
    heads: list[_Head] = []
    at = 0
    while at < len(texts) - 1:
        head = find(at)
        if head and head.end < len(texts):
            heads.append(head)
            at = head.end + 1
        else:
            at += 1
    return heads


def _repeated_head(texts: Sequence[str], at: int, dates: DateReader) -> _Head | None:
    """Publisher, time, "- publisher"; or publisher, "- publisher", time."""
    publisher, *rest = texts[at : at + 3]
    if len(rest) < 2 or len(publisher) > _PUBLISHER_CHARS:
        return None
    name = publisher.casefold()
    bare = [
        _BULLET.sub("", line, count=1).strip().casefold() if _BULLET.match(line) else line.casefold() for line in rest
    ]
    if bare[1] == name:
        time_text = rest[0]
    elif bare[0] == name and _BULLET.match(rest[0]):
        time_text = rest[1]
    else:
        return None
    if len(time_text) > _TIME_CHARS:
        return None
    return _Head(at, at + 3, publisher, time_text, _try_time(dates, time_text), "repetition")


class _Tries:
    """`_try_time` with a bound on how often it is asked, and a memory."""

    def __init__(self, dates: DateReader) -> None:
        self.dates, self.known = dates, dict[str, Timestamp | None]()

    def __call__(self, text: str) -> Timestamp | None:
        if len(text) > _TIME_CHARS or (text not in self.known and len(self.known) >= _TIME_TRIES):
            return None
        if text not in self.known:
            self.known[text] = _try_time(self.dates, text)
        return self.known[text]


def _try_time(dates: DateReader, text: str) -> Timestamp | None:
    try:
        return dates.try_read(text)
    except TimeError:
        return None


def _stacked_head(lines: _Lines, at: int, tries: _Tries) -> _Head | None:
    """Publisher below a gap, then a time."""
    publisher, time_text = lines.texts[at], lines.texts[at + 1]
    if not lines.after_gap[at] or lines.after_gap[at + 1] or not _is_name(publisher):
        return None
    stamp = tries(time_text)
    return _Head(at, at + 2, publisher, time_text, stamp, "line") if stamp else None


def _joined_head(lines: _Lines, at: int, tries: _Tries) -> _Head | None:
    """Publisher and time on one line: "Mint · 2 hours ago"."""
    parts = _BETWEEN.split(lines.texts[at], maxsplit=2)
    if len(parts) != 2 or not _is_name(parts[0]):
        return None
    stamp = tries(parts[1])
    return _Head(at, at + 1, parts[0], parts[1], stamp, "line") if stamp else None


def _is_name(text: str) -> bool:
    return len(text) <= _PUBLISHER_CHARS and _is_short(text) and not _SENTENCE_END.search(text)


# Articles


def _read_records(lines: _Lines, heads: Sequence[_Head], *, page: Page, block: Block) -> list[Entry]:
    entries: dict[str, Entry] = {}
    stops = [*(head.start for head in heads), len(lines.texts)][1:]
    for head, stop in zip(heads, stops, strict=True):
        headline, *body = lines.texts[head.end : stop]
        headline = headline[: limits.HEADLINE_CHARS]
        url = card_url(page.url, headline)
        if url in entries and entries[url].publisher != head.publisher:
            url = card_url(page.url, f"{headline}\n{head.publisher}")
        entry = Entry(
            url=url,
            headline=headline,
            article_body=_join(_trim(body)),
            publisher=head.publisher,
            time_text=head.time_text,
            date_published=head.stamp,
            block=block,
            origins={"publisher": head.evidence},
        )
        entries.setdefault(url, entry)
    return list(entries.values())


def _read_own(texts: Sequence[str], page: Page, dates: DateReader) -> Entry | None:
    """The article above the first record; None where there are only labels."""
    body = _trim([text for text in texts if not _HASHTAGS.fullmatch(text)])
    start = next((index for index, text in enumerate(body) if _is_paragraph(text)), None)
    if start is None:
        return None
    lead = body[max(0, start - _LEAD_LINES) : start]
    # Menus and bylines are shorter than the headline; of equals the first.
    headline = max(lead, key=count_words, default=None)
    times = ((text, _try_time(dates, text)) for text in lead if text != headline and len(text) <= _TIME_CHARS)
    time_text, stamp = next(((text, stamp) for text, stamp in times if stamp), (None, None))
    return Entry(
        url=page.url,
        headline=headline[: limits.HEADLINE_CHARS] if headline else None,
        article_body=_join(body[start:]),
        time_text=time_text,
        date_published=stamp,
    )


def _trim(texts: Sequence[str]) -> list[str]:
    """`texts` without the labels, buttons and tags that follow the last paragraph."""
    kept = list(texts)
    tail = len(kept)
    while tail and (_is_short(kept[tail - 1]) or _HASHTAGS.fullmatch(kept[tail - 1])):
        tail -= 1
    cut = next((index for index in range(tail, len(kept)) if not _is_sentence(kept[index])), len(kept))
    return kept[:cut]


def _is_short(text: str) -> bool:
    return count_words(text) <= (_SHORT_CHARACTERS if is_unspaced(text) else _SHORT_WORDS)


def _is_sentence(text: str) -> bool:
    return bool(_SENTENCE_END.search(text)) and count_words(text) >= _SENTENCE_WORDS


def _is_paragraph(text: str) -> bool:
    """Whether `text` is a paragraph of an article and no headline, which rarely ends in a full stop."""
    return not _is_short(text) and (bool(_SENTENCE_END.search(text)) or len(text) > 200)


def _join(paragraphs: Sequence[str]) -> str | None:
    return "\n\n".join(paragraphs)[: limits.BODY_CHARS] or None
