"""The crash run, short; `make crash` is the long one."""

from pathlib import Path

import pytest

from tests.crash.run import crash


@pytest.mark.slow
def test_killed_at_random_moments_nothing_stored_is_lost_and_everything_comes(tmp_path: Path):
    found = crash(kills=20, articles=120, seed=7, folder=tmp_path, pause_s=0.6)
    assert found.wrong == []
    assert found.stored == 120
