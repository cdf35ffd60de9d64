"""What a page makes of a link: its group of like links, its place, and the kind of page it stands on."""

from collections import Counter, defaultdict
from collections.abc import Callable
from statistics import median
from urllib.parse import urlsplit

from newscrawl.discover.listing.addresses import domain_of, host_of
from newscrawl.discover.listing.features import own_features, signature_of
from newscrawl.discover.listing.links import Candidate
from newscrawl.discover.listing.nodes import Tree
from newscrawl.discover.listing.zones import Zones

_HOME_PATH_CHARS = 4
_RICH = ("heading", "time_near", "summary_near", "image")
_AT_HOME = {f"in_{zone}": f"home_{zone}" for zone in ("aside", "ranked", "related")}
_SIDES = frozenset(("in_aside", "in_nav", "in_footer"))
_OF_ADDRESS = ("offsite", "root", "depth_1", "not_article", "long_vague")
_AGGREGATED_SITES_MIN = 4
_HOLDS_THE_SITE, _HOLDS_NOTHING = 0.6, 0.1


def measure(candidates: list[Candidate], tree: Tree, page_url: str) -> None:
    """Fill `features` and `signature` of every candidate."""
    site_host = _site_of(candidates, host_of(page_url))
    zones = Zones(tree, [anchor.node for candidate in candidates for anchor in candidate.anchors])
    for candidate in candidates:
        candidate.signature = signature_of(tree, candidate.best.node)
        candidate.features = own_features(candidate, tree, zones, site_host)
    _mark_aggregators(candidates)
    _place(candidates, _is_home(page_url))
    _add_clusters(candidates, "same_markup", lambda one: one.signature)
    _add_richness(candidates)
    _add_clusters(candidates, "same_shape", lambda one: "*" if one.features["offsite_list"] else one.address.shape)


def _site_of(candidates: list[Candidate], page_host: str) -> str:
    """The host whose page this is: of a copy on another host or on disk, the one that most links lead to."""
    hosts = Counter(candidate.address.host for candidate in candidates)
    if not hosts:
        return page_host
    own = sum(count for host, count in hosts.items() if domain_of(host) == domain_of(page_host))
    likely, count = hosts.most_common(1)[0]
    moved = own <= _HOLDS_NOTHING * hosts.total() and count >= _HOLDS_THE_SITE * hosts.total()
    return likely if moved else page_host


def _is_home(page_url: str) -> bool:
    """Whether the page is a site's or a language's front page."""
    parts = urlsplit(page_url)
    return len(parts.path) <= _HOME_PATH_CHARS and not parts.query


def _place(candidates: list[Candidate], is_home: bool) -> None:
    """Where on the page a link stands, and on which kind of page: a home page's side columns are part of its list."""
    for place, candidate in enumerate(candidates):
        features = candidate.features
        features["late"] = place / len(candidates)
        if is_home:
            features["home"] = 1.0
            features.update({at_home: 1.0 for zone, at_home in _AT_HOME.items() if zone in features})


def _add_richness(candidates: list[Candidate]) -> None:
    """How much poorer a link's list is than the page's richest: in headings, times, summaries, images."""
    groups: dict[str, list[Candidate]] = defaultdict(list)
    for candidate in candidates:
        groups[candidate.signature].append(candidate)
    richness = {
        signature: sum([member.features.get(name, 0.0) for member in members for name in _RICH]) / len(members)
        for signature, members in groups.items()
    }
    long = {
        signature
        for signature, members in groups.items()
        if len(members) >= 3 and median(member.best.words for member in members) >= 4
    }
    best = max((richness[signature] for signature in long), default=0.0)
    for candidate in candidates:
        features, gap = candidate.features, best - richness[candidate.signature]
        if gap > 0:
            features["poorer"] = gap / max(1.0, best)
            features["home_poorer"] = features["poorer"] * features["home"]


def _mark_aggregators(candidates: list[Candidate]) -> None:
    """Links of one markup that lead to many other sites are an aggregator's list: their addresses say nothing."""
    groups: dict[str, list[Candidate]] = defaultdict(list)
    for candidate in candidates:
        groups[candidate.signature].append(candidate)
    for members in groups.values():
        offsite = [member for member in members if "offsite" in member.features]
        hosts = {member.address.domain for member in offsite}
        if len(hosts) < _AGGREGATED_SITES_MIN or median(member.best.words for member in members) < 3:
            continue
        for member in offsite:
            if _SIDES.isdisjoint(member.features):
                for name in _OF_ADDRESS:
                    member.features.pop(name, None)
                member.features["offsite_list"] = 1.0


def _add_clusters(candidates: list[Candidate], name: str, group_of: Callable[[Candidate], str]) -> None:
    """What the links of one group have in common, as features of each."""
    groups: dict[str, list[Candidate]] = defaultdict(list)
    for candidate in candidates:
        groups[group_of(candidate)].append(candidate)
    for members in groups.values():
        size = len(members)
        words = [member.best.words for member in members]
        features = [member.features for member in members]
        middle = median(words)
        values = {
            f"{name}_alone": float(size == 1),
            f"{name}_5_and_more": float(size >= 5),
            f"{name}_words": min(10.0, middle) / 10,
            f"{name}_long": sum([count >= 5 for count in words]) / size,
            f"{name}_specific": sum([member.address.specific for member in members]) / size,
            f"{name}_headings": sum([one.get("heading", 0.0) for one in features]) / size,
            f"{name}_times": sum([one.get("time_near", 0.0) for one in features]) / size,
            f"{name}_refused": sum([one.get("not_article", 0.0) for one in features]) / size,
        }
        shared = {feature: value for feature, value in values.items() if value}
        for member in members:
            member.features.update(shared)
