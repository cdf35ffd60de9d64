"""The formats, one row each: name, ending, and what writes and reads it. A format's library is loaded with it only."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from importlib import import_module
from typing import BinaryIO, cast

from newscrawl.datasets.fields import Row

COMPRESSED = ("", ".gz", ".zst")


@dataclass(frozen=True, slots=True)
class Format:
    """How rows become bytes."""

    name: str
    ending: str
    module: str
    writer: str = "write"
    reader: str | None = "read"
    """None: it does not carry whole rows."""

    def write(self, rows: Iterable[Row], out: BinaryIO) -> int:
        """Write the rows; gives their number. Raises ImportError where the format's extra is not installed."""
        return cast(Callable[[Iterable[Row], BinaryIO], int], getattr(self._load(), self.writer))(rows, out)

    def read(self, file: BinaryIO) -> Iterator[Row]:
        """The rows of a file that `write` made."""
        assert self.reader is not None
        return cast(Callable[[BinaryIO], Iterator[Row]], getattr(self._load(), self.reader))(file)

    def _load(self) -> object:
        return import_module(f"newscrawl.datasets.{self.module}")


FORMATS = {
    format.name: format
    for format in (
        Format("jsonl", ".jsonl", "jsonl"),
        Format("csv", ".csv", "csv"),
        Format("parquet", ".parquet", "parquet"),
        Format("ninjs", ".ninjs.jsonl", "ninjs", reader=None),
        Format("atom", ".atom", "feed", writer="write_atom", reader=None),
        Format("jsonfeed", ".feed.json", "feed", writer="write_json", reader=None),
    )
}


def format_of(name: str) -> Format | None:
    """The format a file's name tells; None: none of ours."""
    endings = {format.ending + packed: format for format in FORMATS.values() for packed in COMPRESSED}
    found = [ending for ending in endings if name.endswith(ending)]
    return endings[max(found, key=len)] if found else None
