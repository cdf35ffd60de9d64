"""Pages and sources for the tests of this room."""

from datetime import UTC, datetime

from newscrawl.models import Channel, ChannelKind, Page, Source

FETCHED_AT = datetime(2026, 7, 28, 6, 0, tzinfo=UTC)
SITE = "https://paper.example"


def page(body: str | bytes, path: str = "/feed.xml", **headers: str) -> Page:
    data = body.encode() if isinstance(body, str) else body
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Page(url=SITE + path, body=data, fetched_at=FETCHED_AT, headers=named)


def channel(kind: ChannelKind = "feed", **patterns: str) -> Channel:
    return Channel(kind=kind, url=f"{SITE}/channel", **patterns)


def source(*languages: str, timezone: str | None = None) -> Source:
    return Source(
        id="zz_paper",
        publisher="The Paper",
        url=SITE,
        country="zz",
        in_language=languages or ("en",),
        timezone=timezone,
    )
