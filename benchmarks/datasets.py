"""Exports of many articles: rows a second, memory, and what an incremental export costs.

    python benchmarks/datasets.py [rows] [words] [--keep FOLDER]        default 1,000,000 of 80 words (about 4 GB)

Each export runs in a process of its own, from opening the database to the last rename; its memory is the most that
process held at once. Beside each stands the plainest program for the same table: sqlite3's cursor and json.dumps, or
pyarrow, a row group at a time, with neither names of our own nor changes taken back. Times by the clock say little on
a machine that others use too. `--keep` leaves the database for the next run.
"""

import argparse
import json
import random
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import nullcontext
from datetime import UTC, datetime, timedelta
from pathlib import Path

from newscrawl.datasets.export import Export, hand_over, to_file, to_folder
from newscrawl.datasets.formats import FORMATS
from newscrawl.datasets.selection import Selection
from newscrawl.store import open_store
from newscrawl.store.reading import last_seq

START = datetime(2026, 1, 1, tzinfo=UTC)
CHANGED = 1_000
PARAGRAPH_WORDS = 40
WORDS = ("harbour", "ferry", "council", "vote", "bridge", "storm", "market", "school", "river", "budget", "museum")


def fill(path: Path, count: int, words: int) -> None:
    """Put articles in as rows: what is measured is their way out."""
    with open_store(path) as store:
        execute = store.connection.execute
        execute("PRAGMA synchronous = OFF")
        with store.transaction():
            execute("DROP TRIGGER articles_ai")  # full-text search takes no part in an export
            run = store.runs.begin("benchmark", arguments={}, version="0", extractor="none 0", now=START)
            store.connection.executemany(
                "INSERT INTO sources (id, publisher, url, country, in_language, added_at) VALUES (?, ?, ?, ?, ?, ?)",
                [
                    (f"zz_paper_{n}", f"Paper {n}", f"https://paper{n}.example/", "zz", '["en"]', "2026")
                    for n in range(50)
                ],
            )
            made = _articles(count, words, run)
            first = next(made)
            store.connection.executemany(
                f"INSERT INTO articles ({', '.join(first)}) VALUES ({', '.join('?' * len(first))})",
                (tuple(row.values()) for part in ([first], made) for row in part),
            )
            execute(
                "INSERT INTO changes (article_id, op, at, run_id, was)"
                " SELECT id, 'new', first_seen_at, run_id, '{}' FROM articles ORDER BY id"
            )


def touch(path: Path) -> None:
    """A thousand late changes all over the table."""
    with open_store(path) as store, store.transaction():
        execute = store.connection.execute
        count = execute("SELECT count(*) FROM articles").fetchone()[0]
        for number in random.Random(8).sample(range(1, count + 1), min(CHANGED, count)):
            execute(
                "INSERT INTO changes (article_id, op, at, was) VALUES (?, 'narrow', '2027-01-01T00:00:00.000Z', '{}')",
                (number,),
            )


