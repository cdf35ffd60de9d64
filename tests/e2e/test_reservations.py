"""What a site reserves of text and data mining: asked for once a day, kept with its evidence, kept to by exports."""

import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from newscrawl.tdmrep import PATH
from tests.e2e.small_site import ROOT, Answer, cards, crawl, serve
from tests.hostile.answers import article

pytestmark = pytest.mark.slow

RESERVED = [f"/news/{n}-story-of-the-town" for n in range(3)]
FREE = [f"/free/{n}-story-of-the-town" for n in range(3)]
RULES = [{"location": "/free/", "tdm-reservation": 0}, {"location": "/", "tdm-reservation": 1}]


def answer(path: str) -> Answer:
    if path == PATH:
        return 200, json.dumps(RULES).encode()
    return 200, cards([*RESERVED, *FREE]) if path == "/" else article(path)


def test_reserved_by_the_site(tmp_path: Path):
    db = tmp_path / "news.db"
    with serve(answer) as (address, asked):
        crawl(address, db)
        crawl(address, db)
    assert asked[PATH] == 1
    with sqlite3.connect(db) as connection:
        extras = connection.execute("SELECT url, extra FROM articles").fetchall()
        flags = dict(connection.execute("SELECT url, flags FROM fetches WHERE kind = 'article'").fetchall())
    found = {url.removeprefix(address): json.loads(extra)["tdm_reservation"] for url, extra in extras}
    assert {path: told["value"] for path, told in found.items()} == dict.fromkeys(RESERVED, 1) | dict.fromkeys(FREE, 0)
    assert found[RESERVED[0]]["evidence"] == "tdmrep.json: /"
    assert {url.removeprefix(address) for url, told in flags.items() if "tdm_reserved" in told} == set(RESERVED)
    bodies = {row["url"].removeprefix(address): row["article_body"] for row in exported(db)}
    assert all(bodies[path] for path in FREE)
    assert not any(bodies.get(path) for path in RESERVED)


def exported(db: Path) -> list[dict[str, str]]:
    command = [sys.executable, "-m", "scrapy", "export", "-s", f"NEWSCRAWL_DB={db}"]
    environment = os.environ | {"SCRAPY_PROJECT": "test"}
    done = subprocess.run(
        command, cwd=ROOT, env=environment, check=True, timeout=300, stdout=subprocess.PIPE, text=True
    )
    return [json.loads(line) for line in done.stdout.splitlines()]
