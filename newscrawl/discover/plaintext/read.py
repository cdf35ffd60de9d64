"""The page's own article and the records below it → Listing."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from newscrawl import limits
from newscrawl.discover.dates import DateReader
from newscrawl.discover.plaintext.heads import TIME_CHARS, Head, find_heads, try_time
from newscrawl.discover.plaintext.lines import (
    HASHTAGS,
    Lines,
    is_binary,
    is_headline,
    is_paragraph,
    is_sentence,
    split_lines,
    trim,
)
from newscrawl.errors import DiscoverError
from newscrawl.markup import decode
from newscrawl.models import Block, Channel, Entry, Listing, Page, Source
from newscrawl.text import count_words
from newscrawl.times import Habits
from newscrawl.urls import card_url

_LEAD_LINES = 12


def read_plaintext(page: Page, *, source: Source, channel: Channel, habits: Habits | None = None) -> Listing:
    """The article that `page` is, as entry 0 with the page's own URL, then the records of its list.

    Records get the URL of a card without a link (`urls.card_url`); their block is `related`, or `main` where the
    page has no article of its own. Raises DiscoverError: `empty_feed` where there is
    neither, `not_html` for what is no text.
    `page_is_article` stays False, as the article is an entry. Words glued where the text lost
    a link stay glued: the text cannot tell.
    """
    dates = DateReader(page=page, source=source, origin="listing", habits=habits)
    decoded = decode(page.body, content_type=page.headers.get("content-type"), known=page.encoding)
    if is_binary(decoded.text):
        raise DiscoverError(page.url, "neither markup nor text", "not_html")
    lines = split_lines(decoded.text)
    heads = find_heads(lines, dates)
    own = _read_own(lines.texts[: heads[0].start] if heads else lines.texts, page, dates)
    records = _cut_records(lines, heads)
    if own is None and _first_is_own(records):
        own = _entry(records.pop(0), page.url, "main")
    entries = [own] if own else []
    entries += _entries(records, page_url=page.url, block="related" if own else "main")
    if not entries:
        raise DiscoverError(page.url, "no article and no list of articles in this text", "empty_feed")
    kept = tuple(
        replace(entry, position=position, channel_url=channel.url)
        for position, entry in enumerate(entries[: limits.ENTRIES])
    )
    truncated = len(entries) > len(kept)
    warnings = [*dates.warnings]
    if decoded.doubtful:
        warnings.append(("charset_doubtful", f"read as {decoded.encoding}, {decoded.replaced} characters replaced"))
    if truncated:
        warnings.append(("entry_limit", f"more than {len(kept)} records, the first kept"))
    return Listing(entries=kept, warnings=tuple(warnings), truncated=truncated)


@dataclass(frozen=True, slots=True)
class _Record:
    """A head with what stands below it."""

    head: Head
    headline: str
    body: list[str]
    tail: list[str]
    """Labels and buttons below the body."""


def _cut_records(lines: Lines, heads: Sequence[Head]) -> list[_Record]:
    stops = [*(head.start for head in heads), len(lines.texts)][1:]
    records: list[_Record] = []
    for head, stop in zip(heads, stops, strict=True):
        headline, *texts = lines.texts[head.end : stop]
        body = trim(texts)
        records.append(_Record(head, headline[: limits.HEADLINE_CHARS], body, texts[len(body) :]))
    return records


def _first_is_own(records: Sequence[_Record]) -> bool:
    """Whether the first record is the page's own article: labels part it, and it alone, from the next one."""
    if len(records) < 2 or not records[0].tail or not records[0].body:
        return False
    return not any(record.tail for record in records[1:-1]) and records[-1].tail[:1] != records[0].tail[:1]


def _entries(records: Sequence[_Record], *, page_url: str, block: Block) -> list[Entry]:
    entries: dict[str, Entry] = {}
    for record in records:
        url = card_url(page_url, record.headline)
        if url in entries and entries[url].publisher != record.head.publisher:
            url = card_url(page_url, f"{record.headline}\n{record.head.publisher}")
        entries.setdefault(url, _entry(record, url, block))
    return list(entries.values())


def _entry(record: _Record, url: str, block: Block) -> Entry:
    return Entry(
        url=url,
        headline=record.headline,
        article_body=_join(record.body),
        publisher=record.head.publisher,
        time_text=record.head.time_text,
        date_published=record.head.stamp,
        block=block,
        origins={"publisher": record.head.evidence},
    )


def _read_own(texts: Sequence[str], page: Page, dates: DateReader) -> Entry | None:
    """The article above the first record; None where there are only labels."""
    body = trim([text for text in texts if not HASHTAGS.fullmatch(text)])
    start = next((index for index, text in enumerate(body) if is_paragraph(text)), None)
    if start is None:
        return None
    lead = body[max(0, start - _LEAD_LINES) : start]
    # Menus above are shorter than a headline; a summary below may be longer.
    headline = next(filter(is_headline, lead), None) or max(lead, key=count_words, default=None)
    while headline and body[start - 1] != headline and is_sentence(body[start - 1]):
        start -= 1  # short paragraphs at the beginning
    times = ((text, try_time(dates, text)) for text in lead if text != headline and len(text) <= TIME_CHARS)
    time_text, stamp = next(((text, stamp) for text, stamp in times if stamp), (None, None))
    return Entry(
        url=page.url,
        headline=headline[: limits.HEADLINE_CHARS] if headline else None,
        article_body=_join(body[start:]),
        time_text=time_text,
        date_published=stamp,
    )


def _join(paragraphs: Sequence[str]) -> str | None:
    return "\n\n".join(paragraphs)[: limits.BODY_CHARS] or None
