"""`scrapy probe URL`: look at a site and print a seed file that is ready to use."""

import argparse
import re
import sys
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from urllib.parse import urlsplit

from rich.console import Console
from rich.syntax import Syntax
from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from newscrawl.console import console, fail, flat, interval, printable, table
from newscrawl.errors import PageError
from newscrawl.look import Look, Wanted, look
from newscrawl.markup import Document, parse
from newscrawl.models import Channel, Entry, Expect, Listing, Page, Source
from newscrawl.sources import source_for_url, to_toml
from newscrawl.times import Habits, cached_s, explain_time, observe
from newscrawl.times.habits import EVIDENCE_MIN, NAMES
from newscrawl.times.places import country_of, zones_of

report = Console(stderr=True, highlight=False, width=None if sys.stderr.isatty() else 160)
"""What was found goes here; standard output holds the seed file alone."""
_OFFSET = re.compile(r"(?<=\d)(?P<sign>[+-])(?P<hours>\d\d):?(?P<minutes>\d\d)$")
CHANNELS_MOST = 12
SAMPLES = 3


class Command(ScrapyCommand):
    """Channels, language, zone, robots verdict, sample entries with their times, and the seed file."""

    requires_project = True

    def syntax(self) -> str:
        """What it takes."""
        return "<url>"

    def short_desc(self) -> str:
        """One line."""
        return "Look at a site and print a ready seed file"

    def long_desc(self) -> str:
        """What `--help` says."""
        return (
            "Fetches the page, robots.txt and the feeds and sitemaps it leads to (a dozen requests at most, politely),"
            " then prints what each channel holds, three sample entries with how their times were read and why, and a"
            " seed file: save it as seeds/<country>/<name>.toml."
        )

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Fetch, read, print."""
        if len(args) != 1:
            raise UsageError
        assert self.crawler_process is not None
        url = args[0] if "://" in args[0] else f"https://{args[0]}/"
        found = look(self.crawler_process, [(url, "listing")], _Onward(url))
        page = found.pages.get(url)
        if page is None:
            outcome, message = found.failures.get(url, ("internal_error", "nothing was fetched"))
            fail(f"{outcome}: {message} ({url})", 3)
        tell(page, found)


class _Onward:
    """After the first page: robots.txt, then the feeds and sitemaps it and robots.txt name, then the common places."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._page: Page | None = None
        parts = urlsplit(url)
        self._robots = f"{parts.scheme}://{parts.netloc}/robots.txt"

    def __call__(self, page: Page) -> Iterable[Wanted]:
        from newscrawl.discover.channels import find_channels  # here: Scrapy imports every command at every start

        if page.requested_url == self._url:
            self._page = page
            return [(self._robots, "article"), *_wanted(find_channels(page)), *_wanted(_guesses(self._url))]
        if page.url.endswith("/robots.txt") and self._page is not None:
            text = page.body.decode("utf-8", "replace")
            return _wanted(find_channels(self._page, robots_text=text))
        return []


def _guesses(url: str) -> list[Channel]:
    from newscrawl.discover.channels import common_places

    return [Channel(kind="sitemap" if "sitemap" in place else "feed", url=place) for place in common_places(url)]


def _wanted(channels: Iterable[Channel]) -> list[Wanted]:
    wanted: list[Wanted] = [(channel.url, channel.kind) for channel in channels]
    return wanted[:CHANNELS_MOST]


