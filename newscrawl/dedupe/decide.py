"""Fingerprint + neighbours → Decision. A wrong merge is worse than a duplicate: in doubt it is new."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from newscrawl.dedupe.sketch import Overlap, compare
from newscrawl.models import Article, Decision, Fingerprint, Link, LinkKind
from newscrawl.text import normal_form

Match = Literal["same_url", "alias", "canonical", "same_body", "near"]
"""How a neighbour was found: by the article's own key, which is the neighbour's too or only leads to it; by the address
the article's page declares; by its text, or parts of it."""

COPY_SHARE = 0.575
"""Share of the shorter text that must be in the other (measured 2026-11: best on edited copies and real re-sends)."""
CUT_SHARE = 0.2
"""A text contained in a longer one is a part of it when at least this much of the longer one is shared."""
SAME_PAGE_SHARE = 0.15
"""Below it, the text under a known address is another one: the address was used again."""
NEARLY_ALL = 0.995
"""From here on a percentage would read as all of a text; a sample may well miss a changed word."""
WHOLE_SHARE = 0.95
"""What is left to share of two texts that were published more than WINDOW apart."""
WINDOW = timedelta(hours=72)
SHARED_MIN = 4
"""Sampled shingles two texts must share."""
FULL_LENGTH = 0.75
"""Below it the shorter text is a part of the longer one."""
REWORDED_SHARE = 0.4
REWORDED_LENGTH = 0.85
REWORDED_MIN = 40
REWORDED_NUMBERS = 0.75
NUMBERS_SHARE_OF_WHOLE = 0.3
NUMBERS_SHARE = 0.5
"""Numbers two copies must share: reports from one template share all words and no figures."""
STUB_URLS = 3
"""The same text under so many addresses of one host is a notice (paywall, script, consent), not an article."""
STUB_WORDS = 120
"""A notice is not longer than this."""
NOTICE_WORDS = 60
"""A text this short that shares nothing with the stored one, four times as long, does not replace it."""
SHORT_WORDS = 25
"""Texts up to here are the same article only where the headline is the same too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbour:
    """A stored article that may be the same as a new one, or its original."""

    article_id: int
    match: Match
    url_key: str
    headline: str | None
    content_hash: int
    body_hash: int
    sketch: bytes
    word_count: int
    published_earliest: datetime | None = None
    published_latest: datetime | None = None

    @property
    def host(self) -> str:
        """As in keys."""
        return self.url_key.partition("/")[0]


@dataclass(frozen=True, slots=True)
class _Kin:
    """A neighbour whose text the new one repeats."""

    link: Link
    reason: str
    rank: tuple[float, int]
    is_slight: bool = False
    """Whether it makes so little of the new text that this is no copy; the two belong to one set all the same."""


def decide(article: Article, fp: Fingerprint, neighbours: Sequence[Neighbour]) -> Decision:
    """What `article` is to the stored `neighbours`; the order they come in makes no difference."""
    ranked = sorted(neighbours, key=lambda one: one.article_id)
    if not ranked:
        return Decision(verdict="new", reason="first seen" if fp.body_hash else "first seen; no text yet")
    for match in ("same_url", "alias", "canonical"):
        for neighbour in ranked:
            if neighbour.match == match and (decision := _same_page(article, fp, neighbour, ranked)):
                return decision
    return decide_by_text(article, fp, ranked)


def decide_by_text(
    article: Article, fp: Fingerprint, neighbours: Sequence[Neighbour], *, stored_as: int | None = None
) -> Decision:
    """What the text alone makes of `article`, new or a copy, wherever it and its `neighbours` stand.

    `stored_as`: its row id where it is stored already; it is a copy of articles with lower ones only. The links are to
    all that it repeats.
    """
    ranked = sorted(neighbours, key=lambda one: one.article_id)
    if not fp.body_hash:
        return Decision(verdict="new", reason="first seen; no text yet")
    if _is_notice(fp, ranked):
        reason = "a notice: the same short text under several addresses of this host"
        return Decision(verdict="new", reason=reason, is_notice=True)
    kin = _find_kin(article, fp, ranked)
    links = tuple(one.link for one in kin)
    earlier = (one for one in kin if stored_as is None or one.link.article_id < stored_as)
    best = next((one for one in earlier if not one.is_slight), None)
    if best is None:
        twin = next((one for one in ranked if one.body_hash == fp.body_hash), None)
        reason = (
            f"first seen; {twin.article_id} has the same few words, not the same headline" if twin else "first seen"
        )
        return Decision(verdict="new", reason=reason, links=links)
    return Decision(
        verdict="copy", of=best.link.article_id, similarity=best.link.similarity, reason=best.reason, links=links
    )


def _same_page(article: Article, fp: Fingerprint, old: Neighbour, all_: Sequence[Neighbour]) -> Decision | None:
    """The decision for a text under a known address; None: an alias or a declared address that is plainly wrong."""
    overlap = compare(fp.sketch, old.sketch)
    similarity = 1.0 if fp.body_hash == old.body_hash else round(max(overlap.of_new, overlap.of_old), 3)
    if old.match != "same_url" and fp.body_hash and old.body_hash and similarity < SAME_PAGE_SHARE:
        return None

    def decided(verdict: Literal["same", "revision"], reason: str) -> Decision:
        return Decision(verdict=verdict, of=old.article_id, similarity=similarity, reason=reason)

    if fp.content_hash == old.content_hash:
        return decided("same", "same address, same headline and text")
    if not fp.body_hash and old.body_hash:
        return decided("same", "same address; no text this time, the stored one stays")
    if not old.body_hash:
        return decided("revision", "same address; first full text")
    if fp.body_hash == old.body_hash:
        if _same_headline(article.headline, old.headline):
            return decided("same", "same address, same text")
        return decided("revision", "same address, same text, another headline")
    if similarity >= SAME_PAGE_SHARE:
        kept = f"{similarity:.0%}" if similarity < NEARLY_ALL else "nearly all"
        return decided("revision", f"same address, {kept} of the shorter text unchanged")
    if _is_notice(fp, all_) or (fp.length <= NOTICE_WORDS and 4 * fp.length < old.word_count):
        return decided("same", "same address, but a short notice came instead of the text; the stored one stays")
    return decided("revision", "same address, another text: the address was used again")


def _find_kin(article: Article, fp: Fingerprint, ranked: Sequence[Neighbour]) -> list[_Kin]:
    """All neighbours whose text is this one, or has a good part in common with it, the closest first."""
    found = (_twin(article, fp, old) if old.body_hash == fp.body_hash else _near(article, fp, old) for old in ranked)
    return sorted((one for one in found if one), key=lambda one: one.rank, reverse=True)


def _twin(article: Article, fp: Fingerprint, old: Neighbour) -> _Kin | None:
    if fp.length <= SHORT_WORDS and not _same_headline(article.headline, old.headline):
        return None
    link = Link(article_id=old.article_id, kind="same", similarity=1.0)
    return _Kin(link, "the same text", (3.0, -old.article_id))


def _near(article: Article, fp: Fingerprint, old: Neighbour) -> _Kin | None:
    if not old.sketch:
        return None
    overlap = compare(fp.sketch, old.sketch)
    more, less = max(overlap.of_new, overlap.of_old), min(overlap.of_new, overlap.of_old)
    if overlap.shared < SHARED_MIN or not (more >= COPY_SHARE or _is_reworded(fp, old, overlap)):
        return None
    if overlap.numbers is not None and overlap.numbers < (
        NUMBERS_SHARE if more < WHOLE_SHARE else NUMBERS_SHARE_OF_WHOLE
    ):
        return None
    if _apart(article, old) and less < WHOLE_SHARE:
        return None
    kind, reason = _kind_of_copy(fp, old, overlap)
    link = Link(article_id=old.article_id, kind=kind, similarity=round(more, 3))
    rank = (overlap.of_new + overlap.of_old, -old.article_id)
    return _Kin(link, reason, rank, is_slight=kind == "whole" and less < CUT_SHARE)


def _kind_of_copy(fp: Fingerprint, old: Neighbour, overlap: Overlap) -> tuple[LinkKind, str]:
    """In which way the new text repeats the old one, and the same in words."""
    more, less = max(overlap.of_new, overlap.of_old), min(overlap.of_new, overlap.of_old)
    shorter, longer = sorted((fp.length, old.word_count))
    if (less >= COPY_SHARE and shorter >= FULL_LENGTH * longer) or more < COPY_SHARE:
        shared = f"{less:.0%} and {more:.0%} shared" if less < NEARLY_ALL else "all but a few words"
        return "near", f"nearly the same text ({shared})"
    if overlap.of_new >= overlap.of_old:
        return "part", f"part of a longer text ({overlap.of_new:.0%} of it is there)"
    return "whole", f"a longer text that contains it ({overlap.of_old:.0%} of it is here)"


def _is_reworded(fp: Fingerprint, old: Neighbour, overlap: Overlap) -> bool:
    """Whether two texts of about one length differ in many single words, but in no more."""
    shorter, longer = sorted((fp.length, old.word_count))
    return (
        min(overlap.of_new, overlap.of_old) >= REWORDED_SHARE
        and shorter >= REWORDED_LENGTH * longer
        and overlap.shared >= REWORDED_MIN
        and (overlap.numbers is None or overlap.numbers >= REWORDED_NUMBERS)
    )


def _apart(article: Article, old: Neighbour) -> bool:
    """Whether the two are known to be published more than WINDOW apart."""
    mine = article.date_published
    if mine is None or old.published_earliest is None or old.published_latest is None:
        return False
    return mine.earliest - old.published_latest > WINDOW or old.published_earliest - mine.latest > WINDOW


def _is_notice(fp: Fingerprint, ranked: Sequence[Neighbour]) -> bool:
    """Whether the store holds this short text under other addresses of one host already."""
    if fp.length > STUB_WORDS:
        return False
    others = {one.url_key for one in ranked if one.body_hash == fp.body_hash and one.host == _host(fp)}
    return len(others - {fp.url_key}) >= STUB_URLS - 1


def _host(fp: Fingerprint) -> str:
    return fp.url_key.partition("/")[0]


def _same_headline(ours: str | None, theirs: str | None) -> bool:
    return normal_form(ours or "") == normal_form(theirs or "")
