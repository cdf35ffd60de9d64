"""Application states (`__NEXT_DATA__`, Nuxt, …): the object in them that has this page's headline."""

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any

from newscrawl.extract.evidence import Candidate, gather
from newscrawl.markup import Document
from newscrawl.text import normal_form

# Key, lower case without _ and - → field.
_KEYS = {
    "headline": "headline",
    "title": "headline",
    "kicker": "kicker",
    "subheadline": "alternative_headline",
    "datepublished": "date_published",
    "publishedat": "date_published",
    "publishdate": "date_published",
    "publisheddate": "date_published",
    "publicationdate": "date_published",
    "publishedtime": "date_published",
    "firstpublishdate": "date_published",
    "firstpublishedat": "date_published",
    "firstpublished": "date_published",
    "pubdate": "date_published",
    "displaydate": "date_published",
    "published": "date_published",
    "datemodified": "date_modified",
    "modifiedat": "date_modified",
    "updatedat": "date_modified",
    "lastupdated": "date_modified",
    "lastmodified": "date_modified",
    "modifieddate": "date_modified",
    "updatedate": "date_modified",
    "authors": "author",
    "author": "author",
    "bylines": "author",
    "byline": "author",
    "articlebody": "article_body",
    "bodyhtml": "article_body",
    "bodytext": "article_body",
    "body": "article_body",
    "content": "article_body",
    "contenthtml": "article_body",
    "fulltext": "article_body",
    "source": "publisher",
    "publisher": "publisher",
    "section": "article_section",
    "primarysection": "article_section",
}
_NAMES = ("name", "displayName", "fullName", "byline", "title")
_VISITS_MAX = 20_000
_DEPTH_MAX = 30
_KEY_CHARS_MAX = 40


def read_state(document: Document, about: Iterable[str]) -> list[Candidate]:
    """Candidates of the first object whose headline is one of `about`: a state holds many articles, one is ours."""
    names = {form for form in map(normal_form, about) if form}
    if not names:
        return []
    node = _find(document.states, names)
    return gather(_fields_of(node)) if node else []


def _find(states: list[Any], names: set[str]) -> Mapping[str, Any] | None:
    queue: deque[tuple[Any, int]] = deque((state, 0) for state in states)
    for _ in range(_VISITS_MAX):
        if not queue:
            return None
        value, depth = queue.popleft()
        if isinstance(value, dict):
            fields = set(map(_field_of, value))
            if "headline" in fields and "date_published" in fields:
                title = next((v for k, v in value.items() if _field_of(k) == "headline" and isinstance(v, str)), "")
                if title and normal_form(title[:500]) in names:
                    return value
        inner = value.values() if isinstance(value, dict) else value
        if depth < _DEPTH_MAX:
            queue.extend((item, depth + 1) for item in inner if isinstance(item, dict | list))
    return None


def _fields_of(node: Mapping[str, Any]) -> Iterator[tuple[str, object, str]]:
    for key, value in node.items():
        field = _field_of(key)
        if field is None:
            continue
        if field == "article_body":
            if isinstance(value, str):
                yield field, value, f"state:{key}"
            continue
        for text in _texts_of(value):
            yield field, text, f"state:{key}"


def _texts_of(value: Any, depth: int = 0) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, int | float) and not isinstance(value, bool):
        yield str(value)
    elif isinstance(value, list) and depth < 3:
        for item in value[:20]:
            yield from _texts_of(item, depth + 1)
    elif isinstance(value, dict) and depth < 3:
        for name in _NAMES:
            if isinstance(value.get(name), str):
                yield value[name]
                return


def _field_of(key: str) -> str | None:
    """The field a key stands for."""
    return _look_up(key) if len(key) <= _KEY_CHARS_MAX else None


@lru_cache(maxsize=4096)
def _look_up(key: str) -> str | None:
    # The objects of a state have the same few keys over and over.
    return _KEYS.get(key.replace("_", "").replace("-", "").lower())
