"""The one place that ranks: for every field, which reader's word counts, and who disagreed."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from newscrawl import limits
from newscrawl.errors import PageError
from newscrawl.extract.authors import Names, Where, has_by, is_full_name, parts_beside_date, read_names
from newscrawl.extract.dates import DateReader, Dates, choose_dates
from newscrawl.extract.days import IN_TEXT
from newscrawl.extract.evidence import Candidate, Evidence
from newscrawl.extract.headline import choose_headline
from newscrawl.models import Page, Source
from newscrawl.text import normal_form, squeeze
from newscrawl.urls import absolute, site_of

# Field → readers by trust. The first that says anything wins; the others' differing words are kept beside it.
_ORDER: dict[str, tuple[str, ...]] = {
    "description": ("layout", "meta", "schemaorg", "microdata", "entry"),
    "alternative_headline": ("schemaorg", "microdata", "state"),
    "article_section": ("schemaorg", "meta", "microdata", "state"),
    "image_url": ("layout", "schemaorg", "meta", "microdata", "entry"),
    "is_accessible_for_free": ("schemaorg", "microdata", "meta"),
    "publisher": ("layout", "schemaorg", "microdata", "meta", "entry"),
}
_KEYWORDS_MAX = 50
_KEYWORD_CHARS = 100
_KEYWORD_SPLIT = re.compile(r"\s*[,;|、，]\s*")
# (reader, whether of the page as a whole or of no scope at all: accounts, and other articles' cards)
_AUTHOR_ORDER = (
    ("layout", False),
    ("schemaorg", False),
    ("microdata", False),
    ("meta", False),
    ("visible", False),
    ("microdata", True),
    ("schemaorg", True),
    ("state", False),
    ("entry", False),
)
_LOOSE = re.compile(r"microdata:itemprop|schemaorg:\w*Page\.")
_PEOPLE_MAX = 6
_HONORIFIC = re.compile(r"^(?:dr|prof)\.?\s+", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://|www\.|/|@", re.IGNORECASE)


class _Claim(NamedTuple):
    origin: str
    people: tuple[str, ...]


@dataclass(slots=True)
class Fields:
    """What was chosen; absent fields are absent from `values`."""

    values: dict[str, Any] = field(default_factory=dict)
    origins: dict[str, str] = field(default_factory=dict)
    extra: dict[str, Any] = field(default_factory=dict)

    def put(self, name: str, value: Any, origin: str, others: Sequence[str] = ()) -> None:
        """Keep a winner, and what disagreed."""
        self.values[name] = value
        self.origins[name] = origin
        if others:
            self.origins[f"{name}.other"] = "; ".join(others)[:1_000]


def choose(evidence: Evidence, *, page: Page, source: Source, base_url: str, reader: DateReader) -> Fields:
    """Every field but body, language and kind, which need the text."""
    fields = Fields()
    papers = paper_names(evidence, source)
    _put_headline(fields, evidence, papers)
    for name, order in _ORDER.items():
        _put_first(fields, evidence, name, order)
    _put_authors(fields, evidence, papers, is_known=not source.id.startswith("url_"))
    _put_sections(fields, evidence)
    _put_keywords(fields, evidence)
    _put_addresses(fields, evidence, page, base_url)
    _put_free(fields)
    _put_publisher(fields, evidence, source)
    put_dates(fields, choose_dates(evidence, reader))
    return fields


def paper_names(evidence: Evidence, source: Source) -> list[str]:
    """What the paper may call itself on its pages: its names, and its host with and without the ending."""
    names = [
        source.publisher,
        *(item.value for item in evidence.of("site_name")),
        *(item.value for item in evidence.of("publisher")),
    ]
    host = (urlsplit(source.url).hostname or "").removeprefix("www.")
    names.append(host)
    try:
        site = site_of(source.url)
    except PageError:
        site = host
    names += [site, site.partition(".")[0]]
    return [name for name in dict.fromkeys(names) if len(normal_form(name)) > 2]


def _put_headline(fields: Fields, evidence: Evidence, papers: list[str]) -> None:
    chosen = choose_headline(evidence, papers)
    if chosen is None:
        return
    fields.put("headline", chosen.text, chosen.origin, chosen.others)
    kicker = chosen.kicker or evidence.first("kicker")
    if kicker:
        fields.extra["kicker"] = kicker


def _put_first(fields: Fields, evidence: Evidence, name: str, order: tuple[str, ...]) -> None:
    ranked = [item for reader in order for item in evidence.of(name, reader)]
    if not ranked:
        return
    winner = ranked[0]
    form = normal_form(winner.value)
    others = [f"{item.origin}: {item.value[:200]}" for item in ranked[1:] if normal_form(item.value) != form]
    fields.put(name, winner.value, winner.origin, others[:3])


def _put_authors(fields: Fields, evidence: Evidence, papers: list[str], *, is_known: bool) -> None:
    """The best-placed group of lines that names people; log-in names only where nobody is named better."""
    groups, lines = list(_author_groups(evidence)), list[str]()
    read = [(group[0].origin, _read_group(group, papers)) for group in groups]
    named = [_Claim(origin, names.people) for origin, names in read if names.people]
    full = [claim for claim in named if all(map(is_full_name, claim.people))]
    if not full:
        lines = [item.value for item in evidence.near if has_by(item.value)][:2]
        names = read_names(lines, papers=papers, where="running")
        origin = "visible:by line"
        if not named and not names.people and not names.credit:
            dated = (parts_beside_date(item.value) for item in evidence.near if not item.origin.endswith(IN_TEXT))
            lines, origin = next(filter(None, dated), []), "visible:beside a date"
            names = read_names(lines, papers=papers, where="running")
        full = [_Claim(origin, names.people)] if names.people else []
        read.append((origin, names))
        lines = lines if names.people or names.credit else []
    # A seed names a publisher; the name of a site nobody described may be its author's.
    own = [] if is_known else [_Claim(origin, (names.own,)) for origin, names in read if names.own]
    chosen = _most_complete(full or own[:1] or named)
    if chosen:
        forms = _forms(chosen.people)
        disagree = [f"{origin}: {', '.join(people)}" for origin, people in named if _forms(people) != forms]
        fields.put("authors", chosen.people, chosen.origin, disagree)
    credit = next(((origin, names.credit) for origin, names in read if names.credit), None)
    if credit:
        fields.put("credit", credit[1], credit[0])
    printed = [item.value for item in groups[0]] if groups else lines
    if printed:
        fields.extra["byline"] = "; ".join(dict.fromkeys(printed))[: limits.AUTHOR_CHARS]


def _read_group(lines: list[Candidate], papers: list[str]) -> Names:
    where: Where = "printed" if lines[0].reader == "visible" else "stated"
    return read_names([item.value for item in lines], papers=papers, where=where)


def _most_complete(claims: list[_Claim]) -> _Claim | None:
    """The first claim, or one of the head's or of the first byline that names its people and a few more."""
    if not claims:
        return None
    first = _forms(claims[0].people)
    for claim in claims[1:]:
        is_near = claim.origin.startswith(("meta", "visible:byline 1"))
        if is_near and len(claim.people) <= _PEOPLE_MAX and first < _forms(claim.people):
            return claim
    return claims[0]


