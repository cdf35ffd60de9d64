"""Selections: what answers them, what is left out, and that nothing later leaks in."""

import io
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from newscrawl.datasets.formats import FORMATS
from newscrawl.datasets.selection import Selection, rows
from newscrawl.models import Timestamp
from newscrawl.store import open_store
from newscrawl.store.reading import last_seq
from newscrawl.store.values import to_text
from tests.datasets.changes import KINDS, change, new_desk
from tests.store.conftest import NOON, PARAGRAPHS, Desk, article, later


def select(desk: Desk, **options) -> list[str]:
    until = last_seq(desk.store.connection)
    return [row["url"].rsplit("/", 1)[1] for row in rows(desk.store, Selection(**options), until_seq=until)]


def dated(slug: str, earliest: float, latest: float, **values):
    stamp = Timestamp(earliest=later(earliest), latest=later(latest), raw="x", kind="relative")
    words = tuple(f"{part} That is what {slug} {number} said." for number, part in enumerate(PARAGRAPHS))
    return article(
        slug, paragraphs=words if slug != "short" else ("Four words are here.",), date_published=stamp, **values
    )


@pytest.fixture
def filled(desk: Desk) -> Desk:
    desk.put(dated("inside", -5, -4, in_language="en-GB"))
    desk.put(dated("across", -7, -4, in_language="de", headline="Another headline about the bridge"))
    desk.put(dated("short", -5, -5, headline="Four words"))
    desk.put(
        article("undated", paragraphs=("No time is printed here at all, as may happen to anyone.",), headline="Undated")
    )
    return desk


PERIOD = {"published_from": later(-6), "published_before": later(-3)}


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({}, ["inside", "across", "short", "undated"]),
        (PERIOD, ["inside", "short"]),
        (PERIOD | {"is_certain": False}, ["inside", "across", "short"]),
        ({"languages": ("en",)}, ["inside"]),
        ({"languages": ("EN-gb", "de")}, ["inside", "across"]),
        ({"words_min": 10}, ["inside", "across", "undated"]),
        ({"date_within_min": 60}, ["inside", "short"]),
        ({"query": "bridge AND another"}, ["across"]),
        ({"query": "headline: four"}, ["short"]),
        ({"sources": ("zz_*",)}, ["inside", "across", "short", "undated"]),
        ({"sources": ("gb_*",)}, []),
    ],
)
def test_what_answers(filled: Desk, options, expected):
    assert select(filled, **options) == expected


def test_a_query_that_is_none_is_refused(filled: Desk):
    with pytest.raises(ValueError, match="not a full-text query"):
        select(filled, query="ferry AND (")


def test_latest_gives_the_newest_first(filled: Desk):
    assert select(filled, latest=2) == ["undated", "inside"]  # the undated one by when it was first seen, at noon
    assert select(filled, latest=9) == ["undated", "inside", "short", "across"]


def test_distinct_takes_the_one_that_was_certainly_there_first(desk: Desk):
    stamp = {"kind": "relative", "raw": "x"}
    desk.put(article("first-stored", date_published=Timestamp(earliest=later(-9), latest=later(-1), **stamp)))
    copied = article(url="https://gazette.example/told-first", publisher="The Gazette")
    desk.put(
        article(
            url=copied.url,
            publisher="The Gazette",
            date_published=Timestamp(earliest=later(-3), latest=later(-2), **stamp),
        ),
        at=NOON + timedelta(minutes=1),
    )
    assert len(select(desk)) == 2
    assert select(desk, is_distinct=True) == ["told-first"]


def test_revisions_first_latest_and_all(desk: Desk):
    for step, kind in enumerate((0, 1, 1)):
        change(desk, step, kind, "ferry")
    until = last_seq(desk.store.connection)
    given = {
        which: [
            (row["revision"], row["fetched_at"])
            for row in rows(desk.store, Selection(revisions=which), until_seq=until)
        ]
        for which in ("first", "latest", "all")
    }
    times = [to_text(later(step)) for step in range(3)]
    assert given["first"] == [(1, times[0])]
    assert given["latest"] == [(3, times[2])]
    assert given["all"] == list(zip((1, 2, 3), times, strict=True))


