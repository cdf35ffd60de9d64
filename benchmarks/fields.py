"""Title, authors and date of the articles sets, beside the peers that are installed, in one run.

    python benchmarks/fields.py DATA [--sets atf,fundus] [--peers trafilatura,htmldate,newspaper4k] [--errors title]

DATA (or NEWSCRAWL_BENCH_DATA) holds a folder for each set: `truth.jsonl` with id, url, title, authors, date, and one
`<id>.html.gz` a page. A page counts where its field is annotated; an empty list of authors is an annotation.

title  share of pages whose title is equal, but for case, space and kinds of quotes and dashes
auth   F1 over names, all pages together
date   share of pages with the right day;  dP  share of the given days that are right
time   CPU for all fields, against the first peer's in this run

Ages and days without a year are left out: nobody noted when these pages were fetched. Where a
page credits an agency and no person, its byline counts as author, and where it states no date of publication, the
date of its last change, as in the peers; an Article keeps the two apart.
`read` is a callable for other scorers: (html, url) → {title, authors, date}.
"""

import argparse
import gzip
import html
import json
import os
import re
import time
import unicodedata
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

from newscrawl.errors import PageError
from newscrawl.extract.article import choose_fields, gather_evidence, source_of
from newscrawl.markup import parse
from newscrawl.models import Page

FETCHED_AT = datetime(2026, 11, 1, tzinfo=UTC)
LIKE = str.maketrans({**dict.fromkeys("‘’‚`´", "'"), **dict.fromkeys("“”„«»", '"'), **dict.fromkeys("‐‑‒–—―−", "-")})


def read(page, url):
    """Title, authors and day of one page as newscrawl reads them; the body is not read."""
    fetched = Page(url=url or "https://unknown.invalid/", body=page, fetched_at=FETCHED_AT)
    try:
        document = parse(fetched)
        source = source_of(fetched.url)
        fields = choose_fields(gather_evidence(document, source)[0], document, source)
    except PageError:
        return {}
    values = fields.values
    authors = list(values.get("authors", ()))
    if not authors and "credit" in values:
        authors = [fields.extra["byline"]]
    published = values.get("date_published")
    day = fields.extra.get("day_published") if published and has_year(published.raw) else None
    day = day or day_of(values.get("date_modified"))
    return {"title": values.get("headline"), "authors": authors, "date": day}


def day_of(timestamp):
    if timestamp is None or timestamp.kind == "relative" or not has_year(timestamp.raw):
        return None
    stated = re.match(r"\d{4}-\d\d-\d\d", timestamp.raw)
    return stated.group(0) if stated else timestamp.earliest.date().isoformat()


def has_year(text):
    return bool(re.search(r"(?:19|20)\d\d|\d{1,2}[./-]\s?\d{1,2}[./-]\s?\d\d(?!\d)|^\d{9,}$", text))


def peer_trafilatura():
    import trafilatura
    from trafilatura.metadata import extract_metadata

    def read_page(page, url):
        found = extract_metadata(trafilatura.load_html(page), default_url=url)
        return {"title": found.title, "authors": (found.author or "").split("; "), "date": found.date}

    return read_page


def peer_htmldate():
    from htmldate import find_date

    return lambda page, url: {"date": find_date(page, url=url, original_date=True)}


def peer_newspaper4k():
    import newspaper

    def read_page(page, url):
        article = newspaper.Article(url or "https://unknown.invalid/")
        article.download(input_html=page.decode("utf-8", "replace"))
        article.parse()
        day = article.publish_date.date().isoformat() if article.publish_date else None
        return {"title": article.title, "authors": article.authors, "date": day}

    return read_page


PEERS = {"trafilatura": peer_trafilatura, "htmldate": peer_htmldate, "newspaper4k": peer_newspaper4k}


def same_title(text):
    text = unicodedata.normalize("NFKC", html.unescape(text or "")).casefold().translate(LIKE)
    return " ".join(text.split())


