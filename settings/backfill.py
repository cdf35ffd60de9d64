"""For filling a database with the past: more in flight over many hosts, each host as gently as ever."""

from settings.base import *  # noqa: F403 - a profile starts from the base

CONCURRENT_REQUESTS = 64
DEPTH_PRIORITY = 1  # breadth first: every source gets its turn
