"""What the names of an element (class and id) say of it, each name judged once: programmers write the same few."""

import re
from functools import lru_cache

from lxml import html

_AUTHOR = re.compile(r"by-?line|author|autor|auteur|writer|contributor|redakt", re.IGNORECASE)
_NOT_AUTHOR = re.compile(
    r"bio|avatar|image|photo|img|pic|about|social|follow|desc|more|authori[tz]|box|role|job|card|count|comment",
    re.IGNORECASE,
)
_AUTHOR_NAME = re.compile(
    r"(?:author|autor|auteur|byline|writer|contributor)[-_]*(?:name|link|fn)|p-author", re.IGNORECASE
)
_DATE = re.compile(r"date|datum|time|publish|fecha|posted|data-", re.IGNORECASE)
_TITLE = re.compile(r"(?:^|[-_\s])(?:title|headline|heading|titre|titel|titulo)(?:$|[-_\s])", re.IGNORECASE)
_EVENT = re.compile(f"{_AUTHOR.pattern}|{_DATE.pattern}|{_TITLE.pattern}", re.IGNORECASE)
_EVENT_STEM_NAMES = """line author autor auteur writer contributor redakt dat time publish fecha posted titl titre titel
    titul heading"""
_EVENT_STEMS = tuple(_EVENT_STEM_NAMES.split())
"""One of these is in every label the expression finds; asking for them first is ten times faster than searching."""
_KICKER_NAMES = """kicker overline topline eyebrow dachzeile spitzmarke roofline headline-?(?:prefix|topic) supertitle
    pre-?title antetitulo surtitre occhiello label rubric"""
_KICKER = re.compile("|".join(_KICKER_NAMES.split()), re.IGNORECASE)
# Places that speak of other articles, of readers' comments, or of the site.
_ELSEWHERE = re.compile(
    r"(?:^|[-_\s])(?:related|comments?|sidebar|footer|teasers?|recommend\w*|promo|newsletter|widget|nav|navbar|menu|"
    r"trending|popular|most-?read|read-?more|more-(?:news|stories|from)|also-?read|latest|recirc\w*|outbrain|taboola)"
    r"(?:$|[-_\s])",
    re.IGNORECASE,
)


def label_of(element: html.HtmlElement) -> str:
    """An element's class and id."""
    return f"{element.get('class') or ''} {element.get('id') or ''}"


@lru_cache(maxsize=8192)
def is_event(label: str) -> bool:
    """Whether an element named so may be a heading, a byline or a date."""
    folded = label.lower()
    for stem in _EVENT_STEMS:
        if stem in folded:
            return bool(_EVENT.search(label))
    return False


@lru_cache(maxsize=8192)
def is_elsewhere(label: str) -> bool:
    """Whether an element named so holds what is not this article's."""
    return bool(_ELSEWHERE.search(label))


@lru_cache(maxsize=8192)
def is_title(label: str) -> bool:
    """Whether an element named so is a title."""
    return bool(_TITLE.search(label))


@lru_cache(maxsize=8192)
def is_kicker(label: str) -> bool:
    """Whether an element named so is the line above a headline."""
    return bool(_KICKER.search(label))


@lru_cache(maxsize=8192)
def is_date(label: str) -> bool:
    """Whether an element named so prints a date."""
    return bool(_DATE.search(label))


@lru_cache(maxsize=8192)
def byline_kind_of(label: str) -> str | None:
    """`name` or `text`; None for an element that is no byline by its names."""
    if not _AUTHOR.search(label) or _NOT_AUTHOR.search(label):
        return None
    return "name" if _AUTHOR_NAME.search(label) else "text"
