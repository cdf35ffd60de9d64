"""Records that a page carries as data: application states; lists and articles of JSON-LD and microdata."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urljoin

from newscrawl import limits
from newscrawl.discover.listing.addresses import read_address
from newscrawl.discover.listing.microdata import read_items
from newscrawl.discover.listing.nodes import Tree
from newscrawl.discover.listing.prose import words_of
from newscrawl.markup import Document
from newscrawl.text import normal_form, squeeze

_TITLES = ("headline", "title", "name", "heading", "promoHeadline", "shortTitle", "displayTitle")
_URLS = (
    "url",
    "canonicalUrl",
    "canonical_url",
    "link",
    "href",
    "permalink",
    "webUrl",
    "shareUrl",
    "path",
    "uri",
    "websiteUrl",
)
_SLUGS = ("slug", "seoSlug", "urlSlug", "seo_slug", "handle")
_TIMES = ("timeAgo", "time_ago", "timeago", "relativeTime", "displayDate", "displayTime", "humanDate", "publishedAgo")
_DATES = (
    "datePublished",
    "publishedAt",
    "published_at",
    "pubDate",
    "publishDate",
    "publish_date",
    "publicationDate",
    "firstPublished",
    "published",
    "date",
    "createdAt",
    "created_at",
    "publishedDate",
    "publishTime",
    "datetime",
    "timestamp",
    "displayedAt",
)
_PUBLISHERS = ("publisher", "source", "sourceName", "provider", "publication", "outlet", "site", "siteName", "media")
_SUMMARIES = (
    "description",
    "summary",
    "excerpt",
    "standfirst",
    "dek",
    "abstract",
    "teaser",
    "lead",
    "subtitle",
    "snippet",
)
_BODIES = ("articleBody", "content", "body", "text", "contentText", "fullText")
_IMAGES = (
    "image",
    "imageUrl",
    "image_url",
    "thumbnail",
    "thumbnailUrl",
    "cover",
    "picture",
    "promoImage",
    "leadImage",
    "img",
)
_ARTICLE_TYPES = frozenset(
    (
        "Article",
        "NewsArticle",
        "BlogPosting",
        "ReportageNewsArticle",
        "AnalysisNewsArticle",
        "OpinionNewsArticle",
        "LiveBlogPosting",
        "Report",
        "ReviewNewsArticle",
    )
)
_LIST_TYPES = frozenset(("ItemList",))
_LIST_MIN = 3
"""Fewer objects than this are no list of records."""
_NODES_MAX = 200_000
_DEPTH_MAX = 40
_ROUTE = re.compile(r"\[(?:\.\.\.)?\w+\]")
_TAG = re.compile(r"<[^<>]{1,500}>")
_BODY_WORDS_MIN = 100
_TITLE_WORDS_MIN = 3


@dataclass(frozen=True, slots=True)
class DataRecord:
    """One record of an embedded list."""

    url: str
    key: str
    headline: str
    time_text: str | None
    date_text: str | None
    publisher: str | None
    description: str | None
    article_body: str | None
    image_url: str | None
    origin: str
    """`state`, `schemaorg` (JSON-LD) or `microdata`."""
    group: int
    """Which list of the page it stands in."""


def read_data_records(document: Document, tree: Tree) -> list[DataRecord]:
    """The records of every list of at least three in a state, and of all schema.org data, in the data's order."""
    found: list[DataRecord] = []
    groups = 0
    for route, values in _state_lists(document.states):
        records = [r for value in values if (r := _read(value, document.base_url, route, "state", groups)) is not None]
        if len({record.key for record in records}) >= _LIST_MIN:
            found.extend(records)
            groups += 1
    marked = read_items(tree, _ARTICLE_TYPES | _LIST_TYPES)
    for origin, nodes in (("schemaorg", document.json_ld), ("microdata", marked)):
        for values in (*_schema_lists(nodes), _articles(nodes)):
            found.extend(
                r for value in values if (r := _read(value, document.base_url, None, origin, groups)) is not None
            )
            groups += 1
    return found[: limits.ENTRIES]


def story_words(states: list[Any], titles: Collection[str]) -> int:
    """Words of the longest text in `states` that stands beside one of `titles` (normal forms); 0: none."""
    most = budget = 0
    stack: list[tuple[Any, int]] = [(state, 0) for state in reversed(states)]
    while stack and titles and budget < _NODES_MAX:
        value, depth = stack.pop()
        budget += 1
        if isinstance(value, dict):
            title = _text(value, _TITLES)
            if title and normal_form(title) in titles:
                most = max(most, words_of(_text(value, _BODIES, limits.BODY_CHARS) or ""))
        if depth < _DEPTH_MAX:
            inner = value.values() if isinstance(value, dict) else value
            stack.extend((item, depth + 1) for item in inner if isinstance(item, dict | list))
    return most


