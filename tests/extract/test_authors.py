import tomllib
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.extract import extract_article
from newscrawl.extract.agencies import agency_of
from newscrawl.extract.article import source_of
from newscrawl.extract.authors import read_names
from tests.extract.pages import PARAGRAPHS, SOURCE, page

CASES = tomllib.loads((Path(__file__).parents[1] / "cases" / "authors.toml").read_text(encoding="utf-8"))["line"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['raw'][:30]}-{case.get('where', 'stated')}")
def test_a_line_gives_its_people(case):
    names = read_names([case["raw"]], papers=["The Demo Herald", "herald"], where=case.get("where", "stated"))
    assert list(names.people) == case["people"], case["why"]
    assert names.credit == case.get("credit"), case["why"]


def test_people_keep_their_order_and_count_once():
    names = read_names(["Zoe Adams", "Ann Smith", "By ANN SMITH"])
    assert names.people == ("Zoe Adams", "Ann Smith")


def test_whom_another_line_names_as_photographer_is_no_author():
    names = read_names(["Ann Smith", "Bob Hill", "Zoe Adams", "Photography by Bob Hill", "Edited by Zoe Adams"])
    assert names.people == ("Ann Smith",)


@pytest.mark.parametrize(
    ("site", "whose"),
    [("Ann Smith", "Ann Smith"), ("The Island", None), ("Island Post", None), ("Port Daily", None), ("Islander", None)],
)
def test_a_site_may_be_called_by_its_authors_name(site, whose):
    names = read_names([site], papers=[site])
    assert names.people == ()
    assert names.own == whose


def test_the_author_of_a_site_nobody_described_may_have_its_name():
    head = '<meta property="og:site_name" content="Ann Smith"><meta name="author" content="Ann Smith">'
    page_of_ann = page(head)
    assert extract_article(page_of_ann, source=source_of(page_of_ann.url)).authors == ("Ann Smith",)
    assert extract_article(page_of_ann, source=replace(SOURCE, publisher="Ann Smith")).authors == ()


def test_an_agency_printed_near_the_headline_is_the_credit():
    body = f"<h1>Ferry runs late again</h1><p>By Associated Press</p>{PARAGRAPHS}"
    article = extract_article(page("", body), source=SOURCE)
    assert (article.authors, article.credit) == ((), "AP")


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ("Ann Smith | Senior Writer | 3 March 2026", ("Ann Smith",)),
        ("03.03.2026 | 13:10 | Ann Smith", ("Ann Smith",)),
        ("Mar 3, 2026 • Ann Smith in Harbour News", ("Ann Smith",)),
        ("Harbour | 3 March 2026", ()),
        ("Ann Smith | Harbour", ()),
        ("Ann Smith met the board on 3 March 2026", ()),
    ],
)
def test_a_name_set_apart_from_a_date_near_the_headline_is_the_authors(line, authors):
    body = f"<h1>Ferry runs late again</h1><p>{line}</p>{PARAGRAPHS}"
    assert extract_article(page("", body), source=SOURCE).authors == authors
    named = '<meta name="author" content="Zoe Adams">'
    assert extract_article(page(named, body), source=SOURCE).authors == ("Zoe Adams",)


def test_an_agency_is_known_by_any_of_its_names():
    assert agency_of("Agence France-Presse") == agency_of("afp") == "AFP"
    assert agency_of("Ann Smith") is None


@given(st.text(max_size=300))
def test_any_line_is_read(line):
    for where in ("stated", "printed", "running"):
        for name in read_names([line], where=where).people:
            assert name.strip() == name
            assert name
