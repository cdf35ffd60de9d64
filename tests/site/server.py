"""`python -m tests.site.server`: serve the demo papers on loopback, each on an address of its own."""

import argparse
import json
import os
import socket
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from twisted.internet import reactor, task
from twisted.web.resource import Resource
from twisted.web.server import NOT_DONE_YET, Request, Site

from tests.site import desk
from tests.site.papers.gazette import Gazette
from tests.site.papers.herald import Herald
from tests.site.papers.listok import Listok
from tests.site.papers.roundup import Roundup
from tests.site.world import Paper, World

PORT = 8731
"""The port in seeds/zz/demo*.toml."""
PAPERS: tuple[Paper, ...] = (Roundup(), Herald(), Gazette(), Listok())

Reply = tuple[int, Mapping[str, str], bytes]
"""Status, headers, body."""


def make_world(port: int, *, epoch: datetime | None = None, state_path: Path | None = None) -> World:
    """The four papers; a world that was saved at `state_path` is taken up where it was left."""
    world = World(
        epoch=epoch or desk.system_clock().replace(microsecond=0),
        now=desk.system_clock,
        port=port,
        papers={paper.host: paper for paper in PAPERS},
        state_path=state_path,
    )
    if state_path is not None and state_path.exists():
        state = json.loads(state_path.read_text("utf-8"))
        world.epoch = datetime.fromisoformat(state["epoch"])
        world.read_at = {key: datetime.fromisoformat(instant) for key, instant in state["read_at"].items()}
    return world


def free_port() -> int:
    """A port that is free on every address we need; OSError if there seems to be none."""
    hosts = [*(paper.host for paper in PAPERS), desk.HOST]
    for _ in range(50):
        probes = [socket.socket() for _ in hosts]
        try:
            probes[0].bind((hosts[0], 0))
            port = int(probes[0].getsockname()[1])
            for probe, host in zip(probes[1:], hosts[1:], strict=True):
                probe.bind((host, port))
        except OSError:
            continue
        else:
            return port
        finally:
            for probe in probes:
                probe.close()
    raise OSError("found no port that is free on all of " + ", ".join(hosts))


class Address(Resource):
    """One address: every GET goes to `reply`."""

    isLeaf = True  # noqa: N815  Twisted's name

    def __init__(self, reply: Callable[[str, Mapping[str, str]], Reply], delay_s: Callable[[], float]) -> None:
        super().__init__()
        self.reply, self.delay_s = reply, delay_s

    def render_GET(self, request: Request) -> bytes | int:  # noqa: N802  Twisted's name
        """Answer, after the world's delay."""
        if not self.delay_s():
            return self._body(request)
        waiting = task.deferLater(reactor, self.delay_s(), self._body, request)
        request.notifyFinish().addErrback(lambda _: waiting.cancel())
        waiting.addCallbacks(lambda body: (request.write(body), request.finish()), lambda _: None)
        return NOT_DONE_YET

    def _body(self, request: Request) -> bytes:
        asked = {
            name.decode("latin-1").lower(): b", ".join(values).decode("latin-1")
            for name, values in request.requestHeaders.getAllRawHeaders()
        }
        status, headers, body = self.reply(request.uri.decode("latin-1"), asked)
        request.setResponseCode(status)
        for name, value in headers.items():
            request.setHeader(name, value)
        request.setHeader("Content-Length", str(len(body)))
        return body


def listen(world: World) -> None:
    """Open every address; Twisted's CannotListenError where one is taken."""

    def open_paper(host: str) -> None:
        address = Address(lambda path, asked: world.respond(host, path, asked), lambda: world.delay_s)
        reactor.listenTCP(world.port, Site(address), interface=host)

    for host in world.papers:
        open_paper(host)
    answers = Address(
        lambda path, _: (200, {"Content-Type": "application/json"}, desk.answer(world, path)), lambda: 0.0
    )
    reactor.listenTCP(world.port, Site(answers), interface=desk.HOST)


def _stop_when_abandoned() -> None:
    while os.read(sys.stdin.fileno(), 4_096):
        pass
    reactor.callFromThread(reactor.stop)


def main(arguments: Sequence[str] | None = None) -> None:
    """Serve until told to stop."""
    parser = argparse.ArgumentParser(description="Serve the demo papers on loopback.")
    parser.add_argument("--port", type=int, default=PORT, help="the port on each address; 0: a free one (%(default)s)")
    parser.add_argument("--state", type=Path, help="remember the world in this file between two runs")
    parser.add_argument("--epoch", type=datetime.fromisoformat, help="the instant the stories' ages count from")
    parser.add_argument("--until-stdin-ends", action="store_true", help="stop when standard input does")
    given = parser.parse_args(arguments)
    world = make_world(given.port or free_port(), epoch=given.epoch, state_path=given.state)
    listen(world)
    world.save()
    for host, paper in world.papers.items():
        print(f"{paper.key:8} {world.base(host)}/", flush=True)
    print(f"{'desk':8} {world.base(desk.HOST)}/", flush=True)
    if given.until_stdin_ends:
        threading.Thread(target=_stop_when_abandoned, daemon=True).start()
    reactor.run()


if __name__ == "__main__":
    main()
