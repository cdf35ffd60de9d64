"""Pages that came instead of an article: bot challenges, consent walls, logins, error pages served with 200."""

from collections.abc import Sequence
from urllib.parse import urlsplit

from newscrawl.errors import BlockedError, ExtractError
from newscrawl.extract.signs import CONSENT_HOST, LOGIN_PATH, SIGNS
from newscrawl.markup import Document, format_of
from newscrawl.text import squeeze

_BLOCKED = frozenset({"challenge", "consent", "login"})
_LONG = frozenset({"soft_404", "consent"})
"""What may come with much text: error pages list other articles, consent pages list purposes."""
_SHORT_WORDS = 150
_MARKUP_CHARS = 200_000
_TITLE_CHARS = 2_000


def check_type(body: bytes, url: str) -> None:
    """Raise ExtractError (`not_html`) for a file of another kind, whatever its header says."""
    if name := format_of(body):
        raise ExtractError(url, f"the body is {name}", "not_html")
    start = body[:64].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith((b"{", b"[")) and body[-64:].rstrip()[-1:] != b">":
        raise ExtractError(url, "the body is JSON", "not_html")


def check_blocked(document: Document, *, readable: str, words: int, is_article: bool) -> None:
    """Raise BlockedError (`challenge`, `consent`, `login`) or ExtractError (`soft_404`) where a sign is found.

    `readable`: the text the page shows, of so many `words`; a page that shows much, or declares itself an article, is
    believed.
    """
    short = words < _SHORT_WORDS
    _check_address(document, is_article=is_article)
    if is_article and not short:
        return
    title = document.root.findtext(".//title") or ""
    heading = document.root.find(".//h1")
    shown = heading.text_content() if heading is not None else ""
    titles = [squeeze(text[:_TITLE_CHARS]).lower() for text in (title, shown)]
    places: dict[str, Sequence[str]] = {
        "title": titles,
        "text": [readable.lower()] if short else [],
        "markup": [document.text[:_MARKUP_CHARS].lower()] if short else [],
    }
    for outcome, where, pattern in SIGNS:
        for text in places[where]:
            found = pattern.search(text)
            if found and (short or (where == "title" and outcome in _LONG and not is_article)):
                _refuse(document.url, outcome, f"{where} says {found.group(0)[:60]!r}")


def _check_address(document: Document, *, is_article: bool) -> None:
    page = document.page
    try:
        final, asked = urlsplit(page.url), urlsplit(page.requested_url or page.url)
    except ValueError:
        return
    if CONSENT_HOST.match(final.netloc):
        _refuse(page.url, "consent", f"the address is {final.netloc}")
    redirected = (final.netloc, final.path) != (asked.netloc, asked.path)
    if redirected and not is_article and LOGIN_PATH.search(final.path):
        _refuse(page.url, "login", f"led to {final.path[:60]}")


def _refuse(url: str, outcome: str, sign: str) -> None:
    if outcome in _BLOCKED:
        raise BlockedError(url, sign, outcome)
    raise ExtractError(url, sign, outcome)
