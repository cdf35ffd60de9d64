"""JSON-LD and microdata: what the page says about itself in schema.org's words.

https://schema.org/NewsArticle, https://schema.org/docs/gs.html (microdata)
"""

from collections.abc import Iterator, Mapping
from html import unescape
from typing import Any
from urllib.parse import urlsplit

from lxml import html

from newscrawl.extract.evidence import Candidate, gather
from newscrawl.markup import Document

_ARTICLE_TYPES_NAMES = """
    Article NewsArticle AnalysisNewsArticle AskPublicNewsArticle BackgroundNewsArticle OpinionNewsArticle
    ReportageNewsArticle ReviewNewsArticle AdvertiserContentArticle SatiricalArticle ScholarlyArticle
    MedicalScholarlyArticle TechArticle APIReference Report SocialMediaPosting BlogPosting LiveBlogPosting
    DiscussionForumPosting Review CriticReview ClaimReview Recipe HowTo"""
ARTICLE_TYPES = frozenset(_ARTICLE_TYPES_NAMES.split())
"""Types of one written piece (https://schema.org/Article and its descendants, and three near relatives)."""
_PAGE_TYPES_NAMES = """
    WebPage ItemPage AboutPage FAQPage MedicalWebPage QAPage RealEstateListing"""
_PAGE_TYPES = frozenset(_PAGE_TYPES_NAMES.split())
_OTHER_TYPES_NAMES = """
    VideoObject ImageGallery MediaGallery CollectionPage SearchResultsPage ProfilePage ItemList Product
    PodcastEpisode ContactPage CheckoutPage"""
_OTHER_TYPES = frozenset(_OTHER_TYPES_NAMES.split())

# Property → field, for the article's node. A page's node (`WebPage`) gives the few in `_PAGE_FIELDS` only.
_FIELDS = (
    ("headline", "headline"),
    ("name", "headline"),
    ("alternativeHeadline", "alternative_headline"),
    ("alternateName", "alternative_headline"),
    ("description", "description"),
    ("abstract", "description"),
    ("articleBody", "article_body"),
    ("reviewBody", "article_body"),
    ("articleSection", "article_section"),
    ("keywords", "keywords"),
    ("inLanguage", "in_language"),
    ("datePublished", "date_published"),
    ("dateCreated", "date_created"),
    ("dateModified", "date_modified"),
    ("isAccessibleForFree", "is_accessible_for_free"),
    ("image", "image_url"),
    ("thumbnailUrl", "image_url"),
    ("author", "author"),
    ("creator", "author"),
    ("publisher", "publisher"),
    ("sourceOrganization", "credit"),
)
_PAGE_FIELDS_NAMES = """
    description in_language date_published date_modified is_accessible_for_free author"""
_PAGE_FIELDS = frozenset(_PAGE_FIELDS_NAMES.split())
# What names a nested object (a Person, an ImageObject, a Language).
_NAMES = {"image_url": ("url", "contentUrl", "@id"), "in_language": ("alternateName", "name")}
_ITEMPROPS = "descendant::*[@itemprop]"
_VALUES_MAX = 40
_LISTED_MIN = 3
_ITEMPROPS_MAX = 2_000
_DEPTH_MAX = 4


def read_schemaorg(document: Document) -> list[Candidate]:
    """Candidates from JSON-LD (`schemaorg:`) and from microdata (`microdata:`)."""
    # Asked of the text first: a search over all elements takes twenty times as long.
    has_microdata = any(map(document.text.__contains__, ("temprop", "temProp", "TEMPROP")))
    return gather([*_read_json_ld(document), *(_read_microdata(document.root) if has_microdata else ())])


def types_of(node: Mapping[str, Any]) -> list[str]:
    """The node's schema.org types, without the vocabulary's address."""
    declared = node.get("@type")
    names = declared if isinstance(declared, list) else [declared]
    return [name.rstrip("/").rpartition("/")[2].rpartition(":")[2] for name in names if isinstance(name, str)]


def _read_json_ld(document: Document) -> Iterator[tuple[str, object, str]]:
    nodes = list(_with_inner(document.json_ld))
    by_id = {node["@id"]: node for node in nodes if isinstance(node.get("@id"), str) and len(node) > 1}
    article = _main_article(nodes, document)
    for node in nodes:
        for name in types_of(node):
            if (name in ARTICLE_TYPES and article is not None) or name in _OTHER_TYPES or name in _PAGE_TYPES:
                yield "type", name, "schemaorg:@type"
            elif name in ARTICLE_TYPES:
                yield "type", "ItemList", "schemaorg:@type"
    if article is not None:
        yield from _fields_of(article, by_id, everything=True)
        if "isAccessibleForFree" not in article:
            yield from _closed_part(article)
    for node in nodes:
        names = types_of(node)
        if node is not article and any(name in _PAGE_TYPES for name in names):
            yield from _fields_of(node, by_id, everything=False)
        elif any(name in ("Organization", "NewsMediaOrganization", "WebSite") for name in names):
            yield "site_name", node.get("name"), f"schemaorg:{names[0]}.name"


