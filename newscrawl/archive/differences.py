"""What today's newscrawl reads otherwise, field by field: counts, and a few examples of each."""

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from newscrawl.models import Article, Timestamp
from newscrawl.times import intersect

How = Literal["filled", "emptied", "changed"]
_COMPARED = (
    "headline", "alternative_headline", "description", "article_body", "authors", "credit", "article_section",
    "keywords", "in_language", "date_published", "date_modified", "image_url", "is_accessible_for_free",
    "canonical_url", "kind", "time_text",
)  # fmt: skip
_EMPTY = (None, "", ())
EXAMPLES = 3


@dataclass(frozen=True, slots=True)
class Example:
    """One article that a field is read otherwise of."""

    url: str
    before: Any
    after: Any


@dataclass(slots=True)
class Differences:
    """Of all articles that were read again."""

    examples_most: int = EXAMPLES
    articles: int = 0
    differing: int = 0
    counts: Counter[tuple[str, How]] = field(default_factory=Counter)
    examples: dict[str, list[Example]] = field(default_factory=dict)

    def add(self, stored: Article, read: Article) -> bool:
        """Count one article; whether anything is read otherwise."""
        found = False
        for name in _COMPARED:
            before, after = (_value(getattr(one, name)) for one in (stored, read))
            if before == after:
                continue
            found = True
            how: How = "filled" if before in _EMPTY else "emptied" if after in _EMPTY else "changed"
            self.counts[name, how] += 1
            shown = self.examples.setdefault(name, [])
            if len(shown) < self.examples_most:
                shown.append(Example(stored.url, before, after))
        self.articles += 1
        self.differing += found
        return found

    def rows(self) -> list[tuple[str, int, int, int]]:
        """(field, filled, emptied, changed), for the fields that differ at all."""
        names = [name for name in _COMPARED if name in self.examples]
        return [
            (name, self.counts[name, "filled"], self.counts[name, "emptied"], self.counts[name, "changed"])
            for name in names
        ]


def with_narrowed_dates(stored: Article, read: Article) -> Article:
    """`read` with the dates that other sightings narrowed, as far as it agrees with them."""
    return replace(
        read,
        date_published=_narrowed(stored.date_published, read.date_published),
        date_modified=_narrowed(stored.date_modified, read.date_modified),
    )


def _narrowed(stored: Timestamp | None, read: Timestamp | None) -> Timestamp | None:
    """What both allow; where they contradict each other, or `stored` has no more to say, what is read today."""
    if stored is None or read is None:
        return read
    if (stored.earliest, stored.latest) == (read.earliest, read.latest):
        return stored
    both = intersect(stored, read)
    return read if "contradicted" in both.flags and "contradicted" not in stored.flags else both


def _value(value: Any) -> Any:
    if isinstance(value, Timestamp):
        return value.earliest, value.latest
    return value
