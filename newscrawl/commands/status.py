"""`scrapy status`: every source at a glance."""

import argparse

from scrapy.commands import ScrapyCommand

from newscrawl.clock import utc_now
from newscrawl.console import ago, console, fail, opened, printable, table
from newscrawl.store.overview import failure_counts, source_statuses


class Command(ScrapyCommand):
    """Per source: last check, last new article, articles, failures, next check."""

    requires_project = True
    requires_crawler_process = False

    def syntax(self) -> str:
        """What it takes."""
        return "[source]"

    def short_desc(self) -> str:
        """One line."""
        return "Say per source: last check, last new article, articles, failures, next check"

    def long_desc(self) -> str:
        """What `--help` says."""
        return (
            "Without a name: one line for every source in the database. With a source's id (gb_bbc): its failures too,"
            " by outcome; docs/limits.md says what each outcome means. Exit status 5 when there is no database."
        )

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Print the table."""
        with opened(self.settings) as store:
            now = utc_now()
            statuses = [status for status in source_statuses(store.connection) if not args or status.id in args]
            if args and not statuses:
                fail(f"no source called {args[0]!r} in {store.path}")
            out = table(
                "source",
                "publisher",
                "#articles",
                "last check",
                "last new",
                "next check",
                "#queued",
                "#failures",
                "state",
            )
            for one in statuses:
                out.add_row(
                    printable(one.id),
                    printable(one.publisher, 30),
                    str(one.articles),
                    ago(one.last_check_at, now),
                    ago(one.last_new_at, now),
                    ago(one.next_check_at, now) if one.next_check_at else "when run",
                    str(one.waiting),
                    str(one.failures),
                    printable(one.state if not one.state_reason else f"{one.state}: {one.state_reason}", 60),
                )
            console.print(out)
            for one in statuses if args else ():
                for outcome, times, message in failure_counts(store.connection, one.id):
                    console.print(f"  {times} × {outcome}  ", printable(message, 160))
