"""Takedown: no text of the article is left anywhere in the file, and it does not come back."""

from newscrawl.store.lookup import copy_set, find_article
from newscrawl.store.reading import last_seq, states
from newscrawl.store.takedown import forget
from newscrawl.urls import key
from tests.store.conftest import PARAGRAPHS, Desk, article, later

URL = "https://herald.example/news/ferry"


def take_down(desk: Desk, *, copies: bool = False) -> None:
    connection = desk.store.connection
    found = find_article(connection, URL)
    gone = copy_set(connection, found["id"]) if copies else [found]
    with desk.store.transaction():
        forget(connection, gone, reason="asked by the publisher", now=later(5))


def test_no_word_of_it_stays_in_the_file(desk: Desk, tmp_path):
    desk.put(article(headline="Zyxwv before"))
    desk.put(article(headline="Zyxwv after", paragraphs=(*PARAGRAPHS[:4], "Qponm was added.")), at=later(1))
    take_down(desk)
    desk.store.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    for table in ("articles", "revisions", "changes", "sightings", "queue", "near_sketches", "near_shingles"):
        told = str(desk.rows(table))
        assert "Zyxwv" not in told
        assert "Qponm" not in told
    assert desk.rows("near_sketches") == []
    found = desk.store.connection.execute("SELECT count(*) FROM articles_fts WHERE articles_fts MATCH 'Zyxwv'")
    assert found.fetchone()[0] == 0


def test_it_is_known_as_gone_and_not_stored_again(desk: Desk):
    desk.put(article())
    take_down(desk)
    assert desk.store.articles.known([key(URL)]) == {key(URL): 0}
    assert desk.put(article(), at=later(6)) is None


def test_consumers_learn_of_it_and_earlier_ranges_leave_it_out(desk: Desk):
    desk.put(article())
    uid = desk.rows("articles")[0]["uid"]
    before = last_seq(desk.store.connection)
    take_down(desk)
    until = last_seq(desk.store.connection)
    (state,) = states(desk.store.connection, after_seq=before, until_seq=until)
    assert (state["uid"], state["op"]) == (uid, "takedown")
    assert list(states(desk.store.connection, after_seq=0, until_seq=before)) == []


def test_its_copies_stay_and_are_copies_of_nothing_or_go_with_it(desk: Desk):
    desk.put(article())
    desk.put(article(url="https://gazette.example/ferry", publisher="The Gazette"), at=later(1))
    assert [row["copy_of"] for row in desk.rows("articles")] == [None, 1]
    take_down(desk)
    assert [(row["copy_of"], row["copy_similarity"]) for row in desk.rows("articles")] == [(None, None)]
    assert desk.rows("changes")[-2]["op"] == "relate"


def test_copies_go_with_it_when_asked(desk: Desk):
    desk.put(article())
    desk.put(article(url="https://gazette.example/ferry", publisher="The Gazette"), at=later(1))
    take_down(desk, copies=True)
    assert desk.rows("articles") == []
    assert {row["reason"] for row in desk.rows("tombstones")} == {"asked by the publisher"}
