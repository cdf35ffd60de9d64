"""What becomes of an article that is handed to the store."""

import json
from dataclasses import replace
from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from newscrawl.models import Timestamp
from newscrawl.store.rows import row_hash
from tests.store.conftest import NOON, PARAGRAPHS, Desk, article, later


def stamp(start_h: float, end_h: float) -> Timestamp:
    return Timestamp(earliest=later(start_h), latest=later(end_h), raw="an hour ago", origin="listing", kind="relative")


def test_a_new_article_leaves_a_row_a_change_and_its_addresses(desk: Desk):
    stored = desk.put(article(canonical_url="https://herald.example/2026/ferry"))
    assert stored is not None
    assert stored.decision.verdict == "new"
    [row] = desk.rows("articles")
    assert row["first_seen_at"] == "2026-07-28T12:00:00.000Z"
    assert row["word_count"] == sum(len(text.replace(":", " ").replace(",", " ").split()) for text in PARAGRAPHS)
    assert [change["op"] for change in desk.rows("changes")] == ["new"]
    assert {url["role"] for url in desk.rows("urls")} == {"url", "canonical"}


def test_the_same_article_again_changes_nothing_but_when_it_was_seen(desk: Desk):
    desk.put(article())
    before = desk.rows("articles")[0]
    stored = desk.put(article(fetched_at=later(1)), at=later(1))
    assert stored is not None
    assert stored.decision.verdict == "same"
    after = desk.rows("articles")[0]
    assert {name for name in after if after[name] != before[name]} == {"last_seen_at", "visited_at"}
    assert len(desk.rows("changes")) == 1


def test_a_changed_text_is_a_revision_and_the_old_one_is_kept(desk: Desk):
    desk.put(article())
    edited = (
        *PARAGRAPHS[:1],
        "Ten of its fourteen members voted for it; it costs 310,000 crowns a year.",
        *PARAGRAPHS[2:],
    )
    stored = desk.put(article(paragraphs=edited, fetched_at=later(2)), at=later(2))
    assert stored is not None
    assert (stored.decision.verdict, stored.revision) == ("revision", 2)
    [row], [old] = desk.rows("articles"), desk.rows("revisions")
    assert "310,000" in row["article_body"]
    assert "240,000" in old["article_body"]
    assert (old["number"], old["fetched_at"], old["superseded_at"]) == (
        1,
        "2026-07-28T12:00:00.000Z",
        "2026-07-28T14:00:00.000Z",
    )
    assert row["row_hash"] == row_hash("articles", row)


def test_a_second_sighting_narrows_the_date_and_is_logged(desk: Desk):
    desk.put(article(date_published=stamp(-2, -1)))
    with desk.store.transaction():
        [url] = desk.rows("urls")
        desk.store.articles.seen_again(url["url_key"], stamp(-1.5, -0.5), run_id=desk.run_id, now=later(0.5))
    [row] = desk.rows("articles")
    assert row["date_published_earliest"] == "2026-07-28T10:30:00.000Z"
    assert row["date_published_latest"] == "2026-07-28T11:00:00.000Z"
    change = desk.rows("changes")[-1]
    assert change["op"] == "narrow"
    assert "2026-07-28T10:00:00.000Z" in change["was"]


def test_a_contradicting_sighting_keeps_the_hull_and_says_so(desk: Desk):
    desk.put(article(date_published=stamp(-6, -5)))
    desk.put(article(date_published=stamp(-2, -1), fetched_at=later(1)), at=later(1))
    [row] = desk.rows("articles")
    assert row["date_published_earliest"] == "2026-07-28T06:00:00.000Z"
    assert row["date_published_latest"] == "2026-07-28T11:00:00.000Z"
    assert "contradicted" in row["date_published_flags"]
    logged = desk.rows("changes")
    with desk.store.transaction():
        for claim in (stamp(-2, -1), stamp(-6, -5)):  # each is met again, and settles nothing
            desk.store.articles.seen_again(row["url_key"], claim, run_id=desk.run_id, now=later(2))
    [again] = desk.rows("articles")
    assert again | {"last_seen_at": row["last_seen_at"]} == row
    assert desk.rows("changes") == logged


def test_another_papers_printing_is_a_copy_of_the_first(desk: Desk):
    first = desk.put(article())
    other = article("boat", url="https://gazette.example/boats/42", headline="Hourly boats to the island from Monday")
    stored = desk.put(other, at=later(1))
    assert first is not None
    assert stored is not None
    assert (stored.decision.verdict, stored.decision.of) == ("copy", first.article_id)


