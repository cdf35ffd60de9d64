"""What became of a URL: one code for each, in one table.

Every URL that enters the queue ends in exactly one row of `fetches` with one of these codes. Those "of a run" befall
none of its URLs alone; they are in `notes` of its row in `runs`.
`docs/limits.md` is generated from this table.
"""

from dataclasses import dataclass
from typing import Literal

Severity = Literal["ok", "note", "temporary", "soft", "hard"]
"""ok and note never fail a run; temporary weighs 0.25, soft 0.5 and hard 1.0 against a channel's health."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """One code: what it means, and how much it weighs."""

    code: str
    severity: Severity
    meaning: str


_TABLE = (
    Outcome("ok", "ok", "fetched and read"),
    Outcome("unchanged", "ok", "304, or the same bytes as last time"),
    Outcome("known", "ok", "the store holds it and it need not be visited again"),
    Outcome("duplicate", "ok", "another URL of an article already stored"),
    Outcome("forgotten", "ok", "taken down by `scrapy forget`; not stored again"),
    Outcome("stored_from_listing", "ok", "the listing carried the whole article; no request was needed"),
    Outcome("robots_disallowed", "note", "robots.txt forbids this path to us"),
    Outcome("noindex", "note", "the publisher asks that the page not be stored (X-Robots-Tag or meta robots)"),
    Outcome("tdm_reserved", "note", "stored; text and data mining is reserved, left out of exports"),
    Outcome("gone", "note", "410, or 451: not asked for again"),
    Outcome("not_article", "note", "a section, tag, video, login or index page, not an article"),
    Outcome("no_text", "note", "the page holds no readable article text"),
    Outcome("soft_404", "note", "an error page served with 200"),
    Outcome("entry_limit", "note", "more entries than the limit; the newest were kept"),
    Outcome("link_limit", "note", "more links than the limit; the first were kept"),
    Outcome("budget", "note", "the source's budget of this run was used up; still due"),
    Outcome("bad_date", "note", "a date that cannot be; the text was kept"),
    Outcome("charset_doubtful", "note", "the page's charset is a guess"),
    Outcome("malformed", "note", "the markup is broken; what could be read of it was read"),
    Outcome("truncated", "note", "the markup ends open; stored with a flag and fetched again"),
    Outcome("downgraded", "note", "a redirect led from https to http"),
    Outcome("tls_unverified", "note", "its certificate was not checked: the seed says `verify_tls = false`"),
    Outcome("blocked_address", "hard", "the address is not a public one; no packet was sent"),
    Outcome("blocked_scheme", "hard", "neither http nor https"),
    Outcome("bad_url", "hard", "not a URL, too long, or one that parsers read differently"),
    Outcome("body_too_large", "hard", "the decoded body passed the limit"),
    Outcome("headers_too_large", "hard", "the response headers passed the limit"),
    Outcome("bad_encoding", "hard", "a content coding that is unknown, broken, or one too many"),
    Outcome("bad_framing", "hard", "not HTTP as anyone speaks it"),
    Outcome("timeout_connect", "temporary", "no connection in time"),
    Outcome("timeout_headers", "temporary", "no response headers in time"),
    Outcome("timeout_read", "temporary", "the body stood still too long"),
    Outcome("timeout_total", "temporary", "the answer took too long as a whole"),
    Outcome("dns_failed", "temporary", "the host name does not resolve"),
    Outcome("connection_lost", "temporary", "the connection was refused, reset or closed"),
    Outcome("truncated_body", "temporary", "fewer bytes came than were announced"),
    Outcome("rate_limited", "temporary", "429, or 503 with Retry-After: the host asks for a pause"),
    Outcome("robots_unreachable", "temporary", "robots.txt could not be had, so nothing is allowed for now"),
    Outcome("tdmrep_unreachable", "temporary", "tdmrep.json could not be had; asked for again in an hour"),
    Outcome("tls_invalid", "hard", "the certificate does not hold"),
    Outcome("http_error", "soft", "an HTTP error status; recorded as http_NNN"),
    Outcome("too_many_redirects", "hard", "more redirects than the limit"),
    Outcome("redirect_loop", "hard", "a redirect back to a URL already passed"),
    Outcome("empty_body", "soft", "200 without a body"),
    Outcome("unexpected_206", "soft", "a part, though the whole was asked for"),
    Outcome("unexpected_304", "soft", "304, though nothing was asked conditionally"),
    Outcome("not_html", "soft", "neither HTML nor text"),
    Outcome("not_a_feed", "soft", "no feed, though one was expected"),
    Outcome("empty_feed", "soft", "a feed or listing without a single entry"),
    Outcome("not_a_sitemap", "soft", "no sitemap, though one was expected"),
    Outcome("sitemap_cycle", "soft", "a sitemap index that leads back to itself, or too deep"),
    Outcome("xml_entities", "hard", "the XML defines entities of its own; refused unread"),
    Outcome("parse_limit", "hard", "more elements or attributes than the limit; no parser saw it"),
    Outcome("parse_timeout", "hard", "reading the page took too long; the worker was replaced"),
    Outcome("parse_crash", "hard", "reading the page ended the worker; it was replaced"),
    Outcome("challenge", "soft", "a bot challenge came instead of the page"),
    Outcome("consent", "soft", "a consent page came instead of the page"),
    Outcome("login", "soft", "a login page came instead of the page"),
    Outcome("trap_path", "note", "repeating path segments"),
    Outcome("trap_calendar", "note", "endless dates"),
    Outcome("trap_session", "note", "session ids in the URL"),
    Outcome("trap_pages", "note", "endless pages without anything new"),
    Outcome("trap_hosts", "note", "endless sub-domains"),
    Outcome("override_missed", "soft", "a seed's selector or pattern matched nothing"),
    Outcome("layout_changed", "note", "the page's markup changed; new records are marked until a second read agrees"),
    Outcome("expect_missed", "soft", "the run fell short of the seed's [expect]"),
    Outcome("bad_archive", "soft", "a record of a WARC file is damaged, or not what it says"),
    Outcome("disk_full", "temporary", "of a run: the room on the disk ran short; it ended, and what was due stays due"),
    Outcome("db_busy", "note", "of a run: another process held the database for a while; it waited"),
    Outcome(
        "long_reader", "note", "of a run: another program reads in one go for so long that the write-ahead log grows"
    ),
    Outcome("clock_jump", "note", "of a run: the computer's clock was set; what was due moved with it"),
    Outcome("internal_error", "hard", "a defect of newscrawl; please report it"),
)

OUTCOMES: dict[str, Outcome] = {row.code: row for row in _TABLE}


def outcome_for_status(status: int) -> str:
    """The code of an HTTP status that is not a success: `gone`, `rate_limited` or `http_NNN`."""
    if status in (410, 451):
        return "gone"
    if status == 429:
        return "rate_limited"
    return f"http_{status:03d}"


def severity_of(code: str) -> Severity:
    """How much `code` weighs; `http_NNN` codes weigh as `http_error`. Unknown codes raise KeyError."""
    return OUTCOMES["http_error" if code.startswith("http_") else code].severity
