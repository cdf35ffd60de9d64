"""What a card says: headline, time, publisher, summary, body, image; each only on evidence."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urljoin

from lxml import html

from newscrawl import limits
from newscrawl.discover.listing.addresses import Address, read_address
from newscrawl.discover.listing.cards import Card, Cards
from newscrawl.discover.listing.printed import find_time, is_time
from newscrawl.discover.listing.prose import HEADINGS, class_words, element_text, words_of
from newscrawl.discover.listing.vocabulary import NOT_TITLES, PUBLISHER_WORDS, TIME_WORDS, TITLE_WORDS
from newscrawl.text import normal_form

_TIME_ATTRIBUTES = (
    "datetime",
    "data-time",
    "data-timestamp",
    "data-datetime",
    "data-date",
    "data-published",
    "data-utime",
)
_PUBLISHER_WORDS_MAX = 6
_TIME_CHARS = 120
_BESIDE_MAX = 2
_AROUND_LEVELS = 5
_AROUND_CHARS = 20
_CALLED_CHARS = 40
_SUMMARY_WORDS_MIN = 6
_BODY_WORDS_MIN = 100
"""Below it a card's text is a summary, from it on the article itself."""


@dataclass(slots=True)
class Fields:
    """The parts of one record as printed; None: the card does not say."""

    headline: str | None = None
    time_text: str | None = None
    time_attribute: str | None = None
    """The machine-readable form of the same time, from an attribute."""
    authors: tuple[str, ...] = ()
    publisher: str | None = None
    description: str | None = None
    article_body: str | None = None
    image_url: str | None = None
    origins: dict[str, str] = field(default_factory=dict)


def read_fields(
    own: list[Card], cards: Cards | None, *, headline: str, is_label: bool, offsite: Address | None = None
) -> Fields:
    """All that a record's cards say, the one around its best link first.

    `headline` as its link gives it; `is_label`: from an attribute only. `offsite`: where the record leads, if to
    another site. `cards` None: there are no groups to take a date from.
    """
    found = Fields(headline=headline or None)
    if not headline or is_label:
        found.headline = _heading_of(own[0], headline) or found.headline
    for card in own:
        if found.time_text is None:
            _read_time(card, found)
    if found.time_text is None and cards is not None:
        found.time_text = next((date for card in own if (date := cards.date_heading(card))), None)
        found.origins |= {"time_text": "heading"} if found.time_text else {}
    for card in own:
        if found.publisher is None:
            _read_publisher(card, found, offsite)
    _read_text(own[0], found)
    found.image_url = next((url for card in own if (url := image_of(card.element, card.base_url))), None)
    return found


def _heading_of(card: Card, label: str) -> str | None:
    """The heading a card prints outside its link; where the link has a label, only one that shares its words."""
    for heading in card.element.iter(*HEADINGS):
        text = element_text(heading)
        if words_of(text) >= 2 and _agrees(text, label):
            return text
    for text, holder in card.pieces:
        if (
            class_words(holder) & TITLE_WORDS
            and words_of(text) >= 3
            and not NOT_TITLES.match(text)
            and _agrees(text, label)
        ):
            return text
    return None


def _agrees(text: str, label: str) -> bool:
    if not label:
        return True
    ours, theirs = normal_form(text), normal_form(label)
    return ours in theirs or theirs in ours or not theirs


def _read_time(card: Card, found: Fields) -> None:
    """The time of a card: marked as one, else printed alone, else within a longer text; inside first, then beside."""
    places = ([card.element], card.after, card.before)
    if any(_read_marked_time(element, found) for elements in places for element in elements):
        return
    texts = (card.pieces, card.beside(card.after), card.beside(card.before))
    for choose in (_alone, find_time):
        for group in texts:
            for text, _ in group:
                if text != found.headline and (time := choose(text)):
                    found.time_text, found.origins["time_text"] = time, "text"
                    return


def _alone(text: str) -> str | None:
    return text if is_time(text) else None


def _read_marked_time(element: html.HtmlElement, found: Fields) -> bool:
    """A time that the markup calls one: the time element, a time-like class, a machine-readable attribute."""
    for marked in element.iter():
        if isinstance(marked.tag, str) and (marked.tag == "time" or class_words(marked) & TIME_WORDS):
            printed = time_of(marked)
            if printed is not None:
                found.time_text, found.time_attribute = printed
                found.origins["time_text"] = "element"
                return True
    return False


