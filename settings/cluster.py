"""For several crawls on one database file: leases keep them apart, each takes fewer hosts at once."""

from settings.base import *  # noqa: F403 - a profile starts from the base

CONCURRENT_REQUESTS = 8
NEWSCRAWL_EXTRACT_WORKERS = 1
