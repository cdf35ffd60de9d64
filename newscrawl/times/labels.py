"""Labels and bylines around a time: which date it is, and the text that is left."""

import re
from typing import Literal, NamedTuple

from newscrawl.times.normal import fold

Role = Literal["published", "modified"]
_MODIFIED = re.compile(r"\b(?:last )?(?:updated?|modified|aktualisiert|mis a jour|actualizado|aggiornato)(?: on| at| am)?\s*:?\s*")
_PUBLISHED = re.compile(r"\b(?:first )?(?:published|posted|veroffentlicht|publie|publicado|pubblicato)(?: on| at| am| le)?\s*:?\s*")


class Label(NamedTuple):
    """A time's text without its label."""

    role: Role | None
    """Which date the label announces; None: no label."""
    text: str
    """The rest, folded."""


def read_label(raw: str) -> Label:
    """What the words around a time say it is ("Updated 3 hours ago"), and the text without them."""
    text = fold(raw).strip()
    for role, pattern in (("modified", _MODIFIED), ("published", _PUBLISHED)):
        if match := pattern.search(text):
            return Label(role, (text[: match.start()] + text[match.end() :]).strip(" |·•-–—,:()"))  # type: ignore[arg-type]
    return Label(None, text.strip(" |·•-–—,:()"))
