"""Whose page is read next, where more pages wait than there are readers: fairly among sources.

The source that kept readers busy the least of late goes first, and pages that take long never hold every reader while
others come. A source whose pages wait is asked for no more of them. Hostile pages so delay their own source, not the
honest ones, and do not pile up.
"""

import asyncio
import time
from collections import Counter, deque
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from weakref import WeakKeyDictionary

HALF_LIFE_S = 60.0
"""What a source used counts half as much after so long."""
SLOW_S = 5.0
"""A source whose last page took longer is slow, until one takes less."""
OTHERS_S = 30.0
"""How long after the last quick page a reader is kept for the next."""
UNREAD_MAX = 2
"""Pages of one source that may wait or be read before it is asked for another."""
WAITING_MAX = 8
"""Quick pages, for each reader, that may wait before anyone is asked for another."""
_SOURCES_KEPT = 1_000

ROOMS: WeakKeyDictionary[Any, Callable[[str], AbstractAsyncContextManager[bool]]] = WeakKeyDictionary()
"""Crawler → `Turns.room` of its readers, for who fetches; a crawler without readers has no entry."""


@dataclass(slots=True)
class _Account:
    """What one source used of the readers."""

    spent_s: float = 0.0
    at_s: float = 0.0
    is_slow: bool = False

    def spent(self, now_s: float) -> float:
        return self.spent_s * float(0.5 ** ((now_s - self.at_s) / HALF_LIFE_S))


@dataclass(slots=True, eq=False)
class _Guest:
    """A page that waits for a place, or holds one."""

    source_id: str
    is_large: bool
    turn: asyncio.Future[None] = field(default_factory=lambda: asyncio.get_running_loop().create_future())
    seated_s: float | None = None
    """When a reader took it; while it is handed over early, when that was. None: it waits."""
    is_slow: bool = False


class Turns:
    """Hands `readers` places out, one for each page that is being read.

    `early`: so many quick pages are handed over before a reader is free, which takes them in that order. No reader then
    stands still while who hands them over is busy.
    """

    def __init__(self, readers: int, *, early: int = 0, clock: Callable[[], float] = time.monotonic) -> None:
        self._readers, self._early_max, self._clock = readers, early, clock
        self._early: deque[_Guest] = deque()
        self._accounts: dict[str, _Account] = {}
        self._waiting: list[_Guest] = []
        self._reading: Counter[str] = Counter()
        """Pages that were handed over, early ones among them, by source."""
        self._slow_reading = 0
        self._quick_at_s = float("-inf")
        """When a page was last read quickly."""
        self._outside: list[tuple[str, asyncio.Future[None]]] = []
        """Requests that wait for room."""

    @asynccontextmanager
    async def turn(self, source_id: str, *, is_large: bool = False) -> AsyncIterator[None]:
        """Wait for a place, and hold it while the block runs. A large page counts as a slow source's."""
        guest = _Guest(source_id, is_large)
        self._waiting.append(guest)
        self._seat()
        try:
            await guest.turn
            yield
        finally:
            self._leave(guest)
            self._seat()
            self._let_in()

    @asynccontextmanager
    async def room(self, source_id: str) -> AsyncIterator[bool]:
        """Wait until one more page of the source may come, and fetch it in the block; gives whether it was a wait."""
        waits = not self._has_room(source_id)
        try:
            if waits:
                place = (source_id, asyncio.get_running_loop().create_future())
                self._outside.append(place)
                try:
                    await place[1]
                finally:
                    self._outside.remove(place)
            yield waits
        finally:
            self._let_in()  # where no page came, nobody leaves a reader, and the next would wait for ever

    def _has_room(self, source_id: str) -> bool:
        unread = self._reading[source_id]
        quick = 0
        for guest in self._waiting:
            unread += guest.source_id == source_id
            quick += not self._is_slow(guest)
        return unread < UNREAD_MAX and quick < WAITING_MAX * self._readers

    def _leave(self, guest: _Guest) -> None:
        if guest.seated_s is None:
            self._waiting.remove(guest)
            return
        self._reading[guest.source_id] -= 1
        if not self._reading[guest.source_id]:
            del self._reading[guest.source_id]
        self._slow_reading -= guest.is_slow
        now_s = self._clock()
        used_s = now_s - guest.seated_s
        if guest in self._early:  # given up before its time
            self._early.remove(guest)
        elif self._early:
            self._early.popleft().seated_s = now_s
        if len(self._accounts) > _SOURCES_KEPT:
            kept = {name: one for name, one in self._accounts.items() if one.is_slow or one.spent(now_s) > 0.01}
            self._accounts = kept
        account = self._accounts.setdefault(guest.source_id, _Account())
        account.spent_s, account.at_s, account.is_slow = account.spent(now_s) + used_s, now_s, used_s > SLOW_S
        if not account.is_slow and not guest.is_large:
            self._quick_at_s = now_s

    def _let_in(self) -> None:
        """Tell those outside that there is room: one of each source, as its page is not here yet."""
        told: set[str] = set()
        for source_id, place in self._outside:
            if source_id not in told and not place.done() and self._has_room(source_id):
                told.add(source_id)
                place.set_result(None)

    def _seat(self) -> None:
        """Give free places away."""
        while (guest := self._choose()) is not None:
            self._waiting.remove(guest)
            if self._is_taken():
                self._early.append(guest)
            guest.seated_s, guest.is_slow = self._clock(), self._is_slow(guest)
            self._reading[guest.source_id] += 1
            self._slow_reading += guest.is_slow
            guest.turn.set_result(None)

    def _is_taken(self) -> bool:
        """Whether every reader has a page."""
        return self._reading.total() - len(self._early) >= self._readers

    def _choose(self) -> _Guest | None:
        now_s, is_taken = self._clock(), self._is_taken()
        if is_taken and len(self._early) >= self._early_max:
            return None
        able = [one for one in self._waiting if not one.turn.done()]
        crowded = self._slow_reading and self._slow_reading >= self._readers - 1 and now_s - self._quick_at_s < OTHERS_S
        if is_taken or crowded:
            able = [one for one in able if not self._is_slow(one)]
        return min(able, key=lambda one: self._claim(one.source_id, now_s), default=None)

    def _claim(self, source_id: str, now_s: float) -> tuple[int, float]:
        """The smaller, the sooner; of equals the first that came."""
        account = self._accounts.get(source_id)
        return self._reading[source_id], account.spent(now_s) if account is not None else 0.0

    def _is_slow(self, one: _Guest) -> bool:
        account = self._accounts.get(one.source_id)
        return one.is_large or (account is not None and account.is_slow)
