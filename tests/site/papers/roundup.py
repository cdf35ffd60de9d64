"""The Daily Roundup: an aggregator. Each article page ends in a "Related Articles" block of whole articles."""

from html import escape

from tests.site import forms
from tests.site.ages import age_words
from tests.site.forms import Record
from tests.site.papers import parts
from tests.site.stories import Story
from tests.site.world import Answer, World

NAME = "The Daily Roundup"
RELATED = 3


class Roundup:
    """Everything the aggregator serves."""

    key = "roundup"
    host = "127.0.0.1"

    def answer(self, world: World, path: str) -> Answer | None:
        """The page at `path`."""
        if path == "/":
            return _front(world)
        if path == "/robots.txt":
            return Answer(body=parts.robots("/premium/"), content_type="text/plain; charset=utf-8")
        if path.startswith("/forms/"):
            return forms.answer(world, path.removeprefix("/forms/"))
        for story in world.of(self.key):
            if path == _path(story):
                return _article(world, story)
        return None


def _path(story: Story) -> str:
    return f"/article/{story.slug}-{story.number:x}"


def _record(world: World, story: Story) -> Record:
    return Record(
        publisher=story.publisher,
        headline=story.headline,
        text=" ".join(story.paragraphs),
        path=_path(story),
        published=world.published(story),
    )


def _front(world: World) -> Answer:
    cards = "\n".join(
        f'<a class="sc-card" href="{_path(story)}"><div class="sc-src">{escape(story.publisher)}</div>'
        f'<div class="sc-age">{age_words(world.now() - world.published(story))}</div>'
        f'<h3 class="sc-h">{escape(story.headline, quote=False)}</h3>'
        f'<p class="sc-p">{parts.teaser(story.paragraphs[0])}</p></a>'
        for story in world.of(Roundup.key)
    )
    body = f"""<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{NAME}</title></head><body>
<nav><a href="/">{NAME}</a> <a href="/topics">Topics</a> <a href="/premium/offers">Premium</a></nav>
<main>{cards}</main>{parts.COOKIES}</body></html>"""
    return Answer(body=body.encode())


def _article(world: World, story: Story) -> Answer:
    stories = world.of(Roundup.key)
    place = stories.index(story)
    related = [stories[(place + step) % len(stories)] for step in range(1, RELATED + 1)]
    own = forms.OwnArticle(
        publisher=story.publisher,
        headline=story.headline,
        paragraphs=story.paragraphs,
        path=_path(story),
        tags=story.tags,
        published=world.published(story),
    )
    world.note_read(story)
    return forms.cards(world, own, [_record(world, other) for other in related])
