"""Records of other articles are found whatever their build, and the article itself never is."""

import itertools

import pytest

from newscrawl.extract.blocks import split_blocks
from newscrawl.extract.body import read_body
from newscrawl.extract.related import find_related
from tests.extract.prose import PARAGRAPHS, document, page

HEADLINE = "Growers want press house opened"
FOREIGN = [
    f"Number {n}: growers on the far island have picked the last apples and want the press house opened early."
    for n in range(1, 5)
]


def card(n: int, text: str) -> str:
    return f'<div class="c"><h3><a href="/n/{n}">{HEADLINE} {n}</a></h3><span>2 hours ago</span><p>{text}</p></div>'


def linked(n: int, text: str) -> str:
    return f'<a class="f" href="/n/{n}"><h4>{HEADLINE} {n}</h4><span>vor 3 Stunden</span><div><p>{text}</p></div></a>'


def flat(n: int, text: str) -> str:
    return f'<h3><a href="/n/{n}">{HEADLINE} {n}</a></h3><p>Ardmere Post, 5 hours ago</p><p>{text}</p>'


def article(n: int, text: str) -> str:
    return f'<article><h2><a href="/n/{n}">{HEADLINE} {n}</a></h2><time>1 March</time><p>{text}</p></article>'


BUILDS = {each.__name__: each for each in (card, linked, flat, article)}
HEADINGS = (
    *("Related Articles", "Mehr zum Thema", "Читайте также", "相关文章", "関連記事", "اقرأ أيضا", "यह भी पढ़ें"),
    "İlgili haberler",
)


@pytest.mark.parametrize(("build", "heading"), list(itertools.product(BUILDS, HEADINGS)))
@pytest.mark.parametrize("place", ["before", "inside", "after"])
def test_no_related_text_is_in_the_body(build: str, heading: str, place: str) -> None:
    records = "".join(BUILDS[build](n, text) for n, text in enumerate(FOREIGN))
    related = f"<h2>{heading}</h2>{records}"
    body = read_body(document(page(**{place: f"<section>{related}</section>" if build == "flat" else related})))
    assert not [text for text in FOREIGN if text in (body.text or "")]
    assert set(PARAGRAPHS) <= set(body.paragraphs)


@pytest.mark.parametrize("build", ["card", "linked", "article"])
def test_records_in_a_row_need_no_heading(build: str) -> None:
    records = "".join(BUILDS[build](n, text) for n, text in enumerate(FOREIGN))
    body = read_body(document(page(after=f"<section>{records}</section>")))
    assert not [text for text in FOREIGN if text in (body.text or "")]


@pytest.mark.parametrize(
    "markup",
    [
        "<p>Related</p>",
        "<h2>More from the board</h2>",
        "<h2>Read more</h2><p>The board’s books are open to anyone who asks at the harbour office before noon.</p>",
        "<p>See also</p><p>The plan of <a href='/plan'>the north quay</a> hangs in the town hall until May.</p>",
    ],
)
def test_a_heading_without_records_cuts_nothing(markup: str) -> None:
    blocks = split_blocks(document(page(inside=markup)).root)
    assert not find_related(blocks)


def test_a_list_of_things_reviewed_is_the_article() -> None:
    things = "".join(
        f'<div><h2><a href="/shop/{n}">Lamp number {n} of the test</a></h2><p>{text}</p></div>'
        for n, text in enumerate(FOREIGN)
    )
    blocks = split_blocks(document(page(inside=things)).root)
    assert not find_related(blocks)


def test_an_article_under_a_bar_of_links_is_not_cut() -> None:
    links = "<a href='/1'>The storm of last Saturday</a><a href='/2'>The price of apples</a>"
    bar = f"<div><span>Trending</span>{links}</div>"
    body = read_body(document(page(before=bar)))
    assert body.paragraphs == tuple(PARAGRAPHS)
