"""The Demo Herald: a feed, a news sitemap, AMP copies, JSON-LD on every article."""

import json
from html import escape
from xml.sax.saxutils import escape as xml_escape
from zoneinfo import ZoneInfo

from tests.site.ages import british, iso, rfc_822
from tests.site.papers import parts
from tests.site.stories import Story
from tests.site.world import Answer, World

NAME = "The Demo Herald"
ZONE = "Europe/London"


class Herald:
    """Everything the Herald serves."""

    key = "herald"
    host = "127.0.0.2"

    def answer(self, world: World, path: str) -> Answer | None:
        """The page at `path`."""
        fixed = {
            "/": _front,
            "/feed.xml": _feed,
            "/news-sitemap.xml": _sitemap,
            "/robots.txt": lambda w: Answer(
                body=parts.robots("/subscribers/", w.base(Herald.host) + "/news-sitemap.xml"),
                content_type="text/plain; charset=utf-8",
            ),
        }
        if path in fixed:
            return fixed[path](world)
        for story in world.of(self.key):
            if path == f"/amp{_path(world, story)}" and story.amp:
                return _amp(world, story)
            if path == _path(world, story):
                return _article(world, story)
        return None


def _path(world: World, story: Story) -> str:
    if story.subscribers:
        return f"/subscribers/{story.slug}"
    return f"/{world.published(story).astimezone(ZoneInfo(ZONE)):%Y/%m/%d}/{story.slug}"


def _changed(world: World, story: Story) -> str:
    return iso(world.modified(story) or world.published(story), ZONE)


def _front(world: World) -> Answer:
    cards, read = [], []
    for story in world.of(Herald.key):
        path = _path(world, story)
        href = path + "?utm_source=front&utm_medium=card" if story.tracked else path
        cards.append(
            f'<article class="teaser"><p class="kicker">{escape(story.section)}</p>'
            f'<h2><a href="{href}">{escape(story.headline, quote=False)}</a></h2>'
            f'<p class="standfirst">{parts.teaser(story.paragraphs[0])}</p>'
            f'<time datetime="{iso(world.published(story), ZONE)}">{british(world.published(story), ZONE)}</time>'
            "</article>"
        )
        if story.amp:
            read.append(f'<li><a href="/amp{path}">{escape(story.headline, quote=False)}</a></li>')
    body = f"""<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><title>{NAME}</title>
<link rel="alternate" type="application/rss+xml" title="{NAME}" href="/feed.xml"></head><body>
<header><a class="logo" href="/">{NAME}</a><nav><a href="/section/city">City</a> <a href="/section/science">Science</a>
<a href="/section/culture">Culture</a> <a href="/section/sport">Sport</a></nav></header>
<main><section class="latest"><h1>Latest</h1>
{chr(10).join(cards)}
</section><aside class="most-read"><h2>Most read</h2><ol>{"".join(read)}</ol></aside></main>
{parts.NEWSLETTER}{parts.COOKIES}
<footer><a href="/about">About us</a> <a href="/privacy">Privacy</a></footer></body></html>"""
    return Answer(body=body.encode(), etag=True)


def _json_ld(world: World, story: Story) -> str:
    url = world.base(Herald.host) + _path(world, story)
    facts = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "mainEntityOfPage": url,
        "url": url,
        "headline": story.headline,
        "description": story.paragraphs[0],
        "datePublished": iso(world.published(story), ZONE),
        "dateModified": _changed(world, story),
        "author": [{"@type": "Person", "name": story.author}],
        "publisher": {"@type": "NewsMediaOrganization", "name": NAME},
        "articleSection": story.section,
        "keywords": list(story.tags),
        "inLanguage": "en-GB",
        "isAccessibleForFree": not story.subscribers,
    }
    return json.dumps(facts, ensure_ascii=False).replace("</", "<\\/")


