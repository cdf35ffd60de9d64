"""`scrapy verify`: whether all that was stored is still there, byte for byte."""

import argparse

from scrapy.commands import ScrapyCommand

from newscrawl.console import console, opened, printable
from newscrawl.crawl import EXIT_DATABASE
from newscrawl.store.upkeep import verify


class Command(ScrapyCommand):
    """SQLite's checks, foreign keys, and a hash of every article and earlier text."""

    requires_project = True
    requires_crawler_process = False

    def short_desc(self) -> str:
        """One line."""
        return "Check the database, and every article against its hash"

    def long_desc(self) -> str:
        """What `--help` says."""
        return (
            "SQLite notices damage to its own structures only; a changed byte inside a text goes unseen. Every article"
            " and every earlier text therefore carries a hash of its row, which this compares. Exit status 5 when"
            " anything is wrong; run it weekly, and after a disk or power failure."
        )

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Check and print what is wrong."""
        wrong = 0
        with opened(self.settings) as store, console.status("checking …") as status:
            checked = 0

            def tell(rows: int) -> None:
                nonlocal checked
                checked += rows
                status.update(f"checking … {checked} articles")

            for line in verify(store.connection, tell):
                wrong += 1
                console.print(printable(line, 400), style="red")
            total = store.connection.execute("SELECT count(*) FROM articles").fetchone()[0]
        console.print(f"{total} articles checked, {wrong or 'nothing'} wrong")
        self.exitcode = EXIT_DATABASE if wrong else 0
