"""Article → Fingerprint: what identity is decided from."""

import struct
import unicodedata
from collections.abc import Collection

from xxhash import xxh3_64_intdigest

from newscrawl.dedupe.sampling import Sample, sample
from newscrawl.dedupe.sketch import write_sketch
from newscrawl.limits import BODY_CHARS
from newscrawl.models import Article, Fingerprint
from newscrawl.text import count_words, normal_form
from newscrawl.urls import key

INDEXED_MIN = 8
"""Shingles in the index of a text that has as many."""
INDEXED_MAX = 256
"""A text of a hundred thousand words has more; its end is left out."""
_SHORT = 12
"""Sampled shingles below which a text is too short to be found by parts."""


def fingerprint(article: Article, *, noise: Collection[str] = ()) -> Fingerprint:
    """The fingerprint of `article`. `noise`: as in `urls.key`. Raises PageError (`bad_url`)."""
    text = (article.article_body or "")[:BODY_CHARS]
    body = unicodedata.normalize("NFKC", text)[:BODY_CHARS]
    letters = normal_form(body)
    kept = sample(letters)
    enough = len(kept.thin) + len(kept.middle) + len(kept.dense) >= _SHORT
    body_hash = _signed(letters) if letters else 0
    return Fingerprint(
        url_key=key(article.url, noise=noise),
        content_hash=_signed(normal_form(article.headline or "") + "\n" + letters),
        body_hash=body_hash,
        shingles=_indexed(kept) if enough else (),
        sketch=write_sketch(body, kept),
        length=count_words(text),
    )


def _indexed(kept: Sample) -> tuple[int, ...]:
    """The shingles to be found by, at least `INDEXED_MIN`, in reading order; four bytes each in SQLite."""
    chosen = dict.fromkeys(kept.indexed)
    if len(chosen) < INDEXED_MIN:
        others = sorted({*kept.thin, *kept.middle, *kept.dense} - chosen.keys())
        chosen |= dict.fromkeys(others[: INDEXED_MIN - len(chosen)])
    shingles = list(chosen)[:INDEXED_MAX]
    return struct.unpack(f"<{len(shingles)}i", b"".join(shingles))


def _signed(text: str) -> int:
    """64 bits as SQLite keeps them; never 0, which stands for no text."""
    digest: int = xxh3_64_intdigest(text.encode("utf-8", "replace"))
    return (digest - 2**64 if digest >= 2**63 else digest) or 1
