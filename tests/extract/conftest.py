import pytest

from newscrawl.extract import article
from newscrawl.extract.body import Body


@pytest.fixture
def plain_body(monkeypatch):
    """The text is the page's paragraphs, so that tests of other fields depend on no judgement about blocks."""

    def read(document, *, headline=None, lines=(), captions=False):
        found = tuple(text for text in (p.text_content().strip() for p in document.root.iter("p")) if text)
        return Body("\n\n".join(found) or None, found, "trafilatura", 1.0)

    monkeypatch.setattr(article, "read_body", read)
