"""Fetch URLs through the transport, the guard and the redirects alone, without a store; prints one line of JSON.

`python -m tests.transport.probe ALLOWED [--unverified] URL…` → {url: [outcome, message, body bytes, flags, seconds]}
"""

import json
import sys
import time
from dataclasses import replace

import scrapy
from scrapy.crawler import CrawlerProcess

from newscrawl.crawl import Errand
from newscrawl.models import Channel, Source
from newscrawl.transport.outcomes import outcome_of_failure

SETTINGS = {
    "DOWNLOAD_HANDLERS": {
        "http": "newscrawl.transport.handler.BoundedHandler",
        "https": "newscrawl.transport.handler.BoundedHandler",
        "file": "newscrawl.transport.localfile.LocalFileHandler",
        "data": None,
        "ftp": None,
        "s3": None,
    },
    "DOWNLOADER_MIDDLEWARES": {
        "newscrawl.middlewares.guard.GuardMiddleware": 100,
        "newscrawl.middlewares.redirects.RedirectsMiddleware": 600,
        "scrapy.downloadermiddlewares.redirect.RedirectMiddleware": None,
        "scrapy.downloadermiddlewares.redirect.MetaRefreshMiddleware": None,
        "scrapy.downloadermiddlewares.httpcompression.HttpCompressionMiddleware": None,
        "scrapy.downloadermiddlewares.retry.RetryMiddleware": None,
    },
    "TWISTED_DNS_RESOLVER": "newscrawl.transport.resolver.PublicResolver",
    "REDIRECT_MAX_TIMES": 8,
    "URLLENGTH_LIMIT": 0,
    "CONCURRENT_REQUESTS": 16,
    "CONCURRENT_REQUESTS_PER_DOMAIN": 16,
    "DOWNLOAD_VERIFY_CERTIFICATES": True,
    "LOG_LEVEL": "ERROR",
    "TELNETCONSOLE_ENABLED": False,
}


class ProbeSpider(scrapy.Spider):
    name = "probe"

    def __init__(self, urls: list[str], ends: dict[str, list[object]], unverified: bool) -> None:
        super().__init__()
        self.urls, self.ends, self.unverified = urls, ends, unverified

    async def start(self):
        for url in self.urls:
            source = Source(id="zz_probe", publisher="Probe", url=url, country="zz", verify_tls=not self.unverified)
            errand = Errand(kind="article", source=replace(source, channels=(Channel(kind="listing", url=url),)))
            meta = {"newscrawl": errand, "asked": url, "at": time.monotonic()}
            yield scrapy.Request(url, self.take, errback=self.fail, dont_filter=True, meta=meta)

    def take(self, response):
        meta = response.meta
        took_s = time.monotonic() - meta["at"]
        self.ends[meta["asked"]] = ["ok", "", len(response.body), response.flags, took_s]

    def fail(self, failure):
        meta = failure.request.meta
        outcome, message = outcome_of_failure(failure)
        self.ends[meta["asked"]] = [outcome, message, None, [], time.monotonic() - meta["at"]]


def main(allowed: str, urls: list[str], *, unverified: bool) -> None:
    ends: dict[str, list[object]] = {}
    process = CrawlerProcess({**SETTINGS, "NEWSCRAWL_ALLOW_ADDRESSES": allowed})
    process.crawl(ProbeSpider, urls=urls, ends=ends, unverified=unverified)
    process.start()
    print(json.dumps(ends))


if __name__ == "__main__":
    main(sys.argv[1], [one for one in sys.argv[2:] if one != "--unverified"], unverified="--unverified" in sys.argv)
