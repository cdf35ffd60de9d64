"""One article of each set of copies: the likely original by evidence, else the one that was certainly there first."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from newscrawl.dedupe.copies import Member, Pair, find_original, member_of, sets_of_copies
from newscrawl.errors import PageError
from newscrawl.store import SqliteStore
from newscrawl.store.copies import pairs_at
from newscrawl.store.reading import State, states
from newscrawl.store.rows import article_of

Chosen = Mapping[str, str]
"""Article id → id of the one that stands for its set; articles that are in no set, or do not answer, are not in it."""


def choose_of_copies(store: SqliteStore, answers: Callable[[State], bool], until_seq: int) -> Chosen:
    """Whom each article gives way to among those that answer, by what was known at `until_seq`.

    Sets are those of `scrapy copies`, joined by members that do not answer too.
    """
    pairs = pairs_at(store.connection, until_seq)
    joined = {one for pair in pairs for one in pair[:2]}
    members: dict[int, Member] = {}
    claims: dict[int, tuple[str, str]] = {}
    for state in states(store.connection, after_seq=0, until_seq=until_seq) if joined else ():
        if "url" in state and state["id"] in joined and answers(state):
            members[state["id"]], claims[state["id"]] = _member(state), _claim(state)
    pairs_of: dict[int, list[Pair]] = {}
    for pair in pairs:
        pairs_of.setdefault(pair[0], []).append(pair)
    chosen: dict[str, str] = {}
    for ids in sets_of_copies((later, earlier) for later, earlier, _ in pairs):
        answering = [members[one] for one in ids if one in members]
        if answering:
            told = find_original(answering, [pair for one in ids for pair in pairs_of.get(one, ())]).article_id
            best = claims[told][1] if told is not None else min(claims[member.article_id] for member in answering)[1]
            chosen |= {claims[member.article_id][1]: best for member in answering}
    return chosen


def _claim(state: State) -> tuple[str, str]:
    """When it certainly was there: by the end of its publication interval, or by when it was first seen."""
    seen = state["first_seen_at"]
    return min(state["date_published_latest"] or seen, seen), state["uid"]


def _member(state: State) -> Member:
    article = article_of(state)
    try:
        return member_of(state["id"], article)
    except PageError:  # what the page declares as its address is none
        return member_of(state["id"], replace(article, canonical_url=None))
