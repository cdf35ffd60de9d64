"""`scrapy watch test FILE` and `scrapy watch run [FILE …]`: saved searches and who is told."""

import argparse
from datetime import UTC, datetime, timedelta
from pathlib import Path

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from newscrawl.addresses import Allowed, parse_allowed
from newscrawl.alerts import deliver, line_of, name_of, write_feeds
from newscrawl.clock import utc_now
from newscrawl.console import ago, console, errors, fail, opened, printable, table
from newscrawl.crawl import EXIT_HARD
from newscrawl.errors import SeedError
from newscrawl.store import SqliteStore
from newscrawl.watches import Watch, digest, load_watch

_FOLDER = Path("watches")
_FEED_ENTRIES = 50
_FIRST_DAYS = 1
"""A new watch, and a new target, is told what was found in the last day, not all there ever was."""
_EVER = datetime.min.replace(tzinfo=UTC)
_OVERLAP = timedelta(days=2)
"""Stories are looked for so far back: a second publication may lift one over `copies_min` later."""


class Command(ScrapyCommand):
    """Say what a watch would have matched, or tell what is new."""

    requires_project = True
    requires_crawler_process = False

    def syntax(self) -> str:
        """What it takes."""
        return "test <file> [--days N] | run [file …]"

    def short_desc(self) -> str:
        """One line."""
        return "Saved searches: test one, or tell their targets what is new"

    def long_desc(self) -> str:
        """What `--help` says."""
        return (
            "`test` lists the stories that the watch in the file would have matched in the last days. `run` does one"
            f" round over the files (default: {_FOLDER}/*.toml): each target is told each story once, many in one"
            " message; what could not be delivered is told by the next round. Exit status 3 when a target failed."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """--days."""
        super().add_options(parser)
        parser.add_argument("--days", type=float, default=7.0, help="with test: how far to look back (default: 7)")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Do either."""
        assert self.settings is not None
        if args[:1] == ["test"] and len(args) == 2:
            with opened(self.settings) as store:
                _test(store, _load(Path(args[1])), opts.days)
        elif args[:1] == ["run"]:
            paths = [Path(name) for name in args[1:]] or sorted(_FOLDER.glob("*.toml"))
            if not paths:
                fail(f"no watch in {_FOLDER}/")
            watches = [_load(path) for path in paths]
            allowed = parse_allowed(self.settings["NEWSCRAWL_ALLOW_ADDRESSES"])
            with opened(self.settings, read_only=False) as store:
                self.exitcode = EXIT_HARD if _run(store, watches, allowed) else 0
        else:
            raise UsageError


def _load(path: Path) -> Watch:
    try:
        return load_watch(path)
    except SeedError as error:
        fail(error)


def _test(store: SqliteStore, watch: Watch, days: float) -> None:
    now = utc_now()
    matches = store.matches.find(watch, since=now - timedelta(days=days))
    out = table("found", "source", "#copies", "headline")
    for match in matches:
        out.add_row(
            ago(match.found_at, now), printable(match.source_id), str(match.copies), printable(match.headline, 90)
        )
    console.print(out)
    console.print(f"{len(matches)} stories in {days:g} days")


def _run(store: SqliteStore, watches: list[Watch], allowed: Allowed) -> bool:
    """One round; whether a target failed."""
    failed = 0
    now = utc_now()
    for watch in watches:
        found = store.matches.find(watch, since=_since(store, watch, now)) if _is_search(watch) else []
        with store.transaction():
            store.matches.add(watch, found, now=now)
        write_feeds(watch, store.matches.of(watch, limit=_FEED_ENTRIES), now=now)
        for target in watch.targets:
            try:
                failed += not _tell(store, watch, target, allowed, now)
            except SeedError as error:
                errors.print(printable(str(error)))
                failed += 1
    return bool(failed)


def _tell(store: SqliteStore, watch: Watch, target: str, allowed: Allowed, now: datetime) -> bool:
    """Tell a target what it has not been told, as far as its budget goes; False: it could not be reached."""
    key, day = digest(target), now - timedelta(days=1)
    if store.tellings.messages(watch, key, since=day) >= watch.messages_per_day:
        return True
    since = _EVER if store.tellings.messages(watch, key, since=_EVER) else now - timedelta(days=_FIRST_DAYS)
    waiting = store.tellings.stories(watch, key, since=since)
    stories = waiting[: watch.stories_per_message]
    changes = store.tellings.changes(watch, key, since=since) if watch.health else []
    lines = [line_of(match) for match in stories]
    lines += [f"{change.source_id} is {change.state}: {change.reason}" for change in changes]
    if not lines:
        return True
    if len(waiting) > len(stories):
        lines.append(f"… {len(waiting) - len(stories)} more follow in the next message")
    if not deliver(watch, target, f"{watch.name}: {len(stories) + len(changes)} new", lines, allowed=allowed):
        errors.print(printable(f"{watch.name}: {name_of(target)} could not be reached; the next round tries again"))
        return False
    with store.transaction():
        store.tellings.put(watch, key, stories, changes, now=now)
    return True


def _is_search(watch: Watch) -> bool:
    """Whether it looks for stories; a watch of health alone does not."""
    return bool(watch.query or watch.sources or watch.in_language or watch.copies_min > 1)


def _since(store: SqliteStore, watch: Watch, now: datetime) -> datetime:
    last = store.matches.last_matched_at(watch)
    return last - _OVERLAP if last else now - timedelta(days=_FIRST_DAYS)
