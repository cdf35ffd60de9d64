import argparse

import pytest
from scrapy.settings import Settings

from newscrawl.commands.copies import Command
from newscrawl.commands.diff import Command as Diff
from newscrawl.commands.why import Command as Why
from tests.dedupe.prose import at
from tests.store.conftest import PARAGRAPHS, article, later
from tests.store.conftest import desk as desk
from tests.store.test_parameters import teach


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
    assert lines[2] == "    a longer text that contains 1 (100%)"
    assert lines[3].startswith("  ")
    assert lines[4] == "    part of the text of 2 (100%)"
    assert lines[5] == "original: 2, published before any other"


def test_an_article_without_copies_says_so(desk, show):
    desk.put(article("only"))
    assert "no copies known" in show("https://herald.example/news/only")


def test_an_unknown_address_fails(desk, show):
    with pytest.raises(SystemExit):
        show("https://herald.example/news/none")


def test_why_tells_pairs_and_what_parameters_mean(desk, capsys):
    teach(desk, 6)
    command = Why()
    command.settings = Settings({"NEWSCRAWL_DB": str(desk.store.path)})
    command.run(["https://herald.example/read?id=1&skin=2"], argparse.Namespace())
    printed = capsys.readouterr().out
    assert "the same text as" in printed
    assert "skin says nothing: 5 texts did not change with it, 0 did" in printed


def test_diff_tells_words_deletion_and_restoring(desk, capsys):
    desk.put(article())
    desk.put(article(paragraphs=(*PARAGRAPHS[:4], "Captain Ilse Maren wants 4 more hands."), fetched_at=later(1)))
    key = "herald.example/news/ferry"
    with desk.store.transaction():
        desk.store.articles.mark_gone(key, run_id=desk.run_id, now=later(2))
        desk.store.articles.mark_deleted(key, run_id=desk.run_id, now=later(9))
    desk.put(article(fetched_at=later(10)), at=later(10))
    command = Diff()
    command.settings = Settings({"NEWSCRAWL_DB": str(desk.store.path)})
    command.run(["https://herald.example/news/ferry"], argparse.Namespace())
    printed = capsys.readouterr().out
    told = ("{+wants+}", "gone: the page answered", "deletion: hours later", "restored, ")
    assert sorted(told, key=printed.index) == list(told)
