"""`scrapy seeds`: what is in the seeds folder, and whether all of it can be used."""

import argparse
import json
from collections.abc import Callable
from pathlib import Path

from rich.text import Text
from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from newscrawl.console import console, errors, fail, printable, table
from newscrawl.crawl import EXIT_USAGE
from newscrawl.errors import SeedError
from newscrawl.models import Source
from newscrawl.sources import find, load, schema


class Command(ScrapyCommand):
    """Check or list the seed files, or print the schema that editors use."""

    requires_project = True
    requires_crawler_process = False

    def syntax(self) -> str:
        """What it takes."""
        return "check|list [pattern]  or  schema"

    def short_desc(self) -> str:
        """One line."""
        return "Check or list the seed files"

    def long_desc(self) -> str:
        """What `--help` says."""
        return (
            "A seed is one file for one publisher: seeds/<country>/<name>.toml; the source's id is <country>_<name>."
            " `check` prints one line for each file that cannot be used (file, key, reason) and exits with status 2 if"
            " there is any. `list` shows the sources: id, publisher, languages, zone, channels. A pattern picks files"
            " by <country>/<name>: 'gb/*', 'zz/demo*'; quote it, so that the shell leaves it alone. `schema` prints"
            " the JSON schema of a seed, as kept in seeds/schema.json. The folder is the setting NEWSCRAWL_SEEDS"
            " (-s NEWSCRAWL_SEEDS=folder). seeds/README.md explains every key; `scrapy probe URL` writes a first seed."
        )

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Do what the first argument says."""
        actions: dict[str, Callable[[list[str]], None]] = {
            "check": self._check,
            "list": self._list,
            "schema": self._schema,
        }
        if not 1 <= len(args) <= 2 or args[0] not in actions:
            raise UsageError("say what to do: check, list or schema")
        actions[args[0]](args[1:])

    def _check(self, patterns: list[str]) -> None:
        sources, faults = self._read(patterns)
        for fault in faults:
            errors.print(Text("error: ", style="bold red") + printable(fault, 1_000))
        good = f"{len(sources)} {'seed' if len(sources) == 1 else 'seeds'} can be used"
        if faults:
            console.print(f"{good}, {len(faults)} cannot")
            self.exitcode = EXIT_USAGE
        else:
            console.print(good)

    def _list(self, patterns: list[str]) -> None:
        sources, faults = self._read(patterns)
        out = table("source", "publisher", "languages", "zone", "channels")
        for source in sources:
            kinds = ", ".join(dict.fromkeys(channel.kind for channel in source.channels))
            row = (source.id, source.publisher, " ".join(source.in_language), source.timezone, kinds)
            out.add_row(*(printable(cell, 40) for cell in row))
        console.print(out)
        for fault in faults:
            errors.print(Text("error: ", style="bold red") + printable(fault, 1_000))
        if faults:
            self.exitcode = EXIT_USAGE

    def _schema(self, patterns: list[str]) -> None:
        if patterns:
            raise UsageError("schema takes no pattern")
        print(json.dumps(schema(), indent=2, ensure_ascii=False))  # not through rich, which would fold long lines

    def _read(self, patterns: list[str]) -> tuple[list[Source], list[SeedError]]:
        """(sources, faults) of the files that the pattern picks; no file at all is an error."""
        assert self.settings is not None
        sources: list[Source] = []
        faults: list[SeedError] = []
        try:
            paths = find(Path(self.settings["NEWSCRAWL_SEEDS"]), *patterns)
        except SeedError as error:
            fail(error)
        for path in paths:
            try:
                sources.append(load(path))
            except SeedError as error:
                faults.append(error)
        return sources, faults
