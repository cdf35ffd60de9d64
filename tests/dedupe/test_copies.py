from dataclasses import replace
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.agencies import AGENCIES
from newscrawl.dedupe.agencies import credited_to
from newscrawl.dedupe.copies import find_original, member_of, sets_of_copies, timeline
from tests.dedupe.prose import at, make_article

REUTERS = AGENCIES[0]
TEXT = "The river rose overnight and many people left their homes."


def member(number: int, text: str = TEXT, **fields):
    return member_of(number, make_article(text, number, **fields))


@given(st.lists(st.tuples(st.integers(1, 30), st.integers(1, 30)), max_size=40), st.randoms())
def test_sets_do_not_depend_on_the_order_of_links(links, rng):
    shuffled = [pair if rng.random() < 0.5 else pair[::-1] for pair in links]
    rng.shuffle(shuffled)
    assert sets_of_copies(shuffled) == sets_of_copies(links)


def test_links_join_into_sets():
    assert sets_of_copies([(3, 1), (5, 4), (1, 2)]) == [(1, 2, 3), (4, 5)]


@pytest.mark.parametrize(
    ("members", "original", "evidence"),
    [
        ([member(1, date_published=at(0)), member(2, date_published=at(1))], 1, "time"),
        ([member(1, date_published=at(0, 90)), member(2, date_published=at(1))], None, "unknown"),
        ([member(1), member(2, date_published=at(0))], None, "unknown"),
        ([member(1), member(2, TEXT + " " + TEXT)], None, "unknown"),
        ([member(1, TEXT + " The mayor …"), member(2, TEXT + " " + TEXT)], 2, "completeness"),
        ([member(1, is_accessible_for_free=False), member(2, TEXT + " " + TEXT)], 2, "completeness"),
        ([member(1, TEXT + " The …"), member(2, TEXT + " " + TEXT), member(3, TEXT * 3)], None, "unknown"),
        ([member(1, TEXT + " The …"), member(2, TEXT + " " + TEXT, credit="AFP")], None, "unknown"),
        ([member(1, canonical_url="https://paper2.example/news/2"), member(2)], 2, "canonical"),
        (
            [
                member(1, canonical_url="https://paper2.example/news/2"),
                member(2, canonical_url="https://paper1.example/news/1"),
            ],
            None,
            "unknown",
        ),
        ([member(1, credit="Reuters"), member(2, url="https://www.reuters.com/world/x")], 2, "credit"),
        ([member(1, credit="Reuters"), member(2, TEXT + "\n\n- Reuters")], None, "unknown"),
        ([member(1, credit="Reuters"), member(2)], None, "unknown"),
        (
            [
                member(1, credit="AFP", date_published=at(0)),
                member(2, date_published=at(1)),
                member(3, date_published=at(3)),
            ],
            None,
            "unknown",
        ),
        (
            [
                member(1, credit="AFP", date_published=at(2)),
                member(2, date_published=at(1)),
                member(3, date_published=at(3)),
            ],
            2,
            "time",
        ),
    ],
)
def test_the_original_by_evidence_in_any_order(members, original, evidence):
    for order in permutations(members):
        found = find_original(order)
        assert (found.article_id, found.evidence) == (original, evidence), found.reason


def test_being_first_says_nothing_of_texts_that_only_a_third_joins():
    first, second, both = (
        member(1, date_published=at(0)),
        member(2, date_published=at(1)),
        member(3, date_published=at(2)),
    )
    joined = [(3, 1, "whole"), (3, 2, "whole")]
    assert find_original([first, second, both], joined).evidence == "unknown"
    assert find_original([first, second, both], [*joined, (2, 1, "near")]).article_id == 1
    assert find_original([first, second, both], [(2, 1, "part"), (3, 2, "same")]).article_id == 1


def test_two_addresses_of_one_site_with_the_same_text_are_one_appearance():
    here, there = (member(1, url=f"https://paper1.example/news/1?box={box}", date_published=at(0)) for box in "ab")
    there = replace(there, article_id=3)
    later = member(2, date_published=at(2))
    same = [(3, 1, "same"), (2, 1, "same"), (3, 2, "same")]
    for order in permutations([here, there, later]):
        assert find_original(order, same).article_id == 1
        assert find_original(order, [(2, 1, "same"), (3, 2, "same")]).evidence == "unknown"
    assert (
        find_original([here, replace(there, published_latest=None, published_earliest=None)], same).article_id is None
    )


def test_a_timeline_puts_undated_members_last():
    late, early, undated = member(1, date_published=at(2)), member(2, date_published=at(1)), member(3)
    assert timeline([late, undated, early]) == [early, late, undated]


@pytest.mark.parametrize(
    ("body", "credit", "name"),
    [
        ("LONDON, May 4 (Reuters) - The river rose.", None, "Reuters"),
        ("LINZ (AP) — The river rose.", None, "AP"),
        ("新华社北京5月4日电 洪水退了。", None, "Xinhua"),
        ("The river rose.\n\n© AFP", None, "AFP"),
        ("The river rose.\n- Reuters", None, "Reuters"),
        ("The river rose.", "dpa/AFP", "dpa"),
        ("The river rose, as Reuters had reported on Monday.", None, None),
        ("The AP (Associated Press building) burned.", None, None),
        ("", None, None),
    ],
)
def test_credit_lines(body, credit, name):
    agency = credited_to(make_article(body, credit=credit))
    assert (agency.names[0] if agency else None) == name


def test_an_agency_credits_itself_on_its_own_page():
    own = member(2, "LONDON (Reuters) - " + TEXT, url="https://www.reuters.com/world/x")
    assert find_original([member(1, credit="Reuters"), own]).article_id == 2
    assert find_original([replace(own, site="other.example"), member(1, credit="Reuters")]).article_id is None
