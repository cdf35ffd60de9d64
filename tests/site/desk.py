"""The desk: where the tests set the papers' clock and read who asked for what."""

import json
from dataclasses import asdict
from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit

from tests.site.world import World

HOST = "127.0.0.9"


def system_clock() -> datetime:
    """The present instant."""
    return datetime.now(UTC)


def answer(world: World, path: str) -> bytes:
    """Do what `path` says; JSON.

    `/clock?now=ISO` sets the clock and `/clock` lets it run again, `/delay?s=0.5` makes every answer wait,
    `/read?key=herald/slug` marks a story as read, `/reset` forgets who read what and empties the log,
    `/stories` lists the world's stories. Anything but the last gives epoch, now, the log and what was read.
    """
    url = urlsplit(path)
    argument = {key: values[0] for key, values in parse_qs(url.query).items()}
    if url.path == "/clock":
        given = argument.get("now")
        world.now = (lambda: datetime.fromisoformat(given)) if given else system_clock
    elif url.path == "/delay":
        world.delay_s = float(argument["s"])
    elif url.path == "/read":
        world.note_read(world.stories[argument["key"]])
    elif url.path == "/reset":
        world.read_at.clear()
        world.log.clear()
    elif url.path == "/stories":
        stories = [asdict(story) | {"published": world.published(story)} for story in world.stories.values()]
        return json.dumps(stories, default=str).encode()
    state = {"epoch": world.epoch, "now": world.now(), "read_at": world.read_at, "log": world.log}
    return json.dumps(state, default=str).encode()
