"""Each target holds for a few hundred changed samples; `python -m tests.fuzz.run` is the long run."""

import pytest

from tests.fuzz.run import fuzz
from tests.fuzz.targets import TARGETS

INPUTS = 60
SECONDS = 60.0


@pytest.mark.slow
@pytest.mark.parametrize("name", TARGETS)
def test_nothing_breaks(name):
    tried, wrong = fuzz(name, seconds=SECONDS, seed=7, times=INPUTS)
    assert wrong is None, wrong
    assert tried > 0
