"""The papers in a process of their own, for the demo and the tests."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote
from urllib.request import urlopen

ROOT = Path(__file__).parents[2]


class PapersError(Exception):
    """The papers did not start; the message is the server's."""


@dataclass(frozen=True, slots=True)
class Papers:
    """Running papers."""

    addresses: dict[str, str]
    """Paper → `http://host:port`."""

    @property
    def allowed(self) -> str:
        """The value of NEWSCRAWL_ALLOW_ADDRESSES that lets a crawl reach them."""
        papers = (address for paper, address in self.addresses.items() if paper != "desk")
        return ",".join(address.removeprefix("http://") for address in papers)

    @property
    def port(self) -> int:
        """The same on every address."""
        return int(self.addresses["herald"].rsplit(":", 1)[1])

    def ask_desk(self, what: str, **arguments: str) -> Any:
        """What the desk answers: see `desk.answer`."""
        query = "&".join(f"{key}={quote(value)}" for key, value in arguments.items())
        with urlopen(f"{self.addresses['desk']}/{what}?{query}", timeout=20) as answer:
            return json.load(answer)

    def log(self, paper: str) -> list[dict[str, Any]]:
        """The paper's requests so far: host, path, status, agent."""
        host = self.addresses[paper].removeprefix("http://").split(":")[0]
        return [row for row in self.ask_desk("log")["log"] if row["host"] == host]


@contextmanager
def run(port: int = 0, *, state: Path | None = None, epoch: datetime | None = None) -> Iterator[Papers]:
    """Serve the papers while the block runs; raises PapersError with the server's own words."""
    command = [sys.executable, "-m", "tests.site.server", "--port", str(port), "--until-stdin-ends"]
    if state is not None:
        command += ["--state", str(state)]
    if epoch is not None:
        command += ["--epoch", epoch.isoformat()]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as server:
        addresses: dict[str, str] = {}
        assert server.stdout is not None
        assert server.stderr is not None
        while "desk" not in addresses:
            line = server.stdout.readline()
            if not line:
                raise PapersError(server.stderr.read().strip().rpartition("\n")[2])
            paper, address = line.split()
            addresses[paper] = address.rstrip("/")
        try:
            yield Papers(addresses)
        finally:
            server.communicate()