def test_a_taken_down_address_is_not_stored_again(desk: Desk):
    desk.store.connection.execute(
        "INSERT INTO tombstones VALUES ('herald.example/news/ferry', 'u', '2026-07-01T00:00:00.000Z', 'asked')"
    )
    assert desk.put(article()) is None
    assert desk.rows("articles") == []


def test_a_vanished_page_keeps_its_text(desk: Desk):
    desk.put(article())
    with desk.store.transaction():
        desk.store.articles.mark_gone("herald.example/news/ferry", run_id=desk.run_id, now=later(3))
    [row] = desk.rows("articles")
    assert row["status"] == "gone"
    assert row["article_body"]


def test_full_text_search_follows_revisions(desk: Desk):
    desk.put(article())
    edited = (*PARAGRAPHS[:4], "Captain Ilse Maren said that her crew wants a lighthouse before the autumn storms.")
    desk.put(article(paragraphs=edited, fetched_at=later(2)), at=later(2))
    found = desk.store.connection.execute(
        "SELECT a.id FROM articles_fts f JOIN articles a ON a.id = f.rowid WHERE articles_fts MATCH 'lighthouse'"
    ).fetchall()
    gone = desk.store.connection.execute("SELECT * FROM articles_fts WHERE articles_fts MATCH 'hands'").fetchall()
    assert len(found) == 1
    assert gone == []


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(st.characters(codec=None), min_size=1, max_size=80))
def test_any_text_a_page_holds_can_be_stored_and_read_back(desk: Desk, text: str):
    slug = str(abs(hash(text)))
    desk.put(article(slug, headline=text, description=text, authors=(text,), extra={"kicker": text}))
    assert desk.store.connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    for row in desk.rows("articles"):
        assert row["row_hash"] == row_hash("articles", row)


def test_an_article_from_a_listing_is_refined_by_its_page(desk: Desk):
    desk.put(article(http_status=None, authors=()))
    desk.put(replace(article(fetched_at=NOON + timedelta(minutes=5)), authors=("Ilse Maren",)), at=later(0.1))
    [row] = desk.rows("articles")
    assert row["authors"] == '["Ilse Maren"]'
    assert row["visited_at"] is not None


def test_a_text_that_goes_back_and_forth_is_counted_not_kept(desk: Desk):
    other = (*PARAGRAPHS[:4], "Captain Ilse Maren said that her crew of thirty would need no more hands at all.")
    for hour in range(8):
        text = other if hour % 2 else PARAGRAPHS
        desk.put(article(paragraphs=text, fetched_at=later(hour)), at=later(hour))
    [row] = desk.rows("articles")
    assert (row["revision"], row["trivial_changes"]) == (3, 3)


def test_the_first_time_a_text_comes_back_it_is_restored(desk: Desk):
    texts = (PARAGRAPHS, PARAGRAPHS[:2], PARAGRAPHS[1:4], PARAGRAPHS)
    for hour, text in enumerate(texts):
        desk.put(article(paragraphs=text, fetched_at=later(hour)), at=later(hour))
    kinds = [json.loads(row["change"])["kinds"] for row in desk.rows("revisions")]
    assert kinds[-1][0] == "restored"
    assert "restored" not in kinds[0] + kinds[1]
    assert desk.rows("articles")[0]["trivial_changes"] == 0


def test_a_page_that_was_gone_and_comes_back_is_restored(desk: Desk):
    desk.put(article())
    url_key = "herald.example/news/ferry"
    with desk.store.transaction():
        desk.store.articles.mark_gone(url_key, run_id=desk.run_id, now=later(1))
        desk.store.articles.mark_deleted(url_key, run_id=desk.run_id, now=later(8))
    desk.put(article(fetched_at=later(9)), at=later(9))
    assert desk.rows("articles")[0]["status"] == "usable"
    assert [row["op"] for row in desk.rows("changes")] == ["new", "gone", "deleted", "restore"]


def test_only_so_many_revisions_are_kept_with_the_first_among_them(desk: Desk):
    for hour in range(16):
        text = (*PARAGRAPHS[:4], f"By {hour} o'clock {hour * 37 + 11} islanders had signed the captain's petition.")
        desk.put(article(paragraphs=text, fetched_at=later(hour)), at=later(hour))
    numbers = [row["number"] for row in desk.rows("revisions")]
    assert numbers[0] == 1
    assert len(numbers) == 10
    assert numbers[-1] == 15
