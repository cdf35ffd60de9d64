"""Whether a publisher forbids to keep a copy of an answer, told without reading the page: before it is written."""

import re
from collections.abc import Mapping

HEAD_BYTES = 2**16
_META = re.compile(rb"<meta\s[^<>]{1,500}>", re.IGNORECASE)
_NAME = re.compile(rb"""\bname\s*=\s*["']?\s*(?:robots|newscrawl)\b""", re.IGNORECASE)


def forbids_copies(headers: Mapping[str, str], body: bytes) -> bool:
    """Whether X-Robots-Tag, whomever it speaks to, or a robots meta in the body's start says noarchive.

    `headers`: names in lower case. `body`: content codings undone.
    """
    if "noarchive" in headers.get("x-robots-tag", "").lower():
        return True
    tags = (found.group() for found in _META.finditer(body, 0, HEAD_BYTES))
    return any(b"noarchive" in tag.lower() and _NAME.search(tag) for tag in tags)
