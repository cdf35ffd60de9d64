"""HTTP/1.1 answers read with bounds that Twisted does not set: header bytes and lines, interim answers, CPU time.

One connection carries one request: nothing left over from one answer can ever be taken for the next.
"""
# ruff: noqa: N802 -- the names of methods are Twisted's

import re
import time

from scrapy.core.downloader.handlers.http11 import _LenientHTTP11ClientProtocol, _LenientHTTPClientParser
from twisted.internet.defer import Deferred
from twisted.internet.interfaces import IAddress
from twisted.internet.protocol import Factory, connectionDone
from twisted.python.failure import Failure
from twisted.web._newclient import HEADER, STATUS, Request
from twisted.web.iweb import IResponse

from newscrawl import limits
from newscrawl.transport.outcomes import AnswerError

_STATUS_LINE = re.compile(rb"HTTP/\d\.\d [1-9]\d\d( [^\r\n]*)?")
_TOKEN = re.compile(rb"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_CONTROL = re.compile(rb"[\x00-\x08\x0a-\x1f\x7f]")


class BoundedParser(_LenientHTTPClientParser):
    """Scrapy's parser, which skips lines without a colon, with limits on what comes before the body.

    Scrapy makes the parser object and swaps its class, so state starts from class attributes.
    """

    _header_bytes = 0
    _header_lines = 0
    _interim = 0

    def dataReceived(self, data: bytes) -> None:
        """Refuse at the first byte what does not start as an answer."""
        self.MAX_LENGTH = limits.HEADER_BYTES
        if not self._everReceivedData and not b"HTTP/".startswith(data[:5]):
            raise AnswerError("bad_framing", f"not a status line: {data[:40]!r}")
        super().dataReceived(data)

    def lineReceived(self, line: bytes) -> None:
        """Count the line before it is read."""
        self._header_bytes += len(line) + 1
        self._header_lines += 1
        if self._header_bytes > limits.HEADER_BYTES:
            raise AnswerError("headers_too_large", f"more than {limits.HEADER_BYTES} bytes of headers")
        if self._header_lines > limits.HEADER_LINES:
            raise AnswerError("headers_too_large", f"more than {limits.HEADER_LINES} header lines")
        if self.state == HEADER and self._partialHeader is None and line[:1] in (b" ", b"\t"):
            return  # goes on with a header that never began; RFC 9112 2.2 lets it be consumed
        super().lineReceived(line)

    def lineLengthExceeded(self, line: bytes) -> None:
        """A line without an end: noise instead of a status line, or a header past the limit."""
        if self.state == STATUS:
            raise AnswerError("bad_framing", "no status line")
        raise AnswerError("headers_too_large", f"more than {limits.HEADER_BYTES} bytes of headers")

    def statusReceived(self, status: bytes) -> None:
        """Take what RFC 9112 calls a status line and nothing else."""
        if _STATUS_LINE.fullmatch(status) is None:
            raise AnswerError("bad_framing", f"not a status line: {status[:40]!r}")
        super().statusReceived(status)

    def headerReceived(self, name: bytes, value: bytes) -> None:
        """Skip a header whose name is none; a space for each control character in a value (RFC 9110 5.5)."""
        if _TOKEN.fullmatch(name.strip()):
            super().headerReceived(name.strip(), _CONTROL.sub(b" ", value))

    def allHeadersReceived(self) -> None:
        """Skip interim answers, but not for ever."""
        if self.response.code == 101:
            raise AnswerError("bad_framing", "another protocol, which nobody asked for")
        if 100 <= self.response.code < 200:
            self._interim += 1
            if self._interim > limits.INTERIM_ANSWERS:
                raise AnswerError("bad_framing", f"more than {limits.INTERIM_ANSWERS} interim answers")
            self._header_lines = 0
            self.connectionMade()
            return
        super().allHeadersReceived()


class BoundedProtocol(_LenientHTTP11ClientProtocol):
    """One request, one answer; reading it may not cost more than ANSWER_CPU_S seconds of CPU."""

    _cpu_s = 0.0
    _is_lost = False

    def request(self, request: Request) -> Deferred[IResponse]:
        """See HTTP11ClientProtocol.request."""
        answer = super().request(request)
        assert self._parser is not None
        self._parser.__class__ = BoundedParser
        return answer

    def dataReceived(self, data: bytes) -> None:
        """Read `data`, on the clock."""
        if self._parser is None:
            return
        started = time.thread_time()
        super().dataReceived(data)
        self._cpu_s += time.thread_time() - started
        if self._cpu_s > limits.ANSWER_CPU_S:
            message = f"reading the answer took more than {limits.ANSWER_CPU_S} s of CPU"
            self._giveUp(Failure(AnswerError("timeout_total", message)))

    def connectionLost(self, reason: Failure = connectionDone) -> None:
        """See IProtocol; a connection that is lost is not aborted any more."""
        self._is_lost = True
        super().connectionLost(reason)

    def abort_now(self) -> None:
        """Close the connection without waiting for anything the other side still sends."""
        if self.transport is not None and not self._is_lost:
            self.transport.abortConnection()


class BoundedFactory(Factory):
    """Makes one BoundedProtocol for each connection."""

    noisy = False

    def buildProtocol(self, addr: IAddress | None) -> BoundedProtocol:
        """See IProtocolFactory."""
        return BoundedProtocol()
