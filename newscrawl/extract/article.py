"""Page (+ Entry) → Article: gather evidence, choose, read the body, and say so where there is no article."""

from typing import Any
from urllib.parse import urlsplit

from newscrawl.errors import ExtractError
from newscrawl.extract.blocked import check_blocked, check_type
from newscrawl.extract.choose import Fields, choose
from newscrawl.extract.dates import DateReader, read_url_day
from newscrawl.extract.evidence import Candidate, Evidence
from newscrawl.extract.kind import check_article, choose_kind, is_declared_article
from newscrawl.extract.language import choose_language, tag_of
from newscrawl.extract.layout import layout_of, read_layout
from newscrawl.extract.meta import read_meta
from newscrawl.extract.reserve import read_reservations
from newscrawl.extract.schemaorg import read_schemaorg
from newscrawl.extract.state import read_state
from newscrawl.extract.visible import Visible
from newscrawl.markup import Document, parse
from newscrawl.models import Article, Entry, Page, Source
from newscrawl.times import Habits


def extract_article(
    page: Page,
    *,
    source: Source | None = None,
    entry: Entry | None = None,
    habits: Habits | None = None,
    document: Document | None = None,
) -> Article:
    """The article on `page`; `document` is the page parsed already, `entry` what announced it.

    Raises ExtractError (`not_html`, `soft_404`, `not_article`, `no_text`), BlockedError (`challenge`, `consent`,
    `login`) and, from the parser, PageError (`empty_body`, `parse_limit`).
    """
    source = source or source_of(page.url)
    check_type(page.body, page.url)
    document = document or parse(page)
    evidence, missed = gather_evidence(document, source)
    declared = is_declared_article(evidence)
    languages = _languages(document, source, evidence)
    fields = choose(
        evidence,
        page=page,
        source=source,
        base_url=document.base_url,
        reader=DateReader(page, source, languages, habits),
        entry=entry,
    )
    text, paragraphs = _read_text(document, evidence, fields, languages)
    check_blocked(document, readable=text or "", is_article=declared)
    kind = choose_kind(evidence, page.url, len((text or "").split()))
    check_article(evidence, page.url, text=text, paragraphs=paragraphs, kind=kind)
    language, origin, other = choose_language(evidence, document.language, text)
    if language:
        fields.put("in_language", language, origin or "", [other] if other else [])
    fields.extra.update(read_reservations(page, evidence), charset=_charset(document))
    if missed:
        fields.extra["override_missed"] = list(missed)
    values = {**fields.values, "article_body": text, "kind": kind, "origins": fields.origins, "extra": fields.extra}
    article = Article(source_id=source.id, url=page.url, fetched_at=page.fetched_at, http_status=page.status, **values)
    return article


def gather_evidence(document: Document, source: Source) -> tuple[Evidence, tuple[str, ...]]:
    """What every reader found, and the parts of the source's layout that matched nothing."""
    candidates: list[Candidate] = []
    missed: tuple[str, ...] = ()
    layout = layout_of(source, document)
    if layout is not None:
        found, missed = read_layout(document, layout)
        candidates += found
    candidates += read_schemaorg(document)
    candidates += read_meta(document)
    about = [item.value for item in candidates if item.field == "headline"]
    visible = Visible(document, about)
    candidates += visible.candidates()
    candidates += read_state(document, [*about, *(item.value for item in candidates if item.origin == "visible:h1")])
    day = read_url_day(document.url)
    if day:
        candidates.append(Candidate("date_published", day, "url:path"))
    return Evidence(candidates, visible.near), missed


def source_of(url: str) -> Source:
    """A source made of a bare page URL: id `url_<host>`, the host for its name."""
    try:
        host = urlsplit(url).hostname or "unknown"
    except ValueError:
        host = "unknown"
    return Source(id=f"url_{host}", publisher=host, url=url, country="zz")


def article_from_entry(entry: Entry, *, source: Source, page: Page) -> Article:
    """The article a card or feed item carries whole. Raises ExtractError (`no_text`) when it carries no text."""
    if not (entry.article_body or "").strip():
        raise ExtractError(entry.url, "the entry carries no text", "no_text")
    origins = {name: f"entry:{origin}" for name, origin in entry.origins.items()}
    extra: dict[str, Any] = {}
    return Article(
        source_id=source.id,
        url=entry.url,
        fetched_at=page.fetched_at,
        headline=entry.headline,
        publisher=entry.publisher or source.publisher or None,
        description=entry.description,
        article_body=entry.article_body,
        authors=entry.authors,
        in_language=source.in_language[0] if source.in_language else None,
        date_published=entry.date_published,
        date_modified=entry.date_modified,
        time_text=entry.time_text if entry.date_published is None else None,
        image_url=entry.image_url,
        channel_url=entry.channel_url,
        http_status=None,
        origins=origins,
        extra=extra,
    )


def _languages(document: Document, source: Source, evidence: Evidence) -> tuple[str, ...]:
    claims = [document.language, *(item.value for item in evidence.of("in_language")), *source.in_language]
    return tuple(dict.fromkeys(tag for tag in map(tag_of, claims) if tag))


def _read_text(
    document: Document, evidence: Evidence, fields: Fields, languages: tuple[str, ...]
) -> tuple[str | None, tuple[str, ...]]:
    from newscrawl.extract.body import read_body

    override = evidence.first("article_body", "layout")
    if override:
        fields.origins["article_body"] = "layout:article_body"
        return override, tuple(override.split("\n\n"))
    body = read_body(document, language=languages[0] if languages else None, headline=fields.values.get("headline"))
    fields.origins["article_body"] = body.evidence
    return body.text, body.paragraphs


def _charset(document: Document) -> dict[str, Any]:
    decoded = document.decoded
    found: dict[str, Any] = {"encoding": decoded.encoding, "evidence": decoded.evidence}
    if decoded.replaced:
        found["replaced"] = decoded.replaced
    if decoded.doubtful:
        found["doubtful"] = True
    return found


__all__ = ["article_from_entry", "extract_article", "gather_evidence", "source_of"]
