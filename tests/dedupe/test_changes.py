import pytest

from newscrawl.dedupe import Change, classify_change
from tests.dedupe.prose import at, make_article, make_body

P1 = "The river rose by 3.2 metres overnight, and 140 people left their homes."
P2 = "“We have seen nothing like it in forty years,” the mayor told reporters."
P3 = "Schools in the lower town stay closed until the water has gone down again."
BODY = "\n\n".join((P1, P2, P3))


@pytest.mark.parametrize(
    ("new", "kinds"),
    [
        (BODY, ("trivial",)),
        (BODY.replace("“", '"').replace("”", '"').replace("\n\n", "\n"), ("trivial",)),
        ("Updated 14:05 CET\n\n" + BODY, ("trivial",)),
        ("Stand: 4. Mai 2025, 14.05 Uhr\n\n" + BODY, ("trivial",)),
        (BODY.replace("140", "165"), ("number",)),
        (BODY.replace("nothing like it", "much worse than this"), ("quote",)),
        (BODY.replace("gone down again", "fallen"), ("wording",)),
        (BODY + "\n\nThe army has sent two boats to help.", ("paragraph_added",)),
        ("\n\n".join((P1, P3)), ("paragraph_removed",)),
        (BODY + "\n\nCorrection: an earlier version gave a wrong height.", ("correction",)),
        (BODY.replace("140", "165") + "\n\nKorrektur: Die Zahl war falsch.", ("correction", "number")),
        ("Something else altogether stands here now.", ("replaced",)),
        (None, ("deletion",)),
        ("\n\n".join((P3, P1, P2)), ("trivial",)),
    ],
)
def test_what_changed_in_the_text(new, kinds):
    assert classify_change(make_article(BODY), make_article(new)).kinds == kinds


def test_a_paragraph_that_grows_is_the_same_one():
    old = make_article(f"{P1}\n\n{P3}")
    new = make_article(f"{P1} The 63 patients of the hospital were brought to the hills by bus.\n\n{P3}")
    assert classify_change(old, new) == Change(("wording",), "text added to 1 paragraph")
    assert classify_change(new, old) == Change(("wording",), "text cut from 1 paragraph")


def test_a_number_that_changes_in_a_paragraph_that_grows_is_told():
    new = P1.replace("140", "165") + " Nobody was hurt, as far as the police could say until noon."
    assert classify_change(make_article(f"{P1}\n\n{P3}"), make_article(f"{new}\n\n{P3}")).summary == "140 → 165"


def test_a_swapped_headline():
    change = classify_change(make_article(BODY, headline="River rises"), make_article(BODY, headline="River falls"))
    assert change.kinds == ("headline",)
    assert "River rises" in change.summary
    assert "River falls" in change.summary


def test_a_first_text_completes():
    assert classify_change(make_article(None), make_article(BODY)).kinds == ("completed",)


def test_a_paywall_closes_and_opens():
    whole = make_article(BODY, is_accessible_for_free=True)
    cut = make_article(P1, is_accessible_for_free=False)
    assert classify_change(whole, cut).kinds == ("paywall",)
    assert classify_change(cut, whole).kinds == ("paywall",)


def test_authors_and_dates():
    old = make_article(BODY, authors=("Ada Berg",), date_published=at(0))
    new = make_article(BODY, authors=("Ada Berg", "Ben Thal"), date_published=at(5))
    assert classify_change(old, new).kinds == ("authors", "date")
    assert classify_change(old, make_article(BODY)).is_trivial


def test_a_narrower_date_is_no_change():
    old, new = make_article(BODY, date_published=at(0, width_min=60)), make_article(BODY, date_published=at(0.5))
    assert classify_change(old, new).is_trivial


def test_long_texts_are_compared_in_time():
    long = make_body(1, 30_000)
    assert classify_change(make_article(long), make_article(make_body(2, 30_000))).kinds == ("replaced",)


def test_paragraphs_with_other_words_are_counted():
    old = f"{P1}\n\n{P3}"
    new = old.replace("overnight", "in one night").replace("gone down", "fallen")
    change = classify_change(make_article(old), make_article(new))
    assert (change.kinds, change.summary) == (("wording",), "words changed in 2 paragraphs")
