"""What can be seen of one link that hints at an article behind it: a number per feature, explained in `weights`."""

import re
from itertools import compress, islice

from newscrawl.discover.listing.addresses import Address, domain_of
from newscrawl.discover.listing.links import Anchor, Candidate, Features
from newscrawl.discover.listing.names import kind_of
from newscrawl.discover.listing.nodes import HEADING, HEADINGS, IMAGE, NONE, Node, Tree
from newscrawl.discover.listing.vocabulary import ZONES
from newscrawl.discover.listing.zones import Zones

_ZONE_FEATURES = {zone: f"in_{zone}" for zone in ZONES} | {"said_side": "said_side"}
_SIGNATURE_LEVELS, _NEAR_LEVELS = 4, 3
_SENTENCE_MARK = re.compile(r"[,:;?!…“”\"«»„‘’—–、。：？！《》「」]|\.\.\.")
_LONG_WORD = re.compile(r"[a-z]{4,}")
_OTHER_RELATIONS = frozenset(("tag", "category", "author", "nofollow", "sponsored"))
_PROSE_TAGS = frozenset(("p", "li", "em", "strong", "span", "td", "div"))
_AROUND_CHARS = 80
_ADDRESS_FEATURES = (
    "root", "date_only", "named", "dated", "numbered", "slug_3", "slug_4_and_more", "depth_1", "depth_4_and_more",
    "page_file", "not_article", "media_address", "offsite", "other_host",
)  # fmt: skip
_WORD_FEATURES = ("no_words", "words_1", "words_2", "words_3", "words_4", "words_5_to_6", "words_5_to_6")


def own_features(candidate: Candidate, tree: Tree, zones: Zones, site_host: str) -> Features:
    """The features of one link by itself; those that are 0 are left out."""
    found = Features(bias=1.0)
    _see_headline(candidate.best, found)
    _see_markup(candidate, tree, zones, found)
    _see_address(candidate.address, site_host, found)
    _see_both(candidate.best, candidate.address, found)
    return found


def _see_headline(best: Anchor, found: Features) -> None:
    words, headline = best.words, best.headline
    found[_WORD_FEATURES[words] if words < len(_WORD_FEATURES) else "words_7_and_more"] = 1.0
    if words >= 30:
        found["words_30_and_more"] = 1.0
    if _SENTENCE_MARK.search(headline):
        found["sentence_mark"] = 1.0
    if headline.isupper():
        found["all_capitals"] = 1.0
    if _is_title_case(headline):
        found["title_case"] = 1.0
    if best.from_attribute:
        found["attribute_only"] = 1.0


def _see_markup(candidate: Candidate, tree: Tree, zones: Zones, found: Features) -> None:
    node, anchors = candidate.best.node, candidate.anchors
    names, tags = tree.names, tree.tags
    above = list(islice(tree.above(node), _SIGNATURE_LEVELS))
    near = above[:_NEAR_LEVELS]
    near_tags = [tags[one] for one in near]
    if tree.holds(node, HEADING) or not HEADINGS.isdisjoint(near_tags):
        found["heading"] = 1.0
    if names[node].title or any(names[one].title for one in near):
        found["title_class"] = 1.0
    if any(tree.holds(anchor.node, IMAGE) for anchor in anchors):
        found["image"] = 1.0
    if len(anchors) > 1:
        found["several_links"] = 1.0
    if tree.named("article") and any(tags[one] == "article" for one in tree.above(node)):
        found["in_article"] = 1.0
    if "p" in near_tags:
        found["paragraph_inside"] = 1.0
    if _is_in_running_text(tree, node):
        found["running_text"] = 1.0
    if zones.has_time_near(near):
        found["time_near"] = 1.0
    if zones.has_text_beside(above, candidate.best.headline):
        found["summary_near"] = 1.0
    if (relations := tree.get(node, "rel")) and not _OTHER_RELATIONS.isdisjoint(relations.split()):
        found["rel"] = 1.0
    # What also stands in the main list is no side widget's.
    for zone in frozenset.intersection(*[zones.of(anchor.node) for anchor in anchors]):
        found[_ZONE_FEATURES[zone]] = 1.0


def _see_address(address: Address, site_host: str, found: Features) -> None:
    domain = domain_of(site_host)
    seen = (
        address.root,
        address.date_only,
        address.named,
        address.dated,
        address.numbered,
        address.slug_words == 3,
        address.slug_words >= 4,
        address.depth <= 1,
        address.depth >= 4,
        address.page_file,
        address.not_article,
        address.media,
        address.domain != domain,
        address.domain == domain and address.host not in (site_host, domain),
    )
    found.update(dict.fromkeys(compress(_ADDRESS_FEATURES, seen), 1.0))


def _see_both(best: Anchor, address: Address, found: Features) -> None:
    if share := _slug_overlap(best.headline, address.path):
        found["slug_like_headline"] = share
    if address.specific:
        if best.words in (2, 3):
            found["short_specific"] = 1.0
        elif best.words == 1:
            found["one_specific"] = 1.0
    elif best.words >= 5:
        found["long_vague"] = 1.0


def _slug_overlap(headline: str, path: str) -> float:
    """Share of the headline's longer words that the address spells out."""
    lowered = path.lower()
    long_words = _LONG_WORD.findall(headline.lower())[:12]
    if len(long_words) < 2:
        return 0.0
    return sum(word in lowered for word in long_words) / len(long_words)


def _is_title_case(headline: str) -> bool:
    """Whether every word begins with a capital, as menus print them; of two words or more."""
    words = headline.split()
    return len(words) > 1 and all(word[0].isupper() for word in words if word[0].isalpha())


def _is_in_running_text(tree: Tree, node: Node) -> bool:
    """Whether the link stands in the middle of a sentence."""
    parent = tree.parents[node]
    if parent == NONE or not tree.is_mixed[parent] or tree.tags[parent] not in _PROSE_TAGS:
        return False
    return tree.own_chars(parent) > _AROUND_CHARS


def signature_of(tree: Tree, node: Node) -> str:
    """The markup around a link in one line: tags and classes, of the outermost the tag alone."""
    tags, attributes = tree.tags, tree.attributes
    around = [node, *islice(tree.above(node), _SIGNATURE_LEVELS)]
    kinds = [kind_of(tags[one], attributes[one].get("class", "")) for one in around[:_SIGNATURE_LEVELS]]
    kinds += [kind_of(tags[one], "") for one in around[_SIGNATURE_LEVELS:]]
    return " < ".join(kinds)
