"""Parquet, zstd, with the meaning of each column in its metadata."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, BinaryIO

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq

from newscrawl.datasets.fields import FIELDS, SCHEMA_VERSION, Field, Row, Type
from newscrawl.store.values import to_json, to_text

GROUP_ROWS = 4_096
"""Rows of a row group: about 10 MB of text."""
_BATCH_ROWS = 512
_UNLIKE = frozenset({
    "id", "change_seq", "url", "canonical_url", "headline", "alternative_headline", "description", "article_body",
    "image_url",
})  # fmt: skip
"""Columns whose values hardly repeat: written without a dictionary, files are a tenth smaller (2026-11-25)."""
_REPEATING = [field.name for field in FIELDS if field.name not in _UNLIKE and field.type != "instant"]
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
    """A Parquet file being written. Rows wait as Arrow batches, a quarter of what they take as Python's objects."""

    def __init__(self, out: BinaryIO) -> None:
        self._schema = schema()
        self._writer = pq.ParquetWriter(
            out, self._schema, compression="zstd", compression_level=3, use_dictionary=_REPEATING
        )
        self._rows: list[Row] = []
        self._batches: list[Any] = []
        self.waiting = 0
        """Rows that are in no row group yet."""

    def put(self, row: Row) -> None:
        """Add a row; a row group is written when there are enough."""
        self._rows.append(row)
        self.waiting += 1
        if len(self._rows) == _BATCH_ROWS:
            self._pack()
            if self.waiting >= GROUP_ROWS:
                self.flush()

    def flush(self) -> None:
        """Write what waits as a row group."""
        self._pack()
        if self._batches:
            self._writer.write_table(pa.Table.from_batches(self._batches, schema=self._schema))
        self._batches, self.waiting = [], 0

    def _pack(self) -> None:
        if self._rows:
            values = zip(*(row.values() for row in self._rows), strict=True)
            columns = [_column(field, column) for field, column in zip(FIELDS, values, strict=True)]
            self._batches.append(pa.RecordBatch.from_arrays(columns, schema=self._schema))
            self._rows = []

    def close(self) -> None:
        """Write what waits, and the footer."""
        self.flush()
        self._writer.close()


def write(rows: Iterable[Row], out: BinaryIO) -> int:
    """Write the rows as one file; gives their number."""
    writer, count = Writer(out), 0
    for row in rows:
        writer.put(row)
        count += 1
    writer.close()
    return count


def read(file: BinaryIO) -> Iterator[Row]:
    """The rows of a file that `write` made."""
    for batch in pq.ParquetFile(pa.BufferReader(file.read())).iter_batches():
        for row in batch.to_pylist():
            yield {field.name: _value(field, row[field.name]) for field in FIELDS}


def _column(field: Field, values: Sequence[Any]) -> Any:
    if field.type == "instant":
        return pa.array(values, pa.string()).cast(_INSTANT)
    if field.type == "texts":  # JSON lists, read in one go
        values = msgspec.json.decode("[" + ",".join([value or "null" for value in values]) + "]")
    return pa.array(values, _TYPES[field.type])


def _value(field: Field, value: Any) -> Any:
    if value is None:
        return None
    if field.type == "instant":
        return to_text(value)
    return to_json(value) if field.type == "texts" else value


def _suffix(field: Field) -> str:
    return "; JSON text" if field.type == "object" else ""
