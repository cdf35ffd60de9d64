"""Printed author lines → people's names; agencies, roles and the paper's own name are no people."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import unescape
from typing import Literal

from newscrawl.extract import bylines
from newscrawl.extract.agencies import agency_of
from newscrawl.text import normal_form, squeeze, words

_NAME_WORDS_MAX = 6
_NAME_CHARS_MAX = 60
_DATED_CHARS_MAX = 120
Where = Literal["stated", "printed", "running"]
"""Where a line stood: in machine-readable data, in a marked byline, or in text like any other, where a name must
have capital letters and at least two words (in scripts that have them)."""


@dataclass(frozen=True, slots=True)
class Names:
    """The people of a line, and the agency it credits."""

    people: tuple[str, ...] = ()
    credit: str | None = None
    own: str | None = None
    """What the paper itself is called, where that may be the name of the person whose site it is."""


def read_names(lines: Iterable[str], *, papers: Sequence[str] = (), where: Where = "stated") -> Names:
    """People and agency in author lines; `papers` are names of the paper itself, and no people."""
    own = {form for form in map(normal_form, papers) if form}
    people: dict[str, str] = {}
    credit: str | None = None
    whose: str | None = None
    lines = list(lines)
    others = set(_other_workers(lines))
    for line in lines:
        houses = (found[1] or found[2] for found in bylines.HOUSE.finditer(line))
        credit = credit or next(filter(None, map(agency_of, houses)), None)
        for part in _parts(line, where):
            agency = agency_of(part)
            if agency:
                credit = credit or agency
                continue
            name = _clean(part)
            form = normal_form(name)
            if form in own and where == "stated" and _is_whose_site(name):
                whose = whose or name
            elif form and form not in others and _is_person(name, own, where):
                people.setdefault(form, name)
    names = tuple(people.values())
    # Beside a full name, a log-in ("jsmith") or an abbreviation is the same person or a desk.
    return Names(tuple(filter(is_full_name, names)) or names, credit, whose)


def is_full_name(name: str) -> bool:
    """Whether a name is one a person is called by in print, not a log-in or an address ("a.smith", "jsmith")."""
    return " " in name or not name.isascii() or (name.istitle() and name.isalpha() and len(name) > 2)


def has_by(line: str) -> bool:
    """Whether the line begins as a byline does, perhaps behind a day."""
    return bool(bylines.BY.match(line) or bylines.GLUED_BY.match(line) or bylines.BY_AFTER_DATE.match(line))


def parts_beside_date(line: str) -> list[str]:
    """What a line sets apart from a date by bars or dots ("Jane Doe | 5 March 2026"); [] where it does not."""
    parts = bylines.BAR.split(line) if len(line) <= _DATED_CHARS_MAX else []
    is_dated = len(parts) > 1 and any(map(bylines.YEAR.search, parts))
    return [part for part in parts if not any(map(str.isdigit, part))] if is_dated else []


def _other_workers(lines: Iterable[str]) -> Iterator[str]:
    """Those whom a line names as photographers, illustrators, reviewers: another line may list them bare."""
    for line in lines:
        if work := bylines.OTHER_WORK.match(line):
            yield normal_form(bylines.BY.sub("", line[work.end() :].strip(), count=1))


def _parts(line: str, where: Where) -> list[str]:
    text = squeeze(unescape(line))
    if mail := bylines.MAIL_AND_NAME.match(text):
        text = mail[1]
    if text.startswith(("http://", "https://", "www.", "/", "@")):
        return []
    text = bylines.GLUED_BY.sub("", bylines.BY_AFTER_DATE.sub("", text))
    text = bylines.IN_BRACKETS.sub(" ", bylines.BY.sub("", text, count=1))
    parts = [part for part in (part.strip(" ,.-–—:*»&\"'") for part in bylines.SPLIT.split(text)) if part]
    for place, part in enumerate(parts):
        if bylines.DOMAIN.match(part):
            # An address is the paper's, and what follows is where it stands.
            return parts[:place]
        if where == "stated":
            continue
        if job := bylines.JOB_TAIL.match(part):
            # What follows a job's title is more of the title.
            return [*parts[:place], job[1]]
        if place and bylines.FIRM.search(part):
            # What follows a house's name is more of the name.
            return parts[:place]
    return parts


def _clean(part: str) -> str:
    if bylines.OTHER_WORK.match(part):
        return ""
    text = bylines.SUFFIX.sub("", bylines.GLUED_BY.sub("", bylines.BY.sub("", part, count=1)))
    text = bylines.GLUED_JOB.sub("", bylines.TAIL.sub("", text)).strip(" ,-–—:*●")
    text = bylines.DATE_TAIL.sub("", text)
    text = bylines.DEGREES.sub("", bylines.DEGREES.sub("", text))
    if shouted := bylines.SHOUTED_TAIL.match(text):
        text = shouted[1]
    return bylines.COURTESY.sub("", text).strip(" ,-–—:*")


def _is_person(name: str, own: set[str], where: Where) -> bool:
    parts = words(name)
    if not parts or len(name) > _NAME_CHARS_MAX or len(name) < _least_chars(name):
        return False
    if any(char in name for char in '@{}<>=?!#%»«"“”„') or "://" in name:
        return False
    folded = [part.casefold() for part in parts]
    if all(part in bylines.ROLES for part in folded) or bylines.ROLE.search(name) or bylines.FIRM.search(name):
        return False
    form = normal_form(name)
    if form in bylines.NO_NAMES or (len(parts) == 1 and name.isascii() and name.isupper()):
        return False
    if _is_own(form, len(parts), own):
        return False
    if _has_case(name):
        if len(parts) > _NAME_WORDS_MAX + 2:
            return False
        lower = [part for part in parts if part[:1].islower() and part.casefold() not in bylines.PARTICLES]
        if where == "running" and (lower or len(parts) < 2):
            return False
        return len(lower) <= 1 or len(parts) <= 2
    return len(name) <= 20


def _is_own(form: str, count: int, own: set[str]) -> bool:
    """Whether a name is the paper's own, or has it within."""
    return any(
        form == site or (len(site) > 4 and site in form) or (count == 1 and len(form) > 4 and form in site)
        for site in own
    )


def _is_whose_site(name: str) -> bool:
    """Whether what the site is called is spelled as a person's name: two or three words, none of a paper's name."""
    parts = words(name)
    return (
        len(parts) in (2, 3)
        and all(part.istitle() and part.isalpha() and len(part) > 2 for part in parts)
        and bylines.PAPER_WORDS.isdisjoint(map(str.casefold, parts))
        and not (bylines.ROLE.search(name) or bylines.FIRM.search(name))
    )


def _least_chars(name: str) -> int:
    """A name of a few letters is a desk's abbreviation, unless it is spelled as a name or in another script."""
    return 2 if not name.isascii() else 3 if name.istitle() else 4


def _has_case(text: str) -> bool:
    return text.lower() != text.upper()
