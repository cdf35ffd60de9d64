"""What a disk may hold after a power cut: SQLite's own writes, recorded, of which only the synced ones are sure.

SQLite reaches files through a table of functions, a VFS. Here a copy of the system's own stands before it and notes
each write, cut and sync in order. Whatever was not synced may have reached the disk or not, sector by sector:
`Recording.after` draws one state of the files for a moment.
"""

import ctypes
import random
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

SECTOR_BYTES = 512

_P, _I, _L = ctypes.c_void_p, ctypes.c_int, ctypes.c_int64
_Open = ctypes.CFUNCTYPE(_I, _P, _P, _P, _I, _P)
_Write = ctypes.CFUNCTYPE(_I, _P, _P, _I, _L)
_Truncate = ctypes.CFUNCTYPE(_I, _P, _L)
_Sync = ctypes.CFUNCTYPE(_I, _P, _I)


class _Vfs(ctypes.Structure):
    """sqlite3_vfs, as sqlite3.h has it."""

    _fields_ = [
        *((name, _I) for name in ("iVersion", "szOsFile", "mxPathname")),
        *((name, _P) for name in ("pNext", "zName", "pAppData", "xOpen")),
        ("rest", _P * 15),
    ]


class _Methods(ctypes.Structure):
    """sqlite3_io_methods, likewise."""

    _fields_ = [
        ("iVersion", _I),
        *((name, _P) for name in ("xClose", "xRead", "xWrite", "xTruncate", "xSync")),
        ("rest", _P * 13),
    ]


@dataclass(frozen=True, slots=True)
class _Event:
    """A write at `offset`, a cut to `offset` bytes (`data` None), or a sync (`offset` None too)."""

    file: str
    offset: int | None = None
    data: bytes | None = None


@dataclass(slots=True)
class Recording:
    """What was done to files, in order."""

    events: list[_Event] = field(default_factory=list)

    def after(self, count: int, before: Mapping[str, bytes], draw: random.Random) -> dict[str, bytes]:
        """Name → bytes of each file as a power cut after `count` events may leave it; `before`: at the start."""
        files = {name: bytearray(data) for name, data in before.items()}
        unsure: dict[str, list[_Event]] = {}
        for event in self.events[:count]:
            waiting = unsure.setdefault(event.file, [])
            if event.offset is not None:
                waiting.append(event)
                continue
            for one in waiting:
                _apply(files.setdefault(one.file, bytearray()), one)
            waiting.clear()
        for name, waiting in unsure.items():
            share = draw.choice((0.0, 0.3, 0.9, 1.0))
            for one in (sector for event in waiting for sector in _sectors(event)):
                if draw.random() < share:
                    _apply(files.setdefault(name, bytearray()), one)
        return {name: bytes(data) for name, data in files.items()}


def _sectors(event: _Event) -> Iterator[_Event]:
    if event.data is None or event.offset is None:
        yield event
        return
    at = 0
    while at < len(event.data):
        size = SECTOR_BYTES - (event.offset + at) % SECTOR_BYTES
        yield _Event(event.file, event.offset + at, event.data[at : at + size])
        at += size


def _apply(file: bytearray, event: _Event) -> None:
    assert event.offset is not None
    if event.data is None:
        del file[event.offset :]
        return
    file.extend(bytes(max(0, event.offset + len(event.data) - len(file))))
    file[event.offset : event.offset + len(event.data)] = event.data


@contextmanager
def recorded() -> Iterator[Recording]:
    """Note what connections opened meanwhile do to their files. Raises OSError where SQLite hides its functions."""
    library = _sqlite()
    library.sqlite3_vfs_find.restype = ctypes.POINTER(_Vfs)
    system = library.sqlite3_vfs_find(None)
    recording, kept = Recording(), []
    own = _Vfs.from_buffer_copy(system.contents)
    own.zName = ctypes.cast(ctypes.c_char_p(b"powercut"), _P).value
    really_open = _Open(own.xOpen)

    def open_file(vfs: int, name: int | None, file: int, flags: int, out: int) -> int:
        # The name is handed on where it lies: SQLite keeps the pointer for as long as the file is open.
        result = really_open(ctypes.addressof(system.contents), name, file, flags, out)
        if result == sqlite3.SQLITE_OK and name:
            kept.append(_watch(file, Path(ctypes.string_at(name).decode()).name, recording))
        return result

    opener = _Open(open_file)
    own.xOpen = ctypes.cast(opener, _P).value
    library.sqlite3_vfs_register(ctypes.byref(own), 1)
    try:
        yield recording
    finally:
        library.sqlite3_vfs_register(system, 1)
        library.sqlite3_vfs_unregister(ctypes.byref(own))


def _sqlite() -> Any:
    """The library behind `sqlite3`."""
    import _sqlite3

    library = ctypes.CDLL(getattr(_sqlite3, "__file__", None))
    if not hasattr(library, "sqlite3_vfs_find"):
        raise OSError("this Python hides the functions of its SQLite")
    return library


def _watch(file: int, name: str, recording: Recording) -> tuple[Any, ...]:
    """Put noting methods before the file's own; what is given must live as long as the file is open."""
    place = ctypes.cast(file, ctypes.POINTER(ctypes.POINTER(_Methods)))
    own = _Methods.from_buffer_copy(place.contents.contents)
    write, truncate, sync = _Write(own.xWrite), _Truncate(own.xTruncate), _Sync(own.xSync)

    def note_write(one: int, data: int, size: int, offset: int) -> int:
        recording.events.append(_Event(name, offset, ctypes.string_at(data, size)))
        return write(one, data, size, offset)

    def note_truncate(one: int, size: int) -> int:
        recording.events.append(_Event(name, size))
        return truncate(one, size)

    def note_sync(one: int, flags: int) -> int:
        result = sync(one, flags)
        recording.events.append(_Event(name))
        return result

    noting = (_Write(note_write), _Truncate(note_truncate), _Sync(note_sync))
    own.xWrite, own.xTruncate, own.xSync = (ctypes.cast(one, _P).value for one in noting)
    place[0] = ctypes.pointer(own)
    return own, noting
