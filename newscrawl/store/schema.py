"""The tables: every column with its meaning, once. The DDL and `docs/data-format.md` are both made from here.

All tables are STRICT. Instants are TEXT, ISO 8601 in UTC ending in Z with milliseconds, so text order is time order.
Lists and objects are JSON text. Hashes are signed 64-bit integers.
"""

from newscrawl.store.near import NEAR_TABLES
from newscrawl.store.table import Column, Table, timestamp_columns

APPLICATION_ID = 0x6E777363
"""`PRAGMA application_id`: "nwsc". Tells a newscrawl database from any other, and an emptied one from a new one."""

TOKENIZER = "unicode61 remove_diacritics 2"
"""How full-text search takes words."""

CONTENT_COLUMNS = (
    Column("headline", "TEXT", "schema.org headline, without the site's name"),
    Column("alternative_headline", "TEXT", "another headline of the same article, as on the listing or in meta"),
    Column("description", "TEXT", "standfirst or summary"),
    Column("article_body", "TEXT", "the text; paragraphs separated by a blank line"),
    Column("authors", "TEXT", "people's names, a JSON list"),
    Column("credit", "TEXT", "the agency the text is credited to"),
    Column("article_section", "TEXT", "section as the publisher names it"),
    Column("keywords", "TEXT", "a JSON list"),
    Column("in_language", "TEXT", "BCP 47"),
    *timestamp_columns("date_published", "when it was published, by the publisher's word"),
    *timestamp_columns("date_modified", "when it was last changed, by the publisher's word"),
    Column("image_url", "TEXT", "main image"),
    Column("is_accessible_for_free", "INTEGER", "1, 0, or NULL: the page does not say"),
)

ARTICLES = Table(
    "articles",
    "An article as it stands now. Earlier states are in `revisions` and `changes`.",
    (
        Column("id", "INTEGER", "row id; local to this file, never given twice", "PRIMARY KEY AUTOINCREMENT"),
        Column("uid", "TEXT", "stable id: UUID 5 of the first `url_key`; never changes", "NOT NULL UNIQUE"),
        Column("source_id", "TEXT", "the source it was first found through", "NOT NULL REFERENCES sources(id)"),
        Column("channel_id", "INTEGER", "the channel it was first found on", "REFERENCES channels(id)"),
        Column("publisher", "TEXT", "who published it, as the page or listing says"),
        Column("url", "TEXT", "where it was fetched, canonical form", "NOT NULL"),
        Column("canonical_url", "TEXT", "what the page declares as its address (rel=canonical, og:url)"),
        Column(
            "url_key", "TEXT", "identity of `url`: scheme, tracking, AMP and mobile forms folded", "NOT NULL UNIQUE"
        ),
        *CONTENT_COLUMNS,
        Column("time_text", "TEXT", "a printed time that could not be parsed"),
        Column("kind", "TEXT", "article, live or gallery", "NOT NULL"),
        Column("word_count", "INTEGER", "words of the body; characters in scripts without spaces", "NOT NULL"),
        Column("verdict", "TEXT", "the last decision that changed the row: new, revision or copy", "NOT NULL"),
        Column("decision_reason", "TEXT", "the verdict's reason, in words", "NOT NULL"),
        Column("copy_of", "INTEGER", "the article whose text this one repeats", "REFERENCES articles(id)"),
        Column("copy_similarity", "REAL", "share of the shorter text contained in the other, 0 … 1"),
        Column("revision", "INTEGER", "1 for the first text; counts changes of content", "NOT NULL"),
        Column(
            "extraction",
            "INTEGER",
            "1 for how that text was first read; counts readings by a later newscrawl (`scrapy reextract`)",
            "NOT NULL DEFAULT 1",
        ),
        Column(
            "trivial_changes", "INTEGER", "suppressed: whitespace, date lines, texts going back and forth", "NOT NULL"
        ),
        Column(
            "status",
            "TEXT",
            "usable, gone (404/410), deleted (again hours later, the host answering), moved (leads elsewhere)",
            "NOT NULL",
        ),
        Column("content_hash", "INTEGER", "of the normal form of headline and body", "NOT NULL"),
        Column("body_hash", "INTEGER", "of the normal form of the body; 0: no body", "NOT NULL"),
        Column("row_hash", "INTEGER", "of the row but for our own visits: what `scrapy verify` checks", "NOT NULL"),
        Column("http_status", "INTEGER", "of the last fetch; NULL: it came whole out of a listing"),
        Column("fetched_at", "TEXT", "when the present text was fetched", "NOT NULL"),
        Column("first_seen_at", "TEXT", "when it was first stored", "NOT NULL"),
        Column("last_seen_at", "TEXT", "when it was last met, in a listing or by a fetch", "NOT NULL"),
        Column("visited_at", "TEXT", "when its own page was last fetched; NULL: never"),
        Column("origins", "TEXT", "field → where its value came from, a JSON object", "NOT NULL"),
        Column("extra", "TEXT", "what has no column, a JSON object", "NOT NULL"),
        Column("run_id", "INTEGER", "the run that last changed the row", "REFERENCES runs(id)"),
        Column("read_by", "INTEGER", "the run that read the present text", "REFERENCES runs(id)"),
    ),
    indexes=(
        "source_id, first_seen_at",
        "date_published",
        "first_seen_at",
        "body_hash",
        "content_hash",
        "copy_of WHERE copy_of IS NOT NULL",
    ),
)

