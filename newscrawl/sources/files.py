"""Seed files → Source: finding, reading and judging them. Every fault is one clear SeedError."""

import re
import tomllib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from difflib import get_close_matches
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any, cast
from urllib.parse import urlsplit

import msgspec

from newscrawl.errors import SeedError
from newscrawl.models import Channel, ChannelKind, Expect, Layout, Source
from newscrawl.sources import checks, tables

SEED_BYTES = 256 * 2**10
_COUNTRY = re.compile(r"[a-z]{2}")
_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")
_AT = re.compile(r" - at `(?:key in )?\$\.?(.*)`$")
_UNKNOWN = re.compile(r"Object contains unknown field `(.*)`$", re.DOTALL)
_MISSING = re.compile(r"Object missing required field `(.*)`$", re.DOTALL)


def find(folder: Path | str, pattern: str = "*") -> tuple[Path, ...]:
    """Seed files under `folder` whose `<country>/<name>` matches `pattern` (`*`, `gb/*`, `zz/demo*`), sorted.

    Raises SeedError when nothing matches.
    """
    folder = Path(folder)
    wanted = pattern.removesuffix(".toml")
    found = (path for path in sorted(folder.rglob("*.toml")) if path.is_file())
    paths = tuple(path for path in found if fnmatchcase(path.relative_to(folder).with_suffix("").as_posix(), wanted))
    if not paths:
        raise SeedError(str(folder), None, f"no seed file matches {pattern!r}; a pattern looks like 'gb/*' or '*'")
    return paths


def load_all(folder: Path | str, pattern: str = "*") -> tuple[Source, ...]:
    """The sources of `find(folder, pattern)`; the first faulty file raises SeedError."""
    return tuple(load(path) for path in find(folder, pattern))


