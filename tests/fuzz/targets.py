"""What strangers' bytes reach first, each with what must hold whatever they are; `tests.fuzz.run` calls them."""

import contextlib
import io
import ipaddress
import json
import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from itertools import permutations
from pathlib import Path
from urllib.parse import urlsplit
from xml.etree import ElementTree

from twisted.internet.testing import StringTransport
from twisted.python.failure import Failure
from twisted.web._newclient import Request as TxRequest
from twisted.web.http_headers import Headers

from newscrawl import limits
from newscrawl.addresses import check_link, check_url, is_public
from newscrawl.datasets.formats import FORMATS
from newscrawl.dedupe import decide, fingerprint
from newscrawl.discover import read_listing
from newscrawl.errors import PageError, SeedError, TimeError
from newscrawl.extract import extract_article
from newscrawl.markup import decode
from newscrawl.markup.prescan import check_markup
from newscrawl.middlewares.backoff import WAIT_MAX_S, wait_after
from newscrawl.middlewares.robots import read_rules
from newscrawl.models import Channel, ChannelKind, Page, Source
from newscrawl.sources import parse as parse_seed
from newscrawl.store.values import clean, to_json
from newscrawl.tdmrep import reservation_at
from newscrawl.times import parse_time
from newscrawl.transport.client import BoundedFactory
from newscrawl.transport.coding import CodingError, Decoder
from newscrawl.transport.outcomes import outcome_of_error
from newscrawl.urls import canonical, key
from tests.datasets.test_formats import a_row
from tests.dedupe.prose import make_article
from tests.dedupe.test_decide import neighbour

NOW = datetime(2026, 7, 28, 12, 0, tzinfo=UTC)
SOURCE = Source(id="zz_fuzz", publisher="Fuzz", url="https://fuzz.example/", country="zz", in_language=("en",))
SIZE_MAX = 2**20
PRESCAN_S_PER_MB = 5.0
"""Ten times what is aimed at: machines differ, and this is to find what grows faster than its input."""


def gate(data: bytes) -> None:
    """A URL that passes names one public host, passes again, and so does every link on its page that passes."""
    text = data.decode("utf-8", "surrogateescape")
    for check in (check_url, partial(check_link, base="https://fuzz.example/a/b?c#d")):
        try:
            checked = check(text)
        except PageError:
            continue
        parts = urlsplit(checked)
        assert parts.scheme in ("http", "https")
        assert parts.username is None
        assert check_url(checked) == checked
        try:
            literal = ipaddress.ip_address(parts.hostname or "")
        except ValueError:
            continue
        assert is_public(literal)


def coding(data: bytes) -> None:
    """Whatever is sent under whatever label, no more is held than allowed."""
    labels = ("gzip", "deflate", "br", "zstd", "gzip, br", "identity", "x")
    decoder, size = None, 0
    try:
        decoder = Decoder(labels[data[0] % len(labels)] if data else "gzip", SIZE_MAX)
        for at in range(1, len(data), 97):
            size += sum(map(len, decoder.feed(data[at : at + 97])))
        size += sum(map(len, decoder.finish()[0]))
    except CodingError:
        pass
    assert size <= SIZE_MAX + 2**18


def answer(data: bytes) -> None:
    """Any bytes in place of an HTTP answer end as an answer or as an outcome that is not our fault."""
    protocol = BoundedFactory().buildProtocol(None)
    transport = StringTransport()
    protocol.makeConnection(transport)
    failures: list[Failure] = []
    headers = Headers({b"Host": [b"fuzz.example"]})
    protocol.request(TxRequest(b"GET", b"/", headers, None)).addErrback(failures.append)
    for at in range(0, len(data), 61):
        protocol.dataReceived(data[at : at + 61])
    protocol.connectionLost(Failure(ConnectionResetError()))
    for failure in failures:
        assert outcome_of_error(failure.value)[0] != "internal_error", failure.value


