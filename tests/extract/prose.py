"""A small page of our own words to read bodies from."""

from datetime import UTC, datetime

from newscrawl.markup import Document, parse
from newscrawl.models import Page

FETCHED_AT = datetime(2026, 3, 1, 12, tzinfo=UTC)
TITLE = "Harbour board to open a new ferry line"
PARAGRAPHS = [
    "The harbour board said on Monday that a new ferry line would open before winter, though money is still short.",
    "Two boats are being built in the town’s own yard, the first since the slip closed; they will carry forty cars.",
    "“We have counted every coin twice,” said Ailsa Moran, who keeps the board’s books, “and it will be enough.”",
    "Shopkeepers along the north quay, who lost their summer trade to the roadworks, asked for a date that holds.",
    "The council will vote on the last part of the plan in May, after the engineers have looked at the sea wall.",
]


def page(story: str | None = None, *, before: str = "", inside: str = "", after: str = "", language: str = "en") -> str:
    """An article's page; `inside` stands after the second paragraph, `before` and `after` outside the story."""
    if story is None:
        parts = [f"<p>{text}</p>" for text in PARAGRAPHS]
        story = "".join([*parts[:2], inside, *parts[2:]])
    return (
        f'<!DOCTYPE html><html lang="{language}"><head><meta charset="utf-8"><title>{TITLE}</title></head><body>'
        f'<header><a href="/">The Ardmere Post</a></header>{before}<main><article><h1>{TITLE}</h1>'
        f'<div class="story-body">{story}</div></article>{after}</main>'
        '<footer><a href="/about">About us</a><a href="/terms">Terms of use</a></footer></body></html>'
    )


def document(html: str) -> Document:
    """The parsed page."""
    return parse(Page(url="https://ardmere.example/news/ferry", body=html.encode(), fetched_at=FETCHED_AT))
