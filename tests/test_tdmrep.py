"""tdmrep.json: which rule speaks for a path."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.tdmrep import reservation_at


def site(*rules: tuple[str, object]) -> str:
    return json.dumps([{"location": location, "tdm-reservation": value} for location, value in rules])


@pytest.mark.parametrize(
    ("rules", "path", "value"),
    [
        ([("/", 1)], "/news/a", 1),
        ([("/news", 1)], "/sport/a", None),
        ([("/free/", 0), ("/", 1)], "/free/a", 0),
        ([("/", 1), ("/free/", 0)], "/free/a", 1),  # the first that fits decides
        ([("/*/archive/", 1)], "/news/archive/1", 1),
        ([("/*.html$", 1)], "/a.html", 1),
        ([("/*.html$", 1)], "/a.html?page=2", None),
        ([("/a$", 1)], "/a", 1),
        ([("/a$", 1)], "/ab", None),
        ([("/*", 1)], "/", 1),
        ([("news/", 1)], "/news/a", 1),
        ([("/x*y*z", 1)], "/x-y-z-1", 1),
        ([("/x*y*z", 1)], "/x-z-y", None),
        ([("/", 2), ("/", "1"), ("/", None)], "/a", None),
    ],
)
def test_the_rule_for_a_path(rules, path, value):
    found = reservation_at(site(*rules), path)
    assert (found["value"] if found else None) == value


def test_evidence_and_policy_are_told():
    text = json.dumps([{"location": "/", "tdm-reservation": 1, "tdm-policy": "https://a.example/policy.json"}])
    assert reservation_at(text, "/a") == {
        "value": 1,
        "evidence": "tdmrep.json: /",
        "policy": "https://a.example/policy.json",
    }


@pytest.mark.parametrize("text", ["", "{}", "null", "[1, [], null]", "<html>", "[" * 100_000, '[{"location": 5}]'])
def test_what_says_nothing(text):
    assert reservation_at(text, "/a") is None


@given(st.text(alphabet="/ab*$", max_size=30), st.text(alphabet="/ab", max_size=30))
def test_any_location_fits_or_does_not(location, path):
    found = reservation_at(site((location, 1)), f"/{path}")
    assert found is None or found["value"] == 1
