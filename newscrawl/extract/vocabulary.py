"""The words that templates name their parts with, as groups of one bit each.

English words serve pages in every language: class names are written by programmers. Rows hold words as they stand in
class, id and role after splitting at anything but letters and at camel humps, and tag names.
"""

import re
import tomllib
from pathlib import Path

_GROUPS: tuple[tuple[str, str], ...] = (
    ("article", "article articlebody articletext story storybody post entry news newsarticle blog report"),
    ("body", "body text content contents copy paragraph para prose richtext rte main maincontent fulltext wysiwyg"),
    ("heading", "headline title heading hed kicker subtitle"),
    ("standfirst", "lead lede standfirst summary intro excerpt abstract dek deck description teaser subline"),
    (
        "related",
        "related relatedarticles recommend recommended recommendation recommendations readmore more also similar"
        " recirc recirculation suggested suggestions onward next previous prev trending popular mostread latest"
        " outbrain taboola upnext headlines carousel slider links linklist rail",
    ),
    ("card", "card cards item items list grid tile tiles feed river stream promo thumb thumbnail"),
    ("social", "share sharing shares social follow facebook twitter whatsapp telegram instagram tweet embed sns like"),
    ("comment", "comment comments disqus reply replies discussion respond coral"),
    ("caption", "figcaption figure caption captions credit credits photo image img picture media gallery slide video"),
    (
        "byline",
        "byline author authors bio profile meta metadata date dateline time timestamp published updated info details"
        " contributor contributors reporter address",
    ),
    ("tag", "tag tags topic topics keyword keywords category categories breadcrumb breadcrumbs hashtag hashtags label"),
    ("ad", "ad ads advert adverts advertisement advertising sponsor sponsored partner dfp adslot commercial affiliate"),
    (
        "site",
        "nav navigation menu header footer foot sidebar side aside widget widgets toolbar bar navbar masthead banner"
        " complementary contentinfo copyright colophon utility skip search",
    ),
    (
        "notice",
        "cookie cookies consent gdpr paywall subscribe subscription subscriber subscriptions newsletter signup login"
        " register registration modal popup overlay disclaimer disclosure notice alert cta donate support premium"
        " piano tooltip form",
    ),
    ("quote", "blockquote quote pullquote quotes"),
    (
        "aside",
        "infobox box factbox facts correction corrections note notes source sources footnote footnotes"
        " reference references transcript transcription",
    ),
    ("table", "table tbody td th tr"),
    ("listing", "ul ol dl li dt dd"),
    ("hidden", "hidden hide invisible sr visually screenreader accessibility collapsed offscreen"),
)

GROUPS: tuple[str, ...] = tuple(name for name, _ in _GROUPS)
"""The names of the groups, in the order of their bits."""

WORD_BITS: dict[str, int] = {}
"""Word → the bits of the groups it stands in; each group's own name is in it too."""
for _index, (_name, _words) in enumerate(_GROUPS):
    for _word in (_name, *_words.split()):
        WORD_BITS[_word] = WORD_BITS.get(_word, 0) | 1 << _index

_PHRASES: dict[str, list[str]] = tomllib.loads(Path(__file__).with_name("phrases.toml").read_text("utf-8"))

RELATED_HEADINGS = "|".join(_PHRASES["related"])
"""Headings over related articles, in some forty languages, as one regular expression for a whole line."""
_NOTICES = re.compile("|".join(_PHRASES["notices"]))
_VARYING = re.compile(r"\(.*?\)|\\b|.\?|\.")
_NOTICE_STEMS = tuple({max(_VARYING.split(phrase), key=len) for phrase in _PHRASES["notices"]})
"""The longest part of each phrase that is the same in all it matches; texts are asked for these six times as fast."""


def says_notice(text: str) -> bool:
    """Whether a lower-cased text holds a word of notices, calls and teasers."""
    return any(map(text.__contains__, _NOTICE_STEMS)) and bool(_NOTICES.search(text))