def tell(page: Page, found: Look) -> None:
    """Print what was found."""
    source = source_for_url(page.url)
    try:
        document = parse(page)
        language, name = document.language, _site_name(document)
        source = replace(source, publisher=name or source.publisher, in_language=(language,) if language else ())
    except PageError:
        report.print("the page is not HTML; its language is unknown")
    read = list(_read(page, found, source))
    out = table("kind", "#entries", "#dated", "address")
    for channel, listing in read:
        dated = sum(entry.date_published is not None for entry in listing.entries)
        out.add_row(channel.kind, str(len(listing.entries)), str(dated), printable(channel.url))
    report.print(out)
    habits = _learn(read, found, source)
    _print_habits(habits)
    source = replace(source, timezone=_zone(read, habits, source, page))
    for url, (outcome, message) in found.failures.items():
        if outcome in ("robots_disallowed", "robots_unreachable"):
            report.print("[bold]robots[/bold] ", printable(f"{outcome}: {url} {message}"))
    for channel, listing in read[:2]:
        for entry in listing.entries[:SAMPLES]:
            _print_sample(channel, entry, found.pages.get(channel.url, page), source)
    channels = tuple(channel for channel, listing in read if listing.entries or listing.children)
    most = max((len(listing.entries) for channel, listing in read if channel.kind == "listing"), default=0)
    seed = replace(source, channels=channels, expect=Expect(entries_min=most // 3 or None))
    report.print("\n[bold]seed file[/bold] (save as seeds/<country>/<name>.toml)\n")
    text = to_toml(seed)
    if sys.stdout.isatty():
        console.print(Syntax(text, "toml", background_color="default"))
    else:
        sys.stdout.write(text)


def _learn(read: Iterable[tuple[Channel, Listing]], found: Look, source: Source) -> Habits:
    """What the channels' own pairs of a printed time and a stated instant teach."""
    habits = Habits()
    for channel, listing in read:
        page = found.pages.get(channel.url)
        for entry in listing.entries:
            stamp = entry.date_published
            if page is None or stamp is None or not entry.time_text or stamp.raw == entry.time_text:
                continue
            if stamp.kind == "instant" and stamp.zone == "stated":
                habits = observe(
                    habits, entry.time_text, stamp.earliest, page.fetched_at, languages=source.in_language or ("en",)
                )
    return habits


def _print_habits(habits: Habits) -> None:
    """How the site prints times: each habit with its evidence, and whether that is enough to use it."""
    out = table("habit of printing times", "#pairs", "value")
    used = habits.used()
    for name, meaning in NAMES.items():
        if pairs := habits.evidence(name):
            out.add_row(meaning, str(pairs), printable(used[name] or f"not used (before {EVIDENCE_MIN} that agree)"))
    if out.row_count:
        report.print(out)


def _zone(read: Iterable[tuple[Channel, Listing]], habits: Habits, source: Source, page: Page) -> str | None:
    """The one zone of the site's country at the offset that its times state or its clocks show; None, and told why."""
    stated = Counter(
        offset
        for _, listing in read
        for entry in listing.entries
        if entry.date_published and (offset := _offset_min(entry.date_published.raw)) is not None
    )
    offset_min = habits.zone_min if habits.zone_min is not None else next(iter(stated.most_common(1)), (None, 0))[0]
    if offset_min is None:
        return None
    country = country_of(page.url, source.in_language[0] if source.in_language else None)
    zones = zones_of(country, offset_min, page.fetched_at) if country else []
    told = f"its times are at UTC{offset_min // 60:+03d}:{offset_min % 60:02d}; "
    if len(zones) == 1:
        report.print(printable(f"{told}the one such zone of {country} is {zones[0]}"))
        return zones[0]
    choice = f" ({', '.join(zones)})" if zones else ""
    report.print(printable(f"{told}name the IANA zone in the seed file{choice}"))
    return None


def _offset_min(raw: str) -> int | None:
    """Minutes from UTC that a machine-readable time states; None: none, or UTC itself, which says nothing of a site."""
    match = _OFFSET.search(raw)
    if match is None:
        return None
    minutes = int(match["hours"]) * 60 + int(match["minutes"])
    return (minutes if match["sign"] == "+" else -minutes) or None


def _site_name(document: Document) -> str | None:
    """What the site calls itself (og:site_name)."""
    for meta in document.root.iter("meta"):
        if (meta.get("property") or meta.get("name") or "").lower() == "og:site_name":
            return flat(meta.get("content") or "").strip() or None
    return None


def _read(page: Page, found: Look, source: Source) -> Iterable[tuple[Channel, Listing]]:
    """Every channel that can be read, the page itself first, each address once."""
    from newscrawl.discover import read_listing
    from newscrawl.discover.channels import find_channels

    robots = next((one for url, one in found.pages.items() if url.endswith("/robots.txt")), None)
    text = robots.body.decode("utf-8", "replace") if robots else None
    named = [*find_channels(page, robots_text=text), *_guesses(page.url)]
    channels = {page.url: Channel(kind="listing", url=page.url)} | {one.url: one for one in reversed(named)}
    for channel in channels.values():
        fetched = page if channel.url == page.url else found.pages.get(channel.url)
        if fetched is None:
            continue
        try:
            listing = read_listing(fetched, source=source, channel=channel)
        except PageError as error:
            report.print(printable(f"{channel.kind} {channel.url}: {error.outcome}: {error.reason}"))
            continue
        yield channel, listing


def _print_sample(channel: Channel, entry: Entry, page: Page, source: Source) -> None:
    report.print(f"\n[bold]{channel.kind}[/bold] ", printable(entry.headline))
    report.print("  ", printable(entry.url))
    report.print("  published ", interval(entry.date_published) or "unknown", style="dim")
    if entry.time_text:
        why = explain_time(
            entry.time_text,
            fetched_at=page.fetched_at,
            languages=source.in_language,
            timezone=source.timezone,
            cache_s=cached_s(page.headers, page.fetched_at),
        )
        report.print("  ", printable(why), style="dim")
