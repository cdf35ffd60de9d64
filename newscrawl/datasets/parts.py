"""Parquet in folders by the day first seen: publication dates come late and change, that day never does."""

from collections import Counter
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from newscrawl.datasets.fields import Row
from newscrawl.datasets.files import Written, written
from newscrawl.datasets.parquet import GROUP_ROWS, Writer

_BUFFERED_ROWS = 2 * GROUP_ROWS
"""Rows held back over all days, …"""
_LOOK_ROWS = 64
"""… looked after each time a day has had so many."""
_OPEN_FILES = 32
"""Each takes half a megabyte (2026-11-25); the one that was written to longest ago is closed for the next."""
_NO_DAY = "__HIVE_DEFAULT_PARTITION__"
"""Hive's name for null: a taken-down article has no day any more."""


@dataclass(slots=True)
class _Day:
    file: AbstractContextManager[tuple[BinaryIO, Written]]
    writer: Writer
    done: Written


def write_by_day(rows: Iterator[Row], folder: Path, stem: str) -> list[Written]:
    """Write `first_seen_day=YYYY-MM-DD/<stem>-….parquet`; gives the files by path."""
    days: dict[str, _Day] = {}
    counts: Counter[str] = Counter()
    done: list[Written] = []
    try:
        for row in rows:
            name = row["first_seen_at"][:10] if row["first_seen_at"] else _NO_DAY
            day = days.pop(name, None)
            if day is None:
                if len(days) == _OPEN_FILES:
                    done.append(_finish(days.pop(next(iter(days)))))
                counts[name] += 1
                day = _start(folder / f"first_seen_day={name}" / f"{stem}-{counts[name]:05d}.parquet")
            days[name] = day  # the day that was written to last stands last
            day.writer.put(row)
            day.done.rows += 1
            if day.done.rows % _LOOK_ROWS == 0 and sum(one.writer.waiting for one in days.values()) > _BUFFERED_ROWS:
                max(days.values(), key=lambda one: one.writer.waiting).writer.flush()
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
    day.writer.close()
    day.file.__exit__(None, None, None)
    return day.done
