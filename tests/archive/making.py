"""WARC files as others write them, made with warcio and our own prose."""

import io
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

NOON = datetime(2026, 7, 28, 12, 0, tzinfo=UTC)
HTML = (("Content-Type", "text/html; charset=utf-8"),)


def article_html(number: int, *, words: int = 120) -> bytes:
    """An article's page with a text of its own."""
    topics = ("ferry", "bridge", "school", "harbour", "library", "orchard", "tram")
    body = "".join(
        f"<p>Paragraph {part} of report {number} says that the {topics[(number + part) % 7]} committee of district"
        f" {number * 37 % 1009} met on its {part + number}th evening and settled matter {number * 13 + part}.</p>"
        for part in range(words // 24)
    )
    return (
        f"<!doctype html><html lang='en'><head><title>Report {number} from district {number * 37 % 1009}</title>"
        f"<meta property='article:published_time' content='2026-07-2{number % 8}T08:30:00Z'></head><body><nav>"
        f"<a href='/'>Home</a></nav><article><h1>Report {number} from district {number * 37 % 1009}</h1>{body}"
        f"</article></body></html>"
    ).encode()


def url_of(number: int) -> str:
    """One of a few hosts."""
    return f"https://paper{number % 3}.example/news/report-{number}"


def write_file(
    path: Path,
    answers: Iterable[tuple[str, str, Iterable[tuple[str, str]], bytes]],
    *,
    at: datetime = NOON,
    revisit: Mapping[str, Mapping[str, str]] | None = None,
) -> list[int]:
    """Write (url, status line, header fields, body) as response records a minute apart; gives their offsets.

    `revisit`: addresses whose records are revisits, with what those say besides.
    """
    offsets = []
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=True, warc_version="1.1")
        writer.write_record(writer.create_warcinfo_record(path.name, {"software": "a test"}))
        for number, (url, status, fields, body) in enumerate(answers):
            offsets.append(file.tell())
            head = StatusAndHeaders(status, list(fields), protocol="HTTP/1.1")
            date = (at + timedelta(minutes=number)).strftime("%Y-%m-%dT%H:%M:%SZ")
            told = (revisit or {}).get(url)
            record = writer.create_warc_record(
                url,
                "response" if told is None else "revisit",
                payload=io.BytesIO(body),
                http_headers=head,
                warc_headers_dict={"WARC-Date": date, **(told or {})},
            )
            writer.write_record(record)
    return offsets


def reports(first: int, count: int) -> list[tuple[str, str, Iterable[tuple[str, str]], bytes]]:
    """Answers that hold articles."""
    return [(url_of(number), "200 OK", HTML, article_html(number)) for number in range(first, first + count)]
