"""Where on the page an element stands, by the words of its markup; each element is asked once."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from lxml import html

from newscrawl.discover.listing.links import Candidate
from newscrawl.discover.listing.prose import class_words
from newscrawl.discover.listing.vocabulary import TIME_WORDS, ZONES

_ZONE_TAGS = {"nav": "nav", "footer": "footer", "aside": "aside"}
_ZONE_ROLES = {"navigation": "nav", "contentinfo": "footer", "complementary": "aside", "menu": "nav", "menubar": "nav"}
_ZONE_OF: dict[str, set[str]] = defaultdict(set)
for _zone, _words in ZONES.items():
    for _word in _words:
        _ZONE_OF[_word].add(_zone)
_ZONE_WORDS = frozenset(_ZONE_OF)
_SUMMARY_LINKS_MAX = 4
_SUMMARY_CHARS_MIN = 80
_CARD_ELEMENTS_MAX = 40
_NOTHING: frozenset[str] = frozenset()


class Zones:
    """The zones of the page an element stands in, each asked once per element."""

    def __init__(self, candidates: Iterable[Candidate]) -> None:
        self._known: dict[html.HtmlElement, frozenset[str]] = {}
        self._links: dict[html.HtmlElement, int] = defaultdict(int)
        self._chars: dict[html.HtmlElement, int] = {}
        self._total = 0
        for candidate in candidates:
            for anchor in candidate.anchors:
                self._total += 1
                for above in anchor.element.iterancestors():
                    self._links[above] += 1

    def of(self, element: html.HtmlElement) -> frozenset[str]:
        """The zones of `element`: its own and its ancestors'."""
        chain = []
        zones = _NOTHING
        current: html.HtmlElement | None = element
        while current is not None:
            known = self._known.get(current)
            if known is not None:
                zones = known
                break
            chain.append(current)
            current = current.getparent()
        for current in reversed(chain):
            zones = self._known[current] = zones | self._own(current)
        return zones

    def has_text_beside(self, above: Sequence[html.HtmlElement], headline: str) -> bool:
        """Whether one of the parts of the page `above` a link, with few links in it, prints more than it."""
        for ancestor in above:
            if self._links[ancestor] > _SUMMARY_LINKS_MAX:
                return False
            chars = self._chars.get(ancestor)
            if chars is None:
                chars = self._chars[ancestor] = sum(len(text.strip()) for text in ancestor.itertext())
            if chars > len(headline) + _SUMMARY_CHARS_MIN:
                return True
        return False

    def _own(self, element: html.HtmlElement) -> frozenset[str]:
        tag = element.tag
        # A wrapper around most of the page says "has-sidebar" of its layout, not of its links.
        if tag in ("html", "body", "main") or (self._total > 8 and 2 * self._links[element] > self._total):
            return _NOTHING
        zones = {_ZONE_TAGS[tag]} if tag in _ZONE_TAGS else set()
        if role := element.get("role"):
            zones |= {_ZONE_ROLES[role]} if role in _ZONE_ROLES else set()
        for word in class_words(element) & _ZONE_WORDS:
            zones |= _ZONE_OF[word]
        return frozenset(zones)


class Times:
    """Which elements, small enough to be cards, hold a time element or class; each looked at once."""

    def __init__(self) -> None:
        self._known: dict[html.HtmlElement, bool | None] = {}

    def near(self, above: Sequence[html.HtmlElement]) -> bool:
        """Whether one of the elements `above` a link holds a time, before they grow larger than a card."""
        for ancestor in above:
            if ancestor not in self._known:
                self._known[ancestor] = self._look(ancestor)
            if (known := self._known[ancestor]) is not False:
                return known is True
        return False

    @staticmethod
    def _look(ancestor: html.HtmlElement) -> bool | None:
        for seen, inside in enumerate(ancestor.iter()):
            if seen >= _CARD_ELEMENTS_MAX:
                return None
            if inside.tag == "time" or (isinstance(inside.tag, str) and class_words(inside) & TIME_WORDS):
                return True
        return False
