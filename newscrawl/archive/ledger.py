"""How far a file has been taken in, where its records come to their ends in another order than they lie."""

from collections import deque
from collections.abc import Iterable


class Ledger:
    """The records of one file that were begun; each is begun in order and ended once."""

    def __init__(self, read_to: int = 0, ahead: Iterable[int] = ()) -> None:
        """`read_to`, `ahead`: what an earlier run came to (`Archives.progress`)."""
        self.read_to = read_to
        self._ended_before = frozenset(ahead)
        self._begun: deque[tuple[int, int]] = deque()
        self._ended: set[int] = set()

    def begin(self, offset: int, end: int) -> bool:
        """A record lies from `offset` to `end`; whether it is still to be taken in."""
        self._begun.append((offset, end))
        if offset not in self._ended_before:
            return True
        self.end(offset)
        return False

    def end(self, offset: int) -> None:
        """The record has come to its end."""
        self._ended.add(offset)
        while self._begun and self._begun[0][0] in self._ended:
            first, self.read_to = self._begun.popleft()
            self._ended.discard(first)

    def state(self) -> tuple[int, frozenset[int]]:
        """What `Archives.advance` stores: all before an offset has ended, and so have records at some beyond it."""
        return self.read_to, frozenset(self._ended)

    @property
    def open(self) -> int:
        """Records between the first that has not ended and the last that was begun."""
        return len(self._begun)
