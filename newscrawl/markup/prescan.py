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
_OPAQUE = r"[sS](?i:cript|tyle)(?=[\s/>])"
_TAG = re.compile(rf"<(?:(!--)|(?:({_OPAQUE})|[A-Za-z][^\s/>]*+)(?:[\s/]++|{_ATTRIBUTE})*+)")
# Text and tags with no more attributes than are allowed, up to what is opaque, in one step.
_FEW = rf"(?:[ \t\n\f\r/]*+{_ATTRIBUTE}){{0,{limits.ELEMENT_ATTRIBUTES}}}+[ \t\n\f\r/]*+(?=>|\Z)"
_ORDINARY = re.compile(rf"(?:[^<]++|<(?![A-Za-z]|!--)|<(?!{_OPAQUE})[A-Za-z][^\s/>]*+{_FEW})*+")
_OPAQUE_START = re.compile(rf"<(?:(!--)|({_OPAQUE}){_FEW})")
_NAME = re.compile(r"<[A-Za-z][^\s/>]*+")
_ATTRIBUTES = re.compile(_ATTRIBUTE)
_OPENS = re.compile(r"<[A-Za-z]")
# What ends a comment, a script and a style: nothing between is markup, however much it looks like it.
# Only the name is of any case, so that "</" is looked for as fast as a text is.
_ENDS = {"!--": re.compile("-->"), "script": re.compile("</(?i:script)"), "style": re.compile("</(?i:style)")}


def check_markup(text: str, url: str) -> None:
    """Raise PageError(`parse_limit`) when `text` holds more elements or attributes than `limits` allows."""
    if _is_ordinary(text):
        return
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


def _is_ordinary(text: str) -> bool:
    """Whether a quick look can tell that no limit is passed, as on nearly every page; False where it cannot."""
    position = markup_chars = 0
    while ordinary := _ORDINARY.match(text, position):
        markup_chars += ordinary.end() - position
        start = _OPAQUE_START.match(text, ordinary.end())
        end = _ENDS[start[start.lastindex].lower()].search(text, start.end()) if start and start.lastindex else None
        if end is None:
            break
        position = end.end()
    whole = ordinary is not None and ordinary.end() == len(text)
    return whole and markup_chars <= 2 * limits.ATTRIBUTES and text.count("<") <= limits.ELEMENTS


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
