"""For `scrapy crawl monitor`: stays up for months, speaks little."""

from settings.base import *  # noqa: F403 - a profile starts from the base

CONCURRENT_REQUESTS = 32
LOG_LEVEL = "WARNING"
