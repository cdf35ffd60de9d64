"""Atom (RFC 4287) and JSON Feed 1.1, for readers: what is not in the feed's own words is left out.

An entry's id stays the same when its article is revised, and `updated` moves on, as both formats ask.
"""

import re
from collections.abc import Iterable
from typing import Any, BinaryIO
from xml.sax.saxutils import escape, quoteattr

import msgspec

from newscrawl.datasets.fields import Row
from newscrawl.datasets.ninjs import uri

_TITLE = "newscrawl"
_FEED_ID = "urn:newscrawl:export"
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 cannot carry in any form."""
_GONE = ("takedown", "outside")


def write_atom(rows: Iterable[Row], out: BinaryIO) -> int:
    """Write an Atom feed; taken-down articles are `at:deleted-entry` (RFC 6721). Gives the number of entries."""
    count, updated = 0, "1970-01-01T00:00:00.000Z"
    out.write(
        b'<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom"'
        b' xmlns:at="http://purl.org/atompub/tombstones/1.0">\n'
        + f"<title>{_TITLE}</title>\n<id>{_FEED_ID}</id>\n".encode()
    )
    for row in rows:
        out.write(_entry(row).encode())
        updated = max(updated, row["changed_at"])
        count += 1
    out.write(f"<updated>{updated}</updated>\n</feed>\n".encode())
    return count


def _entry(row: Row) -> str:
    if row["op"] in _GONE:
        return f"<at:deleted-entry ref={_attribute(uri(row['id']))} when={_attribute(row['changed_at'])}/>\n"
    parts = [
        f"<id>{uri(row['id'])}</id>",
        f"<title>{_text(row['headline'] or row['url'])}</title>",
        f"<link rel='alternate' href={_attribute(row['url'])}/>",
        f"<updated>{row['changed_at']}</updated>",
    ]
    names = msgspec.json.decode(row["authors"]) or [row["publisher"] or row["source"]]
    parts += [f"<author><name>{_text(name)}</name></author>" for name in names]
    if row["date_published"]:
        parts.append(f"<published>{row['date_published']}</published>")
    parts += [f"<category term={_attribute(word)}/>" for word in msgspec.json.decode(row["keywords"])]
    if row["description"]:
        parts.append(f"<summary>{_text(row['description'])}</summary>")
    language = f" xml:lang={_attribute(row['in_language'])}" if row["in_language"] else ""
    if row["article_body"]:
        parts.append(f'<content type="text">{_text(row["article_body"])}</content>')
    return f"<entry{language}>{''.join(parts)}</entry>\n"


def _text(text: str) -> str:
    """A text as XML; a carriage return is written as a reference, or a parser would make a line feed of it."""
    return escape(_NO_XML.sub("\ufffd", text), {"\r": "&#13;"})


def _attribute(text: str) -> str:
    return quoteattr(_NO_XML.sub("\ufffd", text), {"\r": "&#13;"})


def write_json(rows: Iterable[Row], out: BinaryIO) -> int:
    """Write a JSON Feed; what has no word there is under `_newscrawl`. Gives the number of items."""
    encode = msgspec.json.Encoder().encode
    out.write(f'{{"version":"https://jsonfeed.org/version/1.1","title":"{_TITLE}","items":['.encode())
    count = 0
    for row in rows:
        out.write((b",\n" if count else b"\n") + encode(_item(row)))
        count += 1
    out.write(b"\n]}\n")
    return count


_OURS = ("op", "change_seq", "revision", "source", "channel", "copy_of", "first_seen_at", "date_published_raw")


def _item(row: Row) -> dict[str, Any]:
    own = {name: row[name] for name in _OURS if row[name] is not None}
    if row["op"] in _GONE:
        return {"id": uri(row["id"]), "content_text": "", "date_modified": row["changed_at"], "_newscrawl": own}
    item = {
        "id": uri(row["id"]),
        "url": row["url"],
        "title": row["headline"],
        "content_text": row["article_body"] or row["description"] or "",
        "summary": row["description"],
        "image": row["image_url"],
        "date_published": row["date_published"],
        "date_modified": row["changed_at"],
        "language": row["in_language"],
        "authors": [{"name": name} for name in msgspec.json.decode(row["authors"])],
        "tags": msgspec.json.decode(row["keywords"]),
        "_newscrawl": own,
    }
    return {name: value for name, value in item.items() if value not in (None, [])}
