"""Sets of copies, and which member is likely the original: by evidence, or unknown. Order of arrival plays no part."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from newscrawl.agencies import Agency
from newscrawl.dedupe.agencies import credited_to
from newscrawl.models import Article, LinkKind
from newscrawl.text import count_words
from newscrawl.urls import key, site_of

Evidence = Literal["canonical", "credit", "time", "completeness", "unknown"]
Pair = tuple[int, int, LinkKind]
"""Two articles of which the one's text repeats the other's, and how."""
TOLD: Mapping[LinkKind, str] = {
    "same": "the same text as",
    "near": "nearly the same text as",
    "part": "part of the text of",
    "whole": "a longer text that contains",
}
"""A pair in words, from the one article to the other."""
_BREAKS_OFF = re.compile(r"(?:…|\.\.\.)\W{0,3}\Z")
_LAST = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One article of a set of copies, as far as it tells where the text comes from."""

    article_id: int
    url_key: str
    site: str
    """Registered domain, as `urls.site_of` gives it."""
    declared_key: str | None = None
    """Key of the address its page declares as canonical; None: none declared."""
    agency: Agency | None = None
    """Whom it credits (`agencies.credited_to`)."""
    published_earliest: datetime | None = None
    published_latest: datetime | None = None
    word_count: int = 0
    breaks_off: bool = False
    """Whether there is more of the text than it holds: the page says that not all is free, or it ends in dots."""


@dataclass(frozen=True, slots=True)
class Lineage:
    """The likely original of a set; `article_id` is None where nothing speaks."""

    article_id: int | None
    evidence: Evidence
    reason: str


def member_of(article_id: int, article: Article) -> Member:
    """What `article` tells about where its text comes from. Raises PageError (`bad_url`)."""
    when = article.date_published
    return Member(
        article_id=article_id,
        url_key=key(article.url),
        site=site_of(article.url),
        declared_key=key(article.canonical_url) if article.canonical_url else None,
        agency=credited_to(article),
        published_earliest=when.earliest if when else None,
        published_latest=when.latest if when else None,
        word_count=count_words(article.article_body),
        breaks_off=article.is_accessible_for_free is False or bool(_BREAKS_OFF.search(article.article_body or "")),
    )


def sets_of_copies(links: Iterable[tuple[int, int]]) -> list[tuple[int, ...]]:
    """Join pairs (an article, what it is a copy of) into sets; ids ascending, sets by their first id."""
    parent: dict[int, int] = {}

    def root(one: int) -> int:
        parent.setdefault(one, one)
        while parent[one] != one:
            parent[one] = parent[parent[one]]
            one = parent[one]
        return one

    for a, b in links:
        low, high = sorted((root(a), root(b)))
        parent[high] = low
    members: dict[int, list[int]] = {}
    for one in sorted(parent):
        members.setdefault(root(one), []).append(one)
    return sorted(tuple(ids) for ids in members.values() if len(ids) > 1)


def find_original(members: Sequence[Member], pairs: Iterable[Pair] = ()) -> Lineage:
    """The likely original: declared by the others, else the agency they credit, else first in time, else alone uncut.

    Where two pieces of evidence of one kind contradict each other, that kind does not count. `pairs`: what joined the
    set; being first or uncut says nothing of members that only a third text joins with it.
    """
    ranked = sorted(members, key=lambda member: member.article_id)
    pairs = list(pairs)
    if found := _declared(ranked) or _credited(ranked):
        return found
    if first := _first(_appearances(ranked, pairs)) or _first(ranked):
        return _likely(first, "time", "published before any other", ranked, pairs)
    if whole := _uncut(ranked):
        return _likely(whole, "completeness", "the only text that does not break off", ranked, pairs)
    if all(map(_credits_another, ranked)):
        names = sorted({one.agency.names[0] for one in ranked if one.agency})
        return _unknown(f"all credit {', '.join(names)}; no page of theirs is among them")
    return _unknown("neither times, credits nor canonical links tell")


