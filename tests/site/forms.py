"""The "Related Articles" block, in each way that aggregators are known to mark it up, and as plain text."""

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from html import escape

from tests.site import form_texts
from tests.site.ages import age_words, iso
from tests.site.papers import parts
from tests.site.world import Answer, World

SITE = "The Daily Roundup"
LINKED = re.compile(r" \[([^\]]*)\]")
"""A linked word in `form_texts`; the aggregator loses the space before it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One related article, as the block carries it."""

    publisher: str
    headline: str
    text: str
    """The whole body, in one paragraph."""
    path: str
    published: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnArticle:
    """The article that the page is about."""

    publisher: str
    headline: str
    paragraphs: tuple[str, ...]
    path: str
    tags: tuple[str, ...]
    published: datetime


def own_article(world: World) -> OwnArticle:
    """The article on every page under /forms/."""
    return OwnArticle(
        publisher=form_texts.OWN_PUBLISHER,
        headline=form_texts.OWN_HEADLINE,
        paragraphs=form_texts.OWN_PARAGRAPHS,
        path="/article/tidal-turbines-1b2c3d",
        tags=form_texts.OWN_TAGS,
        published=world.epoch - timedelta(minutes=190),
    )


def records(world: World) -> list[Record]:
    """The three related articles on every page under /forms/, in order."""
    return [
        Record(
            publisher=publisher,
            headline=headline,
            text=text,
            path=f"/article/{slug}",
            published=world.epoch - timedelta(minutes=age_min),
        )
        for publisher, age_min, headline, text, slug in form_texts.RECORDS
    ]


def answer(world: World, form: str) -> Answer | None:
    """The page of one form: `text`, or a name in `FORMS`."""
    if form == "text":
        return Answer(body=as_text(world, own_article(world), records(world)).encode(), content_type="text/plain")
    render = FORMS.get(form)
    return render(world, own_article(world), records(world)) if render else None


def unlinked(text: str) -> str:
    """The text as its author wrote it, with the space before each linked word."""
    return LINKED.sub(r" \1", text)


def _linked(text: str) -> str:
    html = LINKED.sub(lambda match: f'<a href="/tag/{match[1].lower().replace(" ", "-")}">{match[1]}</a>', text)
    return f"<p>{html}</p>"


def as_text(world: World, own: OwnArticle, related: Sequence[Record]) -> str:
    """What is left of such a page when its text is copied, the end of an image's address first."""
    blocks = "\n".join(
        f"\n\n{record.publisher}\n{_age(world, record)}\n- {record.publisher}\n{record.headline}\n{record.text}"
        for record in related
    )
    body = "\n".join(LINKED.sub(r"\1", text) for text in own.paragraphs)
    return (
        f"&w=1920&q=75)\n{own.headline}\n{body}\nHashtags\n\nTry our reading assistant\n"
        f"See what the Roundup can do for you:\nComments\nNo comments yet...\nRelated Articles\n{blocks}\n"
    )


def _age(world: World, record: Record | OwnArticle) -> str:
    return age_words(world.now() - record.published)


def _own(world: World, own: OwnArticle) -> str:
    return f"""<div class="x-art"><div class="x-meta"><span>{escape(own.publisher)}</span>
<span>{_age(world, own)}</span></div><h1>{escape(own.headline, quote=False)}</h1>
<img src="/_next/image?url=%2Fpic.jpg&amp;w=1920&amp;q=75" alt="">
<div class="x-body">{"".join(_linked(text) for text in own.paragraphs)}</div>
<div class="x-tags"><h4>Hashtags</h4>{parts.hashtags(own.tags)}</div>
<div class="x-ai"><h4>Try our reading assistant</h4><p>See what the Roundup can do for you:</p></div>
<div class="x-com"><h4>Comments</h4><p>No comments yet...</p></div></div>"""


def _shell(own: OwnArticle, body: str, head: str = "") -> Answer:
    html = f"""<!doctype html><html lang="en"><head><meta charset="utf-8">
<title>{escape(own.headline, quote=False)} | {SITE}</title><meta property="og:type" content="article">
<meta property="og:site_name" content="{SITE}"><meta property="og:title" content="{escape(own.headline)}">
<link rel="canonical" href="{own.path}">{head}</head><body>
<nav class="x-nav"><a href="/">{SITE}</a> <a href="/topics">Topics</a> <a href="/premium/offers">Premium</a></nav>
{body}
<footer class="x-foot"><a href="/about">About</a> <a href="/terms">Terms</a></footer>{parts.COOKIES}</body></html>"""
    return Answer(body=html.encode())


def _with_block(world: World, own: OwnArticle, block: str, head: str = "") -> Answer:
    related = f'<div class="x-rel"><h2>Related Articles</h2>{block}</div>' if block else ""
    return _shell(own, f'<main class="x-main">{_own(world, own)}{related}</main>', head)


