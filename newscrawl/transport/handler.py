"""The download handler for http and https: every stage of an answer has a bound, and every bound its outcome."""

import copy
import logging
import time
from functools import cache
from typing import Any, TypeVar
from urllib.parse import urlsplit

from scrapy import Request, signals
from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.crawler import Crawler
from scrapy.http import Headers, Response
from scrapy.responsetypes import responsetypes
from scrapy.utils.defer import maybe_deferred_to_future
from twisted.internet.defer import Deferred
from twisted.internet.endpoints import HostnameEndpoint, wrapClientTLS
from twisted.internet.error import DNSLookupError
from twisted.logger import globalLogBeginner
from twisted.web._newclient import Request as TxRequest
from twisted.web.http_headers import Headers as TxHeaders

from newscrawl.addresses import DEFAULT_PORTS, check_url, parse_allowed
from newscrawl.transport.body import BodyReader, Bounds
from newscrawl.transport.client import BoundedFactory, BoundedProtocol
from newscrawl.transport.coding import ACCEPTED
from newscrawl.transport.meta import TOOK_S, UNVERIFIED, WIRE, Wire
from newscrawl.transport.outcomes import AnswerError
from newscrawl.transport.resolver import PublicResolver
from newscrawl.turns import ROOMS
from newscrawl.urls.forms import registered_domain

_T = TypeVar("_T")


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
        _quieten_twisted()
        self._settings = crawler.settings
        self._allowed = parse_allowed(crawler.settings.getlist("NEWSCRAWL_ALLOW_ADDRESSES"))
        self._unverified: Any = copy.copy(self._contextFactory)
        self._unverified._verify_certificates = False

    async def download_request(self, request: Request) -> Response:
        """Fetch `request`. Raises AnswerError and Twisted's errors; `outcome_of_failure` reads both."""
        errand = request.meta.get("newscrawl")
        kind = getattr(errand, "kind", None)
        bounds = Bounds.from_settings(self._settings, kind)
        room = ROOMS.get(self.crawler)
        if errand is None or room is None or kind in ("robots", "tdmrep"):
            return await self._time(request, bounds)
        # A source is asked for nothing while its pages wait to be read.
        async with room(errand.source.id) as waited:
            if waited:
                self._restart_delay(request)
            return await self._time(request, bounds)

    def _restart_delay(self, request: Request) -> None:
        """Let the host's delay count from now: its request leaves later than Scrapy believes."""
        engine = self.crawler.engine
        slot = engine.downloader.slots.get(request.meta.get("download_slot", "")) if engine is not None else None
        if slot is not None:
            slot.lastseen = time.monotonic()

    async def _time(self, request: Request, bounds: Bounds) -> Response:
        started = time.monotonic()
        try:
            return await self._fetch(request, bounds, started)
        finally:
            request.meta[TOOK_S] = time.monotonic() - started

    async def _fetch(self, request: Request, bounds: Bounds, started: float) -> Response:
        url = check_url(request.url, allowed=self._allowed)
        protocol = await self._connect(url, bounds, self._policy_for(request, url))
        try:
            asked = _wire_request(request, url)
            answer = await self._within(
                protocol.request(asked),
                min(bounds.headers_s, bounds.total_s),
                AnswerError("timeout_headers", f"no headers within {bounds.headers_s} s"),
            )
            request.meta["download_latency"] = time.monotonic() - started
            self._tell_headers(request, answer)
            keep = bool(self._settings["NEWSCRAWL_WARC"])
            if 300 <= answer.code < 400 and answer.headers.hasHeader(b"location") and not keep:
                return _response(request, answer, b"", [])  # it leads elsewhere, and need not be read to its end
            reader = BodyReader(self._reactor, answer, bounds, started, self._unread_bytes, keep_coded=keep)
            body, flags = await maybe_deferred_to_future(reader.read())
        finally:
            protocol.abort_now()
        if reader.coded is not None:
            request.meta[WIRE] = Wire(asked=_pairs(asked), phrase=answer.phrase, told=_pairs(answer), body=reader.coded)
        return _response(request, answer, body, flags)

    def _unread_bytes(self) -> int:
        """Bodies that have come and are being read, or wait for it: Scrapy's own count."""
        engine = self.crawler.engine
        slot = engine.scraper.slot if engine is not None else None
        return slot.active_size if slot is not None else 0

    def _tell_headers(self, request: Request, answer: Any) -> None:
        """Scrapy's signal at the instant the headers are there: the page's age is counted from it."""
        self.crawler.signals.send_catch_log(
            signals.headers_received,
            headers=_headers(answer),
            body_length=answer.length,
            request=request,
            spider=self.crawler.spider,
        )

    def _policy_for(self, request: Request, url: str) -> Any:
        """How certificates are judged: strictly, but on the own hosts of a source whose seed opts out."""
        source = getattr(request.meta.get("newscrawl"), "source", None)
        if source is None or source.verify_tls:
            return self._contextFactory
        own = {registered_domain(urlsplit(one.url).hostname or "") for one in (source, *source.channels)}
        host = urlsplit(url).hostname or ""
        if (registered_domain(host) or host) not in own | {urlsplit(one.url).hostname for one in source.channels}:
            return self._contextFactory
        request.meta[UNVERIFIED] = url.startswith("https:")
        return self._unverified

    async def _connect(self, url: str, bounds: Bounds, policy: Any) -> BoundedProtocol:
        parts = urlsplit(url)
        host = parts.hostname or ""
        port = parts.port or DEFAULT_PORTS[parts.scheme]
        endpoint: Any = HostnameEndpoint(self._reactor, host, port, bounds.connect_s)
        if parts.scheme == "https":
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


@cache
def _quieten_twisted() -> None:
    """Keep what a site's certificate provokes out of the log and off the terminal; our own defects still show.

    Scrapy passes Twisted's log on to `logging`; until a first target is chosen Twisted prints to stderr besides.
    """
    logging.getLogger("twisted").addFilter(_is_ours)
    globalLogBeginner.beginLoggingTo([], discardBuffer=True, redirectStandardIO=False)


def _is_ours(record: logging.LogRecord) -> bool:
    """Twisted logs a certificate that does not hold with a traceback; the outcome `tls_invalid` says it in a word."""
    return "while verifying certificate" not in record.getMessage()


def _wire_request(request: Request, url: str) -> TxRequest:
    parts = urlsplit(url)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    headers = TxHeaders(request.headers)
    headers.setRawHeaders(b"Host", [parts.netloc.encode("ascii")])
    headers.setRawHeaders(b"Accept-Encoding", [ACCEPTED.encode("ascii")])
    return TxRequest(request.method.encode("ascii"), target.encode("ascii"), headers, None, persistent=False)


def _pairs(message: Any) -> tuple[tuple[bytes, bytes], ...]:
    return tuple((name, value) for name, values in message.headers.getAllRawHeaders() for value in values)


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
