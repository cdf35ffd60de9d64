"""Article ↔ row: which columns hold which fields, once, for storing, verifying and exporting."""

from collections.abc import Mapping
from typing import Any, Literal

from newscrawl.models import Article
from newscrawl.store.schema import ARTICLES, CONTENT_COLUMNS, REVISIONS
from newscrawl.store.values import (
    clean,
    from_json,
    hash64,
    must_instant,
    timestamp_columns,
    timestamp_of,
    to_json,
    to_text,
)
from newscrawl.text import count_words

CONTENT = tuple(column.name for column in CONTENT_COLUMNS)
"""The columns that articles and revisions share, in order."""
OF_VISITS = frozenset({"last_seen_at", "visited_at", "run_id", "trivial_changes"})
"""Columns of `articles` about our own visits; their change is no news for anyone downstream."""
_UNSEALED = OF_VISITS | {"id", "row_hash"}
_SEALED = {
    table.name: tuple(column.name for column in table.columns if column.name not in _UNSEALED)
    for table in (ARTICLES, REVISIONS)
}


def content_row(article: Article) -> dict[str, Any]:
    """The columns of `CONTENT`."""
    free = article.is_accessible_for_free
    return {
        "headline": clean(article.headline),
        "alternative_headline": clean(article.alternative_headline),
        "description": clean(article.description),
        "article_body": clean(article.article_body),
        "authors": to_json(list(article.authors)),
        "credit": clean(article.credit),
        "article_section": clean(article.article_section),
        "keywords": to_json(list(article.keywords)),
        "in_language": clean(article.in_language),
        **timestamp_columns("date_published", article.date_published),
        **timestamp_columns("date_modified", article.date_modified),
        "image_url": clean(article.image_url),
        "is_accessible_for_free": None if free is None else int(free),
    }


def article_row(article: Article) -> dict[str, Any]:
    """Every column that comes from the article itself."""
    return {
        "source_id": article.source_id,
        "publisher": clean(article.publisher),
        "canonical_url": clean(article.canonical_url),
        **content_row(article),
        "time_text": clean(article.time_text),
        "kind": article.kind,
        "word_count": count_words(article.article_body),
        "http_status": article.http_status,
        "fetched_at": to_text(article.fetched_at),
        "origins": to_json(dict(article.origins)),
        "extra": to_json(dict(article.extra)),
    }


def row_hash(table: Literal["articles", "revisions"], row: Mapping[str, Any]) -> int:
    """64 bits over a row, byte for byte: a damaged file shows even where SQLite sees no damage."""
    return hash64(to_json([row[name] for name in _SEALED[table]]))


def article_of(row: Mapping[str, Any]) -> Article:
    """The Article a row of `articles` holds; of a row of `revisions` joined with its article's other columns too."""
    free = row["is_accessible_for_free"]
    return Article(
        source_id=row["source_id"],
        url=row["url"],
        fetched_at=must_instant(row["fetched_at"]),
        headline=row["headline"],
        publisher=row["publisher"],
        canonical_url=row["canonical_url"],
        alternative_headline=row["alternative_headline"],
        description=row["description"],
        article_body=row["article_body"],
        authors=tuple(from_json(row["authors"])),
        credit=row["credit"],
        article_section=row["article_section"],
        keywords=tuple(from_json(row["keywords"])),
        in_language=row["in_language"],
        date_published=timestamp_of("date_published", row),
        date_modified=timestamp_of("date_modified", row),
        time_text=row["time_text"],
        image_url=row["image_url"],
        is_accessible_for_free=None if free is None else bool(free),
        kind=row["kind"],
        http_status=row["http_status"],
        origins=from_json(row["origins"]),
        extra=from_json(row["extra"]),
    )
