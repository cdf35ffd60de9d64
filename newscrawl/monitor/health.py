"""Health: is a source still what it was? Tests of each read against the channel's own past, and a state from them.

A test fires on a read; it becomes a sign after so many reads in a row, and goes again only after two without it, so a
single odd answer changes nothing and nothing flaps. `ok`, `suspect` (one warning), `broken` (an error, or two
warnings), `recovered` (no sign is left; a day later `ok`).
"""

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Literal, Self

State = Literal["ok", "suspect", "broken", "recovered"]
Severity = Literal["warning", "error"]


@dataclass(frozen=True, slots=True)
class Test:
    """A test: after how many reads in a row it is a sign, how bad that is, and what it means."""

    streak: int
    severity: Severity
    meaning: str


TESTS: dict[str, Test] = {
    "failing": Test(3, "error", "the channel cannot be fetched or read"),
    "blocked": Test(2, "error", "a challenge, consent or login page comes instead of the channel"),
    "empty": Test(2, "error", "the channel answers, but announces nothing"),
    "few_entries": Test(2, "error", "far fewer entries than usual: the layout changed, or half the page is missing"),
    "undated": Test(2, "error", "entries used to carry dates and no longer do"),
    "no_headlines": Test(2, "error", "entries used to carry headlines and no longer do"),
    "garbled": Test(2, "error", "headlines are damaged: the wrong charset"),
    "frozen": Test(2, "warning", "the same entries with ever new times: a stale copy"),
    "silent": Test(1, "warning", "no new article for longer than the channel's own rate explains"),
    "dead": Test(1, "error", "no new article for much longer than the channel's own rate explains"),
    "fading": Test(1, "warning", "far fewer new articles than in the weeks before"),
    "short_texts": Test(1, "error", "article texts are far shorter than they were"),
    "undated_articles": Test(1, "error", "articles no longer have dates"),
    "no_articles": Test(1, "error", "article pages no longer hold articles"),
    "same_text": Test(1, "error", "the same text comes under different addresses"),
}
CLEAR_READS = 2
SETTLED_S = 24 * 3600.0
"""`recovered` becomes `ok` after so long without a sign."""
LEARN_READS = 5
"""Reads before a channel's usual is known."""
FEW_SHARE, FEW_DEVIATIONS = 0.45, 4.0
"""Few entries: under this share of the usual, and beyond so many of its own mean deviations (of the logarithm)."""
USUAL_SHARE_MIN, LOST_SHARE = 0.7, 0.35
"""Dates or headlines are lost when at least this share of entries had them, and now under that share of it."""
GARBLED_SHARE = 0.2
FROZEN_SHARE = 0.8
DEAD_TIMES = 1.5
"""Silence is an error from so many times the surprise at which it is a warning."""
FADING_DAYS, FADING_WEEKS, FADING_SHARE, FADING_DEVIATIONS = 3, 4, 0.5, 2.75
"""Fading: the last days hold under this share of what the same days of the weeks before did, by so many deviations."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What one check of a channel showed."""

    outcome: str
    """`ok`, `unchanged`, `empty_feed`, or what went wrong."""
    is_failed: bool = False
    is_blocked: bool = False
    entries: int = 0
    dated: int = 0
    headlined: int = 0
    garbled: int = 0
    new: int = 0
    moved: float = 0.0
    """Share of the entries known before whose dates moved on with the clock."""
    surprise: float = 0.0
    threshold: float = math.inf
    """Of silence, see `monitor.volume`."""
    clump: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelHealth:
    """What is usual for a channel, and the tests that fire."""

    reads: int = 0
    entries_log: float = 0.0
    entries_deviation: float = 0.0
    dated_share: float = 0.0
    headlined_share: float = 0.0
    days: Mapping[str, int] = field(default_factory=dict)
    """New articles by day since 1970, five weeks of them."""
    streaks: Mapping[str, int] = field(default_factory=dict)
    """Test → reads in a row on which it fired; negative: reads without it since it was a sign."""
    evidence: Mapping[str, str] = field(default_factory=dict)
    """Sign → numbers, for a person."""

    def to_json(self) -> dict[str, Any]:
        """JSON values, for the store."""
        return asdict(self)

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> Self:
        """What `to_json` gave; an empty mapping is a channel never read."""
        return cls(**values) if values else cls()


