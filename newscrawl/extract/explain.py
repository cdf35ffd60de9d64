"""Every field's candidates, the winner and why: what `scrapy explain` prints."""

from dataclasses import dataclass
from typing import Any

from newscrawl.errors import PageError
from newscrawl.extract.article import choose_fields, extract_article, gather_evidence, source_of
from newscrawl.extract.evidence import Candidate
from newscrawl.markup import parse
from newscrawl.models import Article, Entry, Page, Source
from newscrawl.times import Habits

# Field of an Article → the candidates' field, where the names differ.
_EVIDENCE_OF = {"authors": ("author", "author_organisation"), "credit": ("author", "credit")}
_DATES = ("time_attribute", "time_text")


@dataclass(frozen=True, slots=True)
class FieldExplanation:
    """One field: what was chosen, from where, and everything the readers found for it."""

    field: str
    value: Any
    """None: no reader found anything that could be believed."""
    origin: str | None
    others: str | None
    """What disagreed with the winner, `origin: value` separated by `; `."""
    candidates: tuple[Candidate, ...]


@dataclass(frozen=True, slots=True)
class PageExplanation:
    """One page: its outcome, and its fields in the order of `Article`."""

    url: str
    outcome: str
    """`ok`, or the code of the error extraction ended with."""
    reason: str | None
    """The error in words; None for `ok`."""
    fields: tuple[FieldExplanation, ...]
    missed: tuple[str, ...] = ()
    """Parts of the source's layout whose selector matched nothing."""


_FIELDS = (
    *("headline", "alternative_headline", "description", "authors", "credit", "publisher", "date_published"),
    *("date_modified", "article_section", "keywords", "in_language", "image_url", "canonical_url"),
    *("is_accessible_for_free", "kind", "article_body"),
)


def explain(
    page: Page, *, source: Source | None = None, entry: Entry | None = None, habits: Habits | None = None
) -> PageExplanation:
    """How `extract_article` reads `page`. Raises PageError only where the page cannot be parsed at all."""
    source = source or source_of(page.url)
    document = parse(page)
    evidence, missed = gather_evidence(document, source, entry)
    article: Article | None = None
    outcome, reason = "ok", None
    try:
        article = extract_article(page, source=source, entry=entry, habits=habits, document=document)
        values = {name: getattr(article, name) for name in _FIELDS}
        origins = dict(article.origins)
    except PageError as error:
        outcome, reason = error.outcome, error.reason
        fields = choose_fields(evidence, document, source, habits)
        values, origins = fields.values, fields.origins
    rows = []
    for name in _FIELDS:
        found = [item for field in _EVIDENCE_OF.get(name, (name,)) for item in evidence.of(field)]
        if name == "date_published":
            found += [item for field in _DATES for item in evidence.of(field)]
        if name == "kind":
            found = evidence.of("type")
        if name == "in_language" and document.language:
            found.insert(0, Candidate("in_language", document.language, "html lang"))
        value = values.get(name)
        shown = None if value in ((), "") else value
        rows.append(FieldExplanation(name, shown, origins.get(name), origins.get(f"{name}.other"), tuple(found)))
    return PageExplanation(page.url, outcome, reason, tuple(rows), missed)
