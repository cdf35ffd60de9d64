"""`scrapy reextract`: the difference first, then a new extraction of the same revision."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from newscrawl.archive.differences import Differences, with_narrowed_dates
from newscrawl.models import Timestamp
from newscrawl.store import open_store
from newscrawl.store.reading import last_seq, states
from tests.archive.making import reports, write_file
from tests.archive.test_crawl_archive import crawl, rows
from tests.site.running import ROOT
from tests.store.conftest import article, later


def scrapy(db: Path, *arguments: str) -> str:
    command = [sys.executable, "-m", "scrapy", *arguments, "-s", f"NEWSCRAWL_DB={db}"]
    ended = subprocess.run(
        [*command, "-s", "NEWSCRAWL_EXTRACT_WORKERS=0"], cwd=ROOT, capture_output=True, text=True, timeout=400
    )
    assert ended.returncode == 0, ended.stdout + ended.stderr
    return ended.stdout


@pytest.fixture
def db(tmp_path: Path) -> Path:
    """Three articles as an older newscrawl might have read them: one headline wrong, one date and language not seen."""
    write_file(tmp_path / "a.warc.gz", reports(0, 3))
    path = tmp_path / "news.db"
    assert crawl(path, str(tmp_path / "a.warc.gz"))[0] == 0
    with open_store(path) as store, store.transaction():
        execute = store.connection.execute
        execute("UPDATE articles SET headline = 'Home' WHERE id = 1")
        execute("UPDATE articles SET in_language = NULL WHERE id = 2")
    return path


def test_what_differs_is_shown_before_anything_is_written(db: Path) -> None:
    before = rows(db, "SELECT * FROM articles")
    told = scrapy(db, "reextract")
    assert "3 articles were read again" in told
    assert "2 differ; nothing was written" in told
    lines = {line.split()[0]: line.split()[1:] for line in told.splitlines() if len(line.split()) == 4}
    assert lines["headline"] == ["0", "0", "1"]
    assert lines["in_language"] == ["1", "0", "0"]
    assert "- Home" in " ".join(told.split())
    assert rows(db, "SELECT * FROM articles") == before


def test_a_new_extraction_is_no_revision(db: Path) -> None:
    with open_store(db, read_only=True) as store:
        then = last_seq(store.connection)
    assert "2 new extractions written" in scrapy(db, "reextract", "--write")
    now = rows(db, "SELECT headline, in_language, revision, extraction FROM articles ORDER BY id")
    assert [(row["revision"], row["extraction"]) for row in now] == [(1, 2), (1, 2), (1, 1)]
    assert (now[0]["headline"], now[1]["in_language"]) == ("Report 0 from district 0", "en")
    kept = rows(db, "SELECT number, extraction, headline, change FROM revisions ORDER BY article_id")
    assert [(row["number"], row["extraction"]) for row in kept] == [(1, 1), (1, 1)]
    assert kept[0]["headline"] == "Home"
    assert json.loads(kept[0]["change"])["kinds"] == ["extraction"]
    with open_store(db, read_only=True) as store:
        was = {state["id"]: state for state in states(store.connection, after_seq=0, until_seq=then)}
        new = list(states(store.connection, after_seq=then, until_seq=last_seq(store.connection)))
    assert (was[1]["headline"], was[1]["extraction"]) == ("Home", 1)
    assert was[1]["article_body"] == new[0]["article_body"]
    assert [(state["op"], state["revision"]) for state in new] == [("reextract", 1)] * 2
    assert "0 differ" in scrapy(db, "reextract")
    assert "extraction: the same answer" in scrapy(db, "diff", "1")


def test_dates_keep_what_other_sightings_narrowed() -> None:
    def dated(earliest: float, latest: float):
        return article(date_published=Timestamp(earliest=later(earliest), latest=later(latest), raw="x"))

    narrowed = with_narrowed_dates(dated(-3, -2), dated(-4, -2)).date_published
    assert (narrowed.earliest, narrowed.latest) == (later(-3), later(-2))
    contradicted = with_narrowed_dates(dated(-9, -8), dated(-4, -2)).date_published
    assert (contradicted.earliest, contradicted.latest) == (later(-4), later(-2))
    assert with_narrowed_dates(dated(-9, -8), article()).date_published is None


def test_differences_are_counted_by_field() -> None:
    found = Differences(examples_most=1)
    assert not found.add(article(), article())
    assert found.add(article(), article(authors=("Ilse Maren",), headline=None))
    assert found.add(article(authors=("Desk",)), article(authors=("Ilse Maren",)))
    assert found.rows() == [("headline", 0, 1, 0), ("authors", 1, 0, 1)]
    assert (found.articles, found.differing, len(found.examples["authors"])) == (3, 2, 1)
