"""What a table is made of, and the statements that make it."""

from dataclasses import dataclass
from typing import Literal

Type = Literal["INTEGER", "TEXT", "REAL", "BLOB"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, SQLite type, constraint and meaning."""

    name: str
    type: Type
    doc: str
    constraint: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table: what one row is, its columns, table constraints and indexes."""

    name: str
    doc: str
    columns: tuple[Column, ...]
    constraints: tuple[str, ...] = ()
    indexes: tuple[str, ...] = ()
    without_rowid: bool = False

    def ddl(self) -> list[str]:
        """The statements that make the table and its indexes."""
        parts = [f'"{c.name}" {c.type} {c.constraint}'.rstrip() for c in self.columns] + list(self.constraints)
        tail = ", WITHOUT ROWID" if self.without_rowid else ""
        lines = ",\n  ".join(parts)
        statements = [f'CREATE TABLE "{self.name}" (\n  {lines}\n) STRICT{tail}']
        for index in self.indexes:
            name = f"{self.name}_{index.split(' WHERE ')[0].replace(', ', '_').replace(' DESC', '')}"
            columns, _, where = index.partition(" WHERE ")
            condition = f" WHERE {where}" if where else ""
            statements.append(f'CREATE INDEX "{name}" ON "{self.name}" ({columns}){condition}')
        return statements


def timestamp_columns(name: str, what: str) -> tuple[Column, ...]:
    """The columns of one `models.Timestamp`."""
    return (
        Column(name, "TEXT", f"{what}: the midpoint of the interval; NULL: unknown"),
        Column(f"{name}_earliest", "TEXT", "the interval's start, inclusive"),
        Column(f"{name}_latest", "TEXT", "the interval's end, inclusive"),
        Column(f"{name}_raw", "TEXT", "the text as printed"),
        Column(
            f"{name}_origin", "TEXT", "where it stood: attribute, schemaorg, state, meta, feed, sitemap, visible, …"
        ),
        Column(f"{name}_kind", "TEXT", "instant, relative, clock or day"),
        Column(f"{name}_zone", "TEXT", "stated, or assumed from the source"),
        Column(f"{name}_flags", "TEXT", "doubts as a JSON list: ambiguous, contradicted, …"),
    )