def _article(world: World, story: Story) -> Answer:
    world_path = _path(world, story)
    url = world.base(Herald.host) + world_path
    others = [other for other in world.of(Herald.key) if other.key != story.key and not other.subscribers][:3]
    locked = [other for other in world.of(Herald.key) if other.subscribers]
    related = "".join(
        f'<li><a href="{_path(world, other)}">{escape(other.headline, quote=False)}</a></li>'
        for other in [*others, *locked]
    )
    amp = f'<link rel="amphtml" href="/amp{world_path}">' if story.amp else ""
    credit = f'<p class="credit">Reporting by {story.credit}</p>' if story.credit else ""
    headline = escape(story.headline, quote=False)
    body = f"""<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><title>{headline} | {NAME}</title>
<link rel="canonical" href="{url}">{amp}
<meta property="og:type" content="article"><meta property="og:site_name" content="{NAME}">
<meta property="og:title" content="{escape(story.headline)}">
<script type="application/ld+json">{_json_ld(world, story)}</script></head><body>
<header><a class="logo" href="/">{NAME}</a><nav><a href="/section/city">City</a> <a href="/section/science">Science</a>
<a href="/section/culture">Culture</a></nav></header>
<main><article class="story"><header><p class="kicker">{escape(story.section)}</p><h1>{headline}</h1>
<p class="byline">By <a rel="author" href="/by/desk">{escape(story.author)}</a></p>
<time datetime="{iso(world.published(story), ZONE)}">{british(world.published(story), ZONE)}</time></header>
{parts.SHARE}
<div class="story-body">
{parts.paragraphs(story.paragraphs)}
</div>{credit}{parts.hashtags(story.tags)}</article>
<aside class="related"><h2>More from the Herald</h2><ul>{related}</ul></aside>
{parts.COMMENTS}</main>{parts.NEWSLETTER}{parts.COOKIES}
<footer><a href="/about">About us</a></footer></body></html>"""
    world.note_read(story)
    return Answer(body=body.encode(), etag=True)


def _amp(world: World, story: Story) -> Answer:
    headline = escape(story.headline, quote=False)
    url = world.base(Herald.host) + _path(world, story)
    body = f"""<!doctype html><html amp lang="en-GB"><head><meta charset="utf-8"><title>{headline}</title>
<link rel="canonical" href="{url}"><meta name="viewport" content="width=device-width">
<script type="application/ld+json">{_json_ld(world, story)}</script></head><body>
<article><h1>{headline}</h1><p>By {escape(story.author)}</p>
{parts.paragraphs(story.paragraphs)}
</article></body></html>"""
    return Answer(body=body.encode())


def _feed(world: World) -> Answer:
    base = world.base(Herald.host)
    stories = [story for story in world.of(Herald.key) if not story.sitemap_only and not story.subscribers]
    items = "\n".join(
        f"""<item><title>{xml_escape(story.headline)}</title>
<link>{base}{_path(world, story)}?utm_source=rss&amp;utm_medium=feed</link>
<guid isPermaLink="false">demo-herald-{story.number}</guid><pubDate>{rfc_822(world.published(story))}</pubDate>
<atom:updated>{_changed(world, story)}</atom:updated><dc:creator>{xml_escape(story.author)}</dc:creator>
<category>{xml_escape(story.section)}</category><description>{xml_escape(story.paragraphs[0])}</description></item>"""
        for story in stories
    )
    body = f"""<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>
<title>{NAME}</title><link>{base}/</link><description>News from a town that does not exist</description>
<language>en-GB</language><ttl>15</ttl><atom:link rel="self" type="application/rss+xml" href="{base}/feed.xml"/>
{items}
</channel></rss>
"""
    newest = max(world.modified(story) or world.published(story) for story in stories)
    return Answer(
        body=body.encode(), content_type="application/rss+xml; charset=utf-8", etag=True, last_modified=newest
    )


def _sitemap(world: World) -> Answer:
    base = world.base(Herald.host)
    stories = [story for story in world.of(Herald.key) if not story.subscribers]
    urls = "\n".join(
        f"""<url><loc>{base}{_path(world, story)}</loc><lastmod>{_changed(world, story)}</lastmod>
<news:news><news:publication><news:name>{NAME}</news:name><news:language>en</news:language></news:publication>
<news:publication_date>{iso(world.published(story), ZONE)}</news:publication_date>
<news:title>{xml_escape(story.headline)}</news:title></news:news></url>"""
        for story in stories
    )
    body = f"""<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
{urls}
</urlset>
"""
    newest = max(world.modified(story) or world.published(story) for story in stories)
    return Answer(body=body.encode(), content_type="application/xml", last_modified=newest)
