"""Watches: what they match, that a story is told once, and that no message goes where it must not."""

import json
import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from xml.etree import ElementTree

import pytest

from newscrawl import alerts
from newscrawl.commands import watch as command
from newscrawl.errors import SeedError
from newscrawl.watches import Watch, load_watch
from tests.store.conftest import PARAGRAPHS, Desk, article, desk, later

__all__ = ["desk"]

MILL = (
    "The old mill at Ostrow was sold on Friday to the forty people who work in it.",
    "They paid one crown and took over its debts, which the owner put at three million.",
    "Flour will be ground there again from October, said the foreman, Tomas Birk.",
)


class Inbox(BaseHTTPRequestHandler):
    """Takes what is posted."""

    status = 200

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.taken.append(json.loads(body))
        self.send_response(self.status)
        self.end_headers()

    def log_message(self, *_):
        """Say nothing."""


@pytest.fixture
def inbox() -> Iterator[HTTPServer]:
    server = HTTPServer(("127.0.0.1", 0), Inbox)
    server.taken = []
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def watch(**values) -> Watch:
    return Watch(**{"name": "harbour", "path": "watches/harbour.toml", "query": "ferry", **values})


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("", "match every article"),
        ("querry = 'ferry'", "querry"),
        ("query = 3", "str"),
        ("name = 'x'\nquery = 'y'", "not set in it"),
        ("query = 'x'\ncopies_min = 0", "1 or more"),
        ("query = ", "file"),
    ],
)
def test_a_faulty_file_is_one_clear_error(tmp_path: Path, text: str, part: str):
    path = tmp_path / "harbour.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(SeedError, match=part):
        load_watch(path)


def test_a_file_names_its_watch(tmp_path: Path):
    path = tmp_path / "harbour.toml"
    path.write_text("query = 'ferry AND crew'\nsources = ['zz_*']\n", "utf-8")
    loaded = load_watch(path)
    assert (loaded.name, loaded.query, loaded.sources) == ("harbour", "ferry AND crew", ("zz_*",))


@pytest.mark.parametrize(
    ("values", "found"),
    [
        ({}, 1),
        ({"query": "mill OR ferry"}, 2),
        ({"query": "zeppelin"}, 0),
        ({"sources": ("zz_*",)}, 1),
        ({"sources": ("gb_*",)}, 0),
        ({"in_language": ("en",)}, 1),
        ({"in_language": ("de",)}, 0),
        ({"copies_min": 2}, 0),
    ],
)
def test_what_a_watch_matches(desk: Desk, values, found):
    desk.put(article(in_language="en-GB"))
    desk.put(article("mill", paragraphs=MILL, headline="Mill sold to its workers", in_language="en-GB"))
    assert len(desk.store.matches.find(watch(**values), since=later(-1))) == found


def test_a_query_that_is_none_is_an_error(desk: Desk):
    with pytest.raises(SeedError, match="full-text"):
        desk.store.matches.find(watch(query='ferry AND "'), since=later(-1))


def run(desk: Desk, one: Watch, inbox: HTTPServer, monkeypatch, hours: float = 1) -> bool:
    monkeypatch.setattr(command, "utc_now", lambda: later(hours))
    monkeypatch.setattr(alerts, "PAUSE_S", 0.0)
    return command._run(desk.store, [one], frozenset({("127.0.0.1", inbox.server_port)}))


def test_a_story_is_told_once_and_many_in_one_message(desk: Desk, inbox: HTTPServer, monkeypatch):
    desk.put(article())
    desk.put(article("mill", paragraphs=MILL, headline="Mill <b>sold</b>"))
    one = watch(query="mill OR ferry", targets=(f"json://127.0.0.1:{inbox.server_port}/",))
    assert not run(desk, one, inbox, monkeypatch)
    assert not run(desk, one, inbox, monkeypatch)
    assert len(inbox.taken) == 1
    assert "Ferry to Larkholm" in inbox.taken[0]["message"]
    assert "Mill <b>sold</b>" in inbox.taken[0]["message"]


def test_what_could_not_be_delivered_is_told_by_the_next_round(desk: Desk, inbox: HTTPServer, monkeypatch):
    desk.put(article())
    one = watch(targets=(f"json://127.0.0.1:{inbox.server_port}/",))
    monkeypatch.setattr(Inbox, "status", 500)
    assert run(desk, one, inbox, monkeypatch)
    assert len(inbox.taken) == alerts.TRIES
    monkeypatch.setattr(Inbox, "status", 200)
    assert not run(desk, one, inbox, monkeypatch)
    assert not run(desk, one, inbox, monkeypatch)
    assert len(inbox.taken) == alerts.TRIES + 1


