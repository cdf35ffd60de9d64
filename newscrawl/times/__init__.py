"""Text + fetch instant → Timestamp, an interval.

    raw → labels.read_label       "Updated 3 hours ago" → modified, "3 hours ago"
        → machine.read_machine    ISO 8601, RFC 3339, RFC 5322, seconds since 1970
        → phrases, grammar        what libraries print: "an hour ago", "3小时前", "2h", and what is said like it
        → absolute.read_date      dates, day words with clocks, bare clocks, five calendars
        → fallback                dateparser, one language, or nothing

Several readings of one article narrow it (`intervals`); a site's habits narrow every one (`habits`).
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from newscrawl.times.habits import Habits
from newscrawl.times.intervals import bounded_below, intersect, with_cache_slack
from newscrawl.times.read import parse_time

if TYPE_CHECKING:
    from newscrawl.times.caches import cached_s
    from newscrawl.times.explain import Explanation, explain_time
    from newscrawl.times.labels import Label, read_label
    from newscrawl.times.observe import observe

_LATER = {
    "Explanation": "newscrawl.times.explain",
    "Label": "newscrawl.times.labels",
    "cached_s": "newscrawl.times.caches",
    "explain_time": "newscrawl.times.explain",
    "observe": "newscrawl.times.observe",
    "read_label": "newscrawl.times.labels",
}
__all__ = [
    "Explanation",
    "Habits",
    "Label",
    "bounded_below",
    "cached_s",
    "explain_time",
    "intersect",
    "observe",
    "parse_time",
    "read_label",
    "with_cache_slack",
]


def __getattr__(name: str) -> Any:
    """What a page of ages does not need, loaded when it is first used."""
    if name not in _LATER:
        raise AttributeError(f"module 'newscrawl.times' has no attribute {name!r}")
    found = globals()[name] = getattr(import_module(_LATER[name]), name)
    return found
