"""The table of weights: one page has one result, whatever order its signs were met in."""

from hypothesis import given
from hypothesis import strategies as st

from newscrawl.discover.listing.weights import WEIGHTS, main_probability, record_probability

features = st.dictionaries(st.sampled_from([weight.feature for weight in WEIGHTS]), st.floats(0, 1), min_size=2)


@given(features, st.randoms(use_true_random=False))
def test_the_order_of_features_makes_no_difference(found, random):
    shuffled = list(found.items())
    random.shuffle(shuffled)
    assert record_probability(dict(shuffled)) == record_probability(found)
    assert main_probability(dict(shuffled)) == main_probability(found)
