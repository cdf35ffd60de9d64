"""What can be seen of a link that hints at an article behind it: one number per feature, explained in `weights`."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from statistics import median
from urllib.parse import urlsplit

from lxml import html

from newscrawl.discover.listing.addresses import domain_of, host_of
from newscrawl.discover.listing.links import Candidate
from newscrawl.discover.listing.prose import HEADINGS, class_words
from newscrawl.discover.listing.vocabulary import TIME_WORDS, TITLE_WORDS, ZONES

_ZONE_TAGS = {"nav": "nav", "footer": "footer", "aside": "aside"}
_ZONE_ROLES = {"navigation": "nav", "contentinfo": "footer", "complementary": "aside", "menu": "nav", "menubar": "nav"}
_ZONE_OF: dict[str, set[str]] = defaultdict(set)
for _zone, _words in ZONES.items():
    for _word in _words:
        _ZONE_OF[_word].add(_zone)
_ZONE_WORDS = frozenset(_ZONE_OF)
_SIGNATURE_LEVELS = 4
_SUMMARY_LINKS_MAX = 4
_SUMMARY_CHARS_MIN = 80
_HOME_PATH_CHARS = 4
_CARD_ELEMENTS_MAX = 40
_DIGITS = re.compile(r"\d+")
_SENTENCE_MARK = re.compile(r"[,:;?!…“”\"«»„‘’—–、。：？！《》「」]|\.\.\.")
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


class _Times:
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


def measure(candidates: list[Candidate], page_url: str) -> None:
    """Fill `features` and `signature` of every candidate."""
    page_host = host_of(page_url)
    zones = Zones(candidates)
    times = _Times()
    for candidate in candidates:
        candidate.signature = _signature(candidate.best.element)
        candidate.features = _own_features(candidate, zones, times, page_host)
    _mark_aggregators(candidates)
    _place(candidates, _is_home(page_url))
    _add_clusters(candidates, "same_markup", lambda candidate: candidate.signature)
    _add_richness(candidates)
    _add_clusters(
        candidates,
        "same_shape",
        lambda candidate: "*" if candidate.features["offsite_list"] else candidate.address.shape,
    )


def _own_features(candidate: Candidate, zones: Zones, times: _Times, host: str) -> dict[str, float]:
    best, address = candidate.best, candidate.address
    words = best.words
    headline = best.headline
    domain = domain_of(host)
    places = zones.of(best.element)
    above = _above(best.element, _SIGNATURE_LEVELS)
    near = above[:3]
    features = {
        "bias": 1.0,
        "no_words": float(words == 0),
        "words_1": float(words == 1),
        "words_2": float(words == 2),
        "words_3": float(words == 3),
        "words_4": float(words == 4),
        "words_5_to_6": float(5 <= words <= 6),
        "words_7_and_more": float(words >= 7),
        "words_30_and_more": float(words >= 30),
        "sentence_mark": float(bool(_SENTENCE_MARK.search(headline))),
        "all_capitals": float(headline.isupper()),
        "attribute_only": float(best.from_attribute),
        "heading": float(_in_heading(best.element, near)),
        "title_class": float(any(class_words(element) & TITLE_WORDS for element in (best.element, *near))),
        "image": float(any(any(True for _ in a.element.iter("img", "picture")) for a in candidate.anchors)),
        "several_links": float(len(candidate.anchors) > 1),
        "in_article": float(any(element.tag == "article" for element in best.element.iterancestors())),
        "paragraph_inside": float(any(element.tag == "p" for element in near)),
        "running_text": float(_in_running_text(best.element)),
        "time_near": float(times.near(near)),
        "root": float(address.root),
        "date_only": float(address.date_only),
        "named": float(address.named),
        "slug_like_headline": _slug_overlap(headline, address.path),
        "short_specific": float(words in (2, 3) and (address.dated or address.numbered or address.slug_words >= 3)),
        "one_specific": float(words == 1 and (address.dated or address.numbered or address.slug_words >= 3)),
        "long_vague": float(words >= 5 and not (address.dated or address.numbered or address.slug_words >= 3)),
        "dated": float(address.dated),
        "numbered": float(address.numbered),
        "slug_3": float(address.slug_words == 3),
        "slug_4_and_more": float(address.slug_words >= 4),
        "depth_1": float(address.depth <= 1),
        "depth_4_and_more": float(address.depth >= 4),
        "page_file": float(address.page_file),
        "not_article": float(address.not_article),
        "media_address": float(address.media),
        "offsite": float(address.domain != domain),
        "other_host": float(address.domain == domain and address.host not in (host, domain)),
        "title_case": float(_is_title_case(headline)),
        "summary_near": float(zones.has_text_beside(above, headline)),
        "rel": float(
            bool(set((best.element.get("rel") or "").split()) & {"tag", "category", "author", "nofollow", "sponsored"})
        ),
    }
    for zone in ZONES:
        features[f"in_{zone}"] = float(zone in places)
    return features


def _is_home(page_url: str) -> bool:
    """Whether the page is a site's or a language's front page."""
    parts = urlsplit(page_url)
    return len(parts.path) <= _HOME_PATH_CHARS and not parts.query


def _place(candidates: list[Candidate], is_home: bool) -> None:
    """Where on the page a link stands, and on which kind of page: a home page's side columns are part of its list."""
    for place, candidate in enumerate(candidates):
        features = candidate.features
        features["late"] = place / len(candidates)
        features["home"] = float(is_home)
        for zone in ("aside", "ranked", "related"):
            features[f"home_{zone}"] = features[f"in_{zone}"] * is_home


