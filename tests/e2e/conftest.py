"""Newsrooms for the end-to-end tests."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.newsroom import Newsroom
from tests.site import running
from tests.site.running import Papers


@pytest.fixture
def newsroom(tmp_path: Path, papers: Papers) -> Newsroom:
    """A fresh newsroom beside papers that nobody has read."""
    return Newsroom(tmp_path, papers).furnish()


@pytest.fixture(scope="session")
def first_round(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Newsroom]:
    """After one round over all the papers. Do not crawl with it."""
    with running.run() as papers:
        room = Newsroom(tmp_path_factory.mktemp("first"), papers).furnish()
        room.crawl_all()
        yield room


@pytest.fixture(scope="session")
def second_round(first_round: Newsroom, tmp_path_factory: pytest.TempPathFactory) -> Newsroom:
    """A copy of the database as the first round left it, after a second round."""
    room = Newsroom(tmp_path_factory.mktemp("second"), first_round.papers).furnish()
    room.db.write_bytes(first_round.db.read_bytes())
    room.crawl_all()
    return room
