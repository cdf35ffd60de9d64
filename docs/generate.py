"""Writes the generated pages: `python docs/generate.py`; with --check it only says whether they are current.

Each page is made from the code that it describes, so that the two cannot part.
"""

import sys
from collections.abc import Callable
from pathlib import Path

from newscrawl.store.schema import TABLES

DOCS = Path(__file__).parent


def data_format() -> str:
    """`docs/data-format.md`, from `newscrawl/store/schema.py`."""
    lines = [
        "# Data format",
        "",
        "One SQLite file holds everything. All tables are STRICT; instants are ISO 8601 in UTC ending in Z, so text order",
        "is time order; lists and objects are JSON text; hashes are signed 64-bit integers. `articles_fts` is a full-text",
        "index (FTS5) over `headline` and `article_body`:",
        "",
        "```sql",
        "SELECT a.headline, a.date_published FROM articles_fts f JOIN articles a ON a.id = f.rowid",
        "WHERE articles_fts MATCH 'harbour' ORDER BY a.date_published DESC LIMIT 10;",
        "```",
    ]
    for table in TABLES:
        lines += ["", f"## {table.name}", "", table.doc, "", "| column | type | meaning |", "|---|---|---|"]
        for column in table.columns:
            kind = f"{column.type} {column.constraint}".strip()
            lines.append(f"| `{column.name}` | {kind} | {column.doc.replace('|', '/')} |")
    return "\n".join(lines) + "\n"


GENERATED: dict[str, Callable[[], str]] = {
    "data-format.md": data_format,
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
