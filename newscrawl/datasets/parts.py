"""Parquet in folders by the day first seen: publication dates come late and change, that day never does."""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from newscrawl.datasets.fields import Row
from newscrawl.datasets.files import Written, written
from newscrawl.datasets.parquet import GROUP_ROWS, Writer

_BUFFERED_ROWS = 2 * GROUP_ROWS
"""Rows held back over all days."""
_OPEN_FILES = 64
_NO_DAY = "__HIVE_DEFAULT_PARTITION__"
"""Hive's name for null: a taken-down article has no day any more."""


@dataclass(slots=True)
class _Day:
    file: AbstractContextManager[tuple[BinaryIO, Written]]
    writer: Writer
    done: Written
    rows: list[Row] = field(default_factory=list)

    def flush(self) -> None:
        if self.rows:
            self.writer.write(self.rows)
            self.done.rows += len(self.rows)
            self.rows = []


def write_by_day(rows: Iterator[Row], folder: Path, stem: str) -> list[Written]:
    """Write `first_seen_day=YYYY-MM-DD/<stem>-….parquet`; gives the files by path."""
    days: dict[str, _Day] = {}
    counts: dict[str, int] = {}
    done: list[Written] = []
    buffered = 0
    try:
        for row in rows:
            name = row["first_seen_at"][:10] if row["first_seen_at"] else _NO_DAY
            if name not in days:
                if len(days) == _OPEN_FILES:
                    oldest = next(iter(days))
                    buffered -= len(days[oldest].rows)
                    done.append(_finish(days.pop(oldest)))
                counts[name] = counts.get(name, 0) + 1
                days[name] = _start(folder / f"first_seen_day={name}" / f"{stem}-{counts[name]:05d}.parquet")
            day = days[name]
            day.rows.append(row)
            buffered += 1
            if len(day.rows) == GROUP_ROWS or buffered >= _BUFFERED_ROWS:
                fullest = max(days.values(), key=lambda day: len(day.rows))
                buffered -= len(fullest.rows)
                fullest.flush()
        while days:
            done.append(_finish(days.pop(next(iter(days)))))
    except BaseException as error:
        for day in days.values():
            day.file.__exit__(type(error), error, error.__traceback__)
        raise
    return sorted(done, key=lambda one: one.path)


def _start(path: Path) -> _Day:
    file = written(path)
    out, done = file.__enter__()
    return _Day(file, Writer(out), done)


def _finish(day: _Day) -> Written:
    day.flush()
    day.writer.close()
    day.file.__exit__(None, None, None)
    return day.done
