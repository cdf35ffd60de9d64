"""Which zones of the tz database a country has, to tell a site's zone from the offset of its times."""

import zoneinfo
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path
from urllib.parse import urlsplit

_COUNTRY_OF_DOMAIN = {"uk": "GB"}
"""Country domains that are not the country's ISO 3166 code."""


def country_of(url: str, language: str | None) -> str | None:
    """The ISO 3166 code of a site's country, by its domain ("…co.uk"), else its language's region ("en-IN").

    None: neither tells. Domains sold as something else (".io", ".tv") tell a country that has no paper of that zone.
    """
    domain = (urlsplit(url).hostname or "").rpartition(".")[2]
    if len(domain) == 2:
        return _COUNTRY_OF_DOMAIN.get(domain, domain.upper())
    region = (language or "").replace("_", "-").split("-")[-1]
    return region.upper() if "-" in (language or "").replace("_", "-") and len(region) == 2 else None


def zones_of(country: str, offset_min: int, at: datetime) -> list[str]:
    """The country's zones whose clocks are `offset_min` minutes from UTC at `at`, of those that agree all the year one.

    Empty: none, or no tz database.
    """
    found: dict[tuple[timedelta | None, ...], str] = {}
    for name in _by_country().get(country, ()):
        zone = zoneinfo.ZoneInfo(name)
        if at.astimezone(zone).utcoffset() == timedelta(minutes=offset_min):
            year = tuple(at.replace(month=month, day=1).astimezone(zone).utcoffset() for month in range(1, 13))
            found.setdefault(year, name)
    return list(found.values())


@lru_cache(maxsize=1)
def _by_country() -> dict[str, list[str]]:
    """Country → zones, in the order of the tz database's own list (zone.tab); its stations have no papers."""
    found: dict[str, list[str]] = {}
    path = next((path for folder in zoneinfo.TZPATH if (path := Path(folder, "zone.tab")).is_file()), None)
    for line in path.read_text("utf-8").splitlines() if path else ():
        country, _, name = line.split("\t")[:3] if line[:1].isalpha() else ("", "", "Antarctica/")
        if not name.startswith("Antarctica/"):
            found.setdefault(country, []).append(name)
    return found
