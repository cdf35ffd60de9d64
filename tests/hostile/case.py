"""One row of the hostile table."""

from dataclasses import dataclass
from typing import Literal

from tests.hostile.answers import Answer

Kind = Literal["article", "listing", "feed", "sitemap", "robots"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A fault, the answer that commits it, and what must become of it."""

    id: str
    fault: int
    """Its number in `faults.FAULTS`."""
    answer: Answer
    expected: tuple[str, ...]
    """Fitting outcomes, the best one first. For robots cases: of the page behind the robots.txt."""
    kind: Kind = "article"
    below: str = ""
    """What follows the id in the path."""
    flag: str | None = None
    """A flag the row of `fetches` must carry."""
    within_s: float = 5.0
    """Longest time from request to outcome; the run allows a little more."""
    quick: bool = True
    """Whether it runs in CI; the slow ones and the large ones run by `make hostile`."""

    @property
    def path(self) -> str:
        """Where the server answers with it."""
        return f"/c/{self.id}{self.below}"
