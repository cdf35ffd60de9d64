"""Page (+ Entry) → Article: equal readers gather evidence, one module chooses, and says why."""

from newscrawl.extract.article import article_from_entry, extract_article

__all__ = ["article_from_entry", "extract_article"]
