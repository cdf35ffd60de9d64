"""The health of a source's article texts: length, dates, pages without an article, the same text again and again.

Each is a cumulative sum (CUSUM): evidence against the source's own past adds up article by article, evidence for it
takes away, and beyond a bound it is a sign. Settings measured 2026-11-24: alarm after 5-7 texts at a quarter of their
length, 3 articles without dates, at most 0.2 false alarms in 1,000 articles.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any, Self

from newscrawl.monitor.health import after_tests

LEARN_ARTICLES = 20
"""Articles before a source's usual is known."""
MEMORY_ARTICLES = 200
SLACK, BOUND = 0.75, 6.0
"""Of the length, in standard deviations of its logarithm: what each text is let pass, and the sum that is a sign."""
DEVIATION_MIN = 0.35
WINSOR = 3.0
"""No single text counts for more deviations than this."""
RARE_SHARE, OFTEN_SHARE, RARE_BOUND = 0.02, 0.5, 7.0
"""Of dates and pages without an article: least share held usual, the share tested for, and the sum that is a sign."""
HASHES, SAME_MAX = 40, 3
"""The same text under so many addresses among the last texts is a sign."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """One fetched article page; `chars` None: it held no article."""

    chars: int | None
    is_dated: bool = False
    text_hash: int = 0
    url_key: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TextHealth:
    """What is usual for a source's texts, and the sums against it."""

    articles: int = 0
    length_log: float = 0.0
    length_deviation: float = 0.0
    undated_share: float = 0.0
    failed_share: float = 0.0
    short: float = 0.0
    undated: float = 0.0
    failed: float = 0.0
    recent: tuple[tuple[int, str], ...] = ()
    """(text hash, url_key) of the last texts."""
    streaks: Mapping[str, int] = field(default_factory=dict)
    evidence: Mapping[str, str] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """JSON values, for the store."""
        return {field.name: getattr(self, field.name) for field in fields(self)}

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> Self:
        """What `to_json` gave; an empty mapping is a source never read."""
        if not values:
            return cls()
        return cls(**{**values, "recent": tuple((int(mark), str(key)) for mark, key in values["recent"])})


def examine_text(state: TextHealth, text: Text) -> TextHealth:
    """The state after one more article page."""
    is_learned = state.articles >= LEARN_ARTICLES
    failed = _sum(state.failed, text.chars is None, state.failed_share) if is_learned else 0.0
    fired: dict[str, str | None] = {"no_articles": f"sum {failed:.1f}" if failed >= RARE_BOUND else None}
    weight = max(1 / MEMORY_ARTICLES, 1 / (state.articles + 1))
    if text.chars is None:
        share = state.failed_share if failed > 0 else state.failed_share + weight * (1 - state.failed_share)
        streaks, evidence = after_tests(state.streaks, state.evidence, fired)
        return replace(
            state, failed=min(failed, 2 * RARE_BOUND), failed_share=share, streaks=streaks, evidence=evidence
        )
    size = math.log(max(1, text.chars))
    deviation = max(DEVIATION_MIN, 1.25 * state.length_deviation)
    off = max(-WINSOR, min(WINSOR, (size - state.length_log) / deviation)) if is_learned else 0.0
    short = min(2 * BOUND, max(0.0, state.short - off - SLACK))
    undated = _sum(state.undated, not text.is_dated, state.undated_share) if is_learned else 0.0
    recent = (*(pair for pair in state.recent if pair[1] != text.url_key), (text.text_hash, text.url_key))[-HASHES:]
    same = sum(mark == text.text_hash for mark, _ in recent) if text.text_hash else 0
    usual = math.exp(state.length_log)
    fired |= {
        "short_texts": f"{text.chars} characters, usually {usual:.0f}" if short >= BOUND else None,
        "undated_articles": f"sum {undated:.1f}" if undated >= RARE_BOUND else None,
        "same_text": f"{same} of the last {len(recent)} texts" if same >= SAME_MAX else None,
    }
    streaks, evidence = after_tests(state.streaks, state.evidence, fired)
    # While a sum runs up, what is usual stands still: a slow change must not become the norm unseen.
    learned = size if short < BOUND / 2 else state.length_log
    return replace(
        state,
        articles=state.articles + 1,
        length_log=state.length_log + weight * (learned - state.length_log),
        length_deviation=state.length_deviation
        + weight
        * (min(abs(size - state.length_log), WINSOR * deviation) - state.length_deviation)
        * (state.articles > 0 and short < BOUND / 2),
        undated_share=state.undated_share + weight * ((not text.is_dated) - state.undated_share) * (undated < 4),
        failed_share=state.failed_share * (1 - weight),
        short=short,
        undated=min(undated, 2 * RARE_BOUND),
        failed=failed,
        recent=recent,
        streaks=streaks,
        evidence=evidence,
    )


def _sum(before: float, is_bad: bool, usual_share: float) -> float:
    """A Bernoulli CUSUM of the usual share against `OFTEN_SHARE`; 0 where bad is usual."""
    usual = max(RARE_SHARE, 1.5 * usual_share)
    if usual >= OFTEN_SHARE:
        return 0.0
    step = math.log(OFTEN_SHARE / usual) if is_bad else math.log((1 - OFTEN_SHARE) / (1 - usual))
    return max(0.0, before + step)
