"""CSV (RFC 4180, UTF-8) that is safe in a spreadsheet and comes back as it was.

A text that a spreadsheet would run as a formula gets a `'` before it, and so do a text that begins with `'` and the
empty text, which an empty cell (nothing known) could not be told from. Take one leading `'` off to have it back.
"""

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

from newscrawl.datasets.fields import FIELDS, NAMES, Field, Row

_RISKY = ("=", "+", "-", "@", "\t", "\r", "\n", "'", "＝", "＋", "－", "＠")
"""First characters that start a formula (OWASP, CSV injection), full-width ones included."""
_TEXTUAL = ("text", "texts", "object", "instant")
_CELL_CHARS = 2**31 - 1


def write(rows: Iterable[Row], out: BinaryIO) -> int:
    """Write a header and the rows; gives their number."""
    text = io.TextIOWrapper(out, encoding="utf-8", newline="", write_through=False)
    writer = csv.writer(text)
    writer.writerow(NAMES)
    count = 0
    for row in rows:
        writer.writerow([_cell(value) for value in row.values()])
        count += 1
    text.flush()
    text.detach()
    return count


def read(file: BinaryIO) -> Iterator[Row]:
    """The rows of a file that `write` made."""
    csv.field_size_limit(_CELL_CHARS)
    rows = csv.reader(io.TextIOWrapper(file, encoding="utf-8", newline=""))
    fields = {field.name: field for field in FIELDS}
    header = [fields[name] for name in next(rows)]
    for cells in rows:
        yield {field.name: _value(field, cell) for field, cell in zip(header, cells, strict=True)}


def _cell(value: Any) -> Any:
    if isinstance(value, str):
        return f"'{value}" if not value or value.startswith(_RISKY) else value
    if isinstance(value, bool):
        return "true" if value else "false"
    return value


def _value(field: Field, cell: str) -> Any:
    if not cell:
        return None
    if field.type in _TEXTUAL:
        return cell.removeprefix("'")
    if field.type == "boolean":
        return cell == "true"
    return int(cell) if field.type == "integer" else float(cell)
