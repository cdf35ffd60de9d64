"""Two rounds over the demo papers, kept as WARC: what the files hold, and that a replay gives the same database."""

import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from newscrawl.archive.reading import Record, answer_of, read_record, read_records
from newscrawl.datasets.export import Export, to_file, to_folder
from newscrawl.datasets.formats import FORMATS
from newscrawl.datasets.selection import Selection
from newscrawl.extract import extract_article
from newscrawl.store import open_store
from newscrawl.store.reading import last_seq
from newscrawl.transport.kept import page_of
from tests.e2e.newsroom import Newsroom
from tests.site import running
from tests.site.running import ROOT

pytestmark = pytest.mark.slow
FILE_BYTES = 60_000


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Newsroom]:
    folder = tmp_path_factory.mktemp("kept")
    settings = {"NEWSCRAWL_WARC": str(folder / "warc"), "NEWSCRAWL_WARC_BYTES": str(FILE_BYTES)}
    with running.run() as papers:
        made = Newsroom(folder, papers, settings).furnish()
        made.crawl_all()
        made.crawl_all()
        yield made


def files(room: Newsroom) -> list[Path]:
    return sorted((room.folder / "warc").iterdir())


def records(room: Newsroom) -> list[Record]:
    return [record for file in files(room) for record in read_records(file)]


def test_every_fetch_that_was_answered_is_kept_with_its_place(room: Newsroom) -> None:
    fetched = room.rows("SELECT url, status FROM fetches WHERE status IS NOT NULL")
    kept = room.rows("SELECT r.*, a.path FROM archived r JOIN archives a ON a.id = r.archive_id")
    assert Counter((row["url"], row["status"]) for row in fetched) == Counter(
        (row["url"], row["status"]) for row in kept if row["status"] not in (301, 302)
    )
    for row in kept:
        record = read_record(Path(row["path"]), row["offset"])
        assert isinstance(record, Record)
        assert (record.record_id, record.url, record.type) == (row["record_id"], row["url"], row["kind"])
        assert record.end - record.offset == row["bytes"]


def test_each_article_has_the_answer_it_was_read_from(room: Newsroom) -> None:
    rows = room.rows(
        "SELECT a.headline, f.path, r.offset FROM articles a JOIN urls u ON u.article_id = a.id AND u.role = 'url'"
        " JOIN archived r ON r.url_key = u.url_key AND r.fetched_at = a.fetched_at"
        " JOIN archives f ON f.id = r.archive_id WHERE a.http_status IS NOT NULL"
    )
    assert len(rows) == room.rows("SELECT count(*) AS n FROM articles WHERE http_status IS NOT NULL")[0]["n"]
    for row in rows:
        record = read_record(Path(row["path"]), row["offset"])
        assert isinstance(record, Record)
        assert extract_article(page_of(record, answer_of(record))).headline == row["headline"]


def test_files_are_rotated_and_another_reader_takes_them(room: Newsroom) -> None:
    from warcio.archiveiterator import ArchiveIterator

    paths = files(room)
    assert len(paths) > 6
    assert max(path.stat().st_size for path in paths) < 3 * FILE_BYTES
    for path in paths:
        with path.open("rb") as file:
            theirs = [
                (one.rec_type, one.rec_headers.get_header("WARC-Record-ID").strip("<>"), one.content_stream().read())
                for one in ArchiveIterator(file, check_digests="raise")
            ]
        ours = list(read_records(path))
        assert [(type, record_id) for type, record_id, _ in theirs] == [(one.type, one.record_id) for one in ours]


def test_what_is_as_before_is_a_revisit(room: Newsroom) -> None:
    revisits = [record for record in records(room) if record.type == "revisit"]
    whole = {record.record_id: record for record in records(room) if record.type == "response"}
    profiles = {record.fields["warc-profile"].rpartition("/")[2] for record in revisits}
    assert profiles == {"server-not-modified", "identical-payload-digest"}
    for record in revisits:
        earlier = whole[record.fields["warc-refers-to"].strip("<>")]
        assert (earlier.url, earlier.fields["warc-date"]) == (
            record.fields["warc-refers-to-target-uri"],
            record.fields["warc-refers-to-date"],
        )


def export(db: Path, folder: Path) -> dict[str, bytes]:
    """Every file of an export in every format, by name."""
    with open_store(db, read_only=True) as store:
        for name, format in FORMATS.items():
            asked = Export(selection=Selection(), format=format, until_seq=last_seq(store.connection))
            to_file(store, asked, folder / name / f"all{format.ending}", lambda rows: None)
            to_folder(store, asked, folder / f"{name}-parts", lambda rows: None)
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_replay_exports_the_same_bytes(room: Newsroom, tmp_path: Path) -> None:
    pytest.importorskip("pyarrow")
    db = tmp_path / "replayed.db"
    command = [sys.executable, "-m", "scrapy", "replay", str(room.folder / "warc"), "-s", f"NEWSCRAWL_DB={db}"]
    ended = subprocess.run(
        command, cwd=ROOT, env=os.environ | {"SCRAPY_PROJECT": "test"}, capture_output=True, text=True, timeout=400
    )
    assert ended.returncode == 0, ended.stderr
    assert "ArticleRead" in ended.stdout
    recorded, replayed = export(room.db, tmp_path / "recorded"), export(db, tmp_path / "replayed")
    assert recorded.keys() == replayed.keys()
    assert {name for name, content in recorded.items() if replayed[name] != content} == set()
    assert len(recorded["jsonl/all.jsonl"].splitlines()) > 30


def test_nothing_secret_is_kept(room: Newsroom) -> None:
    names = {
        line.partition(b":")[0].lower()
        for record in records(room)
        if record.type in ("request", "response", "revisit")
        for line in record.block.partition(b"\r\n\r\n")[0].splitlines()[1:]
    }
    assert b"user-agent" in names
    assert names.isdisjoint({b"cookie", b"set-cookie", b"authorization", b"proxy-authorization"})


def test_the_steps_say_what_a_listing_had_said(room: Newsroom) -> None:
    row = room.rows(
        "SELECT r.url, a.path, r.step_offset FROM archived r JOIN archives a ON a.id = r.step_archive_id"
        " JOIN urls u ON u.url_key = r.url_key LIMIT 1"
    )[0]
    record = read_record(Path(row["path"]), row["step_offset"])
    assert isinstance(record, Record)
    told = json.loads(record.block)
    assert told["did"] == "ArticleRead"
    assert told["step"]["errand"]["entry"]["headline"]