def test_an_earlier_text_comes_as_the_article_stood_then(desk: Desk):
    desk.put(article(origins={"headline": "meta"}, http_status=200))
    change(desk, 1, 2, "ferry")  # its date narrows
    change(desk, 2, 1, "ferry")  # another text
    change(desk, 3, 3, "ferry")  # gone
    until = last_seq(desk.store.connection)
    first, last = rows(desk.store, Selection(revisions="all"), until_seq=until)
    assert (first["op"], first["status"], first["origins"], first["http_status"]) == (
        "narrow",
        "usable",
        '{"headline":"meta"}',
        200,
    )
    assert first["changed_at"] == to_text(later(1))
    assert first["newscrawl_version"] == "0"
    assert (last["op"], last["status"], last["revision"]) == ("gone", "gone", 2)
    assert PARAGRAPHS[-1] in first["article_body"]
    assert PARAGRAPHS[-1] not in last["article_body"]


def test_distinct_takes_the_agencys_own_page_whatever_was_there_first(desk: Desk):
    desk.put(article(credit="Reuters"))
    desk.put(article(url="https://www.reuters.com/world/ferry", publisher="Reuters"), at=later(1))
    assert select(desk, is_distinct=True) == ["ferry"]
    (row,) = rows(desk.store, Selection(is_distinct=True), until_seq=last_seq(desk.store.connection))
    assert row["url"] == "https://www.reuters.com/world/ferry"


@pytest.mark.parametrize(
    ("extra", "why"),
    [
        ({"tdm_reservation": {"value": 1, "evidence": "meta:tdm-reservation"}}, "tdm_reservation"),
        ({"robots": {"noarchive": "meta:robots"}}, "noarchive"),
        ({"robots": {"nofollow": "meta:robots"}}, None),
        ({"tdm_reservation": {"value": 0, "evidence": "header:tdm-reservation"}}, None),
        ({"byline": 'says "robots" and no more'}, None),
    ],
)
def test_reserved_texts_are_left_out_and_said(desk: Desk, extra, why):
    desk.put(article(extra=extra))
    until = last_seq(desk.store.connection)
    (row,) = rows(desk.store, Selection(), until_seq=until)
    assert row["body_withheld"] == why
    assert (row["article_body"] is None) == (why is not None)
    (row,) = rows(desk.store, Selection(with_reserved=True), until_seq=until)
    assert row["article_body"]
    assert row["body_withheld"] is None


def test_an_article_that_answers_no_more_is_told_to_who_had_it(desk: Desk):
    change(desk, 0, 0, "ferry")
    after = last_seq(desk.store.connection)
    change(desk, 1, 1, "ferry")  # its last paragraph, which names the captain, is another now
    until = last_seq(desk.store.connection)
    (row,) = rows(desk.store, Selection(query="captain"), after_seq=after, until_seq=until)
    assert (row["op"], row["url"], row["article_body"]) == ("outside", None, None)
    assert list(rows(desk.store, Selection(query="captain"), until_seq=until)) == []


STEPS = st.lists(
    st.tuples(st.integers(0, KINDS - 2), st.sampled_from(["ferry", "bridge"])), min_size=2, max_size=8
)  # a takedown reaches into the past, as it must
SELECTIONS = st.sampled_from(
    [
        Selection(),
        Selection(is_distinct=True),
        Selection(revisions="all"),
        Selection(revisions="first"),
        Selection(query="petition OR ferry"),
        Selection(published_from=later(-2), is_certain=False),
        Selection(date_within_min=90),
        Selection(words_min=40),
    ]
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS, cut=st.integers(1, 7), selection=SELECTIONS)
def test_nothing_after_t_leaks_into_an_export_as_of_t(tmp_path_factory, steps, cut, selection):
    def export(until: int) -> bytes:
        out = io.BytesIO()
        FORMATS["jsonl"].write(rows(desk.store, selection, until_seq=until), out)
        return out.getvalue()

    with open_store(tmp_path_factory.mktemp("db") / "news.db") as store:
        desk = new_desk(store)
        then, at = b"", later(0)
        for step, (kind, slug) in enumerate(steps):
            change(desk, step, kind, slug)
            if step + 1 == min(cut, len(steps)):
                then, at = export(last_seq(store.connection)), later(step)
        assert export(last_seq(store.connection, to_text(at))) == then
