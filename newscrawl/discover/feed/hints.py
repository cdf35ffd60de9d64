"""What a feed says about how often to come back, and its WebSub hubs."""

import re
from collections.abc import Iterable
from dataclasses import replace

from newscrawl.models import Hints, Page
from newscrawl.urls import absolute

_HUBS_MAX = 5
_TTL_MAX_S = 366 * 86_400
# RSS 1.0 syndication module, web.resource.org/rss/1.0/modules/syndication.
_PERIODS_S = {"hourly": 3_600, "daily": 86_400, "weekly": 604_800, "monthly": 2_592_000, "yearly": 31_536_000}
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
# RFC 8288: <https://hub.example.com/>; rel="hub"
_LINK_HEADER = re.compile(r"<([^<>\s]{1,2048})>\s*;([^<>]{0,512})")
_REL_HUB = re.compile(r"""\brel\s*=\s*(?:hub\b|"[^"]*\bhub\b)""", re.IGNORECASE)


def read_hints(
    *, ttl: str, hours: Iterable[str], days: Iterable[str], period: str, frequency: str, hubs: Iterable[str], base: str
) -> Hints:
    """Hints from the texts of a feed's elements; what makes no sense is left out.

    `ttl` is in minutes; hour 24, as RSS 0.91 counted, is 0.
    """
    minutes = _number(ttl)
    skipped = (_number(hour) for hour in hours)
    named = {day.strip().capitalize() for day in days}
    return Hints(
        ttl_s=min(minutes * 60, _TTL_MAX_S) if minutes else None,
        skip_hours=tuple(sorted({hour % 24 for hour in skipped if hour is not None and hour <= 24})),
        skip_days=tuple(day for day in _DAYS if day in named),
        update_period_s=_period_s(period, frequency),
        hubs=_addresses(hubs, base),
    )


def with_header_hubs(hints: Hints, page: Page) -> Hints:
    """`hints` with the hubs of the page's Link header."""
    links = _LINK_HEADER.findall(page.headers.get("link", "")[:16_384])
    hubs = [target for target, parameters in links if _REL_HUB.search(parameters)]
    return replace(hints, hubs=_addresses([*hints.hubs, *hubs], page.url)) if hubs else hints


def _period_s(period: str, frequency: str) -> int | None:
    length = _PERIODS_S.get(period.strip().lower())
    if length is None:
        return None
    return max(60, length // (_number(frequency) or 1))


def _number(text: str) -> int | None:
    text = text.strip()
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else None


def _addresses(links: Iterable[str], base: str) -> tuple[str, ...]:
    found = (absolute(link, base) for link in links)
    return tuple(dict.fromkeys(url for url in found if url))[:_HUBS_MAX]
