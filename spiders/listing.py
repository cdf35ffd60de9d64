"""`scrapy crawl listing`."""

from spiders.base import NewsSpider


class ListingSpider(NewsSpider):
    """Pages that announce articles: front pages, sections, related blocks; HTML or plain text."""

    name = "listing"
    kind = "listing"