def names_of(lines):
    found = set()
    for line in lines or ():
        line = re.sub(
            r"^\s*(by|von|por|par|di|av|af|written by)\s*:?\s+", "", unicodedata.normalize("NFKC", line), flags=re.I
        )
        for part in re.split(r"\s*[,;&|/\n]\s*|\s+(?:and|und|et|y|e|og|och)\s+", line):
            found.add(" ".join(re.findall(r"\w+", part.casefold())))
    return found - {""}


def score(truth, told, counts):
    """Count one page's hits and misses; answers the names of the fields that are wrong."""
    wrong = []
    if truth.get("title"):
        right = same_title(truth["title"]) == same_title(told.get("title"))
        counts["titles"] += 1
        counts["titles right"] += right
        wrong += [] if right else ["title"]
    if truth.get("authors") is not None:
        wanted, given = names_of(truth["authors"]), names_of(told.get("authors"))
        counts["names right"] += len(wanted & given)
        counts["names"] += len(wanted) + len(given)
        wrong += [] if wanted == given else ["authors"]
    if truth.get("date"):
        right = truth["date"][:10] == (told.get("date") or "")[:10]
        counts["days"] += 1
        counts["days given"] += bool(told.get("date"))
        counts["days right"] += right
        wrong += [] if right else ["date"]
    return wrong


def pages_of(data, wanted):
    for folder in sorted(path for path in Path(data).iterdir() if (path / "truth.jsonl").exists()):
        if wanted and folder.name not in wanted:
            continue
        for line in (folder / "truth.jsonl").read_text(encoding="utf-8").splitlines():
            truth = json.loads(line)
            if truth.get("title") or truth.get("date") or truth.get("authors") is not None:
                path = folder / (truth.get("html_ref") or f"{truth['id']}.html.gz")
                yield folder.name, truth, gzip.decompress(path.read_bytes())


def run(pages, reader, errors):
    sets, seconds = {}, 0.0
    for name, truth, page in pages:
        started = time.process_time()
        try:
            told = reader(page, truth.get("url"))
        except Exception as error:  # a peer's failure is its answer
            told = {"error": repr(error)}
        seconds += time.process_time() - started
        wrong = score(truth, told, sets.setdefault(name, Counter()))
        if errors in wrong:
            print(f"  {name} {truth['id']}: {truth[errors]!r} read as {told.get(errors)!r}")
    return sets, seconds


def shares(counts):
    def share(part, whole, times=1):
        return 100 * times * counts[part] / counts[whole] if counts[whole] else None

    return (
        share("titles right", "titles"),
        share("names right", "names", 2),
        share("days right", "days"),
        share("days right", "days given"),
    )


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("data", nargs="?", default=os.environ.get("NEWSCRAWL_BENCH_DATA"))
    arguments.add_argument("--sets", default="")
    arguments.add_argument("--peers", default=",".join(PEERS))
    arguments.add_argument("--errors", choices=("title", "authors", "date"), help="print newscrawl's wrong pages")
    options = arguments.parse_args()
    if not options.data:
        arguments.error("name the data folder, or set NEWSCRAWL_BENCH_DATA")
    pages = list(pages_of(options.data, [name for name in options.sets.split(",") if name]))
    readers = {}
    for name in filter(None, options.peers.split(",")):
        try:
            readers[name] = PEERS[name]()
        except ImportError:
            print(f"{name} is not installed")
    readers["newscrawl"] = read
    base = None
    print(f"{'':12} {'set':14}{'title':>8}{'auth':>8}{'date':>8}{'dP':>8}{'time':>8}")
    for name, reader in readers.items():
        sets, seconds = run(pages, reader, options.errors if name == "newscrawl" else None)
        base = base or seconds
        rows = {label: shares(counts) for label, counts in sets.items()}
        given = [[value for value in column if value is not None] for column in zip(*rows.values(), strict=True)]
        rows["mean"] = tuple(sum(column) / len(column) if column else None for column in given)
        for label, row in rows.items():
            cells = "".join(f"{value:8.1f}" if value is not None else f"{'-':>8}" for value in row)
            print(f"{name:12} {label:14}{cells}" + (f"{seconds / base:8.2f}" if label == "mean" else ""))


if __name__ == "__main__":
    main()
