"""Annotated pages for the benchmarks, and the measure they share: 4-gram precision, recall and F1.

A set is a folder with `truth.jsonl` (id, url, site, text, text_alt, html_ref, …) and one `<id>.html.gz` for each line.
"""

import gzip
import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path

from newscrawl.errors import PageError
from newscrawl.markup import Document, parse
from newscrawl.models import Page

BODY_SETS = ("atf", "fundus", "fundus_eval", "scrapinghub", "wcxb")
_UNSPACED = "\u0e00-\u0e7f\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
_TOKEN = re.compile(f"[{_UNSPACED}]|[^\\W{_UNSPACED}]+")


@dataclass(frozen=True)
class AnnotatedPage:
    """One page and the texts that count as right."""

    dataset: str
    id: str
    url: str
    site: str
    texts: tuple[str, ...]
    body: bytes

    @cached_property
    def document(self) -> Document:
        """The page, parsed once."""
        return parse(Page(url=self.url, body=self.body, fetched_at=datetime(2026, 1, 1, tzinfo=UTC)))


def read_pages(data: Path, sets: Sequence[str] = BODY_SETS) -> Iterator[AnnotatedPage]:
    """The pages of the sets found under `data`; one that is past newscrawl's limits is left out with a line."""
    if not any((data / name / "truth.jsonl").exists() for name in sets):
        raise SystemExit(f"{data} holds none of the sets {', '.join(sets)}")
    for name in sets:
        truth = data / name / "truth.jsonl"
        for line in truth.open(encoding="utf-8") if truth.exists() else ():
            row = json.loads(line)
            texts = tuple(text for text in (row.get("text"), *(row.get("text_alt") or ())) if text)
            content = gzip.decompress((data / name / (row.get("html_ref") or f"{row['id']}.html.gz")).read_bytes())
            page = AnnotatedPage(
                name, row["id"], row["url"] or "http://example.org/", row["site"] or "", texts, content
            )
            try:
                page.document  # noqa: B018  # parsed here so that a page nobody may parse is skipped for all
            except PageError as error:
                print(f"left out: {error}")
                continue
            yield page


def tokens(text: str) -> list[str]:
    """Words; in Thai, Chinese and Japanese each character counts as one."""
    return _TOKEN.findall(text)


def four_grams(words: Sequence[str]) -> list[tuple[str, ...]]:
    return [tuple(words[i : i + 4]) for i in range(max(1, len(words) - 3))] if words else []


def score_page(page: AnnotatedPage, text: str) -> tuple[float, float, float]:
    """Precision, recall and word F1 of `text` against the accepted text it fits best."""
    found = Counter(four_grams(tokens(text)))
    best = (0.0, 0.0, 0.0)
    for truth in page.texts:
        true = Counter(four_grams(tokens(truth)))
        both = (found & true).total()
        precision, recall = both / max(1, found.total()), both / max(1, true.total())
        words, true_words = Counter(tokens(text.lower())), Counter(tokens(truth.lower()))
        word_f1 = 2 * (words & true_words).total() / max(1, words.total() + true_words.total())
        best = max(best, (precision, recall, word_f1), key=lambda score: _f1(score[0], score[1]))
    return best


def score_f1(read: Sequence[tuple[AnnotatedPage, str]]) -> float:
    """F1 in percent of precision (over pages with a text) and recall, each averaged over pages."""
    scores = [(score_page(page, text), bool(text)) for page, text in read]
    given = [precision for (precision, _, _), has in scores if has]
    return 100 * _f1(sum(given) / max(1, len(given)), sum(score[1] for score, _ in scores) / max(1, len(scores)))


def share_under_half(read: Sequence[tuple[AnnotatedPage, str]]) -> float:
    """Percent of pages whose word F1 is under 0.5: broken rather than imprecise."""
    return 100 * sum(score_page(page, text)[2] < 0.5 for page, text in read) / max(1, len(read))


def _f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0