def _likely(
    member: Member, evidence: Evidence, reason: str, members: Sequence[Member], pairs: Sequence[Pair]
) -> Lineage:
    """`member` is the original, unless it credits another itself, or not all are joined with it."""
    if member.agency and _credits_another(member):
        return _unknown(f"{member.article_id} is {reason}, but credits {member.agency.names[0]}")
    if not _is_joined_to_all(member.article_id, members, pairs):
        return _unknown("the set is joined by a text that holds several others")
    return Lineage(member.article_id, evidence, reason)


def _unknown(reason: str) -> Lineage:
    return Lineage(None, "unknown", reason)


def _is_joined_to_all(article_id: int, members: Sequence[Member], pairs: Sequence[Pair]) -> bool:
    """Whether every member is the same as, a part of, or a longer form of the article's text, without a third."""
    if not pairs:
        return True
    alike = sets_of_copies((one, other) for one, other, kind in pairs if kind in ("same", "near"))
    own = next((set(ids) for ids in alike if article_id in ids), {article_id})
    reached = own | {end for one, other, _ in pairs if {one, other} & own for end in (one, other)}
    for ids in alike:
        if reached.intersection(ids):
            reached.update(ids)
    return all(member.article_id in reached for member in members)


def timeline(members: Sequence[Member]) -> list[Member]:
    """Members by the end of their publication interval; those without a date last."""
    return sorted(members, key=lambda member: (member.published_latest or _LAST, member.article_id))


def _declared(ranked: Sequence[Member]) -> Lineage | None:
    """The member that others name as canonical and that names no other itself."""
    named = {member.declared_key for member in ranked if member.declared_key not in (None, member.url_key)}
    found = [one for one in ranked if one.url_key in named and one.declared_key in (None, one.url_key)]
    if len(found) != 1:
        return None
    return Lineage(found[0].article_id, "canonical", "other members declare it as their canonical address")


def _credited(ranked: Sequence[Member]) -> Lineage | None:
    """The member that stands on the site of the one agency the others credit."""
    agencies = {member.agency for member in ranked if member.agency}
    if len(agencies) != 1:
        return None
    (agency,) = agencies
    own = [member for member in ranked if _is_own(member, agency)]
    if len(own) != 1:
        return None
    return Lineage(own[0].article_id, "credit", f"the text is credited to {agency.names[0]}, whose page it is")


def _appearances(ranked: Sequence[Member], pairs: Sequence[Pair]) -> list[Member]:
    """One member for each site's printing of a text: of its addresses with the very same text, the first in time."""
    same = {frozenset((one, other)) for one, other, kind in pairs if kind == "same"}
    kept: list[Member] = []
    for one in sorted(ranked, key=lambda member: (member.published_latest or _LAST, member.url_key)):
        if not any(one.site == other.site and {one.article_id, other.article_id} in same for other in kept):
            kept.append(one)
    return kept


def _first(ranked: Sequence[Member]) -> Member | None:
    """The member whose interval ends before any other begins; all must be dated."""
    known = [(one.published_latest, one.published_earliest, one) for one in ranked]
    dated = [(latest, earliest, one) for latest, earliest, one in known if latest and earliest]
    if len(dated) != len(ranked) or len(dated) < 2:
        return None
    latest, _, first = min(dated, key=lambda item: (item[0], item[2].article_id))
    return first if all(one is first or earliest > latest for _, earliest, one in dated) else None


def _uncut(ranked: Sequence[Member]) -> Member | None:
    """The longest text, where every other breaks off. Length alone tells nothing: copies are added to, too."""
    *others, longest = sorted(ranked, key=lambda one: (one.word_count, -one.article_id))
    return longest if others and not longest.breaks_off and all(one.breaks_off for one in others) else None


def _credits_another(member: Member) -> bool:
    return member.agency is not None and not _is_own(member, member.agency)


def _is_own(member: Member, agency: Agency) -> bool:
    return member.site in agency.domains
