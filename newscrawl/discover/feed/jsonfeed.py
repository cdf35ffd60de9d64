"""JSON Feed 1.0 and 1.1 (jsonfeed.org/version/1.1) → Feed. Values of a wrong type are absent."""

import html
import json
import re
from collections.abc import Iterator
from typing import Any

from newscrawl import limits
from newscrawl.discover.feed.hints import read_hints
from newscrawl.discover.feed.newest import newest
from newscrawl.discover.feed.record import Feed, Record
from newscrawl.errors import DiscoverError
from newscrawl.markup.embedded import count_values
from newscrawl.markup.tree import clean_text

_ITEMS = re.compile(r'"items"\s*:\s*\[\s*')
_BETWEEN = re.compile(r"[\s,]*")


class _Number(str):
    """A number as it was written: a million digits cost nothing, and an id may be one."""


_DECODER = json.JSONDecoder(strict=False, parse_int=_Number, parse_float=_Number, parse_constant=_Number)


def read_json(text: str, url: str) -> Feed:
    """The feed in `text`. Raises DiscoverError(`not_a_feed`, or `parse_limit` for more values than allowed)."""
    if count_values(text) > limits.FEED_VALUES:
        raise DiscoverError(url, f"more than {limits.FEED_VALUES} values", "parse_limit")
    try:
        feed, warnings = _DECODER.decode(text), []
    except (ValueError, RecursionError):
        feed = _read_broken(text, url)
        warnings = [("malformed", f"not JSON as a whole; its first {len(feed['items'])} items were read")]
    if not isinstance(feed, dict) or "jsonfeed.org" not in _text(feed.get("version")):
        raise DiscoverError(url, "JSON, but not a JSON Feed", "not_a_feed")
    items = [item for item in _list(feed.get("items")) if isinstance(item, dict)]
    kept = newest(
        len(items), lambda at: _text(items[at].get("date_published")) or _text(items[at].get("date_modified"))
    )
    hubs = [_text(hub.get("url")) for hub in _list(feed.get("hubs")) if isinstance(hub, dict)]
    authors = list(_authors(feed))
    return Feed(
        records=[_record(items[index], authors) for index in kept],
        total=len(items),
        language=_text(feed.get("language"))[:35] or None,
        next_url=_text(feed.get("next_url")) or None,
        hints=read_hints(ttl="", hours=(), days=(), period="", frequency="", hubs=hubs, base=url),
        warnings=warnings,
    )


def _read_broken(text: str, url: str) -> dict[str, Any]:
    """What stands above the items, and the items up to the fault. Raises DiscoverError(`not_a_feed`)."""
    found = _ITEMS.search(text)
    items: list[Any] = []
    try:
        head = _DECODER.decode(f"{text[: found.end()]}]}}") if found else None
        at = found.end() if found else len(text)
        while at < len(text):
            item, at = _DECODER.raw_decode(text, at)
            items.append(item)
            at = _BETWEEN.match(text, at).end()  # type: ignore[union-attr] # it matches nothing as well
    except (ValueError, RecursionError):
        pass  # the fault, behind what could be read
    if not items or not isinstance(head, dict):
        raise DiscoverError(url, "not JSON that can be read", "not_a_feed")
    return {**head, "items": items}


def _record(item: dict[str, Any], feed_authors: list[str]) -> Record:
    guid = str(item["id"]) if isinstance(item.get("id"), _Number) else _text(item.get("id"))
    links = [_text(item.get("url")), _text(item.get("external_url")), guid if _is_address(guid) else ""]
    images = [_text(item.get("image")), _text(item.get("banner_image"))]
    return Record(
        links=[link for link in links if link],
        guid=guid,
        title=html.escape(_text(item.get("title")), quote=False),
        summary=html.escape(_text(item.get("summary")), quote=False),
        content=_text(item.get("content_html")) or html.escape(_text(item.get("content_text")), quote=False),
        authors=list(_authors(item)) or feed_authors,
        images=[(0, image) for image in images if image],
        published=_text(item.get("date_published")),
        modified=_text(item.get("date_modified")),
    )


def _authors(holder: dict[str, Any]) -> Iterator[str]:
    # Version 1.0 has one `author`, 1.1 a list of `authors`.
    for author in [*_list(holder.get("authors")), holder.get("author")]:
        if isinstance(author, dict) and (name := _text(author.get("name"))):
            yield name


def _is_address(guid: str) -> bool:
    return guid.startswith(("http://", "https://"))


def _text(value: object) -> str:
    if not isinstance(value, str) or isinstance(value, _Number):
        return ""
    # JSON can spell half a surrogate pair and control characters; no store and no parser takes them.
    return clean_text(value.encode("utf-8", "replace").decode("utf-8")).strip()


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []
