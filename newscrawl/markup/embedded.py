"""Embedded data: JSON-LD nodes and application states, parsed strictly and within bounds, each failing singly."""

import json
import re
from collections.abc import Iterator
from typing import Any

from lxml import html

from newscrawl import limits

_STATE_IDS = ("__NEXT_DATA__", "__NUXT_DATA__")
_ASSIGNED = re.compile(
    r"""window\.__(?:NUXT|INITIAL_STATE|PRELOADED_STATE|APOLLO_STATE|data|INITIAL_DATA)__\s*=\s*(?=[{\[])"""
)
_DEPTH_MAX = 100


def read_json_ld(root: html.HtmlElement) -> list[dict[str, Any]]:
    """All JSON-LD objects of the page, `@graph`s and arrays flattened, in document order."""
    nodes: list[dict[str, Any]] = []
    left = limits.JSON_VALUES
    for script in root.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower():
            continue
        text = script.text or ""
        left -= count_values(text)
        value = _loads(text, limits.JSON_BYTES) if left >= 0 else None
        nodes.extend(_flatten(value))
    return nodes


def read_states(root: html.HtmlElement) -> list[Any]:
    """Application states embedded in scripts, as JSON values; one that cannot be read is left out."""
    states: list[Any] = []
    left = limits.JSON_VALUES
    for script in root.iter("script"):
        text = script.text  # a script holds nothing but text
        if not text:
            continue
        is_json = script.get("id") in _STATE_IDS or (script.get("type") or "").lower() == "application/json"
        found = _ASSIGNED.search(text[: limits.STATE_BYTES]) if not is_json and "window.__" in text else None
        if not is_json and found is None:
            continue
        left -= count_values(text)
        if left < 0:
            break
        value = _decode_prefix(text, found.end()) if found else _loads(text, limits.STATE_BYTES)
        if isinstance(value, dict | list):
            states.append(value)
    return states


def _flatten(value: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    if depth > _DEPTH_MAX:
        return
    if isinstance(value, list):
        for item in value:
            yield from _flatten(item, depth + 1)
    elif isinstance(value, dict):
        yield value
        yield from _flatten(value.get("@graph"), depth + 1)


def _refuse_constant(name: str) -> Any:
    raise ValueError(f"{name} is not JSON")


def count_values(text: str) -> int:
    """At least as many values as the JSON in `text` holds beside each other; each takes some 70 bytes of memory."""
    return text.count(",") + text.count("[") + text.count("{")


def _loads(text: str, bytes_max: int) -> Any:
    """Strict JSON of a bounded text; None for anything else, as a broken block must not cost the page."""
    text = text.strip().removeprefix("<!--").removesuffix("-->").strip().rstrip(";")
    if not text or len(text) > bytes_max:
        return None
    try:
        # strict=False allows raw line breaks inside strings, which publishers print and browsers' readers forgive.
        return json.loads(text, strict=False, parse_constant=_refuse_constant)
    except (ValueError, RecursionError):
        return None


def _decode_prefix(text: str, start: int) -> Any:
    if len(text) - start > limits.STATE_BYTES:
        return None
    try:
        return json.JSONDecoder(strict=False, parse_constant=_refuse_constant).raw_decode(text, start)[0]
    except (ValueError, RecursionError):
        return None
