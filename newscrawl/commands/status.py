"""`scrapy status`: every source at a glance."""

import argparse
import time
from collections.abc import Sequence
from datetime import UTC, datetime

from rich.console import Group
from rich.live import Live
from rich.table import Table
from scrapy.commands import ScrapyCommand

from newscrawl.clock import utc_now
from newscrawl.console import ago, console, fail, opened, printable, table
from newscrawl.store import SqliteStore
from newscrawl.store.overview import SourceStatus, failure_counts, source_statuses
from newscrawl.store.pulse import take_pulse

_REFRESH_S = 2.0
_FINDS = 6
_NEVER = datetime.fromtimestamp(0, UTC)


class Command(ScrapyCommand):
    """Per source: last check, last new article, articles, failures, next check."""

    requires_project = True
    requires_crawler_process = False

    def syntax(self) -> str:
        """What it takes."""
        return "[source] [--watch]"

    def short_desc(self) -> str:
        """One line."""
        return "Say per source: last check, last new article, articles, failures, next check"

    def long_desc(self) -> str:
        """What `--help` says."""
        return (
            "Without a name: one line for every source in the database. With a source's id (gb_bbc): its failures too,"
            " by outcome; docs/limits.md says what each outcome means. Exit status 5 when there is no database."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """--watch."""
        super().add_options(parser)
        parser.add_argument("--watch", action="store_true", help="a live view of the running monitor; Ctrl-C ends it")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Print the table, once or for as long as it is watched."""
        with opened(self.settings) as store:
            if args and not any(status.id in args for status in source_statuses(store.connection)):
                fail(f"no source called {args[0]!r} in {store.path}")
            if opts.watch:
                _watch(store, args)
                return
            statuses = [status for status in source_statuses(store.connection) if not args or status.id in args]
            console.print(_sources(statuses, utc_now()))
            for one in statuses if args else ():
                for outcome, times, message in failure_counts(store.connection, one.id):
                    console.print(f"  {times} × {outcome}  ", printable(message, 160))


def _watch(store: SqliteStore, args: list[str]) -> None:
    """One screen, drawn anew every few seconds until Ctrl-C."""
    try:
        with Live(console=console, screen=console.is_terminal, auto_refresh=False) as live:
            while True:
                live.update(_screen(store, args, utc_now()), refresh=True)
                if not console.is_terminal:
                    return
                time.sleep(_REFRESH_S)
    except KeyboardInterrupt:
        return


def _screen(store: SqliteStore, args: list[str], now: datetime) -> Group:
    pulse = take_pulse(store.connection, now=now, finds=_FINDS)
    statuses = [status for status in source_statuses(store.connection) if not args or status.id in args]
    # The ill first, then those that found something last.
    statuses.sort(key=lambda one: (one.state in ("ok", "recovered"), -(one.last_new_at or _NEVER).timestamp()))
    head = (
        f"{now:%Y-%m-%d %H:%M:%S} UTC  monitor {'running' if pulse.is_running else 'not running'}"
        f"  {pulse.checks_a_minute:.1f} checks a minute  {pulse.due} due  {pulse.overdue} overdue"
        f"  {pulse.queued} queued"
    )
    found = table("found", "source", "headline", title="last finds")
    for find in pulse.finds:
        found.add_row(ago(find.found_at, now), printable(find.source_id), printable(find.headline, 90))
    failed = ", ".join(f"{times} × {outcome}" for outcome, times in pulse.failures) or "none"
    rows = max(5, console.height - len(pulse.finds) - 8) if console.is_terminal else len(statuses)
    return Group(
        printable(head), printable(f"checks failed in the last hour: {failed}"), found, _sources(statuses[:rows], now)
    )


def _sources(statuses: Sequence[SourceStatus], now: datetime) -> Table:
    out = table(
        "source", "publisher", "#articles", "last check", "last new", "next check", "#queued", "#failures", "state"
    )
    for one in statuses:
        out.add_row(
            printable(one.id),
            printable(one.publisher, 30),
            str(one.articles),
            ago(one.last_check_at, now),
            ago(one.last_new_at, now),
            _next(one.next_check_at, now),
            str(one.waiting),
            str(one.failures),
            printable(one.state if not one.state_reason else f"{one.state}: {one.state_reason}", 60),
        )
    return out


def _next(check_at: datetime | None, now: datetime) -> str:
    if check_at is None:
        return "when run"
    return f"due {ago(check_at, now)}" if check_at <= now else ago(check_at, now)
