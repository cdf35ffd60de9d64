from newscrawl.extract.evidence import Evidence
from newscrawl.extract.meta import read_meta
from newscrawl.markup import parse
from tests.extract.pages import page


def evidence_of(head):
    return Evidence(read_meta(parse(page(head))))


def test_the_most_trusted_name_comes_first():
    found = evidence_of('<meta name="twitter:title" content="B"><meta property="og:title" content="A"><title>C</title>')
    assert [(item.value, item.origin) for item in found.of("headline")] == [
        ("A", "meta:og:title"),
        ("B", "meta:twitter:title"),
        ("C", "meta:<title>"),
    ]


def test_the_first_of_many_counts():
    found = evidence_of('<meta property="og:title" content="A">' * 3 + '<meta property="og:title" content="B">' * 2_000)
    assert [item.value for item in found.of("headline")] == ["A"]


def test_names_that_are_lists_keep_their_members():
    found = evidence_of(
        '<meta name="citation_author" content="Ann Smith"><meta name="citation_author" content="Bob Hill">'
    )
    assert [item.value for item in found.of("author")] == ["Ann Smith", "Bob Hill"]


def test_published_and_modified_are_told_apart():
    found = evidence_of(
        '<meta property="article:modified_time" content="2026-03-04">'
        '<meta property="article:published_time" content="2026-03-03">'
    )
    assert found.first("date_published") == "2026-03-03"
    assert found.first("date_modified") == "2026-03-04"


def test_a_content_tier_says_whether_it_is_free():
    assert (
        evidence_of('<meta property="article:content_tier" content="locked">').first("is_accessible_for_free")
        == "false"
    )
    assert evidence_of('<meta property="article:content_tier" content="odd">').first("is_accessible_for_free") is None


def test_a_name_nobody_listed_is_understood_by_what_it_says():
    assert evidence_of('<meta name="x-publish-date" content="2026-03-03">').first("date_published") == "2026-03-03"
    assert evidence_of('<meta name="lastUpdateTime" content="2026-03-03">').first("date_modified") == "2026-03-03"
    assert (
        evidence_of('<meta property="Article:Published:Time" content="2026-03-03">').first("date_published")
        == "2026-03-03"
    )
    assert evidence_of('<meta name="publisher-timezone" content="UTC">').first("date_published") is None
