"""The quick part of the hostile table, crawled as a user would; `make hostile` runs the whole."""

from pathlib import Path

import pytest

from tests.hostile.faults import FAULTS
from tests.hostile.run import MEMORY_MAX_BYTES, run
from tests.hostile.server import CASES

pytestmark = pytest.mark.slow
QUICK = [case for case in CASES if case.quick]


@pytest.fixture(scope="module")
def result():
    return run(QUICK)


def test_every_address_comes_to_one_fitting_end(result):
    assert result.wrong == []


def test_nobody_reaches_an_internal_address(result):
    assert result.canary_hits == 0


def test_the_process_tree_stays_small(result):
    assert 0 < result.peak_bytes <= MEMORY_MAX_BYTES


def test_the_table_is_whole():
    assert len({case.id for case in CASES}) == len(CASES) >= 325
    assert {case.fault for case in CASES} <= FAULTS.keys()


@pytest.mark.parametrize("number", FAULTS)
def test_every_fault_is_proven_somewhere(number):
    _, *tests = FAULTS[number]
    assert tests or any(case.fault == number for case in CASES)
    for test in tests:
        path, _, name = test.partition("::")
        assert f"def {name}(" in (Path(__file__).parents[1] / path).read_text(encoding="utf-8"), test
