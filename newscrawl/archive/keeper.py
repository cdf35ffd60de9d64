"""Keeps what a run fetches, and the order it did things in: WARC records and their rows in `archived`, together.

Everything here runs inside the group commit; `sync` comes before COMMIT, so a row never points at what is not on disk.
"""

import uuid
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec

from newscrawl.archive.exchange import Exchange
from newscrawl.archive.members import blank, cut_torn
from newscrawl.archive.writer import Earlier, Place, Writer
from newscrawl.store import Kept, SqliteStore


class Keeper:
    """The archive of one run."""

    def __init__(self, store: SqliteStore, writer: Writer, run_id: int) -> None:
        self._store, self._writer, self._run_id = store, writer, run_id

    def keep(self, exchange: Exchange) -> str:
        """Write an answer and its row; gives its record id. An answer that is held already becomes a revisit."""
        found = self._store.archives.last_whole(exchange.url)
        earlier = None
        if found is not None and (exchange.status == 304 or found.payload_digest == exchange.payload_digest):
            earlier = Earlier(
                record_id=found.record_id,
                url=found.url,
                fetched_at=found.fetched_at,
                payload_digest=found.payload_digest or "",
            )
        place = self._writer.write(exchange, earlier)
        kept = Kept(
            path=self._path(place),
            offset=place.offset,
            bytes=place.bytes,
            record_id=place.record_id,
            url=exchange.url,
            fetched_at=exchange.fetched_at,
            status=exchange.status,
            payload_digest=earlier.payload_digest if earlier else exchange.payload_digest,
            refers_to=earlier.record_id if earlier else None,
        )
        self._store.archives.add(kept, run_id=self._run_id, is_ours=True)
        return place.record_id

    def note(self, step: Any, at: datetime, record_id: str | None) -> None:
        """Write what was done at `at` (a dataclass of `newscrawl.steps`), and with which answer."""
        content = {"did": type(step).__name__, "at": at, "step": step}
        place = self._writer.note(msgspec.json.encode(content), at, about=record_id)
        if record_id is not None:
            self._store.archives.add_step(record_id, self._path(place), place.offset)

    def drop(self, record_id: str) -> None:
        """Overwrite an answer and its request, and take its row out: its publisher asks that no copy be kept."""
        kept = self._store.archives.by_record_id(record_id)
        if kept is not None:
            self._writer.sync()
            blank(Path(kept.path), kept.offset, record_id=record_id)
            self._store.archives.remove(record_id)

    def sync(self) -> None:
        """Return once all that was written is on disk."""
        self._writer.sync()

    def close(self) -> None:
        """Sync and close."""
        self._writer.close()

    def _path(self, place: Place) -> str:
        return str((self._writer.folder / place.file).absolute())


def open_keeper(store: SqliteStore, folder: Path, *, run_id: int, software: str, now: datetime, size: int) -> Keeper:
    """The keeper of a new run; what killed runs of this database left torn is cut off."""
    for path, end in store.archives.torn():
        if Path(path).exists():
            cut_torn(Path(path), end)
    name = f"newscrawl-{now:%Y%m%d%H%M%S}-{run_id:06d}-{uuid.uuid4().hex[:6]}"
    return Keeper(store, Writer(folder.absolute(), name, software, size), run_id)
