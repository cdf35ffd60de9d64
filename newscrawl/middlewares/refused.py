"""How a middleware says no: one exception that carries the outcome to the spider's errback."""

from scrapy.exceptions import IgnoreRequest


class Unasked(IgnoreRequest):
    """The run ends before the request was sent: it has no outcome and stays due."""


class Refused(IgnoreRequest):
    """A request or its answer is not used; `outcome` is a code of `newscrawl.outcomes`."""

    def __init__(self, outcome: str, message: str = "", *, status: int | None = None) -> None:
        self.outcome, self.message, self.status = outcome, message, status
        super().__init__(f"{outcome}: {message}" if message else outcome)
