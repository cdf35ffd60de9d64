"""An HTML page → its Listing: the links weighed, the cards read, the embedded data added."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from newscrawl import limits
from newscrawl.discover.dates import DateReader
from newscrawl.discover.listing.addresses import read_address
from newscrawl.discover.listing.cards import Card, Cards
from newscrawl.discover.listing.embedded import read_data_records
from newscrawl.discover.listing.fields import read_fields
from newscrawl.discover.listing.links import Candidate, collect
from newscrawl.discover.listing.memory import Memory, has_changed, is_confirmed, recall, remember, reweigh
from newscrawl.discover.listing.merge import Found, merge
from newscrawl.discover.listing.nodes import Node, Tree
from newscrawl.discover.listing.overrides import Overrides, overrides_of
from newscrawl.discover.listing.own import is_article
from newscrawl.discover.listing.paging import next_page
from newscrawl.discover.listing.score import weigh
from newscrawl.discover.listing.unlinked import UnlinkedCard, find_unlinked
from newscrawl.discover.listing.weights import MAIN_MIN, RECORD_MIN, RELATED_MIN, main_probability
from newscrawl.errors import DiscoverError
from newscrawl.markup import Document, parse
from newscrawl.models import Block, Channel, Entry, Listing, Page, Source
from newscrawl.times import Habits, read_label
from newscrawl.urls import absolute, card_url


@dataclass(slots=True)
class _Reading:
    """One page being read."""

    document: Document
    tree: Tree
    overrides: Overrides
    memory: Memory
    candidates: list[Candidate]
    records: list[Candidate]
    cards: Cards


def read_html(
    page: Page,
    *,
    source: Source,
    channel: Channel,
    wrapper: Mapping[str, Any] | None = None,
    habits: Habits | None = None,
    document: Document | None = None,
) -> Listing:
    """The records that an HTML page announces, in reading order.

    Raises DiscoverError: `empty_feed`; `override_missed` where a seed's selector or pattern leaves nothing.
    """
    document = document or parse(page)
    tree, memory = Tree(document), recall(wrapper)
    candidates, cut = collect(document, tree)
    overrides = overrides_of(document, tree, source, channel)
    reading = _weigh(document, tree, candidates, overrides, memory)
    changed = has_changed(reading.records, memory)
    found, own = _find(reading, changed)
    if not found:
        raise _empty(document.url, overrides)
    dates = DateReader(page=document.page, source=source, origin="listing", habits=habits, language=document.language)
    entries = tuple(_finish(one, place, channel, dates) for place, one in enumerate(found[: limits.ENTRIES]))
    return Listing(
        entries=entries,
        next_url=next_page(document, tree),
        warnings=(*_warnings(cut, entries, len(found), changed), *overrides.misses(), *dates.warnings),
        wrapper=remember(reading.records, memory),
        page_is_article=own,
        truncated=cut or len(found) > limits.ENTRIES,
    )


def _empty(url: str, overrides: Overrides) -> DiscoverError:
    misses = "; ".join(message for _, message in overrides.misses())
    return DiscoverError(
        url, misses or "no record of an article on this page", "override_missed" if misses else "empty_feed"
    )


def _weigh(
    document: Document, tree: Tree, candidates: list[Candidate], overrides: Overrides, memory: Memory
) -> _Reading:
    weigh(candidates, tree, document.url)
    reweigh(candidates, memory)
    records = [candidate for candidate in candidates if _is_record(candidate, overrides)]
    return _Reading(document, tree, overrides, memory, candidates, records, Cards(tree, records))


def _is_record(candidate: Candidate, overrides: Overrides) -> bool:
    wanted = overrides.wants(candidate.address.url)
    if wanted is None:
        return candidate.score >= RECORD_MIN
    return wanted and bool(candidate.best.headline)


def _find(reading: _Reading, changed: bool) -> tuple[list[Found], bool]:
    """All records of the page, and whether the page is itself an article."""
    own_address = read_address(reading.document.url)
    items = reading.overrides.items()
    linked = [(record, reading.cards.of_record(record)) for record in reading.records]
    # A front page may call itself an article and carry a column of text; it is a list all the same.
    is_front = own_address is not None and own_address.root
    own = not (items or is_front) and is_article(reading.document, reading.tree, {cards[0].node for _, cards in linked})
    if items:
        return list(_by_hand(reading, items)), False
    found = [_from_link(reading, record, cards, own, changed) for record, cards in linked]
    block: Block = "related" if own else "main"
    unlinked = (_from_unlinked(reading, card, block) for card in find_unlinked(reading.tree))
    found.extend(record for record in unlinked if reading.overrides.wants(record.url) is not False)
    data = [
        record
        for record in read_data_records(reading.document, reading.tree)
        if reading.overrides.wants(record.url) is not False
    ]
    return merge(found, data, own_key=own_address.key if own_address else "", block=block), own


def _by_hand(reading: _Reading, items: list[Node]) -> Iterator[Found]:
    """One record for each node that a seed's `item` selector names."""
    by_anchor = {anchor.node: candidate for candidate in reading.candidates for anchor in candidate.anchors}
    for item in items:
        inside = [by_anchor[link] for link in reading.tree.inside(item, "a") if link in by_anchor]
        wanted = [candidate for candidate in inside if reading.overrides.wants(candidate.address.url) is not False]
        if inside and not wanted:
            continue  # the seed's patterns refuse all it links to, so it is no card without a link
        record = max(wanted, key=lambda candidate: candidate.score, default=None)
        card = Card(reading.tree, item)
        headline = record.best.headline if record else ""
        fields = read_fields([card], None, headline=headline, is_label=False)
        fields = reading.overrides.correct(fields, item)
        if record is not None:
            yield Found(record.address.url, record.address.key, fields, "main")
        elif fields.headline:
            url = card_url(reading.document.url, fields.headline)
            yield Found(url, url, fields, "main")


