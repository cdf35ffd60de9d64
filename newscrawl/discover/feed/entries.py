"""Record → Entry: addresses made absolute, markup made text, times read."""

import re
from urllib.parse import urljoin, urlsplit

from newscrawl import limits
from newscrawl.discover.dates import DateReader
from newscrawl.discover.feed.record import Record
from newscrawl.errors import DiscoverError
from newscrawl.markup.fragment import read_line, read_paragraphs
from newscrawl.models import Entry, Page
from newscrawl.text import squeeze
from newscrawl.urls import absolute

# RSS 2.0 asks for "lawyer@boyer.net (Lawyer Boyer)", RFC 5322 for "Lawyer Boyer <lawyer@boyer.net>".
_MAIL_NAME = re.compile(r"[^\s@()<>]+@[^\s@()<>]+\s*\(([^()]+)\)")
_NAME_MAIL = re.compile(r"([^<>@]+)<[^<>\s]*@[^<>\s]*>")
_MAIL = re.compile(r"(?:mailto:)?[^\s@]+@[^\s@]+")
_AUTHORS_MAX = 20
_TRAILER_HEADLINE_CHARS_MIN = 12
_TRAILER_WORDING_CHARS = 100
"""What such a line says beside the headline; the site's name is the longer half of it."""
_FIELD_CHARS = 4 * limits.BODY_CHARS
"""Characters of markup a body is read from; tags and attributes are often most of it."""


def read_entry(record: Record, *, page: Page, dates: DateReader) -> Entry:
    """The entry `record` announces. Raises PageError when it has no usable address."""
    base = _base(record.base, page.url)
    origins = {}
    headline = _cut(read_line(record.title[: 4 * limits.HEADLINE_CHARS]), limits.HEADLINE_CHARS)
    body = _without_trailer(read_paragraphs(record.content[:_FIELD_CHARS]), headline)
    summary = _without_trailer(read_paragraphs(record.summary[: 4 * limits.DESCRIPTION_CHARS]), headline)
    if body:
        origins["article_body"] = "feed"
    publisher = read_line(record.publisher[: limits.AUTHOR_CHARS])
    if publisher:
        origins["publisher"] = "element"
    time_text = record.published or record.modified
    return Entry(
        url=_address(record, base, page),
        guid=record.guid[: limits.URL_BYTES] or None,
        headline=headline,
        description=_cut(squeeze(summary) if summary else None, limits.DESCRIPTION_CHARS),
        article_body=body,
        authors=_authors(record.authors),
        publisher=publisher,
        image_url=_image(record, base),
        time_text=time_text[: limits.DATE_TEXT_CHARS] or None,
        date_published=dates.read(record.published),
        date_modified=dates.read(record.modified),
        origins=origins,
    )


def _without_trailer(text: str | None, headline: str | None) -> str | None:
    """`text` without WordPress's last line, "The post <headline> appeared first on <site>.", in any language."""
    if not text or not headline or len(headline) < _TRAILER_HEADLINE_CHARS_MIN:
        return text
    above, _, last = text.rpartition("\n\n")
    is_trailer = headline in last and 0 < len(last) - len(headline) <= _TRAILER_WORDING_CHARS
    return (above or None) if is_trailer else text


def _cut(text: str | None, chars: int) -> str | None:
    return text[:chars] if text else None


def _base(declared: str, page_url: str) -> str:
    try:
        return urljoin(page_url, declared.strip()) if declared else page_url
    except ValueError:
        return page_url


def _address(record: Record, base: str, page: Page) -> str:
    links = [link for link in record.links if link.strip()]
    for link in links:
        if url := absolute(link, base):
            return url
    if not links:
        raise DiscoverError(page.url, "no link", "bad_url")
    link = links[0].strip()
    scheme = _scheme(link[: limits.URL_BYTES])
    if scheme not in ("", "http", "https"):
        raise DiscoverError(page.url, f"links to {link[:80]!r}", "blocked_scheme")
    raise DiscoverError(page.url, f"links to {link[:80]!r}, {len(link)} characters", "bad_url")


def _scheme(link: str) -> str:
    try:
        return urlsplit(link).scheme
    except ValueError:
        return ""


def _authors(raw: list[str]) -> tuple[str, ...]:
    names = (_author(name[: limits.AUTHOR_CHARS]) for name in raw[:_AUTHORS_MAX])
    return tuple(dict.fromkeys(name for name in names if name))


def _author(raw: str) -> str | None:
    """The name in an author field; None where it holds an e-mail address only."""
    text = read_line(raw) or ""
    named = _MAIL_NAME.fullmatch(text) or _NAME_MAIL.fullmatch(text)
    if named:
        return squeeze(named.group(1)).strip("\"'") or None
    return None if _MAIL.fullmatch(text) else text or None


def _image(record: Record, base: str) -> str | None:
    """The widest image; of equals the first."""
    for _width, link in sorted(record.images, key=lambda image: -image[0]):
        if url := absolute(link, base):
            return url
    return None
