"""Bytes → text → tree, once per page, for every reader: the kind of file, decoding, the pre-scan, embedded JSON."""

from newscrawl.markup.decode import Decoded, decode
from newscrawl.markup.embedded import read_json_ld, read_states
from newscrawl.markup.ending import ends_open
from newscrawl.markup.magic import SNIFF_BYTES, format_of
from newscrawl.markup.tree import Document, parse

__all__ = [
    "SNIFF_BYTES",
    "Decoded",
    "Document",
    "decode",
    "ends_open",
    "format_of",
    "parse",
    "read_json_ld",
    "read_states",
]
