"""tdmrep.json: what a site reserves of text and data mining, place by place.

https://www.w3.org/community/reports/tdmrep/CG-FINAL-tdmrep-20240510/ : a list of objects with `location` (a path, with
the `*` and `$` of robots.txt), `tdm-reservation` (1 or 0) and `tdm-policy`. The first whose location fits decides.
"""

import json
from collections.abc import Mapping
from typing import Any

PATH = "/.well-known/tdmrep.json"
_RULES_MAX = 1_000
_TEXT_CHARS = 2_000
_STARS_MAX = 20


def reservation_at(text: str, path: str) -> Mapping[str, Any] | None:
    """`value` (0 or 1), `evidence` and perhaps `policy` for a path with its query; None: nothing is said of it."""
    for rule in _rules(text):
        location, value = rule.get("location"), rule.get("tdm-reservation")
        if not isinstance(location, str) or value not in (0, 1) or not _fits(location[:_TEXT_CHARS], path):
            continue
        found: dict[str, Any] = {"value": int(value), "evidence": f"tdmrep.json: {location[:_TEXT_CHARS]}"}
        policy = rule.get("tdm-policy")
        if isinstance(policy, str):
            found["policy"] = policy[:_TEXT_CHARS]
        return found
    return None


def _rules(text: str) -> list[Mapping[str, Any]]:
    try:
        read = json.loads(text)
    except (ValueError, RecursionError):
        return []
    return [rule for rule in read[:_RULES_MAX] if isinstance(rule, dict)] if isinstance(read, list) else []


def _fits(location: str, path: str) -> bool:
    """Whether a path falls under a location; each piece between stars is looked for once, after the one before."""
    pattern = location if location.startswith("/") else f"/{location}"
    is_anchored = pattern.endswith("$")
    first, *rest = pattern.removesuffix("$").split("*")
    if not path.startswith(first) or len(rest) > _STARS_MAX:
        return False
    at = len(first)
    for piece in rest:
        found = path.find(piece, at)
        if found < 0:
            return False
        at = found + len(piece)
    if not is_anchored:
        return True
    last = rest[-1] if rest else first
    return path.endswith(last) and (at == len(path) or bool(rest))
