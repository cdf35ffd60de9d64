"""An HTML page → its Listing: the links weighed, the cards read, the embedded data added."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from newscrawl import limits
from newscrawl.discover.dates import DateReader
from newscrawl.discover.listing.addresses import read_address
from newscrawl.discover.listing.cards import Cards
from newscrawl.discover.listing.embedded import read_data_records
from newscrawl.discover.listing.features import measure
from newscrawl.discover.listing.fields import Fields, read_fields
from newscrawl.discover.listing.links import Candidate, collect
from newscrawl.discover.listing.merge import Found, merge
from newscrawl.discover.listing.own import is_article
from newscrawl.discover.listing.weights import MAIN_MIN, RECORD_MIN, main_probability, record_probability
from newscrawl.errors import DiscoverError
from newscrawl.markup import Document, parse
from newscrawl.models import Block, Channel, Entry, Listing, Page, Source, Timestamp
from newscrawl.times import Habits, read_label


def read_html(
    page: Page,
    *,
    source: Source,
    channel: Channel,
    wrapper: Mapping[str, Any] | None = None,
    habits: Habits | None = None,
    document: Document | None = None,
) -> Listing:
    """The records that an HTML page announces, in reading order. Raises DiscoverError (`empty_feed`)."""
    document = document or parse(page)
    warnings: list[tuple[str, str]] = []
    candidates, cut = collect(document)
    if cut:
        warnings.append(("link_limit", f"more than {limits.LINKS} links; the first were kept"))
    measure(candidates, (urlsplit(document.url).hostname or "").removeprefix("www."))
    for candidate in candidates:
        candidate.score = record_probability(candidate.features)
    records = [candidate for candidate in candidates if candidate.score >= RECORD_MIN]
    cards = Cards(records)
    dates = DateReader(page=page, source=source, origin="listing", habits=habits, language=document.language)
    data = read_data_records(document)
    own = _own(document, records, cards)
    found = [_found(record, read_fields(record, cards, document.base_url), own) for record in records]
    page_address = read_address(document.url)
    found = merge(found, data, own_key=page_address.key if page_address else "", block="related" if own else "main")
    if not found:
        raise DiscoverError(page.url, "no record of an article on this page", "empty_feed")
    truncated = cut or len(found) > limits.ENTRIES
    kept = tuple(_finish(record, position, channel, dates) for position, record in enumerate(found[: limits.ENTRIES]))
    return Listing(
        entries=kept, warnings=(*warnings, *dates.warnings), page_is_article=own, truncated=truncated, wrapper={}
    )


def _own(document: Document, records: list[Candidate], cards: Cards) -> bool:
    return is_article(document, {cards.of(record.best).element for record in records})


def _found(record: Candidate, fields: Fields, page_is_article: bool) -> Found:
    block: Block = "main" if main_probability(record.features) >= MAIN_MIN else "widget"
    entry = Entry(
        url=record.address.url,
        headline=fields.headline,
        description=fields.description,
        article_body=fields.article_body,
        publisher=fields.publisher,
        image_url=fields.image_url,
        score=round(record.score, 3),
        block="related" if page_is_article and block == "main" else block,
        time_text=fields.time_text,
        origins=fields.origins,
    )
    return Found(
        entry, record.address.key, fields.time_attribute, signature=record.signature, shape=record.address.shape
    )


def _finish(found: Found, position: int, channel: Channel, dates: DateReader) -> Entry:
    entry = found.entry
    published = _stamp(dates, found.date_text) or _stamp(dates, entry.time_text)
    modified = None
    if published is not None and entry.time_text and read_label(entry.time_text).role == "modified":
        published, modified = None, published
    return replace(
        entry,
        position=position,
        channel_url=channel.url,
        date_published=published,
        date_modified=modified,
        time_text=entry.time_text[: limits.DATE_TEXT_CHARS] if entry.time_text else None,
    )


def _stamp(dates: DateReader, raw: str | None) -> Timestamp | None:
    return dates.read(raw) if raw else None
