"""JSON Lines: one row a line, every field, null where there is nothing."""

import io
from collections.abc import Iterable, Iterator
from typing import BinaryIO

import msgspec

from newscrawl.datasets.fields import JSON_NAMES, Row
from newscrawl.store.values import to_json

_BATCH_BYTES = 2**18


def write(rows: Iterable[Row], out: BinaryIO) -> int:
    """Write the rows; gives their number."""
    encoder = msgspec.json.Encoder()
    buffer = bytearray()
    count = 0
    for row in rows:
        encoder.encode_into(with_raw_json(row), buffer, len(buffer))
        buffer += b"\n"
        count += 1
        if len(buffer) > _BATCH_BYTES:
            out.write(buffer)
            buffer.clear()
    out.write(buffer)
    return count


def with_raw_json(row: Row) -> Row:
    """The row with its JSON texts as JSON."""
    made = row.copy()
    for name in JSON_NAMES:
        text = made[name]
        if text is not None:
            made[name] = msgspec.Raw(text)
    return made


def read(file: BinaryIO) -> Iterator[Row]:
    """The rows of a file that `write` made. A line feed alone ends a line: U+2028 may stand inside a text."""
    for line in io.BufferedReader(file):  # type: ignore[type-var] # typeshed asks for RawIOBase; any binary file works
        row = msgspec.json.decode(line)
        yield row | {name: to_json(row[name]) for name in JSON_NAMES if row[name] is not None}
