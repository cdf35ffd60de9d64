"""What a card says: headline, time, publisher, summary, body, image; each only on evidence."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

from newscrawl import limits
from newscrawl.discover.listing.addresses import Address
from newscrawl.discover.listing.cards import Card, Cards
from newscrawl.discover.listing.nodes import HEADING, NONE, TIME, Node, Tree
from newscrawl.discover.listing.printed import find_alone, find_time, is_time
from newscrawl.discover.listing.prose import words_of
from newscrawl.discover.listing.vocabulary import PUBLISHER_WORDS, is_no_title
from newscrawl.text import normal_form

_TIME_ATTRIBUTES = (
    "datetime",
    "data-time",
    "data-timestamp",
    "data-datetime",
    "data-date",
    "data-published",
    "data-utime",
    "content",
    "title",
)
_PUBLISHER_WORDS_MAX = 6
_TIME_CHARS = 120
_BESIDE_MAX = 2
_DASHES = ("-", "–", "—")
_AROUND_LEVELS = 5
_LINK_LEVELS = 3
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
    found.image_url = next((url for card in own if (url := image_of(card.tree, card.node))), None)
    return found


def _heading_of(card: Card, label: str) -> str | None:
    """The heading a card prints outside its link; where the link has a label, only one that shares its words."""
    tree = card.tree
    for heading in tree.inside(card.node, HEADING):
        text = tree.text(heading)
        if words_of(text) >= 2 and _agrees(text, label):
            return text
    for text, holder in tree.pieces(card.node):
        if tree.names[holder].title and words_of(text) >= 3 and not is_no_title(text) and _agrees(text, label):
            return text
    return None


def _agrees(text: str, label: str) -> bool:
    if not label:
        return True
    ours, theirs = normal_form(text), normal_form(label)
    return ours in theirs or theirs in ours or not theirs


def _read_time(card: Card, found: Fields) -> None:
    """The time of a card: marked as one, else printed alone, else within a longer text; inside first, then beside."""
    nodes = (card.node, *card.after, *card.before)
    if any(_read_marked_time(card.tree, node, found) for node in nodes):
        return
    texts = [text for text, _ in card.pieces(nodes) if text != found.headline]
    for choose in (find_alone, find_time):
        if time := next(filter(None, map(choose, texts)), None):
            found.time_text, found.origins["time_text"] = time, "text"
            return


def _read_marked_time(tree: Tree, node: Node, found: Fields) -> bool:
    """A time that the markup calls one: the time element, a time-like class, a machine-readable attribute."""
    for marked in tree.inside(node, TIME):
        printed = time_of(tree, marked)
        if printed is not None:
            found.time_text, found.time_attribute = printed
            found.origins["time_text"] = "element"
            return True
    return False


def time_of(tree: Tree, marked: Node) -> tuple[str, str | None] | None:
    """The time as a node marked as one prints it, and as its attribute has it; None: neither."""
    called = tree.tags[marked] == "time" or tree.names[marked].published
    attribute = _time_attribute(tree, marked)
    text = tree.text(marked)
    printed = find_time(text) if len(text) <= _TIME_CHARS else None
    if printed is None and called and text and len(text) <= _CALLED_CHARS and any(map(str.isdigit, text)):
        printed = text
    if printed:
        return printed, attribute
    return (attribute, attribute) if attribute and called else None


def _time_attribute(tree: Tree, node: Node) -> str | None:
    for name in _TIME_ATTRIBUTES:
        value = tree.get(node, name).strip()
        if value and any(map(str.isdigit, value)) and len(value) <= limits.DATE_TEXT_CHARS:
            return value
    return None


def _read_publisher(card: Card, found: Fields, offsite: Address | None) -> None:
    texts = card.pieces((card.node, *card.after[:_BESIDE_MAX], *card.before[:_BESIDE_MAX]))
    short = [
        (text, holder) for text, holder in texts if words_of(text) <= _PUBLISHER_WORDS_MAX and text != found.headline
    ]
    if repeated := _repeated_name([text for text, _ in short]):
        found.publisher, found.origins["publisher"] = repeated, "repetition"
        return
    for text, holder in short:
        if words_of(text) and _names_publisher(card.tree, holder, text, offsite) and not is_time(text):
            found.publisher, found.origins["publisher"] = text.strip("()[]- "), "element"
            return


def _repeated_name(texts: list[str]) -> str | None:
    """The X of "X" and "- X", where both are printed."""
    dashed = [text for text in texts if text.startswith(_DASHES)]
    if not dashed:
        return None
    names = {normal_form(text): text for text in texts if not text.startswith(_DASHES)}
    return next((names[form] for text in dashed if (form := normal_form(text)) in names), None)


def _names_publisher(tree: Tree, holder: Node, text: str, offsite: Address | None) -> bool:
    """Whether the markup around a short text says that it is a publisher."""
    said_by_link = _link_words(tree, holder, offsite)
    return not said_by_link.isdisjoint(PUBLISHER_WORDS) or _is_called_publisher(tree, holder, text)


def _is_called_publisher(tree: Tree, holder: Node, text: str) -> bool:
    """Whether the names of a short text's node say so, or of those around it that hold hardly more."""
    called = False
    current = holder
    for _ in range(_AROUND_LEVELS):
        if current == NONE or tree.tags[current] in ("figure", "figcaption"):
            break
        if current != holder and tree.chars(current) > len(text) + _AROUND_CHARS:
            break
        names = tree.names[current]
        if names.credit:
            return False
        called = called or names.publisher
        current = tree.parents[current]
    return called


