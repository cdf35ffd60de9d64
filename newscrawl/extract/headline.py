"""The headline without the site's name and without its kicker; both are kept apart."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import islice, pairwise

from newscrawl.extract.evidence import Candidate, Evidence
from newscrawl.text import normal_form, squeeze, words

# What stands between a headline and the site's name. A hyphen needs spaces, for it also joins words.
_SEPARATOR = re.compile(r"\s+[-–—|·•:»«›/~]+\s+|\s*[|»ㅣ｜‖]+\s*|\s+[-–—]+$|(?<=[^\W\d_a-zA-Z])[-–_](?=[^\W\d_a-zA-Z])")
# Between a kicker and its headline.
_KICKER_SEPARATOR = re.compile(r"\s*(?:[|»:+/•·]+|[-–—]+)\s*$")
_CUT = re.compile(r"\s*(?:\.\.\.|…)$")
_NAME_WORDS_MAX = 6
_SITE_WORDS_MAX = 8
_SITE_SHARE_MIN = 0.25
_SECTION_WORDS_MAX = 2
_KICKER_WORDS_MAX = 6
_HEADLINE_WORDS_MIN = 3
_MARKS_MAX = 20
_LIKENESS_MIN = 0.17
# Trust in one origin; origins that agree add up. Measured 2026-11-25 on 960 pages: the page's own heading is what
# readers call the headline in nine of ten pages where it differs from the head's or the JSON-LD's.
_WEIGHTS = {
    "layout": 100.0,
    "visible:h1": 9.0,
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
_HEADINGS = ("visible:h1", "visible:h2", "visible:title element")
_ALONE = 0.9
"""What a heading weighs that shares hardly a word with any title: a site's name, a label, a notice."""


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
    kicker: str | None = None


def choose_headline(evidence: Evidence, site_names: Sequence[str]) -> Headline | None:
    """The form most trusted origins agree on, in its best spelling; None when nobody gives a title."""
    sites = {normal_form(name) for name in site_names if len(words(name)) <= _SITE_WORDS_MAX} - {""}
    forms = _part_kickers(_forms(evidence.of("headline"), sites))
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
    same = [form for form in forms if form.key == best]
    # Capitals throughout are a matter of style; a form that tells great from small letters is the better spelling.
    winner = next((form for form in same if not form.text.isupper()), same[0])
    rest = [form for form in forms if form.key != best]
    kicker = next((form.kicker for form in same if form.kicker), None) or _kicker_before(winner.text, rest)
    others = tuple(dict.fromkeys(f"{form.item.origin}: {form.item.value[:200]}" for form in rest))
    return Headline(winner.text, winner.item.origin, evidence.first("kicker") or kicker, others)


def _forms(candidates: Sequence[Candidate], sites: set[str]) -> list[_Form]:
    headings = {normal_form(item.value) for item in candidates if item.origin in _HEADINGS}
    forms = []
    for item in sorted(candidates, key=lambda item: item.reader != "visible"):
        text = strip_site(item.value, sites, headings)
        key = normal_form(text)
        if key and key not in sites:
            forms.append(_Form(key, text, item))
    return forms


def _part_kickers(forms: Sequence[_Form]) -> list[_Form]:
    """The forms, those that put a kicker before what another form gives alone without it."""
    whole = {form.key: form for form in reversed(forms) if len(words(form.text)) >= _HEADLINE_WORDS_MIN}
    return [_part_kicker(form, whole.values()) for form in forms]


def _part_kicker(form: _Form, whole: Iterable[_Form]) -> _Form:
    for other in whole:
        if len(other.key) >= len(form.key) or not form.key.endswith(other.key):
            continue
        before = form.text[: len(form.text) - len(other.text)]
        if normal_form(before) + other.key != form.key or len(words(before)) > _KICKER_WORDS_MAX:
            continue
        mark = _KICKER_SEPARATOR.search(before)
        # Colons and dashes also stand inside headlines; a heading that stops short of them shows that they do not here.
        parted = mark and ("|" in mark[0] or other.item.origin in _HEADINGS)
        if not mark:
            parted = form.item.reader == "visible"
        if parted:
            return replace(form, key=other.key, text=other.text, kicker=_KICKER_SEPARATOR.sub("", before).strip())
    return form


def _weight_of(form: _Form, forms: Sequence[_Form]) -> float:
    weight = _WEIGHTS.get(form.item.origin, _WEIGHTS.get(form.item.reader, 0.5))
    if form.item.origin != "visible:h1":
        return weight
    own = set(words(form.text.casefold()))
    others = [set(words(other.text.casefold())) for other in forms if other.item.reader != "visible"]
    likeness = max((likeness_of(own, other) for other in others), default=1.0)
    return weight if likeness >= _LIKENESS_MIN else _ALONE


def likeness_of(own: set[str], other: set[str]) -> float:
    """Dice's share of common words, 0 … 1."""
    return 2 * len(own & other) / max(1, len(own) + len(other))


def strip_site(title: str, sites: set[str], headings: Iterable[str] = ()) -> str:
    """`title` without site names at either end, and without a tail that the page's heading does not have.

    `sites` and `headings` are in normal form.
    """
    whole = set(headings)
    text = squeeze(title)
    for _ in range(4):
        cut = _cut_once(text, sites, whole)
        if cut == text:
            break
        text = cut
    return text


def _cut_once(text: str, sites: set[str], headings: set[str]) -> str:
    marks = list(islice(_SEPARATOR.finditer(text), _MARKS_MAX))
    parts = [(text[: mark.start()].strip(), text[mark.end() :].strip()) for mark in marks]
    if normal_form(text) in headings:
        # Of what a heading prints, nothing but the bare name of the site is cut.
        return next((head for head, tail in parts[-1:] if head and normal_form(tail) in sites), text)
    for head, tail in parts:
        if head and (not tail or normal_form(head) in headings):
            return head
    if parts and parts[-1][0] and is_site(parts[-1][1], sites):
        return _without_sections(parts[-1][0], marks)
    for (head, _), (_, tail) in pairwise(parts):
        if head and normal_form(text[len(head) : len(text) - len(tail)]) in sites:
            return head
    if parts and parts[0][1] and is_site(parts[0][0], sites):
        return parts[0][1]
    return text


def _without_sections(head: str, marks: Sequence[re.Match[str]]) -> str:
    """`head` without the short parts before the site's name that the same mark parts from it ("… | Sport | Herald")."""
    last = marks[-1][0].strip()
    for mark in reversed(marks[:-1]):
        rest, part = head[: mark.start()].strip(), len(words(head[mark.end() :]))
        if part > (_SECTION_WORDS_MAX if mark[0].strip() == last else 1) or len(words(rest)) < _HEADLINE_WORDS_MIN:
            break
        head = rest
    return head


def is_site(text: str, sites: set[str]) -> bool:
    """Whether `text` is the site's name, perhaps with a short addition ("Herald Online", "herald.example")."""
    form = normal_form(text)
    if not form or len(words(text)) > _NAME_WORDS_MAX:
        return False
    return any(
        form == site
        or (len(site) > 3 and site in form and len(site) >= _SITE_SHARE_MIN * len(form))
        or (len(form) > 5 and form in site)
        for site in sites
    )


def _kicker_before(text: str, others: Iterable[_Form]) -> str | None:
    """The words another form puts before `text`; None where no form puts any."""
    for other in others:
        if len(other.text) > len(text) and other.text.casefold().endswith(text.casefold()):
            before = _KICKER_SEPARATOR.sub("", other.text[: -len(text)]).strip()
            if before and len(words(before)) <= 2 * _KICKER_WORDS_MAX:
                return before
    return None