def _add_richness(candidates: list[Candidate]) -> None:
    """How much poorer a link's list is than the page's richest: in headings, times, summaries, images."""
    groups: dict[str, list[Candidate]] = defaultdict(list)
    for candidate in candidates:
        groups[candidate.signature].append(candidate)
    richness = {
        signature: sum(member.features[name] for member in members for name in _RICH) / len(members)
        for signature, members in groups.items()
    }
    long = {
        signature
        for signature, members in groups.items()
        if len(members) >= 3 and median(member.best.words for member in members) >= 4
    }
    best = max((richness[signature] for signature in long), default=0.0)
    for candidate in candidates:
        gap = max(0.0, best - richness[candidate.signature])
        candidate.features["poorer"] = gap / max(1.0, best)
        candidate.features["home_poorer"] = candidate.features["poorer"] * candidate.features["home"]


_RICH = ("heading", "time_near", "summary_near", "image")


def _mark_aggregators(candidates: list[Candidate]) -> None:
    """Links of one markup that lead to many other sites are an aggregator's list: their addresses say nothing."""
    groups: dict[str, list[Candidate]] = defaultdict(list)
    for candidate in candidates:
        groups[candidate.signature].append(candidate)
    for members in groups.values():
        hosts = {member.address.domain for member in members if member.features["offsite"]}
        listed = len(hosts) >= 4 and median(member.best.words for member in members) >= 3
        for member in members:
            aside = any(member.features[f"in_{zone}"] for zone in ("aside", "nav", "footer"))
            member.features["offsite_list"] = float(listed and member.features["offsite"] and not aside)
            if member.features["offsite_list"]:
                for name in ("offsite", "root", "depth_1", "not_article", "long_vague"):
                    member.features[name] = 0.0


def _slug_overlap(headline: str, path: str) -> float:
    """Share of the headline's longer words that the address spells out."""
    lowered = path.lower()
    long_words = re.findall(r"[a-z]{4,}", headline.lower())[:12]
    if len(long_words) < 2:
        return 0.0
    return sum(word in lowered for word in long_words) / len(long_words)


def _is_title_case(headline: str) -> bool:
    """Whether every word begins with a capital, as menus print them; of two words or more."""
    words = headline.split()
    return len(words) > 1 and all(word[0].isupper() for word in words if word[0].isalpha())


def _above(element: html.HtmlElement, levels: int) -> list[html.HtmlElement]:
    found = []
    for ancestor in element.iterancestors():
        found.append(ancestor)
        if len(found) == levels:
            break
    return found


def _in_heading(element: html.HtmlElement, above: list[html.HtmlElement]) -> bool:
    return any(ancestor.tag in HEADINGS for ancestor in above) or any(True for _ in element.iter(*HEADINGS))


def _in_running_text(element: html.HtmlElement) -> bool:
    """Whether the link stands in the middle of a sentence."""
    parent = element.getparent()
    if parent is None or parent.tag not in ("p", "li", "em", "strong", "span", "td", "div"):
        return False
    around = len((parent.text or "").strip()) + sum(len((child.tail or "").strip()) for child in parent)
    return around > 80


def _signature(element: html.HtmlElement) -> str:
    names = []
    for level, current in enumerate((element, *_above(element, _SIGNATURE_LEVELS))):
        classes = (
            sorted(_DIGITS.sub("0", name) for name in (current.get("class") or "").split()[:6]) if level < 4 else ()
        )
        names.append(f"{current.tag}.{'.'.join(classes)}")
    return " < ".join(names)


def _add_clusters(candidates: list[Candidate], name: str, group_of: Callable[[Candidate], str]) -> None:
    groups: dict[str, list[Candidate]] = defaultdict(list)
    for candidate in candidates:
        groups[group_of(candidate)].append(candidate)
    for members in groups.values():
        size = len(members)
        middle = median(member.best.words for member in members)
        shared = {
            f"{name}_alone": float(size == 1),
            f"{name}_5_and_more": float(size >= 5),
            f"{name}_words": min(10.0, middle) / 10,
            f"{name}_long": sum(member.best.words >= 5 for member in members) / size,
            f"{name}_specific": sum(
                member.address.dated or member.address.numbered or member.address.slug_words >= 3 for member in members
            )
            / size,
            f"{name}_headings": sum(member.features["heading"] for member in members) / size,
            f"{name}_times": sum(member.features["time_near"] for member in members) / size,
            f"{name}_refused": sum(member.features["not_article"] for member in members) / size,
        }
        for member in members:
            member.features.update(shared)
