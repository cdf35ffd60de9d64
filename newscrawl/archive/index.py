"""What lies where in a folder of WARC files that a crawl kept: its steps in the order they were taken, its answers."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Self

import msgspec

from newscrawl.archive.members import Broken
from newscrawl.archive.reading import Answer, Record, answer_of, read_record, read_records
from newscrawl.archive.writer import ENDING
from newscrawl.errors import PageError


class Head(msgspec.Struct, frozen=True):
    """A step as it is kept: which, when, and what it was."""

    did: str
    at: datetime
    step: msgspec.Raw


@dataclass(frozen=True, slots=True, order=True)
class StepPlace:
    """Where a step lies; steps sort by when they were taken."""

    at: datetime
    file: Path
    offset: int

    @property
    def run(self) -> str:
        """The name that the files of one run share."""
        return self.file.name.removesuffix(ENDING).rpartition("-")[0]


@dataclass(slots=True)
class Index:
    """All steps and answers of some files; a hundred bytes or so for each."""

    steps: list[StepPlace] = field(default_factory=list)
    answers: dict[str, tuple[Path, int]] = field(default_factory=dict)
    broken: list[tuple[Path, Broken]] = field(default_factory=list)

    @classmethod
    def of(cls, files: Iterable[Path]) -> Self:
        """Read the files through once."""
        index = cls()
        for file in files:
            for record in read_records(file):
                if isinstance(record, Broken):
                    index.broken.append((file, record))
                elif record.type in ("response", "revisit"):
                    index.answers[record.record_id] = (file, record.offset)
                elif record.type == "metadata" and (head := head_of(record)) is not None:
                    index.steps.append(StepPlace(head.at, file, record.offset))
        index.steps.sort()
        return index

    def answer(self, record_id: str) -> tuple[Record, Answer]:
        """An answer with its body, also where another record holds that. Raises PageError: it is not there."""
        record = self._record(record_id)
        referred = record.fields.get("warc-refers-to", "").strip("<> ")
        answer = answer_of(record)
        if record.type == "revisit" and answer.status != 304:
            answer = answer_of(record, self._record(referred))
        return record, answer

    def _record(self, record_id: str) -> Record:
        file, offset = self.answers.get(record_id, (Path(), -1))
        record = read_record(file, offset) if offset >= 0 else None
        if not isinstance(record, Record):
            raise PageError(record_id, "the record that holds the answer is missing or damaged", "bad_archive")
        return record


def head_of(record: Record) -> Head | None:
    """The step in a metadata record; None: it holds none."""
    if record.fields.get("content-type") != "application/json":
        return None
    try:
        return msgspec.json.decode(record.block, type=Head)
    except msgspec.MsgspecError:
        return None
