"""`scrapy crawl feed`."""

from spiders.base import NewsSpider


class FeedSpider(NewsSpider):
    """RSS, Atom and JSON feeds."""

    name = "feed"
    kind = "feed"
