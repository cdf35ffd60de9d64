from datetime import UTC, datetime

import pytest

from newscrawl.times.places import country_of, zones_of

WINTER, SUMMER = datetime(2026, 1, 15, tzinfo=UTC), datetime(2026, 7, 15, tzinfo=UTC)


@pytest.mark.parametrize(
    ("url", "language", "country"),
    [
        ("https://www.zeitung.example.de/", None, "DE"),
        ("https://news.example.co.uk/a", "en", "GB"),
        ("https://news.example.com/", "en-IN", "IN"),
        ("https://news.example.com/", "pt_BR", "BR"),
        ("https://news.example.com/", "en", None),
        ("https://news.example.com/", "zh-Hant", None),
        ("file:///tmp/page.html", None, None),
    ],
)
def test_country(url: str, language: str | None, country: str | None) -> None:
    assert country_of(url, language) == country


@pytest.mark.parametrize(
    ("country", "offset_min", "at", "zones"),
    [
        ("DE", 60, WINTER, ["Europe/Berlin"]),
        ("DE", 120, SUMMER, ["Europe/Berlin"]),
        ("IN", 330, SUMMER, ["Asia/Kolkata"]),
        ("GB", 0, WINTER, ["Europe/London"]),
        ("US", -300, WINTER, ["America/New_York"]),
        ("DE", 540, WINTER, []),
        ("XX", 0, WINTER, []),
    ],
)
def test_zones_of_a_country_at_an_offset(country: str, offset_min: int, at: datetime, zones: list[str]) -> None:
    assert zones_of(country, offset_min, at) == zones


def test_zones_that_differ_in_summer_are_all_named() -> None:
    assert zones_of("AU", 600, SUMMER) == ["Australia/Hobart", "Australia/Brisbane"]
