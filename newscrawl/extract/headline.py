"""The headline without the site's name and without its kicker; both are kept apart."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from newscrawl.extract.evidence import Candidate, Evidence
from newscrawl.text import normal_form, squeeze, words

# What stands between a headline and the site's name. A hyphen needs spaces, for it also joins words.
_SEPARATOR = re.compile(r"\s+[-–—|·•:»«›/~]+\s+|\s*[|»ㅣ｜‖]+\s*|\s+[-–—]+$")
# Between a kicker and its headline.
_KICKER_SEPARATOR = re.compile(r"\s*(?:[|»:+/•·]+|[-–—]+)\s*$")
_TAIL_WORDS_MAX = 6
# Trust in one origin; agreeing origins add up.
_WEIGHTS = {
    "layout": 100.0,
    "visible:h1": 3.0,
    "visible:h2": 1.2,
    "visible:other h1": 0.8,
    "schemaorg": 2.4,
    "microdata": 2.0,
    "meta:og:title": 2.0,
    "meta:twitter:title": 0.7,
    "meta:<title>": 1.0,
    "meta": 0.6,
    "state": 0.8,
    "entry": 1.0,
}


@dataclass(frozen=True, slots=True)
class Headline:
    """What was chosen, and from where."""

    text: str
    origin: str
    kicker: str | None = None
    """The line above or before it ("Opinion", "Middle East"), where one of the forms carries it."""
    others: tuple[str, ...] = ()
    """Forms that say something else."""


def choose_headline(evidence: Evidence, site_names: Sequence[str]) -> Headline | None:
    """The form most origins agree on, in its best spelling; None when nobody gives a title."""
    sites = {form for form in map(normal_form, site_names) if form}
    forms: list[tuple[str, str, float, Candidate]] = []
    candidates = evidence.of("headline")
    known = {normal_form(item.value) for item in candidates if item.reader in ("visible", "schemaorg", "microdata")}
    for item in candidates:
        text = strip_site(item.value, sites, known)
        form = normal_form(text)
        if form and form not in sites:
            forms.append((form, text, _weight_of(item), item))
    if not forms:
        return None
    votes: dict[str, float] = {}
    for form, _, weight, item in forms:
        votes[form] = votes.get(form, 0.0) + weight
    best = _shorter_core(max(votes, key=lambda form: votes[form]), votes)
    text, winner = next((text, item) for form, text, _, item in forms if form == best)
    text, kicker = split_kicker(text, [other for form, other, _, _ in forms if form != best])
    others = tuple(dict.fromkeys(item.value for form, _, _, item in forms if form != best))
    return Headline(text, winner.origin, kicker, others)


def _weight_of(item: Candidate) -> float:
    return _WEIGHTS.get(item.origin, _WEIGHTS.get(item.reader, 0.5))


def strip_site(title: str, sites: set[str], known: Iterable[str] = ()) -> str:
    """`title` without site names at either end, and without a tail that a known headline does not have.

    `sites` and `known` are in normal form.
    """
    whole = set(known)
    text = squeeze(title)
    for _ in range(4):
        if normal_form(text) in whole:
            return text
        cut = _cut_once(text, sites, whole)
        if cut == text:
            break
        text = cut
    return text


def _cut_once(text: str, sites: set[str], known: set[str]) -> str:
    marks = list(_SEPARATOR.finditer(text))
    for mark in marks:
        head, tail = text[: mark.start()].strip(), text[mark.end() :].strip()
        if head and (not tail or normal_form(head) in known or is_site(tail, sites)):
            return head
    for mark in reversed(marks):
        head, tail = text[: mark.start()].strip(), text[mark.end() :].strip()
        if tail and is_site(head, sites):
            return tail
    return text


def is_site(text: str, sites: set[str]) -> bool:
    """Whether `text` is the site's name, perhaps with a short addition ("News - The Herald", "herald.example")."""
    form = normal_form(text)
    if not form or len(words(text)) > _TAIL_WORDS_MAX:
        return False
    return any(form == site or (len(site) > 3 and site in form) or (len(form) > 5 and form in site) for site in sites)


def _shorter_core(best: str, votes: dict[str, float]) -> str:
    """A form that ends `best` and was vouched for itself is the headline; what stands before it is its kicker."""
    cores = [form for form in votes if form != best and best.endswith(form) and 2 * len(form) >= len(best)]
    return min((core for core in cores if votes[core] >= 1.0), key=len, default=best)


def split_kicker(text: str, others: Iterable[str]) -> tuple[str, str | None]:
    """(`text`, the words another form puts before it); None where no form puts any."""
    for other in others:
        if len(other) > len(text) and other.casefold().endswith(text.casefold()):
            before = _KICKER_SEPARATOR.sub("", other[: -len(text)])
            if before and len(words(before)) <= 2 * _TAIL_WORDS_MAX:
                return text, before
    return text, None
