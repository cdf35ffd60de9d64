"""Every format that carries whole rows gives them back as they were, whatever strangers write."""

import io
import json
import re
from xml.etree import ElementTree

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newscrawl.datasets.fields import FIELDS, NAMES, Row, json_schema
from newscrawl.datasets.formats import FORMATS
from newscrawl.datasets.ninjs import item_of
from newscrawl.store.values import clean, to_json

HOSTILE = (
    "=HYPERLINK(1)", "+1", "-1", "@SUM(A1)", "'", "''=1", "", " ", "\t=1", "a\r\nb", "\r", "\n", "a\u2028b", "a\x85b",
    "\u202eevil\u202c", "\ufeffx", "\x01\x1f\x7f", "\ud800", '"', '","', "null", "true", "\\u0000", "＝1", "😀",
    "a\x00b",
)  # fmt: skip
TEXT = st.one_of(st.sampled_from(HOSTILE), st.text(max_size=20)).map(clean)
INSTANT = st.datetimes().map(lambda at: at.isoformat(timespec="milliseconds") + "Z")
VALUES = {
    "text": TEXT,
    "integer": st.integers(0, 2**62),
    "number": st.floats(0, 1),
    "boolean": st.booleans(),
    "instant": INSTANT,
    "texts": st.lists(TEXT, max_size=3).map(to_json),
    "object": st.dictionaries(TEXT, TEXT, max_size=3).map(to_json),
}
BY_TYPE = st.fixed_dictionaries({type: st.none() | values for type, values in VALUES.items()})
ROWS = st.lists(BY_TYPE.map(lambda drawn: {field.name: drawn[field.type] for field in FIELDS}), min_size=1, max_size=3)


def there_and_back(name: str, rows: list[Row]) -> list[Row]:
    out = io.BytesIO()
    assert FORMATS[name].write(rows, out) == len(rows)
    return list(FORMATS[name].read(io.BytesIO(out.getvalue())))


@pytest.mark.parametrize("name", [format.name for format in FORMATS.values() if format.reader])
@settings(max_examples=40, deadline=None)
@given(rows=ROWS)
def test_rows_come_back_as_they_were(name, rows):
    assert there_and_back(name, rows) == rows


def a_row(**values) -> Row:
    return dict.fromkeys(NAMES) | {
        "id": "1d746c7b-7021-52f3-9e95-caaa50d052d0",
        "op": "new",
        "change_seq": 1,
        "changed_at": "2026-07-28T12:00:00.000Z",
        "revision": 1,
        "url": "https://herald.example/news/ferry",
        "source": "zz_herald",
        "kind": "article",
        "word_count": 3,
        "authors": "[]",
        "keywords": "[]",
        "first_seen_at": "2026-07-28T12:00:00.000Z",
        "schema_version": "1.0",
        **values,
    }


def test_no_cell_is_run_by_a_spreadsheet():
    out = io.BytesIO()
    FORMATS["csv"].write([a_row(headline=text) for text in HOSTILE if clean(text) == text], out)
    import csv

    for cells in csv.DictReader(io.StringIO(out.getvalue().decode(), newline="")):
        assert not cells["headline"].startswith(("=", "+", "-", "@", "\t", "\r", "\n", "＝"))


TEXTS = ("headline", "description", "article_body", "publisher", "credit", "article_section")


ROW_TEXTS = st.fixed_dictionaries(dict.fromkeys(TEXTS, TEXT))
ATOM = "{http://www.w3.org/2005/Atom}"
NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def written(name: str, row: Row) -> bytes:
    """The row twice: what is between two must hold too."""
    out = io.BytesIO()
    FORMATS[name].write([row, row], out)
    return out.getvalue()


@settings(max_examples=60, deadline=None)
@given(texts=ROW_TEXTS, words=st.lists(TEXT, max_size=3))
def test_atom_gives_back_every_text_that_xml_can_carry(texts, words):
    row = a_row(**texts, authors=to_json(words), keywords=to_json(words))
    entry = ElementTree.fromstring(written("atom", row)).findall(f"{ATOM}entry")[1]

    def xml(text: str | None) -> str | None:
        return NOT_XML.sub("\ufffd", text) if text else None

    assert entry.findtext(f"{ATOM}title") == (xml(texts["headline"]) or row["url"])
    assert (entry.findtext(f"{ATOM}summary") or None) == xml(texts["description"])
    assert (entry.findtext(f"{ATOM}content") or None) == xml(texts["article_body"])
    names = [name for name in words if name] or [texts["publisher"] or row["source"]]
    if all(words):
        assert [one.text for one in entry.iterfind(f"{ATOM}author/{ATOM}name")] == [xml(name) for name in names]
        assert [one.get("term") for one in entry.iterfind(f"{ATOM}category")] == [xml(word) for word in words]


