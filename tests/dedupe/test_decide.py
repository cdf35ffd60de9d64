from datetime import UTC, datetime, timedelta
from itertools import permutations

import pytest

from newscrawl.dedupe import Neighbour, decide, decide_by_text, fingerprint
from newscrawl.models import Article
from tests.dedupe.prose import SCRIPTS, at, make_article, make_body

TEMPLATE = (
    "Police in {0} report that a car was stopped at {1} on the ring road. The damage comes to about {2} euros. A driver"
    " aged {3} was taken home. Witnesses are asked to call the station under {4} or to come by. Any other station will"
    " take statements too. This report was written by a machine from a notice of the police, and nobody has edited it."
    " More reports from the region are found on our overview page, where you may also order our daily letter."
)


def neighbour(article: Article, match: str = "near", article_id: int = 1) -> Neighbour:
    fp = fingerprint(article)
    when = article.date_published
    return Neighbour(
        article_id=article_id,
        match=match,  # type: ignore[arg-type]  # one of Match
        url_key=fp.url_key,
        headline=article.headline,
        content_hash=fp.content_hash,
        body_hash=fp.body_hash,
        sketch=fp.sketch,
        word_count=fp.length,
        published_earliest=when.earliest if when else None,
        published_latest=when.latest if when else None,
    )


def decided(new: Article, *neighbours: Neighbour):
    return decide(new, fingerprint(new), neighbours)


def test_nothing_known_is_new():
    assert decided(make_article(make_body(1))).verdict == "new"


@pytest.mark.parametrize(
    ("old", "new", "verdict"),
    [
        (make_article(make_body(1)), make_article(make_body(1)), "same"),
        (make_article(make_body(1)), make_article(make_body(1), headline="Another headline"), "revision"),
        (make_article(make_body(1)), make_article(make_body(1) + "\n\nOne more line of text."), "revision"),
        (make_article(None), make_article(make_body(1)), "revision"),
        (make_article(make_body(1)), make_article(None), "same"),
        (make_article(make_body(1)), make_article("Please log in to read on."), "same"),
        (make_article(make_body(1)), make_article(make_body(2)), "revision"),
        (make_article(make_body(1)), make_article(make_body(1)[:300]), "revision"),
    ],
    ids=["same", "headline", "longer", "first text", "text gone", "login page", "address used again", "cut"],
)
def test_under_one_address(old, new, verdict):
    decision = decided(new, neighbour(old, "same_url"))
    assert (decision.verdict, decision.of) == (verdict, 1)


@pytest.mark.parametrize("script", SCRIPTS)
def test_copies_in_every_script(script):
    body = make_body(1, 400, script)
    old = neighbour(make_article(body, 1))
    assert decided(make_article(body, 2), old).similarity == 1.0
    for copy in (body[: len(body) // 2], body[len(body) // 8 :], body + "\n\n" + make_body(9, 80, script)):
        decision = decided(make_article(copy, 2), old)
        assert (decision.verdict, decision.of) == ("copy", 1), decision
    assert decided(make_article(make_body(2, 400, script), 2), old).verdict == "new"


def test_a_copy_says_whether_it_is_full_or_part():
    body = make_body(1, 400)
    assert "part of" in decided(make_article(body[:700], 2), neighbour(make_article(body, 1))).reason
    assert "contains" in decided(make_article(body, 2), neighbour(make_article(body[:700], 1))).reason
    assert "nearly" in decided(make_article(body[60:], 2), neighbour(make_article(body, 1))).reason
    other = body + " ñd"
    assert "all but a few words" in decided(make_article(other, 2), neighbour(make_article(body, 1))).reason


def test_the_text_alone_decides_wherever_it_stands():
    body = make_body(1)
    article, stored = make_article(body), neighbour(make_article(body), "same_url")
    assert decided(article, stored).verdict == "same"
    assert decide_by_text(article, fingerprint(article), [stored]).verdict == "copy"


def test_a_stored_text_is_a_copy_of_earlier_ones_and_linked_with_all():
    article = make_article(make_body(1), 5)
    others = [neighbour(make_article(make_body(1), number), article_id=number) for number in (3, 7)]
    found = decide_by_text(article, fingerprint(article), others, stored_as=5)
    assert (found.verdict, found.of, {link.article_id for link in found.links}) == ("copy", 3, {3, 7})
    alone = decide_by_text(article, fingerprint(article), others[1:], stored_as=5)
    assert (alone.verdict, alone.of, len(alone.links)) == ("new", None, 1)


def test_reports_from_one_template_stay_apart():
    one = make_article(TEMPLATE.format("Aburg", "10.23", 13_100, 82, "0813 18548"), 1)
    other = make_article(TEMPLATE.format("Bestadt", "17.42", 9_400, 67, "0720 87970"), 2)
    assert decided(other, neighbour(one)).verdict == "new"


def test_the_same_report_is_a_copy():
    one = make_article(TEMPLATE.format("Aburg", "10.23", 13_100, 82, "0813 18548"), 1)
    other = make_article("From our wire. " + TEMPLATE.format("Aburg", "10.23", 13_100, 82, "0813 18548"), 2)
    assert decided(other, neighbour(one)).verdict == "copy"


def test_published_days_apart_only_the_whole_text_counts():
    body = make_body(1)
    old = neighbour(make_article(body, 1, date_published=at(0)))
    cut = body[: len(body) // 2]
    assert decided(make_article(cut, 2, date_published=at(20)), old).verdict == "copy"
    assert decided(make_article(cut, 2, date_published=at(100)), old).verdict == "new"
    assert decided(make_article(body, 2, date_published=at(100)), old).verdict == "copy"


def test_a_notice_under_many_addresses_of_a_host_is_no_copy():
    notice = "Please switch off your blocker and reload this page. We keep our staff with what advertisers pay. " * 2
    pages = [make_article(notice, n, url=f"https://paper.example/{n}") for n in range(3)]
    stored = [neighbour(page, "same_body", n + 1) for n, page in enumerate(pages[:2])]
    assert decided(pages[2], *stored).verdict == "new"
    assert decided(make_article(notice, 9), stored[0]).verdict == "copy"


def test_a_short_text_is_a_copy_only_with_its_headline():
    one = neighbour(make_article("No report today.", 1, headline="Traffic"), "same_body")
    assert decided(make_article("No report today.", 2, headline="Weather"), one).verdict == "new"
    assert decided(make_article("No report today.", 2, headline="Traffic"), one).verdict == "copy"


def test_a_declared_address_counts_unless_the_text_there_is_another():
    home = neighbour(make_article(make_body(1), 1), "canonical")
    assert decided(make_article(make_body(1) + " More.", 2), home).verdict == "revision"
    assert decided(make_article(make_body(2), 2), home).verdict == "new"


def test_the_order_of_neighbours_makes_no_difference():
    body = make_body(1, 400)
    stored = [
        neighbour(make_article(body[:900], 1), article_id=1),
        neighbour(make_article(body[:1_500], 2), article_id=2),
        neighbour(make_article(body[200:], 3), article_id=3),
        neighbour(make_article(make_body(2), 4), article_id=4),
    ]
    new = make_article(body, 5)
    assert len({decided(new, *order) for order in permutations(stored)}) == 1


def test_the_clock_has_no_part_in_it():
    old, new = make_article(make_body(1), 1), make_article(make_body(1), 2)
    later = make_article(make_body(1), 2, fetched_at=datetime(2030, 1, 1, tzinfo=UTC) + timedelta(days=9))
    assert decided(new, neighbour(old)) == decided(later, neighbour(old))
