"""`scrapy record URL`: a page as a test case."""

import argparse
import re
from pathlib import Path

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from newscrawl.console import console, fail, printable
from newscrawl.look import look
from newscrawl.models import Page

_KEPT_HEADERS = ("content-type", "date", "age", "cache-control", "last-modified", "etag", "x-robots-tag")


class Command(ScrapyCommand):
    """Saves a page's bytes beside its URL, status, headers and instant of fetch."""

    requires_project = True

    def syntax(self) -> str:
        """What it takes."""
        return "<url> [folder]"

    def short_desc(self) -> str:
        """One line."""
        return "Save a page with its headers and fetch time as a test case"

    def long_desc(self) -> str:
        """What `--help` says."""
        return (
            "Writes <folder>/<name>/page.bin and page.toml (default folder: recorded). A test reads both and gets the"
            " same page with the same clock. A publisher's page is the publisher's: keep it out of what you publish."
        )

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Fetch and save."""
        if not 1 <= len(args) <= 2:
            raise UsageError
        assert self.crawler_process is not None
        found = look(self.crawler_process, [(args[0], "article")])
        if not found.pages:
            outcome, message = next(iter(found.failures.values()), ("internal_error", "nothing was fetched"))
            fail(f"{outcome}: {message} ({args[0]})", 3)
        folder = save(next(iter(found.pages.values())), Path(args[1] if len(args) == 2 else "recorded"))
        console.print("saved ", printable(folder))


def save(page: Page, folder: Path) -> Path:
    """Write the page under `folder`, in a folder named after its URL; gives that folder."""
    name = re.sub(r"[^a-z0-9]+", "-", page.url.lower().split("://")[-1]).strip("-")[:80] or "page"
    place = folder / name
    place.mkdir(parents=True, exist_ok=True)
    (place / "page.bin").write_bytes(page.body)
    lines = [
        f"url = {_quoted(page.url)}",
        f"requested_url = {_quoted(page.requested_url or page.url)}",
        f"status = {page.status}",
        f"fetched_at = {page.fetched_at.isoformat()}",
        "",
        "[headers]",
        *(f"{name} = {_quoted(page.headers[name])}" for name in _KEPT_HEADERS if name in page.headers),
    ]
    (place / "page.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return place


def _quoted(text: str) -> str:
    """A TOML basic string."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + re.sub(r"[\x00-\x1f\x7f]", lambda found: f"\\u{ord(found.group()):04x}", escaped) + '"'
