"""URLs: absolute (what a link means), canonical (what to fetch) and key (what page it is).

`absolute` answers None for what is no page; the others raise PageError (`bad_url`) for it, and nothing else.
`canonical` and `key` are idempotent.
"""

from newscrawl.urls.card import card_url, is_card
from newscrawl.urls.forms import absolute, canonical, host_of, site_of
from newscrawl.urls.identity import key
from newscrawl.urls.noise import Evidence, is_noise, only_difference

__all__ = [
    "Evidence",
    "absolute",
    "canonical",
    "card_url",
    "host_of",
    "is_card",
    "is_noise",
    "key",
    "only_difference",
    "site_of",
]
