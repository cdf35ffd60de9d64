"""A text that says no age → the date or clock it holds, in which of the languages, or what dateparser makes of it."""

import re
from collections.abc import Sequence
from datetime import datetime

from newscrawl.times.absolute import read_date
from newscrawl.times.fallback import read_elsewhere
from newscrawl.times.labels import label_of
from newscrawl.times.normal import NUMBER, fold, tokens
from newscrawl.times.reading import Reading, Site
from newscrawl.times.table import phrase_book, word_book
from newscrawl.times.vocabulary import Look
from newscrawl.times.zones import is_zone_word

_HAS_LETTERS = re.compile(r"[^\W\d_]{3}|[年月]")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_SHORT_YEAR = re.compile(r"(?<![^\W_])['’](\d\d)(?!\w)")
# Tried when nobody says which language a text is in: the news languages by their papers' number.
_NEWS_LANGUAGES = """
    en es de fr pt ru zh ja it ar nl pl tr id ko vi sv fa uk cs el ro hu nb
    da fi he hi bn th bg sr hr sk lt lv et sl ms ta ur
"""
_COMMON = tuple(_NEWS_LANGUAGES.split())


def read_any_date(
    raw: str, folded: str, local: datetime, languages: Sequence[str], order: str | None, look: Look | None
) -> Reading | None:
    """The date, clock or day word of a folded text, or None.

    `local`: the fetch in the site's zone; `order`: the site's day and month order, where it is known; `look`: what
    the words of the text look like in `languages` and English; None: there are no languages.
    Raises TimeError for a day no calendar has.
    """
    if "'" in raw or "’" in raw:
        folded = fold(_SHORT_YEAR.sub(r" 20\1", raw))
    text = label_of(folded).text
    if reading := _read_date(raw, text, local, languages, order):
        return reading
    if look is None or any(map(is_zone_word, tokens(text))):  # dateparser would not tell which zone it took
        return None
    for name in languages:
        ages = look.has_age and phrase_book(name).says_ago(text)
        dates = look.has_date or bool(_YEAR.search(text))
        if (ages or dates) and (reading := read_elsewhere(text, local.replace(tzinfo=None), name, ages=ages)):
            return reading
    return None


def _read_date(raw: str, text: str, local: datetime, languages: Sequence[str], order: str | None) -> Reading | None:
    """The date in the given languages, else with English months; without languages in any, if no order is in doubt."""
    for language in languages:
        if reading := read_date(raw, text, Site(local, language, order), word_book(language)):
            return reading
    if not NUMBER.search(text) or not _HAS_LETTERS.search(text):
        return None if languages else read_date(raw, text, Site(local, "en", order), word_book("en"))
    for language in ("en",) if languages else _COMMON:
        if language in languages:
            continue
        reading = read_date(raw, text, Site(local, language, order, strict=not languages), word_book(language))
        if reading and reading.kind != "clock" and "ambiguous" not in reading.flags:
            return reading
    return None
