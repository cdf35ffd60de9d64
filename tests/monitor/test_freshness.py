"""What an answer's headers ask for."""

from datetime import UTC, datetime

import pytest

from newscrawl.monitor.freshness import FRESH_MAX_S, fresh_s

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, 0),
        ({"cache-control": "public, max-age=300"}, 300),
        ({"cache-control": "MAX-AGE=300", "age": "120"}, 180),
        ({"cache-control": "max-age=60", "age": "120"}, 0),
        ({"cache-control": "max-age=60", "age": "x"}, 60),
        ({"cache-control": "s-maxage=900"}, 0),
        ({"cache-control": "no-cache, max-age=300"}, 0),
        ({"cache-control": "max-age=31536000"}, FRESH_MAX_S),
        ({"expires": "Tue, 24 Nov 2026 12:10:00 GMT"}, 600),
        ({"expires": "Tue, 24 Nov 2026 11:00:00 GMT"}, 0),
        ({"expires": "0"}, 0),
        ({"expires": "Tue, 99 Nov 99999 12:10:00 GMT"}, 0),
        ({"cache-control": "max-age=60", "expires": "Tue, 24 Nov 2026 12:10:00 GMT"}, 60),
    ],
)
def test_fresh(headers: dict[str, str], seconds: int) -> None:
    assert fresh_s(headers, NOON) == seconds
