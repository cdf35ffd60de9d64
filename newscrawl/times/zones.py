"""Zone names and abbreviations → offsets, decided by where the site is when one abbreviation has several meanings."""

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import lru_cache

_OFFSET = re.compile(r"(?:utc|gmt|z)?\s?([+\-−])(\d{1,2})(?::?(\d{2}))?$")

# Abbreviation → minutes from UTC, or an IANA name where the letters stand for both halves of the year ("ET").
# Sources: the tz database (theory.html and its zones), RFC 5322 4.3, and how newspapers sign their clocks.
_ABBREVIATIONS: dict[str, int | str] = {
    "utc": 0, "gmt": 0, "z": 0, "wet": 0, "west": 60, "bst": 60, "ist": 330, "cet": 60, "mez": 60, "cest": 120,
    "mesz": 120, "eet": 120, "eest": 180, "msk": 180, "мск": 180, "trt": 180, "sast": 120, "cat": 120, "eat": 180,
    "wat": 60, "est": -300, "edt": -240, "et": "America/New_York", "cst": -360, "cdt": -300, "ct": "America/Chicago",
    "mst": -420, "mdt": -360, "mt": "America/Denver", "pst": -480, "pdt": -420, "pt": "America/Los_Angeles",
    "akst": -540, "akdt": -480, "hst": -600, "ast": -240, "adt": -180, "nst": -210, "ndt": -150,
    "nt": "America/St_Johns", "brt": -180, "brst": -120, "art": -180, "clt": -240, "clst": -180, "cot": -300,
    "pet": -300, "vet": -240, "jst": 540, "kst": 540, "hkt": 480, "sgt": 480, "myt": 480, "pht": 480, "wib": 420,
    "wita": 480, "wit": 540, "ict": 420, "pkt": 300, "npt": 345, "gst": 240, "irst": 210, "irdt": 270, "aest": 600,
    "aedt": 660, "acst": 570, "acdt": 630, "awst": 480, "aet": "Australia/Sydney", "nzst": 720, "nzdt": 780,
    "hkst": 480, "idt": 180, "bdt": 360, "mvt": 300, "uzt": 300, "almt": 300, "gmtplus": 0, "ute": 0, "tsi": 180,
}  # fmt: skip

# Where the site decides: abbreviation → (prefix of the IANA name, minutes), first match wins.
_BY_SITE: dict[str, tuple[tuple[str, int], ...]] = {
    "ist": (("Asia/Jerusalem", 120), ("Asia/Tel_Aviv", 120), ("Europe/Dublin", 60)),
    "cst": (("Asia/Shanghai", 480), ("Asia/Taipei", 480), ("Asia/Macau", 480), ("Asia/Urumqi", 480),
            ("Asia/Hong_Kong", 480), ("Asia/Chongqing", 480), ("Asia/Harbin", 480), ("America/Havana", -300)),
    "bst": (("Asia/Dhaka", 360), ("Pacific/Bougainville", 660)),
    "ast": (("Asia/", 180),),
    "est": (("Australia/", 600),),
    "edt": (("Australia/", 660),),
    "gst": (("Atlantic/South_Georgia", -120),),
    "pst": (("Asia/Manila", 480), ("Asia/Karachi", 300)),
    "sst": (("Pacific/", -660), ("Asia/Singapore", 480)),
    "ct": (("Asia/", 480),),
    "amt": (("America/", -240), ("Asia/", 240)),
    "wst": (("Australia/", 480), ("Pacific/Apia", 780)),
    "est5edt": (),
}  # fmt: skip


@lru_cache(maxsize=512)
def site_zone(name: str) -> tzinfo | None:
    """The zone of an IANA name or an offset ("UTC+02:00", "+0200"); None when there is no such zone."""
    if name in ("UTC", "GMT", "Z"):
        return UTC
    if match := _OFFSET.match(name.lower()):
        return _offset(match)
    return _named(name)


@lru_cache(maxsize=512)
def _named(name: str) -> tzinfo | None:
    """The zone of the tz database."""
    from zoneinfo import ZoneInfo  # 10 ms, and many texts name no zone

    try:
        return ZoneInfo(name)
    except (ValueError, OSError, LookupError):  # a name no tz database holds
        return None


def read_zone(text: str, site: tzinfo) -> tzinfo | None:
    """The zone a folded word or offset of a text names, in the eyes of a site of zone `site`; None: no zone.

    For a site whose own zone prints the abbreviation, that zone is meant.
    """
    if match := _OFFSET.match(text):
        return _offset(match)
    key = getattr(site, "key", "")
    for prefix, minutes in _BY_SITE.get(text, ()):
        if key.startswith(prefix):
            return timezone(timedelta(minutes=minutes))
    known = _ABBREVIATIONS.get(text)
    if known is None:
        return None
    return _named(known) if isinstance(known, str) else timezone(timedelta(minutes=known))


def has_halves(abbreviation: str, site: tzinfo, year: int) -> bool:
    """Whether a folded abbreviation is what the site's own zone is called in one half of the year and not the other."""
    names = {datetime(year, month, 1, tzinfo=site).tzname() for month in (1, 7)}
    return len(names) > 1 and abbreviation.upper() in names


def is_zone_word(text: str) -> bool:
    """Whether a folded word is a zone abbreviation somewhere."""
    return text in _ABBREVIATIONS or text in _BY_SITE


def _offset(match: re.Match[str]) -> tzinfo | None:
    minutes = int(match.group(2)) * 60 + int(match.group(3) or 0)
    if minutes > 15 * 60:
        return None
    return timezone(timedelta(minutes=minutes if match.group(1) == "+" else -minutes))
