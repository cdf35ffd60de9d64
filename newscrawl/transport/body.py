"""The body of one answer: decoded as it comes, watched for size, kind and time."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from typing import Any, ClassVar, Self

from scrapy.settings import BaseSettings
from twisted.internet.defer import Deferred
from twisted.internet.protocol import Protocol, connectionDone
from twisted.python.failure import Failure
from twisted.web._newclient import ResponseDone
from twisted.web.http import PotentialDataLoss
from twisted.web.iweb import UNKNOWN_LENGTH

from newscrawl import limits
from newscrawl.markup import SNIFF_BYTES
from newscrawl.transport.coding import CodingError, Decoder
from newscrawl.transport.media import check_start, check_type
from newscrawl.transport.outcomes import AnswerError, outcome_of_error

_TICK_S = 0.5
_SIZES = {"feed": "FEED_BYTES", "sitemap": "FEED_BYTES", "robots": "ROBOTS_BYTES", "tdmrep": "ROBOTS_BYTES"}
_LARGE_BYTES = 2**20
"""Bodies past it share half of IN_FLIGHT_BYTES, so that the others are not kept waiting by them."""
_SMALL_BYTES = 2**16
"""Bodies up to it never wait."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """How much and how long, for one answer."""

    body_bytes: int = limits.BODY_BYTES
    cut: bool = False
    """True: a body past `body_bytes` is cut, not refused (robots.txt)."""
    connect_s: float = limits.CONNECT_S
    headers_s: float = limits.HEADERS_S
    idle_s: float = limits.IDLE_S
    total_s: float = limits.TOTAL_S
    slow_total_s: float = limits.SLOW_TOTAL_S
    slow_bytes_per_s: int = limits.SLOW_BYTES_PER_S

    @classmethod
    def from_settings(cls, settings: BaseSettings, kind: str | None) -> Self:
        """The bounds of a fetch of `kind` (a FetchKind; None: a page)."""
        times: dict[str, Any] = {
            name: settings.getfloat(f"NEWSCRAWL_{name.upper()}", getattr(limits, name.upper()))
            for name in ("connect_s", "headers_s", "idle_s", "total_s", "slow_total_s")
        }
        name = _SIZES.get(kind or "", "BODY_BYTES")
        if kind in ("robots", "tdmrep"):
            robots_s = settings.getfloat("NEWSCRAWL_ROBOTS_S", limits.ROBOTS_S)
            times |= {"total_s": robots_s, "slow_total_s": robots_s}
        body_bytes = settings.getint(f"NEWSCRAWL_{name}", getattr(limits, name))
        return cls(body_bytes=body_bytes, cut=kind == "robots", **times)


class BodyReader(Protocol):
    """Takes the body as it comes, decodes it, and watches size, kind and time."""

    in_flight_bytes: ClassVar[int] = 0
    """Decoded bytes of all bodies that are not complete yet."""
    large: ClassVar[set["BodyReader"]] = set()
    """Those past _SMALL_BYTES among them."""

    coded: bytes | None = None
    """The whole body as it came, chunks undone, content codings not; None: it is not whole, or was not asked for."""

    def __init__(
        self,
        reactor: Any,
        answer: Any,
        bounds: Bounds,
        started: float,
        unread_bytes: Callable[[], int] = lambda: 0,
        *,
        keep_coded: bool = False,
    ) -> None:
        """`unread_bytes`: how much of complete bodies waits to be read."""
        self._coded = BytesIO() if keep_coded else None
        self._reactor, self._answer, self._bounds, self._unread_bytes = reactor, answer, bounds, unread_bytes
        self._started = self._last_at = started
        self._result: Deferred[tuple[bytes, list[str]]] = Deferred()
        self._body = BytesIO()
        self._sniffed = self._paused = False
        self._paused_s = 0.0
        self._timer: Any = None

    def read(self) -> "Deferred[tuple[bytes, list[str]]]":
        """The decoded body and its flags (`truncated`, `cut`)."""
        try:
            self._check_headers()
        except (AnswerError, CodingError) as error:
            return self._fail(error)
        if self._answer.length == 0:
            self._finish()
        else:
            self._last_at = time.monotonic()
            self._timer = self._reactor.callLater(_TICK_S, self._tick)
            self._answer.deliverBody(self)
        return self._result

    def dataReceived(self, data: bytes) -> None:  # noqa: N802 -- the name is Twisted's
        """Decode what came."""
        if self._result.called:
            return
        self._last_at = time.monotonic()
        if self._coded is not None:
            self._coded.write(data)
        try:
            self._take(self._decoder.feed(data))
        except (AnswerError, CodingError) as error:
            self._fail(error)
            return
        if self._decoder.full:
            self._finish()
        elif self._is_too_much():
            self._pause(True)

    def connectionLost(self, reason: Failure = connectionDone) -> None:  # noqa: N802 -- the name is Twisted's
        """The body has ended, one way or another."""
        if self._result.called:
            return
        if reason.check(ResponseDone, PotentialDataLoss):
            self._finish()
            return
        outcome, message = outcome_of_error(reason.value)
        received, announced = self._decoder.coded_bytes, self._answer.length
        of = "" if announced is UNKNOWN_LENGTH else f" of {announced}"
        self._fail(AnswerError(outcome, f"{message}; {received}{of} bytes came"))

    def _check_headers(self) -> None:
        headers = self._answer.headers
        codings = ",".join(value.decode("latin-1") for value in headers.getRawHeaders(b"content-encoding", []))
        self._decoder = Decoder(codings, self._bounds.body_bytes, cut=self._bounds.cut)
        if self._answer.code >= 300 or self._bounds.cut:
            return
        check_type(headers.getRawHeaders(b"content-type", [b""])[0].decode("latin-1"))
        announced = self._answer.length
        if announced is not UNKNOWN_LENGTH and announced > self._bounds.body_bytes:
            message = f"{announced} bytes announced, the limit is {self._bounds.body_bytes}"
            raise AnswerError("body_too_large", message)

    def _take(self, pieces: list[bytes]) -> None:
        for piece in pieces:
            self._body.write(piece)
            BodyReader.in_flight_bytes += len(piece)
        if self._body.tell() > _SMALL_BYTES:
            BodyReader.large.add(self)
        if not self._sniffed and self._body.tell() >= SNIFF_BYTES:
            self._sniff()

    def _sniff(self) -> None:
        self._sniffed = True
        if self._answer.code < 300 and not self._bounds.cut:
            check_start(bytes(self._body.getbuffer()[:SNIFF_BYTES]))

    def _tick(self) -> None:
        """Two clocks: silence, and the whole; a slow answer that keeps a pace is given more of the second."""
        now = time.monotonic()
        if self._paused:
            self._ask_again(now)
        bounds, took_s, received = self._bounds, now - self._started, self._decoder.coded_bytes
        if now - self._last_at > bounds.idle_s:
            self._fail(AnswerError("timeout_read", f"nothing for {bounds.idle_s} s; {received} bytes came"))
        elif took_s > bounds.slow_total_s or (
            took_s > bounds.total_s and received < bounds.slow_bytes_per_s * bounds.total_s
        ):
            self._fail(AnswerError("timeout_total", f"not done after {took_s:.0f} s; {received} bytes came"))
        else:
            self._timer = self._reactor.callLater(_TICK_S, self._tick)

    def _is_too_much(self) -> bool:
        """Whether to wait: as long as too much waits to be read, and else for all but the quickest, which goes on.

        Were all to wait, none would ever be whole and make room for the next.
        """
        size, unread = self._body.tell(), self._unread_bytes()
        most = limits.IN_FLIGHT_BYTES // (2 if size > _LARGE_BYTES else 1)
        if size <= _SMALL_BYTES or BodyReader.in_flight_bytes + unread <= most:
            return False
        return unread > most or self is not max(BodyReader.large, key=BodyReader._pace)

    def _ask_again(self, now: float) -> None:
        self._paused_s += now - self._last_at
        self._last_at = now
        self._pause(self._is_too_much())

    def _pace(self) -> float:
        """Bytes a second, of the time it was let come."""
        return self._body.tell() / max(time.monotonic() - self._started - self._paused_s, 1e-3)

    def _pause(self, wanted: bool) -> None:
        """Leave a large body on the wire while all bodies together are too much to hold; small ones go on."""
        if wanted != self._paused and self.transport is not None:
            self._paused = wanted
            producer: Any = self.transport
            (producer.pauseProducing if wanted else producer.resumeProducing)()

    def _finish(self) -> None:
        try:
            pieces, truncated = self._decoder.finish()
            self._take(pieces)
            if not self._sniffed:
                self._sniff()
        except (AnswerError, CodingError) as error:
            self._fail(error)
            return
        flags = [name for name, is_so in (("truncated", truncated), ("cut", self._decoder.full)) if is_so]
        self._end()
        if self._coded is not None:
            self.coded = self._coded.getvalue()
        self._result.callback((self._body.getvalue(), flags))

    def _fail(self, error: Exception) -> "Deferred[tuple[bytes, list[str]]]":
        self._end()
        self._body = BytesIO()
        self._result.errback(Failure(error))
        return self._result

    def _end(self) -> None:
        BodyReader.in_flight_bytes -= self._body.tell()
        BodyReader.large.discard(self)
        if self._timer is not None and self._timer.active():
            self._timer.cancel()
        now = time.monotonic()
        for other in [one for one in BodyReader.large if one._paused]:
            other._ask_again(now)
