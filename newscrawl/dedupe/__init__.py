"""Identity of texts: fingerprint, decision, the summary of a change, and sets of copies. All pure."""

from newscrawl.dedupe.changes import Change, classify_change
from newscrawl.dedupe.decide import Neighbour, decide, decide_by_text
from newscrawl.dedupe.fingerprint import fingerprint

__all__ = ["Change", "Neighbour", "classify_change", "decide", "decide_by_text", "fingerprint"]