REVISIONS = Table(
    "revisions",
    "An earlier text of an article, in force from `fetched_at` until `superseded_at`. The article holds the latest.",
    (
        Column("id", "INTEGER", "row id", "PRIMARY KEY"),
        Column("article_id", "INTEGER", "whose", "NOT NULL REFERENCES articles(id) ON DELETE CASCADE"),
        Column("number", "INTEGER", "1 for the first text", "NOT NULL"),
        Column("extraction", "INTEGER", "1 for how that text was first read", "NOT NULL DEFAULT 1"),
        Column("fetched_at", "TEXT", "when this text was fetched", "NOT NULL"),
        Column("superseded_at", "TEXT", "when the next text was fetched, or this one read anew", "NOT NULL"),
        *CONTENT_COLUMNS,
        Column("content_hash", "INTEGER", "of the normal form of headline and body", "NOT NULL"),
        Column(
            "change",
            "TEXT",
            "what the next text changed: a JSON object with `kinds` and `summary`; kind extraction: how it is read",
            "NOT NULL",
        ),
        Column("row_hash", "INTEGER", "of the row: what `scrapy verify` checks", "NOT NULL"),
    ),
    constraints=("UNIQUE (article_id, number, extraction)",),
)

CHANGES = Table(
    "changes",
    "Every change of an article, in commit order: what exports with a cursor and `--as-of` are made from.",
    (
        Column("change_seq", "INTEGER", "rises with every change, in commit order", "PRIMARY KEY AUTOINCREMENT"),
        Column("article_id", "INTEGER", "whose; kept after a takedown", "NOT NULL"),
        Column(
            "op",
            "TEXT",
            "new, revise, narrow, relate, visit, gone, deleted, moved, restore, takedown or reextract",
            "NOT NULL",
        ),
        Column("at", "TEXT", "when it was written", "NOT NULL"),
        Column("run_id", "INTEGER", "by which run", "REFERENCES runs(id)"),
        Column("was", "TEXT", "column → value before, a JSON object (bodies are in `revisions`)", "NOT NULL"),
    ),
    indexes=("article_id, change_seq", "at"),
)

URLS = Table(
    "urls",
    "Every address an article is known by.",
    (
        Column("url_key", "TEXT", "identity of the address", "PRIMARY KEY"),
        Column("article_id", "INTEGER", "the article", "NOT NULL REFERENCES articles(id) ON DELETE CASCADE"),
        Column("url", "TEXT", "the address as first met", "NOT NULL"),
        Column("role", "TEXT", "url, requested, redirect, canonical, or learned (see `parameters`)", "NOT NULL"),
        Column("first_seen_at", "TEXT", "when it was first met", "NOT NULL"),
    ),
    indexes=("article_id",),
    without_rowid=True,
)

