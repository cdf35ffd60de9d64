"""What the listing said of an article, set beside what its own page says."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from newscrawl.extract.evidence import Candidate, gather
from newscrawl.models import Article, Entry, Timestamp
from newscrawl.times import intersect


def read_entry(entry: Entry) -> list[Candidate]:
    """The announcing entry as one more reader (`entry:`), trusted last."""
    return gather(_fields_of(entry))


def _fields_of(entry: Entry) -> Iterator[tuple[str, object, str]]:
    yield "headline", entry.headline, "entry:headline"
    yield "description", entry.description, "entry:description"
    yield "image_url", entry.image_url, "entry:image"
    yield "publisher", entry.publisher, "entry:publisher"
    for name in entry.authors:
        yield "author", name, "entry:authors"


def merge_entry(article: Article, entry: Entry) -> Article:
    """`article` with the listing's dates: agreement narrows, contradiction is recorded, absence is filled.

    A listing that prints the time of the last change contradicts nothing. `date_published.other` names what disagreed.
    """
    origins = dict(article.origins)
    changes: dict[str, Any] = {"channel_url": entry.channel_url or article.channel_url, "origins": origins}
    for name in ("date_published", "date_modified"):
        told: Timestamp | None = getattr(entry, name)
        if told is None:
            continue
        own: Timestamp | None = getattr(article, name)
        if own is None:
            changes[name] = told
            origins[name] = f"entry:{told.origin}"
            continue
        both = intersect(own, told)
        if "contradicted" not in both.flags:
            changes[name] = both
            continue
        origins[f"{name}.other"] = f"entry:{told.origin}: {told.raw}"
        changed = article.date_modified
        if name == "date_published" and changed and "contradicted" not in intersect(changed, told).flags:
            continue
        changes[name] = replace(own, flags=tuple(dict.fromkeys((*own.flags, "contradicted"))))
    if changes.get("date_published"):
        changes["time_text"] = None
    elif article.date_published is None:
        changes["time_text"] = article.time_text or entry.time_text
    return replace(article, **changes)
