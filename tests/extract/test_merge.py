from dataclasses import replace
from datetime import UTC, datetime

import pytest

from newscrawl.extract import extract_article, merge_entry
from newscrawl.models import Entry, Timestamp
from tests.extract.pages import SOURCE, URL, page

pytestmark = pytest.mark.usefixtures("plain_body")


def at(first, last=None, **more):
    hours = [datetime(2026, 3, 3, hour, tzinfo=UTC) for hour in (first, last or first)]
    return Timestamp(earliest=hours[0], latest=hours[1], raw="x", origin="listing", **more)


def article(published=None, modified=None):
    return replace(extract_article(page(), source=SOURCE), date_published=published, date_modified=modified)


def test_agreement_narrows():
    merged = merge_entry(article(at(0, 23)), Entry(url=URL, date_published=at(9, 11)))
    assert (merged.date_published.earliest.hour, merged.date_published.latest.hour) == (9, 11)
    assert "contradicted" not in merged.date_published.flags


def test_contradiction_is_recorded_and_the_pages_word_stays():
    merged = merge_entry(article(at(5)), Entry(url=URL, date_published=at(9, 11)))
    assert merged.date_published.earliest.hour == merged.date_published.latest.hour == 5
    assert "contradicted" in merged.date_published.flags
    assert merged.origins["date_published.other"] == "entry:listing: x"


def test_a_listing_that_prints_the_last_change_contradicts_nothing():
    merged = merge_entry(article(at(5), modified=at(10)), Entry(url=URL, date_published=at(9, 11)))
    assert merged.date_published == at(5)
    assert merged.origins["date_published.other"] == "entry:listing: x"


def test_absence_is_filled():
    merged = merge_entry(article(), Entry(url=URL, date_published=at(9), channel_url="https://herald.example/"))
    assert merged.date_published == at(9)
    assert merged.origins["date_published"] == "entry:listing"
    assert merged.channel_url == "https://herald.example/"


def test_a_time_nobody_could_read_is_kept():
    assert merge_entry(article(), Entry(url=URL, time_text="the other day")).time_text == "the other day"


def test_the_listings_words_fill_what_the_page_does_not_say():
    entry = Entry(
        url=URL, headline="Ferry", description="Low tide.", authors=("Ann Smith",), image_url="https://x.example/a.jpg"
    )
    read = extract_article(page("", "<p>" + "word " * 40 + "</p>"), source=SOURCE, entry=entry)
    assert (read.headline, read.description, read.authors) == ("Ferry", "Low tide.", ("Ann Smith",))
    assert read.image_url == "https://x.example/a.jpg"
