"""A linear look at markup before any parser sees it: how many elements, how many attributes on one and on all of them.

libxml2 is super-quadratic in the attributes of one element (40,000 cost 24 CPU seconds, measured 2026-11-23),
so pages past the limits are refused here, in milliseconds.
"""

import re
from collections.abc import Iterator
from itertools import islice

from newscrawl import limits
from newscrawl.errors import PageError

# A comment's start, or a tag as HTML 13.2.5 takes it apart: a quoted value may hold ">" and "<", a name almost all.
# Every quantifier is possessive, so that no text is read twice.
_ATTRIBUTE = r"""[^ \t\n\f\r/>][^ \t\n\f\r/>=]*+(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>"'][^\s>]*+)?+)?+"""
_TAG = re.compile(rf"<(?:(!--)|(?:([sS](?i:cript|tyle))(?=[\s/>])|[A-Za-z][^\s/>]*+)(?:[\s/]++|{_ATTRIBUTE})*+)")
_NAME = re.compile(r"<[A-Za-z][^\s/>]*+")
_ATTRIBUTES = re.compile(_ATTRIBUTE)
_OPENS = re.compile(r"<[A-Za-z]")
# What ends a comment, a script and a style: nothing between is markup, however much it looks like it.
# Only the name is of any case, so that "</" is looked for as fast as a text is.
_ENDS = {"!--": re.compile("-->"), "script": re.compile("</(?i:script)"), "style": re.compile("</(?i:style)")}


def check_markup(text: str, url: str) -> None:
    """Raise PageError(`parse_limit`) when `text` holds more elements or attributes than `limits` allows."""
    elements = tag_chars = 0
    may_be_many = text.count("<") > limits.ELEMENTS
    for tag in _tags(text):
        start, end = tag.span()
        if may_be_many:
            # What looks like a tag within a tag is counted too: parsers differ in what they make of it.
            elements += len(_OPENS.findall(text, start, end))
            if elements > limits.ELEMENTS:
                raise PageError(url, f"more than {limits.ELEMENTS} elements", "parse_limit")
        if end - start > 2 * limits.ELEMENT_ATTRIBUTES and _is_crowded(text, start, end):
            raise PageError(url, f"more than {limits.ELEMENT_ATTRIBUTES} attributes on one element", "parse_limit")
        tag_chars += end - start
    # Each attribute takes two characters at least.
    if tag_chars > 2 * limits.ATTRIBUTES and _count_attributes(text) > limits.ATTRIBUTES:
        raise PageError(url, f"more than {limits.ATTRIBUTES} attributes", "parse_limit")


def _tags(text: str) -> Iterator[re.Match[str]]:
    """Every start tag and the start of every comment, but for what stands inside comments, scripts and styles."""
    position, unended = 0, set[str]()
    while tag := _TAG.search(text, position):
        yield tag
        position = tag.end()
        if tag.lastindex and (opaque := tag.group(tag.lastindex).lower()) not in unended:
            if end := _ENDS[opaque].search(text, position):
                position = end.end()
            else:
                unended.add(opaque)  # looked for once, so that many of them stay linear


def _count_attributes(text: str) -> int:
    """The attributes of all tags, up to one more than are allowed."""
    count = 0
    for tag in _tags(text):
        count += sum(1 for _ in _attributes(text, *tag.span()))
        if count > limits.ATTRIBUTES:
            break
    return count


def _is_crowded(text: str, start: int, end: int) -> bool:
    """Whether the tag or comment at `start` holds more attributes than are allowed."""
    return next(islice(_attributes(text, start, end), limits.ELEMENT_ATTRIBUTES, None), None) is not None


def _attributes(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """The attributes of the tag at `start`; none of a comment."""
    name = _NAME.match(text, start, end)
    return _ATTRIBUTES.finditer(text, name.end(), end) if name else iter(())
