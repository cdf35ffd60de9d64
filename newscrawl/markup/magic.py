"""What a file is that is no markup, told by how it begins."""

SNIFF_BYTES = 64
"""As many bytes tell."""

# (offset, first bytes, what it is); libmagic's words for the formats that are served in place of pages
# (https://mimesniff.spec.whatwg.org/#matching-an-image-type-pattern and kin).
_MAGIC = (
    (0, b"%PDF-", "PDF"),
    (0, b"\x89PNG", "PNG"),
    (0, b"\xff\xd8\xff", "JPEG"),
    (0, b"GIF8", "GIF"),
    (0, b"BM6", "BMP"),
    (0, b"\x7fELF", "ELF"),
    (0, b"MZ\x90", "Windows program"),
    (0, b"\xcf\xfa\xed\xfe", "Mach-O program"),
    (0, b"\xca\xfe\xba\xbe", "Java class"),
    (0, b"\x00asm", "WebAssembly"),
    (0, b"PK\x03\x04", "ZIP"),
    (0, b"Rar!\x1a\x07", "RAR"),
    (0, b"7z\xbc\xaf\x27\x1c", "7-Zip"),
    (0, b"\xfd7zXZ\x00", "xz"),
    (0, b"BZh", "bzip2"),
    (0, b"\x1f\x8b", "gzip"),
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


def format_of(head: bytes) -> str | None:
    """The binary format that `head`, the first bytes of a file, is of; None: none that is known.

    A byte order mark and white space before it change nothing.
    """
    start = head[:SNIFF_BYTES].lstrip(b"\xef\xbb\xbf \t\r\n")
    for offset, magic, name in _MAGIC:
        if head.startswith(magic, offset) or start.startswith(magic, offset):
            return name
    return None
