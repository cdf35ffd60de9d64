"""Parquet, zstd, with the meaning of each column in its metadata."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, BinaryIO

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq

from newscrawl.datasets.fields import FIELDS, SCHEMA_VERSION, Field, Row, Type
from newscrawl.store.values import to_json, to_text

GROUP_ROWS = 4_096
"""Rows of a row group: about 10 MB of text in memory."""
_INSTANT = pa.timestamp("ms", tz="UTC")
_TYPES: dict[Type, Any] = {
    "text": pa.string(),
    "integer": pa.int64(),
    "number": pa.float64(),
    "boolean": pa.bool_(),
    "instant": _INSTANT,
    "texts": pa.list_(pa.string()),
    "object": pa.string(),
}


def schema() -> Any:
    """The Arrow schema of a row; objects are JSON text."""
    columns = [
        pa.field(field.name, _TYPES[field.type], metadata={"description": field.doc + _suffix(field)})
        for field in FIELDS
    ]
    return pa.schema(columns, metadata={"schema_version": SCHEMA_VERSION})


class Writer:
    """A Parquet file being written, a row group at a time."""

    def __init__(self, out: BinaryIO) -> None:
        self._schema = schema()
        self._writer = pq.ParquetWriter(out, self._schema, compression="zstd", compression_level=3)

    def write(self, rows: Sequence[Row]) -> None:
        """Write a row group."""
        columns = [_column(field, [row[field.name] for row in rows]) for field in FIELDS]
        self._writer.write_table(pa.Table.from_arrays(columns, schema=self._schema))

    def close(self) -> None:
        """Write the footer."""
        self._writer.close()


def write(rows: Iterable[Row], out: BinaryIO) -> int:
    """Write the rows as one file; gives their number."""
    writer, count, rows = Writer(out), 0, iter(rows)
    while group := list(islice(rows, GROUP_ROWS)):
        writer.write(group)
        count += len(group)
    writer.close()
    return count


def read(file: BinaryIO) -> Iterator[Row]:
    """The rows of a file that `write` made."""
    for batch in pq.ParquetFile(pa.BufferReader(file.read())).iter_batches():
        for row in batch.to_pylist():
            yield {field.name: _value(field, row[field.name]) for field in FIELDS}


def _column(field: Field, values: list[Any]) -> Any:
    if field.type == "instant":
        return pa.array(values, pa.string()).cast(_INSTANT)
    if field.type == "texts":
        values = [_texts(value) for value in values]
    return pa.array(values, _TYPES[field.type])


def _texts(value: str | None) -> list[str] | None:
    if value is None or value == "[]":
        return None if value is None else []
    texts: list[str] = msgspec.json.decode(value)
    return texts


def _value(field: Field, value: Any) -> Any:
    if value is None:
        return None
    if field.type == "instant":
        return to_text(value)
    return to_json(value) if field.type == "texts" else value


def _suffix(field: Field) -> str:
    return "; JSON text" if field.type == "object" else ""
