"""The plain text of an aggregator's page → its own article, and the records it lists below.

A record is known by the shape of its head, never by words of a site: a short publisher line, a line that is a time,
the publisher once more ("- Mint"), then a headline and its text. Without that repetition a head counts only where
the text has several of them. All before the first head is the page's own article.
"""

from newscrawl.discover.plaintext.read import read_plaintext

__all__ = ["read_plaintext"]
