"""The tree: what stands after the document's end is part of it, control characters are not."""

from datetime import UTC, datetime

import pytest

from newscrawl.errors import PageError
from newscrawl.markup import parse
from newscrawl.models import Page


def page(body: str) -> Page:
    return Page(url="https://herald.example/a", body=body.encode(), fetched_at=datetime(2026, 7, 28, tzinfo=UTC))


def test_what_follows_the_end_tags_is_read():
    document = parse(
        page('<html><body><p>Ferry</p></body></html><script id="__NEXT_DATA__">{"a": 1}</script><p>sails</p>')
    )
    assert document.states == [{"a": 1}]
    assert [p.text for p in document.root.iter("p")] == ["Ferry", "sails"]


def test_embedded_data_is_read_up_to_so_many_values_in_all(monkeypatch):
    monkeypatch.setattr("newscrawl.limits.JSON_VALUES", 10)
    state = '<script type="application/json">[{}, {}, {}]</script>'
    node = '<script type="application/ld+json">{"a": [1, 2, 3]}</script>'
    document = parse(page(f"<html><body>{state * 3}{node * 4}</body></html>"))
    assert document.states == [[{}, {}, {}]]
    assert document.json_ld == [{"a": [1, 2, 3]}] * 2


@pytest.mark.parametrize("reference", ["&#8;", "&#x1b;", "&#xFFFF;", "&#0;", "\x08", "&#xD800;"])
def test_what_xml_cannot_hold_is_dropped_and_the_rest_kept(reference: str):
    assert parse(page(f"<p>Fer{reference}ry</p>")).root.text_content().strip() == "Ferry"


def test_windows_references_stay():
    assert parse(page("<p>It&#146;s</p>")).root.text_content().strip() == "It’s"


@pytest.mark.parametrize("body", ["", "   \n ", "\x00\x00"])
def test_nothing_is_an_empty_body(body: str):
    with pytest.raises(PageError) as caught:
        parse(page(body))
    assert caught.value.outcome == "empty_body"
