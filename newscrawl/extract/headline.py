"""The headline without the site's name and without its kicker; both are kept apart."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

from newscrawl.extract.evidence import Candidate, Evidence
from newscrawl.text import normal_form, squeeze, words

# What stands between a headline and the site's name. A hyphen needs spaces, for it also joins words.
_SEPARATOR = re.compile(r"\s+[-–—|·•:»«›/~]+\s+|\s*[|»ㅣ｜‖]+\s*|\s+[-–—]+$|(?<=[^\W\d_a-zA-Z])[-–_](?=[^\W\d_a-zA-Z])")
# Between a kicker and its headline.
_KICKER_SEPARATOR = re.compile(r"\s*(?:[|»:+/•·]+|[-–—]+)\s*$")
_CUT = re.compile(r"\s*(?:\.\.\.|…)$")
_TAIL_WORDS_MAX = 6
_MARKS_MAX = 20
_SHARED_MIN = 0.4
# Trust in one origin; origins that agree add up. Measured 2026-11-25 on 960 pages: the page's own heading is what
# readers call the headline in nine of ten pages where it shares words with any other title.
_WEIGHTS = {
    "layout": 100.0,
    "visible:h1": 6.0,
    "visible:h2": 2.2,
    "visible:title element": 1.2,
    "visible:other h1": 0.4,
    "schemaorg": 2.4,
    "microdata": 2.0,
    "meta:og:title": 2.0,
    "meta:twitter:title": 0.7,
    "meta:<title>": 1.0,
    "meta": 0.6,
    "state": 0.8,
    "entry": 1.0,
}
_ALONE = 1.0
"""What a heading weighs that shares no word with any other title: a site's name, a translation notice."""


@dataclass(frozen=True, slots=True)
class Headline:
    """What was chosen, and from where."""

    text: str
    origin: str
    kicker: str | None = None
    """The line above or before it ("Opinion", "Middle East"), where one of the forms carries it."""
    others: tuple[str, ...] = ()
    """Forms that say something else, each with its origin."""


@dataclass(frozen=True, slots=True)
class _Form:
    key: str
    text: str
    item: Candidate


def choose_headline(evidence: Evidence, site_names: Sequence[str]) -> Headline | None:
    """The form most trusted origins agree on, in its best spelling; None when nobody gives a title."""
    sites = {form for form in map(normal_form, site_names) if form}
    forms = _forms(evidence.of("headline"), sites)
    if not forms:
        return None
    votes: dict[str, float] = {}
    for form in forms:
        votes[form.key] = votes.get(form.key, 0.0) + _weight_of(form, forms)
    for form in forms:
        # What was cut short for a card vouches for the whole it begins.
        start = normal_form(_CUT.sub("", form.text))
        if _CUT.search(form.text) and any(key.startswith(start) and key != form.key for key in votes):
            votes.pop(form.key, None)
    best = max(votes, key=lambda key: votes[key])
    winner = next(form for form in forms if form.key == best)
    kicker = evidence.first("kicker") or _kicker_before(winner.text, [form.text for form in forms if form.key != best])
    others = tuple(dict.fromkeys(f"{form.item.origin}: {form.item.value[:200]}" for form in forms if form.key != best))
    return Headline(winner.text, winner.item.origin, kicker, others)


def _forms(candidates: Sequence[Candidate], sites: set[str]) -> list[_Form]:
    headings = {normal_form(item.value) for item in candidates if item.origin in ("visible:h1", "visible:h2")}
    forms = []
    for item in sorted(candidates, key=lambda item: item.reader != "visible"):
        text = strip_site(item.value, sites, headings)
        key = normal_form(text)
        if key and key not in sites:
            forms.append(_Form(key, text, item))
    return forms


def _weight_of(form: _Form, forms: Sequence[_Form]) -> float:
    weight = _WEIGHTS.get(form.item.origin, _WEIGHTS.get(form.item.reader, 0.5))
    if form.item.origin != "visible:h1":
        return weight
    own = set(words(form.text.casefold()))
    others = [set(words(other.text.casefold())) for other in forms if other.item.reader != "visible"]
    if others and max(len(own & other) / max(1, len(own)) for other in others) < _SHARED_MIN:
        return _ALONE
    return weight


def strip_site(title: str, sites: set[str], headings: Iterable[str] = ()) -> str:
    """`title` without site names at either end, and without a tail that the page's heading does not have.

    `sites` and `headings` are in normal form.
    """
    whole = set(headings)
    text = squeeze(title)
    for _ in range(4):
        if normal_form(text) in whole:
            return text
        cut = _cut_once(text, sites, whole)
        if cut == text:
            break
        text = cut
    return text


def _cut_once(text: str, sites: set[str], headings: set[str]) -> str:
    marks = list(islice(_SEPARATOR.finditer(text), _MARKS_MAX))
    for mark in marks:
        head, tail = text[: mark.start()].strip(), text[mark.end() :].strip()
        if head and (not tail or normal_form(head) in headings or is_site(tail, sites)):
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


def _kicker_before(text: str, others: Iterable[str]) -> str | None:
    """The words another form puts before `text`; None where no form puts any."""
    for other in others:
        if len(other) > len(text) and other.casefold().endswith(text.casefold()):
            before = _KICKER_SEPARATOR.sub("", other[: -len(text)]).strip()
            if before and len(words(before)) <= 2 * _TAIL_WORDS_MAX:
                return before
    return None
