"""100: what no article may be, whatever page it came from: endless, without words, or dated in no year of news."""

from dataclasses import replace
from datetime import timedelta

from scrapy.exceptions import DropItem

from newscrawl import limits
from newscrawl.models import Article, Timestamp

_CUTS = {
    "headline": limits.HEADLINE_CHARS,
    "alternative_headline": limits.HEADLINE_CHARS,
    "description": limits.DESCRIPTION_CHARS,
    "article_body": limits.BODY_CHARS,
    "publisher": limits.AUTHOR_CHARS,
    "credit": limits.AUTHOR_CHARS,
    "article_section": limits.AUTHOR_CHARS,
}


class ValidatePipeline:
    """Cuts over-long fields, takes impossible dates off (their text is kept), refuses what is not an article."""

    def process_item(self, item: Article) -> Article:
        """The article within its bounds. Raises DropItem (the message is an outcome code) when nothing is left."""
        if not (item.headline or "").strip() or not (item.article_body or "").strip():
            raise DropItem("no_text")
        values: dict[str, object] = {}
        cut = []
        for name, most in _CUTS.items():
            text = getattr(item, name)
            if text is not None and len(text) > most:
                values[name] = text[:most]
                cut.append(name)
        if cut:
            values["extra"] = {**item.extra, "cut": cut}
        values["authors"] = tuple(name[: limits.AUTHOR_CHARS] for name in item.authors[:50])
        values["keywords"] = tuple(word[: limits.AUTHOR_CHARS] for word in item.keywords[:100])
        published = item.date_published
        if published is not None and not _is_plausible(published, item):
            values |= {"date_published": None, "time_text": published.raw}
        if item.date_modified is not None and not _is_plausible(item.date_modified, item):
            values["date_modified"] = None
        return replace(item, **values)  # type: ignore[arg-type] # names and types are those of the table above


def _is_plausible(stamp: Timestamp, item: Article) -> bool:
    latest = item.fetched_at + timedelta(seconds=limits.FUTURE_S)
    return stamp.earliest.year >= limits.YEAR_MIN and stamp.earliest <= latest
