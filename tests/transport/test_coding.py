"""Content codings: every one comes back, however it is cut; none passes its bounds."""

import gzip
import zlib

import brotli
import pytest
from backports import zstd
from hypothesis import given, settings
from hypothesis import strategies as st

from newscrawl import limits
from newscrawl.transport.coding import CodingError, Decoder
from tests.hostile.answers import brotli_bomb, deflate_bomb, gzip_bomb, zstd_bomb

MIB = 2**20
TEXT = b"<html><p>" + b"The old bridge stays closed. " * 200
CODERS = {
    "gzip": gzip.compress,
    "x-gzip": gzip.compress,
    "deflate": zlib.compress,
    "br": brotli.compress,
    "zstd": zstd.compress,
}


def decode(label: str, coded: bytes, *, step: int = 1000, size_max: int = MIB, cut: bool = False):
    decoder = Decoder(label, size_max, cut=cut)
    pieces = [piece for at in range(0, len(coded), step) for piece in decoder.feed(coded[at : at + step])]
    last, truncated = decoder.finish()
    return b"".join(pieces + last), truncated


@pytest.mark.parametrize("label", CODERS)
@pytest.mark.parametrize("step", [1, 7, 10**6])
def test_comes_back(label, step):
    assert decode(label, CODERS[label](TEXT), step=step) == (TEXT, False)


@pytest.mark.parametrize(("label", "pack"), [("gzip", gzip.compress), ("zstd", zstd.compress)])
def test_parts_without_end_that_hold_nothing_are_refused(label, pack):
    assert decode(label, pack(TEXT) + pack(b"") * 500 + pack(TEXT), step=10**6)[0] == TEXT * 2
    with pytest.raises(CodingError) as refused:
        decode(label, pack(b"") * 3000)
    assert refused.value.outcome == "body_too_large"


def test_raw_deflate_comes_back():
    engine = zlib.compressobj(9, zlib.DEFLATED, -15)
    assert decode("deflate", engine.compress(TEXT) + engine.flush()) == (TEXT, False)


@pytest.mark.parametrize("step", [1, 3, 10**6])
def test_gzip_members_are_one_text_and_garbage_after_them_is_left(step):
    coded = b"".join(gzip.compress(TEXT[at : at + 100]) for at in range(0, len(TEXT), 100))
    assert decode("gzip", coded, step=step) == (TEXT, False)
    assert decode("gzip", coded + b"garbage", step=step) == (TEXT, False)


@pytest.mark.parametrize("label", ["gzip", "br", "zstd"])
def test_a_label_that_lies_is_seen_once(label):
    assert decode(label, TEXT) == (TEXT, False)


@pytest.mark.parametrize("label", ["", "identity", "br", "deflate", "zstd", "utf-8"])
def test_gzip_is_known_by_its_first_bytes(label):
    # The header holds the second of packing; some of them look like brotli.
    assert all(
        decode(label, gzip.compress(TEXT, mtime=second)) == (TEXT, False) for second in range(0, 2**32, 2**23 + 7)
    )


def test_two_codings_are_removed_a_third_is_refused():
    twice = gzip.compress(brotli.compress(TEXT))
    assert decode("br, gzip", twice) == (TEXT, False)
    with pytest.raises(CodingError, match="3 content codings"):
        Decoder("gzip, br, gzip", MIB)


@pytest.mark.parametrize("label", ["gzip", "rot13", "br", "zstd"])
def test_noise_is_refused(label):
    with pytest.raises(CodingError) as error:
        decode(label, b"\x80\x01\xfe" * 400)
    assert error.value.outcome == "bad_encoding"


def test_what_was_cut_short_or_damaged_is_kept_and_called_truncated():
    coded = gzip.compress(TEXT)
    text, truncated = decode("gzip", coded[:-20])
    assert TEXT.startswith(text)
    assert truncated
    damaged = coded[:-6] + bytes([coded[-6] ^ 1]) + coded[-5:]
    assert decode("gzip", damaged, step=10**6) == (TEXT, True)


@pytest.mark.parametrize(
    ("label", "bomb"),
    [("gzip", gzip_bomb), ("deflate", deflate_bomb), ("br", brotli_bomb), ("zstd", zstd_bomb)],
)
def test_a_bomb_is_stopped(label, bomb):
    coded = bomb(64)
    decoder = Decoder(label, 10 * MIB)
    with pytest.raises(CodingError) as error:
        list(map(decoder.feed, (coded[at : at + 4096] for at in range(0, len(coded), 4096))))
    assert error.value.outcome == "body_too_large"
    assert decoder.decoded_bytes <= 11 * MIB
    assert "bytes decoded from" in error.value.message


def test_a_bomb_inside_is_stopped_though_little_comes_out():
    with pytest.raises(CodingError) as error:
        decode("gzip, gzip", gzip.compress(gzip.compress(b"") * 200_000), size_max=10 * MIB)
    assert error.value.outcome == "body_too_large"


def test_cut_keeps_the_start():
    text, _ = decode("gzip", gzip.compress(TEXT * 100), size_max=5000, cut=True)
    assert text == (TEXT * 100)[:5000]


LABELS = st.sampled_from(["", "gzip", "deflate", "br", "zstd", "gzip, br", "x"])


@settings(max_examples=60)
@given(st.binary(max_size=3000), LABELS, st.integers(1, 97))
def test_any_bytes_end_in_a_body_within_bounds_or_a_refusal(coded, label, step):
    try:
        ended = len(decode(label, coded, step=step, size_max=2000)[0]) <= 2000
    except CodingError as error:
        ended = error.outcome in ("bad_encoding", "body_too_large")
    assert ended


@settings(max_examples=60)
@given(st.binary(max_size=5000), st.sampled_from([*CODERS]), st.integers(1, 5000))
def test_any_honest_body_comes_back(text, label, step):
    if text.startswith((b"\x1f\x8b\x08", b"\x28\xb5\x2f\xfd")):
        return
    assert decode(label, CODERS[label](text), step=step)[0] == text


def test_an_honest_page_is_far_from_the_ratio():
    assert len(TEXT) / len(gzip.compress(TEXT)) < limits.CODING_RATIO
