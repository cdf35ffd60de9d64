"""Hand-over by cursor: nothing missing, nothing twice but what was not confirmed, through crashes and takedowns."""

import hashlib
import io
import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from newscrawl.datasets.export import Export, hand_over, read_handed, to_file, to_folder, to_stream
from newscrawl.datasets.formats import FORMATS
from newscrawl.datasets.selection import Selection
from newscrawl.models import Timestamp
from newscrawl.monitor.coverage import Gap
from newscrawl.store import Check, open_store
from newscrawl.store.cursors import Cursors
from newscrawl.store.lookup import find_article
from newscrawl.store.reading import last_seq
from newscrawl.store.takedown import forget
from tests.datasets.changes import KINDS, change, new_desk
from tests.dedupe.prose import make_body
from tests.store.conftest import NOON, Desk, article, later

EVERYTHING = Selection()


def nothing(rows: int) -> None:
    """No progress is shown."""


def hand(
    desk: Desk, folder: Path, name: str = "lab", format: str = "jsonl", selection: Selection = EVERYTHING
) -> Path | None:
    cursors = Cursors(desk.store.connection)
    with desk.store.transaction():
        taken = cursors.take(name, {}, now=NOON)
    if taken is None:
        return None
    export = Export(selection=selection, format=FORMATS[format], after_seq=taken[0], until_seq=taken[1])
    manifest = hand_over(desk.store, export, folder, name, nothing)
    with desk.store.transaction():
        cursors.hand_out(name, taken[1])
    return manifest


def confirm(desk: Desk, name: str = "lab") -> int | None:
    with desk.store.transaction():
        return Cursors(desk.store.connection).acknowledge(name, now=NOON)


def bytes_of(folder: Path) -> dict[str, str]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


@pytest.mark.parametrize("format", ["jsonl", "csv", "parquet"])
def test_without_confirmation_the_same_range_comes_again_byte_for_byte(desk: Desk, tmp_path: Path, format):
    for step, kind in enumerate((0, 1, 2)):
        change(desk, step, kind, "ferry")
    hand(desk, tmp_path / "a", format=format)
    for step, kind in enumerate((1, 2, 3)):
        change(desk, step + 3, kind, "ferry")
    hand(desk, tmp_path / "b", format=format)
    assert bytes_of(tmp_path / "a") == bytes_of(tmp_path / "b")


def test_what_was_cut_short_cannot_be_confirmed(desk: Desk, tmp_path: Path):
    desk.put(article())
    with desk.store.transaction():
        Cursors(desk.store.connection).take("lab", {}, now=NOON)
    with pytest.raises(ValueError, match="cut short"):
        confirm(desk)
    hand(desk, tmp_path)
    assert confirm(desk) == last_seq(desk.store.connection)
    assert confirm(desk) is None
    assert hand(desk, tmp_path) is None


def test_a_cursor_keeps_to_its_selection(desk: Desk):
    cursors = Cursors(desk.store.connection)
    with desk.store.transaction():
        cursors.take("lab", {"languages": ["en"]}, now=NOON)
    with pytest.raises(ValueError, match="another name"):
        cursors.take("lab", {}, now=NOON)


def test_a_damaged_part_is_noticed(desk: Desk, tmp_path: Path):
    desk.put(article())
    manifest = hand(desk, tmp_path)
    part = tmp_path / json.loads(manifest.read_text())["files"][0]["path"]
    part.write_bytes(part.read_bytes() + b"\n")
    with pytest.raises(ValueError, match="not as its manifest says"):
        list(read_handed(tmp_path, manifest))


