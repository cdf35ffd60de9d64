"""Exports killed at any moment, and a consumer that checks: nothing missing, twice only what was not confirmed."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import msgspec

from newscrawl.datasets.export import read_handed
from newscrawl.store import open_store
from newscrawl.store.cursors import Cursors
from tests.datasets.changes import new_desk
from tests.store.conftest import NOON, PARAGRAPHS, article

KILLS = int(os.environ.get("NEWSCRAWL_KILLS", "4"))
"""The figure of the benchmarks is for 50: NEWSCRAWL_KILLS=50."""
ARTICLES = 10
EXPORT = """
import sys
from pathlib import Path
from newscrawl.datasets.export import Export, hand_over
from newscrawl.datasets.formats import FORMATS
from newscrawl.datasets.selection import Selection
from newscrawl.store import open_store
from newscrawl.store.cursors import Cursors
from tests.store.conftest import NOON
print("ready", flush=True)
with open_store(sys.argv[1]) as store:
    cursors = Cursors(store.connection)
    with store.transaction():
        taken = cursors.take("lab", {}, now=NOON)
    if taken:
        asked = Export(selection=Selection(), format=FORMATS["jsonl"], after_seq=taken[0], until_seq=taken[1])
        hand_over(store, asked, Path(sys.argv[2]), "lab", lambda rows: None)
        with store.transaction():
            cursors.hand_out("lab", taken[1])
"""


def test_nothing_is_missing_and_nothing_confirmed_comes_again(tmp_path: Path):
    rng = random.Random(20260728)
    path, folder = tmp_path / "news.db", tmp_path / "out"
    taken_in: list[tuple[int, str]] = []
    confirmed = killed = 0
    with open_store(path) as store:
        new_desk(store)
    for round_ in range(KILLS + 2):  # the last but one may hand out a range left pending, the last one the rest
        with open_store(path) as store:
            desk = new_desk(store)
            for number in range(ARTICLES if round_ <= KILLS else 0):
                text = tuple(f"{part} {round_}, {number}, {rng.random()}." for part in PARAGRAPHS)
                desk.put(article(f"story-{round_}-{number}", paragraphs=text))
        delay_s = rng.uniform(0, 0.12) if round_ < KILLS else None
        killed += export(path, folder, delay_s)
        for manifest in sorted((folder / "manifests").glob("*.json")):
            told = msgspec.json.decode(manifest.read_bytes())
            if told["after_seq"] != confirmed:
                continue
            rows = [(row["change_seq"], row["id"]) for row in read_handed(folder, manifest)]
            assert all(seq > confirmed for seq, _ in rows)
            with open_store(path) as store, store.transaction():
                if not store.connection.execute("SELECT handed_out FROM cursors").fetchone()[0]:
                    continue  # killed after the manifest, before the cursor knew: the same range comes again
                confirmed = Cursors(store.connection).acknowledge("lab", now=NOON)
            taken_in += rows
    with open_store(path) as store:
        stored = {
            (row[0], row[1])
            for row in store.connection.execute(
                "SELECT c.change_seq, a.uid FROM changes c JOIN articles a ON a.id = c.article_id"
            )
        }
    assert len(taken_in) == len(set(taken_in))
    assert set(taken_in) == stored
    assert len(stored) == ARTICLES * (KILLS + 1)
    assert killed or KILLS < 10


def export(path: Path, folder: Path, delay_s: float | None) -> bool:
    """Export, killed after `delay_s`; whether it was killed before its end."""
    process = subprocess.Popen(
        [sys.executable, "-c", EXPORT, str(path), str(folder)], stdout=subprocess.PIPE, text=True
    )
    process.stdout.readline()
    if delay_s is not None:
        time.sleep(delay_s)
        process.send_signal(signal.SIGKILL)
    process.stdout.close()
    code = process.wait(timeout=300)
    assert code in ((0, -signal.SIGKILL) if delay_s is not None else (0,))
    return code != 0
