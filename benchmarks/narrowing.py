"""How far several sightings of one article narrow its time: a seeded simulation through the public functions.

    python benchmarks/narrowing.py [--articles N] [--svg docs/times.svg]

Articles are 0 to 12 hours old when first seen; a simulated site prints hours by one rounding rule; the listing is
polled every 15 minutes, each pause up to 50 % shorter or longer. With caches a page is up to five minutes older than
its fetch, and the reading is widened by that much. `--svg` draws one article's interval over eight polls.
"""

import argparse
import random
from datetime import UTC, datetime, timedelta
from pathlib import Path

from newscrawl.models import Timestamp
from newscrawl.times import Habits, intersect, parse_time, with_cache_slack

PUBLISHED = datetime(2026, 3, 15, 2, 0, tzinfo=UTC)
POLLS = (1, 2, 4, 8, 16, 32)
POLL_S, JITTER, CACHE_S = 900, 0.5, 300
KNOWN = {rule: Habits({"rule": {"*": 20, rule: 20}}) for rule in ("floor", "round", "moment")}


def printed(age_s: float, rule: str) -> str:
    """What a site of that rule prints for an age."""
    first_s, hour_s, minute_s = {"floor": (3600, 3600, 60), "round": (3570, 3600, 60), "moment": (2670, 3600, 60)}[rule]
    if age_s < first_s:
        minutes = int(age_s // minute_s) if rule == "floor" else max(1, round(age_s / minute_s))
        return "just now" if minutes < 1 else f"{minutes} minute{'s' * (minutes > 1)} ago"
    hours = max(1, int(age_s // hour_s) if rule == "floor" else int(age_s / hour_s + 0.5))
    if hours < 24:
        return f"{hours} hour{'s' * (hours > 1)} ago"
    days = max(1, int(hours // 24) if rule == "floor" else int(hours / 24 + 0.5))
    return f"{days} day{'s' * (days > 1)} ago"


def sightings(random_: random.Random, rule: str, *, known: bool, cache: bool, jitter: float) -> list[Timestamp]:
    """One article's readings, oldest first, each narrowed by those before it."""
    fetched_at = PUBLISHED + timedelta(seconds=random_.uniform(0, 12 * 3600))
    found: list[Timestamp] = []
    for _ in range(POLLS[-1]):
        rendered = max(PUBLISHED, fetched_at - timedelta(seconds=random_.uniform(0, CACHE_S if cache else 0)))
        text = printed((rendered - PUBLISHED).total_seconds(), rule)
        reading = parse_time(text, fetched_at=fetched_at, languages=["en"], rule=KNOWN[rule] if known else None)
        assert reading is not None, text
        if cache:
            reading = with_cache_slack(reading, CACHE_S)
        found.append(intersect(found[-1], reading) if found else reading)
        fetched_at += timedelta(seconds=POLL_S * random_.uniform(1 - jitter, 1 + jitter))
    return found


def simulate(articles: int, *, known: bool, cache: bool = False, jitter: float = JITTER) -> tuple[list[float], float]:
    """Mean width in minutes after each number of polls, and the share of intervals that hold the true instant."""
    random_ = random.Random(7)
    widths, inside, total = [0.0] * len(POLLS), 0, 0
    for number in range(articles):
        found = sightings(random_, tuple(KNOWN)[number % 3], known=known, cache=cache, jitter=jitter)
        for place, polls in enumerate(POLLS):
            stamp = found[polls - 1]
            widths[place] += (stamp.latest - stamp.earliest).total_seconds() / 60 / articles
            inside += stamp.earliest - timedelta(seconds=1) <= PUBLISHED <= stamp.latest + timedelta(seconds=1)
            total += 1
    return widths, inside / total


def draw(path: Path) -> None:
    """One article of a site that counts whole hours, as an SVG."""
    random_ = random.Random(11)
    found = sightings(random_, "floor", known=True, cache=False, jitter=JITTER)[:8]
    first, last = found[0].earliest - timedelta(minutes=5), found[0].latest + timedelta(minutes=5)
    scale = 560 / (last - first).total_seconds()

    def across(when: datetime) -> float:
        return 150 + (when - first).total_seconds() * scale

    rows = []
    for number, stamp in enumerate(found):
        y, left, right = 52 + 26 * number, across(stamp.earliest), across(stamp.latest)
        minutes = (stamp.latest - stamp.earliest).total_seconds() / 60
        rows.append(
            f'<text x="140" y="{y + 11}" text-anchor="end">poll {number + 1}: {minutes:.0f} min</text>'
            f'<rect x="{left:.1f}" y="{y}" width="{max(2, right - left):.1f}" height="14" rx="3" fill="#3b7ea1"/>'
        )
    true = across(PUBLISHED)
    path.write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 740 290" font-family="sans-serif" font-size="13" '
        'role="img" aria-label="The interval of one article narrowing over eight polls">'
        '<rect width="740" height="290" fill="white"/>'
        f'<text x="{true:.1f}" y="24" text-anchor="middle">published</text>'
        f'<line x1="{true:.1f}" y1="32" x2="{true:.1f}" y2="266" stroke="#c0392b" stroke-dasharray="4 3"/>'
        + "".join(rows)
        + f'<text x="150" y="282">{first:%H:%M}</text>'
        + f'<text x="710" y="282" text-anchor="end">{last:%H:%M}</text></svg>\n',
        encoding="utf-8",
    )


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--articles", type=int, default=600)
    parser.add_argument("--svg", type=Path)
    options = parser.parse_args()
    print(f"{'mean width, minutes, after polls:':44s}", *(f"{polls:6d}" for polls in POLLS), "  true instant inside")
    for name, settings in (
        ("rule known, 15 min ± 50 %", {"known": True}),
        ("rule known, 15 min exactly", {"known": True, "jitter": 0.0}),
        ("rule unknown, 15 min ± 50 %", {"known": False}),
        ("rule known, ± 50 %, caches of up to 5 min", {"known": True, "cache": True}),
        ("rule unknown, ± 50 %, caches of up to 5 min", {"known": False, "cache": True}),
    ):
        widths, inside = simulate(options.articles, **settings)
        print(f"{name:44s}", *(f"{width:6.1f}" for width in widths), f"  {100 * inside:.2f} %")
    if options.svg:
        draw(options.svg)


if __name__ == "__main__":
    main()
