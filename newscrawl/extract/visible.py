"""What a person sees near the headline: headings, bylines, times and the lines around."""

import re
from collections.abc import Iterable, Iterator
from itertools import islice

from lxml import html

from newscrawl.extract.evidence import Candidate, gather
from newscrawl.extract.headline import likeness_of
from newscrawl.extract.labels import byline_kind_of, is_date, is_elsewhere, is_event, is_kicker, is_title, label_of
from newscrawl.extract.lines import LINE_CHARS, lines_after, lines_before, spaced_text
from newscrawl.markup import Document
from newscrawl.text import words

_AUTHOR_HREF = re.compile(
    r"/(?:authors?|autor(?:en|es|in)?|auteurs?|by|people|contributors?|staff|profiles?|redakt\w*|journalists?|reporters?)/."
)
"""On a lower-cased address."""
_ELSEWHERE_TAGS = frozenset({"nav", "aside", "footer", "form"})
_HOME = re.compile(r"^(?:https?:)?(?://[^/?#]+)?/?(?:(?:index|default)\.\w{2,5})?$", re.IGNORECASE)
_KEEPERS = frozenset({"html", "body", "main", "article"})
_EVENT_TAGS = frozenset({"h1", "h2", "time"})
_EVENTS_MAX = 600
_ANCESTORS_MAX = 40
_BYLINE_CHARS = 300
_BYLINES_MAX = 2
_BLOCK_LEVELS_MAX = 5
_SHARED_MIN = 0.6
_H1_BONUS = 0.1
_MINOR_MAX = 100
_MINOR_WORDS_MIN = 3


class Visible:
    """The visible evidence of one page, read around the heading that is the article's."""

    def __init__(self, document: Document, about: Iterable[str] = ()) -> None:
        """`about`: what other readers call the page, to tell its heading from the site's."""
        self._about = [set(words(name.casefold())) for name in about]
        self._root = document.root
        self._events = list(_events(document.root))
        self.heading = self._find_heading()
        # Kept as a list too: an element's identity lasts as long as something refers to it.
        self._above = list(self.heading.iterancestors()) if self.heading is not None else []
        place = self._events.index(self.heading) if self.heading in self._events else -1
        # What follows the heading, then what stands before it, nearest first.
        self._ordered = self._events[place + 1 :] + self._events[: max(place, 0)][::-1]

    def candidates(self) -> list[Candidate]:
        """Headings, bylines and dated elements, those nearest after the page's heading first."""
        return gather([*self._headings(), *self._bylines(), *self._dates()])

    def near(self) -> list[Candidate]:
        """The short lines between heading and text, then those just above the heading, then those past the text."""
        if self.heading is None:
            return []
        small = (
            ("near", spaced_text(item), "visible:in the heading") for item in self.heading.iterdescendants("small")
        )
        after = list(lines_after(self.heading))
        text = next((at for at, line in enumerate(after) if len(line) == LINE_CHARS), len(after))
        between = (("near", line, "visible:after the headline") for line in after[:text])
        before = (("near", line, "visible:above the headline") for line in lines_before(self.heading))
        # What stands past the first running text may be another article's.
        past = (("near", line, "visible:in the text") for line in after[text:])
        return gather([*small, *between, *before, *past])

    def _find_heading(self) -> html.HtmlElement | None:
        """The heading most like what the page calls itself, else the first h1 with a word of it, else the first h1."""
        best: tuple[float, html.HtmlElement] | None = None
        spare: tuple[bool, html.HtmlElement] | None = None
        for element in self._events:
            is_h1 = element.tag == "h1"
            if not is_h1 and element.tag != "h2" and not is_title(label_of(element)):
                continue
            own = set(words(heading_text(element).casefold()))
            if not own or (is_h1 and _is_logo(element)):
                continue
            shared = max((len(own & name) for name in self._about), default=0)
            if is_h1 and (spare is None or (shared > 1 and not spare[0])):
                spare = shared > 1, element
            if shared < (_SHARED_MIN * len(own) if is_h1 else max(3, len(own))):
                continue
            likeness = _likeness(own, self._about) + (_H1_BONUS if is_h1 else 0.0)
            if best is None or likeness > best[0]:
                best = (likeness, element)
        return best[1] if best else spare[1] if spare else self._minor_heading()

    def _minor_heading(self) -> html.HtmlElement | None:
        """A heading of lower rank that says nothing but what the page calls itself, where no higher one stands."""
        for element in islice(self._root.iter("h3", "h4"), _MINOR_MAX):
            own = set(words(heading_text(element).casefold()))
            if any(own == name or (len(own) >= _MINOR_WORDS_MIN and own < name) for name in self._about):
                return element
        return None

    def _headings(self) -> Iterator[tuple[str, object, str]]:
        if self.heading is not None:
            yield (
                "headline",
                heading_text(self.heading),
                f"visible:{self.heading.tag if self.heading.tag in ('h1', 'h2') else 'title element'}",
            )
            kicker = _kicker_in(self.heading)
            if kicker:
                yield "kicker", kicker, "visible:in the heading"
        for element in self._events:
            if element.tag == "h1" and element is not self.heading:
                yield "headline", heading_text(element), "visible:other h1"

    def _bylines(self) -> Iterator[tuple[str, object, str]]:
        """The byline nearest after the heading, then the next ones, each under an origin of its own."""
        taken: set[html.HtmlElement] = set()
        count = 0
        for element in self._ordered:
            kind = _byline_kind(element)
            if kind is None or element in taken or _is_elsewhere(element):
                continue
            block = _byline_block(element, self._above)
            hits = [item for item in block.iter() if isinstance(item.tag, str) and _byline_kind(item)]
            taken.update(hits)
            texts = _byline_texts(hits)
            if not texts:
                continue
            count += 1
            for text in texts:
                yield "author", text, f"visible:byline {count}"
            if count >= _BYLINES_MAX:
                return

    def _dates(self) -> Iterator[tuple[str, object, str]]:
        """Dated elements; one that stands beside the text counts where it is the only one of the page."""
        beside: dict[str, html.HtmlElement] = {}
        for element in self._ordered:
            if element.tag in ("h1", "h2") or not (element.tag == "time" or is_date(label_of(element))):
                continue
            value = element.get("datetime") or element.get("data-datetime") or element.get("content")
            if _is_elsewhere(element) or self._is_masthead(element):
                if value and element.tag == "time":
                    beside.setdefault(value, element)
                continue
            text = spaced_text(element)
            if value:
                yield "time_attribute", value, f"visible:time element ({text[:40]})"
            if text and len(text) <= LINE_CHARS:
                yield "time_text", text, "visible:time element" if element.tag == "time" else "visible:dated element"
        if len(beside) == 1:
            yield "time_beside", next(iter(beside)), "visible:time element beside the text"

    def _is_masthead(self, element: html.HtmlElement) -> bool:
        """Whether `element` stands in a header of the site, which prints the day of the visit."""
        for ancestor in element.iterancestors():
            if ancestor.tag in ("article", "main") or ancestor in self._above:
                return False
            if ancestor.tag == "header":
                return True
        return False


