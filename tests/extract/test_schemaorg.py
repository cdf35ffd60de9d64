import json

import pytest

from newscrawl.extract.evidence import Evidence
from newscrawl.extract.schemaorg import read_schemaorg
from newscrawl.markup import parse
from tests.extract.pages import URL, json_ld, page


def evidence_of(node, body="<p>x</p>"):
    return Evidence(read_schemaorg(parse(page(json_ld(json.dumps(node)), body))))


def test_an_article_gives_its_fields():
    found = evidence_of(
        {
            "@type": "NewsArticle",
            "headline": "Ferry runs late",
            "datePublished": "2026-03-03T10:00:00Z",
            "dateModified": "2026-03-03T11:00:00Z",
            "author": [{"@type": "Person", "name": "Ann Smith"}, {"@type": "Organization", "name": "The Demo Herald"}],
            "isAccessibleForFree": False,
            "image": {"@type": "ImageObject", "url": "/a.jpg"},
        }
    )
    assert found.first("headline") == "Ferry runs late"
    assert found.first("date_published") == "2026-03-03T10:00:00Z"
    assert found.first("date_modified") == "2026-03-03T11:00:00Z"
    assert [item.value for item in found.of("author")] == ["Ann Smith"]
    assert found.first("author_organisation") == "The Demo Herald"
    assert found.first("is_accessible_for_free") == "false"
    assert found.first("image_url") == "/a.jpg"


def test_a_reference_to_a_person_is_followed():
    found = evidence_of(
        {
            "@graph": [
                {"@type": "NewsArticle", "headline": "Ferry", "author": {"@id": "#ann"}},
                {"@type": "Person", "@id": "#ann", "name": "Ann Smith"},
            ]
        }
    )
    assert found.first("author") == "Ann Smith"


def test_the_article_with_the_pages_address_is_the_pages():
    found = evidence_of(
        [
            {"@type": "NewsArticle", "headline": "Another story", "url": "https://herald.example/other"},
            {"@type": "NewsArticle", "headline": "Ferry runs late", "mainEntityOfPage": {"@id": URL}},
        ]
    )
    assert [item.value for item in found.of("headline")] == ["Ferry runs late"]


def test_a_web_page_gives_no_headline():
    found = evidence_of({"@type": "WebPage", "name": "Harbour", "datePublished": "2026-03-03"})
    assert found.first("headline") is None
    assert found.first("date_published") == "2026-03-03"


@pytest.mark.parametrize(
    "node",
    [
        {"@type": 7, "headline": ["x", 3], "author": 4},
        {"@type": "NewsArticle", "headline": {"a": {}}, "author": [[[[[["deep"]]]]]], "image": None},
        {"@type": ["NewsArticle"], "datePublished": 20260303, "keywords": {"name": 1}},
        [],
        "text",
        None,
    ],
)
def test_wrong_types_cost_only_their_field(node):
    assert isinstance(list(evidence_of(node)), list)


def test_microdata_of_other_scopes_is_not_the_articles():
    body = """<article itemscope itemtype="https://schema.org/NewsArticle"><h1 itemprop="headline">Ferry runs late</h1>
      <span itemprop="author" itemscope itemtype="https://schema.org/Person"><b itemprop="name">Ann Smith</b></span>
      <time itemprop="datePublished" datetime="2026-03-03">3 March</time></article>
      <div itemscope itemtype="https://schema.org/Comment"><span itemprop="author">Troll</span></div>
      <div itemscope itemtype="https://schema.org/NewsArticle"><span itemprop="headline">Another</span></div>"""
    found = Evidence(read_schemaorg(parse(page("", body))))
    assert [item.value for item in found.of("headline")] == ["Ferry runs late"]
    assert [item.value for item in found.of("author")] == ["Ann Smith"]
    assert found.first("date_published") == "2026-03-03"


@pytest.mark.parametrize(
    ("node", "free"),
    [
        ('"hasPart": {"@type": "WebPageElement", "isAccessibleForFree": false}', "false"),
        ('"hasPart": [{"isAccessibleForFree": "False"}]', "false"),
        ('"hasPart": {"isAccessibleForFree": true}', None),
        ('"isAccessibleForFree": true, "hasPart": {"isAccessibleForFree": false}', "true"),
    ],
)
def test_a_closed_part_closes_what_says_nothing_of_the_whole(node, free):
    found = read_schemaorg(parse(page(json_ld(f'{{"@type": "NewsArticle", {node}}}'))))
    assert Evidence(found).first("is_accessible_for_free") == free
