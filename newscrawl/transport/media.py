"""Is this text at all? Answered by the Content-Type before the body, and by its first bytes."""

from newscrawl.markup import format_of
from newscrawl.transport.outcomes import AnswerError

_BINARY_TYPES = (
    "image/",
    "audio/",
    "video/",
    "font/",
    "model/",
    "application/pdf",
    "application/zip",
    "application/epub",
    "application/java",
    "application/msword",
    "application/wasm",
    "application/vnd.ms-",
    "application/vnd.openxmlformats",
    "application/vnd.rar",
    "application/x-7z",
    "application/x-bzip",
    "application/x-executable",
    "application/x-rar",
    "application/x-shockwave",
    "application/x-tar",
)


def check_type(content_type: str) -> None:
    """Raise AnswerError(`not_html`) for a type that is neither HTML, XML, JSON nor text."""
    media_type = content_type.partition(";")[0].strip().lower()
    if media_type.startswith(_BINARY_TYPES) and (media_type == "image/svg+xml" or not media_type.endswith("+xml")):
        raise AnswerError("not_html", f"Content-Type {media_type[:60]}")


def check_start(head: bytes) -> None:
    """Raise AnswerError(`not_html`) when `head`, the first decoded bytes, are of a binary format."""
    if name := format_of(head):
        raise AnswerError("not_html", f"the body is {name}")
