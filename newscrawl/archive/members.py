"""The gzip members of a WARC file, one record each: where they lie, what they hold, and what is broken.

Damage costs the member it is in: reading goes on at the next place that begins as a record does. No more of a member
is held than a record may have, however much it unpacks to.
"""

import gzip
import os
import uuid
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from newscrawl import limits

_READ_BYTES = 2**16
_PIECE_BYTES = 2**20
_MAGIC = b"\x1f\x8b\x08"
_START = b"WARC/"
_HEAD_BYTES = 64
_RESERVED_FLAGS = 0xE0
_HAS_COMMENT = 0x10


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One gzip member, unpacked."""

    offset: int
    end: int
    """Offset of what follows it."""
    data: bytes
    """Its first `limits.RECORD_BYTES`."""
    size: int
    """Bytes it unpacks to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Broken:
    """Bytes that are no member, or a record that is none."""

    offset: int
    end: int
    """Where reading goes on."""
    reason: str
    is_torn: bool = False
    """The file ends inside a member, as when its writer was killed."""


def read_members(path: Path, start: int = 0) -> Iterator[Member | Broken]:
    """Members and damage from offset `start` on, in order and without holes."""
    with path.open("rb") as file:
        size = path.stat().st_size
        offset = start
        while offset < size:
            found = _unpack(file, offset)
            if isinstance(found, Broken):
                end = _next_start(file, offset + 1, size)
                found = Broken(offset=offset, end=end, reason=found.reason, is_torn=found.is_torn and end == size)
            yield found
            offset = found.end


def read_member(path: Path, offset: int) -> Member | Broken:
    """The member at `offset`."""
    with path.open("rb") as file:
        return _unpack(file, offset)


def cut_torn(path: Path, start: int) -> int:
    """Take a torn member off the end of a file whose members are known to be whole up to `start`; bytes cut."""
    size = path.stat().st_size
    for found in read_members(path, min(start, size)):
        if isinstance(found, Broken) and found.is_torn:
            with path.open("r+b") as file:
                file.truncate(found.offset)
            return size - found.offset
    return 0


def blank(path: Path, offset: int, *, record_id: str) -> bool:
    """Overwrite the member at `offset`, and the request of `record_id` behind it, with records that say so.

    The file keeps its length, and every other record its place. False: there is no whole member there to overwrite.
    """
    with path.open("r+b") as file:
        found = _unpack(file, offset)
        if isinstance(found, Broken):
            return False
        ends = [(offset, found.end)]
        behind = _unpack(file, found.end)
        if isinstance(behind, Member) and _CONCURRENT % record_id.encode() in behind.data[: limits.HEADER_BYTES]:
            ends.append((found.end, behind.end))
        fillers = [(start, _filler(end - start)) for start, end in ends]
        for start, filler in fillers:
            if filler is not None:
                file.seek(start)
                file.write(filler)
        file.flush()
        os.fsync(file.fileno())
    return all(filler is not None for _, filler in fillers)


_CONCURRENT = b"WARC-Concurrent-To: <%s>"
_GONE = b"taken down"
_FILLER = (
    b"WARC/1.1\r\nWARC-Type: metadata\r\nWARC-Record-ID: <urn:uuid:%s>\r\nWARC-Date: 1970-01-01T00:00:00Z\r\n"
    b"Content-Type: text/plain\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n"
)


def _filler(length: int) -> bytes | None:
    """A member of just that length: gzip lets a comment of any length stand in it. None: too short for any."""
    record = _FILLER % (str(uuid.uuid4()).encode(), len(_GONE), _GONE)
    packed = gzip.compress(record, mtime=0)
    head, rest = packed[:10], packed[10:]
    room = length - len(packed) - 1
    if room < 0:
        return None
    return head[:3] + bytes([head[3] | _HAS_COMMENT]) + head[4:] + b"-" * room + b"\0" + rest


def _unpack(file: BinaryIO, offset: int) -> Member | Broken:
    file.seek(offset)
    engine = zlib.decompressobj(31)
    kept, size, read = bytearray(), 0, 0
    try:
        while not engine.eof:
            packed = engine.unconsumed_tail
            if not packed:
                packed = file.read(_READ_BYTES)
                read += len(packed)
            piece = engine.decompress(packed, _PIECE_BYTES)
            if not packed and not piece and not engine.eof:
                return Broken(offset=offset, end=offset + read, reason="the file ends inside a record", is_torn=True)
            size += len(piece)
            if len(kept) < limits.RECORD_BYTES:
                kept += piece
            if size > limits.RECORD_SKIP_BYTES:
                return Broken(offset=offset, end=offset + read, reason=f"a record of more than {size} bytes")
    except zlib.error as error:
        return Broken(offset=offset, end=offset + read, reason=f"not a gzip member, or a damaged one ({error})")
    end = offset + read - len(engine.unused_data)
    return Member(offset=offset, end=end, data=bytes(kept[: limits.RECORD_BYTES]), size=size)


def _next_start(file: BinaryIO, offset: int, size: int) -> int:
    """The next offset at which a gzip member begins that holds a WARC record; the file's size: none."""
    file.seek(offset)
    held, at = b"", offset
    while piece := file.read(_READ_BYTES):
        held += piece
        place = held.find(_MAGIC)
        while place >= 0:
            if len(held) - place < _HEAD_BYTES * 4 and at + len(held) < size:
                break  # look again with what follows
            if _begins_record(held[place : place + _HEAD_BYTES * 16]):
                return at + place
            place = held.find(_MAGIC, place + 1)
        keep = len(held) - place if place >= 0 else len(_MAGIC) - 1
        at, held = at + len(held) - keep, held[-keep:]
    return size


def _begins_record(packed: bytes) -> bool:
    if len(packed) < 10 or packed[3] & _RESERVED_FLAGS:
        return False
    try:
        return zlib.decompressobj(31).decompress(packed, len(_START)) == _START
    except zlib.error:
        return False