def cards(world: World, own: OwnArticle, related: Sequence[Record]) -> Answer:
    """Cards of nested divs with hashed classes; the headline is the link."""
    block = "".join(
        f'<div class="css-1q2w3e"><div class="css-head"><div class="css-a1"><img src="/logo.png" alt=""></div>'
        f'<div class="css-b2"><div class="css-c3">{escape(record.publisher)}</div>'
        f'<div class="css-d4">{_age(world, record)}</div></div></div>'
        f'<div class="css-e5">- {escape(record.publisher)}</div>'
        f'<div class="css-f6"><a href="{record.path}">{escape(record.headline, quote=False)}</a></div>'
        f'<div class="css-g7">{escape(record.text, quote=False)}</div></div>'
        for record in related
    )
    return _with_block(world, own, block)


def whole_card(world: World, own: OwnArticle, related: Sequence[Record]) -> Answer:
    """The whole card is one link."""
    block = "".join(
        f'<a class="sc-k9" href="{record.path}"><div class="sc-t1">{escape(record.publisher)}</div>'
        f'<div class="sc-t2">{_age(world, record)}</div><div class="sc-t3">- {escape(record.publisher)}</div>'
        f'<div class="sc-t4">{escape(record.headline, quote=False)}</div>'
        f'<div class="sc-t5">{escape(record.text, quote=False)}</div></a>'
        for record in related
    )
    return _with_block(world, own, block)


def overlay(world: World, own: OwnArticle, related: Sequence[Record]) -> Answer:
    """An empty link lies over each card."""
    block = "".join(
        f'<div class="_3xk"><a class="_ovl" href="{record.path}" tabindex="-1"></a><div class="_row">'
        f'<span class="_pub">{escape(record.publisher)}</span><span class="_ago">{_age(world, record)}</span></div>'
        f'<span class="_by">- {escape(record.publisher)}</span>'
        f'<p class="_ttl">{escape(record.headline, quote=False)}</p>'
        f'<p class="_txt">{escape(record.text, quote=False)}</p></div>'
        for record in related
    )
    return _with_block(world, own, block)


def _next_data(own: OwnArticle, related: list[dict[str, object]]) -> Answer:
    data = {
        "props": {
            "pageProps": {
                "article": {
                    "id": "1b2c3d",
                    "title": own.headline,
                    "source": {"name": own.publisher},
                    "publishedAt": iso(own.published).replace("+00:00", "Z"),
                    "content": "".join(_linked(text) for text in own.paragraphs),
                },
                "relatedArticles": related,
            }
        },
        "page": "/article/[slug]",
        "query": {"slug": own.path.rsplit("/", 1)[1]},
        "buildId": "demo",
    }
    state = json.dumps(data, ensure_ascii=False).replace("</", "<\\/")
    return _shell(own, f'<div id="__next"></div><script id="__NEXT_DATA__" type="application/json">{state}</script>')


def next_data(world: World, own: OwnArticle, related: Sequence[Record]) -> Answer:
    """Nothing but the state of a Next.js page; each record has its address."""
    return _next_data(
        own,
        [
            {
                "id": number,
                "title": record.headline,
                "url": world.base("127.0.0.1") + record.path,
                "source": {"name": record.publisher},
                "publishedAt": iso(record.published).replace("+00:00", "Z"),
                "content": record.text,
            }
            for number, record in enumerate(related, 501)
        ],
    )


def next_data_slug(world: World, own: OwnArticle, related: Sequence[Record]) -> Answer:
    """The state of a Next.js page, with slugs in place of addresses, as the page's own address is made."""
    return _next_data(
        own,
        [
            {
                "slug": record.path.rsplit("/", 1)[1],
                "headline": record.headline,
                "publisher": record.publisher,
                "createdAt": int(record.published.timestamp() * 1000),
                "body": record.text,
            }
            for record in related
        ],
    )


def item_list(world: World, own: OwnArticle, related: Sequence[Record]) -> Answer:
    """The related articles as a JSON-LD ItemList."""
    listing = {
        "@context": "https://schema.org",
        "@type": "ItemList",
        "name": "Related Articles",
        "itemListElement": [
            {
                "@type": "ListItem",
                "position": position,
                "item": {
                    "@type": "NewsArticle",
                    "url": world.base("127.0.0.1") + record.path,
                    "headline": record.headline,
                    "articleBody": record.text,
                    "datePublished": iso(record.published),
                    "publisher": {"@type": "Organization", "name": record.publisher},
                },
            }
            for position, record in enumerate(related, 1)
        ],
    }
    script = json.dumps(listing, ensure_ascii=False).replace("</", "<\\/")
    return _with_block(world, own, "", f'<script type="application/ld+json">{script}</script>')


FORMS: dict[str, Callable[[World, OwnArticle, Sequence[Record]], Answer]] = {
    "cards": cards,
    "whole-card": whole_card,
    "overlay": overlay,
    "next-data": next_data,
    "next-data-slug": next_data_slug,
    "item-list": item_list,
}
