"""`scrapy export`: articles for the people and programs that build on them."""

import argparse
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from rich.status import Status
from scrapy.commands import ScrapyCommand

from newscrawl.clock import utc_now
from newscrawl.console import errors, fail, opened, printable
from newscrawl.datasets.export import Export, Progress, hand_over, to_file, to_folder, to_stream
from newscrawl.datasets.files import compressed
from newscrawl.datasets.formats import COMPRESSED, FORMATS, Format, format_of
from newscrawl.datasets.selection import Selection
from newscrawl.store import SqliteStore
from newscrawl.store.cursors import Cursors
from newscrawl.store.reading import last_seq
from newscrawl.store.values import to_text

_LATEST_MOST = 10_000


class Command(ScrapyCommand):
    """Full exports, exports as of a moment, and hand-over by cursor."""

    requires_project = True
    requires_crawler_process = False

    def syntax(self) -> str:
        """What it takes."""
        return "[options]"

    def short_desc(self) -> str:
        """One line."""
        return "Hand articles out: JSON Lines, CSV, Parquet, ninjs, Atom, JSON Feed"

    def long_desc(self) -> str:
        """What `--help` says."""
        return (
            "Without options: every article as JSON Lines on standard output. With --cursor NAME and --to FOLDER: what"
            " is new or changed since the range that NAME confirmed last, in commit order, with a manifest; the same"
            " range comes again until `scrapy export --ack NAME`. See docs/datasets.md."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Its options."""
        super().add_options(parser)
        add = parser.add_argument_group("Export").add_argument
        add("--to", default="-", metavar="PATH", help="a file, a folder (ending in /), or - for standard output")
        add("--format", choices=sorted(FORMATS), help="default: by the file's name, else jsonl")
        add("--compress", choices=("gz", "zst"), help="compress the parts of a folder")
        add("--cursor", metavar="NAME", help="only what is new or changed since NAME's last confirmed export")
        add("--ack", metavar="NAME", help="confirm the last export with this cursor; nothing is exported")
        add("--as-of", metavar="T", help="what the database knew at T (ISO 8601)")
        add = parser.add_argument_group("Selection").add_argument
        add("--sources", default="", metavar="IDS", help="source ids, separated by commas; * allowed")
        add("--languages", default="", metavar="TAGS", help="BCP 47 tags, separated by commas; en takes en-GB too")
        add("--from", dest="published_from", metavar="T", help="published at or after T (ISO 8601)")
        add("--before", dest="published_before", metavar="T", help="published before T")
        add("--possibly", action="store_true", help="the date's interval may reach out of the period")
        add("--query", metavar="FTS5", help="full-text query over headline and body")
        add("--distinct", action="store_true", help="one article of each set of copies, the original by evidence")
        add("--revisions", choices=("latest", "first", "all"), default="latest", help="which texts of an article")
        add("--words", type=int, default=0, metavar="N", help="bodies of at least N words")
        add("--latest", type=_count, metavar="N", help="only the N newest, newest first: what a feed wants")
        add("--within", type=float, metavar="MIN", help="only dates known to within so many minutes")
        add("--with-reserved", action="store_true", help="also texts whose publishers reserve mining or archiving")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Confirm, or hand out."""
        if opts.ack:
            self._acknowledge(opts.ack)
            return
        format = _format(opts)
        selection = _selection(opts)
        try:
            if opts.cursor:
                self._hand_over(opts, format, selection)
            else:
                self._export(opts, format, selection)
        except BrokenPipeError:  # the reader of a pipe has seen enough
            sys.stderr.close()
        except (ValueError, ImportError, OSError) as error:
            fail(_words(error))

    def _acknowledge(self, name: str) -> None:
        with opened(self.settings, read_only=False) as store, store.transaction():
            try:
                until = Cursors(store.connection).acknowledge(name, now=utc_now())
            except ValueError as error:
                fail(str(error))
        _say(f"{name}: confirmed up to change {until}" if until else f"{name}: nothing is waiting to be confirmed")

    def _hand_over(self, opts: argparse.Namespace, format: Format, selection: Selection) -> None:
        if opts.to == "-" or opts.as_of or selection.latest:
            fail("--cursor needs --to FOLDER, and goes with neither --as-of nor --latest")
        if format.reader is None:
            fail(f"--cursor goes with formats that carry whole rows, and {format.name} does not")
        folder = Path(opts.to)
        with opened(self.settings, read_only=False) as store:
            cursors = Cursors(store.connection)
            with store.transaction():
                taken = cursors.take(opts.cursor, selection.options() | {"format": format.name}, now=utc_now())
            if taken is None:
                _say(f"{opts.cursor}: nothing new")
                return
            after, until = taken
            export = _export_of(opts, format, selection, until, after)
            with _progress() as progress:
                manifest = hand_over(store, export, folder, opts.cursor, progress)
            with store.transaction():
                cursors.hand_out(opts.cursor, until)
        _say(f"{manifest}; confirm with: scrapy export --ack {opts.cursor}")

    def _export(self, opts: argparse.Namespace, format: Format, selection: Selection) -> None:
        with opened(self.settings) as store, _progress() as progress:
            as_of = _instant("--as-of", opts.as_of)
            export = _export_of(opts, format, selection, last_seq(store.connection, to_text(as_of)))
            rows = _write(store, export, opts.to, progress)
        _say(f"{rows} rows")


def _write(store: SqliteStore, export: Export, to: str, progress: Progress) -> int:
    if to == "-":
        with compressed(sys.stdout.buffer, export.compression) as out:
            rows = to_stream(store, export, out, progress).rows
        sys.stdout.buffer.flush()
        return rows
    path = Path(to)
    if to.endswith("/") or path.is_dir():
        if path.is_dir() and any(path.iterdir()):
            fail(f"{path} is not empty; name a new folder")
        return to_folder(store, export, path, progress).tally.rows
    return to_file(store, export, path, progress).tally.rows


def _export_of(opts: argparse.Namespace, format: Format, selection: Selection, until: int, after: int = 0) -> Export:
    packed = f".{opts.compress}" if opts.compress else ""
    return Export(selection=selection, format=format, until_seq=until, after_seq=after, compression=packed)


def _format(opts: argparse.Namespace) -> Format:
    """The format asked for, or told by the name."""
    told = format_of(Path(opts.to).name)
    if opts.format:
        return FORMATS[opts.format]
    is_folder = opts.to == "-" or opts.to.endswith("/") or opts.cursor or Path(opts.to).is_dir()
    if told is None and not is_folder:
        endings = ", ".join(format.ending for format in FORMATS.values())
        fail(
            f"the name {opts.to} tells no format; end it in {endings} (and {' or '.join(COMPRESSED[1:])}),"
            " or give --format"
        )
    return told or FORMATS["jsonl"]


def _selection(opts: argparse.Namespace) -> Selection:
    return Selection(
        sources=_words_of(opts.sources),
        languages=_words_of(opts.languages),
        published_from=_instant("--from", opts.published_from),
        published_before=_instant("--before", opts.published_before),
        is_certain=not opts.possibly,
        query=opts.query,
        is_distinct=opts.distinct,
        revisions=opts.revisions,
        words_min=opts.words,
        date_within_min=opts.within,
        latest=opts.latest,
        with_reserved=opts.with_reserved,
    )


def _count(text: str) -> int:
    """A number of rows that may be held in memory."""
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= _LATEST_MOST:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number from 1 to {_LATEST_MOST}")
    return int(text)


def _words_of(text: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in text.split(",") if word.strip())


def _instant(option: str, text: str | None) -> datetime | None:
    """An instant, UTC where it names no zone; a bare day is its start."""
    if text is None:
        return None
    try:
        instant = datetime.fromisoformat(text)
    except ValueError:
        fail(f"{option}: {text!r} is not ISO 8601, as in 2026-07-28T06:00:00Z or 2026-07-28")
    return instant if instant.tzinfo else instant.replace(tzinfo=UTC)


def _words(error: Exception) -> str:
    if isinstance(error, ImportError):
        extra = "parquet" if error.name and error.name.startswith("pyarrow") else "zstd"
        return f"{error.name} is not installed; .venv/bin/uv pip install --python .venv/bin/python -e '.[{extra}]'"
    return str(error)


@contextmanager
def _progress() -> Iterator[Callable[[int], None]]:
    """A count on the terminal, standard error, while rows are written."""
    with Status("exporting …", console=errors) as status:
        yield lambda rows: status.update(f"exporting … {rows} rows")


def _say(line: str) -> None:
    errors.print(printable(line, 500))