def _with_inner(nodes: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """The nodes, and the pieces that page nodes hold as their main entity."""
    for node in nodes:
        yield node
        for key in ("mainEntity", "mainEntityOfPage"):
            inner = node.get(key)
            if isinstance(inner, dict) and len(inner) > 2:
                yield inner


def _main_article(nodes: list[dict[str, Any]], document: Document) -> dict[str, Any] | None:
    """The node of the piece this page is about: the one with its address, else the first.

    None: there is no such node, or there are several that all give other addresses, as on a page that lists them.
    """
    articles = [node for node in nodes if any(name in ARTICLE_TYPES for name in types_of(node))]
    if len(articles) < 2:
        return articles[0] if articles else None
    path = urlsplit(document.url).path.rstrip("/")
    for node in articles:
        if path and any(_path_of(value) == path for value in _addresses_of(node)):
            return node
    if len(articles) >= _LISTED_MIN and all(any(map(_path_of, _addresses_of(node))) for node in articles):
        return None
    # A bare node (a review's stub, a comment) yields to the first that has a headline and a date.
    full = [node for node in articles if node.get("headline") and node.get("datePublished")]
    return (full or articles)[0]


def _addresses_of(node: Mapping[str, Any]) -> Iterator[str]:
    for key in ("url", "@id", "mainEntityOfPage"):
        value = node.get(key)
        value = value.get("@id") or value.get("url") if isinstance(value, dict) else value
        if isinstance(value, str):
            yield value


def _path_of(address: str) -> str:
    try:
        return urlsplit(address.strip()).path.rstrip("/")
    except ValueError:
        return ""


def _fields_of(node: dict[str, Any], by_id: dict[str, Any], *, everything: bool) -> Iterator[tuple[str, object, str]]:
    kind = next((name for name in types_of(node) if name in ARTICLE_TYPES or name in _PAGE_TYPES), "Thing")
    for name, field in _FIELDS:
        if name not in node or not (everything or field in _PAGE_FIELDS):
            continue
        value = node[name]
        for item in value[:_VALUES_MAX] if isinstance(value, list) else [value]:
            kept = "author_organisation" if field == "author" and _is_organisation(item, by_id) else field
            for text in _texts_of(item, _NAMES.get(field, ("name",)), by_id):
                yield kept, text if field == "article_body" else unescape(text), f"schemaorg:{kind}.{name}"


def _closed_part(node: Mapping[str, Any]) -> Iterator[tuple[str, object, str]]:
    """A part behind a paywall closes a piece that says nothing of the whole.

    https://developers.google.com/search/docs/appearance/structured-data/paywalled-content
    """
    parts = node.get("hasPart")
    for part in parts[:_VALUES_MAX] if isinstance(parts, list) else [parts]:
        free = part.get("isAccessibleForFree") if isinstance(part, dict) else None
        if free is False or str(free).lower() == "false":
            yield "is_accessible_for_free", "false", "schemaorg:hasPart.isAccessibleForFree"


def _is_organisation(value: object, by_id: dict[str, Any]) -> bool:
    if not isinstance(value, dict):
        return False
    names = types_of(by_id.get(str(value.get("@id")), value)) or types_of(value)
    return any("Organization" in name for name in names) and "Person" not in names


def _texts_of(value: object, names: tuple[str, ...], by_id: dict[str, Any], depth: int = 0) -> Iterator[str]:
    """The texts in a property's value: itself, its members, or the names of the objects it holds or refers to."""
    if depth > _DEPTH_MAX:
        return
    if isinstance(value, bool):
        yield "true" if value else "false"
    elif isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for item in value[:_VALUES_MAX]:
            yield from _texts_of(item, names, by_id, depth + 1)
    elif isinstance(value, dict):
        node = by_id.get(value["@id"], value) if isinstance(value.get("@id"), str) else value
        for name in names:
            inner = value.get(name) or node.get(name)
            if inner:
                yield from _texts_of(inner, names, by_id, depth + 1)
                return


def _read_microdata(root: html.HtmlElement) -> Iterator[tuple[str, object, str]]:
    """`itemprop` values of the first article scope, or of no scope at all; those of inner scopes are not ours."""
    fields = dict(_FIELDS)
    main: html.HtmlElement | None = None
    for element in root.xpath(_ITEMPROPS)[:_ITEMPROPS_MAX]:
        scope = next((item for item in element.iterancestors() if item.get("itemscope") is not None), None)
        kind = (scope.get("itemtype") or "").rstrip("/").rpartition("/")[2] if scope is not None else ""
        if scope is not None and kind not in _PAGE_TYPES:
            main = scope if main is None and kind in ARTICLE_TYPES else main
            if scope is not main:
                continue
        for name in (element.get("itemprop") or "").split():
            field = fields.get(name)
            # A page's `name` is its title, and often the site's.
            if field is None or (name == "name" and scope is not main):
                continue
            organisation = field == "author" and "Organization" in (element.get("itemtype") or "")
            kept = "author_organisation" if organisation else field
            yield kept, _microdata_value(element, field), f"microdata:{kind or 'itemprop'}.{name}"


def _microdata_value(element: html.HtmlElement, field: str) -> str | None:
    """The value as the specification reads it, and the `name` (or address) of an object."""
    if element.get("itemscope") is not None:
        wanted = ("url", "contentUrl") if field == "image_url" else ("name",)
        for inner in element.xpath(_ITEMPROPS):
            if inner.get("itemprop") in wanted:
                return _plain_value(inner)
        return element.text_content() if field in ("author", "headline") else None
    return _plain_value(element)


def _plain_value(element: html.HtmlElement) -> str:
    for name in ("content", "datetime", "src", "href"):
        value = element.get(name)
        if value and (name != "href" or element.tag == "link"):
            return str(value)
    return str(element.text_content())
