"""Which articles repeat which: the same sets in any order of arrival; notices are no copies."""

import random
from itertools import permutations
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newscrawl.store import open_store
from newscrawl.store.copies import pairs_at
from newscrawl.store.lookup import copy_set
from newscrawl.store.reading import states
from newscrawl.store.upkeep import verify
from tests.dedupe.prose import SCRIPTS, make_body
from tests.store.conftest import NOON, PARAGRAPHS, Desk, article, later, source

A, B, C, OTHER = (make_body(number, 300) for number in range(4))
CRAWL = {
    "a": A,
    "b": B,
    "both": f"{A}\n\n{B}",
    "lead of a": A[:700],
    "long, with b": f"{C}\n\n{make_body(9, 1_500)}\n\n{B}",
    "other": OTHER,
}


def sets_of(path: Path, order) -> set[frozenset[str]]:
    with open_store(path) as store:
        with store.transaction():
            run_id = store.runs.begin("test", arguments={}, version="0", now=NOON)
            channel_id = store.channels.register(source(), now=NOON)["https://herald.example/"].id
        desk = Desk(store, run_id, channel_id)
        ids = {}
        for name in order:
            url = f"https://{name.replace(' ', '-').replace(',', '')}.example/news"
            ids[desk.put(article(url=url, headline=name, paragraphs=(CRAWL[name],))).article_id] = name
        return {frozenset(ids[row["id"]] for row in copy_set(store.connection, one)) for one in ids}


def test_a_text_that_contains_two_joins_them_in_any_order(tmp_path: Path):
    for number, order in enumerate(permutations(("a", "b", "both"))):
        assert sets_of(tmp_path / f"{number}.db", order) == {frozenset(order)}


@pytest.mark.parametrize("seed", range(8))
def test_sets_do_not_depend_on_the_order_of_arrival(tmp_path: Path, seed: int):
    order = random.Random(seed).sample(sorted(CRAWL), len(CRAWL))
    joined = frozenset(CRAWL) - {"other"}
    assert sets_of(tmp_path / "news.db", order) == {joined, frozenset(("other",))}


def test_a_pair_is_told_from_either_side(desk: Desk):
    desk.put(article("whole", paragraphs=(A,)))
    desk.put(article("cut", url="https://gazette.example/cut", paragraphs=(A[:700],)))
    copies = desk.store.articles.copies
    assert [(row["other_id"], row["kind"]) for row in copies.of(2)] == [(1, "part")]
    assert [(row["other_id"], row["kind"]) for row in copies.of(1)] == [(2, "whole")]


NOTICE = ("Please switch off your blocker and load this page anew; what advertisers pay keeps our staff of nine.",)


@pytest.mark.parametrize("headline", ["Subscribe", None])
def test_a_third_address_shows_that_it_is_a_notice_and_parts_the_first_two(desk: Desk, headline: str | None):
    for number in range(2):
        desk.put(article(str(number), headline=headline or f"Headline {number}", paragraphs=NOTICE * 3))
    assert [row["copy_of"] for row in desk.rows("articles")] == [None, 1]
    desk.put(article("2", headline=headline or "Headline 2", paragraphs=NOTICE * 3), at=later(1))
    assert [(row["verdict"], row["copy_of"]) for row in desk.rows("articles")] == [("new", None)] * 3
    assert [desk.store.articles.copies.of(number) for number in (1, 2, 3)] == [[]] * 3
    assert pairs_at(desk.store.connection, 2) == [(2, 1, "same")]  # as was thought then
    assert [row["op"] for row in desk.rows("changes")] == ["new", "new", "new", "relate"]


def test_a_few_words_under_another_headline_are_no_copy(desk: Desk):
    for number in range(2):
        desk.put(article(str(number), headline=f"Headline {number}", paragraphs=NOTICE))
    assert [row["verdict"] for row in desk.rows("articles")] == ["new", "new"]
    assert "few words" in desk.rows("articles")[1]["decision_reason"]


def test_a_long_text_under_another_headline_of_the_host_is_a_copy(desk: Desk):
    desk.put(article("1", paragraphs=PARAGRAPHS * 2, headline="One"))
    stored = desk.put(article("2", paragraphs=PARAGRAPHS * 2, headline="Two"))
    assert stored is not None
    assert stored.decision.verdict == "copy"


TEXT = st.tuples(st.sampled_from(sorted(SCRIPTS)), st.integers(0, 2), st.sampled_from((4, 20, 60, 150, 300)))
"""(script, which text of it, how much of it): two of one text are cuts of each other; the shortest are exact only."""
TEXTS = st.lists(TEXT, min_size=2, max_size=6)
_SEEN = {"last_seen_at", "visited_at"}


def body_of(text: tuple[str, int, int]) -> str:
    script, seed, count = text
    return make_body(seed, 300, script)[: count * (8 if SCRIPTS[script][2] else 3)]


