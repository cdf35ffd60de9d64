"""The ways a database changes, by number, as a history to export from."""

from newscrawl.models import Timestamp
from newscrawl.store.lookup import find_article
from newscrawl.store.takedown import forget
from newscrawl.store.values import must_instant
from tests.store.conftest import NOON, PARAGRAPHS, Desk, article, later, source

KINDS = 7


def change(desk: Desk, step: int, kind: int, slug: str) -> None:
    """New or seen again, revised, narrowed, gone, copied, read anew, taken down."""
    at = later(step)
    address = f"https://herald.example/news/{slug}"
    if kind == 0:
        desk.put(article(slug, fetched_at=at), at=at)
    elif kind == 1:
        text = (*PARAGRAPHS[:4], f"By step {step}, {step * 41 + 7} islanders of {slug} had signed the petition.")
        desk.put(article(slug, paragraphs=text, fetched_at=at), at=at)
    elif kind == 2:
        stamp = Timestamp(earliest=later(-2), latest=later(-1 / (step + 1)), raw="x", origin="listing", kind="relative")
        desk.put(article(slug, date_published=stamp, fetched_at=at), at=at)
    elif kind == 3:
        with desk.store.transaction():
            desk.store.articles.mark_gone(f"herald.example/news/{slug}", run_id=desk.run_id, now=at)
    elif kind == 4:
        desk.put(article(slug, url=f"https://gazette.example/{slug}", fetched_at=at), at=at)
    elif kind == 5:
        found = find_article(desk.store.connection, address)
        if found is not None:
            text = (*PARAGRAPHS[: 2 + step % 3], f"Read anew at step {step}.")
            again = article(slug, paragraphs=text, fetched_at=must_instant(found["fetched_at"]))
            with desk.store.transaction():
                assert desk.store.articles.reread(found["id"], again, run_id=desk.run_id, now=at)
    else:
        found = find_article(desk.store.connection, address)
        if found is not None:
            with desk.store.transaction():
                forget(desk.store.connection, [found], reason="asked", now=at)


def new_desk(store) -> Desk:
    """A desk on an open, empty store."""
    with store.transaction():
        run_id = store.runs.begin("test", arguments={}, version="0", now=NOON)
        found = store.channels.register(source(), now=NOON)
    return Desk(store, run_id, found["https://herald.example/"].id)
