import argparse

import pytest
from scrapy.settings import Settings

from newscrawl.commands.copies import Command
from tests.dedupe.prose import at
from tests.store.conftest import PARAGRAPHS, article
from tests.store.conftest import desk as desk


@pytest.fixture
def show(desk, capsys):
    def shown(address):
        command = Command()
        command.settings = Settings({"NEWSCRAWL_DB": str(desk.store.path)})
        command.run([address], argparse.Namespace())
        return capsys.readouterr().out

    return shown


def test_copies_stand_in_time_with_the_original_marked(desk, show):
    desk.put(article("late", url="https://other.example/n/1", date_published=at(5), paragraphs=PARAGRAPHS[:3]))
    desk.put(article("first", date_published=at(1)))
    lines = show("https://other.example/n/1").splitlines()
    assert lines[1].startswith("* ")
    assert lines[1].endswith("https://herald.example/news/first")
    assert lines[2].startswith("  ")
    assert lines[3] == "original: 2, published before any other"


def test_an_article_without_copies_says_so(desk, show):
    desk.put(article("only"))
    assert "no copies known" in show("https://herald.example/news/only")


def test_an_unknown_address_fails(desk, show):
    with pytest.raises(SystemExit):
        show("https://herald.example/news/none")
