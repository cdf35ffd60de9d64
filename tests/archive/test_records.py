"""Records as they are written and read: hostile bytes stay bytes, and nothing but our errors comes out of a reader."""

import gzip
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from newscrawl import limits
from newscrawl.archive.exchange import Exchange
from newscrawl.archive.keeper import open_keeper
from newscrawl.archive.members import Broken, Member
from newscrawl.archive.reading import Record, answer_of, read_records, record_of
from newscrawl.archive.writer import Writer
from newscrawl.errors import PageError
from newscrawl.store import open_store
from newscrawl.store.archives import Archives
from newscrawl.transport.kept import page_of
from tests.store.conftest import NOON, Desk, desk, later

__all__ = ["desk"]
HOSTILE_URL = "https://herald.example/a\r\nWARC-Type: warcinfo\r\n\r\nb\x00 c"


def kept(folder: Path, **values) -> list[Record]:
    writer = Writer(folder, "one", "test")
    writer.write(Exchange(**{"url": "https://herald.example/a", "fetched_at": NOON, "status": 200} | values))
    writer.close()
    (file,) = folder.glob("*.warc.gz")
    found = list(read_records(file))
    assert [getattr(one, "type", one) for one in found] == ["warcinfo", "response", "request"]
    return found


def test_a_line_break_in_an_address_or_header_makes_no_field(tmp_path: Path) -> None:
    told = ((b"X-One", b"1\r\nSet-Cookie: id=1"), (b"Content-Type", b"text/html"))
    _, response, request = kept(tmp_path, url=HOSTILE_URL, told=told, body=b"<p>x</p>")
    assert "\r" not in response.url
    assert "\n" not in request.url
    answer = answer_of(response)
    assert answer.headers == {"x-one": "1 Set-Cookie: id=1", "content-type": "text/html", "content-length": "8"}
    assert request.block.count(b"\r\n") == 2


def test_secrets_and_fields_of_the_connection_are_not_written(tmp_path: Path) -> None:
    secret = (
        (b"Cookie", b"a=1"),
        (b"authorization", b"Basic eA=="),
        (b"Proxy-Authorization", b"x"),
        (b"Accept", b"*/*"),
    )
    told = ((b"Set-Cookie", b"a=1"), (b"Transfer-Encoding", b"chunked"), (b"ETag", b'"1"'))
    _, response, request = kept(tmp_path, asked=secret, told=told, body=b"0123")
    assert request.block == b"GET /a HTTP/1.1\r\nAccept: */*\r\n\r\n"
    assert answer_of(response).headers == {"etag": '"1"', "content-length": "4"}


@given(body=st.binary(max_size=400))
@settings(max_examples=30, deadline=None)
def test_a_body_comes_back_as_it_came(tmp_path_factory: pytest.TempPathFactory, body: bytes) -> None:
    _, response, _ = kept(tmp_path_factory.mktemp("one"), body=body)
    assert answer_of(response).body == body


def test_codings_are_kept_and_undone_for_the_page(tmp_path: Path) -> None:
    html = b"<p>Twelve of fourteen members voted.</p>" * 20
    told = ((b"Content-Encoding", b"gzip"), (b"Content-Type", b"text/html"))
    _, response, _ = kept(tmp_path, told=told, body=gzip.compress(html))
    assert gzip.compress(html)[20:] in response.block
    page = page_of(response, answer_of(response))
    assert (page.body, page.headers) == (html, {"content-type": "text/html"})


PARTS = st.sampled_from([
    b"WARC/1.1\r\n", b"WARC-Type: response\r\n", b"Content-Length: 40\r\n", b"Content-Length: -1\r\n", b"\r\n", b"\n",
    b"Content-Length: 99999999999999999999\r\n", b"WARC-Date: 2026-13-45\r\n", b"WARC-Date: 2026-07-28T12:00:00Z\r\n",
    b"WARC-Target-URI: https://herald.example/\r\n", b"HTTP/1.1 200 OK\r\n", b"HTTP/1.1 abc\r\n", b": x\r\n", b"\x00",
    b"Content-Type: text/html\r\n", b"Transfer-Encoding: chunked\r\n", b"Content-Encoding: gzip\r\n", b"\xff\xfe",
    b"ffffffffff\r\n", b"<p>A text</p>",
])  # fmt: skip


