"""A printed or machine-written time of an entry → its Timestamp, or a warning why there is none."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from newscrawl import limits
from newscrawl.errors import TimeError
from newscrawl.models import Page, Source, TimeOrigin, Timestamp
from newscrawl.times import Habits, cached_s, parse_time

_WARNINGS_MAX = 20
_CACHE_MAX = 10_000


@dataclass(slots=True, kw_only=True)
class DateReader:
    """Reads the times of one page; what could not be read is in `warnings`, ready for `Listing.warnings`."""

    page: Page
    source: Source
    origin: TimeOrigin
    habits: Habits | None = None
    language: str | None = None
    """What the page itself says it is written in; asked before the source's languages."""
    warnings: list[tuple[str, str]] = field(default_factory=list)
    _known: dict[str, Timestamp | None] = field(default_factory=dict)
    _cache_s: int = field(init=False)

    def __post_init__(self) -> None:
        """How old the page may be is asked once."""
        self._cache_s = cached_s(self.page.headers, self.page.fetched_at)

    def try_read(self, raw: str) -> Timestamp | None:
        """The time `raw` says; None where it says none. Raises TimeError where it says one that cannot be."""
        languages = (self.language, *self.source.in_language) if self.language else self.source.in_language
        return parse_time(
            raw[: limits.DATE_TEXT_CHARS],
            fetched_at=self.page.fetched_at,
            languages=tuple(dict.fromkeys(languages)),
            timezone=self.source.timezone,
            rule=self.habits,
            origin=self.origin,
            cache_s=self._cache_s,
        )

    def read(self, raw: str | None) -> Timestamp | None:
        """The time `raw` says; None where it says none that can be, with a `bad_date` warning."""
        if not raw:
            return None
        raw = raw[: limits.DATE_TEXT_CHARS]
        if raw not in self._known:
            if len(self._known) >= _CACHE_MAX:
                self._known.clear()
            self._known[raw] = self._read(raw)
        return self._known[raw]

    def _read(self, raw: str) -> Timestamp | None:
        try:
            stamp = self.try_read(raw)
        except TimeError as error:
            self._warn(str(error))
            return None
        if stamp is None:
            self._warn(f"{raw!r}: not a time")
        return stamp

    def _warn(self, message: str) -> None:
        if len(self.warnings) < _WARNINGS_MAX:
            self.warnings.append(("bad_date", message))


def rough_order(raw: str | None) -> float:
    """Seconds since 1970 of an ISO 8601 or RFC 5322 time, for choosing the newest of many; -inf for anything else."""
    text = (raw or "").strip()[:40]
    for parse in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            moment = parse(text)
            return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
    return float("-inf")
