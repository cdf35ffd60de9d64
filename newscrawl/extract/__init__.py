"""Page (+ Entry) → Article: equal readers gather evidence, one module chooses, and says why.

Document → schemaorg, meta, visible, state, layout, merge.read_entry   candidates (field, value, origin)
         → choose (headline, authors, dates, …)                        one winner a field, and what disagreed
         → body                                                        the text
         → blocked, kind                                               or: no article, and what instead
"""

from newscrawl.extract.article import article_from_entry, extract_article
from newscrawl.extract.explain import FieldExplanation, PageExplanation, explain
from newscrawl.extract.merge import merge_entry

__all__ = [
    "FieldExplanation",
    "PageExplanation",
    "article_from_entry",
    "explain",
    "extract_article",
    "merge_entry",
]
