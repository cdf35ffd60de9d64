"""file:// for the one address the user typed; never for what a page, feed, sitemap or redirect names."""

from pathlib import Path

from scrapy import Request
from scrapy.core.downloader.handlers.base import BaseDownloadHandler
from scrapy.http import Response
from scrapy.responsetypes import responsetypes
from scrapy.utils.asyncio import run_in_thread
from w3lib.url import file_uri_to_path

from newscrawl.transport.body import Bounds
from newscrawl.transport.outcomes import AnswerError


class LocalFileHandler(BaseDownloadHandler):
    """Reads a saved page. Raises AnswerError: `blocked_scheme`, `body_too_large`, `http_404`."""

    lazy = True

    async def download_request(self, request: Request) -> Response:
        """The file's bytes, where the request is the user's own."""
        errand = request.meta.get("newscrawl")
        if not getattr(errand, "user_url", False) or request.meta.get("redirect_times"):
            raise AnswerError("blocked_scheme", "only the user names files")
        path = Path(file_uri_to_path(request.url))
        size_max = Bounds.from_settings(self.crawler.settings, getattr(errand, "kind", None)).body_bytes
        try:
            body = await run_in_thread(_read, path, size_max)
        except OSError as error:
            raise AnswerError("http_404", f"{path}: {error.strerror}") from None
        if len(body) > size_max:
            raise AnswerError("body_too_large", f"{path} is more than {size_max} bytes")
        kind = responsetypes.from_args(filename=str(path), body=body)
        return kind(url=request.url, body=body)


def _read(path: Path, size_max: int) -> bytes:
    with path.open("rb") as file:
        return file.read(size_max + 1)
