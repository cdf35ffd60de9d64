"""Content codings removed as the bytes arrive, within bounds: at most two, never past a size or a ratio.

gzip, deflate (zlib-wrapped and raw), br and zstd. Where the label and the bytes disagree the bytes are looked at
once: a labelled body that is plainly text passes as it is, an unlabelled one that is gzip is unpacked.
"""

import sys
import zlib
from collections.abc import Callable
from typing import Protocol

import brotli

from newscrawl import limits

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

ACCEPTED = "gzip, deflate, br, zstd"
_PIECE_BYTES = 64 * 2**10
_GZIP_MAGIC = b"\x1f\x8b\x08"
_ZSTD_MAGIC = b"\x28\xb5\x2f\xfd"
_ZSTD_WINDOW_LOG_MAX = 23
"""8 MiB, what RFC 9659 lets a web server ask of a client."""
_GZIP_TRAILER_BYTES = 8
_EMPTY_PARTS_MAX = 1_000
"""Members of a gzip body, or frames of a zstd one, that may hold nothing: they cost time, and the other bounds count
what comes out."""
_HEAD_BYTES = 64
_TEXT_STARTS = (b"<", b"{", b"[", b"#", b"U", b"u", b"\xef")


class CodingError(Exception):
    """The body cannot be decoded; `outcome` is `bad_encoding` or `body_too_large`."""

    def __init__(self, outcome: str, message: str) -> None:
        self.outcome, self.message = outcome, message
        super().__init__(message)


class _Layer(Protocol):
    """One coding: bytes in, at most _PIECE_BYTES out at a time, b"" once the fed bytes are used up."""

    def feed(self, data: bytes) -> None: ...
    def read(self) -> bytes: ...
    def finished(self) -> bool: ...


class Decoder:
    """Feed it the coded body, take the decoded one; the sum is bounded by `size_max` bytes.

    `cut` True: what lies beyond `size_max` is dropped and `full` says so, instead of an error.
    """

    def __init__(self, content_encoding: str, size_max: int, *, cut: bool = False) -> None:
        names = [part.strip().lower() for part in content_encoding.split(",")]
        self._names = [name for name in names if name not in ("", "identity")]
        if len(self._names) > limits.CODINGS:
            message = f"{len(self._names)} content codings, the limit is {limits.CODINGS}"
            raise CodingError("bad_encoding", message)
        self._layers: list[_Layer] | None = None
        self._head = b""
        self._size_max, self._cut = size_max, cut
        self.coded_bytes = 0
        self.decoded_bytes = 0
        self._between_bytes = 0
        self.full = False

    def feed(self, data: bytes) -> list[bytes]:
        """The decoded pieces that `data` completes. Raises CodingError."""
        self.coded_bytes += len(data)
        if self.coded_bytes > self._size_max and not self._cut:
            raise CodingError("body_too_large", f"more than {self._size_max} bytes received")
        if self._layers is None:
            self._head += data
            if len(self._head) < _HEAD_BYTES:
                return []
            data, self._head = self._head, b""
            self._layers = [_LAYERS[name]() for name in reversed(_choose(self._names, data))]
        return self._run(data)

    def finish(self) -> tuple[list[bytes], bool]:
        """The last pieces, and whether the coded stream was cut short or damaged. Raises CodingError."""
        pieces: list[bytes] = []
        if self._layers is None:
            self._layers = [_LAYERS[name]() for name in reversed(_choose(self._names, self._head))]
            pieces = self._run(self._head)
        truncated = not self.full and not all(layer.finished() for layer in self._layers)
        return pieces, truncated

    def _run(self, data: bytes) -> list[bytes]:
        assert self._layers is not None
        pieces: list[bytes] = []
        try:
            self._push(data, 0, pieces)
        except (zlib.error, brotli.error, zstd.ZstdError, EOFError) as error:
            raise CodingError("bad_encoding", f"broken content coding: {error}") from None
        return pieces

    def _push(self, data: bytes, depth: int, pieces: list[bytes]) -> None:
        assert self._layers is not None
        if self.full or not data:
            return
        if depth == len(self._layers):
            self._take(data, pieces)
            return
        layer = self._layers[depth]
        layer.feed(data)
        while not self.full and (piece := layer.read()):
            if depth + 1 < len(self._layers):
                self._between_bytes += len(piece)
                self._check(self._between_bytes)
            self._push(piece, depth + 1, pieces)

    def _take(self, piece: bytes, pieces: list[bytes]) -> None:
        room = self._size_max - self.decoded_bytes
        if self._cut and len(piece) >= room:
            piece, self.full = piece[:room], True
        self.decoded_bytes += len(piece)
        self._check(self.decoded_bytes)
        pieces.append(piece)

    def _check(self, out_bytes: int) -> None:
        """Refuse a layer that gave too much, or too much for what came in."""
        if out_bytes > self._size_max and not self._cut:
            message = f"more than {self._size_max} bytes decoded from {self.coded_bytes} received"
            raise CodingError("body_too_large", message)
        if out_bytes > max(limits.CODING_RATIO * self.coded_bytes, limits.CODING_RATIO_FROM_BYTES):
            message = f"{out_bytes} bytes decoded from {self.coded_bytes}, more than {limits.CODING_RATIO}:1"
            raise CodingError("body_too_large", message)


class _Parts:
    """Counts the parts of one body that hold nothing."""

    def __init__(self) -> None:
        self.is_empty = True
        """Nothing has come out of the present part."""
        self._empty = 0

    def begin(self) -> None:
        """One more part begins. Raises CodingError."""
        self._empty += self.is_empty
        if self._empty > _EMPTY_PARTS_MAX:
            raise CodingError("body_too_large", f"more than {_EMPTY_PARTS_MAX} parts of the body hold nothing")
        self.is_empty = True


