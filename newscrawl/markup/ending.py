"""Does the markup just stop? A Content-Length that is too small cuts a page without anyone noticing."""

import re

_CLOSED = re.compile(rb"</(?:html|body)\s*>", re.IGNORECASE)
_OPENED = re.compile(rb"<body[\s>]", re.IGNORECASE)
# Elements whose end tag must be written (HTML 13.1.2.4); p, li, html, body and their like may be left open.
_OPEN = re.compile(rb"<(?:div|article|section|main|script|style|a|span)[\s>]", re.IGNORECASE)
_CLOSE = re.compile(rb"</(?:div|article|section|main|script|style|a|span)\s*>", re.IGNORECASE)
_TAIL_BYTES = 4096


def ends_open(body: bytes) -> bool:
    """Whether an HTML page ends inside an element whose end tag may not be left out."""
    if _OPENED.search(body) is None or _CLOSED.search(body[-_TAIL_BYTES:]) is not None:
        return False
    if body.rfind(b"<") > body.rfind(b">"):
        return True
    return len(_OPEN.findall(body)) > len(_CLOSE.findall(body))
