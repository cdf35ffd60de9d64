"""A printed or machine-written time of an entry → its Timestamp, or the reason why there is none."""

from dataclasses import dataclass, field

from newscrawl import limits
from newscrawl.errors import TimeError
from newscrawl.models import Page, Source, TimeOrigin, Timestamp
from newscrawl.times import parse_time

_WARNINGS_MAX = 20


@dataclass(slots=True)
class DateReader:
    """Reads the times of one page; what could not be read is in `warnings`, ready for `Listing.warnings`."""

    page: Page
    source: Source
    origin: TimeOrigin
    languages: tuple[str, ...] = ()
    """What the page itself says it is written in; the source's languages are added."""
    warnings: list[tuple[str, str]] = field(default_factory=list)

    def try_read(self, raw: str) -> Timestamp | None:
        """The time `raw` says; None where it says none. TimeError where it says one that cannot be."""
        return parse_time(
            raw[: limits.DATE_TEXT_CHARS],
            fetched_at=self.page.fetched_at,
            languages=tuple(dict.fromkeys((*self.languages, *self.source.in_language))),
            timezone=self.source.timezone,
            origin=self.origin,
        )

    def read(self, raw: str | None) -> Timestamp | None:
        """The time `raw` says; None where it says none that can be, with a `bad_date` warning."""
        if not raw:
            return None
        try:
            stamp = self.try_read(raw)
        except TimeError as error:
            self._warn(str(error))
            return None
        if stamp is None:
            self._warn(f"{raw[: limits.DATE_TEXT_CHARS]!r}: not a time")
        return stamp

    def _warn(self, message: str) -> None:
        if len(self.warnings) < _WARNINGS_MAX:
            self.warnings.append(("bad_date", message))
