"""Feeds → entries: RSS 0.9x, 1.0 and 2.0, Atom, JSON Feed.

read_feed → xmlfeed.read_xml | jsonfeed.read_json → Record …, Hints      (strings as the feed has them)
          → entries.read_entry                    → Entry                (addresses, text, times)
"""

from newscrawl.discover.feed.read import read_feed

__all__ = ["read_feed"]
