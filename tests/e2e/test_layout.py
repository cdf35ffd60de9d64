"""A site that changes its layout, then shows nothing: what the log and the database say of it."""

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tests.e2e.small_site import CRAWL_S, ROOT, Answer, serve
from tests.hostile.answers import article

pytestmark = pytest.mark.slow

NAMES = ("ferry", "bridge", "orchard", "lantern", "parish", "quarry", "signal", "harbour", "kiln", "meadow")
PATHS = [f"/news/the-{name}-of-the-town-is-to-be-rebuilt-next-year" for name in NAMES]
SEED = """
publisher = "The Quay Post"
url = "{address}/"
in_language = ["en"]
[[channels]]
kind = "listing"
url = "{address}/"
[expect]
entries_min = 5
"""


def old(paths: list[str]) -> str:
    return "".join(f'<article class="card"><h2><a href="{path}">{_headline(path)}</a></h2></article>' for path in paths)


def new(paths: list[str]) -> str:
    return "".join(f'<div class="tile"><a href="{path}"><b>{_headline(path)}</b></a></div>' for path in paths)


def _headline(path: str) -> str:
    return path.rpartition("/")[2].replace("-", " ").capitalize()


def test_a_new_layout_marks_what_nothing_confirms_and_expect_says_what_happened(tmp_path: Path) -> None:
    shown = old(PATHS[:8])

    def answer(path: str) -> Answer:
        front = f"<html lang=en><title>The Quay Post</title><body><main>{shown}</main></body></html>".encode()
        return 200, front if path == "/" else article(path)

    with serve(answer) as (address, _):
        seeds = tmp_path / "seeds" / "zz"
        seeds.mkdir(parents=True)
        (seeds / "quay.toml").write_text(SEED.format(address=address))
        assert "layout_changed" not in crawl(tmp_path, address)
        shown = new(PATHS[2:])
        told = crawl(tmp_path, address)
        assert "layout_changed" in told
        assert "6 of 8 records are known from before" in told
        shown = "<div id=root></div>"
        told = crawl(tmp_path, address)
    assert "expect_missed: zz_quay: 0 entries, expected at least 5 (empty_feed: no record of an article" in told
    with sqlite3.connect(tmp_path / "news.db") as connection:
        rows = connection.execute("SELECT url FROM fetches WHERE kind = 'article' AND flags LIKE '%layout_changed%'")
        assert sorted(url.removeprefix(address) for (url,) in rows) == sorted(PATHS[8:])


def crawl(folder: Path, address: str) -> str:
    """One round over the site; what it logged."""
    settings = {
        "NEWSCRAWL_DB": folder / "news.db",
        "NEWSCRAWL_SEEDS": folder / "seeds",
        "NEWSCRAWL_ALLOW_ADDRESSES": address.removeprefix("http://"),
    }
    command = [sys.executable, "-m", "scrapy", "crawl", "listing"]
    for name, value in settings.items():
        command += ["-s", f"{name}={value}"]
    environment = os.environ | {"SCRAPY_PROJECT": "test"}
    done = subprocess.run(
        command, cwd=ROOT, env=environment, timeout=CRAWL_S, capture_output=True, text=True, check=False
    )
    assert "Traceback" not in done.stderr, done.stderr
    return done.stderr + done.stdout
