"""The download handler for http and https: every stage of an answer has a bound, and every bound its outcome."""

import time
from dataclasses import dataclass
from io import BytesIO
from typing import Any, Self, TypeVar
from urllib.parse import urlsplit

from scrapy import Request, signals
from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.crawler import Crawler
from scrapy.http import Headers, Response
from scrapy.responsetypes import responsetypes
from scrapy.settings import BaseSettings
from scrapy.utils.defer import maybe_deferred_to_future
from twisted.internet.defer import Deferred
from twisted.internet.endpoints import HostnameEndpoint, wrapClientTLS
from twisted.internet.error import DNSLookupError
from twisted.internet.protocol import Protocol, connectionDone
from twisted.python.failure import Failure
from twisted.web._newclient import Request as TxRequest
from twisted.web._newclient import ResponseDone
from twisted.web.http import PotentialDataLoss
from twisted.web.http_headers import Headers as TxHeaders
from twisted.web.iweb import UNKNOWN_LENGTH

from newscrawl import limits
from newscrawl.addresses import DEFAULT_PORTS, check_url, parse_allowed
from newscrawl.transport.client import BoundedFactory, BoundedProtocol
from newscrawl.transport.coding import ACCEPTED, CodingError, Decoder
from newscrawl.transport.media import SNIFF_BYTES, check_start, check_type
from newscrawl.transport.outcomes import AnswerError, outcome_of_error
from newscrawl.transport.resolver import PublicResolver

_T = TypeVar("_T")
_TICK_S = 0.5
TOOK_S = "newscrawl_took_s"
"""Key of `request.meta`: seconds from the name look-up to the end of the body, or of the attempt."""


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
        size = {"feed": "FEED_BYTES", "sitemap": "FEED_BYTES", "robots": "ROBOTS_BYTES"}.get(kind or "", "BODY_BYTES")
        if kind == "robots":
            robots_s = settings.getfloat("NEWSCRAWL_ROBOTS_S", limits.ROBOTS_S)
            times |= {"total_s": robots_s, "slow_total_s": robots_s}
        body_bytes = settings.getint(f"NEWSCRAWL_{size}", getattr(limits, size))
        return cls(body_bytes=body_bytes, cut=kind == "robots", **times)


class BoundedHandler(HTTP11DownloadHandler):
    """Fetches over a connection of its own, to public addresses only, within `Bounds`.

    Takes over from Scrapy's handler its TLS settings and its patches for host names; proxies are not used.
    """

    lazy = False

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        from twisted.internet import reactor

        self._reactor: Any = reactor
        if not isinstance(self._reactor.nameResolver, PublicResolver):
            PublicResolver.from_crawler(crawler, self._reactor).install_on_reactor()
        self._settings = crawler.settings
        self._allowed = parse_allowed(crawler.settings.getlist("NEWSCRAWL_ALLOW_ADDRESSES"))

    async def download_request(self, request: Request) -> Response:
        """Fetch `request`. Raises AnswerError and Twisted's errors; `outcome_of_failure` reads both."""
        kind = getattr(request.meta.get("newscrawl"), "kind", None)
        bounds = Bounds.from_settings(self._settings, kind)
        started = time.monotonic()
        try:
            return await self._fetch(request, bounds, started)
        finally:
            request.meta[TOOK_S] = time.monotonic() - started

    async def _fetch(self, request: Request, bounds: Bounds, started: float) -> Response:
        url = check_url(request.url, allowed=self._allowed)
        protocol = await self._connect(url, bounds)
        try:
            answer = await self._within(
                protocol.request(_wire_request(request, url)),
                min(bounds.headers_s, bounds.total_s),
                AnswerError("timeout_headers", f"no headers within {bounds.headers_s} s"),
            )
            request.meta["download_latency"] = time.monotonic() - started
            self._tell_headers(request, answer)
            reader = _BodyReader(self._reactor, answer, bounds, started)
            body, flags = await maybe_deferred_to_future(reader.read())
        finally:
            protocol.abort_now()
        return _response(request, answer, body, flags)

    def _tell_headers(self, request: Request, answer: Any) -> None:
        """Scrapy's signal at the instant the headers are there: the page's age is counted from it."""
        self.crawler.signals.send_catch_log(
            signals.headers_received,
            headers=_headers(answer),
            body_length=answer.length,
            request=request,
            spider=self.crawler.spider,
        )

    async def _connect(self, url: str, bounds: Bounds) -> BoundedProtocol:
        parts = urlsplit(url)
        host = parts.hostname or ""
        port = parts.port or DEFAULT_PORTS[parts.scheme]
        endpoint: Any = HostnameEndpoint(self._reactor, host, port, bounds.connect_s)
        if parts.scheme == "https":
            policy: Any = self._contextFactory
            endpoint = wrapClientTLS(policy.creatorForNetloc(host.encode("ascii"), port), endpoint)
        try:
            protocol: BoundedProtocol = await self._within(
                endpoint.connect(BoundedFactory()),
                bounds.connect_s,
                AnswerError("timeout_connect", f"no connection within {bounds.connect_s} s"),
            )
        except DNSLookupError:
            refused = self._reactor.nameResolver.refused(host, port)
            if refused is None:
                raise
            raise AnswerError("blocked_address", f"{host} is {refused}, not a public address") from None
        return protocol

    async def _within(self, result: "Deferred[_T]", seconds: float, error: AnswerError) -> _T:
        """The value of `result`, or `error` raised once `seconds` have passed."""
        late = False

        def give_up() -> None:
            nonlocal late
            late = True
            result.cancel()

        timer = self._reactor.callLater(seconds, give_up)
        try:
            return await maybe_deferred_to_future(result)
        except Exception:
            if late:
                raise error from None
            raise
        finally:
            if timer.active():
                timer.cancel()