def test_what_reached_one_target_is_still_told_to_the_other(desk: Desk, inbox: HTTPServer, monkeypatch):
    desk.put(article())
    monkeypatch.setenv("LATER", "json://127.0.0.1:9/")
    one = watch(targets=(f"json://127.0.0.1:{inbox.server_port}/", "env:LATER"))
    assert run(desk, one, inbox, monkeypatch)
    assert len(inbox.taken) == 1
    monkeypatch.setenv("LATER", f"json://127.0.0.1:{inbox.server_port}/later")
    assert not run(desk, one, inbox, monkeypatch)
    assert not run(desk, one, inbox, monkeypatch)
    assert len(inbox.taken) == 2


def test_each_target_has_its_budget_and_what_is_over_it_waits(desk: Desk, inbox: HTTPServer, monkeypatch):
    desk.put(article())
    desk.put(article("mill", paragraphs=MILL, headline="Mill sold"))
    one = watch(
        query="mill OR ferry",
        targets=(f"json://127.0.0.1:{inbox.server_port}/",),
        messages_per_day=1,
        stories_per_message=1,
    )
    assert not run(desk, one, inbox, monkeypatch)
    assert not run(desk, one, inbox, monkeypatch)
    assert [message["message"].splitlines()[1:] for message in inbox.taken] == [["… 1 more follow in the next message"]]
    assert not run(desk, one, inbox, monkeypatch, hours=26)
    assert [("Ferry" in message["message"], "Mill" in message["message"]) for message in inbox.taken] == [
        (True, False),
        (False, True),
    ]


def test_a_new_target_is_not_told_what_is_old(desk: Desk, inbox: HTTPServer, monkeypatch):
    desk.put(article())
    assert not run(desk, watch(), inbox, monkeypatch)
    one = watch(targets=(f"json://127.0.0.1:{inbox.server_port}/",))
    assert not run(desk, one, inbox, monkeypatch, hours=50)
    assert inbox.taken == []


def test_changes_of_health_are_told(desk: Desk, inbox: HTTPServer, monkeypatch):
    with desk.store.transaction():
        desk.store.health.change("zz_herald", "broken", "no entry", {}, now=later(0))
    one = watch(query="", health=True, targets=(f"json://127.0.0.1:{inbox.server_port}/",))
    assert not run(desk, one, inbox, monkeypatch)
    assert not run(desk, one, inbox, monkeypatch)
    assert [message["message"] for message in inbox.taken] == ["zz_herald is broken: no entry"]


@pytest.mark.parametrize(
    "target",
    [
        "json://127.0.0.1:9/",
        "jsons://169.254.169.254/",
        "xml://localhost/",
        "json://2130706433/",
        "mailto://who:what@localhost:2525/?from=a@herald.example&to=b@herald.example",
    ],
)
def test_a_webhook_on_no_public_address_is_refused(target: str):
    with pytest.raises(SeedError, match="blocked_address"):
        alerts.deliver(watch(), target, "title", ["line"])


def test_a_name_is_judged_by_what_is_connected_to(inbox: HTTPServer, monkeypatch):
    asked: list[str] = []

    def look_up(host, port, *_, **__):
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]

    monkeypatch.setattr("socket.getaddrinfo", look_up)
    with pytest.raises(SeedError, match=r"blocked_address: json://… leads to turning\.example"):
        alerts.deliver(watch(), f"json://turning.example:{inbox.server_port}/", "title", ["line"])
    assert socket.getaddrinfo is look_up
    assert (asked, inbox.taken) == (["turning.example"], [])


def test_feeds_hold_the_stories_and_are_well_formed(desk: Desk, tmp_path: Path):
    desk.put(article(headline="Ferry & <mill> \u202e"))
    one = watch(feed=str(tmp_path / "out" / "harbour"))
    found = desk.store.matches.find(one, since=later(-1))
    alerts.write_feeds(one, found, now=later(1))
    atom = ElementTree.parse(tmp_path / "out" / "harbour.atom").getroot()
    titles = [title.text for title in atom.iterfind("{*}entry/{*}title")]
    assert titles == ["Ferry & <mill> "]
    made = json.loads((tmp_path / "out" / "harbour.json").read_text("utf-8"))
    assert [item["url"] for item in made["items"]] == [article().url]


def test_the_line_of_a_story_is_one_line(desk: Desk):
    desk.put(article(headline="Ferry\nto\x1b[31m Larkholm", paragraphs=PARAGRAPHS))
    line = alerts.line_of(desk.store.matches.find(watch(), since=later(-1))[0])
    assert "\n" not in line
    assert "\x1b" not in line
