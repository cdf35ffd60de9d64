"""A takedown reaches the archive: the answer, its request and its step are overwritten, all else stays in its place."""

import subprocess
import sys
from pathlib import Path

import pytest

from newscrawl.archive.exchange import Exchange
from newscrawl.archive.keeper import open_keeper
from newscrawl.archive.reading import Record, read_records
from newscrawl.steps import ArticleCarried
from tests.site.running import ROOT
from tests.store.conftest import NOON, Desk, article, desk

__all__ = ["desk"]
SECRET = b"Captain Ilse Maren said"


@pytest.fixture
def kept(desk: Desk, tmp_path: Path) -> Path:
    """Three articles with their answers; gives the one file of them."""
    with desk.store.transaction():
        keeper = open_keeper(desk.store, tmp_path / "warc", run_id=desk.run_id, software="test", now=NOON, size=2**30)
        for slug in ("bridge", "ferry", "tram"):
            one = article(slug, headline=f"About the {slug}")
            body = f"<h1>{one.headline}</h1><p>{one.article_body}</p>".encode()
            record_id = keeper.keep(Exchange(url=one.url, fetched_at=NOON, status=200, body=body))
            keeper.note(ArticleCarried(url=one.url, channel_url=one.article_body), NOON, record_id)
            desk.store.articles.put(one, run_id=desk.run_id, channel_id=desk.channel_id, now=NOON)
        keeper.close()
    (file,) = (tmp_path / "warc").iterdir()
    return file


def test_the_answer_its_request_and_its_step_are_overwritten(desk: Desk, kept: Path, tmp_path: Path) -> None:
    before = list(read_records(kept))
    assert sum(SECRET in record.block for record in before) == 6
    command = [sys.executable, "-m", "scrapy", "forget", "https://herald.example/news/ferry"]
    told = subprocess.run(
        [*command, "-s", f"NEWSCRAWL_DB={tmp_path / 'news.db'}"], cwd=ROOT, capture_output=True, text=True, timeout=300
    )
    assert told.returncode == 0, told.stdout + told.stderr
    assert "still archived" not in told.stdout
    after = list(read_records(kept))
    assert all(isinstance(record, Record) for record in after)
    assert [(record.offset, record.end) for record in after] == [(record.offset, record.end) for record in before]
    changed = [record for record, was in zip(after, before, strict=True) if record != was]
    assert [(record.type, record.block) for record in changed] == [("metadata", b"taken down")] * 3
    assert b"news/ferry" not in b"".join(record.block + repr(record.fields).encode() for record in after)
    rows = desk.rows("archived")
    assert [row["url"] for row in rows] == ["https://herald.example/news/bridge", "https://herald.example/news/tram"]


def test_a_file_that_is_gone_is_told(desk: Desk, kept: Path, tmp_path: Path) -> None:
    kept.unlink()
    command = [sys.executable, "-m", "scrapy", "forget", "https://herald.example/news/ferry"]
    told = subprocess.run(
        [*command, "-s", f"NEWSCRAWL_DB={tmp_path / 'news.db'}"], cwd=ROOT, capture_output=True, text=True, timeout=300
    )
    assert told.returncode == 0
    assert "still archived" in told.stdout
    assert len(desk.rows("archived")) == 2


def test_why_tells_where_an_articles_answers_lie(desk: Desk, kept: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "scrapy", "why", "https://herald.example/news/ferry"]
    told = subprocess.run(
        [*command, "-s", f"NEWSCRAWL_DB={tmp_path / 'news.db'}"], cwd=ROOT, capture_output=True, text=True, timeout=300
    )
    (row,) = [row for row in desk.rows("archived") if row["url"].endswith("ferry")]
    assert f"{kept}at{row['offset']},{row['record_id']}" in "".join(told.stdout.split()), told.stderr
