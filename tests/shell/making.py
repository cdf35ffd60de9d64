"""A crawl without Scrapy, for tests of what is written: pages are read in this process."""

from newscrawl.crawl import Crawl
from newscrawl.rota import Rota
from newscrawl.store import SqliteStore
from newscrawl.workers import Workers


class Stats(dict):
    """As much of Scrapy's stats collector as a crawl asks for."""

    def inc_value(self, name: str, by: int = 1) -> None:
        self[name] = self.get(name, 0) + by

    def get_stats(self) -> dict:
        return self


def crawl_on(store: SqliteStore, run_id: int, *, checks_per_day: float = 100.0) -> Crawl:
    """The crawl of a run that has begun."""
    workers, rota = Workers(count=0, timeout_s=1), Rota(store, checks_per_day)
    return Crawl(store=store, workers=workers, run_id=run_id, rota=rota, stats=Stats())
