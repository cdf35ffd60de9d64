"""Watches: saved searches, one TOML file each. `watches/harbour.toml` is the watch `harbour`."""

import tomllib
from hashlib import sha256
from pathlib import Path

import msgspec

from newscrawl.errors import SeedError


class Watch(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What is searched for, and who is told."""

    query: str = ""
    """Full-text query (SQLite FTS5) over headline and text: `harbour AND (strike OR "night ferry")`; empty: all."""
    sources: tuple[str, ...] = ()
    """Source ids with wildcards (`gb_*`); empty: all."""
    in_language: tuple[str, ...] = ()
    """BCP 47; `en` takes `en-GB` too; empty: all."""
    copies_min: int = 1
    """Least number of articles with the story's text, over all publishers."""
    targets: tuple[str, ...] = ()
    """Apprise URLs; `env:NAME` takes it from the environment, so that no secret stands in the file."""
    messages_per_day: int = 24
    """To each target."""
    stories_per_message: int = 20
    feed: str | None = None
    """Path without ending: `<feed>.atom` and `<feed>.json` are kept current."""
    health: bool = False
    """Whether changes of sources' health are told too."""
    name: str = ""
    """Of the file; not set in it."""
    path: str = ""


def load_watch(path: Path) -> Watch:
    """The watch a file describes. Raises SeedError(path, key, reason)."""
    try:
        values = tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SeedError(str(path), "file", str(error)) from error
    for key in ("name", "path"):
        if key in values:
            raise SeedError(str(path), key, "is the file's, not set in it")
    try:
        watch = msgspec.convert({**values, "name": path.stem, "path": str(path)}, Watch)
    except msgspec.ValidationError as error:
        raise SeedError(str(path), "watch", str(error)) from error
    if not (watch.query or watch.sources or watch.in_language or watch.copies_min > 1 or watch.health):
        raise SeedError(str(path), "query", "the watch would match every article; say what it looks for")
    if min(watch.copies_min, watch.messages_per_day, watch.stories_per_message) < 1:
        raise SeedError(str(path), "watch", "copies_min, messages_per_day and stories_per_message are 1 or more")
    return watch


def digest(target: str) -> str:
    """What stands for a target in the database, so that no secret does: 16 hexadecimal digits."""
    return sha256(target.encode()).hexdigest()[:16]
