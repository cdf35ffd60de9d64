"""A linear look at markup before any parser sees it: how many elements, how many attributes on one of them.

libxml2 is super-quadratic in the attributes of one element (40,000 cost 24 CPU seconds, measured 2026-11-23),
so pages past the limits are refused here, in milliseconds.
"""

import re

from newscrawl import limits
from newscrawl.errors import PageError

_TAG = re.compile(r"<[A-Za-z][^<>]*")


def check_markup(text: str, url: str) -> None:
    """Raise PageError(`parse_limit`) when `text` holds more elements or attributes than `limits` allows."""
    elements = 0
    for tag in _TAG.finditer(text):
        elements += 1
        start, end = tag.span()
        if end - start > 2 * limits.ELEMENT_ATTRIBUTES and _attributes(text, start, end) > limits.ELEMENT_ATTRIBUTES:
            raise PageError(url, f"more than {limits.ELEMENT_ATTRIBUTES} attributes on one element", "parse_limit")
    if elements > limits.ELEMENTS:
        raise PageError(url, f"{elements} elements, the limit is {limits.ELEMENTS}", "parse_limit")


def _attributes(text: str, start: int, end: int) -> int:
    return len(text[start:end].split())
