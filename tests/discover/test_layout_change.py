"""A channel whose markup changes: records are kept, marked, and trusted again once two reads agree."""

import json

from newscrawl.models import Listing
from tests.discover import listing_pages as pages

_NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight")
TITLES = [f"The boats of quay {number} come home before the storm" for number in _NUMBERS]


def page(titles: list[str], item: str, heading: str) -> str:
    cards = "".join(
        f'<div class="{item}"><{heading}><a href="/news/{slug}">{title}</a></{heading}></div>'
        for title, slug in ((title, title.lower().replace(" ", "-")) for title in titles)
    )
    return pages.html_page(f"<section>{cards}</section>")


def unconfirmed(listing: Listing) -> list[str | None]:
    return [entry.headline for entry in listing.entries if entry.origins.get("record") == "unconfirmed"]


def warned(listing: Listing) -> bool:
    return any(code == "layout_changed" for code, _ in listing.warnings)


def test_the_wrapper_is_json() -> None:
    wrapper = pages.read(page(TITLES, "teaser", "h3"), "/").wrapper
    assert json.loads(json.dumps(wrapper)) == wrapper


def test_an_unchanged_layout_is_quiet() -> None:
    first = pages.read(page(TITLES[:6], "teaser", "h3"), "/")
    second = pages.read(page(TITLES[2:], "teaser", "h3"), "/", wrapper=first.wrapper)
    assert (unconfirmed(second), warned(second)) == ([], False)


def test_new_records_of_a_changed_layout_are_marked_and_known_ones_are_not() -> None:
    first = pages.read(page(TITLES[:6], "teaser", "h3"), "/")
    second = pages.read(page(TITLES[2:], "x9", "h2"), "/", wrapper=first.wrapper)
    assert [entry.headline for entry in second.entries] == TITLES[2:]
    assert unconfirmed(second) == TITLES[6:]
    assert [message[:54] for code, message in second.warnings if code == "layout_changed"] == [
        "the markup changed; 4 of 6 records are known from befo"
    ]


def test_two_reads_that_agree_are_trusted() -> None:
    first = pages.read(page(TITLES[:6], "teaser", "h3"), "/")
    second = pages.read(page(TITLES[1:7], "x9", "h2"), "/", wrapper=first.wrapper)
    third = pages.read(page(TITLES[2:], "x9", "h2"), "/", wrapper=second.wrapper)
    assert (unconfirmed(third), warned(third)) == ([], False)


def test_known_records_teach_the_markup_that_now_holds_them() -> None:
    first = pages.read(page(TITLES[:6], "teaser", "h3"), "/")
    html = page(TITLES[1:7], "x9", "p")
    scores = [pages.read(html, "/", wrapper=wrapper).entries[-1].score for wrapper in (None, first.wrapper)]
    assert scores[0] < scores[1]


def test_a_wrapper_of_another_form_is_left_out() -> None:
    listing = pages.read(
        page(TITLES, "teaser", "h3"), "/", wrapper={"known": 3, "markup": {"a": 1}, "shapes": [None, 5]}
    )
    assert [entry.headline for entry in listing.entries] == TITLES
    assert not warned(listing)
