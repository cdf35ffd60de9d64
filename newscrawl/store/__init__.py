"""The one SQLite file: schema, migrations, and the few ways in and out."""

from newscrawl.store.base import ChannelState, Check, Fetch, HostState, Kept, ListPage, QueuedUrl, Stored
from newscrawl.store.sqlite import SqliteStore, open_store

__all__ = [
    "ChannelState",
    "Check",
    "Fetch",
    "HostState",
    "Kept",
    "ListPage",
    "QueuedUrl",
    "SqliteStore",
    "Stored",
    "open_store",
]