def load(path: Path | str) -> Source:
    """The source that the seed file at `path` describes; its id is `<country>_<name>` of its place."""
    path = Path(path)
    try:
        with path.open("rb") as file:
            data = file.read(SEED_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise SeedError(str(path), None, f"cannot be read: {reason}") from None
    return parse(data, path)


def parse(data: bytes, path: Path | str) -> Source:
    """The source that the bytes of a seed file describe; `path` gives the id and stands in errors."""
    path = Path(path)
    if not _COUNTRY.fullmatch(path.parent.name):
        raise SeedError(str(path), None, "must stand in a folder named by a two-letter country code, or zz")
    if not _NAME.fullmatch(path.stem):
        raise SeedError(str(path), None, "a file name holds small letters, digits, - and _ only")
    seed = _read(data, str(path))
    for key, check, value in _values(seed):
        try:
            check(value)
        except ValueError as error:
            raise SeedError(str(path), key, _one_line(str(error))) from None
    _refuse_twice([channel.url for channel in seed.channels], str(path))
    return _source(seed, path)


def source_for_url(url: str, kind: ChannelKind = "listing") -> Source:
    """A source made of one bare URL, for a channel without a seed file: http, https or file.

    Its id is `url_<host>`, or `url_file`; its publisher is the host, or empty for a file.
    """
    try:
        checks.check_url(url, ("http", "https", "file"))
    except ValueError as error:
        raise SeedError("url", None, str(error)) from None
    parts = urlsplit(url)
    host = "" if parts.scheme == "file" else parts.hostname or ""
    channel = Channel(kind=kind, url=url)
    return Source(id=f"url_{host or 'file'}", publisher=host, url=url, country="zz", channels=(channel,))


def by_host(sources: Iterable[Source]) -> dict[str, Source]:
    """Sources without channels by the hosts of their addresses, less `www.`; a host of more than one is nobody's."""
    found: dict[str, set[str]] = {}
    by_id = {source.id: source for source in sources}
    for source in by_id.values():
        for url in (source.url, *(channel.url for channel in source.channels)):
            host = (urlsplit(url).hostname or "").removeprefix("www.")
            found.setdefault(host, set()).add(source.id)
    return {host: replace(by_id[next(iter(ids))], channels=()) for host, ids in found.items() if host and len(ids) == 1}


def _refuse_twice(urls: list[str], path: str) -> None:
    for index, url in enumerate(urls):
        if url in urls[:index]:
            raise SeedError(path, f"channels[{index}].url", "the same address as a channel above")


def _read(data: bytes, path: str) -> tables.SeedTable:
    if len(data) > SEED_BYTES:
        raise SeedError(path, None, f"larger than {SEED_BYTES} bytes")
    try:
        raw = tomllib.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise SeedError(path, None, "is not UTF-8 text") from None
    except (ValueError, RecursionError) as error:
        raise SeedError(path, None, _one_line(f"is not TOML: {error}")) from None
    try:
        return msgspec.convert(raw, tables.SeedTable)
    except (msgspec.ValidationError, RecursionError) as error:
        key, reason = _explain(str(error), raw)
        raise SeedError(path, key, reason) from None


def _explain(message: str, raw: dict[str, Any]) -> tuple[str | None, str]:
    """What msgspec says, as (key, reason)."""
    at = _AT.search(message)
    key = at.group(1) if at else ""
    reason = message[: at.start()] if at else message
    unknown, missing = _UNKNOWN.match(reason), _MISSING.match(reason)
    if unknown:
        near = get_close_matches(unknown.group(1), _known_keys(key), n=1)
        hint = f"; did you mean {near[0]!r}?" if near else ""
        key, reason = _join(key, unknown.group(1)), f"unknown key{hint}"
    elif missing:
        key, reason = _join(key, missing.group(1)), "is required"
    return (key or None), _one_line(reason.replace(" | null", ""))


def _join(key: str, name: str) -> str:
    return _one_line(f"{key}.{name}" if key else name)


def _one_line(text: str) -> str:
    return " ".join(text.split())[:300]


def _known_keys(key: str) -> tuple[str, ...]:
    table = re.sub(r"\[[^\]]*\]", "", key).rpartition(".")[2]
    known: dict[str, type[msgspec.Struct]] = {
        "": tables.SeedTable,
        "channels": tables.ChannelTable,
        "layouts": tables.LayoutTable,
        "expect": tables.ExpectTable,
        "select": tables.SelectTable,
    }
    return known[table].__struct_fields__ if table in known else ()


def _values(seed: tables.SeedTable) -> Iterator[tuple[str, Callable[[str], None], str]]:
    """(key, check, value) for each value that a type alone cannot judge."""
    yield "url", checks.check_url, seed.url
    for index, tag in enumerate(seed.in_language):
        yield f"in_language[{index}]", checks.check_language, tag
    if seed.timezone is not None:
        yield "timezone", checks.check_timezone, seed.timezone
    for index, channel in enumerate(seed.channels):
        at = f"channels[{index}]"
        yield f"{at}.url", checks.check_url, channel.url
        for name in ("article_url", "not_url"):
            if pattern := getattr(channel, name):
                yield f"{at}.{name}", checks.check_pattern, pattern
        yield from _selectors(at, channel.select)
    for index, layout in enumerate(seed.layouts):
        yield from _selectors(f"layouts[{index}]", layout.select)


def _selectors(at: str, table: tables.SelectTable) -> Iterator[tuple[str, Callable[[str], None], str]]:
    for part, selector in _select(table).items():
        yield f"{at}.select.{part}", checks.check_selector, selector


def _select(table: tables.SelectTable) -> dict[str, str]:
    return cast(dict[str, str], msgspec.to_builtins(table))


def _source(seed: tables.SeedTable, path: Path) -> Source:
    country = path.parent.name
    return Source(
        id=f"{country}_{path.stem}",
        publisher=seed.publisher,
        url=seed.url,
        country=country,
        in_language=tuple(seed.in_language),
        timezone=seed.timezone,
        channels=tuple(
            Channel(
                kind=channel.kind,
                url=channel.url,
                select=_select(channel.select),
                article_url=channel.article_url,
                not_url=channel.not_url,
            )
            for channel in seed.channels
        ),
        layouts=tuple(Layout(select=_select(layout.select), valid_until=layout.valid_until) for layout in seed.layouts),
        expect=Expect(**msgspec.to_builtins(seed.expect)),
        delay_s=seed.delay_s,
        verify_tls=seed.verify_tls,
        follow_related=int(seed.follow_related),
    )
