"""`scrapy crawl archive`: foreign WARC files through the core, damage recorded, and resumed where it was killed."""

import gzip
import os
import random
import re
import signal
import subprocess
import sys
import time
from collections import Counter
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from newscrawl.store import open_store
from tests.archive.making import HTML, NOON, article_html, reports, url_of, write_file
from tests.site.running import ROOT

CRAWL_S = 400
"""Far beyond what any of these crawls takes; a hanging one must not hang the tests."""


def start(db: Path, pattern: str, **settings: str) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "scrapy", "crawl", "archive", "-a", f"path={pattern}"]
    for name, value in {"NEWSCRAWL_DB": str(db), **settings}.items():
        command += ["-s", f"{name}={value}"]
    return subprocess.Popen(
        command,
        cwd=ROOT,
        env=os.environ | {"SCRAPY_PROJECT": "test"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def crawl(db: Path, pattern: str, **settings: str) -> tuple[int, str]:
    process = start(db, pattern, **settings)
    told, _ = process.communicate(timeout=CRAWL_S)
    return process.returncode, told


def rows(db: Path, query: str) -> list[dict[str, Any]]:
    with open_store(db, read_only=True) as store:
        return [dict(row) for row in store.connection.execute(query)]


def chunked(body: bytes) -> bytes:
    return b"".join(b"%x\r\n%s\r\n" % (len(body[i : i + 100]), body[i : i + 100]) for i in range(0, len(body), 100)) + (
        b"0\r\n\r\n"
    )


ODD = [
    ("https://paper0.example/gone", "404 Not Found", HTML, b"<p>Not here.</p>"),
    ("https://paper0.example/moved", "301 Moved", (("Location", "/news/report-0"),), b""),
    ("https://paper0.example/feed.xml", "200 OK", (("Content-Type", "application/rss+xml"),), b"<rss/>"),
    ("https://paper0.example/empty", "200 OK", HTML, b" "),
    ("https://paper0.example/picture", "200 OK", HTML, b"\x89PNG\r\n\x1a\n" + b"0" * 40),
    ("https://paper0.example/bomb", "200 OK", (*HTML, ("Content-Encoding", "gzip")), gzip.compress(bytes(2**25))),
    ("https://paper0.example/none", "200 OK", (*HTML, ("X-Robots-Tag", "noindex")), article_html(90)),
]
CODED = [
    (url_of(50), "200 OK", (*HTML, ("Content-Encoding", "gzip")), gzip.compress(article_html(50))),
    (url_of(51), "200 OK", (*HTML, ("Transfer-Encoding", "chunked")), chunked(article_html(51))),
    (url_of(52), "200 OK", (*HTML, ("X-Crawler-Content-Encoding", "br")), article_html(52)),
]


def test_foreign_files_go_through_the_same_core(tmp_path: Path) -> None:
    write_file(tmp_path / "a.warc.gz", [*reports(0, 4), *ODD, *CODED])
    db = tmp_path / "news.db"
    status, told = crawl(db, str(tmp_path / "*.warc.gz"))
    assert status == 3, told  # a bomb is a hard outcome
    assert "Traceback" not in told
    ends = {row["url"]: row["outcome"] for row in rows(db, "SELECT url, outcome FROM fetches")}
    assert {url.rpartition("/")[2]: end for url, end in ends.items() if end != "ok"} == {
        "gone": "http_404",
        "feed.xml": "not_html",
        "empty": "empty_body",
        "picture": "not_html",
        "bomb": "body_too_large",
        "none": "noindex",
    }
    stored = rows(db, "SELECT url, headline, source_id, fetched_at, date_published FROM articles ORDER BY fetched_at")
    assert [row["url"] for row in stored] == [url_of(number) for number in (0, 1, 2, 3, 50, 51, 52)]
    assert stored[1] == {
        "url": url_of(1),
        "headline": "Report 1 from district 37",
        "source_id": "url_paper1.example",
        "fetched_at": "2026-07-28T12:01:00.000Z",
        "date_published": "2026-07-21T08:30:00.000Z",
    }


def test_damage_is_recorded_against_file_and_offset(tmp_path: Path) -> None:
    path, db = tmp_path / "a.warc.gz", tmp_path / "news.db"
    offsets = write_file(path, reports(0, 6))
    data = bytearray(path.read_bytes())
    data[offsets[2] + 200] ^= 0xFF
    lying = gzip.decompress(data[offsets[4] : offsets[5]]).replace(b"Content-Length: ", b"Content-Length: 9", 1)
    path.write_bytes(bytes(data[: offsets[4]]) + gzip.compress(lying) + bytes(data[offsets[5] : -20]))
    status, told = crawl(db, str(path))
    assert status == 0, told
    found = rows(db, "SELECT url, outcome FROM fetches WHERE outcome != 'ok' ORDER BY id")
    assert [row["outcome"] for row in found] == ["bad_archive"] * 3
    assert [int(row["url"].partition("#")[2]) for row in found[:2]] == [offsets[2], offsets[4]]
    stored = rows(db, "SELECT url FROM articles ORDER BY id")
    assert [row["url"] for row in stored] == [url_of(number) for number in (0, 1, 3)]
    crawl(db, str(path))  # the torn end is looked at again, as the file may have grown; the rest is done
    again = rows(db, "SELECT url FROM fetches WHERE run_id = 2")
    assert [row["url"] for row in again] == [found[2]["url"]]


SEED = """
publisher = "Paper 1"
url = "https://paper1.example/"
in_language = ["en"]
timezone = "Europe/London"

[[channels]]
kind = "listing"
url = "https://paper1.example/"

[[channels]]
kind = "feed"
url = "https://paper1.example/feed.xml"
"""


def front(numbers: tuple[int, ...], ages: str) -> bytes:
    cards = "".join(
        f"<article class=card><h2><a href='{url_of(number)}'>Report {number} from district {number * 37 % 1009}</a>"
        f"</h2><time>{ages}</time></article>"
        for number in numbers
    )
    return f"<html lang=en><title>Paper</title><body><main>{cards}</main></body></html>".encode()


def undated(number: int) -> bytes:
    return re.sub(rb"<meta property='article:published_time'[^>]*>", b"", article_html(number))


FEED = b"""<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<title>Paper 1</title><item><title>Report 40 from the harbour</title><link>https://paper1.example/news/report-40</link>
<pubDate>Tue, 28 Jul 2026 10:00:00 GMT</pubDate>
<content:encoded><![CDATA[%s]]></content:encoded></item></channel></rss>"""


def test_channels_that_a_seed_names_give_sightings_dates_and_whole_articles(tmp_path: Path) -> None:
    (tmp_path / "seeds" / "zz").mkdir(parents=True)
    (tmp_path / "seeds" / "zz" / "paper.toml").write_text(SEED)
    text = re.search(rb"<article>.*?</h1>(.*)</article>", article_html(40), re.DOTALL)
    assert text
    answers = [
        ("https://paper1.example/", "200 OK", HTML, front((1, 4, 7, 10), "2 hours ago")),
        (url_of(1), "200 OK", HTML, undated(1)),
        (url_of(4), "200 OK", HTML, undated(4)),
        ("https://paper1.example/", "200 OK", HTML, front((1, 4, 7, 10), "138 minutes ago")),
        ("https://paper1.example/feed.xml", "200 OK", (("Content-Type", "application/rss+xml"),), FEED % text[1]),
        ("https://other.example/", "200 OK", HTML, front((1, 4, 7), "1 hour ago")),
    ]
    write_file(tmp_path / "a.warc.gz", answers)
    db = tmp_path / "news.db"
    status, told = crawl(db, str(tmp_path / "a.warc.gz"), NEWSCRAWL_SEEDS=str(tmp_path / "seeds"))
    assert status == 0, told
    ends = {row["url"]: (row["kind"], row["outcome"]) for row in rows(db, "SELECT url, kind, outcome FROM fetches")}
    assert ends["https://paper1.example/"] == ("listing", "ok")
    assert ends["https://paper1.example/feed.xml"] == ("feed", "ok")
    assert ends["https://other.example/"][1] != "ok"
    stored = rows(db, "SELECT url, source_id, date_published_earliest AS e, date_published_latest AS l FROM articles")
    dates = {row["url"]: (row["e"], row["l"]) for row in stored}
    assert dates.keys() == {url_of(1), url_of(4), "https://paper1.example/news/report-40"}
    assert {row["source_id"] for row in stored} == {"zz_paper"}
    for number in (1, 4):  # within minutes of a quarter to ten, as both readings of the listing say
        earliest, latest = dates[url_of(number)]
        assert "2026-07-28T09:43" < earliest <= latest < "2026-07-28T09:47"
    seen = rows(db, "SELECT url_key, times_seen, article_id FROM sightings ORDER BY id")
    assert [row["times_seen"] for row in seen] == [2, 2, 2, 2, 1]
    assert rows(db, "SELECT 1 FROM queue") == []
    schedule = rows(db, "SELECT last_checked_at, etag, next_check_at FROM channels WHERE kind = 'listing'")
    assert schedule == [{"last_checked_at": None, "etag": None, "next_check_at": None}]


@pytest.mark.parametrize("is_split", [False, True])
def test_a_repeat_of_an_answer_is_read_with_the_body_it_refers_to(tmp_path: Path, is_split: bool) -> None:
    repeated = {
        "WARC-Refers-To-Target-URI": url_of(2),
        "WARC-Refers-To-Date": "2026-07-28T12:02:00Z",
        "WARC-Profile": "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest",
    }
    mirror, lost = "https://paper2.example/mirror/report-2", "https://paper2.example/lost"
    write_file(tmp_path / "a.warc.gz", reports(0, 3))
    write_file(
        tmp_path / "b.warc.gz",
        [(url, "200 OK", HTML, b"") for url in (mirror, lost)],
        at=NOON + timedelta(hours=1),
        revisit={mirror: repeated, lost: repeated | {"WARC-Refers-To-Date": "2020-01-01T00:00:00Z"}},
    )
    db = tmp_path / "news.db"
    for pattern in ("a.warc.gz", "b.warc.gz") if is_split else ("*.warc.gz",):
        assert crawl(db, str(tmp_path / pattern))[0] == 0
    ends = {row["url"]: row["outcome"] for row in rows(db, "SELECT url, outcome FROM fetches")}
    assert ends[lost] == "bad_archive"
    assert (ends[mirror] == "bad_archive") == is_split  # by date alone it is found among what this run has read
    if not is_split:
        kinds = [row["kind"] for row in rows(db, "SELECT kind FROM archived ORDER BY id")]
        assert kinds == ["response"] * 3 + ["revisit"]
        assert len(rows(db, f"SELECT 1 FROM urls WHERE url = '{mirror}'")) == 1


@pytest.mark.slow
def test_killed_and_run_again_nothing_is_lost_and_nothing_twice(tmp_path: Path) -> None:
    rng = random.Random(20260728)
    for name, first in (("a", 0), ("b", 60)):
        write_file(tmp_path / f"{name}.warc.gz", reports(first, 60))
    pattern, db, whole = str(tmp_path / "*.warc.gz"), tmp_path / "news.db", tmp_path / "whole.db"
    assert crawl(whole, pattern)[0] == 0
    killed = 0
    for _ in range(3):
        process = start(db, pattern)
        while process.poll() is None and not (db.exists() and _count(db) > 20 * (killed + 1)):
            time.sleep(0.02)
        time.sleep(rng.uniform(0, 0.3))
        process.send_signal(signal.SIGKILL)
        process.communicate()
        killed += process.returncode == -signal.SIGKILL
    assert killed
    assert crawl(db, pattern)[0] == 0
    content = "SELECT uid, url, headline, article_body, fetched_at, verdict FROM articles ORDER BY id"
    assert rows(db, content) == rows(whole, content)
    assert Counter(row["url"] for row in rows(db, "SELECT url FROM fetches")).most_common(1)[0][1] == 1
    ends = "SELECT url, outcome FROM fetches ORDER BY url"
    assert rows(db, ends) == rows(whole, ends)
    places = "SELECT offset, record_id, url FROM archived ORDER BY archive_id, offset"
    assert rows(db, places) == rows(whole, places)


def _count(db: Path) -> int:
    try:
        return rows(db, "SELECT count(*) AS n FROM articles")[0]["n"]
    except Exception:  # not made yet, or not with its tables
        return 0


@pytest.mark.parametrize(
    ("content", "said"), [(None, "no file is called"), (b"WARC/1.1\r\n", "is not compressed with gzip")]
)
def test_what_cannot_be_read_is_one_line(tmp_path: Path, content: bytes | None, said: str) -> None:
    if content is not None:
        (tmp_path / "a.warc.gz").write_bytes(content)
    status, told = crawl(tmp_path / "news.db", str(tmp_path / "*.warc.gz"))
    assert status == 2
    assert said in told
    assert "Traceback" not in told


NO_SECOND_LOOK = (
    "import sys; from scrapy.cmdline import execute; from scrapy.core.engine import ExecutionEngine;"
    " ExecutionEngine._SLOT_HEARTBEAT_INTERVAL = 10**6; execute(['scrapy', *sys.argv[1:]])"
)
"""The `scrapy` script, whose engine looks for something to do only when it is told that there may be."""


def test_the_run_ends_when_its_last_article_is_stored(tmp_path: Path):
    write_file(tmp_path / "a.warc.gz", reports(0, 3))
    arguments = ["crawl", "archive", "-a", f"path={tmp_path}/a.warc.gz", "-s", f"NEWSCRAWL_DB={tmp_path}/news.db"]
    command = [sys.executable, "-c", NO_SECOND_LOOK, *arguments]  # with reading processes, as users run it
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=CRAWL_S, check=False)
    assert done.returncode == 0, done.stderr
    assert rows(tmp_path / "news.db", "SELECT count(*) AS n FROM articles") == [{"n": 3}]