STEPS = st.lists(
    st.tuples(st.integers(0, KINDS - 1), st.sampled_from(["ferry", "bridge", "pier"]), st.booleans(), st.booleans()),
    min_size=1,
    max_size=10,
)
SELECTIONS = st.sampled_from(
    [
        EVERYTHING,
        Selection(is_distinct=True),
        Selection(is_distinct=True, sources=("zz_*",), query="petition OR ferry"),
        Selection(query="petition"),
        Selection(published_from=later(-2)),
        Selection(date_within_min=90),
        Selection(words_min=40),
    ]
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS, selection=SELECTIONS)
def test_a_consumer_that_upserts_and_deletes_has_what_a_full_export_gives(tmp_path_factory, steps, selection):
    folder = tmp_path_factory.mktemp("out")
    held: dict[str, dict] = {}
    with open_store(tmp_path_factory.mktemp("db") / "news.db") as store:
        desk = new_desk(store)
        for step, (kind, slug, exports, confirms) in enumerate(steps):
            change(desk, step, kind, slug)
            if exports:
                take_in(held, desk, folder, selection)
                if confirms:
                    confirm(desk)
        for _ in range(2):
            confirm(desk) if store.connection.execute("SELECT 1 FROM cursors").fetchone() else None
            take_in(held, desk, folder, selection)
        full = io.BytesIO()
        export = Export(selection=selection, format=FORMATS["jsonl"], until_seq=last_seq(store.connection))
        to_stream(store, export, full, nothing)
        full.seek(0)
        assert held == {row["id"]: row for row in FORMATS["jsonl"].read(full)}


def take_in(held: dict[str, dict], desk: Desk, folder: Path, selection: Selection) -> None:
    manifest = hand(desk, folder, selection=selection)
    for row in read_handed(folder, manifest) if manifest else ():
        if row["op"] in ("takedown", "outside"):
            held.pop(row["id"], None)
        else:
            held[row["id"]] = row


def test_whom_a_later_copy_outdoes_is_told_to_who_had_it(desk: Desk, tmp_path: Path):
    distinct = Selection(is_distinct=True)
    held: dict[str, dict] = {}
    desk.put(article())
    take_in(held, desk, tmp_path, distinct)
    confirm(desk)
    stamp = Timestamp(earliest=later(-3), latest=later(-3), raw="x")
    desk.put(article(url="https://gazette.example/ferry", publisher="The Gazette", date_published=stamp), at=later(1))
    take_in(held, desk, tmp_path, distinct)
    confirm(desk)
    assert [row["url"] for row in held.values()] == ["https://gazette.example/ferry"]
    gone = find_article(desk.store.connection, "https://gazette.example/ferry")
    with desk.store.transaction():
        forget(desk.store.connection, [gone], reason="asked", now=later(2))
    take_in(held, desk, tmp_path, distinct)
    assert [row["url"] for row in held.values()] == ["https://herald.example/news/ferry"]


@pytest.mark.parametrize("name", ["all.jsonl", "all.csv.gz", "all.jsonl.zst", "all.parquet"])
def test_a_file_comes_with_its_card_and_schema(desk: Desk, tmp_path: Path, name):
    desk.put(article(in_language="en-GB", extra={"robots": {"noarchive": "meta:robots"}}))
    from newscrawl.datasets.files import reading
    from newscrawl.datasets.formats import format_of

    format = format_of(name)
    export = Export(selection=Selection(), format=format, until_seq=last_seq(desk.store.connection))
    made = to_file(desk.store, export, tmp_path / name, nothing)
    with reading(tmp_path / name) as file:
        (row,) = format.read(file)
    assert (row["source"], row["body_withheld"]) == ("zz_herald", "noarchive")
    assert made.files[0].rows == 1
    card = (tmp_path / "all.README.md").read_text()
    assert "| zz_herald | 1 |" in card
    assert "- noarchive: 1" in card
    assert json.loads((tmp_path / "all.schema.json").read_text())["properties"]["id"]["type"] == "string"
    assert not list(tmp_path.glob(".*"))


