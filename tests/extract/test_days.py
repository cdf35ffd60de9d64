from datetime import date

import pytest

from newscrawl.extract.article import source_of
from newscrawl.extract.dates import DateReader, choose_dates
from newscrawl.extract.evidence import Candidate, Evidence
from newscrawl.models import Source
from tests.extract.pages import SOURCE, page

STATED = ("date_published", "2026-03-03T01:48:19Z", "schemaorg:NewsArticle.datePublished")
NOWHERE = source_of("https://herald.example/")
NEW_YORK = Source(id="us_x", publisher="X", url="https://x.example/", country="us", timezone="America/New_York")


def day_of(*candidates, near=(), source=NOWHERE):
    lines = [Candidate("near", text, "visible:after the headline") for text in near]
    evidence = Evidence((Candidate(*item) for item in candidates), lambda: lines)
    return choose_dates(evidence, DateReader(page(), source, ("en",), None)).day


def test_without_other_evidence_it_is_the_day_in_utc():
    assert day_of(STATED) == date(2026, 3, 3)


@pytest.mark.parametrize(
    ("raw", "day"),
    [
        ("2026-03-02T20:48:19-05:00", date(2026, 3, 2)),
        ("2026-03-03T20:48:19", date(2026, 3, 3)),
        ("2026-03-03", date(2026, 3, 3)),
    ],
)
def test_a_text_that_states_its_own_day_is_taken_at_its_word(raw, day):
    assert day_of(("date_published", raw, "schemaorg:NewsArticle.datePublished"), source=SOURCE) == day


def test_the_zone_of_the_source_is_known_best():
    assert day_of(STATED, source=NEW_YORK) == date(2026, 3, 2)


@pytest.mark.parametrize(
    "other",
    [
        ("time_attribute", "2026-03-02T20:48:19-05:00", "visible:time element"),
        ("time_attribute", "2026-03-02 20:48:19", "visible:time element"),
        ("date_published", "2026-03-02 20:48:19", "meta:sailthru.date"),
        ("date_published", "2026-03-02", "url:path"),
    ],
)
def test_the_same_instant_said_elsewhere_with_its_own_day(other):
    assert day_of(STATED, other) == date(2026, 3, 2)


@pytest.mark.parametrize(
    "other",
    [
        ("time_attribute", "2026-03-02T20:48:20-05:00", "visible:time element"),
        ("time_attribute", "2026-03-02 20:40:00", "visible:time element"),
        ("date_published", "2026-02-27", "url:path"),
        ("date_published", "2026-03-03", "url:path"),
    ],
)
def test_another_instant_says_nothing(other):
    assert day_of(STATED, other) == date(2026, 3, 3)


@pytest.mark.parametrize("line", ["March 2, 2026 at 8:48 p.m.", "2 March 2026", "Published 2 March 2026 20:48"])
def test_a_printed_day(line):
    assert day_of(STATED, near=[line]) == date(2026, 3, 2)


@pytest.mark.parametrize("line", ["Updated 2 March 2026", "2 March 2026 20:31", "4 March 2026 20:31"])
def test_a_printed_time_that_is_another(line):
    assert day_of(STATED, near=[line]) == date(2026, 3, 3)


def test_a_printed_day_may_be_that_of_the_change():
    changed = ("date_modified", "2026-03-04T08:00:00Z", "schemaorg:NewsArticle.dateModified")
    assert day_of(STATED, changed, near=["4 March 2026"]) == date(2026, 3, 3)


def test_midnight_where_the_paper_is():
    changed = ("date_modified", "2026-03-04T08:00:00Z", "schemaorg:NewsArticle.dateModified")
    midnight = ("date_published", "2026-03-03T23:00:00Z", "meta:article:published_time")
    assert day_of(midnight, changed, near=["4 March 2026"]) == date(2026, 3, 4)


def test_an_age_has_no_day():
    assert day_of(("time_text", "3 hours ago", "visible:time element")) is None
