"""Delivery of alerts: one message for many stories, through Apprise; and Atom and JSON feed files."""

import json
import os
import socket
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from importlib import import_module
from ipaddress import ip_address
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree

from newscrawl.addresses import Allowed, check_url, is_public
from newscrawl.console import flat
from newscrawl.errors import PageError, SeedError
from newscrawl.store.matches import Match
from newscrawl.watches import Watch

TRIES, PAUSE_S = 3, 2.0
"""Each target is tried so often; the pause doubles."""
_WEB_SCHEMES = {"json": "http", "jsons": "https", "xml": "http", "xmls": "https", "form": "http", "forms": "https"}
"""Apprise's schemes for a webhook on any host; the others name a service."""
_ATOM = "http://www.w3.org/2005/Atom"
_LINE_CHARS = 200


def deliver(watch: Watch, target: str, title: str, lines: Sequence[str], *, allowed: Allowed = ()) -> bool:
    """Send one message to one target of the watch; whether it got there.

    Raises SeedError for a target that is not one, or that is not on a public address, and where Apprise is missing.
    """
    try:
        apprise = import_module("apprise")
    except ImportError as error:
        raise SeedError(
            watch.path, "targets", "need Apprise: .venv/bin/uv pip install --python .venv/bin/python apprise"
        ) from error
    sender = apprise.Apprise()
    if not sender.add(_resolve(watch, target, allowed)):
        raise SeedError(watch.path, "targets", f"{name_of(target)} is not an Apprise URL")
    for attempt in range(TRIES):
        with _public_only(allowed) as refused:
            # Plain text in: Apprise escapes it for each kind of target.
            if sender.notify(title=flat(title)[:_LINE_CHARS], body="\n".join(lines), body_format="text"):
                return True
        if refused:
            reason = f"blocked_address: {name_of(target)} leads to {refused[0]}, which is not public"
            raise SeedError(watch.path, "targets", reason)
        if attempt + 1 < TRIES:
            time.sleep(PAUSE_S * 2**attempt)
    return False


@contextmanager
def _public_only(allowed: Allowed) -> Iterator[list[str]]:
    """While it lasts, whatever this process connects to is public or allowed; gives what was refused.

    Apprise's targets use several libraries, and some follow redirects: what they all share is how names are looked up,
    and the addresses that are judged there are those that they connect to.
    """
    look_up, refused = socket.getaddrinfo, list[str]()

    def judged(host: Any, port: Any, *more: Any, **named: Any) -> Any:
        found = look_up(host, port, *more, **named)
        addresses = [ip_address(str(row[4][0]).partition("%")[0]) for row in found]
        if (host, port) not in allowed and not all(map(is_public, addresses)):
            refused.append(f"{host}:{port}")
            raise socket.gaierror(socket.EAI_FAIL, f"{host} is not a public address")
        return found

    socket.getaddrinfo = judged
    try:
        yield refused
    finally:
        socket.getaddrinfo = look_up


def name_of(target: str) -> str:
    """A target for a person to read: its variable, or its kind; what follows may be secret."""
    return target if target.startswith("env:") else f"{urlsplit(target).scheme}://…"


def line_of(match: Match) -> str:
    """A story on one line, safe in any target."""
    more = f" ({match.copies} publications)" if match.copies > 1 else ""
    return f"{flat(match.headline)[:_LINE_CHARS]}{more}, {flat(match.publisher)[:60]}: {flat(match.url)}"


def _resolve(watch: Watch, target: str, allowed: Allowed) -> str:
    """The Apprise URL, from the environment where it stands there."""
    if target.startswith("env:"):
        target = os.environ.get(target[4:], "")
        if not target:
            raise SeedError(watch.path, "targets", "an environment variable it names is not set")
    parts = urlsplit(target)
    scheme = _WEB_SCHEMES.get(parts.scheme.lower())
    if scheme is not None:
        try:
            check_url(f"{scheme}://{parts.netloc.rpartition('@')[2]}/", allowed=allowed)
        except PageError as error:
            raise SeedError(watch.path, "targets", f"{error.outcome}: {error.reason}") from error
    return target


def write_feeds(watch: Watch, matches: Sequence[Match], *, now: datetime) -> None:
    """Write `<feed>.atom` and `<feed>.json` (JSON Feed 1.1) with these stories, each file at once or not at all."""
    if watch.feed is None:
        return
    base = Path(watch.feed)
    base.parent.mkdir(parents=True, exist_ok=True)
    _write(base.with_name(base.name + ".atom"), _atom(watch, matches, now))
    _write(base.with_name(base.name + ".json"), _json_feed(watch, matches))


def _write(path: Path, data: bytes) -> None:
    part = path.with_name(path.name + ".part")
    part.write_bytes(data)
    part.replace(path)


def _atom(watch: Watch, matches: Sequence[Match], now: datetime) -> bytes:
    ElementTree.register_namespace("", _ATOM)
    feed = ElementTree.Element(f"{{{_ATOM}}}feed")

    def add(parent: ElementTree.Element, name: str, text: str = "", **attributes: str) -> ElementTree.Element:
        made = ElementTree.SubElement(parent, f"{{{_ATOM}}}{name}", attributes)
        made.text = flat(text) or None
        return made

    add(feed, "title", watch.name)
    add(feed, "id", f"urn:newscrawl:watch:{watch.name}")
    add(feed, "updated", _text(max((match.found_at for match in matches), default=now)))
    for match in matches:
        entry = add(feed, "entry")
        add(entry, "title", match.headline)
        add(entry, "id", f"urn:uuid:{match.uid}")
        add(entry, "link", href=match.url)
        add(entry, "updated", _text(match.found_at))
        if match.published_at:
            add(entry, "published", _text(match.published_at))
        add(add(entry, "author"), "name", match.publisher or match.source_id)
        if match.description:
            add(entry, "summary", match.description)
    return bytes(ElementTree.tostring(feed, encoding="utf-8", xml_declaration=True))


def _json_feed(watch: Watch, matches: Sequence[Match]) -> bytes:
    items = [
        {
            "id": f"urn:uuid:{match.uid}",
            "url": match.url,
            "title": flat(match.headline),
            "summary": flat(match.description),
            "content_text": flat(match.description or match.headline),
            "date_published": _text(match.published_at or match.found_at),
            "authors": [{"name": flat(match.publisher or match.source_id)}],
        }
        for match in matches
    ]
    made = {"version": "https://jsonfeed.org/version/1.1", "title": watch.name, "items": items}
    return json.dumps(made, ensure_ascii=False, indent=1).encode()


def _text(instant: datetime) -> str:
    return instant.isoformat(timespec="seconds").replace("+00:00", "Z")
