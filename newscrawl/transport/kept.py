"""Answers out of an archive, as the page that a fetch would have given: the same codings undone, the same bounds."""

from newscrawl import limits
from newscrawl.archive.reading import Answer, Record
from newscrawl.errors import PageError
from newscrawl.models import Page
from newscrawl.outcomes import outcome_for_status
from newscrawl.transport.coding import CodingError, Decoder
from newscrawl.transport.media import check_start, check_type

_PAGE_TYPES = ("", "text/html", "application/xhtml+xml")


def page_of(record: Record, answer: Answer, *, size_max: int = limits.BODY_BYTES) -> Page:
    """The page of an answer, content codings undone. Raises PageError where that cannot be, or it is too large."""
    if record.is_cut:
        raise PageError(record.url, f"more than {limits.RECORD_BYTES} bytes in a record", "body_too_large")
    if record.at is None:
        raise PageError(record.url, "the record says no date", "bad_archive")
    headers = dict(answer.headers)
    headers.pop("content-length", None)  # of the coded body
    try:
        decoder = Decoder(headers.pop("content-encoding", ""), size_max)
        pieces = decoder.feed(answer.body)
        last, _ = decoder.finish()
    except CodingError as error:
        raise PageError(record.url, error.message, error.outcome) from None
    return Page(
        url=record.url, status=answer.status, headers=headers, body=b"".join([*pieces, *last]), fetched_at=record.at
    )


def check_page(page: Page, *, is_channel: bool = False) -> None:
    """Raise PageError or AnswerError for an answer that is no page to read; a channel may be XML or text."""
    if page.status >= 400:
        raise PageError(page.url, f"status {page.status}", outcome_for_status(page.status))
    if not page.body.strip():
        raise PageError(page.url, f"status {page.status} without a body", "empty_body")
    if len(page.url.encode()) > limits.URL_BYTES:
        raise PageError(page.url, "the address is too long", "bad_url")
    if is_channel:
        check_type(page.media_type)
    elif page.media_type not in _PAGE_TYPES:
        raise PageError(page.url, f"Content-Type {page.media_type[:60]}", "not_html")
    check_start(page.body)
