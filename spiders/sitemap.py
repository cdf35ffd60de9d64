"""`scrapy crawl sitemap`."""

from spiders.base import NewsSpider


class SitemapSpider(NewsSpider):
    """Sitemaps: news sitemaps, plain ones, indexes."""

    name = "sitemap"
    kind = "sitemap"
