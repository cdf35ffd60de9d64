"""A power cut at any moment: what was acknowledged is there, whole, and the file is sound."""

import os
import random
from dataclasses import dataclass
from pathlib import Path

import pytest

from newscrawl.store import HostState, QueuedUrl, open_store
from newscrawl.store.upkeep import verify
from newscrawl.urls import key
from tests.store.conftest import NOON, PARAGRAPHS, Desk, article, source
from tests.store.powercut import Recording, recorded

CUTS = int(os.environ.get("NEWSCRAWL_POWER_CUTS", "40"))
COMMITS = 40
CHECKPOINT_PAGES = 40


@dataclass
class Story:
    """What was done to a database, and after how many events each commit was acknowledged."""

    before: dict[str, bytes]
    recording: Recording
    acknowledged: list[int]


def tell(folder: Path, pragma: str) -> Story:
    path = folder / "news.db"
    with open_store(path) as store, store.transaction():
        run_id = store.runs.begin("test", arguments={}, version="0", now=NOON)
        channel_id = store.channels.register(source(), now=NOON)["https://herald.example/"].id
    before, acknowledged = {"news.db": path.read_bytes()}, []
    with recorded() as recording, open_store(path) as store:
        store.connection.execute(f"PRAGMA wal_autocheckpoint = {CHECKPOINT_PAGES}")
        store.connection.execute(pragma)
        desk = Desk(store, run_id, channel_id)
        for number in range(COMMITS):
            write(desk, number)
            acknowledged.append(len(recording.events))
        recording.events[acknowledged[-1] :] = []
        events = recording.events.copy()
    return Story(before, Recording(events), acknowledged)


def write(desk: Desk, number: int) -> None:
    """One commit: an article, its new text, what is still due, and a host."""
    text = tuple(f"{part} {number} {number * 7919}." for part in PARAGRAPHS)
    url = f"https://herald.example/news/{number}"
    due = QueuedUrl(
        url_key=key(url + "-next"), url=url + "-next", source_id="zz_herald", channel_id=desk.channel_id, entry=None
    )
    with desk.store.transaction():
        for paragraphs in (text, (*text[:4], f"By noon {number} more had signed.")):
            desk.store.articles.put(
                article(str(number), headline=f"Story {number}", paragraphs=paragraphs),
                run_id=desk.run_id,
                channel_id=desk.channel_id,
                now=NOON,
            )
        desk.store.queue.add([due], now=NOON, due_at=NOON)
        desk.store.hosts.put(HostState(host=f"h{number}.example"))


def lost(folder: Path, story: Story, moment: int, draw: random.Random) -> int:
    """How many acknowledged commits a cut after `moment` events costs; none is split, and the file is sound."""
    folder.mkdir()
    for name, data in story.recording.after(moment, story.before, draw).items():
        (folder / name).write_bytes(data)
    with open_store(folder / "news.db") as store:
        assert list(verify(store.connection)) == []
        found = [
            {row[0] for row in store.connection.execute(query)}
            for query in (
                "SELECT substr(url, 29) FROM articles WHERE revision = 2",
                "SELECT substr(url, 29, instr(url, '-next') - 29) FROM queue",
                "SELECT substr(host, 2, instr(host, '.') - 2) FROM hosts",
            )
        ]
    assert found[0] == found[1] == found[2], "a commit is split"
    return len({str(number) for number, at in enumerate(story.acknowledged) if at <= moment} - found[0])


def cut_often(folder: Path, story: Story) -> list[int]:
    draw = random.Random(20261125)
    moments = [draw.randrange(len(story.recording.events) + 1) for _ in range(CUTS)]
    # The moments just after an acknowledgement are the ones that matter most.
    moments[::2] = [draw.choice(story.acknowledged) for _ in moments[::2]]
    return [lost(folder / str(number), story, moment, draw) for number, moment in enumerate(moments)]


def recorded_story(folder: Path, pragma: str) -> Story:
    try:
        return tell(folder, pragma)
    except OSError as error:
        pytest.skip(str(error))


def test_a_power_cut_costs_nothing_that_was_acknowledged(tmp_path: Path):
    story = recorded_story(tmp_path, "PRAGMA synchronous")  # as open_store has set it
    assert set(cut_often(tmp_path, story)) == {0}


def test_a_commit_that_is_not_synced_would_be_found_out(tmp_path: Path):
    story = recorded_story(tmp_path, "PRAGMA synchronous = NORMAL")
    assert max(cut_often(tmp_path, story)) > 0
