"""What a person sees near the headline: headings, byline, times and the first lines."""

import re
from collections.abc import Iterable, Iterator, Sequence

from lxml import html

from newscrawl import limits
from newscrawl.extract.evidence import Candidate, gather
from newscrawl.markup import Document
from newscrawl.text import normal_form, squeeze

# One query, so that everything comes in document order; `contains` runs in libxml2, 20 times faster than a loop here.
_QUERY = (
    "//h1 | //h2 | //time | //*[@rel='author'] | //*[@pubdate]"
    " | //*[contains(@class,'yline') or contains(@class,'uthor') or contains(@class,'utor') or contains(@class,'uteur')"
    " or contains(@class,'riter') or contains(@class,'ontributor') or contains(@class,'edakt')"
    " or contains(@class,'date') or contains(@class,'Date') or contains(@class,'datum') or contains(@class,'Datum')"
    " or contains(@class,'ublish') or contains(@class,'time') or contains(@class,'Time')"
    " or contains(@class,'fecha') or contains(@class,'posted') or contains(@class,'data-')"
    " or contains(@id,'uthor') or contains(@id,'date') or contains(@id,'Date') or contains(@id,'yline')]"
    " | //a[contains(@href,'/author') or contains(@href,'/autor') or contains(@href,'/auteur') or contains(@href,'/by/')"
    " or contains(@href,'/people/') or contains(@href,'/contributor') or contains(@href,'/staff/')"
    " or contains(@href,'/profile') or contains(@href,'/redakt') or contains(@href,'/journalist')]"
)
_AUTHOR = re.compile(r"by-?line|author|autor|auteur|writer|contributor|redakt", re.IGNORECASE)
_AUTHOR_NAME = re.compile(r"(author|autor|auteur|byline|writer|contributor)[-_]*(name|link|title|fn)|fn|p-author", re.I)
_NOT_AUTHOR = re.compile(
    r"bio|avatar|image|photo|img|pic|about|social|follow|desc|more|authority|authoriz|box|date|time|role|job|card|count",
    re.I,
)
_AUTHOR_HREF = re.compile(
    r"/(?:authors?|autor(?:en|es|in)?|auteurs?|by|people|contributors?|staff|profiles?|redakt\w*|journalists?)/", re.I
)
_DATE = re.compile(r"date|datum|time|publish|fecha|posted|data-", re.IGNORECASE)
# Places that speak of other articles, of readers' comments, or of the site.
_ELSEWHERE_TAGS = frozenset({"nav", "aside", "footer", "form"})
_ELSEWHERE = re.compile(
    r"(?:^|[-_\s])(?:related|comments?|sidebar|footer|teasers?|recommend\w*|promo|newsletter|widget|nav|navbar|menu|"
    r"trending|popular|most-?read|read-?more|more-(?:news|stories|from)|also-?read|latest|recirc\w*|outbrain|taboola)"
    r"(?:$|[-_\s])",
    re.IGNORECASE,
)
_EVENTS_MAX = 400
_ANCESTORS_MAX = 40
_LINE_CHARS = 200
_NEAR_ELEMENTS = 120
_BLOCKS = frozenset(
    "p div h1 h2 h3 h4 h5 h6 li ul ol dl dd dt section article header figure td tr table main br".split()
)


