"""Source → TOML, as `scrapy probe` prints it: `load` reads back the same source."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from datetime import date

from newscrawl.models import Channel, Source


def to_toml(source: Source) -> str:
    """The text of a seed file for `source`, without what is unset; its id and country are the file's place."""
    return "\n".join(_lines(source)) + "\n"


def _lines(source: Source) -> Iterator[str]:
    yield "#:schema ../schema.json"
    yield from _pairs(
        {
            "publisher": source.publisher,
            "url": source.url,
            "in_language": list(source.in_language) or None,
            "timezone": source.timezone,
            "delay_s": source.delay_s,
            "verify_tls": None if source.verify_tls else False,
            "follow_related": source.follow_related or None,
        }
    )
    for channel in source.channels:
        yield from ("", "[[channels]]")
        yield from _pairs(_channel(channel))
    expect = {key: value for key, value in asdict(source.expect).items() if value is not None}
    if expect:
        yield from ("", "[expect]")
        yield from _pairs(expect)
    for layout in source.layouts:
        yield from ("", "[[layouts]]")
        yield from _pairs({"valid_until": layout.valid_until, "select": layout.select})


def _channel(channel: Channel) -> dict[str, object]:
    return {
        "kind": channel.kind,
        "url": channel.url,
        "select": channel.select or None,
        "article_url": channel.article_url,
        "not_url": channel.not_url,
    }


def _pairs(table: Mapping[str, object]) -> Iterator[str]:
    return (f"{key} = {_value(value)}" for key, value in table.items() if value is not None)


def _value(value: object) -> str:
    if isinstance(value, Mapping):
        return "{ " + ", ".join(_pairs(value)) + " }" if value else "{}"
    if isinstance(value, list):
        return "[" + ", ".join(_value(item) for item in value) + "]"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        # JSON's escapes are all TOML's; TOML alone forbids a bare DEL and half a surrogate pair.
        whole = value.encode("utf-8", "replace").decode("utf-8")
        return json.dumps(whole, ensure_ascii=False).replace("\x7f", "\\u007f")
    return repr(value)
