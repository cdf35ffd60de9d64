"""The plain text of an aggregator's page."""

import time
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newscrawl.discover.plaintext import read_plaintext
from newscrawl.errors import DiscoverError, PageError
from newscrawl.models import Entry, Listing, Page
from newscrawl.urls import card_url
from tests.discover.making import FETCHED_AT, channel, source

URL = "file:///tmp/page.txt"
HEADLINE = "Ferry line returns to the upper harbour after eleven years"
PARAGRAPHS = (
    "The first boat left the east quay at six in the morning with forty people on board.",
    "Until last spring the council had called the line too dear. A new pier, paid for by the port, changed the sum.",
    "'We missed the water,' said a teacher who had walked down from the hill with her class, 'and now it is back.'",
    "Boats will sail every half hour until the end of autumn.",
)
RECORDS = (
    (
        "Harbour Gazette",
        "an hour ago",
        "Port posts its best July since the new crane was built",
        "The port moved more goods in July than in any July before, its office said. The crane alone lifted a third.",
    ),
    (
        "Mint & Salt",
        "3 hours ago",
        "What the new pier means for 'Old Nell', the last wooden ferry",
        "Old Nell will carry school classes on Fridays. Her engine was rebuilt by four pensioners over two winters.",
    ),
    (
        "Hill.example",
        "2 days ago",
        "Bus riders ask for one ticket on land and water",
        "A petition with nine thousand names went to the council on Monday. It asks for a single ticket.",
    ),
)
FURNITURE = (
    "Hashtags\n#Ferry #Harbour,#Pier\nTry our new tools\nSee what they can do for you:\n"
    "Comments\nNo comments yet...\nRelated Articles"
)


def own(*paragraphs: str) -> str:
    return "&w=3840&q=100)\n" + "\n".join((HEADLINE, *(paragraphs or PARAGRAPHS), FURNITURE)) + "\n\n\n"


def records(*rows: tuple[str, str, str, str], dash: str = "- ", gap: str = "\n\n\n") -> str:
    return gap.join(f"{who}\n{when}\n{dash}{who}\n{title}\n{body}" for who, when, title, body in rows or RECORDS)


def read(text: str | bytes, *languages: str, url: str = URL) -> Listing:
    body = text.encode() if isinstance(text, str) else text
    page = Page(url=url, body=body, fetched_at=FETCHED_AT)
    return read_plaintext(page, source=source(*languages), channel=channel("listing"))


def rows(entries: tuple[Entry, ...]) -> list[tuple[str | None, ...]]:
    return [(entry.publisher, entry.time_text, entry.headline, entry.article_body) for entry in entries]


VARIANTS = {
    "as printed": own() + records(),
    "CRLF": (own() + records()).replace("\n", "\r\n"),
    "no blank lines": "\n".join(line for line in (own() + records()).splitlines() if line),
    "a blank line after each line": (own() + records()).replace("\n", "\n\n"),
    "indented": (own() + records()).replace("\n", "\n   "),
    "bullets": own() + records(dash="• "),
    "no bullets": own() + records(dash=""),
    "a byte order mark": "\ufeff" + own() + records(),
}


@pytest.mark.parametrize("text", VARIANTS.values(), ids=VARIANTS)
def test_own_article_and_records(text):
    article, *related = read(text).entries
    assert (article.url, article.position, article.block) == (URL, 0, "main")
    assert (article.headline, article.publisher, article.time_text) == (HEADLINE, None, None)
    assert article.article_body == "\n\n".join(PARAGRAPHS)
    assert rows(tuple(related)) == [(who, when, title, body) for who, when, title, body in RECORDS]
    assert [(entry.block, entry.position) for entry in related] == [("related", 1), ("related", 2), ("related", 3)]
    assert [entry.url for entry in related] == [card_url(URL, title) for _, _, title, _ in RECORDS]
    assert {entry.origins["publisher"] for entry in related} == {"repetition"}


def test_times_are_anchored_at_the_fetch():
    stamps = [entry.date_published for entry in read(own() + records()).entries[1:]]
    for stamp, age in zip(stamps, (timedelta(hours=1), timedelta(hours=3), timedelta(days=2)), strict=True):
        assert stamp is not None
        assert stamp.earliest <= FETCHED_AT - age <= stamp.latest
        assert (stamp.origin, stamp.kind) == ("listing", "relative")


@pytest.mark.parametrize("count", [1, 2, 7])
def test_any_number_of_records(count):
    many = tuple(
        (f"Paper {n}", f"{n + 2} hours ago", f"Story number {n} of the day", "It rained. " * 9) for n in range(count)
    )
    assert len(read(own() + records(*many)).entries) == 1 + count
    assert [entry.block for entry in read(records(*many)).entries] == ["main"] * count


