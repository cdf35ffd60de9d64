"""What a reader found: one value of one field, as the page has it, with where it stood."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from newscrawl import limits
from newscrawl.text import squeeze

# Field → the limit on characters kept of one value. Fields not named here keep `_CHARS_MAX`.
_CHARS = {
    "headline": "HEADLINE_CHARS",
    "author": "AUTHOR_CHARS",
    "description": "DESCRIPTION_CHARS",
    "article_body": "BODY_CHARS",
    "url": "URL_BYTES",
    "canonical_url": "URL_BYTES",
    "image_url": "URL_BYTES",
}
_TIMES = frozenset({"date_published", "date_modified"})
_TIME_CHARS_MAX = 2 * limits.DATE_TEXT_CHARS
_CHARS_MAX = 1_000
CANDIDATES_MAX = 40
"""Candidates kept of one field and reader; the first ones stand nearest the top of the page."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One value a reader found, not yet judged."""

    field: str
    """An Article's field, or `author` (one printed line, perhaps of several people), `type`, `kicker`, …"""
    value: str
    origin: str
    """`<reader>:<place>`, as `schemaorg:NewsArticle.headline` or `meta:og:title`."""

    @property
    def reader(self) -> str:
        """Who found it: schemaorg, microdata, meta, state, visible, url, entry or layout."""
        return self.origin.partition(":")[0]


class Evidence:
    """All candidates of a page, by field, in the order found."""

    def __init__(self, candidates: Iterable[Candidate] = (), near: Callable[[], list[Candidate]] = list) -> None:
        """`near` reads the lines around the headline; called only when a field needs them."""
        self._read_near = near
        self._by_field: dict[str, list[Candidate]] = {}
        for candidate in candidates:
            self._by_field.setdefault(candidate.field, []).append(candidate)

    def of(self, field: str, *readers: str) -> list[Candidate]:
        """Candidates of `field`, of these readers only if any are named."""
        found = self._by_field.get(field, [])
        return [item for item in found if item.reader in readers] if readers else list(found)

    def first(self, field: str, *readers: str) -> str | None:
        """The first value of `field`; None if nobody found one."""
        found = self.of(field, *readers)
        return found[0].value if found else None

    @cached_property
    def near(self) -> list[Candidate]:
        """The lines around the headline, those after it first."""
        return self._read_near()

    def __iter__(self) -> Iterator[Candidate]:
        for candidates in self._by_field.values():
            yield from candidates


def gather(found: Iterable[tuple[str, object, str]]) -> list[Candidate]:
    """(field, value, origin) triples → candidates: texts only, on one line, cut, without repeats."""
    kept: list[Candidate] = []
    seen: set[tuple[str, str, str]] = set()
    count: dict[str, int] = {}
    for field, value, origin in found:
        if not isinstance(value, str):
            continue
        text = value[: _chars_max(field)]
        text = text.strip() if field == "article_body" else squeeze(text)
        key = (field, text, origin)
        if not text or key in seen or count.get(field, 0) >= CANDIDATES_MAX:
            continue
        seen.add(key)
        count[field] = count.get(field, 0) + 1
        kept.append(Candidate(field, text, origin))
    return kept


def _chars_max(field: str) -> int:
    if field in _TIMES:
        return _TIME_CHARS_MAX
    name = _CHARS.get(field)
    return getattr(limits, name) if name else _CHARS_MAX
