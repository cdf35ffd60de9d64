"""Page (+ Entry) → Article: gather evidence, choose, read the body, and say so where there is no article."""

from typing import Any
from urllib.parse import urlsplit

from newscrawl import limits
from newscrawl.errors import ExtractError
from newscrawl.extract.blocked import check_blocked, check_type
from newscrawl.extract.body import read_body
from newscrawl.extract.choose import Fields, choose
from newscrawl.extract.dates import DateReader, read_url_day
from newscrawl.extract.evidence import Candidate, Evidence
from newscrawl.extract.kind import check_article, check_prose, choose_kind, is_declared_article
from newscrawl.extract.language import SCORE_MIN, choose_language, detect_language, tag_of
from newscrawl.extract.layout import layout_of, read_layout
from newscrawl.extract.merge import merge_entry, read_entry
from newscrawl.extract.meta import read_meta
from newscrawl.extract.reserve import read_reservations
from newscrawl.extract.schemaorg import read_schemaorg
from newscrawl.extract.state import read_state
from newscrawl.extract.visible import Visible
from newscrawl.markup import Document, parse
from newscrawl.markup.fragment import read_paragraphs
from newscrawl.models import Article, Entry, Page, Source
from newscrawl.text import count_words
from newscrawl.times import Habits

_STATE_WORDS_MIN, _STATE_SHARE_MIN = 100, 2.0
"""A text held in the page's state is believed where the page itself shows less than half of it: it renders later."""

_COUNTED_CHARS = 6_000
"""How much of a text is counted to tell what kind of page it is: no rule asks for more than 320 words."""


def extract_article(
    page: Page,
    *,
    source: Source | None = None,
    entry: Entry | None = None,
    habits: Habits | None = None,
    document: Document | None = None,
    captions: bool = False,
) -> Article:
    """The article on `page`; `document` is the page parsed already, `entry` what announced it.

    `captions`: whether the captions of its pictures are lines of the body.

    Raises ExtractError (`not_html`, `soft_404`, `not_article`, `no_text`), BlockedError (`challenge`, `consent`,
    `login`) and, from the parser, PageError (`empty_body`, `parse_limit`).
    """
    source = source or source_of(page.url)
    check_type(page.body, page.url)
    document = document or parse(page)
    evidence, missed = gather_evidence(document, source, entry)
    fields = choose_fields(evidence, document, source, habits)
    text = _read_text(document, evidence, fields, captions=captions)
    count = count_words((text or "")[:_COUNTED_CHARS])
    check_blocked(document, readable=text or "", words=count, is_article=is_declared_article(evidence))
    check_prose(document, text)
    kind, fields.origins["kind"] = choose_kind(evidence, page.url, count)
    check_article(evidence, document, words=count, kind=kind)
    _put_language(fields, evidence, document, text)
    fields.extra.update(read_reservations(page, evidence), charset=_charset(document))
    if missed:
        fields.extra["override_missed"] = list(missed)
    article = Article(
        source_id=source.id,
        url=page.url,
        fetched_at=page.fetched_at,
        http_status=page.status,
        article_body=text,
        kind=kind,
        origins=fields.origins,
        extra=fields.extra,
        **fields.values,
    )
    return merge_entry(article, entry) if entry else article


def gather_evidence(document: Document, source: Source, entry: Entry | None = None) -> tuple[Evidence, tuple[str, ...]]:
    """What every reader found, and the parts of the source's layout that matched nothing."""
    candidates: list[Candidate] = []
    missed: tuple[str, ...] = ()
    layout = layout_of(source, document)
    if layout is not None:
        candidates, missed = read_layout(document, layout)
    candidates = [*candidates, *read_schemaorg(document), *read_meta(document)]
    visible = Visible(document, [item.value for item in candidates if item.field == "headline"])
    candidates += visible.candidates()
    candidates += read_state(document, [item.value for item in candidates if item.field == "headline"])
    day = read_url_day(document.url)
    if day:
        candidates.append(Candidate("date_published", day, "url:path"))
    if entry is not None:
        candidates += read_entry(entry)
    return Evidence(candidates, visible.near), missed


def choose_fields(evidence: Evidence, document: Document, source: Source, habits: Habits | None = None) -> Fields:
    """Every field but body, kind and language, which need the text."""
    claims = [document.language, *(item.value for item in evidence.of("in_language")), *source.in_language]
    languages = tuple(dict.fromkeys(tag for tag in map(tag_of, claims) if tag))
    if not languages:
        told, score = detect_language(" ".join(item.value for item in (*evidence.of("description"), *evidence.near)))
        languages = (told,) if told and score >= SCORE_MIN else ()
    reader = DateReader(document.page, source, languages, habits)
    fields = choose(evidence, page=document.page, source=source, base_url=document.base_url, reader=reader)
    if languages:
        fields.values["in_language"] = languages[0]
    return fields


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
    language, _, _ = choose_language(
        Evidence(), source.in_language[0] if source.in_language else None, entry.article_body
    )
    return Article(
        source_id=source.id,
        url=entry.url,
        fetched_at=page.fetched_at,
        headline=entry.headline,
        publisher=entry.publisher or source.publisher or None,
        description=entry.description,
        article_body=entry.article_body,
        authors=entry.authors,
        in_language=language,
        date_published=entry.date_published,
        date_modified=entry.date_modified,
        time_text=entry.time_text if entry.date_published is None else None,
        image_url=entry.image_url,
        channel_url=entry.channel_url,
        origins={name: f"entry:{origin}" for name, origin in entry.origins.items()},
    )


def _read_text(document: Document, evidence: Evidence, fields: Fields, *, captions: bool) -> str | None:
    """The body: a layout's, else the page's."""
    override = evidence.first("article_body", "layout")
    if override:
        fields.origins["article_body"] = "layout:article_body"
        return override
    lines = [item.value for item in (*evidence.of("author"), *evidence.of("time_text"))]
    lines = [*fields.values.get("authors", ()), *lines]
    body = read_body(document, headline=fields.values.get("headline"), lines=lines, captions=captions)
    stored = evidence.first("article_body", "state")
    is_free = fields.values.get("is_accessible_for_free") is not False
    rendered = read_paragraphs(stored[: limits.BODY_CHARS]) if stored and is_free else None
    if rendered and count_words(rendered) > max(_STATE_WORDS_MIN, _STATE_SHARE_MIN * count_words(body.text)):
        fields.origins["article_body"] = "state"
        return rendered
    fields.origins["article_body"] = body.evidence
    return body.text


def _put_language(fields: Fields, evidence: Evidence, document: Document, text: str | None) -> None:
    language, origin, other = choose_language(evidence, document.language, text)
    if language:
        fields.put("in_language", language, origin, [other] if other else [])
    else:
        fields.values.pop("in_language", None)


def _charset(document: Document) -> dict[str, Any]:
    """Which charset the page was read in and why; `replaced` counts malformed sequences."""
    decoded = document.decoded
    found: dict[str, Any] = {"encoding": decoded.encoding, "evidence": decoded.evidence}
    if decoded.replaced:
        found["replaced"] = decoded.replaced
    if decoded.doubtful:
        found["doubtful"] = True
    return found
