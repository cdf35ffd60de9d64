"""Kinds of listing pages: tables, day groups, image grids, other scripts, aggregators, cards without links."""

import pytest

from newscrawl.discover import read_entries
from newscrawl.errors import DiscoverError
from newscrawl.models import Page
from newscrawl.urls import is_card
from tests.discover import listing_pages as pages
from tests.discover.making import FETCHED_AT, SITE

LINKS = [(story.url, story.headline) for story in pages.STORIES]


def test_table_rows_give_the_time_that_follows_each() -> None:
    rows = "".join(
        f'<tr><td class="title"><a href="{url}">{headline}</a></td></tr><tr><td>{place + 1} points by dora {place + 2} '
        f'hours ago | <a href="/discuss?id={place}">{place} comments</a></td></tr>'
        for place, (url, headline) in enumerate(LINKS)
    )
    entries = pages.read(pages.html_page(f"<table>{rows}</table>"), "/news").entries
    assert [(entry.url, entry.time_text) for entry in entries] == [
        (url, f"{place + 2} hours ago") for place, (url, _) in enumerate(LINKS)
    ]


def test_a_date_heading_dates_the_cards_below_it() -> None:
    groups = "".join(
        f'<h4>{day} July 2026</h4><ul><li><a href="{url}">{headline}</a></li></ul>'
        for day, (url, headline) in zip((27, 26, 25), LINKS, strict=True)
    )
    entries = pages.read(pages.html_page(f'<div class="days">{groups}</div>'), "/archive").entries
    assert [entry.time_text for entry in entries] == ["27 July 2026", "26 July 2026", "25 July 2026"]


def test_short_headlines_of_an_image_grid_are_records() -> None:
    names = ("Blue harbour", "Winter coats", "River stones", "Paper boats", "Old lamps", "Hill paths")
    grid = "".join(
        f'<div class="cell"><a href="/2026/07/{name.lower().replace(" ", "-")}/"><img src="/i/{place}.jpg"></a>'
        f'<h2 class="entry-title"><a href="/2026/07/{name.lower().replace(" ", "-")}/">{name}</a></h2></div>'
        for place, name in enumerate(names)
    )
    assert [entry.headline for entry in pages.read(pages.html_page(grid), "/").entries] == list(names)


@pytest.mark.parametrize(
    ("lang", "headlines", "age"),
    [
        (
            "ja",
            ("港の渡し船が十一年ぶりに戻る", "果樹園が早めの霜注意報を求める", "古い図書館で忘れられた地図が見つかる"),
            "30分前",
        ),
        (
            "ru",
            (
                "Паром вернулся в верхнюю гавань",
                "Садоводы просят раньше предупреждать о морозе",
                "В старой библиотеке нашли карту",
            ),
            "2 часа назад",
        ),
        (
            "ar",
            (
                "عودة العبارة إلى الميناء العلوي بعد غياب",
                "مزارعو البساتين يطلبون تحذيرا مبكرا",
                "المكتبة القديمة تجد خريطة منسية",
            ),
            "قبل 3 ساعات",
        ),
        (
            "hi",
            (
                "ऊपरी बंदरगाह पर नौका सेवा फिर शुरू हुई",
                "बाग मालिकों ने पाले की पहले चेतावनी मांगी",
                "पुराने पुस्तकालय में मिला भूला नक्शा",
            ),
            "2 घंटे पहले",
        ),
    ],
)
def test_other_scripts(lang: str, headlines: tuple[str, ...], age: str) -> None:
    cards = "".join(
        f'<li class="item"><a href="/{lang}/article/{place + 410020}">{headline}</a><span>{age}</span></li>'
        for place, headline in enumerate(headlines)
    )
    entries = pages.read(pages.html_page(f"<ul>{cards}</ul>", lang=lang), "/latest").entries
    assert [(entry.headline, entry.time_text) for entry in entries] == [(headline, age) for headline in headlines]


def test_an_aggregators_records_are_published_by_the_sites_they_lead_to() -> None:
    rows = "".join(
        f'<li class="row"><a href="https://paper{place}.example/{place}">{headline} and more of it</a></li>'
        for place, headline in enumerate([headline for _, headline in LINKS] * 2)
    )
    entries = pages.read(pages.html_page(f"<ol>{rows}</ol>"), "/front").entries
    assert [(entry.publisher, entry.origins["publisher"]) for entry in entries][:2] == [
        ("paper0.example", "link"),
        ("paper1.example", "link"),
    ]


