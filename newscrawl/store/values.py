"""Python values ↔ what SQLite holds: instants, intervals, lists, hashes."""

import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import xxhash

from newscrawl.models import Timestamp

_FORBIDDEN = re.compile("[\x00\ud800-\udfff]")
"""NUL (SQLite's functions stop at it) and lone surrogates (they have no UTF-8 form)."""


def to_text(instant: datetime | None) -> str | None:
    """ISO 8601 in UTC with milliseconds and Z; None stays None."""
    if instant is None:
        return None
    return instant.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def to_instant(text: str | None) -> datetime | None:
    """The aware UTC datetime of `to_text`'s form; None stays None."""
    return datetime.fromisoformat(text) if text else None


def must_instant(text: str) -> datetime:
    """`to_instant` of a column that is NOT NULL."""
    return datetime.fromisoformat(text)


def clean(text: str | None) -> str | None:
    """`text` as every later reader can take it: no NUL, lone surrogates replaced by U+FFFD."""
    if text is None:
        return None
    return _FORBIDDEN.sub(lambda found: "" if found.group() == "\x00" else "\ufffd", text)


def to_json(value: Any) -> str:
    """Compact JSON with sorted keys, so that equal values are equal texts."""
    return clean(json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))) or ""


def from_json(text: str | None) -> Any:
    """The value of `to_json`'s text; None for NULL."""
    return json.loads(text) if text else None


def midpoint(stamp: Timestamp) -> datetime:
    """The middle of the interval."""
    half: timedelta = (stamp.latest - stamp.earliest) / 2
    return stamp.earliest + half


def timestamp_columns(name: str, stamp: Timestamp | None) -> dict[str, str | None]:
    """The columns `<name>`, `<name>_earliest`, … of `table.timestamp_columns`."""
    if stamp is None:
        parts = ("", "_earliest", "_latest", "_raw", "_origin", "_kind", "_zone", "_flags")
        return {f"{name}{part}": None for part in parts}
    return {
        name: to_text(midpoint(stamp)),
        f"{name}_earliest": to_text(stamp.earliest),
        f"{name}_latest": to_text(stamp.latest),
        f"{name}_raw": clean(stamp.raw),
        f"{name}_origin": stamp.origin,
        f"{name}_kind": stamp.kind,
        f"{name}_zone": stamp.zone,
        f"{name}_flags": to_json(sorted(stamp.flags)),
    }


def timestamp_of(name: str, row: Mapping[str, Any]) -> Timestamp | None:
    """The Timestamp that `timestamp_columns` stored; None where there was none."""
    if row[f"{name}_earliest"] is None:
        return None
    return Timestamp(
        earliest=must_instant(row[f"{name}_earliest"]),
        latest=must_instant(row[f"{name}_latest"]),
        raw=row[f"{name}_raw"],
        origin=row[f"{name}_origin"],
        kind=row[f"{name}_kind"],
        zone=row[f"{name}_zone"],
        flags=tuple(from_json(row[f"{name}_flags"])),
    )


def hash64(text: str | bytes) -> int:
    """xxh64 as a signed 64-bit integer, SQLite's INTEGER."""
    digest: int = xxhash.xxh64_intdigest(text.encode() if isinstance(text, str) else text)
    return digest - 2**64 if digest >= 2**63 else digest
