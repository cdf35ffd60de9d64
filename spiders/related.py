"""`scrapy crawl related`."""

from collections.abc import Mapping
from dataclasses import replace

from scrapy.settings import BaseSettings

from newscrawl.errors import SeedError
from spiders.arguments import Plan, read_plan
from spiders.base import NewsSpider


class RelatedSpider(NewsSpider):
    """An article and what its related block leads to, as a reader would go on: -a url=ARTICLE -a depth=N."""

    name = "related"
    kind = "listing"

    @classmethod
    def read_plan(cls, settings: BaseSettings, given: Mapping[str, str]) -> Plan:
        """As any spider's, with a URL that must be there and a depth of at least 1."""
        if "url" not in given:
            raise SeedError("argument", "url", "missing; name the article to start from: -a url=…")
        plan = read_plan(settings, given, kind=cls.kind)
        return replace(plan, depth=max(1, plan.depth))