def prescan(data: bytes) -> None:
    """Linear in its text."""
    text = data.decode("utf-8", "replace") * max(1, 2**16 // (len(data) + 1))
    began_s = time.process_time()
    with contextlib.suppress(PageError):
        check_markup(text, "https://fuzz.example/")
    assert time.process_time() - began_s < PRESCAN_S_PER_MB * (len(text) / 2**20 + 0.2)


def _page(data: bytes, content_type: str) -> Page:
    headers = {"content-type": content_type}
    return Page(url="https://fuzz.example/a", requested_url="https://fuzz.example/a", status=200, headers=headers,
                body=data, fetched_at=NOW)  # fmt: skip


def _listing(kind: ChannelKind, content_type: str, data: bytes) -> None:
    try:
        found = read_listing(_page(data, content_type), source=SOURCE, channel=Channel(kind=kind, url=SOURCE.url))
    except PageError:
        return
    assert len(found.entries) <= limits.SITEMAP_ENTRIES
    for entry in found.entries:
        entry.url.encode("utf-8")
        (entry.headline or "").encode("utf-8")


def charset(data: bytes) -> None:
    """Text without half characters, whatever is declared."""
    half = len(data) // 2
    decode(data[half:], content_type=data[:half].decode("latin-1")).text.encode("utf-8")


def article(data: bytes) -> None:
    """An article or a PageError; its text can be stored."""
    try:
        found = extract_article(_page(data, "text/html; charset=utf-8"), source=SOURCE)
    except PageError:
        return
    (found.headline or "").encode("utf-8")
    (found.article_body or "").encode("utf-8")


def robots(data: bytes) -> None:
    """Rules or none; asking them never fails."""
    rules = read_rules(data, "newscrawl")
    assert rules.can_fetch("https://fuzz.example/a?b", "newscrawl") in (True, False)
    rules.crawl_delay("newscrawl")


def retry_after(data: bytes) -> None:
    """A wait of a day at most."""
    assert 0 <= wait_after(1 + len(data), data, NOW) <= WAIT_MAX_S


def times(data: bytes) -> None:
    """An interval in order, None or a TimeError."""
    try:
        found = parse_time(data.decode("utf-8", "replace"), fetched_at=NOW, languages=("en",))
    except TimeError:
        return
    assert found is None or found.earliest <= found.latest


def urls(data: bytes) -> None:
    """A canonical form is its own, and has the key of what it was made of."""
    text = data.decode("utf-8", "replace")
    try:
        made = canonical(text)
    except PageError:
        return
    assert canonical(made) == made
    assert key(made) == key(text)


def tdmrep(data: bytes) -> None:
    """A reservation or none."""
    found = reservation_at(data.decode("utf-8", "replace"), "/a/b?c")
    assert found is None or found["value"] in (0, 1)


def copies(data: bytes) -> None:
    """What an article is decided to be does not depend on the order in which its neighbours were found."""
    text, third = data.decode("utf-8", "replace"), len(data) // 3
    bodies = (text, text[:third] * 2, text[third:], text + text[-third:])
    *known, new = (make_article(body, number) for number, body in enumerate(bodies))
    found = [neighbour(article, article_id=number) for number, article in enumerate(known)]
    of_new = fingerprint(new)
    assert len({decide(new, of_new, order) for order in permutations(found)}) == 1


def exports(data: bytes) -> None:
    """Every format that carries whole rows gives them back; the others can be read by who reads such files."""
    text, half = data.decode("utf-8", "replace") + "\ud800", len(data) // 2
    row = a_row(headline=clean(text[:half]), article_body=clean(text), publisher=clean(text[half:]) or None)
    row |= {"authors": to_json([clean(text[:half])]), "url": "https://fuzz.example/a"}
    for name, form in FORMATS.items():
        out = io.BytesIO()
        assert form.write([row, row], out) == 2
        written = out.getvalue()
        if form.reader:
            assert list(form.read(io.BytesIO(written))) == [row, row], name
        elif name == "atom":
            ElementTree.fromstring(written)
        elif name == "jsonfeed":
            assert len(json.loads(written)["items"]) == 2
        else:
            assert len([json.loads(line) for line in written.split(b"\n") if line]) == 2


def seeds(data: bytes) -> None:
    """A source or a SeedError."""
    with contextlib.suppress(SeedError):
        parse_seed(data, Path("seeds/zz/fuzz.toml"))


TARGETS: dict[str, Callable[[bytes], None]] = {
    "gate": gate,
    "coding": coding,
    "answer": answer,
    "prescan": prescan,
    "feed": partial(_listing, "feed", "application/xml"),
    "sitemap": partial(_listing, "sitemap", "application/xml"),
    "listing": partial(_listing, "listing", "text/html; charset=utf-8"),
    "charset": charset,
    "article": article,
    "robots": robots,
    "retry_after": retry_after,
    "times": times,
    "urls": urls,
    "tdmrep": tdmrep,
    "seeds": seeds,
    "copies": copies,
    "exports": exports,
}
