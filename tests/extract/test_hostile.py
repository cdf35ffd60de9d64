import time

import pytest

from newscrawl.errors import PageError
from newscrawl.extract import extract_article
from newscrawl.extract.article import choose_fields, gather_evidence
from newscrawl.markup import parse
from tests.extract.pages import PARAGRAPHS, SOURCE, json_ld, page

CPU_S_MAX = 10.0  # these take well under one second

PAGES = {
    "titles": page('<meta property="og:title" content="a - b | c">' * 20_000),
    "one long title": page(f"<title>{'a - ' * 50_000}</title>"),
    "headings": page("", "<h1>a</h1>" * 20_000),
    "empty bylines": page("", "<h1>x</h1>" + '<div class="byline"><div class="author"></div></div>' * 12_000),
    "nested bylines": page("", "<h1>x</h1>" + '<div class="byline">' * 5_000 + "By Ann Smith"),
    "bylines in one block": page(
        "", "<h1>x</h1><div>" + '<a rel="author" href="/author/a">A B</a>' * 20_000 + "</div>"
    ),
    "times": page("", "<h1>x</h1>" + '<time datetime="x">1.1.1.1.1.1.1.1.1</time>' * 20_000),
    "one long line": page("", "<h1>x</h1><p>" + "1 Jan 2 " * 50_000 + "</p>"),
    "digits": page("", f"<h1>x</h1><p class=date>{'1' * 100_000}</p><p>{'1.' * 50_000}</p>"),
    "names": page(f'<meta name="author" content="{"A a " * 20_000}">'),
    "brackets": page(f'<meta name="author" content="{"(" * 20_000}">'),
    "capitals": page("", f'<h1>x</h1><p class="byline">{"Ab " * 60}{"AB " * 40}!</p>'),
    "itemprops": page("", "<div itemscope>" * 200 + '<i itemprop="author">a</i>' * 20_000),
    "nodes": page(json_ld("[" + '{"@type":"NewsArticle","headline":"a","author":[{"name":"b"}]},' * 5_000 + "0]")),
    "self reference": page(json_ld('{"@id":"#a","@type":"NewsArticle","author":{"@id":"#a"},"headline":{"@id":"#a"}}')),
    "links": page("", "<h1>x</h1>" + '<a href="/author/x">A B</a> ' * 20_000),
    "empty blocks": page("", "<h1>x</h1>" + "<div>" * 40_000),
}


@pytest.mark.parametrize("name", PAGES)
def test_no_page_costs_more_than_its_size(name):
    started = time.process_time()
    try:
        document = parse(PAGES[name])
        choose_fields(gather_evidence(document, SOURCE)[0], document, SOURCE)
    except PageError as error:
        assert error.outcome == "parse_limit"  # noqa: PT017  either is fine
    assert time.process_time() - started < CPU_S_MAX


@pytest.mark.parametrize(
    "head",
    [
        '<meta property="article:published_time" content="9999999999999999999999">',
        '<meta property="article:published_time" content="\ud800">',
        '<meta name="author" content="&#0;&#8;\u202e">',
        '<link rel="canonical" href="http://[::1">',
        '<base href="http://[">',
        json_ld('{"@type": "NewsArticle", "url": "http://[", "headline": "Ferry runs late again"}'),
    ],
)
@pytest.mark.usefixtures("plain_body")
def test_a_broken_value_costs_only_itself(head):
    head = head.encode("utf-8", "replace").decode()
    assert extract_article(page(head, f"<h1>Ferry runs late again</h1>{PARAGRAPHS}"), source=SOURCE).headline
