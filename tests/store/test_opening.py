"""Opening the file: new, again, damaged, emptied, someone else's, newer."""

import sqlite3
from pathlib import Path

import pytest

from newscrawl.errors import SchemaError, StoreError
from newscrawl.store import open_store, sqlite
from newscrawl.store.schema import TABLES
from newscrawl.store.sqlite import is_sqlite_sound


def test_a_new_file_has_every_documented_table_and_column(tmp_path: Path):
    with open_store(tmp_path / "news.db") as store:
        for table in TABLES:
            columns = [row["name"] for row in store.connection.execute(f"PRAGMA table_info({table.name})")]
            assert columns == [column.name for column in table.columns], table.name
        made = {row["name"] for row in store.connection.execute("SELECT name FROM pragma_table_list WHERE strict")}
        assert {table.name for table in TABLES} <= made


def test_every_column_is_described():
    for table in TABLES:
        for column in table.columns:
            assert len(column.doc) > 3, f"{table.name}.{column.name}"


def test_the_file_is_durable_and_checked(tmp_path: Path):
    with open_store(tmp_path / "news.db") as store:
        pragmas = {
            name: store.connection.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("journal_mode", "synchronous", "foreign_keys")
        }
    assert pragmas == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}


def test_a_database_has_its_name_once_it_is_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    path, others = tmp_path / "news.db", []
    migrate = sqlite._migrate

    def meanwhile(connection: sqlite3.Connection) -> None:
        monkeypatch.setattr(sqlite, "_migrate", migrate)
        assert not path.exists()
        migrate(connection)
        monkeypatch.setattr("os.getpid", lambda: 1)
        others.append(open_store(path))  # another run, which is quicker
        monkeypatch.undo()

    monkeypatch.setattr(sqlite, "_migrate", meanwhile)
    with open_store(path) as store, others[0] as other, store.transaction():
        store.connection.execute("UPDATE channels SET url = url")
        assert other.connection.execute("PRAGMA application_id").fetchone()[0] == sqlite.APPLICATION_ID
    assert [file.name for file in tmp_path.iterdir()] == ["news.db"]


def test_closing_leaves_one_file(tmp_path: Path):
    open_store(tmp_path / "news.db").close()
    assert [path.name for path in tmp_path.iterdir()] == ["news.db"]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b"just some text, not a database at all" * 50, "cannot be used"),
        (b"\0" * 8192, "cannot be used"),
    ],
)
def test_what_is_no_database_is_refused_and_left_alone(tmp_path: Path, content: bytes, reason: str):
    path = tmp_path / "news.db"
    path.write_bytes(content)
    with pytest.raises(StoreError, match=reason):
        open_store(path)
    assert path.read_bytes() == content


def test_a_zeroed_first_page_is_refused(tmp_path: Path):
    path = tmp_path / "news.db"
    open_store(path).close()
    data = path.read_bytes()
    path.write_bytes(b"\0" * 4096 + data[4096:])
    with pytest.raises(StoreError):
        open_store(path)


def test_someone_elses_database_is_refused(tmp_path: Path):
    path = tmp_path / "other.db"
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE articles (id INTEGER)")
    with pytest.raises(SchemaError, match="not a newscrawl database"):
        open_store(path)


def test_a_newer_database_is_refused(tmp_path: Path):
    path = tmp_path / "news.db"
    with open_store(path) as store:
        store.connection.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('newscrawl', 'm999_future', '')"
        )
    with pytest.raises(SchemaError, match="m999_future"):
        open_store(path)


def test_reading_needs_a_database_and_makes_none(tmp_path: Path):
    with pytest.raises(StoreError, match="no such database"):
        open_store(tmp_path / "none.db", read_only=True)
    assert not (tmp_path / "none.db").exists()


def test_a_reader_cannot_write(tmp_path: Path):
    open_store(tmp_path / "news.db").close()
    with open_store(tmp_path / "news.db", read_only=True) as store, pytest.raises(sqlite3.OperationalError):
        store.connection.execute("DELETE FROM runs")


@pytest.mark.parametrize(
    ("version", "sound"),
    [
        ((3, 40, 1), False),
        ((3, 44, 6), True),
        ((3, 50, 6), False),
        ((3, 50, 7), True),
        ((3, 51, 3), True),
        ((4, 0, 0), True),
    ],
)
def test_which_sqlite_is_sound(version: tuple[int, ...], sound: bool):
    assert is_sqlite_sound(version) is sound
