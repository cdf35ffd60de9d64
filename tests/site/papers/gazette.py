"""Harbour Gazette: one listing and nothing else; `<meta>` on its articles, no JSON-LD."""

from collections.abc import Iterable
from html import escape

from tests.site.ages import british, iso
from tests.site.papers import parts
from tests.site.stories import Story
from tests.site.world import Answer, World

NAME = "Harbour Gazette"
ZONE = "America/Halifax"


class Gazette:
    """Everything the Gazette serves."""

    key = "gazette"
    host = "127.0.0.3"

    def answer(self, world: World, path: str) -> Answer | None:
        """The page at `path`."""
        if path == "/":
            return _front(world)
        if path == "/robots.txt":
            return Answer(body=parts.robots("/print/"), content_type="text/plain; charset=utf-8")
        for story in world.of(self.key):
            if path == f"/amp{_path(story)}" and story.amp:
                return _article(world, story, amp=True)
            if path in (_path(story), f"/print{_path(story)}"):
                return Answer(body=_GONE, status=404) if world.is_withdrawn(story) else _article(world, story)
        return None


_GONE = b"<!doctype html><title>Harbour Gazette</title><h1>Sorry</h1><p>This page is no longer available.</p>"


def _path(story: Story) -> str:
    return f"/news/{story.slug}-{story.number}.html"


def _front(world: World) -> Answer:
    rows = []
    for story in world.of(Gazette.key):
        href = _path(story) + ("?fbclid=IwAR0demo&utm_campaign=frontpage" if story.tracked else "")
        rows.append(
            f'<li class="css-1x8k2p"><div class="css-9qz0"><a href="{href}"><h3>{escape(story.headline, quote=False)}'
            f'</h3></a><p class="css-4dd1">{parts.teaser(story.paragraphs[0])}</p>'
            f'<span class="css-77aa">{escape(story.section)}</span> '
            f'<span class="css-0t1m">{british(world.published(story), ZONE)}</span></div></li>'
        )
    stories = world.of(Gazette.key)
    copies = _links([(f"/amp{_path(story)}", story) for story in stories if story.amp])
    prints = _links([(f"/print{_path(story)}", story) for story in stories[3:6]])
    body = f"""<!doctype html><html lang="en-CA"><head><meta charset="utf-8"><title>{NAME}</title></head><body>
<div id="top"><a href="/">{NAME}</a> <a href="/weather">Weather</a> <a href="/tides">Tides</a></div>
<ul class="css-list">
{chr(10).join(rows)}
</ul>
<div class="css-side"><h4>Most read</h4><ol>{copies}</ol><h4>For the fridge door</h4><ol>{prints}</ol></div>
<div class="bottom"><a href="/contact">Contact</a> <a href="/advertise">Advertise with us</a></div>
{parts.COOKIES}</body></html>"""
    return Answer(body=body.encode(), etag=True)


def _links(rows: Iterable[tuple[str, Story]]) -> str:
    return "".join(f'<li><a href="{href}">{escape(story.headline, quote=False)}</a></li>' for href, story in rows)


def _article(world: World, story: Story, *, amp: bool = False) -> Answer:
    url = world.base(Gazette.host) + _path(story)
    headline = escape(story.headline, quote=False)
    others = [other for other in world.of(Gazette.key) if other.key != story.key][2:6]
    related = "".join(
        f'<div class="css-rel"><a href="{_path(other)}">{escape(other.headline, quote=False)}</a></div>'
        for other in others
    )
    modified = world.modified(story)
    changed = f'<meta property="article:modified_time" content="{iso(modified, ZONE)}">' if modified else ""
    credit = f'<p class="source">{escape(story.credit)}</p>' if story.credit else ""
    author = f'<meta name="author" content="{escape(story.author)}">' if story.author else ""
    body = f"""<!doctype html><html lang="en-CA"><head><meta charset="utf-8"><title>{headline} - {NAME}</title>
<link rel="canonical" href="{url}"><meta property="og:type" content="article">
<meta property="og:site_name" content="{NAME}"><meta property="og:url" content="{url}">
<meta property="og:title" content="{escape(story.headline)}">
<meta name="description" content="{escape(story.paragraphs[0])}">
<meta property="article:published_time" content="{iso(world.published(story), ZONE)}">{changed}
<meta property="article:section" content="{escape(story.section)}">{author}</head><body>
<div id="top"><a href="/">{NAME}</a> <a href="/weather">Weather</a></div>
<div class="css-page"><div class="css-main"><h1>{headline}</h1>
<div class="css-by">{escape(story.author)} <span>{british(world.published(story), ZONE)}</span></div>
{"" if amp else parts.SHARE}
<div class="css-text">
{parts.paragraphs(story.paragraphs)}
{credit}</div>
{"" if amp else parts.hashtags(story.tags)}</div>
{"" if amp else f'<div class="css-more"><h4>You may also like</h4>{related}</div>' + parts.COMMENTS}</div>
{parts.COOKIES}</body></html>"""
    if not amp:
        world.note_read(story)
    return Answer(body=body.encode())