class _BodyReader(Protocol):
    """Takes the body as it comes, decodes it, and watches size, kind and time."""

    def __init__(self, reactor: Any, answer: Any, bounds: Bounds, started: float) -> None:
        self._reactor, self._answer, self._bounds = reactor, answer, bounds
        self._started = self._last_at = started
        self._result: Deferred[tuple[bytes, list[str]]] = Deferred()
        self._body = BytesIO()
        self._sniffed = False
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
        try:
            self._take(self._decoder.feed(data))
        except (AnswerError, CodingError) as error:
            self._fail(error)
            return
        if self._decoder.full:
            self._finish()

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
        if not self._sniffed and self._body.tell() >= SNIFF_BYTES:
            self._sniff()

    def _sniff(self) -> None:
        self._sniffed = True
        if self._answer.code < 300 and not self._bounds.cut:
            check_start(self._body.getvalue()[:SNIFF_BYTES])

    def _tick(self) -> None:
        """Two clocks: silence, and the whole; a slow answer that keeps a pace is given more of the second."""
        now = time.monotonic()
        bounds, took_s, received = self._bounds, now - self._started, self._decoder.coded_bytes
        if now - self._last_at > bounds.idle_s:
            self._fail(AnswerError("timeout_read", f"nothing for {bounds.idle_s} s; {received} bytes came"))
        elif took_s > bounds.slow_total_s or (
            took_s > bounds.total_s and received < bounds.slow_bytes_per_s * bounds.total_s
        ):
            self._fail(AnswerError("timeout_total", f"not done after {took_s:.0f} s; {received} bytes came"))
        else:
            self._timer = self._reactor.callLater(_TICK_S, self._tick)

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
        self._result.callback((self._body.getvalue(), flags))

    def _fail(self, error: Exception) -> "Deferred[tuple[bytes, list[str]]]":
        self._end()
        self._body = BytesIO()
        self._result.errback(Failure(error))
        return self._result

    def _end(self) -> None:
        if self._timer is not None and self._timer.active():
            self._timer.cancel()


def _wire_request(request: Request, url: str) -> TxRequest:
    parts = urlsplit(url)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    headers = TxHeaders(request.headers)
    headers.setRawHeaders(b"Host", [parts.netloc.encode("ascii")])
    headers.setRawHeaders(b"Accept-Encoding", [ACCEPTED.encode("ascii")])
    return TxRequest(request.method.encode("ascii"), target.encode("ascii"), headers, None, persistent=False)


def _headers(answer: Any) -> Headers:
    headers = Headers()
    headers.update(answer.headers.getAllRawHeaders())
    return headers


def _response(request: Request, answer: Any, body: bytes, flags: list[str]) -> Response:
    headers = _headers(answer)
    headers.pop(b"Content-Encoding", None)
    kind = responsetypes.from_args(headers=headers, url=request.url, body=body)
    return kind(
        url=request.url,
        status=answer.code,
        headers=headers,
        body=body,
        flags=flags,
        ip_address=getattr(answer, "_scrapy_ip_address", None),
    )
