"""Printed texts: how many words they have, and which of a link's texts is the headline."""

from collections.abc import Sequence
from functools import lru_cache

from newscrawl.discover.listing.nodes import HEADING, Node, Tree
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


def headline_within(tree: Tree, node: Node) -> str:
    """The headline a link prints: its heading, its title-like part, its first sentence-like piece, or all of it."""
    for heading in tree.inside(node, HEADING):
        if heading != node and words_of(text := tree.text(heading)) >= 2:
            return text
    parts = tree.pieces(node)
    if len(parts) == 1:
        return parts[0][0]
    for piece, holder in parts:
        names = tree.names[holder]
        if names.title and not names.label and words_of(piece) >= 2:
            return piece
    return _choose_piece(tree, parts)


def _choose_piece(tree: Tree, parts: Sequence[Piece]) -> str:
    """The first piece as long as a sentence; else the longest that is no label and no time."""
    first = next((piece for piece, _ in parts if 4 <= words_of(piece) <= _HEADLINE_WORDS_MAX), None)
    if first is not None:
        return first
    plain = [piece for piece, holder in parts if not (tree.names[holder].label or tree.names[holder].time)]
    return max(plain or [piece for piece, _ in parts], key=words_of, default="")
