"""What the near-duplicate index costs, at 100,000 and at 1,000,000 articles, and two libraries side by side at 100,000.

    python benchmarks/dedupe.py [--articles 1000000] [--peers 100000] [--folder DIR]

Filled with made-up fingerprints of the size real ones have. At each stage 2,000 made-up articles of 320 words (one in
four a cut copy of an earlier one) are looked up, decided and stored, in group commits as a crawl makes them. Times are
CPU time of the thread. The libraries (datasketch, rensa: optional, skipped with a line when missing) index the same
articles in memory, each in a process of its own.
"""

import argparse
import multiprocessing
import random
import resource
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from itertools import accumulate
from pathlib import Path
from statistics import median, quantiles

from benchmarks.dedupe_streams import Store
from newscrawl.commits import GROUP_OPERATIONS
from newscrawl.dedupe import decide, fingerprint
from newscrawl.models import Article
from newscrawl.store.sqlite import CACHE_BYTES, FOLDED_PAGES

FILLED = 1_000
"""Articles of one transaction while the index is filled; those measured come in groups as a crawl commits them."""
PROBES = 2_000
WORDS = 320
SHINGLES, SKETCH_BYTES = 17, (335, 491, 661, 741, 793, 835, 895, 975, 1095, 1395)
"""Mean and deciles of 1,689 news articles of 630 words on average (2026-11-25)."""
NOW = datetime(2025, 1, 1, tzinfo=UTC)


