"""Embedded data and printed records brought together: data fills gaps, and adds lists the markup does not render."""

from dataclasses import dataclass
from statistics import median

from newscrawl.discover.listing.addresses import read_address
from newscrawl.discover.listing.embedded import DataRecord
from newscrawl.discover.listing.fields import Fields
from newscrawl.discover.listing.prose import words_of
from newscrawl.models import Block

_HEADLINE_WORDS_MEDIAN_MIN = 4
"""Lists of shorter titles are menus."""
_FILLED = ("publisher", "description", "article_body", "image_url", "time_text")


@dataclass(slots=True)
class Found:
    """A record on its way to becoming an Entry."""

    url: str
    key: str
    """The same for every way a page links to one article."""
    fields: Fields
    block: Block
    score: float = 1.0


def merge(found: list[Found], data: list[DataRecord], *, own_key: str, block: Block) -> list[Found]:
    """`found`, its gaps filled from `data`, then the records of lists of which the page renders nothing."""
    by_key = {record.key: record for record in found}
    rendered = {record.group for record in data if record.key in by_key}
    for record in data:
        if record.key in by_key:
            _fill(by_key[record.key].fields, record)
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


def _fill(fields: Fields, record: DataRecord) -> None:
    values = {
        name: getattr(record, name) for name in _FILLED if getattr(fields, name) is None and getattr(record, name)
    }
    if fields.article_body and "description" in values:
        del values["description"]
    fields.origins |= dict.fromkeys(values, record.origin)
    if fields.time_text is None and "time_text" not in values and record.date_text:
        values["time_text"], fields.origins["time_text"] = record.date_text, record.origin
    for name, value in values.items():
        setattr(fields, name, value)
    if fields.time_attribute is None and record.date_text:
        fields.time_attribute = record.date_text


def _new(record: DataRecord, block: Block) -> Found:
    fields = Fields(
        headline=record.headline,
        time_text=record.time_text or record.date_text,
        time_attribute=record.date_text,
        publisher=record.publisher,
        description=record.description,
        article_body=record.article_body,
        image_url=record.image_url,
        origins=dict.fromkeys(("url", "headline", "time_text", "publisher"), record.origin),
    )
    return Found(record.url, record.key, fields, block)