class _Gzip:
    """Any number of members; garbage after the last is left alone, as gzip(1) does."""

    def __init__(self) -> None:
        self._engine = zlib.decompressobj(31)
        self._fed = b""
        self._ended = False
        self._damaged = False
        self._parts = _Parts()

    def feed(self, data: bytes) -> None:
        self._fed += data

    def read(self) -> bytes:
        while self._fed and not self._ended:
            if self._engine.eof:
                if len(self._fed) < len(_GZIP_MAGIC):
                    return b""
                if not self._fed.startswith(_GZIP_MAGIC):
                    self._ended = True
                    return b""
                self._parts.begin()
                self._engine = zlib.decompressobj(31)
            before = self._engine.copy()
            try:
                piece = self._engine.decompress(self._fed, _PIECE_BYTES)
            except zlib.error as error:
                if "incorrect" not in str(error) or "header" in str(error):
                    raise
                # The checksum is wrong: what came before it is kept, and called truncated.
                self._ended = self._damaged = True
                return before.decompress(self._fed[:-_GZIP_TRAILER_BYTES], _PIECE_BYTES)
            self._fed = self._engine.unused_data if self._engine.eof else self._engine.unconsumed_tail
            if piece:
                self._parts.is_empty = False
                return piece
        return b""

    def finished(self) -> bool:
        return self._engine.eof and not self._damaged


class _Deflate:
    """zlib-wrapped as the standard says, or raw as some servers send it."""

    def __init__(self) -> None:
        self._engine = zlib.decompressobj(15)
        self._fed = b""
        self._started = False

    def feed(self, data: bytes) -> None:
        self._fed += data

    def read(self) -> bytes:
        if not self._fed or self._engine.eof:
            return b""
        try:
            piece = self._engine.decompress(self._fed, _PIECE_BYTES)
        except zlib.error:
            if self._started:
                raise
            self._engine = zlib.decompressobj(-15)
            piece = self._engine.decompress(self._fed, _PIECE_BYTES)
        self._started = True
        self._fed = self._engine.unconsumed_tail
        return piece

    def finished(self) -> bool:
        return self._engine.eof


class _Brotli:
    def __init__(self) -> None:
        self._engine = brotli.Decompressor()
        self._fed = b""

    def feed(self, data: bytes) -> None:
        self._fed += data

    def read(self) -> bytes:
        if self._engine.is_finished():
            return b""
        if self._engine.can_accept_more_data():
            data, self._fed = self._fed, b""
            return bytes(self._engine.process(data, output_buffer_limit=_PIECE_BYTES))
        return bytes(self._engine.process(b"", output_buffer_limit=_PIECE_BYTES))

    def finished(self) -> bool:
        return bool(self._engine.is_finished())


class _Zstd:
    def __init__(self) -> None:
        self._engine = self._new()
        self._fed = b""
        self._parts = _Parts()

    @staticmethod
    def _new() -> "zstd.ZstdDecompressor":
        return zstd.ZstdDecompressor(options={zstd.DecompressionParameter.window_log_max: _ZSTD_WINDOW_LOG_MAX})

    def feed(self, data: bytes) -> None:
        self._fed += data

    def read(self) -> bytes:
        while True:
            if self._engine.eof:
                rest = self._engine.unused_data + self._fed
                self._fed = b""
                if not rest.startswith(_ZSTD_MAGIC):
                    return b""
                self._parts.begin()
                self._engine, self._fed = self._new(), rest
            if not self._fed and self._engine.needs_input:
                return b""
            data, self._fed = self._fed, b""
            piece = self._engine.decompress(data, _PIECE_BYTES)
            if piece:
                self._parts.is_empty = False
                return piece

    def finished(self) -> bool:
        return bool(self._engine.eof)


_LAYERS: dict[str, Callable[[], _Layer]] = {
    "gzip": _Gzip,
    "x-gzip": _Gzip,
    "deflate": _Deflate,
    "br": _Brotli,
    "zstd": _Zstd,
}


def _choose(names: list[str], head: bytes) -> list[str]:
    """The codings to remove, last applied last; the label's, unless the first bytes say that it lies."""
    if not head or (names and _fits(names[-1], head)):
        return names if head else []
    if head.startswith(_GZIP_MAGIC):
        return [*names[:-1], "gzip"]
    if names and head.startswith(_ZSTD_MAGIC):
        return [*names[:-1], "zstd"]
    if not names or _is_text(head):
        return []
    raise CodingError("bad_encoding", f"the body is not {names[-1][:20]!r} as its label says")


def _fits(name: str, head: bytes) -> bool:
    if name in ("gzip", "x-gzip"):
        return head.startswith(_GZIP_MAGIC)
    if name == "zstd":
        return head.startswith(_ZSTD_MAGIC)
    if name == "deflate":
        return not _is_text(head) and not head.startswith(_GZIP_MAGIC)
    if name == "br":
        if head.startswith(
            (_GZIP_MAGIC, _ZSTD_MAGIC)
        ):  # brotli has no magic and takes the beginnings of some for its own
            return False
        try:
            brotli.Decompressor().process(head, output_buffer_limit=_PIECE_BYTES)
        except brotli.error:
            return False
        return True
    return False


def _is_text(head: bytes) -> bool:
    return head.lstrip()[:1] in _TEXT_STARTS and not any(byte < 9 for byte in head)
