"""The one clock. Only the shell reads it; the core is told the time."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime

_held: ContextVar[datetime | None] = ContextVar("held", default=None)


def utc_now() -> datetime:
    """The present instant, aware, UTC."""
    return _held.get() or datetime.now(UTC)


@contextmanager
def held(instant: datetime) -> Iterator[None]:
    """Let it be `instant` while the block runs: what is written together has one time, and a replay the recorded."""
    token = _held.set(instant)
    try:
        yield
    finally:
        _held.reset(token)
