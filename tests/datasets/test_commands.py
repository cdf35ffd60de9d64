"""`scrapy export` and `scrapy forget` as typed, with their exit statuses and single-line errors."""

import json
import subprocess
import sys
from pathlib import Path

from newscrawl.store import open_store
from tests.datasets.changes import change, new_desk


def scrapy(db: Path, *arguments: str) -> subprocess.CompletedProcess:
    command = [sys.executable, "-m", "scrapy", *arguments, "-s", f"NEWSCRAWL_DB={db}"]
    return subprocess.run(command, capture_output=True, text=True, timeout=300)


def test_hand_over_confirmation_and_takedown(tmp_path: Path):
    db, out = tmp_path / "news.db", tmp_path / "out"
    with open_store(db) as store:
        change(new_desk(store), 0, 0, "ferry")
    assert json.loads(scrapy(db, "export").stdout)["url"] == "https://herald.example/news/ferry"
    hand = ("export", "--cursor", "lab", "--to", str(out))
    assert scrapy(db, *hand).returncode == 0
    assert "confirmed" in scrapy(db, "export", "--ack", "lab").stderr
    assert "nothing new" in scrapy(db, *hand).stderr
    assert "removed" in scrapy(db, "forget", "https://herald.example/news/ferry").stdout
    assert scrapy(db, *hand).returncode == 0
    last = json.loads(sorted((out / "manifests").iterdir())[-1].read_text())
    assert last["ops"] == {"takedown": 1}
    refused = scrapy(db, "export", "--to", str(tmp_path / "all.doc"))
    assert refused.returncode == 2
    assert "tells no format" in refused.stderr
    assert "Traceback" not in refused.stderr