def _from_link(reading: _Reading, record: Candidate, cards: list[Card], own: bool, changed: bool) -> Found:
    best = record.best
    offsite = record.address if record.features["offsite"] or record.features["offsite_list"] else None
    fields = read_fields(cards, reading.cards, headline=best.headline, is_label=best.from_attribute, offsite=offsite)
    if fields.publisher is None and record.features["offsite_list"]:
        fields.publisher, fields.origins["publisher"] = record.address.host, "link"
    fields = reading.overrides.correct(fields, cards[0].node)
    if changed and not is_confirmed(record, reading.memory):
        fields.origins["record"] = "unconfirmed"
    probability = main_probability(record.features)
    block: Block = "main" if probability >= MAIN_MIN else "widget"
    if own and probability >= RELATED_MIN:
        block = "related"
    return Found(record.address.url, record.address.key, fields, block, record.score)


def _from_unlinked(reading: _Reading, card: UnlinkedCard, block: Block) -> Found:
    own = Card(reading.tree, card.node)
    fields = read_fields([own], None, headline=card.headline, is_label=False)
    fields = reading.overrides.correct(fields, card.node)
    address = read_address(absolute(card.href, reading.document.base_url) or "") if card.href else None
    if address is not None:
        return Found(address.url, address.key, fields, block, RECORD_MIN)
    url = card_url(reading.document.url, fields.headline or card.headline)
    return Found(url, url, fields, block, RECORD_MIN)


def _finish(found: Found, position: int, channel: Channel, dates: DateReader) -> Entry:
    fields = found.fields
    stamp = dates.read(fields.time_attribute) or dates.read(fields.time_text)
    modified = bool(fields.time_text) and read_label(fields.time_text or "").role == "modified"
    return Entry(
        url=found.url,
        headline=fields.headline[: limits.HEADLINE_CHARS] if fields.headline else None,
        description=fields.description,
        article_body=fields.article_body,
        authors=fields.authors,
        publisher=fields.publisher,
        image_url=fields.image_url,
        position=position,
        score=round(found.score, 3),
        block=found.block,
        time_text=fields.time_text[: limits.DATE_TEXT_CHARS] if fields.time_text else None,
        date_published=None if modified else stamp,
        date_modified=stamp if modified else None,
        channel_url=channel.url,
        origins=fields.origins,
    )


def _warnings(cut: bool, entries: tuple[Entry, ...], found: int, changed: bool) -> Iterator[tuple[str, str]]:
    if cut:
        yield "link_limit", f"more than {limits.LINKS} links; the first were kept"
    if found > limits.ENTRIES:
        yield "entry_limit", f"{found} records, the first {limits.ENTRIES} kept"
    if changed:
        marked = sum(entry.origins.get("record") == "unconfirmed" for entry in entries)
        yield (
            "layout_changed",
            f"the markup changed; {len(entries) - marked} of {len(entries)} records are known from before, the others"
            " are marked unconfirmed until a second read agrees",
        )
