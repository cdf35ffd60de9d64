"""The same page reads the same in any process: no order of a set decides."""

import os
import subprocess
import sys

PROGRAM = """
from newscrawl import extract_article, parse_time, read_entries
from newscrawl.times.table import languages, phrase_book
from tests.discover import listing_pages as pages
from tests.discover.making import FETCHED_AT, page

for html in (pages.cards(), pages.overlays(), pages.state(with_url=True)):
    print(read_entries(page(html, "/articles/a-town-on-the-water", content_type="text/html")))
    print(extract_article(page(html, "/articles/a-town-on-the-water", content_type="text/html")))
for text in ("m? 10小时前 0", "hace 3 h", "5 dk önce", "3 t siden", "12 mn", "il y a 2 j", "2 d 4 h fa", "1 min lalu"):
    print(text, parse_time(text, fetched_at=FETCHED_AT))
for language in languages():
    print(language, sorted(phrase_book(language).markers), sorted(phrase_book(language).units))
"""


def test_whatever_the_hash_seed() -> None:
    told = set()
    for seed in ("1", "2", "5", "8"):
        run = subprocess.run(
            [sys.executable, "-c", PROGRAM],
            env=os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(sys.path)},
            capture_output=True,
            text=True,
            check=True,
        )
        told.add(run.stdout)
    assert len(told) == 1