@pytest.mark.parametrize(
    ("language", "times", "stop"),
    [
        ("de", ("vor einer Stunde", "vor 2 Tagen"), "."),
        ("fr", ("il y a une heure", "il y a 3 jours"), "."),
        ("es", ("hace 5 minutos", "hace un día"), "."),
        ("ru", ("час назад", "2 дня назад"), "."),
        ("ar", ("منذ ساعة", "منذ 3 ساعات"), "."),
        ("hi", ("1 घंटे पहले", "3 घंटे पहले"), "।"),
        ("zh", ("1小时前", "3天前"), "。"),
    ],
)
def test_other_languages_and_scripts(language, times, stop):
    wide = language == "zh"
    sentence = ("渡轮今天早上从东码头出发载着四十名乘客前往上港" if wide else "слово " * 14).strip() + stop
    title = "十一年后渡轮航线重返上港" if wide else "Слово и ещё четыре других слова"
    listed = (("Gazeta", times[0], f"{title} 1", sentence * 3), ("Новости", times[1], f"{title} 2", sentence * 2))
    text = "\n".join((title, sentence, sentence, "#a #b")) + "\n\n" + records(*listed)
    article, *related = read(text, language).entries
    assert article.headline == title
    assert article.article_body == f"{sentence}\n\n{sentence}"
    assert [entry.headline for entry in related] == [f"{title} 1", f"{title} 2"]
    assert [entry.time_text for entry in related] == list(times)


def test_heads_without_a_repetition_count_when_there_are_several():
    text = "\n\n".join(f"{who}\n{when}\n{title}\n{body}" for who, when, title, body in RECORDS)
    found = read(own() + text).entries[1:]
    assert rows(found) == [tuple(row) for row in RECORDS]
    assert {entry.origins["publisher"] for entry in found} == {"line"}


def test_heads_on_one_line_count_when_there_are_several():
    text = "\n\n".join(f"{who} · {when}\n{title}\n{body}" for who, when, title, body in RECORDS)
    assert rows(read(own() + text).entries[1:]) == [tuple(row) for row in RECORDS]


def test_one_time_below_one_name_is_no_list():
    text = f"{HEADLINE}\n\nAnn Bell\nan hour ago\n" + "\n".join(PARAGRAPHS)
    (article,) = read(text).entries
    assert (article.headline, article.time_text) == (HEADLINE, "an hour ago")
    assert article.date_published is not None
    assert article.article_body == "\n\n".join(PARAGRAPHS)


def test_a_dialogue_is_no_list():
    lines = ("Ann", "No, never", "- Ann", *PARAGRAPHS)
    (article,) = read("\n".join((HEADLINE, PARAGRAPHS[0], *lines))).entries
    assert "- Ann" in (article.article_body or "")


def test_a_record_without_a_text():
    who, when, title, _ = RECORDS[0]
    found = read(own() + f"{who}\n{when}\n- {who}\n{title}\n\n\n" + records(*RECORDS[1:])).entries
    assert rows(found)[1] == (who, when, title, None)
    assert len(found) == 4


def test_a_text_of_several_paragraphs_and_subheads():
    who, when, title, body = RECORDS[0]
    long = f"{body}\nA subhead\n{PARAGRAPHS[1]}\n{PARAGRAPHS[0]}\nRead more\nShare"
    entry = read(own() + records((who, when, title, long), RECORDS[1])).entries[1]
    assert entry.article_body == "\n\n".join((body, "A subhead", PARAGRAPHS[1], PARAGRAPHS[0]))


def test_a_time_that_cannot_be_read_keeps_its_text():
    who, _, title, body = RECORDS[0]
    found = read(own() + records((who, "-5 minutes ago", title, body), RECORDS[1]))
    assert (found.entries[1].time_text, found.entries[1].date_published) == ("-5 minutes ago", None)
    assert "bad_date" in [code for code, _ in found.warnings]


def test_one_headline_of_two_publishers_is_two_records():
    title, body = RECORDS[0][2:]
    twice = (("Paper A", "an hour ago", title, body), ("Paper B", "2 hours ago", title, body))
    urls = [entry.url for entry in read(records(*twice, twice[0])).entries]
    assert len(urls) == len(set(urls)) == 2


