"""Small pages in our own words, for tests."""

from datetime import UTC, datetime

from newscrawl.models import Page, Source

FETCHED_AT = datetime(2026, 3, 4, 12, tzinfo=UTC)
URL = "https://herald.example/harbour/ferry-runs-late"
SOURCE = Source(
    id="zz_herald",
    publisher="The Demo Herald",
    url="https://herald.example/",
    country="zz",
    in_language=("en",),
    timezone="Europe/London",
)
TEXT = (
    "The ferry to the island ran late again on Monday, said the harbour master, because the tide was low.",
    "Passengers waited on the quay for an hour, and the café on the pier sold every bun it had baked that morning.",
    "The crew, which has been one hand short since the winter, asked the town for a second boat in a letter.",
    "The council will talk about the letter next week, when the mayor is back from the mountains, a clerk said.",
)
PARAGRAPHS = "".join(f"<p>{line}</p>" for line in TEXT)


def page(
    head: str = "", body: str | None = None, *, url: str = URL, headers: dict[str, str] | None = None, lang: str = "en"
) -> Page:
    """A page with this head and body; by default an article without any metadata."""
    body = f"<main><article><h1>Ferry runs late again</h1>{PARAGRAPHS}</article></main>" if body is None else body
    html = f'<!doctype html><html lang="{lang}"><head>{head}</head><body>{body}</body></html>'
    return Page(url=url, body=html.encode(), fetched_at=FETCHED_AT, headers=headers or {})


def json_ld(text: str) -> str:
    """A JSON-LD script element."""
    return f'<script type="application/ld+json">{text}</script>'
