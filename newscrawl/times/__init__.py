"""Text + fetch instant → Timestamp, an interval.

    raw → whole.look_up           one phrase of the table: what libraries print ("an hour ago", "3小时前", "2h")
        → machine.read_machine    ISO 8601, RFC 3339, RFC 5322, seconds since 1970
        → plain.read_plain        a whole date with its year, perhaps with a clock
        → vocabulary.look         no word and no number of a time: None
        → phrases, grammar        ages said like the phrases, in labels and bylines
        → absolute.read_date      dates, day words with clocks, bare clocks, five calendars
        → fallback                dateparser, one language, or nothing

Several readings of one article narrow it (`intervals`); a site's habits narrow every one (`habits`).
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from newscrawl.times.read import parse_time

if TYPE_CHECKING:
    from newscrawl.times.caches import cached_s
    from newscrawl.times.explain import Explanation, explain_time
    from newscrawl.times.habits import Habits
    from newscrawl.times.intervals import bounded_below, intersect, with_cache_slack
    from newscrawl.times.labels import Label, read_label
    from newscrawl.times.observe import observe

_LATER = {
    "Explanation": "newscrawl.times.explain",
    "Habits": "newscrawl.times.habits",
    "Label": "newscrawl.times.labels",
    "bounded_below": "newscrawl.times.intervals",
    "cached_s": "newscrawl.times.caches",
    "explain_time": "newscrawl.times.explain",
    "intersect": "newscrawl.times.intervals",
    "observe": "newscrawl.times.observe",
    "read_label": "newscrawl.times.labels",
    "with_cache_slack": "newscrawl.times.intervals",
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
