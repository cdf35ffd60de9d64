"""texts/*.toml → stories."""

import tomllib
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

TEXTS = Path(__file__).parent / "texts"


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """One invented article, as its paper holds it."""

    paper: str
    slug: str
    headline: str
    paragraphs: tuple[str, ...]
    age_min: int
    """Minutes from its publication to the world's epoch."""
    section: str
    author: str = ""
    publisher: str = ""
    """Whose story it is; the aggregator carries other papers' stories."""
    credit: str = ""
    tags: tuple[str, ...] = ()
    edits: tuple[tuple[str, str], ...] = ()
    """(old, new): what the paper changes in the text once the page has been read."""
    edited_headline: str = ""
    """The headline from then on; empty: as before."""
    withdrawn: bool = False
    """The page is taken down once it has been read; the listing goes on linking to it."""
    subscribers: bool = False
    """Lies under the path that robots.txt forbids."""
    amp: bool = False
    """Has an AMP copy, which the front page links to as well."""
    tracked: bool = False
    """The front page links to it with tracking parameters."""
    sitemap_only: bool = False
    """Too old for the feed."""

    @property
    def key(self) -> str:
        """Unique in the world."""
        return f"{self.paper}/{self.slug}"

    @property
    def number(self) -> int:
        """A stable number, as papers put into their addresses."""
        return 10_000 + sum(ord(letter) * place for place, letter in enumerate(self.slug, 1)) % 89_999

    def published(self, epoch: datetime) -> datetime:
        """When it appeared, to the second."""
        return epoch - timedelta(minutes=self.age_min, seconds=self.number % 60)

    def edited(self) -> "Story":
        """The story after the paper's edits."""
        paragraphs = self.paragraphs
        for old, new in self.edits:
            paragraphs = tuple(paragraph.replace(old, new) for paragraph in paragraphs)
        return replace(self, paragraphs=paragraphs, headline=self.edited_headline or self.headline)


def _paragraphs(text: str) -> tuple[str, ...]:
    return tuple(" ".join(block.split()) for block in text.split("\n\n") if block.strip())


def _story(paper: str, row: dict[str, Any], wires: dict[str, tuple[str, ...]]) -> Story:
    body = _paragraphs(row.pop("body", ""))
    wire = row.pop("wire", None)
    if wire is not None:
        body = body + wires[wire][: row.pop("wire_paragraphs", None)]
    row["tags"] = tuple(row.get("tags", ()))
    row["edits"] = tuple((old, new) for old, new in row.get("edits", ()))
    return Story(paper=paper, paragraphs=body, **row)


def load() -> dict[str, Story]:
    """Every story of the world by its key, newest first within a paper."""
    tables = {path.stem: tomllib.loads(path.read_text("utf-8")) for path in sorted(TEXTS.glob("*.toml"))}
    wires = {name: _paragraphs(text) for name, text in tables.pop("wire").items()}
    stories: dict[str, Story] = {}
    borrowed: list[tuple[str, dict[str, Any]]] = []
    for paper, table in tables.items():
        for row in sorted(table["stories"], key=lambda row: int(row.get("age_min", 0))):
            if "of" in row:
                borrowed.append((paper, row))
                continue
            row.setdefault("publisher", table["publisher"])
            story = _story(paper, row, wires)
            stories[story.key] = story
    for paper, row in borrowed:
        origin = stories[row["of"]]
        copy = Story(
            paper=paper,
            slug=origin.slug,
            headline=origin.headline,
            paragraphs=origin.paragraphs,
            age_min=origin.age_min,
            section=origin.section,
            publisher=origin.publisher,
            tags=origin.tags,
        )
        stories[copy.key] = copy
    return stories