DISPUTED_URLS = Table(
    "disputed_urls",
    "Addresses that pages with different texts declare as their own; no article is known by them.",
    (
        Column("url_key", "TEXT", "identity of the address", "PRIMARY KEY"),
        Column("disputed_at", "TEXT", "since when", "NOT NULL"),
    ),
    without_rowid=True,
)

PARAMETERS = Table(
    "parameters",
    "What a parameter means on a host, learned: one row for each text that was met under addresses apart in it alone.",
    (
        Column("host", "TEXT", "the host as in `url_key`", "NOT NULL"),
        Column("name", "TEXT", "the parameter, in lower case", "NOT NULL"),
        Column("body_hash", "INTEGER", "the text", "NOT NULL"),
        Column("article_id", "INTEGER", "an article with it", "NOT NULL REFERENCES articles(id) ON DELETE CASCADE"),
        Column("url_key", "TEXT", "the other address", "NOT NULL"),
        Column("is_same", "INTEGER", "1: both gave one text; 0: a different one, so it says which page", "NOT NULL"),
        Column("noted_at", "TEXT", "when that was seen", "NOT NULL"),
    ),
    constraints=("PRIMARY KEY (host, name, body_hash)",),
    indexes=("article_id",),
    without_rowid=True,
)

COPIES = Table(
    "copies",
    "Two articles of which one's text repeats the other's, from one change on until another; sets of copies are what"
    " the pairs of a time join.",
    (
        Column("article_id", "INTEGER", "the later row", "NOT NULL REFERENCES articles(id) ON DELETE CASCADE"),
        Column("other_id", "INTEGER", "the earlier row", "NOT NULL REFERENCES articles(id) ON DELETE CASCADE"),
        Column(
            "kind", "TEXT", "same text; near: nearly the same; part of the other; whole: contains the other", "NOT NULL"
        ),
        Column("similarity", "REAL", "share of the shorter text contained in the other, 0 … 1", "NOT NULL"),
        Column("from_seq", "INTEGER", "the change (`change_seq`) it was found with", "NOT NULL"),
        Column("until_seq", "INTEGER", "the change from which on it holds no more; NULL: it holds"),
    ),
    constraints=("PRIMARY KEY (article_id, other_id, from_seq)",),
    indexes=("other_id",),
    without_rowid=True,
)

SIGHTINGS = Table(
    "sightings",
    "How a channel showed an article, over time: one row per change, not per check.",
    (
        Column("id", "INTEGER", "row id", "PRIMARY KEY"),
        Column("channel_id", "INTEGER", "where", "NOT NULL REFERENCES channels(id)"),
        Column("url_key", "TEXT", "what", "NOT NULL"),
        Column("article_id", "INTEGER", "the article, once stored", "REFERENCES articles(id) ON DELETE CASCADE"),
        Column("block", "TEXT", "main, widget or related", "NOT NULL"),
        Column("position", "INTEGER", "0-based place on the page when last seen", "NOT NULL"),
        Column("position_best", "INTEGER", "the highest place (smallest number) while unchanged", "NOT NULL"),
        Column("headline", "TEXT", "as printed there"),
        Column("time_text", "TEXT", "the time as printed when first seen"),
        Column("earliest", "TEXT", "start of the publication interval this sighting allows"),
        Column("latest", "TEXT", "end of it"),
        Column("first_seen_at", "TEXT", "first check that showed it so", "NOT NULL"),
        Column("last_seen_at", "TEXT", "last check that showed it so", "NOT NULL"),
        Column("times_seen", "INTEGER", "checks that showed it so", "NOT NULL"),
    ),
    indexes=("channel_id, url_key, id", "url_key", "article_id"),
)

