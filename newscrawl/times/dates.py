"""A text that says no age → the date or clock it holds, in which of the languages, or what dateparser makes of it."""

import re
from collections.abc import Sequence
from datetime import datetime

from newscrawl.times.absolute import read_date
from newscrawl.times.fallback import read_elsewhere
from newscrawl.times.normal import NUMBER, tokens
from newscrawl.times.plain import read_plain
from newscrawl.times.reading import Reading, Site
from newscrawl.times.table import phrase_book, word_book
from newscrawl.times.vocabulary import Look, vocabulary
from newscrawl.times.zones import is_zone_word

_HAS_LETTERS = re.compile(r"[^\W\d_]{3}|[年月]")
# Its dates are all read by now; "2年11月" is no 2 November.
_YEAR_SIGN = re.compile("[年년]")
# "2-3 hours ago", "1,000 days ago": what dateparser makes of them is another age.
_NO_ONE_NUMBER = re.compile(r"\d[-–—]\d|\d[.,]\d{3}")
# "14–16 March" is when something takes place.
_DAYS = re.compile(r"(?<![\d:./-])\d\d?\.?[-–—]\d\d?\.?\s[^\W\d_]{3}|[^\W\d_]{3}\.?\s\d\d?[-–—]\d\d?(?:,|$)")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
# Tried when nobody says which language a text is in: the news languages by their papers' number.
_NEWS_LANGUAGES = """
    en es de fr pt ru zh ja it ar nl pl tr id ko vi sv fa uk cs el ro hu nb
    da fi he hi bn th bg sr hr sk lt lv et sl ms ta ur
"""
_COMMON = tuple(_NEWS_LANGUAGES.split())


def read_whole_date(raw: str, folded: str, local: datetime, language: str, order: str | None) -> Reading | None:
    """As `read_known_date`, for a text that is a whole date and nothing else; None: it needs a closer look."""
    return read_plain(raw, folded, Site(local, language, order), word_book(language))


def read_known_date(
    raw: str, text: str, local: datetime, languages: Sequence[str], order: str | None
) -> Reading | None:
    """The date, clock or day word of `text` (folded, without label), or None: in the languages, else in English.

    Without languages it must be read in one of the likely ones with no order in doubt. `local`: the fetch in the site's
    zone; `order`: the site's day and month order, where it is known. Raises TimeError for a day no calendar has.
    """
    if _DAYS.search(text):
        return None
    for language in languages:
        if reading := read_date(raw, text, Site(local, language, order), word_book(language)):
            return reading
    if not NUMBER.search(text) or not _HAS_LETTERS.search(text):
        return None if languages else read_date(raw, text, Site(local, "en", order), word_book("en"))
    found = tokens(text)
    for language in ("en",) if languages else _COMMON:
        book = word_book(language)
        if language in languages or not (
            vocabulary((language,)).look(text, found).has_date
            or any(word in book.fillers or is_zone_word(word) for word in found)
        ):
            continue
        reading = read_date(raw, text, Site(local, language, order, strict=not languages), book)
        if reading and reading.kind != "clock" and "ambiguous" not in reading.flags:
            return reading
    return None


def read_otherwise(text: str, local: datetime, languages: Sequence[str], look: Look) -> Reading | None:
    """What dateparser makes of `text` (folded, without label) in one of the languages, or None.

    Not asked where a zone is named, as it would not tell which it took, and where no word or year is a date's.
    """
    if any(map(is_zone_word, tokens(text))):
        return None
    for name in languages:
        ages = look.has_age and not _NO_ONE_NUMBER.search(text) and phrase_book(name).says_ago(text)
        dates = (look.has_date or bool(_YEAR.search(text))) and not (_YEAR_SIGN.search(text) or _DAYS.search(text))
        if (ages or dates) and (reading := read_elsewhere(text, local, name, ages=ages)):
            return reading
    return None
