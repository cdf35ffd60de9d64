"""Ends that need no server of faults: certificates, refused connections, names that do not exist, files."""

import datetime
import json
import socket
import ssl
import subprocess
import sys
import threading

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from twisted.internet import error as tx_errors
from twisted.python.failure import Failure
from twisted.web._newclient import ParseError, ResponseFailed, ResponseNeverReceived
from twisted.web.http import _DataLoss, _MalformedChunkedDataError

from newscrawl.errors import PageError
from newscrawl.middlewares.refused import Refused
from newscrawl.transport.outcomes import AnswerError, outcome_of_error, outcome_of_failure, printable
from tests.hostile.run import REPO


@pytest.fixture(scope="module")
def self_signed(tmp_path_factory):
    """A port that speaks TLS with a certificate nobody vouches for."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.datetime.now(datetime.UTC)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    path = tmp_path_factory.mktemp("tls") / "both.pem"
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.write_bytes(secret + certificate.public_bytes(serialization.Encoding.PEM))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path)
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            while True:
                try:
                    connection, _ = listener.accept()
                except OSError:
                    return
                try:
                    with context.wrap_socket(connection, server_side=True) as wrapped:
                        wrapped.recv(100)
                except (OSError, ssl.SSLError):
                    connection.close()

        threading.Thread(target=serve, daemon=True).start()
        yield listener.getsockname()[1]


def test_ends(self_signed, tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as closed:
        free_port = closed.getsockname()[1]
    secret = tmp_path / "secret.txt"
    secret.write_text("not yours")
    expected = {
        f"https://127.0.0.1:{self_signed}/": "tls_invalid",
        f"http://127.0.0.1:{free_port}/": "connection_lost",
        "http://no-such-host.invalid/": "dns_failed",
        f"file://{secret}": "blocked_scheme",
        "data:text/html,hello": "blocked_scheme",
        "ftp://127.0.0.1/": "blocked_scheme",
        "http://127.0.0.1:9/": "blocked_address",
    }
    allowed = f"127.0.0.1:{self_signed},127.0.0.1:{free_port}"
    probe = [sys.executable, "-m", "tests.transport.probe", allowed, *expected]
    done = subprocess.run(probe, cwd=REPO, capture_output=True, text=True, timeout=300)
    found = json.loads(done.stdout.splitlines()[-1])
    assert {url: end[0] for url, end in found.items()} == expected, found
    assert "Traceback" not in done.stderr


def test_a_certificate_that_does_not_hold_passes_where_the_seed_says_so(self_signed):
    url = f"https://127.0.0.1:{self_signed}/"
    probe = [sys.executable, "-m", "tests.transport.probe", f"127.0.0.1:{self_signed}", "--unverified", url]
    done = subprocess.run(probe, cwd=REPO, capture_output=True, text=True, timeout=300)
    outcome, message = json.loads(done.stdout.splitlines()[-1])[url][:2]
    assert outcome in ("bad_framing", "connection_lost"), message  # silent, but the handshake was done


def failed(*reasons: Exception) -> ResponseFailed:
    return ResponseFailed([Failure(reason) for reason in reasons])


@pytest.mark.parametrize(
    ("error", "outcome"),
    [
        (Refused("budget", "no more"), "budget"),
        (AnswerError("timeout_read", "nothing for 10 s"), "timeout_read"),
        (PageError("http://a.example/", "why", "bad_url"), "bad_url"),
        (failed(AnswerError("headers_too_large", "x")), "headers_too_large"),
        (failed(tx_errors.ConnectionLost(), _DataLoss()), "truncated_body"),
        (failed(_MalformedChunkedDataError("x"), _DataLoss()), "bad_framing"),
        (failed(ParseError("x", b"y")), "bad_framing"),
        (failed(ValueError("Invalid response")), "bad_framing"),
        (failed(KeyError(b"gzip")), "bad_framing"),
        (failed(tx_errors.ConnectionLost()), "connection_lost"),
        (ResponseNeverReceived([Failure(tx_errors.ConnectionDone())]), "bad_framing"),
        (ResponseNeverReceived([Failure(tx_errors.ConnectionLost())]), "connection_lost"),
        (tx_errors.TCPTimedOutError(), "connection_lost"),
        (tx_errors.TimeoutError(), "timeout_connect"),
        (tx_errors.ConnectionRefusedError(), "connection_lost"),
        (tx_errors.NoRouteError(), "connection_lost"),
        (tx_errors.DNSLookupError(), "dns_failed"),
        (ZeroDivisionError("ours"), "internal_error"),
        (ValueError("ours"), "internal_error"),
    ],
)
def test_every_error_has_an_outcome(error, outcome):
    assert outcome_of_error(error)[0] == outcome
    assert outcome_of_failure(Failure(error))[0] == outcome


def test_messages_are_one_safe_line():
    text = printable("a\nb\x1b[31m\x00 \u202eüx" + "y" * 1000)
    assert text.startswith("a b\\x1b[31m\\x00 \\u202e\\xfcx")
    assert text.isascii()
    assert text.isprintable()
    assert len(text) == 300
