"""The error tree.

    NewscrawlError
    ├── SeedError(path, key, reason)        a seed file or spider argument is wrong
    ├── PageError(url, reason, outcome)     one page could not be used; the run goes on
    │   ├── DiscoverError                   a listing, feed or sitemap could not be read
    │   ├── ExtractError                    no article could be taken from the page
    │   └── BlockedError(…, sign)           a consent, login or challenge page came instead
    ├── TimeError(raw, reason)              a printed time that cannot be
    └── StoreError(path, reason)            the database could not be used
        ├── SchemaError                     the database is of another, newer schema
        ├── BusyError                       another process kept it locked
        └── DiskFullError                   no room is left to write it

The core raises; the shell catches once per page, records the outcome, and goes on.
"""


class NewscrawlError(Exception):
    """Base of every error newscrawl raises on purpose; its text is one line for a person."""


class SeedError(NewscrawlError):
    """A seed file (or a spider argument, `path` then names it) cannot be used."""

    def __init__(self, path: str, key: str | None, reason: str) -> None:
        self.path, self.key, self.reason = path, key, reason
        super().__init__(f"{path}: {key}: {reason}" if key else f"{path}: {reason}")

    def __reduce__(self) -> tuple[type, tuple[str, str | None, str]]:
        return type(self), (self.path, self.key, self.reason)


class PageError(NewscrawlError):
    """One page could not be used. `outcome` is a code of `newscrawl.outcomes`."""

    def __init__(self, url: str, reason: str, outcome: str) -> None:
        self.url, self.reason, self.outcome = url, reason, outcome
        super().__init__(f"{outcome}: {reason} ({url})")

    def __reduce__(self) -> tuple[type, tuple[str, str, str]]:
        return type(self), (self.url, self.reason, self.outcome)


class DiscoverError(PageError):
    """A listing, feed or sitemap could not be read."""


class ExtractError(PageError):
    """No article could be taken from the page; the page itself may be fine (`no_text`, …)."""


class BlockedError(PageError):
    """A consent, login or challenge page came instead; `sign` is what gave it away."""

    def __init__(self, url: str, sign: str, outcome: str = "challenge") -> None:
        self.sign = sign
        super().__init__(url, sign, outcome)

    def __reduce__(self) -> tuple[type, tuple[str, str, str]]:
        return type(self), (self.url, self.sign, self.outcome)


class TimeError(NewscrawlError):
    """A printed time that cannot be: in the future, in year 0000, an age below zero."""

    def __init__(self, raw: str, reason: str) -> None:
        self.raw, self.reason = raw, reason
        super().__init__(f"{raw[:96]!r}: {reason}")

    def __reduce__(self) -> tuple[type, tuple[str, str]]:
        return type(self), (self.raw, self.reason)


class StoreError(NewscrawlError):
    """The database at `path` could not be opened, read or written."""

    def __init__(self, path: str, reason: str) -> None:
        self.path, self.reason = path, reason
        super().__init__(f"{path}: {reason}")

    def __reduce__(self) -> tuple[type, tuple[str, str]]:
        return type(self), (self.path, self.reason)


class BusyError(StoreError):
    """Another process held the database for longer than we wait."""


class DiskFullError(StoreError):
    """No room is left on the disk; what was acknowledged is safe."""


class SchemaError(StoreError):
    """The database was written by a newer newscrawl, or is not newscrawl's at all."""
