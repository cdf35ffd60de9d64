"""`<meta>`, `<link>` and `<title>`: what the page's head says, by one table of names."""

import re
from collections.abc import Iterator
from functools import lru_cache

from lxml import html

from newscrawl.extract.evidence import Candidate, gather
from newscrawl.markup import Document


# Name (of property, name, itemprop or http-equiv; lower case) → field. The order is the order of trust within a field.
# Open Graph: https://ogp.me; parsely-*: https://docs.parse.ly/metatags; citation_*: Google Scholar's;
# dc.*, dcterms.*: https://www.dublincore.org/specifications/dublin-core/dcq-html; the rest as publishers print them.
def _plain(name: str) -> str:
    """`article:published_time`, `article.published-time` and `Article:Published:Time` are one name."""
    return "".join(char for char in name.lower() if char.isalnum())


_NAMES = (
    ("headline", "og:title"),
    ("headline", "twitter:title"),
    ("headline", "parsely-title"),
    ("headline", "sailthru.title"),
    ("headline", "citation_title"),
    ("headline", "dc.title"),
    ("headline", "dcterms.title"),
    ("headline", "cxenseparse:title"),
    ("headline", "title"),
    ("description", "og:description"),
    ("description", "description"),
    ("description", "twitter:description"),
    ("description", "dc.description"),
    ("author", "parsely-author"),
    ("author", "sailthru.author"),
    ("author", "cxenseparse:author"),
    ("author", "article:author"),
    ("author", "article:author_name"),
    ("author", "og:article:author"),
    ("author", "author"),
    ("author", "authors"),
    ("author", "byl"),
    ("author", "byline"),
    ("author", "citation_author"),
    ("author", "dc.creator"),
    ("author", "dcterms.creator"),
    ("author", "dcsext.author"),
    ("author", "sailthru.byline_name"),
    ("author", "mediator_author"),
    ("author", "article_author"),
    ("date_published", "article:published_time"),
    ("date_published", "og:article:published_time"),
    ("date_published", "og:published_time"),
    ("date_published", "article:published"),
    ("date_published", "parsely-pub-date"),
    ("date_published", "cxenseparse:recs:publishtime"),
    ("date_published", "datepublished"),
    ("date_published", "article.published"),
    ("date_published", "published_time"),
    ("date_published", "published_at"),
    ("date_published", "publisheddate"),
    ("date_published", "publish-date"),
    ("date_published", "publish_date"),
    ("date_published", "publishdate"),
    ("date_published", "publication_date"),
    ("date_published", "pubdate"),
    ("date_published", "pub_date"),
    ("date_published", "iso-8601-publish-date"),
    ("date_published", "article_date_original"),
    ("date_published", "sailthru.date"),
    ("date_published", "citation_publication_date"),
    ("date_published", "dcterms.issued"),
    ("date_published", "dc.date.issued"),
    ("date_published", "dcterms.created"),
    ("date_published", "dc.date.created"),
    ("date_published", "dcterms.date"),
    ("date_published", "dc.date"),
    ("date_published", "article:post_date"),
    ("date_published", "displaydate"),
    ("date_published", "date"),
    ("date_published", "date.available"),
    ("date_published", "date.created"),
    ("date_published", "dcsext.articlefirstpublished"),
    ("date_created", "datecreated"),
    ("date_modified", "article:modified_time"),
    ("date_modified", "article:modified"),
    ("date_modified", "og:article:modified_time"),
    ("date_modified", "og:updated_time"),
    ("date_modified", "datemodified"),
    ("date_modified", "cxenseparse:modified_time"),
    ("date_modified", "dcterms.modified"),
    ("date_modified", "dc.date.modified"),
    ("date_modified", "lastmod"),
    ("date_modified", "last-modified"),
    ("date_modified", "revision_date"),
    ("article_section", "article:section"),
    ("article_section", "parsely-section"),
    ("article_section", "cxenseparse:recs:category"),
    ("article_section", "section"),
    ("keywords", "news_keywords"),
    ("keywords", "article:tag"),
    ("keywords", "keywords"),
    ("keywords", "parsely-tags"),
    ("keywords", "sailthru.tags"),
    ("in_language", "og:locale"),
    ("in_language", "content-language"),
    ("in_language", "language"),
    ("in_language", "dc.language"),
    ("image_url", "og:image:secure_url"),
    ("image_url", "og:image"),
    ("image_url", "twitter:image"),
    ("image_url", "twitter:image:src"),
    ("image_url", "parsely-image-url"),
    ("site_name", "og:site_name"),
    ("site_name", "application-name"),
    ("site_name", "apple-mobile-web-app-title"),
    ("site_name", "al:android:app_name"),
    ("publisher", "publisher"),
    ("publisher", "dc.publisher"),
    ("canonical_url", "og:url"),
    ("type", "og:type"),
    ("type", "parsely-type"),
    ("is_accessible_for_free", "article:content_tier"),
    ("is_accessible_for_free", "og:article:content_tier"),
    ("robots", "robots"),
    ("robots", "newscrawl"),
    ("tdm_reservation", "tdm-reservation"),
    ("tdm_policy", "tdm-policy"),
)
_RANK = {_plain(name): (rank, field) for rank, (field, name) in reversed(list(enumerate(_NAMES)))}
# Names nobody could list, by what they say, after all that are listed.
_PUBLISHED = "publish(?:ed)?|publication|pub|issued?|released?|created?"
_MODIFIED = "modified|modification|updated?|revised|revision"
_SPOKEN = tuple(
    (field, re.compile(rf"(?:{verbs})(?:at|on)?(?:date|time)$|(?:date|time)(?:{verbs})$"))
    for field, verbs in (("date_modified", _MODIFIED), ("date_published", _PUBLISHED))
)
_TIERS = {"free": "true", "metered": "true", "locked": "false"}
# Lists by nature; of any other name the first counts, however many follow.
_LISTS = frozenset(map(_plain, ("article:tag", "citation_author", "article:author", "dc.creator", "author")))
_NOTHING = (0, "", "")
_NAME_CHARS = 60
_META_MAX = 1_000
_REPEATS_MAX = 40


