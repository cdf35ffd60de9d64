import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from xxhash import xxh3_64_intdigest

from newscrawl.dedupe import fingerprint
from newscrawl.dedupe.fingerprint import INDEXED_MAX, INDEXED_MIN
from newscrawl.dedupe.sampling import Sample, sample
from newscrawl.dedupe.sketch import compare, count_shared, read_sketch, write_sketch
from newscrawl.text import normal_form
from tests.dedupe.prose import SCRIPTS, make_article, make_body


def overlap(new: str, old: str):
    return compare(fingerprint(make_article(new)).sketch, fingerprint(make_article(old)).sketch)


def test_form_does_not_change_a_fingerprint():
    one = fingerprint(make_article("“It’s over,” he said — twice. " * 20, headline="Over!"))
    other = fingerprint(make_article('"It\'s over", he SAID - twice.\n' * 20, headline="over"))
    assert one == other


def test_a_headline_changes_the_content_but_not_the_body():
    one, other = (fingerprint(make_article(make_body(1), headline=text)) for text in ("A", "B"))
    assert one.content_hash != other.content_hash
    assert one.body_hash == other.body_hash


def test_no_body_has_no_body_hash():
    fp = fingerprint(make_article(None))
    assert (fp.body_hash, fp.shingles, fp.length) == (0, (), 0)


@pytest.mark.parametrize("script", SCRIPTS)
def test_every_text_of_some_length_is_indexed(script):
    fp = fingerprint(make_article(make_body(1, script=script)))
    assert INDEXED_MIN <= len(fp.shingles) <= 60
    assert all(-(2**31) <= shingle < 2**31 for shingle in fp.shingles)


def test_a_short_text_is_exact_only():
    fp = fingerprint(make_article("Flood warning lifted."))
    assert fp.shingles == ()
    assert fp.body_hash


def test_a_very_long_text_is_bounded():
    fp = fingerprint(make_article(make_body(1, 200_000)))
    assert len(fp.shingles) == INDEXED_MAX
    assert len(fp.sketch) < 30_000


@pytest.mark.parametrize("script", SCRIPTS)
@pytest.mark.parametrize("share", [0.25, 0.5])
def test_a_cut_text_is_contained_in_the_whole(script, share):
    body = make_body(2, 400, script)
    found = overlap(body[: int(len(body) * share)], body)
    assert found.of_new > 0.9
    assert found.of_old < found.of_new


@pytest.mark.parametrize("script", SCRIPTS)
def test_other_texts_of_the_language_share_nothing(script):
    found = overlap(make_body(3, script=script), make_body(4, script=script))
    assert max(found.of_new, found.of_old) < 0.1


def test_lost_spaces_change_nothing():
    body = make_body(5)
    rng = random.Random(1)
    glued = "".join(sign for sign in body if sign != " " or rng.random() > 0.15)
    found = overlap(glued, body)
    assert (found.of_new, found.of_old) == (1.0, 1.0)


def test_a_part_deep_in_a_longer_text_is_found():
    body = make_body(6, 2_000)
    part = body[len(body) // 2 : len(body) // 2 + 2_500]
    assert overlap(part, body).of_new > 0.9


@pytest.mark.parametrize(("script", "size"), [("latin", 20), ("cyrillic", 20), ("chinese", 9)])
def test_what_is_kept_depends_on_a_shingle_alone(script, size):
    letters = normal_form(make_body(8, 400, script))
    alone = set()
    for at in range(len(letters) - size):
        assert not any(sample(letters[at : at + size - 1]))
        alone.update(sample(letters[at : at + size + 1]).thin)
    assert set(sample(letters).thin) == alone


def test_the_dense_sample_ends_where_the_beginning_does():
    letters = normal_form(make_body(9, 400))
    kept = sample(letters)
    assert set(sample(letters[: 500 + 19]).dense) == set(kept.dense)
    assert set(sample(letters[: 1_600 + 19]).middle) == set(kept.middle)


def test_hashes_are_spread_evenly():
    """A hash of 32 bits made of four scores is as good as any: few of the shingles of much text share one."""
    hashes = {}
    for seed in range(20):
        letters = normal_form(make_body(seed, 2_000))
        for at in range(0, len(letters) - 20, 11):
            for digest in sample(letters[at : at + 20]).dense:
                hashes.setdefault(digest, set()).add(letters[at : at + 20])
    assert len(hashes) > 1_000
    assert sum(len(texts) > 1 for texts in hashes.values()) <= 3


@settings(deadline=None)
@given(st.text(max_size=300))
def test_the_sample_of_a_text_goes_on_as_the_text_goes_on(text):
    letters = normal_form(text)
    before, after = sample(letters), sample(letters + "z" * 5)
    for name in ("thin", "middle", "dense", "indexed"):
        assert set(getattr(before, name)) <= set(getattr(after, name)) or before == Sample()


HASHES = st.lists(st.binary(min_size=4, max_size=4), max_size=50)


def numbers_of(*levels):
    return {int.from_bytes(digest, "little") for level in levels for digest in level}


@settings(deadline=None)
@given(HASHES, HASHES, HASHES, st.text(max_size=80))
def test_a_sketch_reads_as_it_was_written(thin, middle, dense, body):
    sketch = write_sketch(body, Sample(thin, middle, dense))
    levels = read_sketch(sketch).levels
    assert levels[2] == numbers_of(thin)
    assert levels[1] == numbers_of(thin, middle)
    assert levels[0] == numbers_of(thin, middle, dense)
    assert count_shared(sketch, sketch) == compare(sketch, sketch).shared == len(levels[0])
    assert count_shared(sketch, b"") == 0


def test_a_sketch_is_the_same_bytes_on_every_machine():
    written = write_sketch("7", Sample(thin=[b"\x04\x03\x02\x01"], middle=[b"\x05\x00\x00\x00"]))
    assert read_sketch(written).levels[0] == {0x01020304, 5}
    one_number, seven, one_thin, one_middle = b"\x01", b"\x07\x00", b"\x01\x00", b"\x01\x00"
    assert written == one_number + seven + one_thin + one_middle + b"\x04\x03\x02\x01" + b"\x05\x00\x00\x00"


def test_a_fingerprint_stays_what_it_is():
    """Stored fingerprints are compared with new ones for ever: a change of these numbers needs a migration."""
    fp = fingerprint(make_article("The ferry to the island sails every hour from Monday on, at 40 crowns a head. " * 3))
    assert fp.body_hash == 4338885735755317022
    assert fp.shingles[:2] == (-1287106069, 771054903)
    assert xxh3_64_intdigest(fp.sketch) == 3923269564657084578


def test_shared_numbers_are_counted_where_there_are_some():
    assert overlap("12 34 56 78", "12 34 99 98").numbers == 0.5
    assert overlap("1,234 5.6 78", "1234 56 78").numbers == 1.0
    assert overlap("no numbers", "12 34 56").numbers is None
