from datetime import UTC, datetime, timedelta

import pytest

from newscrawl.limits import CACHED_S
from newscrawl.times import cached_s, parse_time

NOW = datetime(2026, 3, 15, 14, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, 0),
        ({"age": "240"}, 240),
        ({"age": "240, 60"}, 240),
        ({"date": "Sun, 15 Mar 2026 14:25:00 GMT"}, 300),
        ({"date": "Sun, 15 Mar 2026 14:25:00 GMT", "age": "290"}, 300),
        ({"date": "Sun, 15 Mar 2026 14:29:57 GMT"}, 0),
        ({"date": "Sun, 15 Mar 2026 14:31:00 GMT"}, 0),
        ({"date": "Thu, 01 Jan 1970 00:00:00 GMT"}, 0),
        ({"age": "99999999999999999999"}, 0),
        ({"age": "-5"}, 0),
        ({"age": "٣٠٠"}, 0),
        ({"date": "yesterday", "age": "soon"}, 0),
        ({"cache-control": "max-age=600"}, 0),
        ({"cache-control": "public, max-age=600", "x-cache": "HIT from edge"}, 600),
        ({"cache-control": "max-age=600, s-maxage=120", "cf-cache-status": "hit"}, 120),
        ({"cache-control": "max-age=600", "x-cache": "MISS"}, 0),
        ({"cache-control": "max-age=600", "x-cache": "HIT", "age": "30"}, 30),
        ({"cache-control": "max-age=999999999", "x-cache": "HIT"}, CACHED_S),
    ],
)
def test_headers_tell_how_old_a_page_may_be(headers: dict[str, str], seconds: int) -> None:
    assert cached_s(headers, NOW) == seconds


def test_the_cache_makes_an_age_older_and_nothing_else() -> None:
    def read(raw: str, cache_s: float) -> tuple[datetime, datetime]:
        found = parse_time(raw, fetched_at=NOW, languages=["en"], timezone="UTC", cache_s=cache_s)
        assert found is not None
        return found.earliest, found.latest

    earliest, latest = read("2 hours ago", 0)
    assert read("2 hours ago", 300) == (earliest - timedelta(seconds=300), latest)
    assert read("14 March 2026, 18:03", 300) == read("14 March 2026, 18:03", 0)
