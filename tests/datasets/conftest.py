"""A database to export from, and every way a database changes."""

from tests.store.conftest import desk

__all__ = ["desk"]
