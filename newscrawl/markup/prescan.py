"""A linear look at markup before any parser sees it: how many elements, how many attributes on one and on all of them.

libxml2 is super-quadratic in the attributes of one element (40,000 cost 24 CPU seconds, measured 2026-11-23),
so pages past the limits are refused here, in milliseconds.
"""

import re
from itertools import islice

from newscrawl import limits
from newscrawl.errors import PageError

# A comment's start, or a tag as HTML 13.2.5 takes it apart: a quoted value may hold ">" and "<", a name almost all.
# Every quantifier is possessive, so that no text is read twice.
_ATTRIBUTE = r"""[^ \t\n\f\r/>][^ \t\n\f\r/>=]*+(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>"'][^\s>]*+)?+)?+"""
_TAG = re.compile(rf"<(?:(!--)|([A-Za-z][^\s/>]*+)(?:[\s/]++|{_ATTRIBUTE})*+)")
_ATTRIBUTES = re.compile(_ATTRIBUTE)
_OPENS = re.compile(r"<[A-Za-z]")
# What ends a comment, a script and a style: nothing between is markup, however much it looks like it.
_ENDS = {"!--": re.compile("-->"), "script": re.compile("</script", re.I), "style": re.compile("</style", re.I)}


def check_markup(text: str, url: str) -> None:
    """Raise PageError(`parse_limit`) when `text` holds more elements or attributes than `limits` allows."""
    elements, attributes, position, unended = 0, 0, 0, set[str]()
    may_crowd = len(text) > 2 * limits.ATTRIBUTES  # each takes two characters at least
    while tag := _TAG.search(text, position):
        start, position = tag.span()
        # What looks like a tag within a tag is counted too: parsers differ in what they make of it.
        elements += len(_OPENS.findall(text, start, position))
        if elements > limits.ELEMENTS:
            raise PageError(url, f"more than {limits.ELEMENTS} elements", "parse_limit")
        if position - start > 2 * limits.ELEMENT_ATTRIBUTES and _is_crowded(text, tag.end(2), position):
            raise PageError(url, f"more than {limits.ELEMENT_ATTRIBUTES} attributes on one element", "parse_limit")
        if may_crowd and tag.group(2):
            attributes += sum(1 for _ in _ATTRIBUTES.finditer(text, tag.end(2), position))
            if attributes > limits.ATTRIBUTES:
                raise PageError(url, f"more than {limits.ATTRIBUTES} attributes", "parse_limit")
        opaque = (tag.group(1) or tag.group(2)).lower()
        if opaque in _ENDS and opaque not in unended:
            if end := _ENDS[opaque].search(text, position):
                position = end.end()
            else:
                unended.add(opaque)  # looked for once, so that many of them stay linear


def _is_crowded(text: str, start: int, end: int) -> bool:
    """Whether more attributes stand between `start`, the end of the tag's name, and `end` than are allowed."""
    found = _ATTRIBUTES.finditer(text, start, end)
    return next(islice(found, limits.ELEMENT_ATTRIBUTES, None), None) is not None
