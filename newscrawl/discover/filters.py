"""A seed's `article_url` and `not_url`: they win over everything the page says."""

import re
from collections.abc import Iterable

from newscrawl.errors import DiscoverError
from newscrawl.models import Channel, Entry


def keep_wanted(entries: Iterable[Entry], channel: Channel, url: str) -> tuple[Entry, ...]:
    """The entries whose address the channel's patterns allow.

    Raises DiscoverError(`override_missed`) when they allow none: a pattern that fits no more must not pass unseen.
    """
    known = tuple(entries)
    kept = tuple(entry for entry in known if _is_wanted(entry.url, channel))
    if known and not kept:
        patterns = " ".join(filter(None, (channel.article_url, channel.not_url and f"not {channel.not_url}")))
        raise DiscoverError(url, f"{patterns}: allows none of {len(known)} entries", "override_missed")
    return kept


def _is_wanted(url: str, channel: Channel) -> bool:
    if channel.article_url and not re.search(channel.article_url, url):
        return False
    return not (channel.not_url and re.search(channel.not_url, url))
