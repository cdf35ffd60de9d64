"""A database in a temporary folder, with a run and a source to hang rows on."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from newscrawl.models import Article, Channel, Source
from newscrawl.store import SqliteStore, open_store

NOON = datetime(2026, 7, 28, 12, 0, tzinfo=UTC)
PARAGRAPHS = (
    "The ferry to Larkholm will sail every hour from Monday, the harbour board decided on Tuesday evening.",
    "Twelve of its fourteen members voted for the new timetable, which costs 240,000 crowns a year.",
    "Islanders had asked for it since the bridge was closed to lorries in the spring of last year.",
    "The first boat leaves at 5:40, the last one comes back at 23:15, and bicycles travel free of charge.",
    "Captain Ilse Maren said that her crew of nine would need two more hands before the autumn storms.",
)


@dataclass(frozen=True)
class Desk:
    """An open store, and how to put articles into it."""

    store: SqliteStore
    run_id: int
    channel_id: int

    def put(self, article: Article, at: datetime = NOON):
        with self.store.transaction():
            return self.store.articles.put(article, run_id=self.run_id, channel_id=self.channel_id, now=at)

    def rows(self, table: str) -> list[dict]:
        return [dict(row) for row in self.store.connection.execute(f"SELECT * FROM {table}")]


def source() -> Source:
    return Source(
        id="zz_herald",
        publisher="The Herald",
        url="https://herald.example/",
        country="zz",
        channels=(Channel(kind="listing", url="https://herald.example/"),),
    )


def article(slug: str = "ferry", *, paragraphs: tuple[str, ...] = PARAGRAPHS, **values) -> Article:
    return Article(
        **{
            "source_id": "zz_herald",
            "url": f"https://herald.example/news/{slug}",
            "fetched_at": NOON,
            "headline": "Ferry to Larkholm will sail every hour",
            "publisher": "The Herald",
            "article_body": "\n\n".join(paragraphs),
            "http_status": 200,
            **values,
        }
    )


def later(hours: float) -> datetime:
    return NOON + timedelta(hours=hours)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with open_store(tmp_path / "news.db") as store:
        with store.transaction():
            run_id = store.runs.begin("test", arguments={}, version="0", now=NOON)
            states = store.channels.register(source(), now=NOON)
        yield Desk(store, run_id, states["https://herald.example/"].id)
