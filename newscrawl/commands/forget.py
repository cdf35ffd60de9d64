"""`scrapy forget URL`: take an article down."""

import argparse
from pathlib import Path
from typing import Any

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from newscrawl.clock import utc_now
from newscrawl.console import console, fail, opened, printable
from newscrawl.store.lookup import copy_set, find_article
from newscrawl.store.takedown import forget


class Command(ScrapyCommand):
    """Removal with a tombstone, told to every consumer of exports."""

    requires_project = True
    requires_crawler_process = False

    def syntax(self) -> str:
        """What it takes."""
        return "[options] <url>"

    def short_desc(self) -> str:
        """One line."""
        return "Take an article down: remove it for good"

    def long_desc(self) -> str:
        """What `--help` says."""
        return (
            "Removes the article at URL (any address it is known by, or its id), its revisions, what listings printed"
            " of it, and its answers in WARC files, which are overwritten in place. A tombstone keeps it from being"
            " fetched again, and consumers of `scrapy export --cursor` get a row with op takedown. It cannot be undone."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Its options."""
        super().add_options(parser)
        parser.add_argument(
            "--copies", action="store_true", help="also the articles that repeat its text, or it theirs"
        )
        parser.add_argument("--reason", default="", help="kept with the tombstone")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Find, remove, say what went."""
        if len(args) != 1:
            raise UsageError
        with opened(self.settings, read_only=False) as store:
            article = find_article(store.connection, args[0])
            if article is None:
                fail(f"no article is known by {args[0]}")
            articles = copy_set(store.connection, article["id"]) if opts.copies else [article]
            with store.transaction():
                forget(store.connection, articles, reason=opts.reason, now=utc_now(), overwrite=_overwrite)
        for gone in articles:
            console.print("removed ", printable(gone["url"]))
        console.print(
            "Backups, earlier exports, and archived listings and feeds that carried it still hold what they held."
        )


def _overwrite(place: dict[str, Any]) -> None:
    """Overwrite an archived answer with its request and step; say what could not be reached."""
    from newscrawl.archive.members import blank  # here: Scrapy imports every command at every start

    for path, offset in ((place["path"], place["offset"]), (place["step_path"], place["step_offset"])):
        if path is None:
            continue
        try:
            is_gone = blank(Path(path), offset, record_id=place["record_id"])
        except OSError as error:
            is_gone = False
            console.print("  ", printable(f"{path}: {error.strerror}"))
        if not is_gone:
            console.print("  still archived: ", printable(f"{path} at offset {offset}"))
