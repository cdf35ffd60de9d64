"""newscrawl: a news monitor you can trust.

Its story, in one direction:

    seeds → sources → Source, Channel
    spider → middlewares, transport → Page        what a publisher sent, and when
    Page → discover → Entry …                     what a listing, feed or sitemap announces
    Page, Entry → extract → Article               with times from `times`, addresses from `urls`
    Article → dedupe, inside store → one SQLite file: new, same, revision or copy
    store → monitor → when to check next, what may have been missed, what is ill
    store → datasets, watches → exports and alerts

As a library, on bytes you already have: `read_entries`, `extract_article`, `parse_time`. See docs/library.md.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from newscrawl.discover import read_entries
    from newscrawl.extract import extract_article
    from newscrawl.models import Article, Entry, Page, Source, Timestamp
    from newscrawl.times import parse_time

_PLACES = {
    "read_entries": "newscrawl.discover",
    "extract_article": "newscrawl.extract",
    "parse_time": "newscrawl.times",
    "Article": "newscrawl.models",
    "Entry": "newscrawl.models",
    "Page": "newscrawl.models",
    "Source": "newscrawl.models",
    "Timestamp": "newscrawl.models",
}
__all__ = ["Article", "Entry", "Page", "Source", "Timestamp", "extract_article", "parse_time", "read_entries"]


def __getattr__(name: str) -> Any:
    """The public names, each loaded when it is first used: a crawl's workers need not load them all."""
    if name not in _PLACES:
        raise AttributeError(f"module 'newscrawl' has no attribute {name!r}")
    return getattr(import_module(_PLACES[name]), name)