def _articles(count: int, words: int, run: int) -> Iterator[dict[str, object]]:
    """Rows of `articles`; their texts are put together from a few thousand paragraphs."""
    rng = random.Random(7)
    headlines = [" ".join(rng.choices(WORDS, k=8)).capitalize() for _ in range(4_096)]
    paragraphs = [" ".join(rng.choices(WORDS, k=PARAGRAPH_WORDS)).capitalize() + "." for _ in range(4_096)]
    for number in range(1, count + 1):
        at = START + timedelta(seconds=9 * number)
        now, earliest = _text(at), _text(at - timedelta(hours=1))
        paper = number % 50
        yield {
            "id": number,
            "uid": f"{number:08x}-0000-5000-8000-000000000000",
            "source_id": f"zz_paper_{paper}",
            "publisher": f"Paper {paper}",
            "url": f"https://paper{paper}.example/news/{number}",
            "url_key": f"paper{paper}.example/news/{number}",
            "headline": f"{rng.choice(headlines)} {number}",
            "article_body": "\n\n".join(rng.choices(paragraphs, k=words // PARAGRAPH_WORDS)),
            "authors": '["Ilse Maren"]',
            "keywords": '["ferries","islands"]',
            "in_language": "en",
            "date_published": now,
            "date_published_earliest": earliest,
            "date_published_latest": now,
            "date_published_raw": "1 hour ago",
            "date_published_origin": "listing",
            "date_published_kind": "relative",
            "date_published_zone": "stated",
            "date_published_flags": "[]",
            "kind": "article",
            "word_count": words,
            "verdict": "new",
            "decision_reason": "first seen",
            "revision": 1,
            "trivial_changes": 0,
            "status": "usable",
            "content_hash": number,
            "body_hash": number,
            "row_hash": 0,
            "http_status": 200,
            "fetched_at": now,
            "first_seen_at": now,
            "last_seen_at": now,
            "origins": '{"article_body":"trafilatura","headline":"schemaorg:NewsArticle.headline"}',
            "extra": '{"charset":{"encoding":"utf-8","evidence":"header"}}',
            "run_id": run,
            "read_by": run,
        }


def _text(at: datetime) -> str:
    return at.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def export(path: Path, out: Path, name: str, after: int) -> int:
    """One export; gives its rows."""
    with open_store(path, read_only=True) as store:
        asked = Export(
            selection=Selection(), format=FORMATS[name], after_seq=after, until_seq=last_seq(store.connection)
        )
        if after:
            manifest = hand_over(store, asked, out, "benchmark", lambda rows: None)
            return int(json.loads(manifest.read_text())["rows"])
        if name == "parquet":
            return to_folder(store, asked, out, lambda rows: None).tally.rows
        return to_file(store, asked, out / f"all{asked.format.ending}", lambda rows: None).tally.rows


def plain(path: Path, out: Path, name: str) -> int:
    """The plainest program for the same table; gives its rows."""
    connection = sqlite3.connect(path)
    connection.row_factory = sqlite3.Row
    found = connection.execute("SELECT * FROM articles ORDER BY id")
    out.mkdir()
    count = 0
    if name == "jsonl":
        with (out / "plain.jsonl").open("w", encoding="utf-8") as file:
            for row in found:
                file.write(json.dumps(dict(row), ensure_ascii=False) + "\n")
                count += 1
        return count
    import pyarrow as pa
    import pyarrow.parquet as pq

    schema = pa.Table.from_pylist([dict(connection.execute("SELECT * FROM articles").fetchone())]).schema
    fields = [pa.field(one.name, pa.string() if pa.types.is_null(one.type) else one.type) for one in schema]
    with pq.ParquetWriter(out / "plain.parquet", schema := pa.schema(fields), compression="zstd") as writer:
        while rows := found.fetchmany(4_096):
            writer.write_table(pa.Table.from_pylist([dict(row) for row in rows], schema=schema))
            count += len(rows)
    return count


def measured(what: str, path: Path, out: Path, name: str, after: int) -> dict[str, float]:
    """What one process of its own takes."""
    start, cpu = time.perf_counter(), time.process_time()
    rows = export(path, out, name, after) if what == "export" else plain(path, out, name)
    took, used = time.perf_counter() - start, time.process_time() - cpu
    return {
        "rows": rows,
        "s": took,
        "cpu_s": used,
        "peak_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def run(*arguments: object) -> dict[str, float]:
    made = subprocess.run([sys.executable, __file__, *map(str, arguments)], check=True, capture_output=True, text=True)
    told: dict[str, float] = json.loads(made.stdout)
    return told


def tell(name: str, told: dict[str, float], peer: dict[str, float] | None = None) -> None:
    line = f"{name:14} {told['rows'] / told['s']:8,.0f} rows/s  {told['rows'] / told['cpu_s']:8,.0f} rows/CPU-s"
    ratio = f"  {peer['cpu_s'] / told['cpu_s']:.2f} of the plain program's rate" if peer else ""
    print(f"{line}  peak {told['peak_mib']:.0f} MiB{ratio}")


def main() -> None:
    if sys.argv[1:2] in (["export"], ["plain"]):
        what, path, out, name, after = sys.argv[1:]
        print(json.dumps(measured(what, Path(path), Path(out), name, int(after))))
        return
    parser = argparse.ArgumentParser()
    parser.add_argument("rows", type=int, nargs="?", default=1_000_000)
    parser.add_argument("words", type=int, nargs="?", default=80)
    parser.add_argument("--keep", type=Path)
    asked = parser.parse_args()
    with nullcontext(asked.keep) if asked.keep else tempfile.TemporaryDirectory() as kept:
        path = Path(kept) / f"news-{asked.rows}-{asked.words}.db"
        if not path.exists():
            fill(path, asked.rows, asked.words)
        print(f"{asked.rows:,} articles of {asked.words} words, {path.stat().st_size / 2**20:,.0f} MiB")
        with tempfile.TemporaryDirectory(dir=kept) as out:
            for name in ("jsonl", "parquet", "csv"):
                peer = run("plain", path, Path(out) / f"plain-{name}", name, 0) if name != "csv" else None
                if peer:
                    tell(f"plain {name}", peer)
                tell(name, run("export", path, Path(out) / name, name, 0), peer)
            touch(path)
            with open_store(path, read_only=True) as store:
                after = last_seq(store.connection) - CHANGED
            told = run("export", path, Path(out) / "late", "jsonl", after)
        print(f"incremental, {told['rows']:,.0f} changed: {told['s']:.3f} s, {told['cpu_s']:.3f} CPU-s")


if __name__ == "__main__":
    main()
