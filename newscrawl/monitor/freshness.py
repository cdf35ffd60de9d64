"""How long an answer says it stays fresh: a publisher's wish, made by header, not to be asked again before."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

FRESH_MAX_S = 3_600
"""More is a wish for browsers: content networks send a year with everything."""
_MAX_AGE = re.compile(r"(?:^|[\s,])max-age\s?=\s?\"?(\d{1,9})")
_NOT_KEPT = re.compile(r"(?:^|[\s,])no-(?:cache|store)\b")


def fresh_s(headers: Mapping[str, str], fetched_at: datetime) -> int:
    """Seconds from the fetch until the answer is stale (RFC 9111 4.2), at most `FRESH_MAX_S`; 0: it does not say.

    `Cache-Control: max-age` less `Age`, else `Expires`. Header names in lower case.
    """
    control = headers.get("cache-control", "").lower()
    if _NOT_KEPT.search(control):
        return 0
    if found := _MAX_AGE.search(control):
        age = headers.get("age", "").strip()
        left_s = int(found.group(1)) - (int(age) if age.isascii() and age.isdigit() and len(age) < 10 else 0)
    else:
        left_s = _seconds_until(headers.get("expires"), fetched_at)
    return min(FRESH_MAX_S, max(0, left_s))


def _seconds_until(date: str | None, fetched_at: datetime) -> int:
    try:
        instant = parsedate_to_datetime((date or "")[:64])
    except (ValueError, TypeError, IndexError, OverflowError):
        return 0  # `Expires: 0` and the like mean "stale already"
    if instant.tzinfo is None:
        instant = instant.replace(tzinfo=UTC)
    return int((instant - fetched_at).total_seconds())
