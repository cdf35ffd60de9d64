"""Printed texts: how many words they have, and which of a link's texts is the headline."""

from functools import lru_cache

from newscrawl.discover.listing.nodes import HEADING, Node
from newscrawl.discover.listing.texts import Piece
from newscrawl.text import count_words, is_unspaced

_UNSPACED_CHARS_PER_WORD = 2.2
"""Han, kana and Thai characters that say as much as one English word in a headline."""
_HEADLINE_WORDS_MAX = 40


@lru_cache(maxsize=8192)
def words_of(text: str) -> int:
    """Words of `text`; scripts without spaces count by what a headline's characters say."""
    count = count_words(text)
    if count > 3 and not text.isascii() and is_unspaced(text):
        return round(count / _UNSPACED_CHARS_PER_WORD)
    return count


def headline_within(node: Node) -> str:
    """The headline a link prints: its heading, its title-like part, its first sentence-like piece, or all of it."""
    for heading in node.inside(HEADING):
        if heading is not node and words_of(heading.text) >= 2:
            return heading.text
    parts = node.pieces
    if len(parts) == 1:
        return parts[0][0]
    for piece, holder in parts:
        if holder.names.title and words_of(piece) >= 2 and not holder.names.label:
            return piece
    return _choose_piece(parts)


def _choose_piece(parts: list[Piece]) -> str:
    """The first piece as long as a sentence; else the longest that is no label and no time."""
    first = next((piece for piece, _ in parts if 4 <= words_of(piece) <= _HEADLINE_WORDS_MAX), None)
    if first is not None:
        return first
    plain = [piece for piece, holder in parts if not (holder.names.label or holder.names.time)]
    return max(plain or [piece for piece, _ in parts], key=words_of, default="")
