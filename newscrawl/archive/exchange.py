"""One request and its answer, as they are kept: bytes from the wire without what is secret."""

import base64
import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

Headers = Sequence[tuple[bytes, bytes]]

SECRET = frozenset({b"authorization", b"cookie", b"proxy-authorization", b"set-cookie", b"set-cookie2"})
"""Header fields that are never written."""
_OF_CONNECTION = frozenset({b"connection", b"content-length", b"keep-alive", b"transfer-encoding", b"upgrade"})
"""Fields that told how the bytes were sent, not what they are; Content-Length is written anew."""
_LINE = re.compile(rb"[\x00-\x08\x0a-\x1f\x7f]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """A request that was answered. Header fields are in the order they were sent in, as far as that is known."""

    url: str
    fetched_at: datetime
    """When the answer's headers were there."""
    method: bytes = b"GET"
    asked: Headers = ()
    """The request's header fields."""
    status: int
    phrase: bytes = b""
    told: Headers = ()
    """The answer's header fields."""
    body: bytes = b""
    """As it came, chunks undone, content codings not."""
    ip_address: str | None = None

    @property
    def payload_digest(self) -> str:
        """SHA-1 of the body in base 32, as archives write it."""
        return "sha1:" + base64.b32encode(hashlib.sha1(self.body, usedforsecurity=False).digest()).decode()

    def request_bytes(self) -> bytes:
        """The request as HTTP/1.1."""
        target = re.sub(r"^[a-z]+://[^/?#]*", "", self.url.partition("#")[0]) or "/"
        target = target if target.startswith("/") else f"/{target}"
        return _message(b"%s %s HTTP/1.1" % (self.method, target.encode("ascii", "replace")), _kept(self.asked))

    def head_bytes(self) -> bytes:
        """The answer's status line and header fields as HTTP/1.1."""
        fields = _kept(self.told)
        if self.status != 304:
            fields.append((b"Content-Length", b"%d" % len(self.body)))
        return _message(b"HTTP/1.1 %d %s" % (self.status, self.phrase), fields)


def _kept(fields: Headers) -> list[tuple[bytes, bytes]]:
    return [(name, value) for name, value in fields if name.lower() not in SECRET | _OF_CONNECTION]


def _message(first: bytes, fields: Iterable[tuple[bytes, bytes]]) -> bytes:
    lines = [first.strip(), *(b"%s: %s" % field for field in fields)]
    return b"\r\n".join(_LINE.sub(b" ", line) for line in lines) + b"\r\n\r\n"
