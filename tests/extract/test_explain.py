import pytest

from newscrawl.extract import explain, extract_article
from tests.extract.pages import SOURCE, json_ld, page

pytestmark = pytest.mark.usefixtures("plain_body")

HEAD = '<meta property="og:title" content="Ferry late"><meta name="author" content="Ann Smith">' + json_ld(
    '{"@type": "NewsArticle", "headline": "Ferry runs late again", "author": "Bob Hill"}'
)


def test_every_field_names_its_candidates_the_winner_and_who_disagreed():
    told = explain(page(HEAD), source=SOURCE)
    rows = {row.field: row for row in told.fields}
    assert told.outcome == "ok"
    assert rows["headline"].value == "Ferry runs late again"
    assert {item.origin for item in rows["headline"].candidates} >= {"meta:og:title", "visible:h1"}
    assert rows["authors"].value == ("Bob Hill",)
    assert rows["authors"].others == "meta:author: Ann Smith"
    assert rows["date_published"].value is None


def test_it_tells_what_extraction_does():
    article = extract_article(page(HEAD), source=SOURCE)
    for row in explain(page(HEAD), source=SOURCE).fields:
        assert (row.value or None) == (getattr(article, row.field) or None)


def test_a_page_that_is_no_article_is_explained_too():
    told = explain(page("<title>Page not found</title>", "<p>Sorry.</p>"), source=SOURCE)
    assert (told.outcome, told.fields[0].value) == ("soft_404", "Page not found")
    assert "not found" in told.reason


def test_the_kind_tells_where_it_comes_from():
    rows = {row.field: row for row in explain(page(HEAD), source=SOURCE).fields}
    assert (rows["kind"].value, rows["kind"].origin) == ("article", "schemaorg:@type")
    assert [item.value for item in rows["kind"].candidates] == ["NewsArticle"]


def test_no_is_an_answer():
    head = HEAD.replace('"author": "Bob Hill"', '"isAccessibleForFree": false')
    rows = {row.field: row for row in explain(page(head), source=SOURCE).fields}
    assert rows["is_accessible_for_free"].value is False
