"""Query strings: parameters in order, and those that do not say which page it is."""

import re
from collections.abc import Iterable

from newscrawl.urls.rules import FORM_VALUES, FORMS, PARAMETERS, TRUE_VALUES, VIEW_VALUES, VIEWS, When

Parameter = tuple[str, str | None]
"""(name, value) as spelt; the value is None where there is no "="."""

_EXACT: dict[str, When] = {
    name: row.when for row in PARAMETERS for name in row.names.lower().split() if not name.endswith("*")
}
_PREFIXES = tuple(name[:-1] for row in PARAMETERS for name in row.names.lower().split() if name.endswith("*"))
_SESSION = re.compile(r"[0-9a-fA-F]{16,}|[0-9a-zA-Z]{24,40}")
_DIGIT = re.compile(r"\d")
_ID = re.compile(r"[A-Za-z]{0,4}[._-]?\d[\d._-]*|(?=[a-z-]*\d)[0-9a-fA-F-]{12,}")


def read_parameters(query: str) -> list[Parameter]:
    """The parameters of `query`; a left-over `&amp;` reads as `&`."""
    found: list[Parameter] = []
    for pair in query.split("&"):
        name, equals, value = pair.removeprefix("amp;").partition("=")
        if name or value:
            found.append((name, value if equals else None))
    return found


def write_parameters(parameters: Iterable[Parameter]) -> str:
    """The query string of `parameters`."""
    return "&".join(name if value is None else f"{name}={value}" for name, value in parameters)


def without_tracking(parameters: list[Parameter], fragment: str = "") -> list[Parameter]:
    """`parameters` without those that only tell who sent the reader, how the page is shown, or which comment."""
    return [(name, value) for name, value in parameters if not _says_nothing(name.lower(), value or "", fragment)]


def _says_nothing(name: str, value: str, fragment: str) -> bool:
    when = _EXACT.get(name)
    if when is not None:
        if when == "always":
            return True
        if when == "true":
            return value.lower() in TRUE_VALUES
        if when == "session":
            return _SESSION.fullmatch(value) is not None and _DIGIT.search(value) is not None
        return not _may_be_id(value)
    if name.startswith(_PREFIXES):
        return True
    if name in VIEWS:
        return value.lower() in VIEW_VALUES
    if name in FORMS:
        return value.lower() in FORM_VALUES
    # "?cid=5116#cid-5116": the parameter points at a comment of the page.
    return bool(value) and fragment == f"{name}-{value}"


def _may_be_id(value: str) -> bool:
    """Digits behind at most four letters, or a long hexadecimal word: it may say which article."""
    return _ID.fullmatch(value) is not None
