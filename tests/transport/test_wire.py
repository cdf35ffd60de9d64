"""The wire and address rows of the hostile table, through the transport alone."""

import json
import subprocess
import sys

import pytest

from tests.hostile import addresses, wire
from tests.hostile.case import Case
from tests.hostile.run import REPO, HostileProcess, url_of

CASES = [case for case in (*wire.CASES, *addresses.CASES) if case.quick]


@pytest.fixture(scope="module")
def ends():
    """Case id → what the probe saw, and under `canary` how often the canary was touched."""
    server = HostileProcess([])
    allowed = ",".join(f"127.0.0.1:{port}" for name, port in server.ports.items() if name != "canary")
    urls = {case.id: url_of(case, server.ports) for case in CASES}
    probe = [sys.executable, "-m", "tests.transport.probe", allowed, *urls.values()]
    done = subprocess.run(probe, cwd=REPO, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout.splitlines()[-1])
    return {id_: found.get(url) for id_, url in urls.items()} | {"canary": server.close(), "log": done.stderr}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_comes_to_a_fitting_end(case: Case, ends):
    outcome, message, _, flags, _ = ends[case.id]
    expected = [*case.expected, "ok"] if "duplicate" in case.expected else case.expected
    assert outcome in expected, message
    if case.flag is not None:
        assert case.flag in flags


def test_no_one_reaches_the_canary(ends):
    assert ends["canary"] == 0


def test_nothing_a_site_sends_becomes_a_traceback(ends):
    assert "Traceback" not in ends["log"]
