"""How far a file was taken in, whatever order its records end in."""

from hypothesis import given
from hypothesis import strategies as st

from newscrawl.archive.ledger import Ledger


@given(count=st.integers(1, 12), order=st.randoms(), kills=st.integers(0, 12))
def test_an_interrupted_run_goes_on_with_exactly_what_had_not_ended(count, order, kills):
    ledger = Ledger()
    for number in range(count):
        assert ledger.begin(number * 10, number * 10 + 10)
    ends = [number * 10 for number in range(count)]
    order.shuffle(ends)
    ended = ends[:kills]
    for offset in ended:
        ledger.end(offset)
    read_to, ahead = ledger.state()
    assert all(offset < read_to or offset in ahead for offset in ended)
    again = Ledger(read_to, ahead)
    begun = [offset for offset in range(read_to, count * 10, 10) if again.begin(offset, offset + 10)]
    assert sorted(begun + ended) == sorted(ends)
    for offset in begun:
        again.end(offset)
    assert again.state() == (count * 10, frozenset())
    assert again.open == 0
