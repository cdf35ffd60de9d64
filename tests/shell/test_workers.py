"""Reading processes: a page that hangs, dies or breaks its reader costs itself only."""

import os
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from newscrawl.errors import ExtractError, PageError
from newscrawl.models import Entry, Page
from newscrawl.workers import Workers, carries_whole

PAGE = Page(url="https://herald.example/a", body=b"x", fetched_at=datetime(2026, 7, 28, tzinfo=UTC))


def sleeps(page: Page, seconds: float) -> str:
    time.sleep(seconds)
    return "awake"


def toils(page: Page) -> None:
    while True:
        pass


def dies(page: Page) -> None:
    os._exit(9)


def breaks(page: Page) -> None:
    raise KeyError("ours")


def refuses(page: Page) -> None:
    raise ExtractError(page.url, "nothing to read", "no_text")


def swells(page: Page) -> int:
    return len(bytearray(4 * 2**30))


@pytest.fixture(scope="module")
def workers():
    made = Workers(count=1, timeout_s=5, cpu_s=1)
    yield made
    made.close()


@pytest.mark.parametrize(
    ("function", "arguments", "outcome"),
    [
        (sleeps, (60,), "parse_timeout"),
        (toils, (), "parse_timeout"),
        (dies, (), "parse_crash"),
        (swells, (), "parse_crash"),
        (breaks, (), "internal_error"),
        (refuses, (), "no_text"),
    ],
)
async def test_what_goes_wrong_is_one_outcome_and_the_next_page_is_read(workers, function, arguments, outcome):
    with pytest.raises(PageError) as caught:
        await workers.run(function, PAGE, *arguments)
    assert caught.value.outcome == outcome
    assert caught.value.url == PAGE.url
    assert await workers.run(sleeps, PAGE, 0) == "awake"


def test_a_teaser_is_not_a_whole_text():
    text = "The ferry to Larkholm will sail every hour from Monday, the harbour board decided. " * 8
    assert carries_whole(Entry(url="https://a.example/", article_body=text))
    assert not carries_whole(Entry(url="https://a.example/", article_body=text + "[…]"))
    assert not carries_whole(Entry(url="https://a.example/", article_body="The ferry will sail."))
    assert not carries_whole(Entry(url="https://a.example/"))


def test_a_script_that_uses_workers_runs_once(tmp_path):
    script = tmp_path / "own.py"
    script.write_text(
        "import asyncio\n"
        "from newscrawl.errors import PageError\n"
        "from newscrawl.workers import Workers, read_article\n"
        "from tests.shell.test_workers import PAGE\n"
        "from tests.extract.pages import SOURCE\n"
        "print('runs')\n"
        "async def read():\n"
        "    workers = Workers(count=1, timeout_s=60)\n"
        "    try:\n"
        "        await workers.run(read_article, PAGE, SOURCE, None, {})\n"
        "    except PageError as error:\n"
        "        print(error.outcome)\n"
        "    workers.close()\n"
        "asyncio.run(read())\n"
    )
    found = os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])}
    told = subprocess.run([sys.executable, str(script)], capture_output=True, text=True, env=found, check=False)
    assert (told.stdout.split(), told.returncode) == (["runs", "not_html"], 0), told.stderr
