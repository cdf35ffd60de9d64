"""States: the same range gives the same rows, however late it is read, and nothing later leaks in."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from newscrawl.models import Timestamp
from newscrawl.store import open_store, reading
from newscrawl.store.reading import last_seq, states
from newscrawl.store.values import to_text
from tests.store.conftest import PARAGRAPHS, Desk, article, later


def read(desk: Desk, after: int, until: int) -> list[dict]:
    return list(states(desk.store.connection, after_seq=after, until_seq=until))


def change(desk: Desk, step: int, kind: int, slug: str) -> None:
    """One of the ways the store changes, chosen by number."""
    at = later(step)
    if kind == 0:
        desk.put(article(slug, fetched_at=at), at=at)
    elif kind == 1:
        text = (*PARAGRAPHS[:4], f"By step {step}, {step * 41 + 7} islanders of {slug} had signed the petition.")
        desk.put(article(slug, paragraphs=text, fetched_at=at), at=at)
    elif kind == 2:
        stamp = Timestamp(earliest=later(-2), latest=later(-1 / (step + 1)), raw="x", origin="listing", kind="relative")
        desk.put(article(slug, date_published=stamp, fetched_at=at), at=at)
    else:
        with desk.store.transaction():
            desk.store.articles.mark_gone(f"herald.example/news/{slug}", run_id=desk.run_id, now=at)


STEPS = st.lists(st.tuples(st.integers(0, 3), st.sampled_from(["ferry", "bridge"])), min_size=2, max_size=8)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS, cut=st.integers(1, 7))
def test_what_is_read_later_of_an_earlier_place_is_what_was_read_there(tmp_path_factory, steps, cut):
    from newscrawl.store import open_store
    from tests.store.conftest import NOON, source

    with open_store(tmp_path_factory.mktemp("db") / "news.db") as store:
        with store.transaction():
            run_id = store.runs.begin("test", arguments={}, version="0", now=NOON)
            found = store.channels.register(source(), now=NOON)
        desk = Desk(store, run_id, found["https://herald.example/"].id)
        then, until, at = None, 0, later(0)
        for step, (kind, slug) in enumerate(steps):
            change(desk, step, kind, slug)
            if step + 1 == min(cut, len(steps)):
                until, at = last_seq(store.connection), later(step)
                then = read(desk, 0, until)
        assert read(desk, 0, until) == then
        assert last_seq(store.connection, to_text(at)) == until


def test_a_range_holds_each_changed_article_once_in_order(desk: Desk):
    change(desk, 0, 0, "ferry")
    change(desk, 1, 0, "bridge")
    change(desk, 2, 1, "ferry")
    end = last_seq(desk.store.connection)
    assert [(row["url"].rsplit("/", 1)[1], row["op"]) for row in read(desk, 0, end)] == [
        ("bridge", "new"),
        ("ferry", "revise"),
    ]
    assert [row["op"] for row in read(desk, 2, end)] == ["revise"]
    assert read(desk, end, end) == []


def test_what_is_written_while_states_are_read_changes_none_and_the_log_is_folded(desk: Desk, monkeypatch):
    monkeypatch.setattr(reading, "_BATCH", 1)
    slugs = ["ferry", "bridge", "quay"]
    for step, slug in enumerate(slugs):
        change(desk, step, 0, slug)
    end = last_seq(desk.store.connection)
    at_once = read(desk, 0, end)
    with open_store(desk.store.path, read_only=True) as reader:
        found = []
        for step, state in enumerate(states(reader.connection, after_seq=0, until_seq=end)):
            found.append(state)
            for slug in slugs:
                change(desk, 3 + 3 * step, 1, slug)
                change(desk, 4 + 3 * step, 3, slug)
            busy, *_ = desk.store.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            assert not busy
    assert found == at_once
    assert [state["headline"] for state in read(desk, 0, end)] == [state["headline"] for state in found]


def test_a_batch_ends_after_so_much_text(desk: Desk, monkeypatch):
    for step, slug in enumerate(["ferry", "bridge", "quay"]):
        change(desk, step, 0, slug)
    end = last_seq(desk.store.connection)
    at_once = read(desk, 0, end)
    monkeypatch.setattr(reading, "_BATCH_CHARS", 1)
    assert read(desk, 0, end) == at_once
    assert len(at_once) == 3
