"""The address of a card that has no link."""

import hashlib
import re

from newscrawl.text import normal_form


def card_url(listing_url: str, headline: str) -> str:
    """`<listing url>#card-<16 hexadecimal digits of the headline's normal form>`; `key` keeps such fragments."""
    digest = hashlib.blake2b(normal_form(headline).encode(), digest_size=8).hexdigest()
    return f"{listing_url.partition('#')[0]}#card-{digest}"


def is_card(url: str) -> bool:
    """Whether `url` is a card's, so that there is no page of its own to fetch."""
    return bool(re.search(r"#card-[0-9a-f]{16}$", url))
