"""The world: what stands on the papers' pages at a given moment, and who asked for it."""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Protocol

from tests.site.ages import rfc_822
from tests.site.stories import Story, load

EDITED_AFTER = timedelta(seconds=2)
"""From the first reading to the edit, by the paper's word; whole seconds are printed, so less would not show."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One HTTP answer, before the validators are looked at."""

    body: bytes
    status: int = 200
    content_type: str = "text/html; charset=utf-8"
    location: str = ""
    etag: bool = False
    """Send an ETag made from the body, and honour If-None-Match."""
    last_modified: datetime | None = None
    """Send Last-Modified, and honour If-Modified-Since. None: neither."""


class Paper(Protocol):
    """One paper: an address of its own, and what stands at each path."""

    key: str
    host: str

    def answer(self, world: "World", path: str) -> Answer | None:
        """The page at `path`; None: no such page."""


@dataclass(slots=True, kw_only=True)
class World:
    """Four papers, their clock, and what they remember of their readers."""

    epoch: datetime
    """Every story was published a fixed time before it."""
    now: Callable[[], datetime]
    port: int
    papers: Mapping[str, Paper]
    """By host."""
    stories: Mapping[str, Story] = field(default_factory=load)
    read_at: dict[str, datetime] = field(default_factory=dict)
    """Story key → when its page was first served. Edits and withdrawals follow it."""
    log: list[dict[str, object]] = field(default_factory=list)
    """Every request: host, path, status."""
    state_path: Path | None = None
    """Where epoch and `read_at` are kept between two runs; None: nowhere."""
    delay_s: float = 0.0
    """How long each answer waits, for tests that need a slow paper."""

    def base(self, host: str) -> str:
        """`http://host:port`."""
        return f"http://{host}:{self.port}"

    def of(self, paper: str) -> list[Story]:
        """The paper's stories as they stand now, newest first."""
        held = (story for story in self.stories.values() if story.paper == paper)
        return sorted((self._as_it_stands(story) for story in held), key=lambda story: story.age_min)

    def _as_it_stands(self, story: Story) -> Story:
        return story.edited() if story.edits and story.key in self.read_at else story

    def published(self, story: Story) -> datetime:
        """When the story appeared."""
        return story.published(self.epoch)

    def modified(self, story: Story) -> datetime | None:
        """When the story was edited; None: not (yet)."""
        read_at = self.read_at.get(story.key)
        return read_at + EDITED_AFTER if story.edits and read_at is not None else None

    def is_withdrawn(self, story: Story) -> bool:
        """Whether the page has been taken down."""
        return story.withdrawn and story.key in self.read_at

    def note_read(self, story: Story) -> None:
        """Remember that the story's page was served."""
        if story.key not in self.read_at:
            self.read_at[story.key] = self.now()
            self.save()

    def save(self) -> None:
        """Write epoch and `read_at` to `state_path`, if there is one."""
        if self.state_path is None:
            return
        state = {
            "epoch": self.epoch.isoformat(),
            "read_at": {key: instant.isoformat() for key, instant in sorted(self.read_at.items())},
        }
        scratch = self.state_path.with_name(self.state_path.name + ".new")
        scratch.write_text(json.dumps(state, indent=1) + "\n", "utf-8")
        scratch.replace(self.state_path)

    def respond(self, host: str, path: str, headers: Mapping[str, str]) -> tuple[int, dict[str, str], bytes]:
        """Status, headers and body for a GET; header names of the request in lower case."""
        paper = self.papers[host]
        answer = paper.answer(self, path.partition("?")[0]) or Answer(status=404, body=_NOT_FOUND)
        sent = {"Content-Type": answer.content_type, "Date": rfc_822(self.now()), "Server": "demo papers"}
        if answer.location:
            sent["Location"] = answer.location
        if answer.etag:
            sent["ETag"] = f'"{hashlib.sha256(answer.body).hexdigest()[:16]}"'
        if answer.last_modified is not None:
            sent["Last-Modified"] = rfc_822(answer.last_modified)
        status, body = (304, b"") if _is_unchanged(headers, sent) else (answer.status, answer.body)
        self.log.append({"host": host, "path": path, "status": status, "agent": headers.get("user-agent", "")})
        return status, sent, body


def _is_unchanged(asked: Mapping[str, str], sent: Mapping[str, str]) -> bool:
    """RFC 9110, 13.2.2: If-None-Match decides alone where it is given."""
    if "if-none-match" in asked:
        return "ETag" in sent and sent["ETag"] in asked["if-none-match"]
    if "if-modified-since" in asked and "Last-Modified" in sent:
        return parsedate_to_datetime(sent["Last-Modified"]) <= parsedate_to_datetime(asked["if-modified-since"])
    return False


_NOT_FOUND = b"<!doctype html><title>Not found</title><h1>Not found</h1><p>There is no such page here.</p>"
