"""Listing pages of many shapes around the same three stories, in our own prose."""

import json
from dataclasses import dataclass
from typing import Any

from newscrawl.discover import read_listing
from newscrawl.models import Listing, Page
from tests.discover.making import FETCHED_AT, SITE, channel, source


@dataclass(frozen=True)
class Story:
    """What every shape of page says of one article."""

    slug: str
    headline: str
    publisher: str
    age: str
    body: str

    @property
    def url(self) -> str:
        return f"{SITE}/articles/{self.slug}"


def _long(start: str) -> str:
    return start + " The port office counted the boats twice and wrote the number on the door." * 9


STORIES = (
    Story(
        "ferry-line-returns-to-the-upper-harbour-1a2b3c4d",
        "Ferry line returns to the upper harbour after eleven years",
        "Harbour Gazette",
        "an hour ago",
        _long("The first boat left the east quay at six in the morning."),
    ),
    Story(
        "orchard-growers-ask-for-an-earlier-frost-warning-2b3c4d5e",
        "Orchard growers ask for an earlier frost warning",
        "Hill Courier",
        "2 hours ago",
        _long("The growers met in the old mill on Sunday."),
    ),
    Story(
        "old-library-finds-a-map-nobody-had-missed-3c4d5e6f",
        "Old library finds a map nobody had missed",
        "The Quay Post",
        "a day ago",
        _long("It lay between two ledgers, folded four times."),
    ),
)
ARTICLE = "".join(
    f"<p>{text} The council will meet again in the autumn, and nobody in the hall expects a quick vote this time.</p>"
    for text in (
        "Until last spring the town had called the line too dear, and the boats stood on the slip.",
        "A new pier, paid for by the port, changed the sum, said the woman who keeps the books.",
        "On the hill they had waited eleven years for the bell that tells of the first boat.",
        "Children from two schools painted the benches, and one of them signed the lowest board.",
        "What it costs to cross will be the same as the bus, at least until the end of next year.",
    )
)
MENU = (
    '<header><nav><ul><li><a href="/category/business">Business</a></li><li><a href="/category/world">World politics '
    'and diplomacy</a></li><li><a href="/login">Sign in or create an account</a></li></ul></nav></header>'
)
FOOTER = '<footer><a href="/privacy">Privacy policy and cookie notice</a><a href="/terms">Terms of service</a></footer>'


def html_page(body: str, *, head: str = "", lang: str = "en", tail: str = "") -> str:
    inside = f"{MENU}<main>{body}</main>{FOOTER}{tail}"
    return f'<!doctype html><html lang="{lang}"><head>{head}</head><body>{inside}</body></html>'


def article_page(related: str, *, head: str = "", tail: str = "") -> str:
    """An article with hashtags, an empty comment box and a related block."""
    own = (
        f"<h1>A town on the water counts its boats</h1>{ARTICLE}"
        '<div><h4>Hashtags</h4><a class="tag" href="/hashtag/ferry">#ferry</a></div>'
        "<div><h3>Comments</h3><p>No comments yet...</p></div>"
    )
    head += '<meta property="og:type" content="article">'
    return html_page(f"{own}<section><h2>Related Articles</h2>{related}</section>", head=head, tail=tail)


def cards() -> str:
    return article_page("".join(_card(number, story) for number, story in enumerate(STORIES)))


def _card(number: int, story: Story) -> str:
    return (
        f'<div class="css-1{number}xa sc-b{number}23"><div class="css-t0p"><img src="/img/{number}.jpg" alt="">'
        f'<div class="css-s">{story.publisher}</div><ul class="css-m"><li>{story.age}</li><li>- {story.publisher}</li>'
        f'</ul></div><a class="css-lk" href="/articles/{story.slug}"><div class="css-hd">{story.headline}</div></a>'
        f'<div class="css-bd"><p>{story.body}</p></div></div>'
    )


def whole_card_links() -> str:
    return article_page(
        "".join(
            f'<a class="flex" href="/articles/{story.slug}?from=related"><span class="flex">'
            f'<img src="/img/{number}.jpg">'
            f"<span>{story.publisher}</span><span>{story.age}</span><span>- {story.publisher}</span></span>"
            f"<span>{story.headline}</span><span>{story.body}</span></a>"
            for number, story in enumerate(STORIES)
        )
    )


def overlays() -> str:
    items = [
        {"@type": "ListItem", "position": place, "item": {"@type": "NewsArticle", "headline": s.headline, "url": s.url}}
        for place, s in enumerate(STORIES, 1)
    ]
    data = json.dumps({"@context": "https://schema.org", "@type": "ItemList", "itemListElement": items})
    return article_page(
        "".join(
            f'<article><a class="overlay" href="/articles/{story.slug}" aria-label="{story.headline}"></a>'
            f'<img src="/img/{number}.jpg"><header><b>{story.publisher}</b> <time>{story.age}</time> '
            f"<i>- {story.publisher}</i></header><h3>{story.headline}</h3><p>{story.body}</p></article>"
            for number, story in enumerate(STORIES)
        ),
        head=f'<script type="application/ld+json">{data}</script>',
    )


def state(*, with_url: bool) -> str:
    """Nothing rendered: the records are in `__NEXT_DATA__`, with an address or with a slug and a route."""
    related = [
        {
            "title": story.headline,
            "content": story.body,
            "timeAgo": story.age,
            "source": {"name": story.publisher},
            "image": f"/img/{number}.jpg",
        }
        | ({"url": f"/articles/{story.slug}"} if with_url else {"slug": story.slug})
        for number, story in enumerate(STORIES)
    ]
    menu = [{"title": name, "url": f"/category/{name.lower()}"} for name in ("Business", "Politics", "Culture")]
    value = {"page": "/articles/[slug]", "props": {"pageProps": {"menu": menu, "related": related}}}
    script = f'<script id="__NEXT_DATA__" type="application/json">{json.dumps(value)}</script>'
    return article_page('<div class="skeleton"></div>', tail=script)


def read(html: str, path: str = "/articles/a-town-on-the-water", **how: Any) -> Listing:
    """`html` as it was fetched from `path`, read as a listing."""
    page = Page(url=SITE + path, body=html.encode(), fetched_at=FETCHED_AT, headers={"content-type": "text/html"})
    return read_listing(page, source=source(), channel=channel("listing"), **how)
