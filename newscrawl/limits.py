"""Bounds on what strangers may make newscrawl hold, in bytes, seconds and counts.

One table, for the core and the shell. A run's settings (`NEWSCRAWL_LINKS`, …) change it before anything is read, in the
workers too. `docs/limits.md` is generated from it.
"""

from collections.abc import Mapping

BODY_BYTES = 10 * 2**20
"""Decoded bytes of a page."""
FEED_BYTES = 25 * 2**20
"""Decoded bytes of a feed or sitemap."""
ROBOTS_BYTES = 512 * 2**10
"""Decoded bytes of robots.txt; the rest is cut (RFC 9309 2.5 asks for at least 500 KiB)."""
IN_FLIGHT_BYTES = 64 * 2**20
"""Decoded bytes of all answers that are under way or wait to be read. Beyond it those past 64 KiB wait on the wire,
beyond half of it those past 1 MiB, but for the quickest of those under way."""
CODINGS = 2
"""Content codings of one answer."""
CODING_RATIO = 200
"""Decoded bytes per coded byte, above CODING_RATIO_FROM_BYTES."""
CODING_RATIO_FROM_BYTES = 2**20
"""Decoded bytes below which the ratio does not matter."""
HEADER_BYTES = 64 * 2**10
"""All header lines of an answer together, interim answers included."""
HEADER_LINES = 200
"""Header lines of an answer."""
INTERIM_ANSWERS = 20
"""1xx answers before the real one."""
CONNECT_S = 10
"""Name look-up, connection and nothing more."""
HEADERS_S = 15
"""From the request sent to the last header; a TLS handshake counts."""
IDLE_S = 10
"""Without a byte of the body."""
TOTAL_S = 30
"""The whole answer; at SLOW_BYTES_PER_S or more it may take SLOW_TOTAL_S."""
SLOW_TOTAL_S = 90
"""The whole answer, where bytes keep coming."""
SLOW_BYTES_PER_S = 1024
"""The pace that earns an answer more time."""
ROBOTS_S = 15
"""The whole answer for robots.txt."""
ANSWER_CPU_S = 2
"""CPU time spent on taking one answer apart (chunks of one byte, codings)."""
REDIRECTS = 8
"""Redirects and meta refreshes of one request."""
ROBOTS_REDIRECTS = 5
"""Redirects of robots.txt (RFC 9309 2.3.1.2 asks for at least five)."""
CRAWL_DELAY_S = 120
"""The longest Crawl-delay that is waited for; a host that wants more is not fetched from."""
URL_BYTES = 2048
"""A URL, percent-encoded."""
LINKS = 2_000
"""Links of a page that are looked at."""
ENTRIES = 1_000
"""Entries of a feed or listing, newest first."""
SITEMAP_ENTRIES = 50_000
"""Entries of one sitemap file (the protocol's own limit)."""
SITEMAP_DEPTH = 3
"""Sitemap indexes inside each other."""
SITEMAP_FILES = 200
"""Sitemap files of one index, those of the indexes inside it included."""
ELEMENTS = 50_000
"""Start tags of a page, counted before any parser sees it."""
ELEMENT_ATTRIBUTES = 256
"""Attributes of one element, counted before any parser sees it."""
ATTRIBUTES = 200_000
"""Attributes of all elements of a page together: each takes libxml2 near a kilobyte, and the most that 1,338 saved
pages have is 17,735 (2026-11-25)."""
JSON_BYTES = 512 * 2**10
"""Bytes of one embedded JSON-LD block."""
STATE_BYTES = 8 * 2**20
"""Bytes of one embedded state block (`__NEXT_DATA__`, Nuxt)."""
JSON_VALUES = 500_000
"""Values of all embedded data of a page together, as its commas and brackets tell; of 1,338 saved pages the most have
104,515 (2026-11-25)."""
FEED_VALUES = 1_000_000
"""Values of a JSON Feed."""
DATE_TEXT_CHARS = 96
"""A printed time; longer texts are not read as one."""
HEADLINE_CHARS = 1_000
"""A headline; the rest is cut."""
AUTHOR_CHARS = 300
"""An author's name, and a feed's author field before it is parsed."""
DESCRIPTION_CHARS = 10_000
"""A description; the rest is cut."""
BODY_CHARS = 1_000_000
"""An article's text; the rest is cut."""
VALIDATOR_BYTES = 8 * 2**10
"""ETag and Last-Modified values longer than this are ignored."""
REVISIONS = 10
"""Earlier texts kept of one article: the first, and the latest others."""
YEAR_MIN = 1990
"""No news article is dated before it."""
FUTURE_S = 14 * 3600
"""How far past the fetch a date may lie before it cannot be: no zone is further from UTC, whatever a page says."""
CACHED_S = 24 * 3600
"""How much older than its fetch a page is believed to be, whatever its Age or Date says."""
EXTRACT_CPU_S = 10
"""CPU time one page may take to read; then its worker is ended and replaced."""
EXTRACT_BYTES = 512 * 2**20
"""Memory of one worker process."""
SOURCE_ARTICLES = 500
"""Articles of one source and run."""
SOURCE_REQUESTS = 5_000
"""Requests of one source and run."""
SOURCE_MINUTES = 15
"""Time of open connections of one source and run."""
TRAP_REQUESTS = 200
"""Requests of one URL pattern in a row that bring no article."""
TRAP_HOSTS = 20
"""Hosts of one registered domain that brought no article, in one run."""
RECORD_BYTES = FEED_BYTES + 2 * HEADER_BYTES
"""Unpacked bytes of a WARC record that are held; a longer one is not read."""
RECORD_SKIP_BYTES = 256 * 2**20
"""Unpacked bytes after which a WARC record's end is not waited for any more; it counts as damaged."""
DISK_RESERVE_BYTES = 64 * 2**20
"""Free room on the disk below which nothing more is fetched: enough to end the run in order."""

FIXED: frozenset[str] = frozenset({"DATE_TEXT_CHARS", "YEAR_MIN", "FUTURE_S", "CACHED_S", "REVISIONS"})
"""No setting changes them: what a printed time means, and what is kept of an article, is the same in every run."""
_changed: dict[str, float] = {}


def change(values: Mapping[str, float]) -> None:
    """Let other values hold from now on, in this process. Raises KeyError for what is no limit, or fixed."""
    for name, value in values.items():
        if not name.isupper() or name in FIXED or not isinstance(globals()[name], int | float):
            raise KeyError(name)
        _changed[name] = globals()[name] = int(value) if float(value).is_integer() else value


def changed() -> dict[str, float]:
    """What `change` was given: for a process that is to have the same limits."""
    return dict(_changed)


def names() -> list[str]:
    """The limits that settings may change."""
    return [
        name
        for name, value in globals().items()
        if name.isupper() and isinstance(value, int | float) and name not in FIXED
    ]
