"""`scrapy copies URL`: the copies of an article as a timeline, with the likely original."""

import argparse

from rich.text import Text
from scrapy.commands import ScrapyCommand

from newscrawl.console import console, interval, named_article, opened, printable
from newscrawl.dedupe.copies import TOLD, find_original, member_of, timeline
from newscrawl.store.lookup import copy_set
from newscrawl.store.rows import article_of
from newscrawl.store.values import timestamp_of

_PAIRS_SHOWN = 4
"""Pairs printed of one article, the closest first; a text of a hundred papers is in a hundred."""


class Command(ScrapyCommand):
    """The set an article belongs to, first published first, and what speaks for the original."""

    requires_project = True
    requires_crawler_process = False

    def syntax(self) -> str:
        """What it takes."""
        return "<url or id>"

    def short_desc(self) -> str:
        """One line."""
        return "Show the copies of an article as a timeline, and the likely original"

    def long_desc(self) -> str:
        """What `--help` says."""
        return (
            "Any address of any copy will do, or a row id or stable id. Prints the whole set by time of publication,"
            " with words, credited agency and what each is a copy of, and marks the likely original: by evidence, or"
            " unknown."
        )

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Look the set up and print it."""
        with opened(self.settings) as store:
            row = named_article(store, args)
            rows = {one["id"]: one for one in copy_set(store.connection, row["id"])}
            pairs = {article_id: store.articles.copies.of(article_id) for article_id in rows}
        members = [member_of(article_id, article_of(one)) for article_id, one in rows.items()]
        console.print(printable(row["headline"]), style="bold")
        if len(members) == 1:
            console.print("  no copies known")
            return
        joined = [(one, pair["other_id"], pair["kind"]) for one, found in pairs.items() for pair in found]
        original = find_original(members, joined)
        for member in timeline(members):
            one = rows[member.article_id]
            mark = Text("* " if member.article_id == original.article_id else "  ", style="bold green")
            published = interval(timestamp_of("date_published", one)) or "no date"
            agency = f", credits {member.agency.names[0]}" if member.agency else ""
            console.print(mark, f"{published}  {member.article_id}: {member.word_count} words{agency}  ", end="")
            console.print(printable(one["url"]))
            told = [f"{TOLD[pair['kind']]} {pair['other_id']} ({pair['similarity']:.0%})" for pair in pairs[one["id"]]]
            more = [f"{len(told) - _PAIRS_SHOWN} more"] if len(told) > _PAIRS_SHOWN else []
            console.print(f"    {', '.join(told[:_PAIRS_SHOWN] + more)}", style="dim")
        likely = original.article_id if original.article_id is not None else "unknown"
        console.print(f"original: {likely}, {original.reason}")
