"""Writing WARC 1.1: a gzip member for each record, files that are rotated by size, on disk when `sync` returns.

A crash can leave a torn member at the end of the newest file and nothing worse; `members.cut_torn` takes it off.
"""

import io
import os
import re
import uuid
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from fastwarc.stream_io import GzipWriter
from fastwarc.warc import WarcRecord, WarcRecordType

from newscrawl.archive.exchange import Exchange

ENDING = ".warc.gz"
FILE_BYTES = 2**30
"""A file this large is followed by another: what the standard advises."""
JSON_TYPE = "application/json"
_LEVEL = 6
_IDENTICAL = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
_NOT_MODIFIED = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"
_BREAKS = re.compile(r"[\x00-\x20\x7f]")

Header = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a record lies."""

    file: str
    """The file's name, without its folder."""
    offset: int
    bytes: int
    record_id: str
    """`urn:uuid:…`"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """An answer of the same address that was kept before."""

    record_id: str
    url: str
    fetched_at: datetime
    payload_digest: str


@dataclass(slots=True)
class Writer:
    """The files of one run in `folder`, named `<name>-00001.warc.gz` and on."""

    folder: Path
    name: str
    """Unique to the run."""
    software: str
    file_bytes: int = FILE_BYTES
    _file: BinaryIO | None = None
    _number: int = 0
    _info: str = ""
    _unsynced: set[BinaryIO] = field(default_factory=set)

    def write(self, exchange: Exchange, earlier: Earlier | None = None) -> Place:
        """Keep an answer and its request; one that `earlier` already holds is kept as a revisit of it."""
        if self._file is not None and self._file.tell() >= self.file_bytes:
            self._rotate(exchange.fetched_at)
        place = self._answer(exchange, earlier)
        self._put(
            WarcRecordType.request,
            exchange.request_bytes(),
            [
                ("Content-Type", "application/http; msgtype=request"),
                *_about(exchange),
                ("WARC-Concurrent-To", f"<{place.record_id}>"),
            ],
            exchange.fetched_at,
        )
        return place

    def _answer(self, exchange: Exchange, earlier: Earlier | None) -> Place:
        fields = [("Content-Type", "application/http; msgtype=response"), *_about(exchange)]
        digest = exchange.payload_digest
        is_unchanged = exchange.status == 304
        if earlier is None or not (is_unchanged or digest == earlier.payload_digest):
            block = exchange.head_bytes() + exchange.body
            return self._put(
                WarcRecordType.response, block, [*fields, ("WARC-Payload-Digest", digest)], exchange.fetched_at
            )
        fields += [
            ("WARC-Profile", _NOT_MODIFIED if is_unchanged else _IDENTICAL),
            ("WARC-Payload-Digest", earlier.payload_digest),
            ("WARC-Refers-To", f"<{earlier.record_id}>"),
            ("WARC-Refers-To-Target-URI", _safe(earlier.url)),
            ("WARC-Refers-To-Date", _date(earlier.fetched_at)),
            ("WARC-Truncated", "length"),
        ]
        return self._put(WarcRecordType.revisit, exchange.head_bytes(), fields, exchange.fetched_at)

    def note(self, content: bytes, at: datetime, *, about: str | None = None) -> Place:
        """Keep a JSON text as a metadata record, `about` a record's id."""
        fields = [("Content-Type", JSON_TYPE)]
        if about is not None:
            fields.append(("WARC-Refers-To", f"<{about}>"))
        return self._put(WarcRecordType.metadata, content, fields, at)

    def sync(self) -> None:
        """Return once all that was written is on disk."""
        for file in self._unsynced:
            file.flush()
            os.fsync(file.fileno())
            if file is not self._file:
                file.close()
        self._unsynced.clear()

    def close(self) -> None:
        """Sync, and close the file."""
        self.sync()
        if self._file is not None:
            self._file.close()
            self._file = None

    def _rotate(self, at: datetime) -> None:
        """Begin the next file; the one before is closed at the next sync."""
        self._number += 1
        self.folder.mkdir(parents=True, exist_ok=True)
        path = self.folder / f"{self.name}-{self._number:05d}{ENDING}"
        self._file = path.open("xb")
        info = f"software: {self.software}\r\nformat: WARC File Format 1.1\r\nisPartOf: {self.name}\r\n"
        fields = [("Content-Type", "application/warc-fields"), ("WARC-Filename", path.name)]
        self._info = ""
        self._info = self._put(WarcRecordType.warcinfo, info.encode(), fields, at).record_id

    def _put(self, type: WarcRecordType, block: bytes, fields: list[Header], at: datetime) -> Place:
        if self._file is None:
            self._rotate(at)
        assert self._file is not None
        record_id = f"urn:uuid:{uuid.uuid4()}"
        record = WarcRecord()
        record.init_headers(type)
        record.headers["WARC-Record-ID"] = f"<{record_id}>"
        record.headers["WARC-Date"] = _date(at)
        for name, value in fields:
            record.headers[name] = value
        if self._info:
            record.headers["WARC-Warcinfo-ID"] = f"<{self._info}>"
        record.set_bytes_content(block)
        packed = io.BytesIO()
        member = GzipWriter(packed, compression_level=_LEVEL)
        record.write(member)
        member.finish()
        offset = self._file.tell()
        self._file.write(packed.getvalue())
        self._unsynced.add(self._file)
        return Place(file=Path(self._file.name).name, offset=offset, bytes=packed.tell(), record_id=record_id)


def _about(exchange: Exchange) -> list[Header]:
    fields = [("WARC-Target-URI", _safe(exchange.url))]
    if exchange.ip_address:
        fields.append(("WARC-IP-Address", exchange.ip_address))
    return fields


def _safe(url: str) -> str:
    """A URL that is one header line and nothing more, whatever is in it."""
    return _BREAKS.sub(lambda found: f"%{ord(found.group()):02X}", url)


def _date(at: datetime) -> str:
    """To the millisecond, as WARC 1.1 allows and the store has it."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