@pytest.mark.parametrize(
    "line",
    ["&w=3840&q=100)", "https://cdn.example/a.jpg?w=1", "/images/photo_2.webp", "?ref=home&x=1", "img/a.png)"],
)
def test_remnants_of_addresses_are_no_text(line):
    (article,) = read("\n".join((line, HEADLINE, PARAGRAPHS[0], line, PARAGRAPHS[1]))).entries
    assert article.headline == HEADLINE
    assert article.article_body == f"{PARAGRAPHS[0]}\n\n{PARAGRAPHS[1]}"


def test_a_menu_above_is_no_headline():
    text = "\n".join(("Home", "World", "Sign in", HEADLINE, "By Ann Bell", *PARAGRAPHS))
    assert read(text).entries[0].headline == HEADLINE


def test_an_own_article_with_a_head_like_the_records():
    who, when, title, _ = ("The Sheet", "4 hours ago", HEADLINE, "")
    text = f"{who}\n{when}\n- {who}\n{title}\n" + "\n".join(PARAGRAPHS) + f"\n{FURNITURE}\n\n\n" + records()
    article, *related = read(text).entries
    assert (article.url, article.block, article.headline, article.publisher) == (URL, "main", HEADLINE, who)
    assert article.article_body == "\n\n".join(PARAGRAPHS)
    assert [entry.block for entry in related] == ["related"] * 3


def test_buttons_below_every_record_make_none_of_them_the_pages_own():
    text = records(gap="\nRead more\nShare\n\n\n") + "\nRead more\nShare\n"
    assert {entry.block for entry in read(text).entries} == {"main"}


def test_a_summary_below_the_headline_is_no_headline():
    text = "\n".join(
        (HEADLINE, "Council, port and school agree on a line of boats, the first in many years", *PARAGRAPHS)
    )
    assert read(text).entries[0].headline == HEADLINE


def test_short_paragraphs_at_the_beginning_are_kept():
    article = read("\n".join(("Home", HEADLINE, "It was still dark.", *PARAGRAPHS))).entries[0]
    assert (article.article_body or "").startswith("It was still dark.\n\nThe first boat")


def test_an_own_fragment_is_replaced():
    assert read(records(), url="https://a.example/x#top").entries[0].url == card_url(
        "https://a.example/x", RECORDS[0][2]
    )


def test_too_many_records_are_cut():
    many = tuple((f"Paper {n}", "an hour ago", f"Story number {n} of the day", "It rained.") for n in range(1_100))
    found = read(records(*many))
    assert (len(found.entries), found.truncated) == (1_000, True)
    assert "entry_limit" in [code for code, _ in found.warnings]


@pytest.mark.parametrize("text", ["", "\n\n", "Home\nWorld\nSport", "#a #b", "&w=1&q=2"])
def test_nothing_is_loud(text):
    with pytest.raises(DiscoverError) as caught:
        read(text)
    assert caught.value.outcome == "empty_feed"


@pytest.mark.parametrize(
    "body",
    [
        b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\nstream\n" + bytes(range(256)) * 40,
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)) * 40,
        b"\x7fELF\x02\x01\x01" + b"\0" * 500,
    ],
)
def test_what_is_no_text_is_refused(body):
    with pytest.raises(DiscoverError) as caught:
        read(body)
    assert caught.value.outcome == "not_html"


def test_a_stray_control_character_is_no_reason():
    assert read(own() + records() + "\x07\x00").entries[0].headline == HEADLINE


@pytest.mark.parametrize(
    "text",
    ["a\n" * 200_000, "a\n- a\n" * 100_000, "x" * 5_000_000, "#" * 500_000, "?a" * 500_000, "12:00\n\n" * 100_000,
     "a · b\n" * 100_000, ". " * 500_000, '."' * 500_000],
    ids=range(9),
)  # fmt: skip
def test_time_is_bounded(text):
    """A generous bound: what is quadratic in these takes hours."""
    started = time.process_time()
    try:
        read(text)
    except PageError as error:
        assert error.outcome == "empty_feed"  # noqa: PT017 - a few of them do hold an article
    assert time.process_time() - started < 20


pieces = st.sampled_from(
    [
        *PARAGRAPHS,
        HEADLINE,
        "Mint",
        "- Mint",
        "an hour ago",
        "2026-07-28",
        "",
        "  ",
        "#a",
        "\x0b",
        "é",
        "\u2028",
        "…",
        "99:99",
    ]
)


@settings(max_examples=200, deadline=None)
@given(st.lists(pieces | st.text(max_size=12), max_size=30))
def test_lines_raise_nothing_but_page_errors(lines):
    try:
        listing = read("\n".join(lines).encode("utf-8", "replace"))
    except PageError:
        return
    assert listing.entries
    assert len({entry.url for entry in listing.entries}) == len(listing.entries)
