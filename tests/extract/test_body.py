"""What comes into a body, and what never does."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newscrawl import limits
from newscrawl.extract import extract_article
from newscrawl.extract.body import read_body
from newscrawl.markup import parse
from newscrawl.models import Page
from tests.extract.prose import FETCHED_AT, PARAGRAPHS, TITLE, document, page

SCRIPTS = {
    "ja": "港の委員会は月曜日、冬の前に新しい航路を開くと発表した。資金はまだ足りないが、町の人々は待ち続けている。",
    "zh": "港务委员会周一表示，新的渡轮航线将在冬季之前开通。虽然资金仍然紧张，镇上的居民依然愿意等待。",
    "ar": "قال مجلس الميناء يوم الاثنين إن خط العبّارات الجديد سيفتح قبل الشتاء، رغم أن المال قليل وأهل البلدة ينتظرون.",
    "hi": "बंदरगाह समिति ने सोमवार को कहा कि नई नौका सेवा सर्दियों से पहले शुरू होगी, हालांकि धन की कमी बनी हुई है।",
    "ta": "குளிர்காலத்திற்கு முன்பு புதிய படகு சேவை தொடங்கும் என்று துறைமுகக் குழு திங்களன்று தெரிவித்தது, ஆனால் நிதி குறைவு.",
}


def test_the_article_is_read_whole_and_in_order() -> None:
    body = read_body(document(page()))
    assert body.paragraphs == tuple(PARAGRAPHS)
    assert body.text == "\n\n".join(PARAGRAPHS)
    assert body.evidence == "blocks"
    assert 0.5 < body.score <= 1


def test_the_headline_is_left_out_wherever_it_stands() -> None:
    story = "".join(f"<p>{text}</p>" for text in (PARAGRAPHS[0], TITLE + ".", *PARAGRAPHS[1:]))
    assert f"{TITLE}." in read_body(document(page(story))).paragraphs
    assert read_body(document(page(story)), headline=TITLE).paragraphs == tuple(PARAGRAPHS)


def test_subheadings_lists_and_quotes_keep_their_place() -> None:
    story = [
        f"<p>{PARAGRAPHS[0]}</p>",
        "<h2>What the board will pay for</h2>",
        f"<p>{PARAGRAPHS[1]}</p>",
        "<ul><li>Two ferries with room for forty cars each, to be built in the town.</li>"
        "<li>A new ramp at the north quay, so that lorries need not turn round.</li></ul>",
        "<blockquote><p>“We have waited eleven years for this, and we can wait one more.”</p></blockquote>",
        f"<p>{PARAGRAPHS[2]}</p>",
    ]
    lines = read_body(document(page("".join(story)))).paragraphs
    wanted = [
        PARAGRAPHS[0],
        "What the board will pay for",
        "Two ferries",
        "A new ramp",
        "“We have waited",
        PARAGRAPHS[2],
    ]
    places = [next(i for i, line in enumerate(lines) if line.startswith(start)) for start in wanted]
    assert places == sorted(places)


def test_captions_are_read_where_asked_for_only() -> None:
    lead, quay, far = "The old boat at the pier", "The quay in March, seen from the wall", "The mayor on another day"
    figures = [f"<figure><img src='q.jpg'><figcaption>{text}</figcaption></figure>" for text in (lead, quay, far)]
    first, *rest = (f"<p>{text}</p>" for text in PARAGRAPHS)
    story = document(page(f"{figures[0]}{first}{figures[1]}{''.join(rest)}</div><aside>{figures[2]}</aside><div>"))
    assert read_body(story).paragraphs == tuple(PARAGRAPHS)
    wanted = (lead, PARAGRAPHS[0], quay, *PARAGRAPHS[1:])
    assert read_body(story, captions=True).paragraphs == wanted
    assert extract_article(story.page, captions=True).article_body == "\n\n".join(wanted)


@pytest.mark.parametrize(
    ("markup", "mark"),
    [
        ("<p>#harbour #NorthQuay</p>", "#harbour"),
        ('<div class="share-bar"><a href="#">Share on Facebook</a> <span>Copy link</span></div>', "Copy link"),
        ('<section id="comments"><h3>Comments</h3><p>No comments yet.</p></section>', "No comments"),
        ('<div class="cookie-banner"><p>We use cookies to make this site better for you.</p></div>', "cookies"),
        ('<div class="paywall"><p>Subscribe now to keep reading this story.</p></div>', "Subscribe"),
        (
            "<figure><img src='q.jpg'><figcaption>The quay in March, seen from the wall</figcaption></figure>",
            "in March",
        ),
        ("<p>&amp;w=3840&amp;q=100)</p>", "3840"),
        ("<p>https://img.example/quay-1200.jpg?w=900</p>", "quay-1200"),
        ("<nav><a href='/'>Home</a> <a href='/world'>The world today</a></nav>", "world"),
    ],
)
def test_what_is_not_the_article_stays_out(markup: str, mark: str) -> None:
    body = read_body(document(page(after=markup, inside=markup)))
    assert mark not in (body.text or "")
    assert set(PARAGRAPHS) <= set(body.paragraphs)


def test_lines_of_other_fields_and_a_signature_stay_out() -> None:
    inside = "<p>25 November 2026, 04:08</p>"
    body = read_body(document(page(inside=inside)), lines=["25 November 2026 | 04:08"])
    assert body.paragraphs == tuple(PARAGRAPHS)
    signed = document(page("".join(f"<p>{text}</p>" for text in PARAGRAPHS) + "<p><i>Ann Smith-Ruiz</i></p>"))
    assert read_body(signed).paragraphs == tuple(PARAGRAPHS)


def test_words_glued_at_a_link_are_separated_and_drop_caps_are_not() -> None:
    glued = '<p>The board wants advanced<a href="/ai">AI</a> for the <b>N</b>orth quay, it said again on Friday.</p>'
    text = read_body(document(page(inside=glued))).text or ""
    assert "advanced AI for the North quay" in text


def test_an_unclosed_button_does_not_swallow_the_article() -> None:
    assert read_body(document(page(before="<button>Menu"))).paragraphs == tuple(PARAGRAPHS)


@pytest.mark.parametrize("language", SCRIPTS)
def test_every_script_is_read(language: str) -> None:
    texts = [f"{n} {SCRIPTS[language]} {SCRIPTS[language]}" for n in range(1, 6)]
    body = read_body(document(page("".join(f"<p>{text}</p>" for text in texts), language=language)))
    assert body.paragraphs == tuple(texts)


def test_a_page_without_text_has_none() -> None:
    body = read_body(document("<html><body><div id='app'></div></body></html>"))
    assert body.text is None
    assert body.paragraphs == ()
    assert body.evidence == "none"


def test_the_shared_tree_is_left_as_it_was() -> None:
    shared = document(
        page(after="<aside><h2>Related</h2><p><a href='/x'>Another headline of some length</a></p></aside>")
    )
    before = shared.root.text_content()
    read_body(shared)
    assert shared.root.text_content() == before


def test_the_same_page_gives_the_same_body() -> None:
    assert read_body(document(page())) == read_body(document(page()))


TAGS = st.sampled_from(
    ["p", "div", "a href='/x'", "b", "br", "li", "table", "td", "button", "h1", "script", "span", "/p", "/div", "/a"]
)
MARKUP = st.lists(st.one_of(TAGS.map(lambda tag: f"<{tag}>"), st.text(max_size=30)), max_size=40).map("".join)


@settings(max_examples=60, deadline=None)
@given(MARKUP)
def test_any_markup_is_read_without_an_error(markup: str) -> None:
    body = read_body(parse(Page(url="http://x.example/", body=f"<p>.{markup}".encode(), fetched_at=FETCHED_AT)))
    assert (body.text is None) == (body.paragraphs == ())
    assert TITLE not in (body.text or "")


def test_of_a_text_past_all_bounds_the_beginning_is_kept() -> None:
    markup = f"<article><h1>{TITLE}</h1><p>{'ferry and bridge ' * (limits.BODY_CHARS // 12)}</p></article>"
    body = read_body(parse(Page(url="http://x.example/", body=markup.encode(), fetched_at=FETCHED_AT)))
    assert len(body.text or "") == limits.BODY_CHARS
