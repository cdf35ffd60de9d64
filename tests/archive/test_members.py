"""Members of a WARC file: damage costs the record it is in, and nothing else."""

import gzip
import zlib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from newscrawl import limits
from newscrawl.archive.members import Broken, Member, cut_torn, read_member, read_members


def record(text: str) -> bytes:
    block = text.encode()
    return gzip.compress(b"WARC/1.1\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n" % (len(block), block), mtime=0)


RECORDS = [record(f"number {n}, " + "word " * n * 50) for n in range(12)]
STARTS = [sum(map(len, RECORDS[:n])) for n in range(len(RECORDS))]


def write(folder: Path, data: bytes) -> Path:
    path = folder / "one.warc.gz"
    path.write_bytes(data)
    return path


def test_each_record_is_a_member_at_its_offset(tmp_path: Path):
    path = write(tmp_path, b"".join(RECORDS))
    found = list(read_members(path))
    assert [one.offset for one in found] == STARTS
    assert [one.data for one in found] == [gzip.decompress(one) for one in RECORDS]
    assert read_member(path, STARTS[5]) == found[5]


def test_reading_can_begin_at_any_record(tmp_path: Path):
    path = write(tmp_path, b"".join(RECORDS))
    assert [one.offset for one in read_members(path, STARTS[7])] == STARTS[7:]


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(at=st.integers(0, STARTS[-1]), cut=st.integers(0, 400), put=st.binary(max_size=60))
def test_damage_costs_only_the_records_it_touches(tmp_path: Path, at: int, cut: int, put: bytes):
    whole = b"".join(RECORDS)
    path = write(tmp_path, whole[:at] + put + whole[at + cut :])
    found = list(read_members(path))
    assert [one.offset for one in found] == [0, *(one.end for one in found[:-1])]
    assert found[-1].end == path.stat().st_size
    read = [one.data for one in found if isinstance(one, Member)]
    untouched = [
        gzip.decompress(one)
        for one, start in zip(RECORDS, STARTS, strict=True)
        if start + len(one) <= at or start >= at + cut
    ]
    assert [one for one in read if one in untouched] == untouched


def test_a_torn_end_is_told_and_cut(tmp_path: Path):
    whole = b"".join(RECORDS)
    path = write(tmp_path, whole[:-10])
    last = list(read_members(path))[-1]
    assert isinstance(last, Broken)
    assert last.is_torn
    assert cut_torn(path, STARTS[9]) == len(RECORDS[-1]) - 10
    assert path.read_bytes() == b"".join(RECORDS[:-1])
    assert cut_torn(path, 0) == 0


def test_no_more_of_a_bomb_is_held_than_a_record_may_have(tmp_path: Path):
    engine = zlib.compressobj(9, wbits=31)
    bomb = engine.compress(b"WARC/1.1\r\n") + b"".join(engine.compress(bytes(2**24)) for _ in range(20))
    path = write(tmp_path, bomb + engine.flush() + RECORDS[3])
    first, second = read_members(path)
    assert isinstance(first, Broken)
    assert "more than" in first.reason
    assert second.data == gzip.decompress(RECORDS[3])
    long = gzip.compress(b"WARC/1.1\r\n" + bytes(limits.RECORD_BYTES + 5))
    (only,) = read_members(write(tmp_path, long))
    assert (len(only.data), only.size) == (limits.RECORD_BYTES, limits.RECORD_BYTES + 15)


@pytest.mark.parametrize("data", [b"", b"\x1f\x8b\x08", b"WARC/1.1\r\n\r\n" * 1000, b"\x1f\x8b\x08" * 50_000])
def test_what_is_no_archive_is_broken_and_ends(tmp_path: Path, data: bytes):
    assert all(isinstance(one, Broken) for one in read_members(write(tmp_path, data)))