def time_of(marked: html.HtmlElement) -> tuple[str, str | None] | None:
    """The time as an element marked as one prints it, and as its attribute has it; None: neither."""
    called = marked.tag == "time" or "datepublished" in class_words(marked)
    attribute = _time_attribute(marked)
    text = element_text(marked)
    printed = find_time(text) if len(text) <= _TIME_CHARS else None
    if printed is None and called and text and len(text) <= _CALLED_CHARS and any(map(str.isdigit, text)):
        printed = text
    if printed:
        return printed, attribute
    return (attribute, attribute) if attribute and called else None


def _time_attribute(element: html.HtmlElement) -> str | None:
    for name in (*_TIME_ATTRIBUTES, "content", "title"):
        value = (element.get(name) or "").strip()
        if value and any(map(str.isdigit, value)) and len(value) <= limits.DATE_TEXT_CHARS:
            return value
    return None


def _read_publisher(card: Card, found: Fields, offsite: Address | None) -> None:
    texts = [*card.pieces, *card.beside(card.after[:_BESIDE_MAX]), *card.beside(card.before[:_BESIDE_MAX])]
    short = [
        (text, holder) for text, holder in texts if words_of(text) <= _PUBLISHER_WORDS_MAX and text != found.headline
    ]
    names = {normal_form(text): text for text, _ in short if not text.startswith(("-", "–", "—"))}
    for text, _ in short:
        if text.startswith(("-", "–", "—")) and (name := names.get(normal_form(text))):
            found.publisher, found.origins["publisher"] = name, "repetition"
            return
    for text, holder in short:
        words = _words_around(holder, text)
        words |= _link_words(holder, offsite, card.base_url)
        if words & PUBLISHER_WORDS and not is_time(text) and words_of(text):
            found.publisher, found.origins["publisher"] = text.strip("()[]- "), "element"
            return


def _words_around(holder: html.HtmlElement, text: str) -> frozenset[str]:
    """The class words of a short text's element, and of those around it that hold hardly more."""
    words: frozenset[str] = frozenset()
    current: html.HtmlElement | None = holder
    for _ in range(_AROUND_LEVELS):
        if current is None or current.tag in ("figure", "figcaption"):
            break
        if current is not holder and sum(map(len, current.itertext())) > len(text) + _AROUND_CHARS:
            break
        words |= class_words(current)
        current = current.getparent()
    return frozenset() if "credit" in words else words


def _link_words(holder: html.HtmlElement, offsite: Address | None, base_url: str) -> frozenset[str]:
    """What the link around a short text says of it: "publisher" for the record's own site, else its path's words."""
    link: html.HtmlElement | None = holder
    for _ in range(3):
        if link is None or link.tag == "a":
            break
        link = link.getparent()
    if link is None or link.tag != "a" or offsite is None:
        return frozenset()
    try:
        address = read_address(urljoin(base_url, link.get("href") or ""))
    except ValueError:
        return frozenset()
    if address is None or address.key == offsite.key:
        return frozenset()
    if address.root and address.domain == offsite.domain:
        return frozenset(("publisher",))
    return frozenset(address.path.lower().split("/"))


def _read_text(card: Card, found: Fields) -> None:
    """The card's running text: a summary, or the whole body where it is as long as one."""
    paragraphs = []
    headline = normal_form(found.headline or "")
    for text, _ in [*card.pieces, *card.beside(card.after)]:
        if words_of(text) < _SUMMARY_WORDS_MIN or NOT_TITLES.match(text) or is_time(text):
            continue
        form = normal_form(text)
        if form and form != headline and form not in headline:
            paragraphs.append(text)
    paragraphs = list(dict.fromkeys(paragraphs))
    if not paragraphs:
        return
    if sum(map(words_of, paragraphs)) >= _BODY_WORDS_MIN and not paragraphs[-1].endswith(("…", "...", "[…]")):
        found.article_body = "\n\n".join(paragraphs)[: limits.BODY_CHARS]
        found.origins["article_body"] = "card"
    else:
        found.description = " ".join(paragraphs)[: limits.DESCRIPTION_CHARS]
        found.origins["description"] = "card"


def image_of(element: html.HtmlElement, base_url: str) -> str | None:
    """The address of the first image in `element`; None: there is none."""
    for source in _image_sources(element):
        if source and not source.startswith("data:"):
            try:
                return urljoin(base_url, source)
            except ValueError:
                continue
    return None


def _image_sources(element: html.HtmlElement) -> Iterator[str]:
    for image in element.iter("img"):
        for name in ("data-src", "data-original", "data-lazy-src", "src"):
            if value := (image.get(name) or "").strip():
                yield value
        if srcset := (image.get("srcset") or image.get("data-srcset") or "").strip():
            yield srcset.split(",")[0].split()[0]
