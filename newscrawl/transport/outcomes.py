"""What went wrong on the wire → one outcome code and one line for a person."""

import re
from collections.abc import Iterator

from OpenSSL import SSL
from scrapy import exceptions as scrapy_errors
from scrapy.spidermiddlewares.httperror import HttpError
from service_identity.exceptions import VerificationError
from twisted.internet import error as tx_errors
from twisted.python.failure import Failure
from twisted.web._newclient import ParseError, ResponseNeverReceived
from twisted.web.http import _DataLoss, _MalformedChunkedDataError

from newscrawl.outcomes import outcome_for_status

MESSAGE_CHARS = 300


class AnswerError(Exception):
    """An answer passed a bound or broke the protocol; `outcome` is a code of `newscrawl.outcomes`."""

    def __init__(self, outcome: str, message: str) -> None:
        self.outcome, self.message = outcome, message
        super().__init__(message)


# What Twisted wraps into ResponseFailed while it takes an answer apart. The first row whose type fits decides.
_WRAPPED: tuple[tuple[type[BaseException], str, str], ...] = (
    (ParseError, "bad_framing", "not an HTTP answer"),
    (_MalformedChunkedDataError, "bad_framing", "broken chunks"),
    (ValueError, "bad_framing", "not an HTTP answer"),  # lengths and chunk sizes that are no numbers
    (KeyError, "bad_framing", "an unknown transfer coding"),
    (_DataLoss, "truncated_body", "fewer bytes than announced"),
)
_PLAIN: tuple[tuple[type[BaseException], str, str], ...] = (
    (scrapy_errors.UnsupportedURLSchemeError, "blocked_scheme", "no such scheme is fetched"),
    (scrapy_errors.NotSupported, "blocked_scheme", "no such scheme is fetched"),
    (SSL.Error, "tls_invalid", "the certificate or the handshake does not hold"),
    (VerificationError, "tls_invalid", "the certificate is for another host"),
    (tx_errors.DNSLookupError, "dns_failed", "the host name does not resolve"),
    (scrapy_errors.CannotResolveHostError, "dns_failed", "the host name does not resolve"),
    (tx_errors.TimeoutError, "timeout_connect", "no connection in time"),
    (scrapy_errors.DownloadTimeoutError, "timeout_total", "took too long"),
    (tx_errors.ConnectionDone, "connection_lost", "the connection was closed"),
    (tx_errors.ConnectionLost, "connection_lost", "the connection was reset"),
    (tx_errors.ConnectError, "connection_lost", "no connection"),
    (scrapy_errors.DownloadConnectionRefusedError, "connection_lost", "the connection was refused"),
    (scrapy_errors.ResponseDataLossError, "truncated_body", "fewer bytes than announced"),
    (OSError, "connection_lost", "the network failed"),
)


def outcome_of_failure(failure: Failure) -> tuple[str, str]:
    """(outcome code, one printable line) of whatever ended a request without a usable answer."""
    return outcome_of_error(failure.value)


def outcome_of_error(error: BaseException | None) -> tuple[str, str]:
    """As `outcome_of_failure`, for an exception. What nothing explains is `internal_error`."""
    causes = tuple(_causes(error))
    for cause in causes:
        outcome = getattr(cause, "outcome", None)
        if isinstance(outcome, str):
            return outcome, printable(getattr(cause, "message", "") or getattr(cause, "reason", "") or str(cause))
        if isinstance(cause, HttpError):
            return outcome_for_status(cause.response.status), f"status {cause.response.status}"
    if isinstance(error, ResponseNeverReceived) and isinstance(causes[-1], tx_errors.ConnectionDone):
        return "bad_framing", "the connection was closed without an answer"
    for table, candidates in ((_WRAPPED, causes[1:]), (_PLAIN, causes)):
        for kind, outcome, meaning in table:
            for cause in candidates:
                if isinstance(cause, kind):
                    return outcome, printable(f"{meaning}: {cause}" if str(cause) else meaning)
    return "internal_error", printable(f"{type(error).__name__}: {error}")


def printable(text: str) -> str:
    """`text` on one line, without characters that move a terminal, cut at MESSAGE_CHARS."""
    line = " ".join(text[: 4 * MESSAGE_CHARS].split())
    return re.sub(r"[^ -~]", lambda found: ascii(found.group())[1:-1], line)[:MESSAGE_CHARS]


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    """`error`, and what Twisted wrapped in it, outermost first."""
    if error is None:
        return
    yield error
    for reason in getattr(error, "reasons", None) or ():
        yield from _causes(reason.value if isinstance(reason, Failure) else reason)
    if error.__cause__ is not None:
        yield from _causes(error.__cause__)