@given(parts=st.lists(st.one_of(PARTS, st.binary(max_size=30)), max_size=14))
@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_no_bytes_make_a_reader_raise_anything_of_its_own(parts: list[bytes]) -> None:
    data = b"".join(parts)
    record = record_of(Path("x"), Member(offset=0, end=9, data=data, size=len(data)))
    if isinstance(record, Broken):
        return
    outcome = "ok"
    try:
        page_of(record, answer_of(record))
    except PageError as error:
        outcome = error.outcome
    assert outcome in ("ok", "bad_framing", "bad_archive", "bad_encoding", "body_too_large")


def test_a_record_past_the_limit_is_not_read(tmp_path: Path) -> None:
    _, response, _ = kept(tmp_path, told=((b"Content-Type", b"text/html"),), body=bytes(limits.RECORD_BYTES + 1))
    assert response.is_cut
    with pytest.raises(PageError) as raised:
        page_of(response, answer_of(response))
    assert raised.value.outcome == "body_too_large"


def test_what_a_killed_run_left_torn_is_cut_at_the_next_start(tmp_path: Path) -> None:
    def keep(count: int, *, kill: bool) -> Path:
        with open_store(tmp_path / "news.db") as store, store.transaction():
            run_id = store.runs.begin("test", arguments={}, version="0", now=NOON)
            keeper = open_keeper(store, tmp_path / "warc", run_id=run_id, software="test", now=NOON, size=2**30)
            for number in range(count):
                url = f"https://herald.example/{number}"
                keeper.keep(Exchange(url=url, fetched_at=later(number), status=200, body=b"x" * 500))
            keeper.close()
            path = Path(store.connection.execute("SELECT path FROM archives ORDER BY id DESC").fetchone()[0])
            if not kill:
                store.runs.end(run_id, now=NOON, reason="finished", exit_status=0, stats={})
        return path

    first = keep(3, kill=True)
    whole = first.read_bytes()
    first.write_bytes(whole + whole[:-7])  # records of no transaction, the last one torn
    keep(1, kill=False)
    found = list(read_records(first))
    assert all(isinstance(one, Record) for one in found)
    assert first.read_bytes().startswith(whole)
    assert len(found) == 2 * (1 + 2 * 3) - 1


def test_an_answer_as_before_is_a_revisit_of_the_last_whole_one(desk: Desk, tmp_path: Path) -> None:
    with desk.store.transaction():
        keeper = open_keeper(desk.store, tmp_path / "warc", run_id=desk.run_id, software="test", now=NOON, size=2**30)
        url = "https://herald.example/"
        ids = [
            keeper.keep(Exchange(url=url, fetched_at=later(hour), status=status, body=body))
            for hour, (status, body) in enumerate([(200, b"one"), (304, b""), (200, b"one"), (200, b"two"), (304, b"")])
        ]
        keeper.close()
    rows = desk.rows("archived")
    assert [row["kind"] for row in rows] == ["response", "revisit", "revisit", "response", "revisit"]
    assert [row["refers_to"] for row in rows] == [None, ids[0], ids[0], None, ids[3]]
    last = Archives(desk.store.connection).last_whole(url)
    assert last is not None
    assert last.record_id == ids[3]


def test_what_is_not_to_be_copied_is_overwritten(desk: Desk, tmp_path: Path) -> None:
    with desk.store.transaction():
        keeper = open_keeper(desk.store, tmp_path / "warc", run_id=desk.run_id, software="test", now=NOON, size=2**30)
        ids = [
            keeper.keep(Exchange(url=f"https://herald.example/{name}", fetched_at=NOON, status=200, body=b"<p>x</p>"))
            for name in ("a", "b")
        ]
        keeper.drop(ids[0])
        keeper.keep(Exchange(url="https://herald.example/c", fetched_at=NOON, status=200, body=b"<p>y</p>"))
        keeper.close()
    (file,) = (tmp_path / "warc").iterdir()
    found = list(read_records(file))
    assert [one.url.rpartition("/")[2] for one in found] == ["", "", "", "b", "b", "c", "c"]
    assert [row["url"].rpartition("/")[2] for row in desk.rows("archived")] == ["b", "c"]
