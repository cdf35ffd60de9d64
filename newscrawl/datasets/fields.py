"""The fields of an exported row, once: JSON Schema, Parquet schema, CSV header and docs are made from this table.

A row is a dict in the order of `FIELDS`. Lists and objects stay the JSON text that the store holds until a writer needs
more, because most formats carry them as they are.
"""

import re
from dataclasses import dataclass
from operator import itemgetter
from typing import Any, Literal

import msgspec

from newscrawl.store.reading import State

SCHEMA_VERSION = "1.0"
"""Of the row: a new field raises the minor number, a changed or removed one the major."""

Type = Literal["text", "integer", "number", "boolean", "instant", "texts", "object"]
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a row: its name, type, meaning, and the column of a state it is taken from ("": computed)."""

    name: str
    type: Type
    doc: str
    column: str | None = None

    @property
    def source(self) -> str:
        """The key of a state that holds it."""
        return self.name if self.column is None else self.column

    @property
    def is_json(self) -> bool:
        """Whether a row holds it as JSON text."""
        return self.type in ("texts", "object")


def _timestamp(name: str, what: str) -> tuple[Field, ...]:
    return (
        Field(name, "instant", f"{what}: the midpoint of the interval; null: unknown"),
        Field(f"{name}_earliest", "instant", "the interval's start, inclusive"),
        Field(f"{name}_latest", "instant", "the interval's end, inclusive"),
        Field(f"{name}_raw", "text", "the time as printed"),
        Field(f"{name}_origin", "text", "where it stood: attribute, schemaorg, meta, feed, visible, listing, url, …"),
        Field(f"{name}_kind", "text", "instant, relative, clock or day"),
        Field(f"{name}_zone", "text", "stated, or assumed from the source"),
        Field(f"{name}_flags", "texts", "doubts: ambiguous, contradicted, …"),
    )


FIELDS = (
    Field("id", "text", "stable id, a UUID; the same for every later row of the article", "uid"),
    Field(
        "op",
        "text",
        "what changed last: new, revise, narrow, relate, visit, gone, deleted, restore, reextract; or takedown "
        "(delete it) or outside (it no longer answers the selection: delete it)",
    ),
    Field("change_seq", "integer", "rises with every change, in commit order"),
    Field("changed_at", "instant", "when that change was written"),
    Field("revision", "integer", "1 for the first text; counts changes of content"),
    Field("extraction", "integer", "1 for how that text was first read; counts readings by a later newscrawl"),
    Field("url", "text", "where it was fetched, canonical form"),
    Field("canonical_url", "text", "what the page declares as its address"),
    Field("source", "text", "the source it was first found through", "source_id"),
    Field("channel", "text", "the address of the listing, feed or sitemap it was first found on", "channel_url"),
    Field("publisher", "text", "who published it, as the page or listing says"),
    Field("headline", "text", "without the site's name"),
    Field("alternative_headline", "text", "another headline of the same article"),
    Field("description", "text", "standfirst or summary"),
    Field("article_body", "text", "the text, paragraphs separated by a blank line; null: see body_withheld"),
    Field("body_withheld", "text", "why the text is left out: tdm_reservation, noarchive, noai; null: it is not", ""),
    Field("authors", "texts", "people's names"),
    Field("credit", "text", "the agency the text is credited to"),
    Field("article_section", "text", "section as the publisher names it"),
    Field("keywords", "texts", "as the publisher gives them"),
    Field("in_language", "text", "BCP 47"),
    *_timestamp("date_published", "when it was published, by the publisher's word"),
    *_timestamp("date_modified", "when it was last changed, by the publisher's word"),
    Field("time_text", "text", "a printed time that could not be parsed"),
    Field("image_url", "text", "main image"),
    Field("is_accessible_for_free", "boolean", "null: the page does not say"),
    Field("kind", "text", "article, live or gallery"),
    Field("word_count", "integer", "words of the body; characters in scripts without spaces"),
    Field("copy_of", "text", "id of the article whose text this one repeats", "copy_of_uid"),
    Field("copy_similarity", "number", "share of the shorter text contained in the other, 0 … 1"),
    Field("verdict", "text", "new, revision or copy"),
    Field("decision_reason", "text", "the verdict's reason, in words"),
    Field(
        "status",
        "text",
        "usable, gone (404/410), deleted (so again, hours later), or moved (its address leads elsewhere)",
    ),
    Field("http_status", "integer", "of the last fetch; null: it came whole out of a listing"),
    Field("fetched_at", "instant", "when the present text was fetched"),
    Field("first_seen_at", "instant", "when it was first stored"),
    Field("origins", "object", "field → where its value came from"),
    Field("reservations", "object", "robots directives and text-and-data-mining rights with where they were said", ""),
    Field("extra", "object", "what has no field of its own"),
    Field("newscrawl_version", "text", "of the newscrawl that read the present text"),
    Field("extractor", "text", "the library it read the body with, and its version"),
    Field("schema_version", "text", "of these fields", ""),
)
NAMES = tuple(field.name for field in FIELDS)
JSON_NAMES = tuple(field.name for field in FIELDS if field.is_json)
_take = itemgetter(*(field.source or "uid" for field in FIELDS))
"""Values of all fields in order; those that are computed hold an id until they are."""
_EMPTY: Row = dict.fromkeys(NAMES) | {"schema_version": SCHEMA_VERSION}
_RESERVED = ("robots", "tdm_reservation", "unavailable_after")
_is_reserving = re.compile("|".join(f'"{name}"' for name in _RESERVED)).search
_KEEPING = ("noarchive", "noai")
"""Robots directives that forbid handing the text on."""


def row_of(state: State, *, with_reserved: bool = False) -> Row:
    """The row of a state; bodies that the publisher reserves are left out unless `with_reserved`."""
    if "url" not in state:
        told = {name: state[name] for name in ("op", "change_seq", "changed_at")}
        return _EMPTY | {"id": state["uid"]} | told
    row = dict(zip(NAMES, _take(state), strict=True))
    row["body_withheld"] = row["reservations"] = None
    row["schema_version"] = SCHEMA_VERSION
    if row["is_accessible_for_free"] is not None:
        row["is_accessible_for_free"] = bool(row["is_accessible_for_free"])
    _put_reservations(row, with_reserved=with_reserved)
    return row


def stub_of(row: Row, op: str) -> Row:
    """A row that only says what became of the article."""
    return _EMPTY | {name: row[name] for name in ("id", "change_seq", "changed_at")} | {"op": op}


def _put_reservations(row: Row, *, with_reserved: bool) -> None:
    extra = row["extra"]
    if extra is None or _is_reserving(extra) is None:
        return
    found = {name: value for name, value in msgspec.json.decode(extra).items() if name in _RESERVED}
    if not found:
        return
    row["reservations"] = msgspec.json.encode(found, order="sorted").decode()
    why = reserved(found)
    if why and not with_reserved:
        row["body_withheld"], row["article_body"] = why, None


def reserved(found: dict[str, Any]) -> str | None:
    """Why the text may not be handed on, by the signals of `newscrawl.extract.reserve`; None: it may."""
    if found.get("tdm_reservation", {}).get("value") == 1:
        return "tdm_reservation"
    return next((word for word in _KEEPING if word in found.get("robots", {})), None)


_JSON_TYPES: dict[Type, dict[str, Any]] = {
    "text": {"type": ["string", "null"]},
    "integer": {"type": ["integer", "null"]},
    "number": {"type": ["number", "null"]},
    "boolean": {"type": ["boolean", "null"]},
    "instant": {"type": ["string", "null"], "format": "date-time"},
    "texts": {"type": ["array", "null"], "items": {"type": "string"}},
    "object": {"type": ["object", "null"]},
}
_ALWAYS = {"id": "string", "op": "string", "change_seq": "integer", "changed_at": "string", "schema_version": "string"}


def json_schema() -> dict[str, Any]:
    """The JSON Schema of a row."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "newscrawl article",
        "version": SCHEMA_VERSION,
        "type": "object",
        "properties": {
            field.name: _JSON_TYPES[field.type]
            | ({"type": _ALWAYS[field.name]} if field.name in _ALWAYS else {})
            | {"description": field.doc}
            for field in FIELDS
        },
        "required": list(_ALWAYS),
        "additionalProperties": True,
    }
