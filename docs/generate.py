"""Writes the generated pages: `python docs/generate.py`; with --check it only says whether they are current.

Each page is made from the code that it describes, so that the two cannot part.
"""

import ast
import inspect
import sys
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

from newscrawl import limits
from newscrawl.outcomes import OUTCOMES
from newscrawl.store.schema import TABLES

DOCS = Path(__file__).parent


def data_format() -> str:
    """`docs/data-format.md`, from `newscrawl/store/schema.py`."""
    lines = [
        "# Data format",
        "",
        "One SQLite file holds everything. All tables are STRICT; instants are ISO 8601 in UTC ending in Z, so text",
        "order is time order; lists and objects are JSON text; hashes are signed 64-bit integers. `articles_fts` is a",
        "full-text index (FTS5) over `headline` and `article_body`:",
        "",
        "```sql",
        "SELECT a.headline, a.date_published FROM articles_fts f JOIN articles a ON a.id = f.rowid",
        "WHERE articles_fts MATCH 'harbour' ORDER BY a.date_published DESC LIMIT 10;",
        "```",
        "",
        "`near_shingles` and `near_sketches` are the index of near duplicates ([dedupe.md](dedupe.md)); their content",
        "is made from the texts and may change with any version. `_sqlite_migrations` says which migrations a file has",
        "had.",
    ]
    for table in TABLES:
        lines += ["", f"## {table.name}", "", table.doc, "", "| column | type | meaning |", "|---|---|---|"]
        for column in table.columns:
            kind = f"{column.type} {column.constraint}".strip()
            lines.append(f"| `{column.name}` | {kind} | {column.doc.replace('|', '/')} |")
    return "\n".join(lines) + "\n"


_UNITS = (("_BYTES", "bytes"), ("_CHARS", "characters"), ("_PER_S", "a second"), ("_S", "s"), ("_MINUTES", "min"))
_NAMED_ELSEWHERE = {"REDIRECTS": "REDIRECT_MAX_TIMES"}
_SEVERITIES = {
    "ok": "all is well",
    "note": "worth knowing; never a failure",
    "temporary": "tried again later; weighs 0.25 against a channel's health",
    "soft": "weighs 0.5",
    "hard": "weighs 1.0, and the run exits with status 3",
}


def limits_page() -> str:
    """`docs/limits.md`, from `newscrawl/limits.py` and `newscrawl/outcomes.py`."""
    lines = [
        "# Limits and outcomes",
        "",
        "What strangers may make newscrawl hold, do or wait for, and what each address can come to. A limit that is",
        "hit is recorded in `fetches` with the size and the limit in its message. A limit's setting changes it for a",
        "run, in the unit its name ends in: `-s NEWSCRAWL_BODY_BYTES=20000000`. What a printed time means, and what is",
        "kept of an article, is fixed: it must not depend on which run read it.",
        "",
        "| limit | value | what it bounds | setting |",
        "|---|---|---|---|",
    ]
    for name, value, doc in _constants():
        setting = _NAMED_ELSEWHERE.get(name, f"NEWSCRAWL_{name}")
        shown = f"`{setting}`" if setting in _NAMED_ELSEWHERE.values() or name not in limits.FIXED else "fixed"
        lines.append(f"| `{name}` | {_shown(name, value)} | {doc} | {shown} |")
    lines += ["", "## Outcomes", "", "Every address that enters the queue ends in exactly one row of `fetches`,"]
    lines += ["with one of these codes.", "", "| code | severity | meaning |", "|---|---|---|"]
    lines += [f"| `{row.code}` | {row.severity} | {row.meaning} |" for row in OUTCOMES.values()]
    lines += ["", "| severity | what follows |", "|---|---|"]
    lines += [f"| {severity} | {meaning} |" for severity, meaning in _SEVERITIES.items()]
    lines += ["", "## Exit status of `scrapy crawl`", "", *_exit_statuses()]
    return "\n".join(lines) + "\n"


def _constants() -> Iterator[tuple[str, float, str]]:
    """(name, value, docstring) of every limit, in the order of the file."""
    body = ast.parse(inspect.getsource(limits)).body
    for statement, after in pairwise([*body, ast.Pass()]):
        if isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Name):
            name = statement.targets[0].id
            doc = after.value.value if isinstance(after, ast.Expr) and isinstance(after.value, ast.Constant) else ""
            yield name, getattr(limits, name), " ".join(str(doc).split())


def _shown(name: str, value: float) -> str:
    unit = next((word for ending, word in _UNITS if name.endswith(ending)), "")
    if unit.startswith("bytes") and value % 2**20 == 0:
        return f"{value // 2**20} MiB"
    if unit.startswith("bytes") and value % 2**10 == 0:
        return f"{value // 2**10} KiB"
    return f"{value:,} {unit}".strip() if value != limits.YEAR_MIN else str(value)


def _exit_statuses() -> list[str]:
    rows = (
        "all is well",
        "newscrawl itself failed",
        "a bad argument or seed file; nothing was fetched",
        "an address failed hard, or a source fell short of its `[expect]`",
        "no room on the disk; nothing acknowledged was lost",
        "the database cannot be used",
    )
    return ["| status | meaning |", "|---|---|", *(f"| {status} | {meaning} |" for status, meaning in enumerate(rows))]


GENERATED: dict[str, Callable[[], str]] = {
    "data-format.md": data_format,
    "limits.md": limits_page,
}
"""File under docs/ → what writes it."""


def main() -> int:
    """Write the pages, or with --check compare them; 1 when one is not current."""
    stale = 0
    for name, write in GENERATED.items():
        path, text = DOCS / name, write()
        if path.exists() and path.read_text() == text:
            continue
        stale += 1
        if "--check" in sys.argv:
            print(f"docs/{name} is not current; run: python docs/generate.py")
        else:
            path.write_text(text)
            print(f"wrote docs/{name}")
    return 1 if stale and "--check" in sys.argv else 0


if __name__ == "__main__":
    sys.exit(main())
