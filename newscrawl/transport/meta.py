"""What the handler leaves in `request.meta` beside the answer."""

from dataclasses import dataclass

TOOK_S = "newscrawl_took_s"
"""Key of `request.meta`: seconds from the name look-up to the end of the body, or of the attempt."""
WIRE = "newscrawl_wire"
"""Key of `request.meta`: the answer as it came, a `Wire`; only where answers are kept (`NEWSCRAWL_WARC`)."""

UNVERIFIED = "newscrawl_tls_unverified"
"""Key of `request.meta`: whether the answer came from a host whose certificate was not checked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wire:
    """What went over the wire, but for the fields that belong to the connection alone."""

    asked: tuple[tuple[bytes, bytes], ...]
    phrase: bytes
    told: tuple[tuple[bytes, bytes], ...]
    body: bytes
    """Chunks undone, content codings not."""
