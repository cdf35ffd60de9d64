"""pandas, polars, DuckDB and datasets read the output as it is, where they are installed (group `ecosystem`)."""

from pathlib import Path

import pytest

from newscrawl.datasets.export import Export, to_file, to_folder
from newscrawl.datasets.formats import FORMATS
from newscrawl.datasets.selection import Selection
from newscrawl.store.reading import last_seq
from tests.datasets.changes import change
from tests.store.conftest import Desk


@pytest.fixture
def folder(desk: Desk, tmp_path: Path) -> Path:
    for step, slug in enumerate(("ferry", "bridge")):
        change(desk, 25 * step, 0, slug)
    until = last_seq(desk.store.connection)
    for name in ("jsonl", "csv"):
        export = Export(selection=Selection(), format=FORMATS[name], until_seq=until)
        to_file(desk.store, export, tmp_path / f"all.{name}", lambda rows: None)
    export = Export(selection=Selection(), format=FORMATS["parquet"], until_seq=until)
    to_folder(desk.store, export, tmp_path / "parquet", lambda rows: None)
    return tmp_path


HEADLINE = "Ferry to Larkholm will sail every hour"


def test_pandas(folder: Path):
    pandas = pytest.importorskip("pandas", reason="pandas is not installed")
    assert list(pandas.read_json(folder / "all.jsonl", lines=True).headline) == [HEADLINE] * 2
    assert list(pandas.read_parquet(folder / "parquet" / "data").headline) == [HEADLINE] * 2
    assert list(pandas.read_csv(folder / "all.csv").headline) == [HEADLINE] * 2


def test_polars(folder: Path):
    polars = pytest.importorskip("polars", reason="polars is not installed")
    assert polars.read_ndjson(folder / "all.jsonl")["headline"].to_list() == [HEADLINE] * 2
    found = polars.read_parquet(folder / "parquet" / "data", hive_partitioning=True)
    assert sorted(map(str, found["first_seen_day"])) == ["2026-07-28", "2026-07-29"]


def test_duckdb(folder: Path):
    duckdb = pytest.importorskip("duckdb", reason="duckdb is not installed")
    (count,) = duckdb.sql(f"SELECT count(*) FROM '{folder}/parquet/data/**/*.parquet'").fetchall()[0]
    assert count == 2
    assert duckdb.sql(f"SELECT headline FROM '{folder}/all.jsonl'").fetchall() == [(HEADLINE,)] * 2


def test_arrow_reads_the_folder_with_its_days(folder: Path):
    dataset = pytest.importorskip("pyarrow.dataset", reason="pyarrow is not installed")
    table = dataset.dataset(folder / "parquet" / "data", partitioning="hive").to_table()
    assert sorted(map(str, table["first_seen_day"].to_pylist())) == ["2026-07-28", "2026-07-29"]
    assert table["headline"].to_pylist() == [HEADLINE] * 2


def test_hugging_face_datasets(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("HF_HOME", str(tmp_path / "hub"))
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    datasets = pytest.importorskip("datasets", reason="datasets is not installed")
    files = str(folder / "parquet" / "data" / "**" / "*.parquet")
    found = datasets.load_dataset("parquet", data_files=files, split="train", cache_dir=str(tmp_path / "cache"))
    assert found["headline"][:] == [HEADLINE] * 2
    assert found[0]["date_published"] is None
    assert found[0]["authors"] == []
    lines = datasets.load_dataset("json", data_files=str(folder / "all.jsonl"), split="train", cache_dir=str(tmp_path))
    assert lines["headline"][:] == [HEADLINE] * 2
