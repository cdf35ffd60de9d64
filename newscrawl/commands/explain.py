"""`scrapy explain URL`: every field's candidates, the winner, and why."""

import argparse
from typing import TYPE_CHECKING

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from newscrawl.console import console, fail, interval, printable
from newscrawl.errors import PageError
from newscrawl.look import look
from newscrawl.models import Timestamp

if TYPE_CHECKING:
    from newscrawl.extract import FieldExplanation

_SHOWN = 5
_VALUE_CHARS = 110


class Command(ScrapyCommand):
    """Fetches one page, reads it, and tells how every field was chosen."""

    requires_project = True

    def syntax(self) -> str:
        """What it takes."""
        return "<url>"

    def short_desc(self) -> str:
        """One line."""
        return "Tell how every field of an article is chosen from its page"

    def long_desc(self) -> str:
        """What `--help` says."""
        return (
            "Fetches the page (or takes a saved one: file:///…), and prints for each field the value chosen, where it"
            " stood, what disagreed with it, and all that was found. Nothing is stored."
        )

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Fetch, explain, print."""
        from newscrawl.extract import explain  # here: Scrapy imports every command at every start

        if len(args) != 1:
            raise UsageError
        assert self.crawler_process is not None
        found = look(self.crawler_process, [(args[0], "article")])
        if not found.pages:
            outcome, message = next(iter(found.failures.values()), ("internal_error", "nothing was fetched"))
            fail(f"{outcome}: {message} ({args[0]})", 3)
        try:
            told = explain(next(iter(found.pages.values())))
        except PageError as error:
            fail(error, 3)
        console.print(printable(told.url), style="bold")
        console.print(f"  {told.outcome} ", printable(told.reason or ""))
        for part in told.missed:
            console.print("  selector without a match: ", printable(part), style="red")
        for field in told.fields:
            _print(field)


def _print(field: "FieldExplanation") -> None:
    console.print(f"\n{field.field}", style="bold", end="  ")
    console.print(_shown(field.value), f" [{field.origin or 'nothing found'}]", markup=False)
    if field.others:
        console.print("  disagrees: ", printable(field.others, 2 * _VALUE_CHARS), style="yellow")
    for candidate in field.candidates[:_SHOWN]:
        console.print(f"  {candidate.origin}: ", _shown(candidate.value), style="dim", markup=False)
    if len(field.candidates) > _SHOWN:
        console.print(f"  and {len(field.candidates) - _SHOWN} more", style="dim")


def _shown(value: object) -> object:
    if isinstance(value, Timestamp):
        return printable(f"{interval(value)} from {value.raw!r}")
    return printable(", ".join(map(str, value)) if isinstance(value, tuple) else value, _VALUE_CHARS)