def test_the_card_certifies_the_period_as_it_was_known(desk: Desk, tmp_path: Path):
    def check(hours: float) -> None:
        desk.store.channels.add_check(
            desk.run_id, Check(channel_id=desk.channel_id, checked_at=later(hours), outcome="ok", complete=True)
        )

    with desk.store.transaction():
        check(-10)
        check(-4)
        gap = Gap(from_at=later(-10), to_at=later(-4), reason="no_overlap", expected=3.0, most=6.0)
        desk.store.gaps.add(desk.channel_id, gap, message="")
    desk.put(article())
    then = last_seq(desk.store.connection)
    with desk.store.transaction():
        desk.store.gaps.close(1, by="a later list", now=later(5))
        check(6)
    desk.put(article("bridge", fetched_at=later(7)), at=later(7))

    def certified(until: int, **period) -> str:
        export = Export(selection=Selection(**period), format=FORMATS["jsonl"], until_seq=until)
        to_file(desk.store, export, tmp_path / f"{until}.jsonl", nothing)
        card = (tmp_path / f"{until}.README.md").read_text()
        return next((line for line in card.splitlines() if line.startswith("| zz_herald | https")), "")

    assert certified(then) == "| zz_herald | https://herald.example/ | 0.0% | 0.0 | 4.0 | 1 | 3.0 (0 to 6) |"
    now = last_seq(desk.store.connection)
    assert certified(now).split("|")[3:7] == [" 94.1% ", " 0.0 ", " 1.0 ", " 0 "]
    period = {"published_from": later(-8), "published_before": later(2)}
    assert certified(now, **period).split("|")[3:7] == [" 100.0% ", " 0.0 ", " 0.0 ", " 0 "]
    assert certified(now, published_from=later(90)) == ""


def test_an_error_leaves_no_half_file(desk: Desk, tmp_path: Path):
    desk.put(article())
    export = Export(selection=Selection(query="AND"), format=FORMATS["jsonl"], until_seq=1)
    with pytest.raises(ValueError):
        to_file(desk.store, export, tmp_path / "all.jsonl", nothing)
    assert list(tmp_path.iterdir()) == [tmp_path / "news.db"] or not any(tmp_path.glob("*all*"))


def test_parquet_folders_are_by_the_day_first_seen(desk: Desk, tmp_path: Path):
    pytest.importorskip("pyarrow")
    change(desk, 0, 0, "ferry")
    change(desk, 30, 0, "bridge")
    export = Export(selection=Selection(), format=FORMATS["parquet"], until_seq=last_seq(desk.store.connection))
    made = to_folder(desk.store, export, tmp_path / "out", nothing)
    assert [one.path.parent.name for one in made.files] == ["first_seen_day=2026-07-28", "first_seen_day=2026-07-29"]


def test_more_days_than_files_may_be_open_lose_no_row(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    parts = pytest.importorskip("newscrawl.datasets.parts")
    monkeypatch.setattr(parts, "_OPEN_FILES", 2)
    for step, hours in enumerate((0, 30, 60, 1, 31)):  # the first day comes back when two others are open
        text = (make_body(step, 120),)
        desk.put(article(f"story-{step}", headline=f"Story {step}", paragraphs=text), at=later(hours))
    export = Export(selection=Selection(), format=FORMATS["parquet"], until_seq=last_seq(desk.store.connection))
    made = to_folder(desk.store, export, tmp_path / "out", nothing)
    assert [(one.path.parent.name[-2:], one.path.stem[-5:], one.rows) for one in made.files] == [
        ("28", "00001", 1),
        ("28", "00002", 1),
        ("29", "00001", 1),
        ("29", "00002", 1),
        ("31", "00001", 1),
    ]
    assert made.tally.rows == 5


def test_a_card_is_named_after_its_file_and_says_what_distinct_took(desk: Desk, tmp_path: Path):
    desk.put(article())
    export = Export(selection=Selection(is_distinct=True), format=FORMATS["jsonl"], until_seq=1)
    to_file(desk.store, export, tmp_path / "news.v2.jsonl.gz", nothing)
    assert "Of each set of copies one article is here" in (tmp_path / "news.v2.README.md").read_text()
    assert (tmp_path / "news.v2.schema.json").exists()
