"""What can be seen of one link that hints at an article behind it: a number per feature, explained in `weights`."""

import re

from lxml import html

from newscrawl.discover.listing.addresses import Address, domain_of
from newscrawl.discover.listing.links import Anchor, Candidate
from newscrawl.discover.listing.prose import HEADINGS, class_words
from newscrawl.discover.listing.vocabulary import TITLE_WORDS, ZONES
from newscrawl.discover.listing.zones import Times, Zones

_ZONE_FEATURES = tuple((f"in_{zone}", zone) for zone in ZONES)
_SIGNATURE_LEVELS = 4
_DIGITS = re.compile(r"\d+")
_SENTENCE_MARK = re.compile(r"[,:;?!…“”\"«»„‘’—–、。：？！《》「」]|\.\.\.")
_OTHER_RELATIONS = frozenset(("tag", "category", "author", "nofollow", "sponsored"))
_AROUND_CHARS = 80


def own_features(candidate: Candidate, zones: Zones, times: Times, site_host: str) -> dict[str, float]:
    """The features of one link by itself."""
    return {
        "bias": 1.0,
        **_headline_features(candidate.best),
        **_markup_features(candidate, zones, times),
        **_address_features(candidate.address, site_host),
        **_combined_features(candidate.best, candidate.address),
    }


def _headline_features(best: Anchor) -> dict[str, float]:
    words, headline = best.words, best.headline
    return {
        "no_words": float(words == 0),
        "words_1": float(words == 1),
        "words_2": float(words == 2),
        "words_3": float(words == 3),
        "words_4": float(words == 4),
        "words_5_to_6": float(5 <= words <= 6),
        "words_7_and_more": float(words >= 7),
        "words_30_and_more": float(words >= 30),
        "sentence_mark": float(_SENTENCE_MARK.search(headline) is not None),
        "all_capitals": float(headline.isupper()),
        "title_case": float(_is_title_case(headline)),
        "attribute_only": float(best.from_attribute),
    }


def _markup_features(candidate: Candidate, zones: Zones, times: Times) -> dict[str, float]:
    element = candidate.best.element
    above = above_of(element, _SIGNATURE_LEVELS)
    near = above[:3]
    places = zones.of(element)
    relations = (element.get("rel") or "").split()
    return {
        "heading": float(_in_heading(element, near)),
        "title_class": float(any(class_words(one) & TITLE_WORDS for one in (element, *near))),
        "image": float(any(any(True for _ in a.element.iter("img", "picture")) for a in candidate.anchors)),
        "several_links": float(len(candidate.anchors) > 1),
        "in_article": float(any(one.tag == "article" for one in element.iterancestors())),
        "paragraph_inside": float(any(one.tag == "p" for one in near)),
        "running_text": float(_in_running_text(element)),
        "time_near": float(times.near(near)),
        "summary_near": float(zones.has_text_beside(above, candidate.best.headline)),
        "rel": float(not _OTHER_RELATIONS.isdisjoint(relations)),
        **{name: float(zone in places) for name, zone in _ZONE_FEATURES},
    }


def _address_features(address: Address, site_host: str) -> dict[str, float]:
    domain = domain_of(site_host)
    return {
        "root": float(address.root),
        "date_only": float(address.date_only),
        "named": float(address.named),
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
        "other_host": float(address.domain == domain and address.host not in (site_host, domain)),
    }


def _combined_features(best: Anchor, address: Address) -> dict[str, float]:
    return {
        "slug_like_headline": _slug_overlap(best.headline, address.path),
        "short_specific": float(best.words in (2, 3) and address.specific),
        "one_specific": float(best.words == 1 and address.specific),
        "long_vague": float(best.words >= 5 and not address.specific),
    }


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


def above_of(element: html.HtmlElement, levels: int) -> list[html.HtmlElement]:
    """The next elements around `element`, the nearest first."""
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
    return around > _AROUND_CHARS


def signature_of(element: html.HtmlElement) -> str:
    """The markup around a link in one line: tags and classes, figures in classes made equal."""
    names = []
    for level, current in enumerate((element, *above_of(element, _SIGNATURE_LEVELS))):
        classes = (
            sorted(_DIGITS.sub("0", name) for name in (current.get("class") or "").split()[:6]) if level < 4 else ()
        )
        names.append(f"{current.tag}.{'.'.join(classes)}")
    return " < ".join(names)
