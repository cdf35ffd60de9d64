"""`scrapy why URL`: how the store came to think what it thinks of an article."""

import argparse
from collections.abc import Mapping
from typing import Any

from rich.text import Text
from scrapy.commands import ScrapyCommand

from newscrawl.console import console, interval, named_article, opened, printable
from newscrawl.dedupe.copies import TOLD
from newscrawl.store import SqliteStore
from newscrawl.store.lookup import aliases_of, changes_of, find_article, overlap_of, sightings_of
from newscrawl.store.rows import CONTENT
from newscrawl.store.values import from_json, timestamp_of
from newscrawl.urls import key

_SHOWN = {*CONTENT, "copy_of", "status", "kind", "time_text", "canonical_url"}
"""Columns whose changes say something; the others follow from these."""
_TIMES = ("date_published", "date_modified")


class Command(ScrapyCommand):
    """The verdict's reason, the hashes, the addresses, the sightings and the changes."""

    requires_project = True
    requires_crawler_process = False

    def syntax(self) -> str:
        """What it takes."""
        return "<url or id>"

    def short_desc(self) -> str:
        """One line."""
        return "Tell which rows, hashes and similarities led to an article's verdict"

    def long_desc(self) -> str:
        """What `--help` says."""
        return (
            "Any address the article is known by will do, or its row id or stable id. Prints the verdict and its"
            " reason, what it is a copy of and how similar, where each field came from, all addresses, how channels"
            " showed it, and every change in order."
        )

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Look it up and print."""
        with opened(self.settings) as store:
            row = named_article(store, args)
            console.print(printable(row["headline"]), style="bold")
            console.print(" ", printable(row["url"]))
            of = f" of {row['copy_of']}" if row["verdict"] == "copy" else ""
            console.print(f"  {row['verdict']}{of}:", printable(row["decision_reason"]))
            for pair in store.articles.copies.of(row["id"]):
                _print_pair(store, row["id"], pair)
            console.print(
                f"  content hash {row['content_hash']}, body hash {row['body_hash']}, {row['word_count']} words"
            )
            console.print(f"  published {interval(timestamp_of('date_published', row)) or 'unknown'}, ", end="")
            console.print(f"revision {row['revision']}, {row['trivial_changes']} trivial changes suppressed")
            console.print("fields", style="bold")
            for name, origin in sorted(from_json(row["origins"]).items()):
                console.print(f"  {name}:", printable(origin))
            console.print("addresses", style="bold")
            for alias in aliases_of(store.connection, row["id"]):
                console.print(f"  {alias['first_seen_at']} {alias['role']}:", printable(alias["url"]))
            _print_archived(store, row["id"])
            _print_disputed(store, row)
            _print_parameters(store, row)
            console.print("sightings", style="bold")
            for seen in sightings_of(store.connection, row["id"]):
                often = "once" if seen["times_seen"] == 1 else f"{seen['times_seen']} times"
                where = f"{seen['block']} {seen['position']} (best {seen['position_best']}), {often}"
                console.print(f"  {seen['first_seen_at']} … {seen['last_seen_at']} {where}: ", end="")
                console.print(
                    printable(f"{seen['headline']} [{seen['time_text'] or 'no time'}] on {seen['channel_url']}")
                )
            console.print("changes", style="bold")
            texts = {(one["number"], one["extraction"]): one for one in store.articles.revisions.of(row["id"])}
            for change in changes_of(store.connection, row["id"]):
                console.print(f"  {change['change_seq']} {change['at']} {change['op']}", _told(change, texts))


def _print_pair(store: SqliteStore, article_id: int, pair: Mapping[str, Any]) -> None:
    other = find_article(store.connection, str(pair["other_id"]))
    console.print(f"  {TOLD[pair['kind']]} {pair['other_id']} ({pair['similarity']:.0%}): ", end="")
    console.print(printable(other["url"] if other else "gone"))
    overlap = overlap_of(store.connection, article_id, pair["other_id"])
    if overlap and overlap.shared:
        numbers = "" if overlap.numbers is None else f", and {overlap.numbers:.0%} of the numbers"
        # Texts are sampled denser at their beginning: of one that is longer from there on, less may be in the other.
        shares = f"up to {overlap.of_new:.0%} of this text, up to {overlap.of_old:.0%} of that one"
        console.print(f"    {overlap.shared} sampled shingles in common: {shares}{numbers}", style="dim")


def _told(change: Mapping[str, Any], texts: Mapping[tuple[int, int], Mapping[str, Any]]) -> Text:
    """What became another text, in words; of other changes, the columns."""
    was = from_json(change["was"])
    if change["op"] == "revise" and (old := texts.get((was["revision"], was.get("extraction", 1)))):
        return printable(from_json(old["change"])["summary"], 400)
    names = {next((time for time in _TIMES if name.startswith(time)), name) for name in was.keys() & _SHOWN}
    return printable(", ".join(sorted(names)))


def _print_archived(store: SqliteStore, article_id: int) -> None:
    keys = store.connection.execute("SELECT url_key FROM urls WHERE article_id = ?", (article_id,)).fetchall()
    kept = store.archives.of_keys([row["url_key"] for row in keys])
    if kept:
        console.print("answers in WARC files", style="bold")
    for one in kept:
        where = f"{one['path']} at {one['offset']}, {one['record_id']}"
        console.print(f"  {one['fetched_at']} {one['kind']}:", printable(where, 400))


def _print_disputed(store: SqliteStore, row: Mapping[str, Any]) -> None:
    if row["canonical_url"] and store.articles.urls.is_disputed(key(row["canonical_url"])):
        console.print("  not taken, since other pages declare it too:", printable(row["canonical_url"]))


def _print_parameters(store: SqliteStore, row: Mapping[str, Any]) -> None:
    """What was learned of the parameters of the article's host."""
    host = row["url_key"].partition("/")[0]
    learned = store.articles.urls.parameters.learned(host)
    if learned:
        console.print(f"parameters of {host}", style="bold")
    for one in learned:
        meaning = "says nothing" if one["is_noise"] else "counts"
        console.print(
            " ",
            printable(one["name"]),
            f"{meaning}: {one['same']} texts did not change with it, {one['different']} did",
        )