@settings(max_examples=60, deadline=None)
@given(texts=ROW_TEXTS, words=st.lists(TEXT, max_size=3))
def test_json_feed_gives_back_every_text(texts, words):
    row = a_row(**texts, authors=to_json(words), keywords=to_json(words))
    item = json.loads(written("jsonfeed", row))["items"][1]
    assert item["content_text"] == (texts["article_body"] or texts["description"] or "")
    assert (item.get("title"), item.get("summary")) == (texts["headline"], texts["description"])
    assert [one["name"] for one in item.get("authors", [])] == words
    assert item.get("tags", []) == words


@settings(max_examples=60, deadline=None)
@given(texts=ROW_TEXTS, words=st.lists(TEXT, max_size=3))
def test_ninjs_gives_back_every_text(texts, words):
    row = a_row(**texts, authors=to_json(words), keywords=to_json(words))
    item = json.loads(written("ninjs", row).split(b"\n")[1])
    for many, text in (("headlines", "headline"), ("descriptions", "description"), ("bodies", "article_body")):
        assert [one["value"] for one in item.get(many, [])] == ([texts[text]] if texts[text] else [])
    assert [one["name"] for one in item.get("people", [])] == words
    assert [one["name"] for one in item.get("subjects", []) if one["rel"] == "keyword"] == words
    assert (item.get("copyrightHolder") or None) == (texts["publisher"] or None)
    jsonschema.validate(item, NINJS)


NINJS = {
    "type": "object",
    "additionalProperties": False,
    "required": ["uri"],
    "properties": {
        "uri": {"type": "string", "format": "uri"},
        "type": {
            "enum": ["text", "audio", "video", "picture", "graphic", "composite", "component", "event", "planning"]
        },
        "representationType": {"enum": ["full", "partial"]},
        "version": {"type": "string"},
        "firstCreated": {"type": "string", "format": "date-time"},
        "versionCreated": {"type": "string", "format": "date-time"},
        "contentCreated": {"type": "string", "format": "date-time"},
        "pubStatus": {"enum": ["usable", "withheld", "canceled"]},
        **{name: {"type": "string"} for name in ("copyrightHolder", "usageTerms", "language", "by")},
        "headlines": {"$ref": "#/$defs/valued"},
        "descriptions": {"$ref": "#/$defs/valued"},
        "bodies": {"$ref": "#/$defs/valued"},
        "people": {"$ref": "#/$defs/named"},
        "subjects": {"$ref": "#/$defs/named"},
        "infoSources": {"$ref": "#/$defs/named"},
        "renditions": {
            "items": {"required": ["name"], "properties": {"href": {"type": "string", "format": "uri"}}},
        },
        "associations": {"items": {"required": ["name", "uri"], "properties": {"rel": {"type": "string"}}}},
        "altIds": {"items": {"additionalProperties": False, "properties": {"role": {}, "value": {"type": "string"}}}},
        "standard": {"additionalProperties": False, "properties": {"name": {}, "version": {}, "schema": {}}},
    },
    "$defs": {
        "valued": {
            "items": {
                "required": ["value"],
                "additionalProperties": False,
                "properties": {
                    **{name: {"type": "string"} for name in ("role", "contentType", "value")},
                    **{name: {"type": "integer"} for name in ("charCount", "wordCount")},
                },
            }
        },
        "named": {
            "items": {
                "additionalProperties": False,
                "properties": {name: {"type": "string"} for name in ("name", "rel", "role", "uri", "literal")},
            }
        },
    },
}
"""The part of ninjs 3.1's schema that we use, in our words: https://iptc.org/std/ninjs/"""


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"article_body": "One two three.", "headline": "One", "authors": '["Ilse Maren"]', "keywords": '["Ferries"]'},
        {
            "kind": "video",
            "copy_of": "2d746c7b-7021-52f3-9e95-caaa50d052d0",
            "image_url": "https://herald.example/f.jpg",
        },
        {"op": "takedown", "url": None},
        {"reservations": '{"robots":{"noarchive":"meta:robots"}}', "article_section": "Sea", "credit": "AFP"},
        {"date_published": "2026-07-28T12:00:00.000Z", "in_language": "en", "publisher": "The Herald"},
    ],
)
def test_ninjs_items_keep_to_its_schema(values):
    jsonschema.validate(item_of(a_row(**values)), NINJS, format_checker=jsonschema.FormatChecker())


def test_a_later_text_is_a_later_version_of_the_same_item():
    first, second = item_of(a_row()), item_of(a_row(revision=2))
    assert first["uri"] == second["uri"]
    assert (first["version"], second["version"]) == ("1", "2")


def test_rows_keep_to_the_published_schema():
    line = io.BytesIO()
    FORMATS["jsonl"].write([a_row(extra="{}")], line)
    jsonschema.validate(json.loads(line.getvalue()), json_schema())


def test_parquet_columns_say_what_they_mean():
    parquet = pytest.importorskip("newscrawl.datasets.parquet")
    told = {column.name: column.metadata[b"description"].decode() for column in parquet.schema()}
    assert told["revision"] == "1 for the first text; counts changes of content"
    assert told.keys() == set(NAMES)
