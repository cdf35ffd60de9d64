"""What a feed says, as it says it: strings, not yet resolved, cleaned or read."""

from dataclasses import dataclass, field

from newscrawl.models import Hints


@dataclass(slots=True, kw_only=True)
class Record:
    """One item or entry of a feed. Empty: absent."""

    links: list[str] = field(default_factory=list)
    """The likeliest first; may be relative to `base`."""
    base: str = ""
    guid: str = ""
    title: str = ""
    """Text or HTML."""
    summary: str = ""
    content: str = ""
    """The whole text, as HTML or plain text."""
    authors: list[str] = field(default_factory=list)
    publisher: str = ""
    images: list[tuple[int, str]] = field(default_factory=list)
    """(width in pixels, 0 if unsaid; address)."""
    published: str = ""
    modified: str = ""


@dataclass(slots=True, kw_only=True)
class Feed:
    """A feed with its newest records, in the feed's order."""

    records: list[Record]
    total: int
    """Records the feed holds, kept or not."""
    language: str | None = None
    next_url: str | None = None
    hints: Hints = field(default_factory=Hints)
    warnings: list[tuple[str, str]] = field(default_factory=list)