def _events(root: html.HtmlElement) -> Iterator[html.HtmlElement]:
    """Elements that may be a heading, a byline or a date, in document order.

    One loop that judges each distinct class once: six times faster than the same choice as one XPath.
    """
    count = 0
    for element in root.iter("*"):
        tag, label = element.tag, element.get("class") or element.get("id")
        if tag in _EVENT_TAGS or (label and is_event(label)) or (tag == "a" and _leads_to_author(element)):
            count += 1
            if count > _EVENTS_MAX:
                return
            yield element


def _leads_to_author(link: html.HtmlElement) -> bool:
    return "author" in link.get("rel", "") or bool(_AUTHOR_HREF.search(link.get("href", "").lower()))


def _byline_kind(element: html.HtmlElement) -> str | None:
    """`link`, `name` or `text`; None for what is no byline."""
    if element.tag == "a" and _leads_to_author(element):
        return "link"
    return None if element.tag in _KEEPERS else byline_kind_of(label_of(element))


def _byline_block(element: html.HtmlElement, above: list[html.HtmlElement]) -> html.HtmlElement:
    """The largest short block around a byline, below whatever holds the heading too: authors stand side by side."""
    block = element
    for count, ancestor in enumerate(element.iterancestors()):
        if count >= _BLOCK_LEVELS_MAX or ancestor.tag in _KEEPERS or ancestor in above or len(ancestor) > 30:
            break
        if len(spaced_text(ancestor)) > _BYLINE_CHARS:
            break
        block = ancestor
    return block


def _byline_texts(hits: list[html.HtmlElement]) -> list[str]:
    """The texts that name authors: of links if any, else of name elements, else of the innermost bylines."""
    for wanted in ("link", "name", "text"):
        found = [item for item in hits if _byline_kind(item) == wanted]
        inner = [
            item for item in found if not any(other is not item and item in other.iterancestors() for other in found)
        ]
        texts = [text for text in map(_labelled_text, inner) if text and len(text) <= LINE_CHARS]
        if texts:
            return texts
    return []


def _labelled_text(byline: html.HtmlElement) -> str:
    """The byline's text; a bare label ("Author:") with what stands beside it."""
    text, parent = spaced_text(byline), byline.getparent()
    return spaced_text(parent) if text.endswith(":") and parent is not None and parent.tag not in _KEEPERS else text


def heading_text(heading: html.HtmlElement) -> str:
    """The heading's text; a kicker in an element of its own is left out."""
    text = spaced_text(heading)
    if not len(heading):
        return text
    for small in heading.iterdescendants("small"):
        rest = text.removesuffix(spaced_text(small)).strip()
        text = rest or text
    kicker = _kicker_in(heading)
    if kicker and text.startswith(kicker) and len(text) > len(kicker):
        return text[len(kicker) :].strip(" :|-–—/•")
    return text


def _kicker_in(heading: html.HtmlElement) -> str | None:
    for element in heading.iterdescendants("span", "div", "small", "a", "strong", "p"):
        if is_kicker(label_of(element)):
            return spaced_text(element) or None
    return None


def _is_logo(heading: html.HtmlElement) -> bool:
    """Whether a heading is a link to the site's home page, and so the site's name."""
    hrefs = [(link.get("href") or "").strip() for link in heading.iterdescendants("a")]
    return any(href and _HOME.search(href) for href in hrefs)


def _likeness(own: set[str], names: list[set[str]]) -> float:
    """The mean over all names of the share of common words, 0 … 1."""
    return sum(likeness_of(own, name) for name in names) / max(1, len(names))


def _is_elsewhere(element: html.HtmlElement) -> bool:
    for count, ancestor in enumerate(element.iterancestors()):
        if ancestor.tag in _KEEPERS:
            continue
        if ancestor.tag == "footer" and ancestor.getparent() is not None and ancestor.getparent().tag == "article":
            continue
        if ancestor.tag in _ELSEWHERE_TAGS or is_elsewhere(label_of(ancestor)):
            return True
        if count > _ANCESTORS_MAX:
            return True
    return False