def test_no_publisher_is_made_up() -> None:
    items = "".join(f'<div class="card"><h3><a href="{url}">{headline}</a></h3></div>' for url, headline in LINKS)
    assert [entry.publisher for entry in pages.read(pages.html_page(items), "/news").entries] == [None] * 3


def test_cards_without_links_get_an_address_of_their_own() -> None:
    items = "".join(
        f'<div class="card"><b>{story.publisher}</b><span>{story.age}</span><i>- {story.publisher}</i>'
        f"<h3>{story.headline}</h3><p>{story.body}</p></div>"
        for story in pages.STORIES
    )
    entries = pages.read(pages.html_page(f"<section>{items}</section>"), "/related").entries
    assert [entry.headline for entry in entries] == [story.headline for story in pages.STORIES]
    assert all(is_card(entry.url) and entry.url.startswith(f"{SITE}/related#") for entry in entries)
    assert [entry.publisher for entry in entries] == [story.publisher for story in pages.STORIES]


def test_all_links_to_one_address_are_one_record() -> None:
    items = "".join(
        f'<div class="card"><a href="{url}?utm_source=front"><img src="/a.jpg"></a>'
        f'<h3><a href="{url}">{headline}</a></h3>'
        f'<a href="{url}#comments">12 comments</a> <a href="{url}">Read more</a></div>'
        for url, headline in LINKS
    )
    assert [entry.headline for entry in pages.read(pages.html_page(items), "/news").entries] == [h for _, h in LINKS]


def test_the_name_of_an_author_is_no_headline() -> None:
    cards = "".join(
        f'<div class="card"><h3 class="byline"><a href="{url}">Dora Maria Quay</a></h3><p><a href="{url}">{headline}'
        "</a></p></div>"
        for url, headline in LINKS
    )
    found = pages.read(pages.html_page(cards), "/opinion").entries
    assert [(entry.url, entry.headline) for entry in found] == LINKS


@pytest.mark.parametrize("address", ["/news/${item.slug}/", "/news/{{ story.slug }}/", "/classifieds/4711-red-boat"])
def test_links_of_templates_and_small_ads_are_no_records(address: str) -> None:
    cards = "".join(f'<h3><a href="{url}">{headline}</a></h3>' for url, headline in LINKS)
    ad = f'<h3><a href="{address}">A red boat with four oars is for sale at the quay</a></h3>'
    found = pages.read(pages.html_page(cards + ad), "/news").entries
    assert [entry.url for entry in found] == [url for url, _ in LINKS]


def test_share_links_are_no_records() -> None:
    items = "".join(
        f'<div class="card"><h3><a href="{url}">{headline}</a></h3>'
        f'<a href="https://bookmarks.example/add/{url}">Add this article to my bookmarks today</a></div>'
        for url, headline in LINKS
    )
    assert [entry.url for entry in pages.read(pages.html_page(items), "/news").entries] == [url for url, _ in LINKS]


def test_base_href_is_what_links_are_relative_to() -> None:
    items = "".join(f'<h3><a href="{story.slug}">{story.headline}</a></h3>' for story in pages.STORIES)
    html = pages.html_page(items, head='<base href="/articles/">')
    assert [entry.url for entry in pages.read(html, "/").entries] == [url for url, _ in LINKS]


def test_side_columns_are_widgets() -> None:
    listed = "".join(
        f'<article><h2><a href="{url}">{headline}</a></h2><time>{place + 1} hours ago</time>'
        f"<p>{pages.STORIES[0].body[:180]}</p></article>"
        for place, (url, headline) in enumerate(LINKS)
    )
    side = "".join(
        f'<li><a href="/articles/most-read-story-number-{n}-{n}abc12">The most read story number {n}</a></li>'
        for n in range(5)
    )
    html = pages.html_page(f'<div class="list">{listed}</div><aside class="sidebar most-read"><ol>{side}</ol></aside>')
    blocks = [(entry.url in dict(LINKS), entry.block) for entry in pages.read(html, "/section/town/").entries]
    assert blocks == [(True, "main")] * 3 + [(False, "widget")] * 5


