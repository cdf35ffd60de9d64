"""For the tests: loopback only, no waiting, reading in the crawl's own process."""

from settings.base import *  # noqa: F403 - a profile starts from the base

DOWNLOAD_DELAY = 0.0
AUTOTHROTTLE_ENABLED = False
CONCURRENT_REQUESTS_PER_DOMAIN = 4
NEWSCRAWL_PROBE_SHARE = 0.0  # no chance in a test
NEWSCRAWL_EXTRACT_WORKERS = 0
