"""Printed lines, and what their shape says: label, sentence, paragraph, headline, remnant of an address."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from newscrawl import limits
from newscrawl.text import count_words, is_unspaced, squeeze

_LINES = 50_000
_SAMPLE_CHARS = 20_000
_NOT_TEXT = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufffd\ufffe\uffff]")
_NOT_TEXT_SHARE_MAX = 0.01
PUBLISHER_CHARS = 80
_SHORT_WORDS = 11
_SHORT_CHARACTERS = 15
"""A line of no more words (in scripts without spaces: characters) may be a menu, a label or a button."""
_SENTENCE_WORDS = 4
_HEADLINE_WORDS = 4
_HEADLINE_CHARACTERS = 8
# A full stop of any script, perhaps inside a closing quote or bracket; an ellipsis ends labels ("No comments yet...").
_SENTENCE_END = re.compile(r"(?<!\.)[.!?。！？｡।॥؟۔։።་៕။][\"'”’»)\]」』]*$")
# What is left of an image or link whose markup was lost: one word of ASCII with a URL's query, scheme or image name.
_URL_SIGN = re.compile(r"[?&]\w+=|://|\.(?:jpe?g|png|webp|gif|avif|svg)\b", re.IGNORECASE)
HASHTAGS = re.compile(r"#[^\s,]+(?:[\s,]+#[^\s,]+)*,?")


@dataclass(frozen=True, slots=True)
class Lines:
    """The printed lines of a text, squeezed, without blank ones and remnants of URLs."""

    texts: list[str]
    after_gap: list[bool]
    """Whether a blank line, or the top of the text, stood above."""


def is_binary(text: str) -> bool:
    """Whether more than a trace of `text` is of characters that no text has."""
    sample = text[:_SAMPLE_CHARS]
    return len(_NOT_TEXT.findall(sample)) > _NOT_TEXT_SHARE_MAX * len(sample)


def split_lines(text: str) -> Lines:
    """The printed lines of `text`."""
    texts: list[str] = []
    after_gap: list[bool] = []
    gap = True
    for line in text[: limits.BODY_BYTES].splitlines()[:_LINES]:
        squeezed = squeeze(line)
        if squeezed and not _is_url_remnant(squeezed):
            texts.append(squeezed)
            after_gap.append(gap)
        gap = not squeezed
    return Lines(texts, after_gap)


def _is_url_remnant(text: str) -> bool:
    return " " not in text and text.isascii() and bool(_URL_SIGN.search(text))


def is_short(text: str) -> bool:
    """Whether `text` may be a menu, a label or a button."""
    return count_words(text) <= (_SHORT_CHARACTERS if is_unspaced(text) else _SHORT_WORDS)


def is_sentence(text: str) -> bool:
    """Whether `text` is a whole sentence."""
    return bool(_SENTENCE_END.search(text)) and count_words(text) >= _SENTENCE_WORDS


def is_paragraph(text: str) -> bool:
    """Whether `text` is a paragraph of an article and no headline, which rarely ends in a full stop."""
    return not is_short(text) and (bool(_SENTENCE_END.search(text)) or len(text) > 200)


def is_headline(text: str) -> bool:
    """Whether `text` is long enough for a headline."""
    return count_words(text) >= (_HEADLINE_CHARACTERS if is_unspaced(text) else _HEADLINE_WORDS)


def is_name(text: str) -> bool:
    """Whether `text` may be a publisher's name."""
    return len(text) <= PUBLISHER_CHARS and is_short(text) and not _SENTENCE_END.search(text)


def trim(texts: Sequence[str]) -> list[str]:
    """`texts` without the labels, buttons and tags that follow the last paragraph."""
    kept = list(texts)
    tail = len(kept)
    while tail and (is_short(kept[tail - 1]) or HASHTAGS.fullmatch(kept[tail - 1])):
        tail -= 1
    cut = next((index for index in range(tail, len(kept)) if not is_sentence(kept[index])), len(kept))
    return kept[:cut]