SOURCES = Table(
    "sources",
    "A publisher, as its seed file described it when it was last used.",
    (
        Column("id", "TEXT", "<country>_<name> of the seed file; url_<host> for a bare URL", "PRIMARY KEY"),
        Column("publisher", "TEXT", "name", "NOT NULL"),
        Column("url", "TEXT", "home page", "NOT NULL"),
        Column("country", "TEXT", "ISO 3166-1 alpha-2, lower case; zz: none", "NOT NULL"),
        Column("in_language", "TEXT", "BCP 47 tags, a JSON list", "NOT NULL"),
        Column("timezone", "TEXT", "IANA name; NULL: unknown"),
        Column("habits", "TEXT", "what was learned of how it prints times, a JSON object", "NOT NULL DEFAULT '{}'"),
        Column("state", "TEXT", "ok, suspect, broken or recovered", "NOT NULL DEFAULT 'ok'"),
        Column("state_since", "TEXT", "when the state began"),
        Column("state_reason", "TEXT", "why, for a person"),
        Column("health", "TEXT", "what the tests of its articles learned, a JSON object", "NOT NULL DEFAULT '{}'"),
        Column("added_at", "TEXT", "when it was first used", "NOT NULL"),
    ),
    without_rowid=True,
)

CHANNELS = Table(
    "channels",
    "A page where a source announces articles, and what is remembered of it between checks.",
    (
        Column("id", "INTEGER", "row id", "PRIMARY KEY"),
        Column("source_id", "TEXT", "whose", "NOT NULL REFERENCES sources(id)"),
        Column("kind", "TEXT", "listing, feed or sitemap", "NOT NULL"),
        Column("url", "TEXT", "its address", "NOT NULL"),
        Column("etag", "TEXT", "validator of the last full answer"),
        Column("last_modified", "TEXT", "validator of the last full answer"),
        Column("body_hash", "INTEGER", "of the last full answer"),
        Column("last_checked_at", "TEXT", "last check, whatever came of it"),
        Column("last_complete_at", "TEXT", "last check that read the whole list"),
        Column("last_new_at", "TEXT", "last check that found something new"),
        Column("next_check_at", "TEXT", "when it is due; NULL: now"),
        Column(
            "failures", "REAL", "weighted failures in a row: hard 1, soft 0.5, temporary 0.25", "NOT NULL DEFAULT 0"
        ),
        Column("parked_reason", "TEXT", "why it is not asked any more; NULL: in use"),
        Column("moved_to", "TEXT", "where permanent redirects point"),
        Column("moved_times", "INTEGER", "equal permanent redirects in a row", "NOT NULL DEFAULT 0"),
        Column("wrapper", "TEXT", "how its records were found, a JSON object", "NOT NULL DEFAULT '{}'"),
        Column("hints", "TEXT", "how often the publisher asks to come back, a JSON object", "NOT NULL DEFAULT '{}'"),
        Column("schedule", "TEXT", "what the schedule learned of it, a JSON object", "NOT NULL DEFAULT '{}'"),
        Column("coverage", "TEXT", "what the next read is held against, a JSON object", "NOT NULL DEFAULT '{}'"),
        Column("health", "TEXT", "what the health tests learned of it, a JSON object", "NOT NULL DEFAULT '{}'"),
        Column("lease_run", "INTEGER", "the run that is checking it", "REFERENCES runs(id)"),
        Column("leased_until", "TEXT", "when that lease ends by itself"),
    ),
    constraints=("UNIQUE (source_id, url)",),
    indexes=(
        "next_check_at, source_id WHERE parked_reason IS NULL AND lease_run IS NULL",
        "lease_run WHERE lease_run IS NOT NULL",
    ),
)

CHECKS = Table(
    "checks",
    "One read of a channel, whole: all its pages.",
    (
        Column("id", "INTEGER", "row id", "PRIMARY KEY"),
        Column("channel_id", "INTEGER", "which", "NOT NULL REFERENCES channels(id)"),
        Column("run_id", "INTEGER", "by which run", "NOT NULL REFERENCES runs(id)"),
        Column("checked_at", "TEXT", "when it was fetched", "NOT NULL"),
        Column("outcome", "TEXT", "an outcome code", "NOT NULL"),
        Column("entries", "INTEGER", "entries read", "NOT NULL"),
        Column("new", "INTEGER", "of them never seen before, anywhere", "NOT NULL"),
        Column(
            "overlap", "INTEGER", "1: something of the last complete check was still there; NULL: nothing to compare"
        ),
        Column("complete", "INTEGER", "1: the whole list was read", "NOT NULL"),
    ),
    indexes=("channel_id, checked_at", "checked_at"),
)