def make_texts(seed: int) -> Iterator[str]:
    """Endless articles of made-up words, drawn as words are (Zipf); one in four is the first half of one before."""
    rng = random.Random(seed)
    letters, weights = "etaoinshrdlucmfwypvbgkqjxz", [round(1000 / rank) for rank in range(1, 27)]
    words = ["".join(rng.choices(letters, weights, k=rng.randint(2, 11))) for _ in range(30_000)]
    steps = list(accumulate(1 / rank for rank in range(1, len(words) + 1)))
    earlier: list[str] = []
    while True:
        if len(earlier) > 10 and rng.random() < 0.25:
            yield " ".join(rng.choice(earlier).split()[: WORDS // 2])
            continue
        text = " ".join(rng.choices(words, cum_weights=steps, k=WORDS))
        earlier = [*earlier[-999:], text]
        yield text


def article(number: int, text: str) -> Article:
    return Article(source_id="zz_bench", url=f"https://host.example/probe/{number}", fetched_at=NOW, article_body=text)


def open_store(path: Path) -> Store:
    """A store on disk, set as newscrawl sets its own."""
    store = Store(str(path))
    cache, fold = f"cache_size = -{CACHE_BYTES // 1024}", f"wal_autocheckpoint = {FOLDED_PAGES}"
    for pragma in (cache, fold, "journal_mode = WAL", "synchronous = FULL"):
        store.connection.execute(f"PRAGMA {pragma}")
    return store


def fill(store: Store, rng: random.Random, start: int, end: int) -> None:
    """Put made-up articles into the index: the rows of articles one by one, those of shingles in order.

    In order, since a million random inserts take an hour of a shared machine; in two passes that interleave, so that
    pages split and stay partly empty, as they do when a store grows.
    """
    put = store.connection
    for group in range(start, end, FILLED):
        put.execute("BEGIN IMMEDIATE")
        for number in range(group, min(group + FILLED, end)):
            row = (number, f"host.example/{number:09}", *(rng.getrandbits(63) for _ in range(2)), WORDS)
            put.execute("INSERT INTO articles VALUES (?, ?, NULL, ?, ?, ?, NULL, NULL)", row)
            put.execute("INSERT INTO urls VALUES (?, ?, 'url')", (row[1], number))
            sketch = bytes(5) + rng.randbytes(SKETCH_BYTES[number % 10] - 5)
            put.execute("INSERT INTO near_sketches VALUES (?, ?, ?)", (number, sketch, rng.randbytes(4 * SHINGLES)))
        put.execute("COMMIT")
    for _ in range(2):
        put.execute("BEGIN IMMEDIATE")
        put.executemany("INSERT OR IGNORE INTO near_shingles VALUES (?, ?)", make_shingles(rng, start, end))
        put.execute("COMMIT")
        put.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def make_shingles(rng: random.Random, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Half of the index rows of the articles from `start` to `end`, in order of the shingles."""
    gap = 2 * 2**32 // ((end - start) * SHINGLES)
    shingle = -(2**31)
    while (shingle := shingle + int(rng.random() * 2 * gap) + 1) < 2**31:
        yield shingle, start + int(rng.random() * (end - start))


def probe(store: Store, texts: Iterator[str], first: int, count: int = PROBES) -> tuple[dict[str, list[float]], int]:
    """CPU milliseconds of each step, for `count` articles that are looked up and stored; how many were copies."""
    spent: dict[str, list[float]] = {"sketch": [], "look-up": [], "insert": []}
    copies = 0
    for number in range(first, first + count):
        one = article(number, next(texts))
        if number % GROUP_OPERATIONS == first % GROUP_OPERATIONS:
            store.connection.execute("BEGIN IMMEDIATE")
        marks = [time.thread_time()]
        fp = fingerprint(one)
        marks.append(time.thread_time())
        decision = decide(one, fp, store.index.neighbours(fp, one))
        marks.append(time.thread_time())
        store.add(one, fp)
        if number % GROUP_OPERATIONS == (first - 1) % GROUP_OPERATIONS:
            store.connection.execute("COMMIT")
        marks.append(time.thread_time())
        copies += decision.verdict == "copy"
        for name, before, after in zip(spent, marks, marks[1:], strict=False):
            spent[name].append((after - before) * 1_000)
    return spent, copies


def report(store: Store, spent: dict[str, list[float]], copies: int) -> None:
    """Print one stage."""
    print(f"  {copies} of {PROBES} found to be copies (a quarter are)")
    for name, values in spent.items():
        p99 = quantiles(values, n=100)[98]
        print(f"  {name:8} median {median(values):.3f} ms, mean {sum(values) / len(values):.3f}, p99 {p99:.3f}")
    total = sum(sum(values) for values in spent.values()) / PROBES
    count = store.connection.execute("SELECT count(*) FROM near_sketches").fetchone()[0]
    size = store.connection.execute("SELECT sum(pgsize) FROM dbstat WHERE name LIKE 'near_%'").fetchone()[0]
    print(f"  all three, mean {total:.3f} ms; index {size / count:.0f} bytes an article; {memory_mb()} MB in memory")


def memory_mb() -> int:
    """The most memory this process has held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def measure(folder: Path, articles: int) -> None:
    """Fill the index in stages and probe it at each."""
    store = open_store(folder / "bench.db")
    rng, texts, filled = random.Random(1), make_texts(1), 0
    for stage in [size for size in (100_000, 1_000_000) if size < articles] + [articles]:
        started = time.thread_time()
        stored = store.connection.execute("SELECT count(*) FROM articles").fetchone()[0]
        fill(store, rng, stored + 1, stored + 1 + stage - filled)
        each = (time.thread_time() - started) / (stage - filled) * 1_000
        filled = stage
        print(f"{stage:,} articles (filling: {each:.3f} ms each)", flush=True)
        report(store, *probe(store, texts, 10**8 + stage))
    if articles > 100_000:
        small = open_store(folder / "small.db")
        fill(small, rng, 1, 100_001)
        print(f"median look-up, of {articles:,} to 100,000 in turns: {growth(small, store):.2f} times", flush=True)


def growth(small: Store, large: Store) -> float:
    """How many times the median look-up of the small index that of the large one takes.

    A group of one, a group of the other: so a machine that is quicker now than then makes no difference.
    """
    texts, spent = [make_texts(3), make_texts(3)], [list[float](), list[float]()]
    for first in range(2 * 10**8, 2 * 10**8 + PROBES, GROUP_OPERATIONS):
        for store, words, mine in zip((small, large), texts, spent, strict=True):
            mine += probe(store, words, first, GROUP_OPERATIONS)[0]["look-up"]
    return median(spent[1]) / median(spent[0])


def shingles_of(text: str) -> list[str]:
    """Runs of four words, as both libraries' manuals do it."""
    words = text.split()
    return [" ".join(words[at : at + 4]) for at in range(max(1, len(words) - 3))]


def with_datasketch() -> Callable[[int, str], object]:
    from datasketch import MinHash, MinHashLSH

    index = MinHashLSH(threshold=0.5, num_perm=128)

    def put(number: int, text: str) -> None:
        signature = MinHash(num_perm=128)
        signature.update_batch([shingle.encode() for shingle in shingles_of(text)])
        index.query(signature)
        index.insert(number, signature)

    return put


def with_rensa() -> Callable[[int, str], object]:
    from rensa import RMinHash, RMinHashLSH

    index = RMinHashLSH(threshold=0.5, num_perm=128, num_bands=32)

    def put(number: int, text: str) -> None:
        signature = RMinHash(num_perm=128, seed=1)
        signature.update(shingles_of(text))
        index.query(signature)
        index.insert(number, signature)

    return put


def with_newscrawl() -> Callable[[int, str], object]:
    store = open_store(Path(tempfile.mkdtemp()) / "peer.db")

    def put(number: int, text: str) -> None:
        if number % GROUP_OPERATIONS == 0:
            store.connection.execute("BEGIN IMMEDIATE")
        one = article(number, text)
        store.add(one, store.look_up(one)[0])
        if number % GROUP_OPERATIONS == GROUP_OPERATIONS - 1:
            store.connection.execute("COMMIT")

    return put


def run_peer(name: str, make: Callable[[], Callable[[int, str], object]], count: int) -> None:
    """Index `count` articles with one library, in this process, and say what it took."""
    try:
        put = make()
    except ImportError:
        print(f"{name:10} not installed, skipped", flush=True)
        return
    texts, spent, before = make_texts(2), 0.0, memory_mb()
    for number in range(count):
        text = next(texts)
        started = time.thread_time()
        put(number, text)
        spent += time.thread_time() - started
    print(f"{name:10} {spent / count * 1_000:.3f} ms an article, {memory_mb()} MB ({before} MB before)", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=1_000_000)
    parser.add_argument("--peers", type=int, default=100_000, help="articles for the comparison; 0: none")
    parser.add_argument("--folder", type=Path, help="where the database is made; default: a temporary folder")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=arguments.folder) as folder:
        measure(Path(folder), arguments.articles)
    for make in (with_newscrawl, with_datasketch, with_rensa) if arguments.peers else ():
        name = make.__name__.removeprefix("with_")
        process = multiprocessing.get_context("spawn").Process(target=run_peer, args=(name, make, arguments.peers))
        process.start()
        process.join()


if __name__ == "__main__":
    main()
