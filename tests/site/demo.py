"""`make demo`: serve the demo papers, crawl them as a user would, and show what came out."""

import shlex
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

from newscrawl.console import console, interval, printable
from newscrawl.errors import NewscrawlError
from newscrawl.store import open_store
from newscrawl.store.values import timestamp_of
from tests.site import running, server

DB = Path("demo.db")
SPIDERS = ("feed", "sitemap", "listing")
LOOK_EVERY_S = 0.25
LOG_LINES = 15
HEADLINE_CHARS = 72
NEXT = (
    ("make demo", "again: no article is stored twice"),
    (f".venv/bin/scrapy status -s NEWSCRAWL_DB={DB}", "each source: last check, articles, failures"),
    (".venv/bin/scrapy crawl listing -a url=URL", "any page that lists articles, into news.db"),
    (f"rm {DB}*", "start over"),
)
_TALLY = "SELECT count(*), (SELECT count(*) FROM revisions), count(*) FILTER (WHERE status = 'gone') FROM articles"


@dataclass(frozen=True, slots=True)
class Tally:
    """What the database holds."""

    articles: int = 0
    revisions: int = 0
    gone: int = 0


def main() -> int:
    """Run the demo; 0 when every crawl did."""
    log, world = (DB.with_name(DB.name + suffix) for suffix in (".log", ".world"))
    if not DB.exists():
        world.unlink(missing_ok=True)  # a new reader finds the papers new
    before = tally()
    try:
        with running.run(server.PORT, state=world) as papers, log.open("w") as out:
            console.print(f"Four demo papers are open on this machine: {', '.join(_fronts(papers))}", soft_wrap=True)
            failed = [spider for spider in SPIDERS if not crawl(spider, papers, out.fileno())]
    except running.PapersError as error:
        console.print(f"The demo papers could not open: {error}", style="red")
        return 1
    if failed:
        console.print(f"These crawls did not end well: {', '.join(failed)}. The end of {log}:", style="red")
        console.print("\n".join(log.read_text("utf-8").splitlines()[-LOG_LINES:]), markup=False, soft_wrap=True)
        return 1
    show(before)
    return 0


def _fronts(papers: running.Papers) -> list[str]:
    return [f"{address}/" for paper, address in papers.addresses.items() if paper != "desk"]


def command(spider: str, papers: running.Papers) -> list[str]:
    """What a user would type; the two last settings say that the papers are our own and need no pause."""
    settings = {
        "NEWSCRAWL_DB": str(DB),
        "NEWSCRAWL_ALLOW_ADDRESSES": papers.allowed,
        "DOWNLOAD_DELAY": "0",
        "AUTOTHROTTLE_ENABLED": "0",
    }
    given = [part for name, value in settings.items() for part in ("-s", f"{name}={value}")]
    return ["scrapy", "crawl", spider, "-a", "sources=zz/demo*", *given]


def crawl(spider: str, papers: running.Papers, out: int) -> bool:
    """Run one spider in a process of its own, showing how far it is; whether it ended well."""
    typed = command(spider, papers)
    scrapy = str(Path(sys.executable).with_name("scrapy"))
    console.print(f"\n$ {shlex.join(typed)}", style="dim", soft_wrap=True)
    with (
        subprocess.Popen([scrapy, *typed[1:]], stdin=subprocess.DEVNULL, stdout=out, stderr=out) as process,
        watching(spider) as look,
    ):
        while process.poll() is None:
            look()
            time.sleep(LOOK_EVERY_S)
        look()
    return process.returncode == 0


@contextmanager
def watching(spider: str) -> Iterator["Look"]:
    """A line that turns while the spider works."""
    columns = (SpinnerColumn(finished_text="✓"), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=console) as progress:
        task = progress.add_task(spider, total=1)
        yield Look(progress, task, spider)
        progress.update(task, completed=1)


@dataclass(frozen=True, slots=True)
class Look:
    """Looks into the database and tells the progress line."""

    progress: Progress
    task: object
    spider: str

    def __call__(self) -> None:
        """Count again."""
        held = tally()
        self.progress.update(self.task, description=f"{self.spider:8} {held.articles} articles in {DB}")


def tally() -> Tally:
    """Count what is stored; nothing where there is no database yet."""
    try:
        with reading() as connection:
            return Tally(*connection.execute(_TALLY).fetchone())
    except (NewscrawlError, sqlite3.OperationalError):  # not made yet, or its tables are not
        return Tally()


def reading() -> closing[sqlite3.Connection]:
    """The database, to look into while a crawl may be writing."""
    return closing(open_store(DB, read_only=True).connection)


def show(before: Tally) -> None:
    """The table, what this run changed, and what to type next."""
    with reading() as connection:
        console.print()
        console.print(table(connection))
    after = tally()
    new, revised, gone = (
        after.articles - before.articles,
        after.revisions - before.revisions,
        after.gone - before.gone,
    )
    told = f"{_count(new, 'new article')}, {before.articles} known"
    told += f", {_count(revised, 'revision')}" if revised else ""
    told += f", {_count(gone, 'page')} gone" if gone else ""
    console.print(f"\n{told}. No article was stored twice.", style="bold")
    console.print(f"\nThe database is {DB.absolute()}. What to type next:", soft_wrap=True)
    for typed, meaning in NEXT:
        console.print(f"  {typed:48} {meaning}", soft_wrap=True, markup=False)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def table(connection: sqlite3.Connection) -> Table:
    """Every article, the newest first."""
    shown = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0))
    rest = 17 + 25 + 5 + 26 + 2 * 4
    shown.add_column("headline", max_width=max(24, console.width - rest), no_wrap=True)
    shown.add_column("publisher", max_width=17, no_wrap=True)
    shown.add_column("published (UTC)", width=25, no_wrap=True)
    shown.add_column("words", width=5, justify="right", no_wrap=True)
    shown.add_column("verdict", max_width=26, no_wrap=True)
    rows = connection.execute(
        "SELECT a.*, coalesce(a.publisher, s.publisher) AS by, coalesce(o.publisher, os.publisher) AS copied"
        " FROM articles a JOIN sources s ON s.id = a.source_id"
        " LEFT JOIN articles o ON o.id = a.copy_of LEFT JOIN sources os ON os.id = o.source_id"
        " ORDER BY a.date_published IS NULL, a.date_published DESC, a.id"
    )
    for row in rows:
        verdict = f"copy of {row['copied']}" if row["copied"] else row["verdict"]
        shown.add_row(
            printable(row["headline"], HEADLINE_CHARS),
            printable(row["by"]),
            interval(timestamp_of("date_published", row)) or "unknown",
            str(row["word_count"]),
            printable(verdict if row["status"] == "usable" else f"{verdict}, {row['status']}"),
            style=_STYLES.get(row["verdict"], ""),
        )
    return shown


_STYLES = {"copy": "dim", "revision": "yellow"}

if __name__ == "__main__":
    sys.exit(main())
