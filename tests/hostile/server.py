"""The hostile server, on loopback: one port for most cases, one for each robots case, and a canary nobody may touch.

`python -m tests.hostile.server` prints its ports as one line of JSON and serves until its standard input ends; then
it prints how often the canary was touched. `--honest N` opens N honest papers beside it, each on a port of its own.
"""

import argparse
import asyncio
import contextlib
import json
import sys

from tests.hostile import addresses, channels, forms, pages, robots, texts, traps, wire
from tests.hostile.answers import Answer, Visit, article, page
from tests.hostile.case import Case
from tests.hostile.channels import rss

CASES: tuple[Case, ...] = (
    *wire.CASES,
    *addresses.CASES,
    *pages.CASES,
    *texts.CASES,
    *channels.CASES,
    *robots.CASES,
    *traps.CASES,
    *forms.CASES,
)
BY_ID = {case.id: case for case in CASES}
HEAD_BYTES = 65536
HONEST_ARTICLES = 3
"""Articles of each honest paper."""


class HostileServer:
    """All ports of the table; `canary_hits` counts who came where nobody should."""

    def __init__(self) -> None:
        self.ports: dict[str, int] = {}
        self.canary_hits = 0
        self.feed_ids: list[str] = []
        self.honest = 0
        self._servers: list[asyncio.Server] = []

    async def start(self) -> None:
        await self._open("main", None)
        await self._open("canary", None)
        for case in robots.CASES:
            await self._open(case.id, case.id)
        for number in range(self.honest):
            await self._open(f"honest{number}", None)

    async def _open(self, name: str, case_id: str | None) -> None:
        async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            with contextlib.suppress(ConnectionError, EOFError, asyncio.LimitOverrunError, asyncio.CancelledError):
                await self._talk(name, case_id, reader, writer)
            with contextlib.suppress(ConnectionError):
                writer.close()
                await writer.wait_closed()

        server = await asyncio.start_server(talk, "127.0.0.1", 0, limit=HEAD_BYTES)
        self._servers.append(server)
        self.ports[name] = server.sockets[0].getsockname()[1]

    async def _talk(
        self, name: str, case_id: str | None, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        if name == "canary":
            self.canary_hits += 1
        request = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        line, *rest = request.split("\r\n")
        headers = dict(part.split(": ", 1) for part in rest if ": " in part)
        visit = Visit(line.split(" ")[1], headers, writer, self.ports)
        answer = self._honest(name, visit.path) if name.startswith("honest") else self._answer(visit.path, case_id)
        await answer(visit)

    def _honest(self, name: str, path: str) -> Answer:
        if path == "/robots.txt":
            return page(b"none", status="404 Not Found")
        if path != "/feed.xml":
            return page(article(name + path))
        links = [f"http://127.0.0.1:{self.ports[name]}/{number}" for number in range(HONEST_ARTICLES)]
        items = (f"<item><title>Story {link} of the town</title><link>{link}</link></item>" for link in links)
        return page(rss("".join(items)), content_type="application/xml")

    def _answer(self, path: str, case_id: str | None) -> Answer:
        if path.startswith("/robots.txt"):
            missing = page(b"none", status="404 Not Found")
            return robots.ROBOTS.get(case_id, missing) if case_id else missing
        if path == "/all.xml":
            return page(self._feed(), content_type="application/xml")
        case = BY_ID.get(case_id or path.removeprefix("/c/").partition("~")[0].partition("/")[0].partition("?")[0])
        return case.answer if case is not None else page(b"no such case", status="404 Not Found")

    def _feed(self) -> bytes:
        """Every case of kind article as an entry of one feed."""
        items = "".join(
            f"<item><title>The case of {case.id} in the town</title><link>{self._url(case)}</link></item>"
            for case in map(BY_ID.__getitem__, self.feed_ids)
        )
        return rss(items)

    def _url(self, case: Case) -> str:
        return f"http://127.0.0.1:{self.ports.get(case.id, self.ports['main'])}{case.path}"


async def _serve(ids: list[str], honest: int) -> None:
    server = HostileServer()
    server.honest = honest
    server.feed_ids = ids or [case.id for case in CASES if case.kind == "article"]
    await server.start()
    print(json.dumps(server.ports), flush=True)
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)
    print(json.dumps({"canary_hits": server.canary_hits}), flush=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--honest", type=int, default=0)
    parser.add_argument("ids", nargs="*")
    given = parser.parse_args()
    asyncio.run(_serve(given.ids, given.honest))
