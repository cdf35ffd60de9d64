"""Bytes → text → tree, once per page, for every reader: decoding, the pre-scan, parsing, embedded JSON."""

from newscrawl.markup.decode import Decoded, decode
from newscrawl.markup.embedded import read_json_ld, read_states
from newscrawl.markup.ending import ends_open
from newscrawl.markup.tree import Document, parse

__all__ = ["Decoded", "Document", "decode", "ends_open", "parse", "read_json_ld", "read_states"]
