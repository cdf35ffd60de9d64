"""What a source's pages teach of how it prints times: a printed time beside the instant that markup states."""

from collections.abc import Iterable

from newscrawl.crawl import Crawl
from newscrawl.models import Article, Entry, Page, Source
from newscrawl.times import Habits, cached_s, observe


def learn_from_listing(crawl: Crawl, source: Source, page: Page, fresh: Iterable[Entry]) -> Habits:
    """What the source's habits are after the pairs of this listing: a printed time, and the instant its markup states.

    Each entry teaches once, when it is first seen, and a page out of a cache nothing.
    """
    known = learned = Habits.from_json(crawl.store.channels.habits(source.id))
    if cached_s(page.headers, page.fetched_at):
        return known
    for entry in fresh:
        stamp = entry.date_published
        if not entry.time_text or stamp is None or stamp.raw == entry.time_text:
            continue
        if stamp.kind == "instant" and stamp.zone == "stated":
            learned = observe(
                learned,
                entry.time_text,
                stamp.earliest,
                page.fetched_at,
                languages=source.in_language or ("en",),
                timezone=source.timezone,
            )
    if learned != known:
        crawl.store.channels.save_habits(source.id, learned.to_json())
    return learned


def learn_from_article(crawl: Crawl, article: Article, entry: Entry | None) -> None:
    """A listing's printed time beside the article's own instant: the source's way of printing times, once more seen."""
    stamp = article.date_published
    if entry is None or entry.time_text is None or entry.fetched_at is None or stamp is None:
        return
    if stamp.kind != "instant" or stamp.zone != "stated" or stamp.origin in ("listing", "visible"):
        return
    if "contradicted" in stamp.flags:
        return
    known = Habits.from_json(crawl.store.channels.habits(article.source_id))
    languages = (article.in_language,) if article.in_language else ("en",)
    learned = observe(known, entry.time_text, stamp.earliest, entry.fetched_at, languages=languages)
    if learned != known:
        crawl.store.channels.save_habits(article.source_id, learned.to_json())
