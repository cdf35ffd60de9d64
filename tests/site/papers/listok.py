"""Речной листок: Russian, in windows-1251, plain markup with no metadata at all."""

from html import escape

from tests.site.ages import russian
from tests.site.papers import parts
from tests.site.stories import Story
from tests.site.world import Answer, World

NAME = "Речной листок"
ZONE = "Asia/Almaty"
CHARSET = "windows-1251"


class Listok:
    """Everything the Listok serves."""

    key = "listok"
    host = "127.0.0.4"

    def answer(self, world: World, path: str) -> Answer | None:
        """The page at `path`."""
        if path == "/":
            return _front(world)
        if path == "/robots.txt":
            return Answer(body=parts.robots("/poisk/"), content_type="text/plain")
        for story in world.of(self.key):
            if path == _path(story):
                return _article(world, story)
        return None


def _path(story: Story) -> str:
    return f"/novosti/{story.number}/"


def _page(title: str, body: str) -> Answer:
    html = f"""<html><head><meta http-equiv="Content-Type" content="text/html; charset={CHARSET}">
<title>{title}</title></head><body>
<table width="100%"><tr><td><a href="/"><b>{NAME}</b></a></td><td><a href="/poisk/?q=">Поиск</a></td>
<td><a href="/o-gazete/">О газете</a></td></tr></table>
{body}
<hr><small>При перепечатке ссылка на газету обязательна.</small></body></html>"""
    return Answer(body=html.encode(CHARSET, "xmlcharrefreplace"), content_type="text/html")


def _front(world: World) -> Answer:
    rows = "\n".join(
        f'<div class="novost"><small>{russian(world.published(story), ZONE)}</small><br>'
        f'<a href="{_path(story)}"><b>{escape(story.headline, quote=False)}</b></a>'
        f"<p>{parts.teaser(story.paragraphs[0])}</p></div>"
        for story in world.of(Listok.key)
    )
    return _page(NAME, f'<h2>Новости дня</h2>\n{rows}\n<a href="/arhiv/">Архив</a>')


def _article(world: World, story: Story) -> Answer:
    more = "".join(
        f'<li><a href="{_path(other)}">{escape(other.headline, quote=False)}</a></li>'
        for other in world.of(Listok.key)[:5]
        if other.key != story.key
    )
    world.note_read(story)
    return _page(
        f"{escape(story.headline, quote=False)} — {NAME}",
        f"""<h1>{escape(story.headline, quote=False)}</h1>
<div class="data">{russian(world.published(story), ZONE)}</div>
{parts.paragraphs(story.paragraphs)}
<p><i>{escape(story.author)}</i></p>
<div class="podelitsya">Поделиться: <a href="https://share.example/a">в сети</a></div>
<h3>Читайте также</h3><ul>{more}</ul>
<h3>Комментарии</h3><p>Комментариев пока нет.</p>""",
    )
