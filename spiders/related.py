"""`scrapy crawl related`."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from scrapy.http import Response
from scrapy.settings import BaseSettings

from newscrawl.crawl import Errand
from newscrawl.errors import PageError, SeedError
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

    async def unread(self, errand: Errand, response: Response, error: PageError) -> list[Any]:
        """An article that no related block follows is read all the same."""
        if error.outcome != "empty_feed":
            return await super().unread(errand, response, error)
        response.meta["newscrawl"] = replace(errand, kind="article", related_depth=0)
        return [found async for found in self.parse_article(response)]
