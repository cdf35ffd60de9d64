from dataclasses import replace
from datetime import date

import pytest

from newscrawl.extract import extract_article
from newscrawl.models import Layout
from tests.extract.pages import PARAGRAPHS, SOURCE, page

pytestmark = pytest.mark.usefixtures("plain_body")

BODY = (
    f'<h1>Ferry runs late again</h1><p class="t">Boats in trouble</p><p class="w">Zoe Adams</p>'
    f'<time class="d" datetime="2026-03-01T08:00:00Z">x</time><div class="s">{PARAGRAPHS}</div>'
)
HEAD = '<meta property="article:published_time" content="2026-03-03T10:00:00Z"><meta name="author" content="Ann Smith">'


def read(select, **more):
    source = replace(SOURCE, layouts=(Layout(select=select, **more),))
    return extract_article(page(HEAD, BODY), source=source)


def test_a_layout_wins_over_everything():
    article = read({"headline": ".t", "authors": ".w", "time": "time.d", "article_body": "div.s"})
    assert article.headline == "Boats in trouble"
    assert article.authors == ("Zoe Adams",)
    assert article.date_published.raw == "2026-03-01T08:00:00Z"
    assert article.article_body.startswith("The ferry")
    assert article.origins["article_body"] == "layout:article_body"
    assert "override_missed" not in article.extra


def test_a_selector_that_matches_nothing_says_so_and_changes_nothing():
    article = read({"headline": ".gone", "authors": ".w"})
    assert article.headline == "Ferry runs late again"
    assert article.extra["override_missed"] == ["headline"]


def test_a_layout_of_another_time_is_not_used():
    assert read({"headline": ".t"}, valid_until=date(2026, 3, 3)).headline == "Ferry runs late again"
    assert read({"headline": ".t"}, valid_until=date(2026, 3, 4)).headline == "Boats in trouble"


def test_a_layout_of_cards_is_not_for_article_pages():
    assert read({"item": "li", "headline": ".t"}).headline == "Ferry runs late again"
