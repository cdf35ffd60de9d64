"""`scrapy backup FILE`: a copy of the database that is whole, taken while crawls write."""

import argparse
from pathlib import Path

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from newscrawl.console import console, fail, opened, printable
from newscrawl.errors import StoreError
from newscrawl.store.upkeep import back_up


class Command(ScrapyCommand):
    """SQLite's online backup; copying the file itself loses what is in the write-ahead log."""

    requires_project = True
    requires_crawler_process = False

    def syntax(self) -> str:
        """What it takes."""
        return "<file>"

    def short_desc(self) -> str:
        """One line."""
        return "Copy the database while it is in use"

    def long_desc(self) -> str:
        """What `--help` says."""
        return (
            "Writes a whole, checked copy under a temporary name and renames it, so that FILE is never half a"
            " database. To restore, put the copy in the place of the database while no crawl runs."
        )

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Copy, check, rename."""
        if len(args) != 1:
            raise UsageError
        target = Path(args[0])
        if target.exists():
            fail(f"{target} exists; name a new file")
        with opened(self.settings) as store:
            try:
                back_up(store.connection, target)
            except StoreError as error:
                fail(error)
            articles = store.connection.execute("SELECT count(*) FROM articles").fetchone()[0]
        console.print(f"{articles} articles, {target.stat().st_size / 2**20:.1f} MiB → ", printable(target))
