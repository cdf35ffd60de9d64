"""`scrapy replay`: do again what recorded runs did, without a network and by their clock."""

import argparse
import asyncio
from pathlib import Path

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from newscrawl.console import console, errors, fail, opened, printable
from newscrawl.crawl import EXIT_USAGE


class Command(ScrapyCommand):
    """From an archive, a database with the same content."""

    requires_project = True
    requires_crawler_process = False

    def syntax(self) -> str:
        """What it takes."""
        return "<folder>"

    def short_desc(self) -> str:
        """One line."""
        return "Do recorded runs again: from their WARC files, a new database with the same content"

    def long_desc(self) -> str:
        """What `--help` says."""
        return (
            "Reads the folder that crawls wrote with NEWSCRAWL_WARC and makes a new database (NEWSCRAWL_DB) of it: the"
            " same pages, in the same order, at the recorded instants. Nothing is fetched. With the newscrawl that"
            " recorded, exports of both databases are the same, byte for byte; a later one shows what it reads"
            " differently."
        )

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Index, replay, say how it went."""
        if len(args) != 1:
            raise UsageError
        assert self.settings is not None
        try:
            from newscrawl.archive.index import Index
            from newscrawl.archive.writer import ENDING
            from newscrawl.replays import replay  # here: Scrapy imports every command at every start
        except ImportError:
            fail("fastwarc is not installed; .venv/bin/uv pip install --python .venv/bin/python -e '.[warc]'")
        files = sorted(Path(args[0]).glob(f"*{ENDING}"))
        if not files:
            fail(f"no *{ENDING} in {args[0]}")
        if Path(self.settings["NEWSCRAWL_DB"]).exists():
            fail(
                f"{self.settings['NEWSCRAWL_DB']} is there already; name a new file with -s NEWSCRAWL_DB=…", EXIT_USAGE
            )
        index = Index.of(files)
        for file, broken in index.broken:
            errors.print(printable(f"{file} at {broken.offset}: {broken.reason}", 500))
        with opened(self.settings, read_only=False) as store:
            done = asyncio.run(replay(store, index, self.settings))
        console.print(", ".join(f"{count} {did}" for did, count in sorted(done.items())) or "no steps")
