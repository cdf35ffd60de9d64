"""The core types: fields, units, meaning; no behaviour.

Field names are schema.org NewsArticle's in snake_case for articles and RSS/Atom's words for discovery.
Every datetime is aware and in UTC. None means absent: the page does not say.
All types are frozen, picklable (they cross into worker processes) and usable as Scrapy items.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal

from newscrawl.timestamps import TimeOrigin as TimeOrigin
from newscrawl.timestamps import Timestamp as Timestamp

ChannelKind = Literal["listing", "feed", "sitemap"]
Block = Literal["main", "widget", "related"]
Verdict = Literal["new", "revision", "same", "copy"]
LinkKind = Literal["same", "near", "part", "whole"]
ArticleKind = Literal["article", "live", "gallery", "video"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """CSS overrides of one layout of a source; the first still valid at `fetched_at` wins."""

    select: Mapping[str, str]
    """Part → CSS selector. Parts: item, headline, time, publisher, description, article_body, authors, image."""
    valid_until: date | None = None
    """Last day (inclusive, UTC) this layout was in use; None: still in use."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Expect:
    """What a run of this source must bring; falling short is loud. None: not checked."""

    entries_min: int | None = None
    date_published_share_min: float | None = None
    article_body_chars_min: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """One page where a source announces articles."""

    kind: ChannelKind
    url: str
    select: Mapping[str, str] = field(default_factory=dict)
    """CSS overrides by part, as in `Layout.select`; they win over discovery."""
    article_url: str | None = None
    """Regular expression an article's URL must match (search, not full match)."""
    not_url: str | None = None
    """Regular expression an article's URL must not match."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A publisher as one seed file describes it."""

    id: str
    """`<country>_<name>` from the file's place; `url_<host>` for a source made of a bare URL."""
    publisher: str
    url: str
    country: str
    """ISO 3166-1 alpha-2, lower case; `zz` for none."""
    in_language: tuple[str, ...] = ()
    """BCP 47, the main one first; empty: unknown."""
    timezone: str | None = None
    """IANA name; used only when a time names no zone. None: unknown."""
    channels: tuple[Channel, ...] = ()
    layouts: tuple[Layout, ...] = ()
    expect: Expect = Expect()
    delay_s: float | None = None
    """Least seconds between two requests to a host of this source; None: the setting's."""
    verify_tls: bool = True
    """Whether the certificates of its own hosts must hold; False is noted on each fetch (`tls_unverified`)."""
    follow_related: int = 0
    """How many related blocks deep to walk from an article page; 0: not at all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One answer as fetched, after content codings were removed."""

    url: str
    """Final URL, after redirects."""
    body: bytes
    fetched_at: datetime
    """When the answer was generated for us: our clock at receipt, or the stored Date on a cache replay."""
    requested_url: str = ""
    """The URL first asked for; empty: the same as `url`."""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    """Names in lower case; repeated ones joined with ", "."""
    encoding: str | None = None
    """A charset label known from outside the page (a WARC, a test); None: decide by WHATWG order."""
    redirects: tuple[str, ...] = ()
    """URLs passed through before `url`, oldest first."""

    @property
    def media_type(self) -> str:
        """What Content-Type says it is, in lower case and without parameters; empty: nothing."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An article as a listing, feed or sitemap announces it."""

    url: str
    """Absolute. A card without any link gets `<listing url>#<hash of headline>`."""
    guid: str | None = None
    headline: str | None = None
    description: str | None = None
    article_body: str | None = None
    """The whole text, where the card or feed carries it: paragraphs separated by a blank line."""
    authors: tuple[str, ...] = ()
    publisher: str | None = None
    image_url: str | None = None
    position: int = 0
    """0-based place on the page, in reading order."""
    score: float = 1.0
    """0 … 1: how sure discovery is that this is an article's record."""
    block: Block = "main"
    time_text: str | None = None
    """The printed or machine-readable time as found, kept even where it could not be parsed."""
    date_published: Timestamp | None = None
    date_modified: Timestamp | None = None
    channel_url: str | None = None
    fetched_at: datetime | None = None
    """When the page that announced it was fetched; None: discovery leaves it to the shell."""
    origins: Mapping[str, str] = field(default_factory=dict)
    """Field → where its value came from (`element`, `repetition`, `link`, `site`, `state`, `schemaorg`, …)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hints:
    """What a publisher says about how often to come back; limits, not orders. None: unsaid."""

    ttl_s: int | None = None
    skip_hours: tuple[int, ...] = ()
    """UTC hours 0–23 in which the feed does not change (RSS skipHours)."""
    skip_days: tuple[str, ...] = ()
    update_period_s: int | None = None
    """From sy:updatePeriod / sy:updateFrequency."""
    hubs: tuple[str, ...] = ()
    """WebSub hub URLs."""
    fresh_s: int | None = None
    """From Cache-Control or Expires of the answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """All that one read of a listing, feed or sitemap gave."""

    entries: tuple[Entry, ...]
    next_url: str | None = None
    """The next page of the same list (`rel=next`, numbered, "load more"); None: no more."""
    children: tuple[str, ...] = ()
    """Sitemaps of a sitemap index, newest first."""
    hints: Hints = Hints()
    warnings: tuple[tuple[str, str], ...] = ()
    """(outcome code, message) for each thing that could not be read; the rest was."""
    wrapper: Mapping[str, Any] = field(default_factory=dict)
    """How the records were found (JSON values only); handed back to the next read of the channel."""
    page_is_article: bool = False
    """True when the page is itself an article that carries a listing ("Related Articles"); extract it too."""
    truncated: bool = False
    """True when a limit cut the list, so that nothing can be said about what lies beyond it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """A news article, as schema.org NewsArticle knows it, with where each field came from."""

    source_id: str
    url: str
    fetched_at: datetime
    headline: str | None = None
    publisher: str | None = None
    canonical_url: str | None = None
    """What the page itself declares (rel=canonical, og:url), absolute; None: nothing declared."""
    alternative_headline: str | None = None
    description: str | None = None
    article_body: str | None = None
    """Paragraphs separated by a blank line. None: only announced, text not read yet."""
    authors: tuple[str, ...] = ()
    """People's names, in order, without "By", roles, agencies or the paper itself."""
    credit: str | None = None
    """The agency the text is credited to ("Reuters", "AFP"): evidence for copies."""
    article_section: str | None = None
    keywords: tuple[str, ...] = ()
    in_language: str | None = None
    date_published: Timestamp | None = None
    date_modified: Timestamp | None = None
    time_text: str | None = None
    """A printed time that could not be parsed; kept beside the missing date."""
    image_url: str | None = None
    is_accessible_for_free: bool | None = None
    kind: ArticleKind = "article"
    channel_url: str | None = None
    """The channel it was found on; None: fetched by itself."""
    http_status: int | None = None
    """None: it came whole out of a listing, without a request of its own."""
    reached_by: tuple[str, ...] = ()
    """Other URLs that led to it: the one asked for, then redirects, in order."""
    origins: Mapping[str, str] = field(default_factory=dict)
    """Field → where its value came from; what disagreed is under `<field>.other`."""
    extra: Mapping[str, Any] = field(default_factory=dict)
    """What has no column (JSON values only): kicker, sections (all that the page names, where it names several),
    day_published (the publisher's own calendar day), charset, …"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fingerprint:
    """What identity is decided from."""

    url_key: str
    content_hash: int
    """64 bits, signed, over the normal form of headline and body."""
    body_hash: int
    """64 bits, signed, over the normal form of the body alone; 0: no body."""
    shingles: tuple[int, ...] = ()
    """Sampled shingle hashes for the inverted index, 32 bits, signed; empty: text too short, exact only."""
    sketch: bytes = b""
    """The denser sample used to verify a candidate."""
    length: int = 0
    """Words of the body; in scripts without spaces each character counts as one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """One article's text repeats another's."""

    article_id: int
    """Row id of the other."""
    kind: LinkKind
    """same: the same text; near: nearly the same; part: it is part of the other's; whole: it contains the other's."""
    similarity: float
    """Share of the shorter text contained in the other, 0 … 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What the store is to do with an article, and why, in words."""

    verdict: Verdict
    of: int | None = None
    """Row id of the article it is the same as, a revision of, or a copy of; None: new."""
    similarity: float | None = None
    """Share of the shorter text contained in the other, 0 … 1; None: not compared."""
    reason: str = ""
    links: tuple[Link, ...] = ()
    """All articles whose texts it repeats, `of` among them in a copy; sets of copies are made of these."""
    is_notice: bool = False
    """Whether the text stands under so many addresses of its host that it is a notice and no article."""
