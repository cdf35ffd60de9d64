"""A crawl as a user runs it, with a database and a folder of seeds of its own."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from newscrawl.store import SqliteStore, open_store
from tests.site.running import ROOT, Papers
from tests.site.server import PORT

CRAWL_S = 300
"""Far beyond what any crawl of the demo papers takes; a hanging one must not hang the tests."""


@dataclass(frozen=True, slots=True)
class Newsroom:
    """Where a test's crawls run."""

    folder: Path
    papers: Papers
    settings: dict[str, str] = field(default_factory=dict)

    @property
    def db(self) -> Path:
        """The database."""
        return self.folder / "news.db"

    def furnish(self) -> "Newsroom":
        """Bring the demo seeds, with the port that the papers are served on."""
        seeds = self.folder / "seeds" / "zz"
        seeds.mkdir(parents=True)
        for path in (ROOT / "seeds" / "zz").glob("demo*.toml"):
            text = path.read_text("utf-8").replace(f":{PORT}/", f":{self.papers.port}/")
            (seeds / path.name).write_text(text, "utf-8")
        return self

    def start(self, spider: str, **arguments: str) -> "subprocess.Popen[str]":
        """`scrapy crawl`, running."""
        settings = {
            "NEWSCRAWL_DB": str(self.db),
            "NEWSCRAWL_SEEDS": str(self.folder / "seeds"),
            "NEWSCRAWL_ALLOW_ADDRESSES": self.papers.allowed,
        } | self.settings
        command = [sys.executable, "-m", "scrapy", "crawl", spider]
        for flag, pairs in (("-a", arguments), ("-s", settings)):
            for name, value in pairs.items():
                command += [flag, f"{name}={value}"]
        return subprocess.Popen(
            command,
            cwd=ROOT,
            env=os.environ | {"SCRAPY_PROJECT": "test"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def crawl(self, spider: str, **arguments: str) -> str:
        """Run a crawl to its end; gives what it logged, and fails the test unless it exits 0."""
        with self.start(spider, **arguments) as process:
            try:
                told, _ = process.communicate(timeout=CRAWL_S)
            except subprocess.TimeoutExpired:
                process.kill()
                raise
        assert process.returncode == 0, told
        return told

    def crawl_all(self) -> None:
        """One round over everything."""
        for spider in ("feed", "sitemap", "listing"):
            self.crawl(spider, sources="zz/demo*")

    @contextmanager
    def store(self) -> Iterator[SqliteStore]:
        """The database, to read."""
        with open_store(self.db, read_only=True) as store:
            yield store

    def rows(self, query: str, *values: Any) -> list[dict[str, Any]]:
        """What a query gives."""
        with self.store() as store:
            return [dict(row) for row in store.connection.execute(query, values)]
