"""What the commands share: the database opened with one clear line for every error, and text that is safe to print."""

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any, NoReturn

from rich.console import Console
from rich.table import Table
from rich.text import Text
from scrapy.exceptions import UsageError
from scrapy.settings import BaseSettings

from newscrawl.crawl import EXIT_DATABASE, EXIT_USAGE
from newscrawl.errors import NewscrawlError, StoreError
from newscrawl.models import Timestamp
from newscrawl.store import SqliteStore, open_store
from newscrawl.store.lookup import find_article
from newscrawl.store.values import midpoint

# Control characters, and the invisible ones that turn or hide text: a headline must not steer a terminal.
_BLANK = re.compile("[\\s\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]+")

console = Console(highlight=False, width=None if sys.stdout.isatty() else 160)  # a pipe has no width of its own
errors = Console(stderr=True, highlight=False, soft_wrap=True)


def flat(text: str) -> str:
    """`text` on one line and safe for a terminal: each run of white space or invisible characters is one space."""
    return _BLANK.sub(" ", text)


def printable(text: object, most: int = 200) -> Text:
    """`text` as one safe line of at most `most` characters; markup in it stays text."""
    line = flat(str(text if text is not None else "")).strip()
    return Text(line if len(line) <= most else line[: most - 1] + "…")


def fail(error: NewscrawlError | str, status: int = EXIT_USAGE) -> NoReturn:
    """Print one line to standard error and leave."""
    if isinstance(error, StoreError):
        status = EXIT_DATABASE
    errors.print(Text("error: ", style="bold red") + printable(error, 1_000))
    sys.exit(status)


@contextmanager
def opened(settings: BaseSettings | None, *, read_only: bool = True) -> Iterator[SqliteStore]:
    """The database of the settings; whatever is wrong with it is one line and exit status 5."""
    assert settings is not None
    try:
        with open_store(settings["NEWSCRAWL_DB"], read_only=read_only) as store:
            yield store
    except NewscrawlError as error:
        fail(error)


def named_article(store: SqliteStore, args: list[str]) -> dict[str, Any]:
    """The article that a command's one argument names, by any of its addresses or ids; else one line and status 1."""
    if len(args) != 1:
        raise UsageError
    row = find_article(store.connection, args[0])
    if row is None:
        fail(f"no article known by {args[0]!r} in {store.path}", 1)
    return row


def table(*headers: str, title: str | None = None) -> Table:
    """An empty table in the house style."""
    made = Table(title=title, title_justify="left", box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0))
    for header in headers:
        made.add_column(header.lstrip("#"), justify="right" if header.startswith("#") else "left", overflow="fold")
    return made


def interval(stamp: Timestamp | None) -> str:
    """A Timestamp for a person: "2026-07-28 10:31 ± 23 min"; "" for None. Days without a clock show as the day."""
    if stamp is None:
        return ""
    half_s = (stamp.latest - stamp.earliest).total_seconds() / 2
    middle = midpoint(stamp)
    if half_s < 60:
        return f"{middle:%Y-%m-%d %H:%M}"
    if stamp.kind == "day" and half_s > 11 * 3600:
        return f"{middle:%Y-%m-%d}"
    return f"{middle:%Y-%m-%d %H:%M} ± {_span(half_s)}"


def _span(seconds: float) -> str:
    if seconds < 90 * 60:
        return f"{seconds / 60:.0f} min"
    return f"{seconds / 3600:.0f} h" if seconds < 36 * 3600 else f"{seconds / 86400:.0f} d"


def ago(instant: datetime | None, now: datetime) -> str:
    """How long ago, or until when: "12 min ago", "in 3 h", "never"."""
    if instant is None:
        return "never"
    seconds = (now - instant).total_seconds()
    return f"{_span(seconds)} ago" if seconds >= 0 else f"in {_span(-seconds)}"
