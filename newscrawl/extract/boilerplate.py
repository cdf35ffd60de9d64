"""Blocks that are never an article's text, whatever stands around them, each by a rule of its own."""

import re
from collections.abc import Collection, Sequence

from newscrawl.extract.blocks import Block, is_prose
from newscrawl.extract.vocabulary import WORD_BITS, says_notice

_HASHTAGS = re.compile(r"(?:[#＃]\w+[\s,;·|]*)+")
_IMAGE_ADDRESS = re.compile(
    r"[(\[!]*\S*(?:\.(?:jpe?g|png|webp|gif|avif|svg)\b|[?&](?:w|q|h|width|quality|fit)=\d)\S*", re.IGNORECASE
)
_SHORT_CHARS = 60
_NOTICE_CHARS = 400
_PARTS = WORD_BITS["social"] | WORD_BITS["comment"]


def _is_hashtags(block: Block) -> bool:
    return block.text[0] in "#＃" and bool(_HASHTAGS.fullmatch(block.text))


def _is_image_address(block: Block) -> bool:
    return " " not in block.text and bool(_IMAGE_ADDRESS.fullmatch(block.text))


def is_caption(block: Block) -> bool:
    """Whether a block is a picture's caption: running text stands around it, never in it."""
    box = block.box
    return box.tag == "figcaption" or (box.parent is not None and box.parent.tag == "figcaption")


def _is_control(block: Block) -> bool:
    """A word or two in a box for sharing or commenting."""
    return block.chars < _SHORT_CHARS and bool(block.box.own & _PARTS)


def _is_notice(block: Block) -> bool:
    """A short text that speaks of cookies, subscriptions and the like, in a box named so."""
    box, parent = block.box, block.box.parent
    named = box.own | (parent.own if parent is not None else 0)
    return block.chars < _NOTICE_CHARS and bool(named & WORD_BITS["notice"]) and says_notice(block.text.lower())


_REST_CHARS = 100
"""Fewer characters than this under a last heading are no section of the story."""
_NAME_WORDS_MAX = 4
_HEADINGS = frozenset({"h2", "h3", "h4", "h5", "h6"})


def end_of_text(blocks: Sequence[Block], taken: Collection[int]) -> int:
    """Where the text ends: the place of the first heading that next to nothing follows, or of the last block.

    Under such a heading stand comment boxes, tools and offers, not the story.
    """
    last = max((i for i in taken if is_prose(blocks[i])), default=len(blocks))
    heading = next((i for i in range(last + 1, len(blocks)) if blocks[i].box.tag in _HEADINGS), len(blocks))
    rest = sum(blocks[i].chars for i in taken if i >= heading)
    return heading if rest < _REST_CHARS else len(blocks)


def is_signature(block: Block) -> bool:
    """Whether the last block of a text is its writer's name: a few capitalised words, set apart by type."""
    words = block.text.split()
    return (
        2 <= len(words) <= _NAME_WORDS_MAX
        and block.marked_chars >= block.chars - len(words)
        and all(word[0].isupper() and word.replace("-", "").replace(".", "").isalpha() for word in words)
    )


def is_boilerplate(block: Block) -> bool:
    """Whether one of the rules holds: hashtags, image addresses, share and comment controls, notices."""
    return _is_hashtags(block) or _is_image_address(block) or _is_control(block) or _is_notice(block)