def examine(state: ChannelHealth, reading: Reading, *, now_s: float) -> ChannelHealth:
    """The state after a check; what is usual is learned from reads on which no test of content fires."""
    fired = _fired(state, reading, now_s)
    streaks, evidence = after_tests(state.streaks, state.evidence, fired)
    days = _with_day(state.days, reading.new, int(now_s // 86_400))
    usual = asdict(state) | {"days": days, "streaks": streaks, "evidence": evidence}
    is_normal = not any(fired.get(test) for test in ("few_entries", "undated", "no_headlines", "garbled", "empty"))
    if reading.outcome == "ok" and reading.entries and is_normal:
        weight = max(0.05, 1 / (state.reads + 1))
        size = math.log(reading.entries)
        off = abs(size - state.entries_log) if state.reads else 0.0
        usual |= {
            "reads": state.reads + 1,
            "entries_log": state.entries_log + weight * (size - state.entries_log),
            "entries_deviation": state.entries_deviation + weight * (off - state.entries_deviation),
            "dated_share": state.dated_share + weight * (reading.dated / reading.entries - state.dated_share),
            "headlined_share": state.headlined_share
            + weight * (reading.headlined / reading.entries - state.headlined_share),
        }
    return ChannelHealth(**usual)


def _fired(state: ChannelHealth, reading: Reading, now_s: float) -> dict[str, str | None]:
    """Test → its evidence where it fires, None where it does not; tests that this check cannot make are left out."""
    fired: dict[str, str | None] = {
        "failing": reading.outcome if reading.is_failed and not reading.is_blocked else None,
        "blocked": reading.outcome if reading.is_blocked else None,
    }
    if reading.is_failed:
        return fired
    told = f"surprise {reading.surprise:.1f}, told from {reading.threshold:.1f}"
    fired["silent"] = told if reading.surprise >= reading.threshold else None
    fired["dead"] = told if reading.surprise >= DEAD_TIMES * reading.threshold else None
    fired["fading"] = _fading(state.days, int(now_s // 86_400), reading.clump)
    if reading.outcome == "unchanged":
        return fired
    entries = reading.entries
    is_learned = state.reads >= LEARN_READS
    fired["empty"] = f"no entry, usually {math.exp(state.entries_log):.0f}" if state.reads and not entries else None
    if not entries or not is_learned:
        return fired
    usual = math.exp(state.entries_log)
    few = min(math.log(FEW_SHARE), -FEW_DEVIATIONS * state.entries_deviation)
    is_few = math.log(entries) - state.entries_log < few and usual - entries >= 3
    fired["few_entries"] = f"{entries} entries, usually {usual:.0f}" if is_few else None
    fired["undated"] = _lost(reading.dated, entries, state.dated_share, "dates")
    fired["no_headlines"] = _lost(reading.headlined, entries, state.headlined_share, "headlines")
    is_garbled = reading.garbled > GARBLED_SHARE * entries
    fired["garbled"] = f"{reading.garbled} of {entries} headlines" if is_garbled else None
    fired["frozen"] = f"{reading.moved:.0%} of the known entries" if reading.moved >= FROZEN_SHARE else None
    return fired


def _lost(having: int, entries: int, usual_share: float, what: str) -> str | None:
    if usual_share < USUAL_SHARE_MIN or having / entries >= LOST_SHARE * usual_share:
        return None
    return f"{having} of {entries} entries with {what}, usually {usual_share:.0%}"


def _with_day(days: Mapping[str, int], new: int, day: int) -> dict[str, int]:
    oldest = day - 7 * (FADING_WEEKS + 1)
    kept = {at: count for at, count in days.items() if int(at) >= oldest}
    kept[str(day)] = kept.get(str(day), 0) + new
    return kept


def _fading(days: Mapping[str, int], today: int, clump: float) -> str | None:
    last = range(today - FADING_DAYS, today)
    if not days or min(map(int, days)) > today - FADING_DAYS - 7 * FADING_WEEKS:
        return None
    found = sum(days.get(str(day), 0) for day in last)
    weeks = [sum(days.get(str(day - 7 * week), 0) for day in last) for week in range(1, FADING_WEEKS + 1)]
    expected = sum(weeks) / FADING_WEEKS
    # Chance, in the last days and in the weeks before, and the doubt that these show: a seventh of the count at least.
    spread = max(expected / 7, (max(weeks) - min(weeks)) / 2)
    deviation = math.sqrt(clump * expected * (1 + 1 / FADING_WEEKS) + spread * spread)
    if found >= FADING_SHARE * expected or expected - found < FADING_DEVIATIONS * deviation or expected < 12:
        return None
    return f"{found} new articles in {FADING_DAYS} days, {expected:.0f} in the weeks before"


def after_tests(
    streaks: Mapping[str, int], evidence: Mapping[str, str], fired: Mapping[str, str | None]
) -> tuple[dict[str, int], dict[str, str]]:
    """(streaks, evidence of the signs) after one more round of tests; see `ChannelHealth`."""
    counts, told = dict(streaks), dict(evidence)
    for test, proof in fired.items():
        before = counts.get(test, 0)
        if proof is not None:
            counts[test] = min(1_000, max(before, TESTS[test].streak if test in told else 0) + 1)
            if counts[test] >= TESTS[test].streak:
                told[test] = proof
        elif test in told:
            counts[test] = min(before, 0) - 1
            if counts[test] <= -CLEAR_READS:
                del told[test], counts[test]
        else:
            counts.pop(test, None)
    return counts, told


def decide(state: State, since_s: float, signs: Mapping[str, str], *, now_s: float) -> tuple[State, str]:
    """(state, reason) of a source with these signs (test → evidence) on its channels and articles together."""
    if signs:
        named = sorted(signs, key=lambda test: (TESTS[test].severity != "error", test))
        reason = "; ".join(f"{TESTS[test].meaning} ({signs[test]})" for test in named)
        errors = sum(TESTS[test].severity == "error" for test in named)
        # A broken source gets better by losing its signs, not by exchanging them.
        return ("broken" if errors or len(named) > 1 or state == "broken" else "suspect"), reason
    if state == "broken":
        return "recovered", "no sign is left"
    if state == "recovered" and now_s - since_s < SETTLED_S:
        return "recovered", "no sign is left"
    return "ok", ""