def _forms(people: tuple[str, ...]) -> set[str]:
    return {normal_form(_HONORIFIC.sub("", name)) for name in people}


def _author_groups(evidence: Evidence) -> Iterator[list[Candidate]]:
    """Author lines in the order of trust, those of one place together."""
    for reader, loose in _AUTHOR_ORDER:
        found = [
            item for item in evidence.of("author", reader) if item.origin.startswith("microdata:itemprop") == loose
        ]
        for origin in dict.fromkeys(item.origin for item in found):
            lines = [item for item in found if item.origin == origin and not _ADDRESS.match(item.value)]
            if lines:
                yield lines
    organisations = evidence.of("author_organisation")
    if organisations:
        yield organisations


def _put_sections(fields: Fields, evidence: Evidence) -> None:
    """All sections that the place of the first one names, where it names several."""
    origin = fields.origins.get("article_section")
    found = [item.value for item in evidence.of("article_section") if item.origin == origin]
    if len(found) > 1:
        fields.extra["sections"] = found[:_KEYWORDS_MAX]


def _put_keywords(fields: Fields, evidence: Evidence) -> None:
    for reader in ("schemaorg", "meta", "microdata"):
        found = evidence.of("keywords", reader)
        if not found:
            continue
        first = [item for item in found if item.origin == found[0].origin]
        parts = [part for item in first for part in _KEYWORD_SPLIT.split(item.value)]
        kept = tuple(dict.fromkeys(part for part in map(squeeze, parts) if 0 < len(part) <= _KEYWORD_CHARS))
        if kept:
            fields.put("keywords", kept[:_KEYWORDS_MAX], found[0].origin)
            return


def _put_addresses(fields: Fields, evidence: Evidence, page: Page, base_url: str) -> None:
    if "image_url" in fields.values:
        image = absolute(fields.values["image_url"], base_url)
        if image is None:
            del fields.values["image_url"]
        else:
            fields.values["image_url"] = image
    for item in evidence.of("canonical_url"):
        found = absolute(item.value, base_url)
        if found and _is_plausible(found, page.url):
            fields.put("canonical_url", found, item.origin)
            return


def _is_plausible(canonical: str, url: str) -> bool:
    """Whether an address can be the page's own: a home page's is not, unless the page is the home page."""
    try:
        declared, fetched = urlsplit(canonical), urlsplit(url)
    except ValueError:
        return False
    bare = declared.path.strip("/") == "" and not declared.query
    return not bare or fetched.path.strip("/") == ""


def _put_free(fields: Fields) -> None:
    value = fields.values.get("is_accessible_for_free")
    if value is None:
        return
    word = value.lower().rpartition("/")[2]
    if word in ("true", "1", "yes"):
        fields.values["is_accessible_for_free"] = True
    elif word in ("false", "0", "no"):
        fields.values["is_accessible_for_free"] = False
    else:
        del fields.values["is_accessible_for_free"], fields.origins["is_accessible_for_free"]


def _put_publisher(fields: Fields, evidence: Evidence, source: Source) -> None:
    """The seed's name for it, else what the page calls it: one name for a source's every article."""
    named = not source.id.startswith("url_")
    if named and "layout" not in fields.origins.get("publisher", ""):
        told = fields.values.get("publisher")
        others = [f"page: {told}"] if told and normal_form(told) != normal_form(source.publisher) else []
        fields.put("publisher", source.publisher, "source", others)
    elif "publisher" not in fields.values:
        site = evidence.first("site_name")
        fields.put("publisher", site or source.publisher, "meta:og:site_name" if site else "source")


def put_dates(fields: Fields, dates: Dates) -> None:
    """Keep the dates, and the first printed time that could not be read."""
    if dates.published:
        fields.values["date_published"] = dates.published
    if dates.modified:
        fields.values["date_modified"] = dates.modified
    if dates.day:
        fields.extra["day_published"] = dates.day.isoformat()
    fields.origins.update(dates.origins)
    if dates.refused and dates.published is None:
        fields.values["time_text"] = dates.refused[0]