def read_meta(document: Document) -> list[Candidate]:
    """Candidates of the head, the most trusted name of each field first."""
    ranked = sorted(_read_names(document.root), key=lambda item: item[0])
    return gather([*(item[1:] for item in ranked), *_read_links(document.root)])


def _read_names(root: html.HtmlElement) -> Iterator[tuple[int, str, object, str]]:
    seen: dict[str, int] = {}
    for count, element in enumerate(root.iter("meta")):
        if count >= _META_MAX:
            return
        # `value` for `content` is an old mistake that readers forgive.
        value = element.get("content") or element.get("value")
        if not value:
            continue
        for attribute in ("property", "name", "itemprop", "http-equiv"):
            name = element.get(attribute)
            rank, field, key = _meaning_of(name[:_NAME_CHARS]) if name else _NOTHING
            if name is None or not field:
                continue
            seen[key] = seen.get(key, 0) + 1
            if seen[key] <= (_REPEATS_MAX if key in _LISTS else 1):
                yield (
                    rank,
                    field,
                    _TIERS.get(value.lower(), "") if "tier" in key else value,
                    f"meta:{name.lower()[:_NAME_CHARS]}",
                )
            break


@lru_cache(maxsize=4096)
def _meaning_of(name: str) -> tuple[int, str, str]:
    """(rank, field, plain name) of a name; an empty field for one that says nothing to us."""
    key = _plain(name)
    if key in _RANK:
        return *_RANK[key], key
    if "date" in key or "time" in key:
        for place, (field, pattern) in enumerate(_SPOKEN):
            if pattern.search(key):
                return len(_NAMES) + place, field, key
    return _NOTHING


def _read_links(root: html.HtmlElement) -> Iterator[tuple[str, object, str]]:
    for link in root.iter("link"):
        if "canonical" in (link.get("rel") or "").lower().split():
            yield "canonical_url", link.get("href"), "meta:rel=canonical"
            break
    title = root.find(".//head/title")
    if title is None:
        title = root.find(".//title")
    if title is not None:
        yield "headline", title.text_content(), "meta:<title>"
