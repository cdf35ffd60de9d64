"""Which articles an export gives, and in which form: the options, and the rows that answer them."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from fnmatch import fnmatchcase
from heapq import nlargest
from typing import Any, Literal

from newscrawl.datasets.distinct import choose_of_copies
from newscrawl.datasets.fields import Row, row_of, stub_of
from newscrawl.store import SqliteStore
from newscrawl.store.reading import State, TextQuery, earlier_texts, states
from newscrawl.store.values import must_instant, to_text

Revisions = Literal["latest", "first", "all"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """What is asked for; the default is every article as it stands."""

    sources: tuple[str, ...] = ()
    """Source ids, `*` allowed; empty: all."""
    languages: tuple[str, ...] = ()
    """BCP 47; `en` takes `en-GB` too. Empty: all, unknown ones included."""
    published_from: datetime | None = None
    published_before: datetime | None = None
    """Half-open period of publication; undated articles are in no period."""
    is_certain: bool = True
    """True: the whole interval of the date lies in the period; False: some of it does."""
    query: str | None = None
    """FTS5 over headline and body. Raises ValueError in `rows` where it is not FTS5's syntax."""
    is_distinct: bool = False
    """One article of each set of copies: the likely original, or else the one that was certainly there first."""
    revisions: Revisions = "latest"
    words_min: int = 0
    date_within_min: float | None = None
    """Only dates whose interval is at most so many minutes long; None: undated ones too."""
    latest: int | None = None
    """Only so many, the newest first, by publication or else by when first seen; held in memory. None: all."""
    with_reserved: bool = False
    """Also bodies whose publishers reserve text and data mining or forbid to archive."""

    def options(self) -> dict[str, Any]:
        """What differs from the default, as JSON values: how a cursor remembers its selection."""
        default = asdict(Selection())
        given = {name: value for name, value in asdict(self).items() if value != default[name]}
        return {name: to_text(value) if isinstance(value, datetime) else value for name, value in given.items()}


def rows(store: SqliteStore, selection: Selection, *, after_seq: int = 0, until_seq: int) -> Iterator[Row]:
    """The rows of what changed in (after_seq, until_seq] and answers the selection, as it stood at `until_seq`.

    With `after_seq`, an article that was there before and answers no more comes as a row with `op` outside, and a
    takedown as a row with `op` takedown; without, only what there is to have.
    """
    found = _rows(store, selection, after_seq=after_seq, until_seq=until_seq)
    yield from found if selection.latest is None else nlargest(selection.latest, found, key=_age)


def _age(row: Row) -> tuple[str, str]:
    return row["date_published"] or row["first_seen_at"] or "", row["id"]


def _rows(store: SqliteStore, selection: Selection, *, after_seq: int, until_seq: int) -> Iterator[Row]:
    test = _Test(selection)
    standing = _Standing(store, test, after_seq, until_seq) if selection.is_distinct else None
    is_whole = selection.revisions == "latest" and test.is_none and standing is None
    from_seq = 0 if standing and standing.turned else after_seq
    for state in states(store.connection, after_seq=from_seq, until_seq=until_seq):
        is_changed = state["change_seq"] > after_seq
        if not is_changed and not (standing and state["uid"] in standing.turned):
            continue
        if "url" not in state:
            if after_seq:
                yield row_of(state)
            continue
        if not test.is_of_sources(state):
            continue
        if is_whole:
            yield row_of(state, with_reserved=selection.with_reserved)
            continue
        found = False
        for version in _versions(store, state, selection.revisions) if not standing or standing.holds(state) else ():
            if test.answers(version):
                found = True
                yield row_of(version, with_reserved=selection.with_reserved)
        if not found and after_seq and not (is_changed and state["op"] == "new"):
            yield stub_of(row_of(state), "outside")


class _Standing:
    """Which articles stand for their sets of copies, and which do so otherwise than at the end of the last range."""

    def __init__(self, store: SqliteStore, test: "_Test", after_seq: int, until_seq: int) -> None:
        self._chosen = choose_of_copies(store, test.answers, until_seq)
        before = choose_of_copies(store, test.answers, after_seq) if after_seq else {}
        both = self._chosen.keys() | before.keys() if after_seq else ()
        self.turned = {uid for uid in both if (before.get(uid, uid) == uid) != (self._chosen.get(uid, uid) == uid)}

    def holds(self, state: State) -> bool:
        """Whether the article gives way to no other."""
        uid: str = state["uid"]
        return self._chosen.get(uid, uid) == uid


def is_wanted(patterns: Sequence[str], source_id: str) -> bool:
    """Whether a source is asked for; no patterns: every one is."""
    return not patterns or any(fnmatchcase(source_id, pattern) for pattern in patterns)


class _Test:
    """Whether a state answers a selection."""

    def __init__(self, selection: Selection) -> None:
        self._selection = selection
        self._query = TextQuery(selection.query) if selection.query else None
        self._from, self._before = to_text(selection.published_from), to_text(selection.published_before)
        within = selection.date_within_min
        self._within = None if within is None else timedelta(minutes=within)
        self._languages = tuple(tag.lower() for tag in selection.languages)
        asked = (selection.words_min, self._languages, self._from, self._before, self._query)
        self.is_none = within is None and not any(asked)
        """Whether every state answers."""

    def is_of_sources(self, state: State) -> bool:
        return is_wanted(self._selection.sources, state["source_id"])

    def answers(self, state: State) -> bool:
        return (
            self.is_of_sources(state)
            and state["word_count"] >= self._selection.words_min
            and (not self._languages or self._is_in_language(state["in_language"]))
            and self._is_in_period(state)
            and self._is_narrow(state)
            and (self._query is None or self._query.matches(state["headline"], state["article_body"]))
        )

    def _is_in_language(self, tag: str | None) -> bool:
        tag = (tag or "").lower()
        return any(tag == wanted or tag.startswith(f"{wanted}-") for wanted in self._languages)

    def _is_in_period(self, state: State) -> bool:
        if self._from is None and self._before is None:
            return True
        earliest, latest = state["date_published_earliest"], state["date_published_latest"]
        if earliest is None:
            return False
        first, last = (earliest, latest) if self._selection.is_certain else (latest, earliest)
        return (self._from is None or first >= self._from) and (self._before is None or last < self._before)

    def _is_narrow(self, state: State) -> bool:
        if self._within is None:
            return True
        if state["date_published_earliest"] is None:
            return False
        length = must_instant(state["date_published_latest"]) - must_instant(state["date_published_earliest"])
        return length <= self._within


def _versions(store: SqliteStore, state: State, revisions: Revisions) -> Iterator[State]:
    """The state, or the article as it stood with its earlier texts before it; the history of one is short."""
    if revisions == "latest":
        yield state
        return
    texts = [*earlier_texts(store.connection, state), state]
    yield from texts[:1] if revisions == "first" else texts
