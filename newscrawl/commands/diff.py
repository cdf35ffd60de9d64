"""`scrapy diff URL`: an article's revisions, word by word, in colour."""

import argparse
import re
from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher
from itertools import pairwise
from operator import itemgetter
from typing import Any

from rich.text import Text
from scrapy.commands import ScrapyCommand

from newscrawl.console import console, flat, named_article, opened, printable
from newscrawl.store.lookup import changes_of
from newscrawl.store.values import from_json

_WORDS = re.compile(r"\s+|\d+(?:[.,:]\d+)*|[^\W\d_]+|[\W_]|\d")
_LINES = re.compile(r"[^\n]*\n?")
_BREAK = re.compile(r"\s*\n\s*")
_CONTEXT_CHARS = 80
_MARKED_CHARS = 2_000
_WORDS_MAX = 20_000
"""Longer texts are compared line by line."""
_EVENTS = {
    "gone": "gone: the page answered 404 or 410; the text stays here",
    "deleted": "deletion: hours later still gone, while its host answered",
    "moved": "moved: the address leads to another page, or to none that is an article; the text stays here",
    "restore": "restored: the page is back",
}


class Command(ScrapyCommand):
    """Each change between one text and the next: what went in red, what came in green."""

    requires_project = True
    requires_crawler_process = False

    def syntax(self) -> str:
        """What it takes."""
        return "<url or id>"

    def short_desc(self) -> str:
        """One line."""
        return "Show an article's revisions word by word"

    def long_desc(self) -> str:
        """What `--help` says."""
        return (
            "For each revision: when it was fetched, what kind of change it was, and the changed words with some"
            " context: removed in red between [- -], added in green between {+ +}; ¶ is the end of a paragraph. Also"
            " when the page was gone, deleted (gone again hours later), moved and restored."
        )

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Compare neighbours and print."""
        with opened(self.settings) as store:
            row = named_article(store, args)
            texts = [*store.articles.revisions.of(row["id"]), row]
            events = [one for one in changes_of(store.connection, row["id"]) if one["op"] in _EVENTS]
        console.print(printable(row["headline"]), style="bold")
        if len(texts) == 1 and not events:
            console.print("  one text so far; nothing changed")
        steps = [(new["fetched_at"], _revision(old, new)) for old, new in pairwise(texts)]
        steps += [(event["at"], [Text(f"{event['at']}  {_EVENTS[event['op']]}")]) for event in events]
        for _, lines in sorted(steps, key=itemgetter(0)):
            console.print()
            for line in lines:
                console.print(line)
        if row["trivial_changes"]:
            console.print(
                f"\n{row['trivial_changes']} trivial changes (spacing, time stamps, a text going back and forth)"
            )


def _revision(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[Text]:
    change = from_json(old["change"])
    kinds = ", ".join(change["kinds"]).replace("_", " ")
    told = Text(f"{new['fetched_at']}  {kinds}: ") + printable(change["summary"], 1_000)
    return [told, *_lines(old, new)]


def _lines(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Text]:
    for name in ("headline", "description", "article_body"):
        before, after = old[name] or "", new[name] or ""
        if before != after:
            yield Text(f"  {name}", style="dim")
            yield compare(before, after)


def compare(before: str, after: str) -> Text:
    """The two texts as one, with what went and what came marked; long stretches of no change are cut."""
    read = _WORDS.findall
    if max(len(read(before)), len(read(after))) > _WORDS_MAX:
        read = _LINES.findall
    ours, theirs = read(before), read(after)
    out = Text("  ")
    for tag, start, end, from_, to in SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes():
        if tag == "equal":
            same = "".join(ours[start:end])
            short = len(same) <= 2 * _CONTEXT_CHARS
            out.append(_shown(same) if short else _cut(same))
            continue
        if end > start:
            out.append_text(_marked("[-", "".join(ours[start:end]), "-]", "red"))
        if to > from_:
            out.append_text(_marked("{+", "".join(theirs[from_:to]), "+}", "green"))
    return out


def _marked(start: str, text: str, end: str, style: str) -> Text:
    cut = text if len(text) <= _MARKED_CHARS else text[: _MARKED_CHARS - 1] + "…"
    return Text(f"{start}{_shown(cut)}{end}", style=style)


def _cut(text: str) -> str:
    return f"{_shown(text[:_CONTEXT_CHARS])} … {_shown(text[-_CONTEXT_CHARS:])}"


def _shown(text: str) -> str:
    """`text` on one line, safe for a terminal; ¶ where it had another."""
    return flat(_BREAK.sub(" ¶ ", text))
