"""How much older than its fetch a page may be, as the headers of its answer tell."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from newscrawl.limits import CACHED_S

_MAX_AGE = re.compile(r"\b(s-maxage|max-age)\s?=\s?\"?(\d{1,9})")
_SKEW_S = 10
"""Servers' clocks differ from ours by less."""
_FROM_CACHE = re.compile(r"\bhit\b", re.IGNORECASE)


def cached_s(headers: Mapping[str, str], fetched_at: datetime) -> int:
    """Seconds a page may have waited in caches before it came; 0: its headers do not say that it did.

    The greater of `Age` and of how long before the fetch `Date` lies (RFC 9111 4.2.3). An answer that calls itself a
    cache's ("x-cache: HIT") and tells neither may be as old as its `max-age`. Header names in lower case; what is past
    `limits.CACHED_S` is no cache's and counts as unsaid.
    """
    if not headers:
        return 0
    told_s = max(_bounded(headers.get("age", "").split(",")[0].strip()), _since(headers.get("date"), fetched_at))
    if told_s == 0 and any("cache" in name and _FROM_CACHE.search(value) for name, value in headers.items()):
        ages = dict(_MAX_AGE.findall(headers.get("cache-control", "").lower()))
        return min(CACHED_S, int(ages.get("s-maxage") or ages.get("max-age") or 0))
    return told_s


def _bounded(digits: str) -> int:
    seconds = int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 10 else 0
    return seconds if seconds <= CACHED_S else 0


def _since(date: str | None, fetched_at: datetime) -> int:
    """Seconds from an HTTP date to the fetch; 0: none, or not before it."""
    try:
        made_at = parsedate_to_datetime((date or "")[:64])
    except (ValueError, TypeError, IndexError, OverflowError):
        return 0
    if made_at.tzinfo is None:
        made_at = made_at.replace(tzinfo=UTC)
    seconds = (fetched_at - made_at).total_seconds()
    return int(seconds) if _SKEW_S <= seconds <= CACHED_S else 0
