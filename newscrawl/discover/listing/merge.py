"""Embedded data and printed records brought together: data fills gaps, and adds lists the markup does not render."""

from dataclasses import dataclass, replace
from statistics import median

from newscrawl.discover.listing.addresses import read_address
from newscrawl.discover.listing.embedded import DataRecord
from newscrawl.discover.listing.prose import words_of
from newscrawl.models import Block, Entry

_HEADLINE_WORDS_MEDIAN_MIN = 4
"""Lists of shorter titles are menus."""
_FILLED = ("publisher", "description", "article_body", "image_url", "time_text")


@dataclass(slots=True)
class Found:
    """A record on its way to becoming an Entry."""

    entry: Entry
    key: str
    date_text: str | None = None
    """A machine-readable time, better than the printed one."""


def merge(found: list[Found], data: list[DataRecord], *, own_key: str, block: Block) -> list[Found]:
    """`found`, its gaps filled from `data`, then the records of lists of which the page renders nothing."""
    by_key = {record.key: record for record in found}
    rendered = {record.group for record in data if record.key in by_key}
    for record in data:
        if record.key in by_key:
            _fill(by_key[record.key], record)
    for group in sorted({record.group for record in data} - rendered):
        members = [record for record in data if record.group == group and record.key != own_key]
        if len(members) < 2 or median(words_of(member.headline) for member in members) < _HEADLINE_WORDS_MEDIAN_MIN:
            continue
        for member in members:
            address = read_address(member.url)
            if member.key in by_key or address is None or address.not_article:
                continue
            by_key[member.key] = _new(member, block)
            found.append(by_key[member.key])
    return found


def _fill(found: Found, record: DataRecord) -> None:
    entry, origins = found.entry, dict(found.entry.origins)
    values = {name: getattr(record, name) for name in _FILLED if getattr(entry, name) is None and getattr(record, name)}
    if entry.article_body and "description" in values:
        del values["description"]
    origins.update(dict.fromkeys(values, record.origin))
    if entry.time_text is None and "time_text" not in values and record.date_text:
        values["time_text"], origins["time_text"] = record.date_text, record.origin
    if found.date_text is None and record.date_text:
        found.date_text = record.date_text
    found.entry = replace(entry, **values, origins=origins)


def _new(record: DataRecord, block: Block) -> Found:
    entry = Entry(
        url=record.url,
        headline=record.headline,
        description=record.description,
        article_body=record.article_body,
        publisher=record.publisher,
        image_url=record.image_url,
        block=block,
        time_text=record.time_text or record.date_text,
        origins={
            "url": record.origin,
            "headline": record.origin,
            "time_text": record.origin,
            "publisher": record.origin,
        },
    )
    return Found(entry, record.key, record.date_text)
