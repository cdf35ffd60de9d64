"""The address gate: its table, and what holds for any text."""

import ipaddress
import tomllib
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from hyperlink import URL
from hypothesis import example, given
from hypothesis import strategies as st
from twisted.web.client import URI

from newscrawl.addresses import authority_of, check_link, check_url, is_public, parse_allowed
from newscrawl.errors import PageError

CASES = tomllib.loads(Path(__file__).with_name("cases").joinpath("addresses.toml").read_text("utf-8"))
ALLOWED = parse_allowed("127.0.0.1:8000, [::1]:8001")
REFUSED = [(raw, row["expected"]) for row in CASES["refused"] for raw in row["raw"]]


@pytest.mark.parametrize("row", CASES["passes"], ids=lambda row: row["raw"])
def test_passes(row):
    assert check_url(row["raw"], allowed=ALLOWED) == row["expected"], row["why"]


@pytest.mark.parametrize(("raw", "outcome"), REFUSED, ids=[ascii(raw) for raw, _ in REFUSED])
def test_refuses(raw, outcome):
    with pytest.raises(PageError) as refusal:
        check_url(raw, allowed=ALLOWED)
    assert refusal.value.outcome == outcome
    assert str(refusal.value).isprintable()


def test_refuses_what_is_too_long():
    check_url("http://example.org/" + "a" * 2000)
    for url in ("http://example.org/" + "a" * 2048, "http://example.org/" + "ü" * 400, "http://" + "a." * 300 + "org/"):
        with pytest.raises(PageError, match="bad_url"):
            check_url(url)


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ("/a", "http://example.org/a"),
        ("b?c", "http://example.org/x/b?c"),
        ("//other.org/", "http://other.org/"),
        (" https://other.org/z ", "https://other.org/z"),
        ("http:///etc/passwd", None),
        ("/a\tb", None),
        ("file:///etc/hostname", None),
        ("//127.0.0.1/", None),
        ("http:x", None),
        ("//[::1/", None),
    ],
)
def test_links_pass_the_same_gate(link, expected):
    if expected is None:
        with pytest.raises(PageError):
            check_link(link, "http://example.org/x/y")
    else:
        assert check_link(link, "http://example.org/x/y") == expected


@pytest.mark.parametrize("text", ["127.0.0.1", "host:0", "host:99999", "[::1]", "a:b", "http://a:80"])
def test_an_allowed_address_names_its_port(text):
    with pytest.raises(ValueError):
        parse_allowed(text)


def test_allowed_addresses_are_read_from_text_and_lists():
    assert parse_allowed("A.example:80,, [::1]:8001 ") == {("a.example", 80), ("::1", 8001)}
    assert parse_allowed(["127.0.0.1:1"]) == {("127.0.0.1", 1)}
    assert parse_allowed("") == frozenset()


def test_names_the_authority():
    assert authority_of(check_url("https://EXAMPLE.org:8443/x")) == "example.org:8443"


HOSTS = st.one_of(
    st.text("0123456789abcdefx.:[]%-@\\/ 12①。ü", min_size=1, max_size=24),
    st.ip_addresses().map(str),
    st.ip_addresses(v=6).map(lambda ip: f"[{ip}]"),
    st.integers(0, 2**32).map(str),
    st.integers(0, 2**32).map(hex),
)
URLS = st.builds(
    lambda scheme, host, port, rest: scheme + host + port + rest,
    st.sampled_from(["http://", "https://", "HTTP://", "http:/", "http:\\\\", "//", "http://a@", "file://"]),
    HOSTS,
    st.sampled_from(["", ":80", ":8000", ":", ":0", ":65536"]),
    st.text("/abc?#%@:\\ .üé\t", max_size=20),
)


@given(st.one_of(URLS, st.text(max_size=40)))
@example("http://[::ffff:7f00:1]/")
@example("http://127.0.0.1:8000@8.8.8.8/")
def test_every_parser_reads_the_same_public_host(raw):
    try:
        url = check_url(raw)
    except PageError:
        return
    split = urlsplit(url)
    port = split.port or {"http": 80, "https": 443}[split.scheme]
    twisted = URI.fromBytes(url.encode("ascii"))
    assert (twisted.host.decode("ascii").strip("[]"), twisted.port) == (split.hostname, port)
    other = URL.from_text(url)
    assert (other.host, other.port) == (split.hostname, port)
    assert check_url(url) == url
    try:
        literal = ipaddress.ip_address(split.hostname)
    except ValueError:
        return
    assert literal.is_global or literal.version == 6
    assert is_public(literal)


@given(st.ip_addresses(v=4))
def test_no_wrapping_makes_an_address_public(ip):
    for wrapped in (f"::ffff:{ip}", f"64:ff9b::{ip}"):
        assert is_public(ipaddress.ip_address(wrapped)) == is_public(ip)
    if is_public(ip):
        assert ip.is_global