def _state_lists(states: list[Any]) -> Iterator[tuple[str | None, list[Mapping[str, Any]]]]:
    """Each array of objects in `states`, with the state's route pattern ("/articles/[slug]")."""
    budget = _NODES_MAX
    for state in states:
        route = state.get("page") if isinstance(state, dict) else None
        stack: list[tuple[Any, int]] = [(state, 0)]
        while stack and budget:
            value, depth = stack.pop()
            budget -= 1
            if depth > _DEPTH_MAX:
                continue
            if isinstance(value, dict):
                stack.extend((inner, depth + 1) for inner in reversed(value.values()) if isinstance(inner, dict | list))
            elif isinstance(value, list):
                objects: list[Mapping[str, Any]] = [item for item in value if isinstance(item, dict)]
                if len(objects) >= _LIST_MIN:
                    yield route if isinstance(route, str) and _ROUTE.search(route) else None, objects
                stack.extend((inner, depth + 1) for inner in reversed(value) if isinstance(inner, dict | list))


def _schema_lists(nodes: list[dict[str, Any]]) -> Iterator[list[Mapping[str, Any]]]:
    for node in nodes:
        kinds = _kinds(node)
        elements = node.get("itemListElement") or node.get("hasPart") or node.get("blogPost")
        if isinstance(elements, list) and "BreadcrumbList" not in kinds:
            yield [merged for element in elements if isinstance(element, dict) and (merged := _list_item(element))]


def _articles(nodes: list[dict[str, Any]]) -> list[Mapping[str, Any]]:
    """The articles that stand by themselves, each with an address where it names one."""
    return [
        node if node.get("url") else {**node, "url": node.get("mainEntityOfPage") or node.get("@id")}
        for node in nodes
        if not _ARTICLE_TYPES.isdisjoint(_kinds(node))
    ]


def _list_item(element: Mapping[str, Any]) -> Mapping[str, Any] | None:
    item = element.get("item")
    if isinstance(item, dict):
        return {**{name: element[name] for name in ("url", "name") if name in element}, **item}
    if isinstance(item, str):
        return {**element, "url": element.get("url") or item}
    return element


def _kinds(node: Mapping[str, Any]) -> tuple[str, ...]:
    kind = node.get("@type")
    values = kind if isinstance(kind, list) else [kind]
    return tuple(str(value).rpartition("/")[2] for value in values if value)


def _read(value: Mapping[str, Any], base_url: str, route: str | None, origin: str, group: int) -> DataRecord | None:
    headline = _text(value, _TITLES)
    if headline is None or words_of(headline) < _TITLE_WORDS_MIN:
        return None
    url = _url(value, base_url, route)
    address = read_address(url) if url else None
    if url is None or address is None or address.root:
        return None
    body = _text(value, _BODIES, limits.BODY_CHARS)
    summary = _text(value, _SUMMARIES, limits.DESCRIPTION_CHARS)
    if body is not None and words_of(body) < _BODY_WORDS_MIN:
        summary, body = summary or body, None
    image = _first(value, _IMAGES)
    return DataRecord(
        url=url,
        key=address.key,
        headline=headline[: limits.HEADLINE_CHARS],
        time_text=_text(value, _TIMES),
        date_text=_text(value, _DATES),
        publisher=_name(_first(value, _PUBLISHERS)),
        description=summary,
        article_body=body,
        image_url=_image(image, base_url),
        origin=origin,
        group=group,
    )


def _first(value: Mapping[str, Any], names: tuple[str, ...]) -> Any:
    return next((value[name] for name in names if value.get(name)), None)


def _text(value: Mapping[str, Any], names: tuple[str, ...], chars_max: int = 1_000) -> str | None:
    for name in names:
        found = value.get(name)
        if isinstance(found, dict):
            found = found.get("rendered") or found.get("text") or found.get("value")
        if isinstance(found, int | float) and not isinstance(found, bool) and name in _DATES:
            found = str(found)
        if isinstance(found, str) and (
            text := squeeze(_TAG.sub(" ", found[:chars_max]) if "<" in found else found[:chars_max])
        ):
            return text
    return None


def _name(value: Any) -> str | None:
    if isinstance(value, list) and value:
        value = value[0]
    if isinstance(value, dict):
        value = value.get("name") or value.get("title") or value.get("label")
    if isinstance(value, str) and value and not value.startswith(("http:", "https:", "/")) and len(value) <= 80:
        return squeeze(value) or None
    return None


def _url(value: Mapping[str, Any], base_url: str, route: str | None) -> str | None:
    for name in _URLS:
        found = value.get(name)
        if isinstance(found, dict):
            found = found.get("url") or found.get("href") or found.get("@id")
        if isinstance(found, str) and found and " " not in found.strip():
            return _join(base_url, found.strip())
    slug = _first(value, _SLUGS)
    if isinstance(slug, dict):
        slug = slug.get("current")
    if isinstance(slug, str) and slug and len(slug) <= limits.URL_BYTES:
        if slug.startswith(("/", "http://", "https://")):
            return _join(base_url, slug)
        if route is not None and len(_ROUTE.findall(route)) == 1:
            return _join(base_url, _ROUTE.sub(lambda _: quote(slug.strip("/"), safe="/-_.~%"), route))
    return None


def _join(base_url: str, href: str) -> str | None:
    try:
        return urljoin(base_url, href)
    except ValueError:
        return None


def _image(value: Any, base_url: str) -> str | None:
    if isinstance(value, list) and value:
        value = value[0]
    if isinstance(value, dict):
        value = value.get("url") or value.get("src") or value.get("contentUrl")
    return _join(base_url, value) if isinstance(value, str) and value and not value.startswith("data:") else None
