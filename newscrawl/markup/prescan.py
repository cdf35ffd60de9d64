"""A linear look at markup before any parser sees it: how many elements, how many attributes on one of them.

libxml2 is super-quadratic in the attributes of one element (40,000 cost 24 CPU seconds, measured 2026-11-23),
so pages past the limits are refused here, in milliseconds.
"""

import re

from newscrawl import limits
from newscrawl.errors import PageError

_START = re.compile(r"<(?:(!--)|(script|style)\b[^<>]*|[A-Za-z][^<>]*)", re.IGNORECASE)
# What ends a comment, a script and a style: nothing between is markup, however much it looks like it.
_ENDS = {"!--": re.compile("-->"), "script": re.compile("</script", re.I), "style": re.compile("</style", re.I)}
# Between attributes there is blank space, a slash, or the end of a quoted value.
_BETWEEN = re.compile(r""""[^"]*"|'[^']*'|/""")


def check_markup(text: str, url: str) -> None:
    """Raise PageError(`parse_limit`) when `text` holds more elements or attributes than `limits` allows."""
    elements, position, unended = 0, 0, set[str]()
    while tag := _START.search(text, position):
        start, position = tag.span()
        elements += tag.group(1) is None
        if position - start > 2 * limits.ELEMENT_ATTRIBUTES and _attributes(tag.group()) > limits.ELEMENT_ATTRIBUTES:
            raise PageError(url, f"more than {limits.ELEMENT_ATTRIBUTES} attributes on one element", "parse_limit")
        opaque = (tag.group(1) or tag.group(2) or "").lower()
        if opaque and opaque not in unended:
            if end := _ENDS[opaque].search(text, position):
                position = end.end()
            else:
                unended.add(opaque)  # looked for once, so that many of them stay linear
    if elements > limits.ELEMENTS:
        raise PageError(url, f"{elements} elements, the limit is {limits.ELEMENTS}", "parse_limit")


def _attributes(tag: str) -> int:
    # Values are blanked first: a long class or data-* value holds many words and is one attribute.
    return len(_BETWEEN.sub(" ", tag).split())
