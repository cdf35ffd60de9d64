"""Bytes → text, in the WHATWG order: byte order mark, transport, meta, detection.

Only WHATWG labels choose a decoder (https://encoding.spec.whatwg.org/#names-and-labels), never Python's codec names.
Two departures, both for declarations that lie: bytes that are strict UTF-8 beyond ASCII are UTF-8 whatever another
label says (a double-byte one only where there are many), and a declared UTF-8 that fails on more than a trace of
bytes is detected instead.
"""

import re
from dataclasses import dataclass
from itertools import islice

import webencodings

from newscrawl.markup.charset import detect

_META = re.compile(rb"""<meta[^>]{0,512}?charset\s*=\s*["']?\s*([A-Za-z0-9_:.-]{1,40})""", re.IGNORECASE)
_XML = re.compile(rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9_:.-]{1,40})""")
_CHARSET = re.compile(r"""charset\s*=\s*["']?\s*([^\s"';]{1,40})""", re.IGNORECASE)
_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xfe\xff", "utf-16be"), (b"\xff\xfe", "utf-16le"))
_SINGLE_BYTE = re.compile(r"^(windows-125\d|iso-8859-|koi8|macintosh|x-mac|ibm866)")
_META_BYTES = 4096
_BAD_SHARE_MAX = 0.001
_BEYOND_ASCII = re.compile(rb"[\x80-\xff]+")
_UTF8_RUNS_MIN = 20
"""Runs of double-byte text that all read as strict UTF-8 by chance: three or four at most."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text of a body, and how its charset was chosen."""

    text: str
    encoding: str
    """The WHATWG name used."""
    evidence: str
    """bom, known, header, meta, utf-8 (the bytes are), detected or default."""
    replaced: int
    """Malformed sequences replaced by U+FFFD."""

    @property
    def doubtful(self) -> bool:
        """Whether the text may be wrong: a bare default, or many replacements."""
        return self.evidence == "default" or self.replaced > _BAD_SHARE_MAX * max(1, len(self.text))


def decode(body: bytes, *, content_type: str | None = None, known: str | None = None) -> Decoded:
    """Decode `body`; `content_type` is the header's value, `known` a label from outside. Never raises."""
    for bom, name in _BOMS:
        if body.startswith(bom):
            return _decoded(body[len(bom) :], name, "bom")
    header = _CHARSET.search(content_type or "")
    meta = _XML.search(body[:_META_BYTES]) or _META.search(body[:_META_BYTES])
    declared = (
        (known, "known"),
        (header.group(1) if header else None, "header"),
        (meta.group(1).decode("ascii") if meta else None, "meta"),
    )
    for label, evidence in declared:
        encoding = webencodings.lookup(label) if label else None
        if encoding is None:
            continue
        name = "utf-8" if evidence == "meta" and encoding.name.startswith("utf-16") else encoding.name
        runs_min = 1 if _SINGLE_BYTE.match(name) else _UTF8_RUNS_MIN
        if name != "utf-8" and _is_utf8_beyond_ascii(body, runs_min):
            return _decoded(body, "utf-8", "utf-8")
        result = _decoded(body, name, evidence)
        if name == "utf-8" and result.doubtful:
            continue
        return result
    return _detected(body)


def _detected(body: bytes) -> Decoded:
    name = detect(body) if body.isascii() and (b"\x1b" in body or b"\0" in body) else None
    if name is None:
        try:
            return Decoded(body.decode("utf-8"), "utf-8", "utf-8", 0)
        except UnicodeDecodeError:
            pass
        as_utf8 = _decoded(body, "utf-8", "detected")
        beyond = sum(char > "\x7f" for char in as_utf8.text) - as_utf8.replaced
        if 10 * as_utf8.replaced <= beyond:
            return as_utf8
        name = detect(body)
    return _decoded(body, name, "detected") if name else _decoded(body, "windows-1252", "default")


def _decoded(body: bytes, name: str, evidence: str) -> Decoded:
    encoding = webencodings.lookup(name)
    assert encoding is not None, name
    text: str = encoding.codec_info.decode(body, "replace")[0]
    return Decoded(text, encoding.name, evidence, text.count("\ufffd") if "\ufffd" in text else 0)


def _is_utf8_beyond_ascii(body: bytes, runs_min: int) -> bool:
    if sum(1 for _ in islice(_BEYOND_ASCII.finditer(body), runs_min)) < runs_min:
        return False
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
