"""ninjs 3.1, IPTC's News in JSON, one news item a line; a later text of an article is a later version of its item.

Other late changes (a narrower date, a found copy) leave `version` as it is and move `versionCreated` on.

https://iptc.org/std/ninjs/ The schema takes no fields of our own, so what ninjs has no word for is left out.
"""

from collections.abc import Iterable
from typing import Any, BinaryIO

import msgspec

from newscrawl.datasets.fields import Row

_SCHEMA = "http://www.iptc.org/std/ninjs/ninjs-schema_3.1.json#"
_STANDARD = {"name": "ninjs", "version": "3.1", "schema": _SCHEMA}
_TYPES = {"video": "video", "gallery": "composite"}
_GONE = ("takedown", "outside")


def write(rows: Iterable[Row], out: BinaryIO) -> int:
    """Write the rows; gives their number."""
    encode = msgspec.json.Encoder().encode
    count = 0
    for row in rows:
        out.write(encode(item_of(row)) + b"\n")
        count += 1
    return count


def item_of(row: Row) -> dict[str, Any]:
    """The ninjs item of a row; absent properties are left out."""
    item = {"uri": uri(row["id"]), "standard": _STANDARD, "versionCreated": row["changed_at"]}
    if row["op"] in _GONE:
        return item | {"pubStatus": "canceled"}
    body = row["article_body"]
    item |= {
        "type": _TYPES.get(row["kind"], "text"),
        "representationType": "full" if body else "partial",
        "version": str(row["revision"]),
        "firstCreated": row["first_seen_at"],
        "contentCreated": row["date_published"],
        "pubStatus": "usable",
        "copyrightHolder": row["publisher"],
        "usageTerms": _terms(row),
        "language": row["in_language"],
        "headlines": _valued(("main", row["headline"]), ("alternative", row["alternative_headline"])),
        "descriptions": _valued(("summary", row["description"])),
        "bodies": _bodies(body, row["word_count"]),
        "people": [{"name": name, "rel": "creator"} for name in _texts(row["authors"])],
        "by": ", ".join(_texts(row["authors"])) or None,
        "subjects": [{"name": word, "rel": "keyword"} for word in _texts(row["keywords"])]
        + ([{"name": row["article_section"], "rel": "section"}] if row["article_section"] else []),
        "infoSources": _sources(row),
        "renditions": [{"name": "main", "href": row["image_url"]}] if row["image_url"] else [],
        "associations": _original(row["copy_of"]),
        "altIds": [{"role": role, "value": row[role]} for role in ("url", "canonical_url") if row[role]],
    }
    return {name: value for name, value in item.items() if value not in (None, [])}


def uri(uid: str) -> str:
    """A row's id as a URI."""
    return f"urn:uuid:{uid}"


def _valued(*pairs: tuple[str, str | None]) -> list[dict[str, str]]:
    return [{"role": role, "contentType": "text/plain", "value": value} for role, value in pairs if value]


def _bodies(body: str | None, words: int) -> list[dict[str, Any]]:
    if not body:
        return []
    return [{"role": "main", "contentType": "text/plain", "charCount": len(body), "wordCount": words, "value": body}]


def _texts(value: str | None) -> list[str]:
    texts: list[str] = msgspec.json.decode(value) if value else []
    return texts


def _sources(row: Row) -> list[dict[str, str]]:
    found = []
    if row["publisher"]:
        found.append({"name": row["publisher"], "role": "publisher", "literal": row["source"]})
    if row["credit"]:
        found.append({"name": row["credit"], "role": "agency"})
    return found


def _original(copy_of: str | None) -> list[dict[str, Any]]:
    if copy_of is None:
        return []
    return [{"name": "original", "rel": "isCopyOf", "uri": uri(copy_of)}]


def _terms(row: Row) -> str | None:
    return f"reserved by the publisher: {row['reservations']}" if row["reservations"] else None
