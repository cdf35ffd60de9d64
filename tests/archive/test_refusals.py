"""What publishers forbid to copy is not written, whatever kind of answer it is."""

from pathlib import Path

import pytest

from newscrawl.archive.reading import Record, read_records
from newscrawl.archive.refusals import HEAD_BYTES, forbids_copies
from tests.e2e.small_site import Answer, cards, crawl, serve
from tests.hostile.answers import article


@pytest.mark.parametrize(
    ("headers", "body", "expected"),
    [
        ({}, b"<meta name='robots' content='noarchive'>", True),
        ({}, b"<META CONTENT='index, NOARCHIVE' NAME=robots>", True),
        ({}, b'<meta name="newscrawl" content="noarchive">', True),
        ({"x-robots-tag": "noarchive"}, b"<rss/>", True),
        ({"x-robots-tag": "otherbot: noarchive"}, b"", True),
        ({}, b"<meta name='robots' content='noindex, nofollow'>", False),
        ({}, b"<meta name='description' content='robots say noarchive'>", False),
        ({}, b"<p>meta name=robots content=noarchive</p>", False),
        ({}, b" " * HEAD_BYTES + b"<meta name='robots' content='noarchive'>", False),
        ({}, b"<meta " * 20_000, False),
    ],
)
def test_noarchive_is_told_before_the_page_is_read(headers, body, expected):
    assert forbids_copies(headers, body) == expected


REFUSED = ["/news/0-story-of-the-town", "/news/1-story-of-the-town"]
FREE = ["/news/2-story-of-the-town", "/news/3-story-of-the-town"]
META = "<meta name='robots' content='noarchive'>"


def answer(path: str) -> Answer:
    if path == "/":
        return 200, cards([*REFUSED, *FREE]).replace(b"<body>", f"{META}<body>".encode())
    return 200, article(path, head=META if path in REFUSED else "")


@pytest.mark.slow
def test_a_listing_and_articles_that_say_noarchive_are_read_and_not_kept(tmp_path: Path):
    with serve(answer) as (address, asked):
        crawl(address, tmp_path / "news.db", settings={"NEWSCRAWL_WARC": str(tmp_path / "warc")})
        assert all(asked[path] for path in [*REFUSED, *FREE])
    kept = {
        record.url.removeprefix(address)
        for file in (tmp_path / "warc").iterdir()
        for record in read_records(file)
        if isinstance(record, Record) and record.type in ("request", "response")
    }
    assert kept.isdisjoint({"/", *REFUSED})
    assert kept >= set(FREE)