def _link_words(tree: Tree, holder: Node, offsite: Address | None) -> frozenset[str]:
    """What the link around a short text says of it: "publisher" for the record's own site, else its path's words."""
    if offsite is None:
        return frozenset()
    near = (holder, *islice(tree.above(holder), _LINK_LEVELS))
    link = next((node for node in near if tree.tags[node] == "a"), None)
    if link is None:
        return frozenset()
    address = tree.base.read(tree.get(link, "href").strip())
    if address is None or address.key == offsite.key:
        return frozenset()
    if address.root and address.domain == offsite.domain:
        return frozenset(("publisher",))
    return frozenset(address.path.lower().split("/"))


def _read_text(card: Card, found: Fields) -> None:
    """The card's running text: a summary, or the whole body where it is as long as one."""
    long = [
        text
        for text, _ in card.pieces((card.node, *card.after))
        if words_of(text) >= _SUMMARY_WORDS_MIN and not is_no_title(text) and not is_time(text)
    ]
    headline = normal_form(found.headline or "") if long else ""
    paragraphs = [text for text in dict.fromkeys(long) if (form := normal_form(text)) and form not in headline]
    if not paragraphs:
        return
    if sum(map(words_of, paragraphs)) >= _BODY_WORDS_MIN and not paragraphs[-1].endswith(("…", "...", "[…]")):
        found.article_body = "\n\n".join(paragraphs)[: limits.BODY_CHARS]
        found.origins["article_body"] = "card"
    else:
        found.description = " ".join(paragraphs)[: limits.DESCRIPTION_CHARS]
        found.origins["description"] = "card"


def image_of(tree: Tree, node: Node) -> str | None:
    """The address of the first image in `node`; None: there is none."""
    for source in _image_sources(tree, node):
        if not source.startswith("data:") and (url := tree.base.join(source)):
            return url
    return None


def _image_sources(tree: Tree, node: Node) -> Iterator[str]:
    for image in tree.inside(node, "img"):
        for name in ("data-src", "data-original", "data-lazy-src", "src"):
            if value := tree.get(image, name).strip():
                yield value
        if srcset := (tree.get(image, "srcset") or tree.get(image, "data-srcset")).strip():
            yield srcset.split(",")[0].split()[0]
