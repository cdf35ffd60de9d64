"""`scrapy reextract`: today's extractor over what is archived; the difference first, then the writing."""

import argparse
import asyncio
from typing import TYPE_CHECKING, Any

from rich.progress import Progress
from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from newscrawl.console import console, errors, fail, opened, printable, table
from newscrawl.errors import SeedError
from newscrawl.sources import load_all

if TYPE_CHECKING:
    from newscrawl.rereads import Outcome


class Command(ScrapyCommand):
    """Reads archived answers again, shows what comes out otherwise, and writes it when asked to."""

    requires_project = True
    requires_crawler_process = False

    def syntax(self) -> str:
        """What it takes."""
        return "[options]"

    def short_desc(self) -> str:
        """One line."""
        return "Read archived pages with today's extractor: what differs, field by field; --write stores it"

    def long_desc(self) -> str:
        """What `--help` says."""
        return (
            "Takes every stored article whose answer lies in a WARC file (NEWSCRAWL_WARC, or `scrapy crawl archive`),"
            " reads that answer as this newscrawl would today, and counts the fields that come out otherwise, with"
            " examples. With --write what differs is stored as a new extraction of the same text: `revision` stays,"
            " `extraction` counts up, the text before is kept, and cursors hand it out with op reextract."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Its options."""
        super().add_options(parser)
        parser.add_argument("--sources", default="*", help="source ids, with wildcards (default: *)")
        parser.add_argument("--examples", type=int, default=3, metavar="N", help="of each field (default: 3)")
        parser.add_argument("--write", action="store_true", help="store what differs")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Read, compare, show, write."""
        if args:
            raise UsageError
        assert self.settings is not None
        try:
            from newscrawl.rereads import reread  # here: Scrapy imports every command at every start
        except ImportError:
            fail("fastwarc is not installed; .venv/bin/uv pip install --python .venv/bin/python -e '.[warc]'")
        try:
            seeds = {source.id: source for source in load_all(self.settings["NEWSCRAWL_SEEDS"])}
        except SeedError as error:
            fail(error)
        with (
            opened(self.settings, read_only=not opts.write) as store,
            Progress(console=errors, transient=True, disable=not errors.is_terminal) as progress,
        ):
            task = progress.add_task("reading …", total=None)
            reading = reread(
                store,
                self.settings,
                seeds,
                sources=opts.sources,
                examples=max(0, opts.examples),
                is_writing=opts.write,
                progress=lambda: progress.advance(task),
            )
            outcome = asyncio.run(reading)
        show(outcome, is_writing=opts.write)


def show(outcome: "Outcome", *, is_writing: bool) -> None:
    """Print the table of fields, examples, and what was or would be written."""
    found = outcome.differences
    shown = table("field", "#filled", "#emptied", "#changed", title=f"{found.articles} articles were read again")
    for row in found.rows():
        shown.add_row(*map(str, row))
    console.print(shown)
    for name, examples in found.examples.items():
        for example in examples:
            console.print(f"\n{name}  ", printable(example.url), style="dim")
            console.print("  - ", _shown(example.before))
            console.print("  + ", _shown(example.after))
    console.print()
    for code, count in outcome.unread.most_common():
        console.print(f"{count} are no articles to it any more, or cannot be read: {code}; they stay as they are")
    if is_writing:
        console.print(f"{outcome.written} new extractions written")
    else:
        console.print(f"{found.differing} differ; nothing was written: --write stores them")
    if outcome.raced:
        console.print(f"{outcome.raced} were fetched anew in between and left alone")


def _shown(value: Any) -> Any:
    if isinstance(value, tuple) and value and hasattr(value[0], "isoformat"):
        return printable(" … ".join(one.isoformat() for one in value))
    if isinstance(value, tuple):
        return printable(", ".join(value))
    return printable("nothing" if value in (None, "") else value)
