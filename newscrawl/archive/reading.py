"""Reading WARC files, ours or Common Crawl's: records, and the answers they hold."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from fastwarc.warc import WarcRecord

from newscrawl import limits
from newscrawl.archive.members import Broken, Member, read_member, read_members
from newscrawl.errors import PageError

_ENDS = (b"\r\n\r\n", b"\n\n")
_LENGTH = re.compile(r"\d{1,15}")
_SHORT_DATE = re.compile(r"\d{4}(-\d\d)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A WARC record."""

    file: Path
    offset: int
    end: int
    type: str
    """`response`, `revisit`, `metadata`, `request`, `warcinfo`, …"""
    record_id: str
    """`urn:uuid:…`"""
    url: str
    """Address; "" where the record names none."""
    at: datetime | None
    """WARC-Date; None: none, or none that can be read."""
    fields: Mapping[str, str]
    """All fields, names in lower case."""
    block: bytes
    """What it holds."""
    is_cut: bool = False
    """The block is longer than `limits.RECORD_BYTES`; its start is here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The HTTP answer a record holds."""

    status: int
    headers: Mapping[str, str]
    """Names in lower case, repeated ones joined with ", "."""
    body: bytes
    """Chunks undone, content codings not."""


def read_records(path: Path, start: int = 0) -> Iterator[Record | Broken]:
    """The records of a file from offset `start` on, and what is broken in it."""
    for member in read_members(path, start):
        yield member if isinstance(member, Broken) else record_of(path, member)


def read_record(path: Path, offset: int) -> Record | Broken:
    """The record at `offset`."""
    member = read_member(path, offset)
    return member if isinstance(member, Broken) else record_of(path, member)


def record_of(path: Path, member: Member) -> Record | Broken:
    """The record in a member; Broken where its header is none, or its length is not what it says."""
    head, gap = _split(member.data)
    if not gap or not head.startswith(b"WARC/1."):
        return _broken(member, "no WARC record")
    try:
        record = WarcRecord.from_bytes(member.data[: len(head) + len(gap)])
    except (OSError, ValueError) as error:
        return _broken(member, f"no WARC record ({error})")
    fields = {name.lower(): value for name, value in record.headers.to_tuples()}
    told = fields.get("content-length", "")
    length = member.size - len(head) - len(gap)
    if not _LENGTH.fullmatch(told) or not 0 <= length - int(told) <= len(_ENDS[0]):
        return _broken(member, f"a record of {length} bytes says that it has {told[:20] or 'none'}")
    begin = len(head) + len(gap)
    return Record(
        file=path,
        offset=member.offset,
        end=member.end,
        type=fields.get("warc-type", ""),
        record_id=fields.get("warc-record-id", "").strip("<> "),
        url=fields.get("warc-target-uri", "").strip("<> "),
        at=_instant(fields.get("warc-date", "")),
        fields=fields,
        block=member.data[begin : begin + int(told)],
        is_cut=begin + int(told) > len(member.data),
    )


def answer_of(record: Record, body_of: Record | None = None) -> Answer:
    """The answer in a response, or of a revisit with the body of the response it refers to. Raises PageError."""
    head, gap = _split(record.block)
    try:
        parsed = WarcRecord.from_bytes(_HEADER % len(record.block) + record.block)
        parsed.parse_http(auto_decode="transfer")
        status = parsed.http_headers.status_code
        pairs = parsed.http_headers.to_tuples()
        body = parsed.reader.read()
    except (OSError, ValueError, AttributeError) as error:
        raise PageError(record.url, f"no HTTP answer ({error})", "bad_framing") from None
    if not gap or not head.startswith(b"HTTP/") or status is None:
        raise PageError(record.url, "no HTTP answer", "bad_framing")
    headers: dict[str, str] = {}
    for name, value in pairs:
        lower = name.lower()
        headers[lower] = f"{headers[lower]}, {value}" if lower in headers else value
    if body_of is not None:
        body = answer_of(body_of).body
    return Answer(status=status, headers=headers, body=body)


_HEADER = b"WARC/1.1\r\nWARC-Type: response\r\nContent-Type: application/http\r\nContent-Length: %d\r\n\r\n"


def _split(data: bytes) -> tuple[bytes, bytes]:
    """(head, the blank line after it); the blank line is b"" where no head of bearable length ends."""
    start = data[: limits.HEADER_BYTES]
    found = min(((at, end) for end in _ENDS if (at := start.find(end)) >= 0), default=None)
    return (start[: found[0]], found[1]) if found else (start, b"")


def _broken(member: Member, reason: str) -> Broken:
    return Broken(offset=member.offset, end=member.end, reason=reason)


def _instant(text: str) -> datetime | None:
    """W3C-DTF as WARC-Date has it; None: not such a date."""
    if _SHORT_DATE.fullmatch(text):
        return None
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    return at.astimezone(UTC) if at.tzinfo else None
