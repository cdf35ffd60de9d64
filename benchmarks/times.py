"""Scores and speeds of `newscrawl.times`.

    python benchmarks/times.py [DATA]      speeds, as ratios to dateparser with the language given, in one run

`score` is the callable for scorers: (text, anchor in the site's zone, language or None) → (earliest, latest) or None.
"""

from datetime import datetime

from newscrawl.times import parse_time


def score(text: str, anchor: datetime, language: str | None) -> tuple[datetime, datetime] | None:
    """`parse_time` in the shape scorers call."""
    found = parse_time(text, fetched_at=anchor, languages=(language,) if language else (), timezone=str(anchor.tzinfo))
    return (found.earliest, found.latest) if found else None
