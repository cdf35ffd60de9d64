"""Endless URL spaces: paths that repeat themselves, patterns that bring nothing new, hosts without number."""

import re
import time
from collections import Counter, defaultdict
from typing import Any, Self
from urllib.parse import parse_qsl, urlsplit

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.http import Response

from newscrawl import limits
from newscrawl.crawl import Crawl
from newscrawl.middlewares.guard import site_of
from newscrawl.middlewares.refused import Refused
from newscrawl.store import Fetch

_DIGITS = re.compile(r"\d+")
_DATED = re.compile(
    r"/(?:19|20)\d\d[/-](?:0?[1-9]|1[0-2])(?:[/-]|$)|[?&](?:date|day|month|year|cal\w*)=", re.IGNORECASE
)
_SESSION = re.compile(r";jsessionid=|[?&](?:phpsessid|jsessionid|sid|sess(?:ion)?_?id|aspsessionid\w*)=", re.IGNORECASE)
_REPEATS = 3
_REPEATED_SEGMENTS_MAX = 3
"""A group of up to this many segments counts as repeating: `/a/b/c/a/b/c/a/b/c`."""
_SEGMENTS_MAX = 24
_DAY_S = 24 * 3600.0
_NEITHER = frozenset(("ok", "unchanged"))
"""Ends of an article's request that say nothing against its pattern."""


class Traps:
    """Counts the requests of each pattern that brought no article; pure, one for a run."""

    def __init__(self, fruitless_max: int = limits.TRAP_REQUESTS, hosts_max: int = limits.TRAP_HOSTS) -> None:
        self._fruitless_max, self._hosts_max = fruitless_max, hosts_max
        self._fruitless: Counter[str] = Counter()
        self._hosts: dict[str, set[str]] = defaultdict(set)
        self._fruitful: set[str] = set()

    def enter(self, url: str) -> tuple[str, str] | None:
        """(outcome, message) for a URL that is part of a trap; None: it may be asked."""
        parts = urlsplit(url)
        if is_repeating(parts.path):
            return "trap_path", "path segments repeat"
        if parts.netloc not in self._fruitful:
            hosts = self._hosts[site_of(parts.netloc)]
            if parts.netloc not in hosts and len(hosts) >= self._hosts_max:
                return "trap_hosts", f"more than {self._hosts_max} hosts of one site that brought no article"
            hosts.add(parts.netloc)
        pattern = pattern_of(url)
        if self._fruitless[pattern] >= self._fruitless_max:
            return kind_of(url), f"{self._fruitless_max} requests like it brought no article"
        return None

    def bring_nothing(self, url: str) -> None:
        """A request for `url` ended without an article."""
        self._fruitless[pattern_of(url)] += 1

    def bear(self, url: str) -> None:
        """An article came from `url`: its pattern and its host bear fruit."""
        host = urlsplit(url).netloc
        self._fruitless.pop(pattern_of(url), None)
        self._fruitful.add(host)
        fruitless = self._hosts.get(site := site_of(host), set())
        fruitless.discard(host)
        if not fruitless:  # ten thousand sources have as many sites
            self._hosts.pop(site, None)


def is_repeating(path: str) -> bool:
    """Whether a path says the same segments three times running, or is deeper than any site's."""
    segments = [segment for segment in path.split("/") if segment]
    if len(segments) > _SEGMENTS_MAX:
        return True
    for size in range(1, _REPEATED_SEGMENTS_MAX + 1):
        for start in range(len(segments) - size * _REPEATS + 1):
            group = segments[start : start + size]
            if segments[start : start + size * _REPEATS] == group * _REPEATS and not "".join(group).isdigit():
                return True
    return False


def pattern_of(url: str) -> str:
    """What a URL has in common with its like: host, first directory without numbers, names of its parameters."""
    parts = urlsplit(url)
    segments = parts.path.split(";")[0].strip("/").split("/")
    first = _DIGITS.sub("0", segments[0]) if len(segments) > 1 else "*"
    names = sorted({name for name, _ in parse_qsl(parts.query, keep_blank_values=True, max_num_fields=None)})
    return f"{parts.netloc}/{first}?{'&'.join(names) if len(names) < 3 else 'many'}"


def kind_of(url: str) -> str:
    """The kind of trap a URL's looks speak for."""
    if _SESSION.search(url):
        return "trap_session"
    return "trap_calendar" if _DATED.search(url) else "trap_pages"


class TrapsMiddleware:
    """Leaves traps; a channel's own address is never one."""

    def __init__(self, crawler: Crawler, fruitless_max: int, hosts_max: int) -> None:
        self._crawler, self._listens = crawler, False
        self._most = (fruitless_max, hosts_max)
        self._traps, self._since_s = Traps(*self._most), time.monotonic()
        self._under_way: set[str] = set()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Read `NEWSCRAWL_TRAP_REQUESTS` and `NEWSCRAWL_TRAP_HOSTS`."""
        settings = crawler.settings
        middleware = cls(crawler, settings.getint("NEWSCRAWL_TRAP_REQUESTS"), settings.getint("NEWSCRAWL_TRAP_HOSTS"))
        crawler.signals.connect(middleware._item_scraped, signal=signals.item_scraped)
        return middleware

    def process_request(self, request: Request) -> None:
        """Raise Refused: `trap_path`, `trap_hosts`, `trap_calendar`, `trap_session` or `trap_pages`."""
        if not self._listens:
            Crawl.of(self._crawler).on_fetch.append(self._ended)
            self._listens = True
        errand = request.meta.get("newscrawl")
        if errand is None or errand.kind == "robots" or request.url.startswith("file:"):
            return
        channel = getattr(errand, "channel", None)
        if channel is not None and channel.url == request.url:
            return
        if time.monotonic() - self._since_s > _DAY_S:  # a monitor runs for weeks
            self._traps, self._since_s = Traps(*self._most), time.monotonic()
            self._under_way.clear()
        trap = self._traps.enter(request.url)
        if trap is not None:
            raise Refused(*trap)
        self._under_way.add(request.url)

    def _ended(self, fetch: Fetch) -> None:
        """What is still under way has not brought nothing: requests count when they end."""
        if fetch.url in self._under_way:
            self._under_way.discard(fetch.url)
            if fetch.kind != "article" or fetch.outcome not in _NEITHER:
                self._traps.bring_nothing(fetch.url)

    def _item_scraped(self, item: Any, response: Response | None) -> None:
        if response is not None:
            for url in (response.url, *response.meta.get("redirect_urls", ())):
                self._traps.bear(url)