QUEUE = Table(
    "queue",
    "Addresses that are to be fetched: articles, further pages of channels. A row goes when its outcome is committed.",
    (
        Column("url_key", "TEXT", "identity", "PRIMARY KEY"),
        Column("url", "TEXT", "address", "NOT NULL"),
        Column("source_id", "TEXT", "whose", "NOT NULL REFERENCES sources(id)"),
        Column("channel_id", "INTEGER", "where it was announced", "REFERENCES channels(id)"),
        Column("entry", "TEXT", "what the listing said of it, a JSON object"),
        Column("page", "TEXT", "where a further page stands in its channel, a JSON object"),
        Column("related_depth", "INTEGER", "how many related blocks deep to walk from it", "NOT NULL DEFAULT 0"),
        Column("reason", "TEXT", "new, revisit, truncated or page", "NOT NULL"),
        Column("added_at", "TEXT", "when it was put here", "NOT NULL"),
        Column("due_at", "TEXT", "not before", "NOT NULL"),
        Column("attempts", "INTEGER", "tries so far", "NOT NULL DEFAULT 0"),
        Column("last_outcome", "TEXT", "of the last try"),
        Column("lease_run", "INTEGER", "the run that is fetching it", "REFERENCES runs(id)"),
    ),
    indexes=("source_id, due_at", "due_at, source_id, lease_run", "lease_run WHERE lease_run IS NOT NULL"),
    without_rowid=True,
)

FETCHES = Table(
    "fetches",
    "What became of each URL a run took up: exactly one row for each.",
    (
        Column("id", "INTEGER", "row id", "PRIMARY KEY"),
        Column("run_id", "INTEGER", "by which run", "NOT NULL REFERENCES runs(id)"),
        Column("source_id", "TEXT", "for which source; NULL for robots.txt"),
        Column("channel_id", "INTEGER", "through which channel", "REFERENCES channels(id)"),
        Column("kind", "TEXT", "listing, feed, sitemap, article, robots or tdmrep", "NOT NULL"),
        Column("url", "TEXT", "address asked for", "NOT NULL"),
        Column("host", "TEXT", "its host and port", "NOT NULL"),
        Column("started_at", "TEXT", "when the request left; NULL: none was sent"),
        Column("finished_at", "TEXT", "when its end was known", "NOT NULL"),
        Column("status", "INTEGER", "HTTP status"),
        Column("body_bytes", "INTEGER", "bytes of the decoded body"),
        Column("outcome", "TEXT", "an outcome code, see docs/limits.md", "NOT NULL"),
        Column("flags", "TEXT", "notes beside the outcome, a JSON list", "NOT NULL"),
        Column("message", "TEXT", "for a person", "NOT NULL"),
    ),
    indexes=("source_id, finished_at", "outcome", "host, started_at", "run_id"),
)

GAPS = Table(
    "gaps",
    "A time in which articles of a channel may have been missed.",
    (
        Column("id", "INTEGER", "row id", "PRIMARY KEY"),
        Column("channel_id", "INTEGER", "of which channel", "NOT NULL REFERENCES channels(id)"),
        Column("from_at", "TEXT", "last instant known to be covered", "NOT NULL"),
        Column("to_at", "TEXT", "first instant covered again", "NOT NULL"),
        Column("reason", "TEXT", "no_overlap, source_down, monitor_down, blocked or entry_limit", "NOT NULL"),
        Column("hidden_expected", "REAL", "articles it hides, by the source's own rate"),
        Column("hidden_most", "REAL", "upper bound of a 95 % interval"),
        Column("url", "TEXT", "the sitemap of an index that could not be read; NULL: the channel's own list"),
        Column("closed_at", "TEXT", "when a later read showed what it hid; NULL: open"),
        Column("closed_by", "TEXT", "what closed it"),
        Column("message", "TEXT", "for a person", "NOT NULL DEFAULT ''"),
    ),
    indexes=("channel_id, from_at",),
)

HEALTH = Table(
    "health",
    "A change of a source's state of health, with its evidence.",
    (
        Column("id", "INTEGER", "row id", "PRIMARY KEY"),
        Column("source_id", "TEXT", "of which source", "NOT NULL REFERENCES sources(id)"),
        Column("at", "TEXT", "when", "NOT NULL"),
        Column("state", "TEXT", "ok, suspect, broken or recovered", "NOT NULL"),
        Column("reason", "TEXT", "for a person", "NOT NULL"),
        Column("evidence", "TEXT", "numbers and examples, a JSON object", "NOT NULL"),
    ),
    indexes=("source_id, at",),
)

