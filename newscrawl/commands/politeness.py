"""`scrapy politeness`: how we behaved towards each host, from the log of requests."""

import argparse

from scrapy.commands import ScrapyCommand

from newscrawl.console import console, fail, opened, printable, table
from newscrawl.middlewares.robots import product_token, read_rules
from newscrawl.store.manners import Manners, read_manners


class Command(ScrapyCommand):
    """Per host: requests, smallest gap, most at once, disallowed addresses asked for."""

    requires_project = True
    requires_crawler_process = False

    def syntax(self) -> str:
        """What it takes."""
        return "[host]"

    def short_desc(self) -> str:
        """One line."""
        return "Show per host how politely we asked: smallest gap, most at once, disallowed hits"

    def long_desc(self) -> str:
        """What `--help` says."""
        return (
            "Evidence from the request log in the database, not from the settings: for each host the number of"
            " requests, the smallest gap between two in one run, the most under way at once, and how many of the"
            " addresses asked for are forbidden to us by the robots.txt in force (must be 0). Exit status 3 when any"
            " was, 5 when there is no database."
        )

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Print the table and the verdict."""
        assert self.settings is not None
        token = product_token(self.settings["USER_AGENT"])
        out = table("host", "#requests", "#smallest gap", "#at once", "#asked to pause", "#disallowed hits")
        total = 0
        with opened(self.settings) as store:
            found = read_manners(store.connection, args[0] if args else None)
        if args and not found:
            fail(f"no request to {args[0]!r} is on record")
        for one in found:
            disallowed = disallowed_hits(one, token)
            total += disallowed
            gap = f"{one.gap_min_s:.2f} s" if one.gap_min_s is not None else "–"
            numbers = (str(one.requests), gap, str(one.at_once_max), str(one.rate_limited), str(disallowed))
            out.add_row(printable(one.host), *numbers)
        console.print(out)
        console.print(f"{len(found)} hosts, {total} disallowed hits")
        self.exitcode = 3 if total else 0


def disallowed_hits(manners: Manners, token: str) -> int:
    """How many of the addresses asked for the host's robots.txt, as last read, forbids to `token`."""
    if manners.robots_txt is None:
        return 0
    rules = read_rules(manners.robots_txt, token)
    return sum(not rules.can_fetch(url, token) for url in manners.urls)
