"""Is this text at all? Answered by the Content-Type before the body, and by its first bytes."""

from newscrawl.transport.outcomes import AnswerError

SNIFF_BYTES = 16

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
# (offset, first bytes, what it is); libmagic's words for the formats that are served in place of pages.
_MAGIC = (
    (0, b"%PDF-", "PDF"),
    (0, b"\x89PNG\r\n", "PNG"),
    (0, b"\xff\xd8\xff", "JPEG"),
    (0, b"GIF87a", "GIF"),
    (0, b"GIF89a", "GIF"),
    (0, b"\x7fELF", "ELF"),
    (0, b"MZ\x90\x00", "Windows program"),
    (0, b"\xcf\xfa\xed\xfe", "Mach-O program"),
    (0, b"\xca\xfe\xba\xbe", "Java class"),
    (0, b"\x00asm", "WebAssembly"),
    (0, b"PK\x03\x04", "ZIP"),
    (0, b"Rar!\x1a\x07", "RAR"),
    (0, b"7z\xbc\xaf\x27\x1c", "7-Zip"),
    (0, b"\xfd7zXZ\x00", "xz"),
    (0, b"BZh", "bzip2"),
    (0, b"\x1f\x8b\x08", "gzip"),
    (0, b"OggS", "Ogg"),
    (0, b"ID3", "MP3"),
    (0, b"fLaC", "FLAC"),
    (0, b"RIFF", "RIFF"),
    (0, b"wOFF", "web font"),
    (0, b"wOF2", "web font"),
    (0, b"\x1aE\xdf\xa3", "Matroska"),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Office document"),
    (0, b"SQLite format 3", "SQLite"),
    (4, b"ftyp", "MP4"),
)


def check_type(content_type: str) -> None:
    """Raise AnswerError(`not_html`) for a type that is neither HTML, XML, JSON nor text."""
    media_type = content_type.partition(";")[0].strip().lower()
    if media_type.startswith(_BINARY_TYPES) and (media_type == "image/svg+xml" or not media_type.endswith("+xml")):
        raise AnswerError("not_html", f"Content-Type {media_type[:60]}")


def check_start(head: bytes) -> None:
    """Raise AnswerError(`not_html`) when `head`, the first decoded bytes, are of a binary format."""
    for offset, magic, name in _MAGIC:
        if head.startswith(magic, offset):
            raise AnswerError("not_html", f"the body is {name}")