ALERTS = Table(
    "alerts",
    "A story that a watch has matched.",
    (
        Column("watch", "TEXT", "the watch's name", "NOT NULL"),
        Column("story", "INTEGER", "the story's first article", "NOT NULL REFERENCES articles(id) ON DELETE CASCADE"),
        Column("matched_at", "TEXT", "when it was matched", "NOT NULL"),
    ),
    constraints=("PRIMARY KEY (watch, story)",),
    indexes=("story",),
    without_rowid=True,
)

TELLINGS = Table(
    "tellings",
    "What a target of a watch was told: a story, or a change of health, each once.",
    (
        Column("id", "INTEGER", "row id", "PRIMARY KEY"),
        Column("watch", "TEXT", "the watch's name", "NOT NULL"),
        Column("target", "TEXT", "a digest of the target, which may hold a secret", "NOT NULL"),
        Column("story", "INTEGER", "the story's first article", "REFERENCES articles(id) ON DELETE CASCADE"),
        Column("change", "INTEGER", "the change of health", "REFERENCES health(id) ON DELETE CASCADE"),
        Column("told_at", "TEXT", "when the message was delivered; the same for all that stood in it", "NOT NULL"),
    ),
    constraints=("UNIQUE (watch, target, story)", "UNIQUE (watch, target, change)"),
    indexes=("watch, target, told_at", "story", "change"),
)

HOSTS = Table(
    "hosts",
    "What politeness remembers of a host, across runs.",
    (
        Column("host", "TEXT", "name and port as in the address", "PRIMARY KEY"),
        Column("robots_txt", "TEXT", "the rules in force"),
        Column("robots_fetched_at", "TEXT", "when they were fetched; kept for 24 h at most"),
        Column("robots_outcome", "TEXT", "ok, http_404 (all allowed), robots_unreachable (nothing allowed)"),
        Column("robots_failing_since", "TEXT", "since when they cannot be had"),
        Column("crawl_delay_s", "REAL", "Crawl-delay for us"),
        Column("tdmrep_json", "TEXT", "what the site reserves of text and data mining; NULL: it does not say"),
        Column("tdmrep_fetched_at", "TEXT", "when that was asked for; kept for 24 h at most"),
        Column("retry_at", "TEXT", "no request before it (Retry-After, 429, 503)"),
        Column("failures", "INTEGER", "throttled or failed answers in a row", "NOT NULL DEFAULT 0"),
    ),
    without_rowid=True,
)

RUNS = Table(
    "runs",
    "One `scrapy crawl`.",
    (
        Column("id", "INTEGER", "row id", "PRIMARY KEY"),
        Column("spider", "TEXT", "name", "NOT NULL"),
        Column("arguments", "TEXT", "spider arguments, a JSON object", "NOT NULL"),
        Column("started_at", "TEXT", "when", "NOT NULL"),
        Column("heartbeat_at", "TEXT", "last sign of life", "NOT NULL"),
        Column("finished_at", "TEXT", "NULL: running, or killed"),
        Column("finish_reason", "TEXT", "Scrapy's, or killed"),
        Column("exit_status", "INTEGER", "0: nothing failed hard; see docs/limits.md"),
        Column("host", "TEXT", "machine's name", "NOT NULL"),
        Column("pid", "INTEGER", "process", "NOT NULL"),
        Column("newscrawl_version", "TEXT", "version", "NOT NULL"),
        Column("extractor", "TEXT", "the library that reads bodies, and its version"),
        Column("sqlite_version", "TEXT", "version", "NOT NULL"),
        Column("stats", "TEXT", "Scrapy's stats at the end, a JSON object", "NOT NULL DEFAULT '{}'"),
        Column(
            "notes",
            "TEXT",
            "what befell the run as a whole, a JSON list of `code` (disk_full, db_busy, long_reader, clock_jump), `at`,"
            " `message`",
            "NOT NULL DEFAULT '[]'",
        ),
    ),
)

