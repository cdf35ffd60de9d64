import json

from newscrawl.extract.evidence import Evidence
from newscrawl.extract.state import read_state
from newscrawl.markup import parse
from tests.extract.pages import page


def evidence_of(state, about=("Ferry runs late again",)):
    script = f'<script id="__NEXT_DATA__" type="application/json">{json.dumps(state)}</script>'
    return Evidence(read_state(parse(page(script)), about))


def test_the_object_with_the_pages_headline_is_read():
    found = evidence_of(
        {
            "props": [
                {"title": "Another", "publishedAt": "2026-03-01"},
                {
                    "story": {
                        "title": "Ferry Runs Late Again",
                        "publishedAt": "2026-03-03",
                        "authors": [{"name": "Ann Smith"}],
                    }
                },
            ]
        }
    )
    assert found.first("date_published") == "2026-03-03"
    assert found.first("author") == "Ann Smith"


def test_without_such_an_object_nothing_is_read():
    assert list(evidence_of({"title": "Another", "publishedAt": "2026-03-01"})) == []
    assert list(evidence_of({"title": "Ferry runs late again", "publishedAt": "2026-03-01"}, about=())) == []


def test_a_deep_state_is_left_unread():
    state = {"title": "Ferry runs late again", "publishedAt": "2026-03-03"}
    for _ in range(60):
        state = {"x": state}
    assert list(evidence_of(state)) == []
