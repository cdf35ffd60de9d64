"""Building blocks of hostile answers: each gives a coroutine that talks to one connection."""

import asyncio
import gzip
import random
import zlib
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass

import brotli
from backports import zstd

MIB = 2**20


@dataclass(slots=True)
class Visit:
    """One request that came in, and the way to answer it."""

    path: str
    headers: dict[str, str]
    writer: asyncio.StreamWriter
    ports: dict[str, int]
    """Names of the server's ports → numbers: `main`, `canary`, and one for each robots case."""

    async def send(self, data: bytes) -> None:
        self.writer.write(data)
        await self.writer.drain()


Answer = Callable[[Visit], Awaitable[None]]

_WORDS = [
    "harbour",
    "bridge",
    "council",
    "river",
    "morning",
    "ferry",
    "market",
    "school",
    "budget",
    "winter",
    "storm",
    "library",
    "museum",
    "garden",
    "bakery",
    "railway",
    "festival",
    "orchard",
    "lighthouse",
    "valley",
    "mayor",
    "teacher",
    "farmer",
    "fisher",
    "nurse",
    "baker",
    "plan",
    "report",
    "repair",
    "opening",
    "closing",
    "delay",
    "season",
    "record",
    "meeting",
    "vote",
    "ticket",
    "path",
    "island",
    "village",
    "square",
    "station",
    "theatre",
    "concert",
    "harvest",
]


def prose(name: str, paragraphs: int = 8) -> list[str]:
    """Paragraphs of invented news, the same for the same name and unlike those of any other."""
    chance = random.Random(name)
    return [
        f"The {' '.join(chance.choices(_WORDS, k=18))} was agreed on by the {chance.choice(_WORDS)} of the town."
        for _ in range(paragraphs)
    ]


def article(name: str, *, head: str = "", body: str = "", tail: str = "</body></html>") -> bytes:
    """An honest article page about `name`, with room for what is not honest."""
    headline = f"Town decides on the {' '.join(random.Random(name + '!').choices(_WORDS, k=5))}"
    text = "".join(f"<p>{paragraph}</p>" for paragraph in prose(name))
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{headline}</title>'
        f'<meta property="og:type" content="article">'
        f'<meta property="article:published_time" content="2026-11-20T08:00:00Z">{head}</head>'
        f"<body><article><h1>{headline}</h1>{text}</article>{body}{tail}"
    ).encode()


def head(
    status: str = "200 OK",
    *headers: str,
    content_type: str | None = "text/html; charset=utf-8",
    length: int | None = None,
) -> bytes:
    """A status line and headers."""
    lines = [f"HTTP/1.1 {status}", *headers, "Connection: close"]
    if content_type is not None:
        lines.append(f"Content-Type: {content_type}")
    if length is not None:
        lines.append(f"Content-Length: {length}")
    return "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n"


def raw(*pieces: bytes, pause_s: float = 0.0, hold_s: float = 0.0) -> Answer:
    """These bytes and no others, then the end of the connection (after `hold_s`)."""

    async def answer(visit: Visit) -> None:
        for piece in pieces:
            await visit.send(piece)
            await asyncio.sleep(pause_s)
        await asyncio.sleep(hold_s)

    return answer


def page(
    body: bytes | None = None,
    *headers: str,
    status: str = "200 OK",
    content_type: str | None = "text/html; charset=utf-8",
) -> Answer:
    """A whole answer with a true length; None: an honest article named after the path."""

    async def answer(visit: Visit) -> None:
        data = article(visit.path) if body is None else body
        await visit.send(head(status, *headers, content_type=content_type, length=len(data)) + data)

    return answer


def redirect(location: str, status: str = "302 Found", *headers: str) -> Answer:
    """A redirect; `{canary}`, `{main}` … in the location become port numbers, `{path}` the request's path."""

    async def answer(visit: Visit) -> None:
        target = location
        for name, port in visit.ports.items():
            target = target.replace("{" + name + "}", str(port))
        target = target.replace("{path}", visit.path)
        await visit.send(head(status, f"Location: {target}", *headers, length=0))

    return answer


def filled(template: bytes, *, content_type: str = "text/html; charset=utf-8") -> Answer:
    """A page with `{canary}`, `{main}` in its text made into port numbers."""

    async def answer(visit: Visit) -> None:
        data = template
        for name, port in visit.ports.items():
            data = data.replace(b"{" + name.encode() + b"}", str(port).encode())
        await visit.send(head(content_type=content_type, length=len(data)) + data)

    return answer


def endless(start: bytes, piece: bytes, *, pause_s: float = 0.0) -> Answer:
    """`start`, then `piece` until the other side has had enough."""

    async def answer(visit: Visit) -> None:
        await visit.send(start)
        while True:
            await visit.send(piece)
            await asyncio.sleep(pause_s)

    return answer


def hang(start: bytes = b"") -> Answer:
    """`start`, then silence."""
    return raw(start, hold_s=120.0)


def coded(label: str, data: bytes | Callable[[], bytes], *, content_type: str = "text/html; charset=utf-8") -> Answer:
    """A body with a Content-Encoding label; a large one is made when it is first asked for."""
    made: list[bytes] = [] if callable(data) else [data]

    async def answer(visit: Visit) -> None:
        if not made:
            assert callable(data)
            made.append(await asyncio.get_running_loop().run_in_executor(None, data))
        start = head("200 OK", f"Content-Encoding: {label}", content_type=content_type, length=len(made[0]))
        await visit.send(start + made[0])

    return answer


def gzip_bomb(size_mib: int, filler: bytes = b" ") -> bytes:
    """One member of a MiB, many times over: made in no time, and as large as one long member once unpacked."""
    return gzip.compress((filler * (MIB // len(filler) + 1))[:MIB], mtime=0) * size_mib


def deflate_bomb(size_mib: int, *, raw_stream: bool = False) -> bytes:
    """One stream; a full flush makes its blocks alike, so that one can be repeated."""
    engine = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = engine.compress(b" " * MIB) + engine.flush(zlib.Z_FULL_FLUSH)
    return (b"" if raw_stream else b"\x78\xda") + block * size_mib + engine.flush()


def brotli_bomb(size_mib: int) -> bytes:
    engine = brotli.Compressor(quality=1)
    return b"".join([*(engine.process(b" " * MIB) for _ in range(size_mib)), engine.finish()])


def zstd_bomb(size_mib: int) -> bytes:
    return zstd.compress(b" " * MIB) * size_mib


def zstd_wide(data: bytes) -> bytes:
    """zstd that asks its reader for a window of 2 GiB."""
    options = {zstd.CompressionParameter.window_log: 31, zstd.CompressionParameter.compression_level: 3}
    engine = zstd.ZstdCompressor(options=options)
    return engine.compress(data) + engine.flush()


def nested_gzip(data: bytes, layers: int) -> bytes:
    for _ in range(layers):
        data = gzip.compress(data, mtime=0)
    return data


def chunked(pieces: Iterable[bytes]) -> bytes:
    return b"".join(b"%x\r\n%s\r\n" % (len(piece), piece) for piece in pieces) + b"0\r\n\r\n"