TOMBSTONES = Table(
    "tombstones",
    "Addresses that were taken down by `scrapy forget` and are never fetched again.",
    (
        Column("url_key", "TEXT", "identity", "PRIMARY KEY"),
        Column("uid", "TEXT", "the article's stable id", "NOT NULL"),
        Column("forgotten_at", "TEXT", "when", "NOT NULL"),
        Column("reason", "TEXT", "as given", "NOT NULL"),
    ),
    without_rowid=True,
)

CURSORS = Table(
    "cursors",
    "How far each consumer of exports has confirmed.",
    (
        Column("name", "TEXT", "the consumer's", "PRIMARY KEY"),
        Column("acked_seq", "INTEGER", "`change_seq` confirmed; the next export starts after it", "NOT NULL"),
        Column("pending_seq", "INTEGER", "end of the range handed out and not confirmed; NULL: none"),
        Column("handed_out", "INTEGER", "1: the pending range was written whole, and can be confirmed", "NOT NULL"),
        Column("selection", "TEXT", "options of the export, a JSON object", "NOT NULL"),
        Column("updated_at", "TEXT", "last change", "NOT NULL"),
    ),
    without_rowid=True,
)

ARCHIVES = Table(
    "archives",
    "A WARC file that a crawl wrote (`NEWSCRAWL_WARC`) or `scrapy crawl archive` reads.",
    (
        Column("id", "INTEGER", "row id", "PRIMARY KEY"),
        Column("path", "TEXT", "where it lies, absolute", "NOT NULL UNIQUE"),
        Column("run_id", "INTEGER", "the run that wrote it; NULL: it was given to us", "REFERENCES runs(id)"),
        Column("read_to", "INTEGER", "offset up to which `archive` has taken it in; NULL: it has not begun"),
        Column("read_ahead", "TEXT", "offsets beyond it that came to their end before it did, a JSON list"),
    ),
)

ARCHIVED = Table(
    "archived",
    "An answer that lies in a WARC file. Of an article: the row of one of its addresses and the same `fetched_at`.",
    (
        Column("id", "INTEGER", "row id", "PRIMARY KEY"),
        Column("archive_id", "INTEGER", "in which file", "NOT NULL REFERENCES archives(id)"),
        Column("offset", "INTEGER", "where in it the record's gzip member begins", "NOT NULL"),
        Column("bytes", "INTEGER", "length of that member", "NOT NULL"),
        Column("record_id", "TEXT", "WARC-Record-ID, a URN", "NOT NULL"),
        Column("kind", "TEXT", "response, or revisit (as one before it: only its header fields are kept)", "NOT NULL"),
        Column("refers_to", "TEXT", "record id of the answer that a revisit is the same as"),
        Column("url", "TEXT", "address asked for", "NOT NULL"),
        Column("url_key", "TEXT", "its identity; NULL: not an address we take"),
        Column("fetched_at", "TEXT", "WARC-Date", "NOT NULL"),
        Column("status", "INTEGER", "HTTP status"),
        Column("payload_digest", "TEXT", "of the body as it came"),
        Column("run_id", "INTEGER", "the run that wrote or read it", "REFERENCES runs(id)"),
        Column("step_archive_id", "INTEGER", "file of the step that says how it was read", "REFERENCES archives(id)"),
        Column("step_offset", "INTEGER", "where in it; NULL: no step was recorded"),
    ),
    constraints=("UNIQUE (archive_id, offset)",),
    indexes=("url_key, fetched_at", "record_id"),
)

TABLES = (
    RUNS,
    SOURCES,
    CHANNELS,
    ARTICLES,
    REVISIONS,
    CHANGES,
    URLS,
    DISPUTED_URLS,
    PARAMETERS,
    COPIES,
    SIGHTINGS,
    QUEUE,
    CHECKS,
    FETCHES,
    GAPS,
    HEALTH,
    ALERTS,
    TELLINGS,
    HOSTS,
    TOMBSTONES,
    CURSORS,
    ARCHIVES,
    ARCHIVED,
)

__all__ = ["APPLICATION_ID", "NEAR_TABLES", "TABLES", "Column", "Table"]