class Visible:
    """The visible evidence of a page: candidates, and the heading they were found near."""

    def __init__(self, document: Document, about: Iterable[str] = ()) -> None:
        """`about`: what other readers call the page, to tell its heading from the site's."""
        self._names = [name for name in map(normal_form, about) if name]
        self._events: list[html.HtmlElement] = [
            element for element in document.root.xpath(_QUERY)[: 4 * _EVENTS_MAX] if isinstance(element.tag, str)
        ][:_EVENTS_MAX]
        self.heading = self._find_heading()

    def candidates(self) -> list[Candidate]:
        """Headings, bylines and dated elements, those after the page's heading first."""
        return gather([*self._headings(), *self._bylines(), *self._dates(), *self._near()])

    def _find_heading(self) -> html.HtmlElement | None:
        first = None
        for wanted in ("h1", "h2"):
            for element in self._events:
                if element.tag != wanted:
                    continue
                form = normal_form(element.text_content()[: limits.HEADLINE_CHARS])
                if len(form) > 3 and any(form in name or name in form for name in self._names):
                    return element
                if first is None and wanted == "h1" and form:
                    first = element
        return first

    def _headings(self) -> Iterator[tuple[str, object, str]]:
        if self.heading is not None:
            yield "headline", spaced_text(self.heading), f"visible:{self.heading.tag}"
        for element in self._events:
            if element.tag == "h1" and element is not self.heading:
                yield "headline", spaced_text(element), "visible:other h1"

    def _ordered(self) -> Sequence[html.HtmlElement]:
        """Events after the heading, then those before it, nearest first."""
        if self.heading is None:
            return self._events
        place = self._events.index(self.heading)
        return self._events[place + 1 :] + self._events[:place][::-1]

    def _bylines(self) -> Iterator[tuple[str, object, str]]:
        for element in self._ordered():
            label = _label_of(element)
            by_link = element.tag == "a" and (
                "author" in (element.get("rel") or "") or _AUTHOR_HREF.search(element.get("href") or "")
            )
            if not by_link and (not _AUTHOR.search(label) or _NOT_AUTHOR.search(label)):
                continue
            text = spaced_text(element)
            if not text or len(text) > _LINE_CHARS or _is_elsewhere(element):
                continue
            place = "author link" if by_link else "author name" if _AUTHOR_NAME.search(label) else "byline"
            yield "author", text, f"visible:{place}"

    def _dates(self) -> Iterator[tuple[str, object, str]]:
        for element in self._ordered():
            if element.tag in ("h1", "h2") or not (element.tag == "time" or _DATE.search(_label_of(element))):
                continue
            if _is_elsewhere(element):
                continue
            text = spaced_text(element)
            value = element.get("datetime") or element.get("data-datetime") or element.get("content")
            if value:
                yield "time_attribute", value, "visible:time element"
            if text and len(text) <= _LINE_CHARS:
                yield "time_text", text, "visible:time element" if element.tag == "time" else "visible:dated element"

    def _near(self) -> Iterator[tuple[str, object, str]]:
        if self.heading is None:
            return
        for line in lines_after(self.heading, _NEAR_ELEMENTS):
            yield "near", line, "visible:near the headline"
        for line in lines_before(self.heading):
            yield "near", line, "visible:above the headline"


def spaced_text(element: html.HtmlElement) -> str:
    """The element's text on one line, with a space between blocks; scripts and styles left out."""
    parts: list[str] = []
    _collect(element, parts, 0)
    return squeeze("".join(parts))[: limits.HEADLINE_CHARS]


def _collect(element: html.HtmlElement, parts: list[str], depth: int) -> None:
    if not isinstance(element.tag, str) or element.tag in ("script", "style", "noscript", "svg"):
        return
    if depth > 30 or len(parts) > 500:
        return
    block = element.tag in _BLOCKS
    if block:
        parts.append(" ")
    parts.append(element.text or "")
    for child in element:
        _collect(child, parts, depth + 1)
        parts.append(child.tail or "")
    if block:
        parts.append(" ")


def lines_after(heading: html.HtmlElement, elements_max: int) -> Iterator[str]:
    """Texts printed after `heading`, block by block, for at most `elements_max` elements."""
    count = 0
    element = heading
    line: list[str] = []
    while element is not None and count < elements_max:
        following = element.getnext()
        line.append(element.tail or "")
        while following is not None and count < elements_max:
            count += 1
            text = spaced_text(following) if isinstance(following.tag, str) else ""
            if following.tag in _BLOCKS or len(text) > _LINE_CHARS:
                yield from _flush(line)
                yield from _block_lines(following, text)
            else:
                line.append(text)
            line.append(following.tail or "")
            following = following.getnext()
        yield from _flush(line)
        element = element.getparent()
        count += 1


def _block_lines(block: html.HtmlElement, text: str) -> Iterator[str]:
    if len(text) <= _LINE_CHARS:
        if text:
            yield text
        return
    for count, inner in enumerate(block.iter("p", "span", "div", "time", "li", "td", "small", "em", "strong", "a")):
        if count > 60:
            return
        line = spaced_text(inner)
        if line and len(line) <= _LINE_CHARS:
            yield line


def lines_before(heading: html.HtmlElement) -> Iterator[str]:
    """Short texts printed just above `heading`, nearest first."""
    element = heading
    for _ in range(3):
        previous = element.getprevious()
        for _ in range(4):
            if previous is None:
                break
            text = spaced_text(previous) if isinstance(previous.tag, str) else ""
            if text and len(text) <= _LINE_CHARS:
                yield text
            previous = previous.getprevious()
        parent = element.getparent()
        if parent is None:
            return
        element = parent


def _flush(line: list[str]) -> Iterator[str]:
    text = squeeze(" ".join(line))
    line.clear()
    if text:
        yield text


def _label_of(element: html.HtmlElement) -> str:
    return f"{element.get('class') or ''} {element.get('id') or ''}"


def _is_elsewhere(element: html.HtmlElement) -> bool:
    for count, ancestor in enumerate(element.iterancestors()):
        if ancestor.tag in _ELSEWHERE_TAGS or (_ELSEWHERE.search(_label_of(ancestor)) and ancestor.tag != "body"):
            return ancestor.tag not in ("html", "main", "article")
        if count > _ANCESTORS_MAX:
            return True
    return False
