"""What a run did with the answers it got, one step for each change of the database: enough to do it again.

A step is kept beside its answer in the archive, with the instant it was taken at. It holds what reading the page took
besides the page: the source, what a listing had said of the article, and what had been learned of both by then.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self

from scrapy.http import Response

from newscrawl.crawl import RECORD_ID, Errand
from newscrawl.models import Channel, Page, Source
from newscrawl.store import Fetch


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """Which answer, and what of its page the archive's record does not say."""

    record_id: str
    requested_url: str
    redirects: tuple[str, ...]
    fetched_at: datetime

    @classmethod
    def of(cls, response: Response, page: Page) -> Self | None:
        """None: the answer is not kept."""
        record_id = response.meta.get(RECORD_ID)
        if record_id is None:
            return None
        return cls(
            record_id=record_id,
            requested_url=page.requested_url,
            redirects=page.redirects,
            fetched_at=page.fetched_at,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRegistered:
    """A run began with this source."""

    source: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class _WithAnswer:
    answered: Answered | None

    @property
    def record_id(self) -> str | None:
        """The answer's record."""
        return self.answered.record_id if self.answered else None


@dataclass(frozen=True, slots=True, kw_only=True)
class ListingRead(_WithAnswer):
    """A channel was read and what it showed taken in."""

    errand: Errand
    wrapper: Mapping[str, Any]
    habits: Mapping[str, Any]
    sent_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class BesideRead(_WithAnswer):
    """Another list of the source was asked for what a channel may have lost."""

    errand: Errand
    habits: Mapping[str, Any]
    sent_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class GapLeft:
    """A channel's list left a gap: other lists are to be asked."""

    errand: Errand
    found: tuple[Channel, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListingUnchanged(_WithAnswer):
    """A channel answered that it is as it was."""

    errand: Errand
    sent_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleRead(_WithAnswer):
    """An article's own page was read, and the article stored or refused."""

    errand: Errand
    habits: Mapping[str, Any]
    fetch: Fetch
    reached_by: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleCarried:
    """An article that a listing carried whole was stored or refused."""

    url: str
    channel_url: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RelatedRead(_WithAnswer):
    """An article's related block was taken in."""

    errand: Errand


@dataclass(frozen=True, slots=True, kw_only=True)
class Failed:
    """A request came to a bad end."""

    errand: Errand
    url: str
    outcome: str
    message: str
    status: int | None = None
    body_bytes: int | None = None
    sent_at: datetime | None = None
    is_elsewhere: bool = False
    """Whether the answer came from another address, after a redirect."""


STEPS: dict[str, type[Any]] = {
    step.__name__: step
    for step in (
        SourceRegistered,
        ListingRead,
        BesideRead,
        GapLeft,
        ListingUnchanged,
        ArticleRead,
        ArticleCarried,
        RelatedRead,
        Failed,
    )
}
"""By the name that is kept with it."""
