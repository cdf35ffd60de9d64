"""What goes into the store and comes out of it, besides articles and entries."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from newscrawl.models import Decision, Entry

FetchKind = Literal["listing", "feed", "sitemap", "article", "robots", "tdmrep"]
QueueReason = Literal["new", "revisit", "truncated", "page"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetch:
    """One URL's end: a row of `fetches`."""

    url: str
    outcome: str
    """A code of `newscrawl.outcomes`."""
    kind: FetchKind
    finished_at: datetime
    started_at: datetime | None = None
    """When the request left for the network; None: none was sent."""
    message: str = ""
    """For a person: sizes, limits, what was wrong. One line."""
    status: int | None = None
    body_bytes: int | None = None
    source_id: str | None = None
    channel_id: int | None = None
    flags: tuple[str, ...] = ()
    """Outcome codes of severity `note` that came beside the outcome: `truncated`, `charset_doubtful`, …"""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelState:
    """What is remembered of a channel between checks."""

    id: int
    source_id: str
    kind: str
    url: str
    etag: str | None = None
    last_modified: str | None = None
    body_hash: int | None = None
    last_checked_at: datetime | None = None
    last_complete_at: datetime | None = None
    """The last check that read the whole list."""
    last_new_at: datetime | None = None
    next_check_at: datetime | None = None
    """None: never checked, due now."""
    failures: float = 0.0
    parked_reason: str | None = None
    """Why it is not asked any more (410, Crawl-delay beyond bounds); None: in use."""
    moved_to: str | None = None
    moved_times: int = 0
    wrapper: Mapping[str, Any] = field(default_factory=dict)
    schedule: Mapping[str, Any] = field(default_factory=dict)
    coverage: Mapping[str, Any] = field(default_factory=dict)
    health: Mapping[str, Any] = field(default_factory=dict)
    hints: Mapping[str, Any] = field(default_factory=dict)
    """`models.Hints` of the last answer, as JSON."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One read of a channel: a row of `checks`."""

    channel_id: int
    checked_at: datetime
    outcome: str
    entries: int = 0
    new: int = 0
    overlap: bool | None = None
    """Whether an entry of the last complete check is still there; None: nothing to compare with."""
    complete: bool = True
    """False when a limit or an error cut the list."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPage:
    """Where a further page stands in the walk through its channel."""

    pages_left: int
    """Pages of the list that may still follow it."""
    began_at: datetime
    """When the walk's first page was fetched."""
    sitemap_depth: int = 0
    """Sitemap indexes above it."""
    beside: Literal["feed", "sitemap"] | None = None
    """It is another list of the source, of this kind, read for a gap that the channel left; None: the channel's own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QueuedUrl:
    """A URL that is to be fetched: an article's, or a further page's of a channel."""

    url_key: str
    url: str
    source_id: str
    channel_id: int | None
    entry: Entry | None
    reason: QueueReason = "new"
    attempts: int = 0
    page: ListPage | None = None
    """None: an article's."""
    related_depth: int = 0
    """How many related blocks deep to walk from it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """What became of an article that was handed to the store."""

    article_id: int
    decision: Decision
    revision: int = 1
    is_alias: bool = False
    """Whether it was met under an address other than the stored article's."""
    date_flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class HostState:
    """What is remembered of a host across runs, for politeness."""

    host: str
    """Host name and port as in the URL's authority, lower case (`127.0.0.1:8000`, `example.org`)."""
    robots_txt: str | None = None
    """The body in force; None: never had one."""
    robots_fetched_at: datetime | None = None
    robots_outcome: str | None = None
    """`ok`, `http_404` (all allowed), `robots_unreachable` (nothing allowed)."""
    robots_failing_since: datetime | None = None
    crawl_delay_s: float | None = None
    tdmrep_json: str | None = None
    """What the site reserves of text and data mining; None: it does not say."""
    tdmrep_fetched_at: datetime | None = None
    retry_at: datetime | None = None
    """No request before it (Retry-After, 429, 503)."""
    failures: int = 0
    """Throttled or failed answers in a row."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """An answer in a WARC file: a row of `archived`."""

    path: str
    """The file, absolute."""
    offset: int
    bytes: int
    record_id: str
    url: str
    fetched_at: datetime
    status: int | None = None
    payload_digest: str | None = None
    refers_to: str | None = None
    """Record id of the answer it is the same as; None: it is whole."""
