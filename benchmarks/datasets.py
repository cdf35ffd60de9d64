"""Exports of many articles: rows a second, memory, and what an incremental export costs.

    python benchmarks/datasets.py [rows]        default 1,000,000, in a temporary folder (about 3 GB)

Each export runs in a process of its own; its memory is the most that process held at once.
"""

import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from newscrawl.datasets.export import Export, hand_over, to_file, to_folder
from newscrawl.datasets.formats import FORMATS
from newscrawl.datasets.selection import Selection
from newscrawl.store import open_store
from newscrawl.store.reading import last_seq, snapshot

START = datetime(2026, 1, 1, tzinfo=UTC)
CHANGED = 1_000
WORDS = ("harbour", "ferry", "council", "vote", "bridge", "storm", "market", "school", "river", "budget", "museum")


def fill(path: Path, count: int) -> None:
    """Articles of about 80 words, put in as rows: what is measured is their way out."""
    rng = random.Random(7)
    with open_store(path) as store, store.transaction():
        execute = store.connection.execute
        execute("DROP TRIGGER articles_ai")  # full-text search takes no part in an export
        run = store.runs.begin("benchmark", arguments={}, version="0", now=START)
        for source in range(50):
            execute(
                "INSERT INTO sources (id, publisher, url, country, in_language, added_at) VALUES (?, ?, ?, ?, ?, ?)",
                (f"zz_paper_{source}", f"Paper {source}", f"https://paper{source}.example/", "zz", '["en"]', "2026"),
            )
        for number in range(1, count + 1):
            execute(*_insert("articles", _article(rng, number, run)))
            at = _text(START + timedelta(seconds=9 * number))
            execute(
                "INSERT INTO changes (article_id, op, at, run_id, was) VALUES (?, 'new', ?, ?, '{}')", (number, at, run)
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


def _article(rng: random.Random, number: int, run: int) -> dict[str, object]:
    at = START + timedelta(seconds=9 * number)
    stamp = {"": at, "_earliest": at - timedelta(hours=1), "_latest": at}
    return {
        "id": number,
        "uid": f"{number:08x}-0000-5000-8000-000000000000",
        "source_id": f"zz_paper_{number % 50}",
        "publisher": f"Paper {number % 50}",
        "url": f"https://paper{number % 50}.example/news/{number}",
        "url_key": f"paper{number % 50}.example/news/{number}",
        "headline": " ".join(rng.choices(WORDS, k=8)).capitalize(),
        "article_body": "\n\n".join(" ".join(rng.choices(WORDS, k=40)).capitalize() + "." for _ in range(2)),
        "authors": '["Ilse Maren"]',
        "keywords": '["ferries","islands"]',
        "in_language": "en",
        **{f"date_published{part}": _text(value) for part, value in stamp.items()},
        "date_published_raw": "1 hour ago",
        "date_published_origin": "listing",
        "date_published_kind": "relative",
        "date_published_zone": "stated",
        "date_published_flags": "[]",
        "kind": "article",
        "word_count": 80,
        "verdict": "new",
        "decision_reason": "first seen",
        "revision": 1,
        "trivial_changes": 0,
        "status": "usable",
        "content_hash": number,
        "body_hash": number,
        "row_hash": 0,
        "http_status": 200,
        **{name: _text(at) for name in ("fetched_at", "first_seen_at", "last_seen_at")},
        "origins": '{"article_body":"trafilatura","headline":"schemaorg:NewsArticle.headline"}',
        "extra": '{"charset":{"encoding":"utf-8","evidence":"header"}}',
        "run_id": run,
    }


def _insert(table: str, row: dict[str, object]) -> tuple[str, tuple[object, ...]]:
    return f"INSERT INTO {table} ({', '.join(row)}) VALUES ({', '.join('?' * len(row))})", tuple(row.values())


def _text(at: datetime) -> str:
    return at.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def export(path: Path, out: Path, name: str, after: int) -> dict[str, float]:
    """One export, from opening the database to the last rename."""
    start, cpu = time.perf_counter(), time.process_time()
    with open_store(path, read_only=True) as store, snapshot(store.connection):
        asked = Export(
            selection=Selection(), format=FORMATS[name], after_seq=after, until_seq=last_seq(store.connection)
        )
        if after:
            manifest = hand_over(store, asked, out, "benchmark", lambda rows: None)
            rows = json.loads(manifest.read_text())["rows"]
        elif name == "parquet":
            rows = to_folder(store, asked, out, lambda rows: None).tally.rows
        else:
            rows = to_file(store, asked, out / f"all{asked.format.ending}", lambda rows: None).tally.rows
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    took, used = time.perf_counter() - start, time.process_time() - cpu
    return {"rows": rows, "seconds": took, "cpu_s": used, "peak_mib": memory}


def run(*arguments: object) -> dict[str, float]:
    made = subprocess.run([sys.executable, __file__, *map(str, arguments)], check=True, capture_output=True, text=True)
    return json.loads(made.stdout)


def main() -> None:
    if sys.argv[1:2] == ["export"]:
        path, out, name, after = sys.argv[2:]
        print(json.dumps(export(Path(path), Path(out), name, int(after))))
        return
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "news.db"
        fill(path, count)
        print(f"{count:,} articles, {path.stat().st_size / 2**20:,.0f} MiB")
        for name in ("jsonl", "parquet", "csv"):
            told = run("export", path, Path(folder) / name, name, 0)
            rate, busy = told["rows"] / told["seconds"], told["rows"] / told["cpu_s"]
            print(f"{name:8} {rate:9,.0f} rows/s  {busy:9,.0f} rows/CPU-s  peak {told['peak_mib']:.0f} MiB")
        touch(path)
        told = run("export", path, Path(folder) / "late", "jsonl", count)
        print(f"incremental, {told['rows']:,.0f} changed: {told['seconds']:.3f} s, {told['cpu_s']:.3f} CPU-s")


if __name__ == "__main__":
    main()
