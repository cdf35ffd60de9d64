"""TOML → Source: a source is a file, `seeds/<country>/<name>.toml`, and everything wrong in one is one clear line."""

from newscrawl.sources.files import by_host, find, load, load_all, parse, source_for_url
from newscrawl.sources.tables import schema
from newscrawl.sources.writing import to_toml

__all__ = ["by_host", "find", "load", "load_all", "parse", "schema", "source_for_url", "to_toml"]
