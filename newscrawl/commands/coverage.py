"""`scrapy coverage SOURCE`: what is certified, and what may have been missed."""

import argparse
from datetime import UTC, datetime, timedelta

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from newscrawl.clock import utc_now
from newscrawl.console import console, fail, opened, printable, table
from newscrawl.monitor.certificate import Certificate
from newscrawl.store import SqliteStore
from newscrawl.store.overview import certificates_of

_DAYS = 7


class Command(ScrapyCommand):
    """Per channel: the certified share of a period, its gaps, expected misses with an interval."""

    requires_project = True
    requires_crawler_process = False

    def syntax(self) -> str:
        """What it takes."""
        return "<source> [--from DATE] [--to DATE]"

    def short_desc(self) -> str:
        """One line."""
        return "Say what share of a period is certified, and what may have been missed"

    def long_desc(self) -> str:
        """What `--help` says."""
        return (
            "For each channel of a source (gb_bbc): the share of the period in which nothing can have been missed, the"
            " open gaps with their reasons, and how many articles they may hide (expected, 90 % interval). DATE is ISO"
            f" 8601; without a zone it is UTC. Default: the last {_DAYS} days."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """--from and --to."""
        super().add_options(parser)
        parser.add_argument("--from", dest="from_at", metavar="DATE", help=f"start (default: {_DAYS} days before --to)")
        parser.add_argument("--to", dest="to_at", metavar="DATE", help="end, now at the latest (default: now)")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Print the table and the gaps."""
        if len(args) != 1:
            raise UsageError
        # The future is neither certified nor pending.
        to_at = min(_instant(opts.to_at, "--to"), utc_now()) if opts.to_at else utc_now()
        from_at = _instant(opts.from_at, "--from") if opts.from_at else to_at - timedelta(days=_DAYS)
        if from_at >= to_at:
            fail(f"--from {from_at:%Y-%m-%d %H:%M} is not before --to {to_at:%Y-%m-%d %H:%M}")
        with opened(self.settings) as store:
            _show(store, args[0], from_at, to_at)


def _show(store: SqliteStore, source_id: str, from_at: datetime, to_at: datetime) -> None:
    certificates = certificates_of(store, source_id, from_at=from_at, to_at=to_at)
    if not certificates:
        fail(f"no source called {source_id!r} in {store.path}")
    console.print(f"{source_id}, {from_at:%Y-%m-%d %H:%M} to {to_at:%Y-%m-%d %H:%M} UTC")
    out = table("channel", "#certified", "#not watched", "#pending", "#gaps", "#may have missed")
    for url, one in certificates:
        out.add_row(
            printable(url, 80),
            f"{one.certified_share:.1%}",
            _span(one.unwatched_s),
            _span(one.pending_s),
            str(len(one.gaps)),
            _missed(one),
        )
    console.print(out)
    for url, one in certificates:
        for gap in one.gaps:
            console.print(
                f"  {gap.from_at:%Y-%m-%d %H:%M} to {gap.to_at:%Y-%m-%d %H:%M}  {gap.reason.replace('_', ' ')}:"
                f" about {gap.expected:.1f}, at most {gap.most:.0f}  ",
                printable(url, 80),
            )


def _missed(one: Certificate) -> str:
    return f"{one.missed:.1f} ({one.missed_least:.0f} to {one.missed_most:.0f})" if one.gaps else "0"


def _span(seconds: float) -> str:
    return "" if seconds < 1 else f"{seconds / 3600:.1f} h"


def _instant(text: str, option: str) -> datetime:
    try:
        instant = datetime.fromisoformat(text)
    except ValueError:
        fail(f"{option} {text!r} is not a date in ISO 8601")
    return instant if instant.tzinfo else instant.replace(tzinfo=UTC)
