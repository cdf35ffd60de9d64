"""Printed author lines → people's names; agencies, roles and the paper's own name are no people."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import unescape
from typing import Literal

from newscrawl.extract import bylines
from newscrawl.extract.agencies import agency_of
from newscrawl.text import normal_form, squeeze, words

_NAME_WORDS_MAX = 6
_NAME_CHARS_MAX = 60
Where = Literal["stated", "printed", "running"]
"""Where a line stood: in machine-readable data, in a marked byline, or in text like any other, where a name must
have capital letters and at least two words (in scripts that have them)."""


@dataclass(frozen=True, slots=True)
class Names:
    """The people of a line, and the agency it credits."""

    people: tuple[str, ...] = ()
    credit: str | None = None


def read_names(lines: Iterable[str], *, papers: Sequence[str] = (), where: Where = "stated") -> Names:
    """People and agency in author lines; `papers` are names of the paper itself, and no people."""
    own = {form for form in map(normal_form, papers) if form}
    people: dict[str, str] = {}
    credit: str | None = None
    for line in lines:
        for part in _parts(line, where):
            agency = agency_of(part)
            if agency:
                credit = credit or agency
                continue
            name = _clean(part)
            form = normal_form(name)
            if form and form not in own and _is_person(name, own, where):
                people.setdefault(form, name)
    names = tuple(people.values())
    # Beside a full name, a log-in ("jsmith") or an abbreviation is the same person or a desk.
    return Names(tuple(filter(is_full_name, names)) or names, credit)


def is_full_name(name: str) -> bool:
    """Whether a name is one a person is called by in print, not a log-in or an address ("a.smith", "jsmith")."""
    return " " in name or not name.isascii() or (name.istitle() and name.isalpha() and len(name) > 2)


def has_by(line: str) -> bool:
    """Whether the line begins as a byline does."""
    return bool(bylines.BY.match(line))


def _parts(line: str, where: Where) -> list[str]:
    text = squeeze(unescape(line))
    if text.startswith(("http://", "https://", "www.", "/", "@")):
        return []
    text = bylines.IN_BRACKETS.sub(" ", bylines.BY.sub("", bylines.GLUED_BY.sub("", text), count=1))
    parts = [part for part in (part.strip(" ,.-–—:*»\"'") for part in bylines.SPLIT.split(text)) if part]
    if where == "stated":
        return parts
    for place, part in enumerate(parts):
        if job := bylines.JOB_TAIL.match(part):
            # What follows a job's title is more of the title.
            return [*parts[:place], job[1]]
    return parts


def _clean(part: str) -> str:
    if bylines.OTHER_WORK.match(part):
        return ""
    text = bylines.SUFFIX.sub("", bylines.GLUED_BY.sub("", bylines.BY.sub("", part, count=1)))
    text = bylines.TAIL.sub("", text).strip(" ,-–—:*")
    text = bylines.DATE_TAIL.sub("", text)
    text = bylines.DEGREES.sub("", bylines.DEGREES.sub("", text))
    if shouted := bylines.SHOUTED_TAIL.match(text):
        text = shouted[1]
    return bylines.COURTESY.sub("", text).strip(" ,-–—:*")


def _is_person(name: str, own: set[str], where: Where) -> bool:
    parts = words(name)
    if not parts or len(name) > _NAME_CHARS_MAX or len(name) < _least_chars(name):
        return False
    if any(char in name for char in "@{}<>=?!#%»«") or "://" in name:
        return False
    folded = [part.casefold() for part in parts]
    if all(part in bylines.ROLES for part in folded) or bylines.ROLE.search(name) or bylines.FIRM.search(name):
        return False
    form = normal_form(name)
    if form in bylines.NO_NAMES or any(form == site or (len(site) > 4 and site in form) for site in own):
        return False
    if len(parts) == 1 and len(form) > 4 and any(form in site for site in own):
        return False
    if _has_case(name):
        if len(parts) > _NAME_WORDS_MAX + 2:
            return False
        lower = [part for part in parts if part[:1].islower() and part.casefold() not in bylines.PARTICLES]
        if where == "running" and (lower or len(parts) < 2):
            return False
        return len(lower) <= 1 or len(parts) <= 2
    return len(name) <= 20


def _least_chars(name: str) -> int:
    """A name of a few letters is a desk's abbreviation, unless it is spelled as a name or in another script."""
    return 2 if not name.isascii() else 3 if name.istitle() else 4


def _has_case(text: str) -> bool:
    return text.lower() != text.upper()