def _card(slug: str, headline: str) -> str:
    return f'<li class="card"><h3><a href="/news/{slug}-20260727">{headline}</a></h3><time>2 hours ago</time></li>'


@pytest.mark.parametrize("heading", ["Most read", "Meistgelesen", "Más leídas", "Самое читаемое", "排行榜", "Videos"])
def test_a_list_is_what_the_heading_above_it_says(heading: str) -> None:
    main = "".join(_card(story.slug, story.headline) for story in pages.STORIES)
    side = _card("lamps-go-out-on-the-quay", "Lamps go out on the quay, one after the other") + _card(
        "a-goat-takes-the-morning-tram", "A goat takes the morning tram to the market"
    )
    both = _card(pages.STORIES[0].slug, pages.STORIES[0].headline)
    body = f"<ul>{main}</ul><div><h2>{heading}</h2><ul>{side}{both}</ul></div>"
    entries = pages.read(pages.html_page(body), "/town/news-of-the-day").entries
    assert [entry.block for entry in entries] == ["main"] * 3 + ["widget"] * 2


def test_a_heading_says_nothing_of_the_list_after_the_next_heading() -> None:
    main = "".join(_card(story.slug, story.headline) for story in pages.STORIES)
    body = f"<h2>Most read</h2><p>Not counted today.</p><h2>From the town</h2><ul>{main}</ul>"
    assert {entry.block for entry in pages.read(pages.html_page(body), "/town/news").entries} == {"main"}


def test_entries_of_bytes_alone() -> None:
    page = Page(url=f"{SITE}/x", body=pages.cards().encode(), fetched_at=FETCHED_AT)
    assert len(read_entries(page)) == 3


@pytest.mark.parametrize("body", ["<html><body><p>Nothing here.</p></body></html>", "<html><body></body></html>"])
def test_a_page_without_records_is_loud(body: str) -> None:
    with pytest.raises(DiscoverError) as caught:
        pages.read(body, "/news")
    assert caught.value.outcome == "empty_feed"


def test_a_document_is_not_a_listing() -> None:
    page = Page(url=f"{SITE}/x", body=b"%PDF-1.7 ...", fetched_at=FETCHED_AT)
    with pytest.raises(DiscoverError) as caught:
        read_entries(page)
    assert caught.value.outcome == "not_html"


def test_a_copy_on_another_host_is_read_as_the_sites_own_page() -> None:
    """A page saved and served again: its links lead to the paper it was copied from."""
    items = "".join(
        f'<li><a href="https://far.example/news/{n}-the-old-mill-turns-again">The old mill turns {n}</a></li>'
        for n in range(9)
    )
    far = pages.html_page(f"<ul>{items}</ul>")
    near = far.replace("https://far.example", SITE)
    scores = [[entry.score for entry in pages.read(html, "/news").entries] for html in (far, near)]
    assert len(scores[0]) == 9
    assert min(scores[0]) > min(scores[1]) - 0.1


@pytest.mark.parametrize(
    ("path", "extra", "is_article"),
    [("/section/harbour", "", False), ("/section/harbour", pages.ARTICLE, True)],
    ids=["summaries under linked headlines", "a story of its own"],
)
def test_a_section_that_calls_itself_an_article(path: str, extra: str, is_article: bool) -> None:
    """Each story stands twice, so that the second box with its summary is no record's card."""
    boxes = "".join(
        f'<li><div class="story"><h2><a href="/2026/05/0{place + 1}/the-boats-of-quay-{place}-come-home-again">'
        f"The boats of quay {place} come home again</a></h2><p>The port office counted the boats of quay {place} twice "
        "and wrote the number on the door for all who came by in the morning.</p></div></li>"
        for place in range(8)
    )
    head = '<meta property="og:type" content="article">'
    html = pages.html_page(f"<h1>Harbour</h1>{extra}<ul>{boxes}</ul><section><ul>{boxes}</ul></section>", head=head)
    listing = pages.read(html, path)
    assert listing.page_is_article is is_article
    assert {entry.block for entry in listing.entries} == {"related" if is_article else "main"}
