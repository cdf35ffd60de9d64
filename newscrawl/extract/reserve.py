"""What the publisher reserves: robots directives and text-and-data-mining rights, with where they were said.

Robots: https://developers.google.com/search/docs/crawling-indexing/robots-meta-tag
TDM: https://www.w3.org/community/reports/tdmrep/CG-FINAL-tdmrep-20240510/ (the page's own meta outranks its header)
"""

import re
from collections.abc import Mapping
from typing import Any

from newscrawl.extract.evidence import Evidence
from newscrawl.models import Page

_DIRECTIVE_NAMES = """noindex nofollow none noarchive nosnippet noimageindex notranslate noai noimageai nocache
    indexifembedded"""
_DIRECTIVES = frozenset(_DIRECTIVE_NAMES.split())
_AFTER = re.compile(r"unavailable_after\s*:\s*([^,]{4,60}(?:, \d\d [A-Z][a-z]{2} \d{4}[^,]{0,20})?)", re.IGNORECASE)
_AGENTS = frozenset({"*", "newscrawl"})


def read_reservations(page: Page, evidence: Evidence) -> dict[str, Any]:
    """`robots` (directive → evidence), `unavailable_after`, `tdm_reservation` and `tdm_policy`; {} when all is open."""
    directives: dict[str, str] = {}
    found: dict[str, Any] = {}
    spoken = [(item.value, item.origin) for item in evidence.of("robots")]
    spoken += [(value, "header:x-robots-tag") for value in _for_us(page.headers.get("x-robots-tag", ""))]
    for value, origin in spoken:
        for word in re.split(r"[,\s]+", value.lower()):
            if word in _DIRECTIVES:
                directives.setdefault("noindex" if word == "none" else word, origin)
        if after := _AFTER.search(value):
            found.setdefault("unavailable_after", {"value": after[1].strip(), "evidence": origin})
    if directives:
        found["robots"] = directives
    found.update(_tdm(page.headers, evidence))
    return found


def _for_us(header: str) -> list[str]:
    """The parts of an X-Robots-Tag header addressed to everyone or to us ("otherbot: noindex" is not)."""
    parts: list[str] = []
    ours = True
    for part in header.split(","):
        agent, colon, rest = part.partition(":")
        if colon and agent.strip().lower() not in (
            "unavailable_after",
            "max-snippet",
            "max-image-preview",
            "max-video-preview",
        ):
            ours = agent.strip().lower() in _AGENTS
            part = rest
        if ours and part.strip():
            parts.append(part.strip())
    return parts


def _tdm(headers: Mapping[str, str], evidence: Evidence) -> dict[str, Any]:
    for name in ("tdm-reservation", "tdm-policy"):
        if name in headers and len(headers[name]) > 2_000:
            return {}
    value, origin = evidence.first("tdm_reservation"), "meta:tdm-reservation"
    if value is None and "tdm-reservation" in headers:
        value, origin = headers["tdm-reservation"].strip(), "header:tdm-reservation"
    if value not in ("0", "1"):
        return {}
    found: dict[str, Any] = {"tdm_reservation": {"value": int(value), "evidence": origin}}
    policy = evidence.first("tdm_policy") or headers.get("tdm-policy")
    if policy:
        found["tdm_reservation"]["policy"] = policy
    return found
