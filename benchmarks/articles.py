"""Body text against the peers, side by side in one run: 4-gram F1 and broken pages for each set.

    python benchmarks/articles.py DATA [--sets atf,wcxb] [--every 5]

DATA as in `fit_blocks.py`. Peers that are not installed (`pip install newspaper4k readability-lxml resiliparse`) are
skipped with a line. newscrawl's weights were fitted on these very sets: for sites it never saw see `fit_blocks.py`.
"""

import argparse
import os
import time
from collections.abc import Callable
from pathlib import Path

from annotated_pages import BODY_SETS, AnnotatedPage, read_pages, score_f1, share_under_half

from newscrawl.extract.body import read_body
from newscrawl.markup import parse

Reader = Callable[[AnnotatedPage], str | None]


def newscrawl_reader() -> Reader:
    return lambda page: read_body(parse(page.document.page)).text


def trafilatura_reader(**options: bool) -> Reader:
    from trafilatura import extract

    return lambda page: extract(page.body, url=page.url, include_comments=False, **options)


def newspaper_reader() -> Reader:
    from newspaper import Article

    def read(page: AnnotatedPage) -> str:
        article = Article(page.url)
        article.download(input_html=page.document.text)
        article.parse()
        return str(article.text)

    return read


def readability_reader() -> Reader:
    from lxml import html
    from readability import Document

    return lambda page: str(html.fromstring(Document(page.document.text).summary()).text_content())


def resiliparse_reader() -> Reader:
    from resiliparse.extract.html2text import extract_plain_text
    from resiliparse.parse.html import HTMLTree

    return lambda page: extract_plain_text(HTMLTree.parse(page.document.text), main_content=True, alt_texts=False)


def json_ld_reader() -> Reader:
    def read(page: AnnotatedPage) -> str:
        bodies = (node.get("articleBody") for node in page.document.json_ld)
        return max((body for body in bodies if isinstance(body, str)), key=len, default="")

    return read


READERS: dict[str, Callable[[], Reader]] = {
    "newscrawl": newscrawl_reader,
    "trafilatura": trafilatura_reader,
    "trafilatura fast": lambda: trafilatura_reader(fast=True),
    "trafilatura precision": lambda: trafilatura_reader(favor_precision=True),
    "newspaper4k": newspaper_reader,
    "readability-lxml": readability_reader,
    "resiliparse": resiliparse_reader,
    "JSON-LD alone": json_ld_reader,
}


def measure(read: Reader, pages: list[AnnotatedPage]) -> tuple[list[tuple[AnnotatedPage, str]], float]:
    """What a reader makes of the pages, and its CPU seconds; a page it fails on counts as empty."""
    texts, started = [], time.process_time()
    for page in pages:
        try:
            texts.append((page, read(page) or ""))
        except Exception as error:  # noqa: BLE001, PERF203, RUF100  # a peer may raise anything; it loses that page
            print(f"    {page.dataset}/{page.id}: {error!r:.80}")
            texts.append((page, ""))
    return texts, time.process_time() - started


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", nargs="?", default=os.environ.get("NEWSCRAWL_BENCH_DATA"))
    parser.add_argument("--sets", default=",".join(BODY_SETS))
    parser.add_argument("--every", type=int, default=1, help="only each n-th page")
    args = parser.parse_args()
    if not args.data:
        parser.error("name the data folder, or set NEWSCRAWL_BENCH_DATA")
    sets = args.sets.split(",")
    pages = [page for page in read_pages(Path(args.data), sets) if page.texts][:: args.every]
    print(f"{len(pages)} pages; F1 / share of pages under 0.5, percent")
    print(f"{'':22}" + "".join(f"{name:>15}" for name in (*sets, "mean")) + f"{'CPU ms a page':>16}")
    for name, build in READERS.items():
        try:
            reader = build()
        except ImportError as error:
            print(f"{name:22} not installed: {error}")
            continue
        texts, seconds = measure(reader, pages)
        rows = []
        for dataset in sets:
            own = [each for each in texts if each[0].dataset == dataset]
            rows.append((score_f1(own), share_under_half(own)))
        rows.append((sum(row[0] for row in rows) / len(rows), sum(row[1] for row in rows) / len(rows)))
        print(
            f"{name:22}"
            + "".join(f"{f1:8.2f} /{low:5.1f}" for f1, low in rows)
            + f"{1000 * seconds / len(pages):16.1f}"
        )


if __name__ == "__main__":
    main()
