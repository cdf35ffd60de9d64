"""A backup while others write, what verify finds, and readers beside a writer."""

import sqlite3
from pathlib import Path

import pytest

from newscrawl.errors import StoreError
from newscrawl.store import open_store
from newscrawl.store.upkeep import back_up, verify
from tests.store.conftest import NOON, PARAGRAPHS, Desk, article, later

ARTICLES = 20


@pytest.fixture
def full(desk: Desk) -> Desk:
    for number in range(ARTICLES):
        desk.put(article(f"story-{number}", headline=f"Story {number}", paragraphs=(f"Part {number}.", *PARAGRAPHS)))
    return desk


def test_a_backup_holds_what_was_committed_and_is_one_file(full: Desk, tmp_path: Path):
    target = tmp_path / "backup" / "news.db"
    target.parent.mkdir()
    with open_store(full.store.path, read_only=True) as reader, full.store.transaction():
        full.store.articles.put(article("late", headline="Not committed"), run_id=full.run_id, channel_id=1, now=NOON)
        back_up(reader.connection, target)
    assert [path.name for path in target.parent.iterdir()] == ["news.db"]
    with open_store(target) as copy:
        assert list(verify(copy.connection)) == []
        assert copy.connection.execute("SELECT count(*) FROM articles").fetchone()[0] == ARTICLES


def test_a_backup_that_fails_leaves_no_file(full: Desk, tmp_path: Path):
    with pytest.raises(StoreError):
        back_up(full.store.connection, tmp_path / "nowhere" / "news.db")
    assert not (tmp_path / "nowhere").exists()


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("article_body", "Another text."),
        ("headline", "Another headline"),
        ("date_published_earliest", "2026-07-01"),
        ("url", "https://elsewhere.example/"),
        ("url_key", None),
        ("fetched_at", "2026-07-01"),
        ("origins", '{"headline":"meta"}'),
        ("copy_similarity", 0.5),
        ("status", "gone"),
    ],
)
def test_every_article_that_is_not_as_it_was_stored_is_found(full: Desk, column: str, value: str):
    assert list(verify(full.store.connection)) == []
    damaged = {3, 7, ARTICLES}
    for number in damaged:
        text = f"damaged-{number}" if value is None else value
        full.store.connection.execute(f"UPDATE articles SET {column} = ? WHERE id = ?", (text, number))
    found = list(verify(full.store.connection))
    assert {int(line.split()[1]) for line in found if line.startswith("article")} == damaged


def test_an_earlier_text_that_is_not_as_it_was_is_found(desk: Desk):
    desk.put(article())
    desk.put(article(paragraphs=(*PARAGRAPHS[:4], "Some were against it."), fetched_at=later(1)), at=later(1))
    desk.put(article(url="https://gazette.example/ferry", publisher="The Gazette"), at=later(2))
    assert list(verify(desk.store.connection)) == []
    desk.store.connection.execute("UPDATE revisions SET article_body = 'Another text.'")
    assert len(list(verify(desk.store.connection))) == 1


class Interrupted:
    """A connection whose backup sees another process write after each of its steps."""

    def __init__(self, connection: sqlite3.Connection, other: sqlite3.Connection) -> None:
        self.execute = connection.execute
        self._connection, self._other = connection, other
        self.steps = 0

    @property
    def in_transaction(self) -> bool:
        return self._connection.in_transaction

    def backup(self, target: sqlite3.Connection, *, pages: int) -> None:
        assert pages > 0
        self._connection.backup(target, pages=1, progress=self._write)

    def _write(self, status: int, remaining: int, total: int) -> None:
        self.steps += 1
        assert self.steps <= total, "it begins anew after each write"
        self._other.execute("UPDATE hosts SET failures = failures + 1")


def test_a_backup_comes_to_its_end_while_another_process_writes_all_the_time(full: Desk, tmp_path: Path):
    full.store.connection.execute("INSERT INTO hosts (host, failures) VALUES ('a.example', 0)")
    with open_store(full.store.path, read_only=True) as reader:
        watched = Interrupted(reader.connection, full.store.connection)
        back_up(watched, tmp_path / "copy.db")
    assert watched.steps > 10
    with open_store(tmp_path / "copy.db") as copy:
        assert list(verify(copy.connection)) == []
        assert copy.connection.execute("SELECT failures FROM hosts").fetchone()[0] == 0


def test_a_reader_neither_writes_nor_holds_a_writer_up(full: Desk):
    with open_store(full.store.path, read_only=True) as reader:
        rows = reader.connection.execute("SELECT id FROM articles ORDER BY id")
        assert rows.fetchone()[0] == 1
        full.put(article("meanwhile", headline="Meanwhile", paragraphs=PARAGRAPHS[::-1]))
        assert len(rows.fetchall()) == ARTICLES - 1
        assert reader.connection.execute("SELECT count(*) FROM articles").fetchone()[0] == ARTICLES + 1
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            reader.connection.execute("DELETE FROM articles")