def crawled(folder: Path, texts, order) -> tuple[set[frozenset[int]], list, list]:
    """The sets of copies after one crawl in this order, and what the store holds after it and after a second one."""
    with open_store(folder / "news.db") as store:
        with store.transaction():
            run_id = store.runs.begin("test", arguments={}, version="0", now=NOON)
            channel_id = store.channels.register(source(), now=NOON)["https://herald.example/"].id
        desk, ids, held = Desk(store, run_id, channel_id), {}, []
        for hour in range(2):
            for number in order:
                script, body = texts[number][0], body_of(texts[number])
                one = article(script, url=f"https://paper{number}.example/news", paragraphs=(body,))
                ids[desk.put(one, later(hour)).article_id] = number
            rows = [{name: row[name] for name in row.keys() - _SEEN} for row in desk.rows("articles")]
            held.append((rows, *map(desk.rows, ("copies", "revisions", "changes", "urls", "near_sketches"))))
        sets = {frozenset(ids[row["id"]] for row in copy_set(store.connection, one)) for one in ids}
    return sets, *held


@settings(max_examples=12)
@given(texts=TEXTS, data=st.data())
def test_any_crawl_gives_the_same_sets_in_any_order_and_nothing_new_the_second_time(texts, data):
    order = data.draw(st.permutations(range(len(texts))))
    with TemporaryDirectory() as one, TemporaryDirectory() as other:
        sets, first, second = crawled(Path(one), texts, range(len(texts)))
        assert first == second
        assert crawled(Path(other), texts, order)[0] == sets


def test_a_text_that_repeats_another_no_more_is_its_copy_no_more(desk: Desk):
    desk.put(article("a", paragraphs=(A,)))
    desk.put(article("b", url="https://gazette.example/b", paragraphs=(A,)))
    desk.put(article("b", url="https://gazette.example/b", paragraphs=(B,)), at=later(1))
    copy = desk.rows("articles")[1]
    assert (copy["verdict"], copy["copy_of"], copy["copy_similarity"]) == ("revision", None, None)
    assert desk.store.articles.copies.of(1) == desk.store.articles.copies.of(2) == []
    assert pairs_at(desk.store.connection, 2) == [(2, 1, "same")]  # as was true then
    assert pairs_at(desk.store.connection, 3) == []
    assert [row["copy_of_uid"] for row in states(desk.store.connection, after_seq=0, until_seq=2)][1]
    assert list(verify(desk.store.connection)) == []


def test_what_was_a_copy_of_a_changed_text_is_one_of_the_next(desk: Desk):
    for number, paragraphs in enumerate(((A,), (A,), (A, B))):
        desk.put(article(str(number), url=f"https://paper{number}.example/news", paragraphs=paragraphs))
    assert [row["copy_of"] for row in desk.rows("articles")] == [None, 1, 1]
    desk.put(article("0", url="https://paper0.example/news", paragraphs=(C,)), at=later(1))
    rows = desk.rows("articles")
    assert [(row["verdict"], row["copy_of"]) for row in rows] == [("revision", None), ("new", None), ("copy", 2)]
    assert rows[1]["decision_reason"].startswith("the text of 1, which it repeated, has changed")
    assert [(row["op"], row["article_id"]) for row in desk.rows("changes")][3:] == [
        ("revise", 1),
        ("relate", 2),
        ("relate", 3),
    ]
    assert list(verify(desk.store.connection)) == []


def test_a_new_reading_of_a_text_is_compared_anew(desk: Desk):
    desk.put(article("a", paragraphs=(A,)))
    desk.put(article("b", url="https://gazette.example/b", paragraphs=(A,)))
    with desk.store.transaction():
        again = article("b", url="https://gazette.example/b", paragraphs=(B,))
        assert desk.store.articles.reread(2, again, run_id=desk.run_id, now=later(1))
    assert desk.rows("articles")[1]["copy_of"] is None
    assert desk.store.articles.copies.of(2) == []


def sets_after(path: Path, rounds: list[list[str]]) -> tuple[set[frozenset[int]], list[str]]:
    """The sets of copies once each paper has printed its texts, one in each round, and the texts that then stand."""
    with open_store(path) as store:
        with store.transaction():
            run_id = store.runs.begin("test", arguments={}, version="0", now=NOON)
            channel_id = store.channels.register(source(), now=NOON)["https://herald.example/"].id
        desk = Desk(store, run_id, channel_id)
        for hour, bodies in enumerate(rounds):
            for number, body in enumerate(bodies):
                desk.put(article(url=f"https://paper{number}.example/news", paragraphs=(body,)), later(hour))
        assert list(verify(store.connection)) == []
        rows = desk.rows("articles")
        return {frozenset(row["id"] for row in copy_set(store.connection, one["id"])) for one in rows}, [
            row["article_body"] for row in rows
        ]


@settings(max_examples=12)
@given(pairs=st.lists(st.tuples(TEXT, TEXT), min_size=2, max_size=5))
def test_after_revisions_the_sets_are_those_of_the_texts_that_stand(pairs):
    first, second = ([body_of(text) for text in texts] for texts in zip(*pairs, strict=True))
    with TemporaryDirectory() as folder:
        stored, standing = sets_after(Path(folder) / "revised.db", [first, second])
        assert stored == sets_after(Path(folder) / "fresh.db", [standing])[0]
