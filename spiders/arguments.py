"""Spider arguments: checked before anything is fetched, each error one line that names the argument."""

import glob
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from scrapy.settings import BaseSettings

from newscrawl.errors import SeedError
from newscrawl.models import ChannelKind, Source
from newscrawl.sources import load_all, source_for_url

ARGUMENTS = {
    "sources": "seed files to crawl, as `<country>/<name>` with wildcards: sources='gb/*' (default: *)",
    "url": "one address instead of seed files: http(s), or file:/// for a saved page or text",
    "pages": "how many pages of a list to follow (default: 1)",
    "fetched_at": "with url: when the page was fetched, ISO 8601 with zone (default: now)",
    "in_language": "with url: the page's language, BCP 47 (default: what it declares)",
    "timezone": "with url: the zone of times that name none, IANA (default: unknown)",
    "publisher": "with url: the publisher's name (default: the host)",
    "depth": "how many related blocks deep to walk from an article (default: 0)",
    "once": "monitor only: 1 checks what is due and ends (default: 0, stays up)",
}
_URL_ONLY = ("fetched_at", "in_language", "timezone", "publisher")


@dataclass(frozen=True, slots=True)
class Plan:
    """What a spider's arguments ask for."""

    sources: tuple[Source, ...]
    user_url: bool
    pages: int = 1
    depth: int = 0
    fetched_at: datetime | None = None
    once: bool = False


def read_plan(settings: BaseSettings, given: Mapping[str, str], *, kind: ChannelKind | None) -> Plan:
    """The plan of `given` (name → text). Raises SeedError naming the argument."""
    for name in given:
        if name not in ARGUMENTS:
            raise SeedError("argument", name, f"not an argument; there are {', '.join(ARGUMENTS)}")
    if "url" in given and "sources" in given:
        raise SeedError("argument", "url", "give url or sources, not both")
    if "url" in given:
        sources: tuple[Source, ...] = (_source(given, kind or "listing"),)
    else:
        for name in _URL_ONLY:
            if name in given:
                raise SeedError("argument", name, "goes with url; a seed file says it for its source")
        sources = load_all(settings["NEWSCRAWL_SEEDS"], given.get("sources", "*"))
        if not any(kind in (None, channel.kind) for source in sources for channel in source.channels):
            raise SeedError("argument", "sources", f"none of the {len(sources)} sources has a {kind} channel")
    return Plan(
        sources=sources,
        user_url="url" in given,
        pages=_count(given, "pages", 1),
        depth=_count(given, "depth", 0),
        fetched_at=_instant(given),
    )


@dataclass(frozen=True, slots=True)
class ArchivePlan:
    """What the arguments of `archive` ask for."""

    files: tuple[Path, ...]
    sources: tuple[Source, ...] = ()
    """None is fetched from."""


def read_archive_plan(given: Mapping[str, str]) -> ArchivePlan:
    """The files that `path` names. Raises SeedError."""
    for name in given:
        if name != "path":
            raise SeedError("argument", name, "not an argument; there is path")
    if "path" not in given:
        raise SeedError("argument", "path", "missing; name WARC files: -a path='warc/*.warc.gz'")
    try:
        import newscrawl.archive.reading  # noqa: F401 -- only whether its library is there
    except ImportError:
        reason = "fastwarc is not installed; .venv/bin/uv pip install --python .venv/bin/python -e '.[warc]'"
        raise SeedError("argument", "path", reason) from None
    names = glob.glob(given["path"], recursive=True)  # noqa: PTH207 -- Path.glob takes no absolute pattern
    files = tuple(sorted(Path(name).absolute() for name in names))
    if not files:
        raise SeedError("argument", "path", f"no file is called {given['path']}")
    for file in files:
        if file.open("rb").read(2) not in (b"\x1f\x8b", b""):
            raise SeedError("argument", "path", f"{file} is not compressed with gzip, record by record")
    return ArchivePlan(files)


def _source(given: Mapping[str, str], kind: ChannelKind) -> Source:
    source = source_for_url(given["url"], kind)
    return replace(
        source,
        publisher=given.get("publisher", source.publisher),
        in_language=(given["in_language"],) if "in_language" in given else source.in_language,
        timezone=given.get("timezone", source.timezone),
    )


def _count(given: Mapping[str, str], name: str, default: int) -> int:
    text = given.get(name, str(default))
    if not text.isascii() or not text.isdigit() or int(text) > 1_000:
        raise SeedError("argument", name, f"{text!r} is not a whole number up to 1000")
    return int(text)


def _instant(given: Mapping[str, str]) -> datetime | None:
    text = given.get("fetched_at")
    if text is None:
        return None
    try:
        instant = datetime.fromisoformat(text)
    except ValueError:
        raise SeedError("argument", "fetched_at", f"{text!r} is not ISO 8601, as in 2025-07-28T06:00:00Z") from None
    if instant.tzinfo is None:
        raise SeedError("argument", "fetched_at", f"{text!r} names no zone; end it in Z for UTC")
    return instant
