"""An export: rows into one file, a folder of parts or a stream, with the card and `schema.json` beside them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import chain, islice
from pathlib import Path
from typing import Any, BinaryIO

import msgspec

from newscrawl.datasets.card import Certified, Coverage, Tally, card_text
from newscrawl.datasets.fields import SCHEMA_VERSION, Row, json_schema
from newscrawl.datasets.files import Written, put_text, reading, written
from newscrawl.datasets.formats import FORMATS, Format
from newscrawl.datasets.selection import Selection, is_wanted, rows
from newscrawl.store import SqliteStore
from newscrawl.store.overview import certificates_of
from newscrawl.store.reading import first_check, gaps_at, instant_of, sources_at

PART_ROWS = 100_000
"""Rows of one part of a folder."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """What to hand out: a selection of what changed in (after_seq, until_seq], in a format."""

    selection: Selection
    format: Format
    until_seq: int
    after_seq: int = 0
    compression: str = ""
    """The ending of compressed names: "", ".gz" or ".zst"."""


@dataclass(slots=True)
class Made:
    """What an export wrote."""

    files: list[Written] = field(default_factory=list)
    tally: Tally = field(default_factory=Tally)


Progress = Callable[[int], None]


def to_stream(store: SqliteStore, export: Export, out: BinaryIO, progress: Progress) -> Tally:
    """Write the rows to an open stream, and nothing beside it."""
    tally = Tally()
    export.format.write(tally.counted(_rows(store, export), progress), out)
    return tally


def to_file(store: SqliteStore, export: Export, path: Path, progress: Progress) -> Made:
    """Write one file, `<name>.README.md` and `<name>.schema.json`."""
    made = Made()
    with written(path) as (out, done):
        done.rows = export.format.write(made.tally.counted(_rows(store, export), progress), out)
    made.files.append(done)
    stem = path.name.removesuffix(".gz").removesuffix(".zst").removesuffix(export.format.ending)
    _write_beside(store, export, made, path.with_name(f"{stem}.README.md"), path.with_name(f"{stem}.schema.json"))
    return made


def to_folder(store: SqliteStore, export: Export, folder: Path, progress: Progress) -> Made:
    """Write `data/part-….<ending>`, README.md and schema.json; Parquet in folders by the day first seen."""
    made = Made()
    found = made.tally.counted(_rows(store, export), progress)
    stem = f"part-{export.after_seq + 1:012d}-{export.until_seq:012d}"
    if export.format.name == "parquet":
        from newscrawl.datasets.parts import write_by_day  # an extra: only those who ask for Parquet need it

        made.files += write_by_day(found, folder / "data", stem)
    else:
        made.files += _write_parts(found, export, folder / "data", stem)
    _write_beside(store, export, made, folder / "README.md", folder / "schema.json")
    return made


def hand_over(store: SqliteStore, export: Export, folder: Path, name: str, progress: Progress) -> Path:
    """Write the parts of a cursor's range, and last of all their manifest; the same range is the same bytes."""
    made = to_folder(store, export, folder, progress)
    manifest = folder / "manifests" / f"{export.after_seq + 1:012d}-{export.until_seq:012d}.json"
    content = {
        "cursor": name,
        "after_seq": export.after_seq,
        "until_seq": export.until_seq,
        "schema_version": SCHEMA_VERSION,
        "format": export.format.name,
        "selection": export.selection.options(),
        "rows": made.tally.rows,
        "ops": dict(sorted(made.tally.ops.items())),
        "files": [
            {"path": str(one.path.relative_to(folder)), "sha256": one.sha256, "bytes": one.bytes, "rows": one.rows}
            for one in made.files
        ],
    }
    put_text(manifest, _pretty(content))
    return manifest


def _rows(store: SqliteStore, export: Export) -> Iterator[Row]:
    return rows(store, export.selection, after_seq=export.after_seq, until_seq=export.until_seq)


def _write_parts(found: Iterator[Row], export: Export, folder: Path, stem: str) -> Iterator[Written]:
    for number in range(1, 10**6):
        first = list(islice(found, 1))
        if not first and number > 1:
            return
        path = folder / f"{stem}-{number:05d}{export.format.ending}{export.compression}"
        with written(path) as (out, done):
            done.rows = export.format.write(chain(first, islice(found, PART_ROWS - 1)), out)
        yield done


def _write_beside(store: SqliteStore, export: Export, made: Made, card: Path, schema: Path) -> None:
    found = Coverage(gaps_at(store.connection, export.until_seq), list(_certificates(store, export)))
    options = export.selection.options()
    put_text(card, card_text(made.tally, options, export.format.name, export.after_seq, export.until_seq, found))
    put_text(schema, _pretty(json_schema()))


def _certificates(store: SqliteStore, export: Export) -> Iterator[Certified]:
    """What can be said of each channel of the sources, for the period asked for, or for all that was watched.

    Of sources without a row too: that they brought nothing is worth a certificate.
    """
    until = instant_of(store.connection, export.until_seq)
    from_at = export.selection.published_from or first_check(store.connection)
    to_at = min(filter(None, (export.selection.published_before, until)), default=None)
    if from_at is None or to_at is None or until is None or from_at >= to_at:
        return
    for source_id in sources_at(store.connection, until):
        if not is_wanted(export.selection.sources, source_id):
            continue
        for url, one in certificates_of(store, source_id, from_at=from_at, to_at=to_at, known_at=until):
            yield Certified(source_id, url, one)


def _pretty(value: Any) -> str:
    return msgspec.json.format(msgspec.json.encode(value), indent=2).decode() + "\n"


def read_handed(folder: Path, manifest: Path) -> Iterator[Row]:
    """The rows of the files that a manifest names, in order. Raises ValueError where a file is not what it says."""
    told = msgspec.json.decode(manifest.read_bytes())
    for entry in told["files"]:
        path = folder / entry["path"]
        if sha256(path.read_bytes()).hexdigest() != entry["sha256"]:
            raise ValueError(f"{path} is not as its manifest says")
        with reading(path) as file:
            yield from FORMATS[told["format"]].read(file)
