import pytest

from newscrawl.extract.evidence import Candidate, Evidence
from newscrawl.extract.language import choose_language, detect_language, tag_of
from tests.extract.pages import TEXT

ENGLISH = " ".join(TEXT)
GERMAN = "Die Fähre zur Insel kam am Montag wieder zu spät, weil die Ebbe früh einsetzte, sagte der Hafenmeister. " * 3


@pytest.mark.parametrize(
    ("declared", "tag"),
    [
        ("de", "de"),
        ("de_AT", "de-AT"),
        ("zh-hant-tw", "zh-Hant-TW"),
        ("en, de", "en"),
        ("und", None),
        ("", None),
        ("english", None),
        (None, None),
    ],
)
def test_declarations_in_their_usual_spelling(declared, tag):
    assert tag_of(declared) == tag


def test_the_declaration_counts():
    assert choose_language(Evidence(), "en-GB", ENGLISH) == ("en-GB", "html lang", "")


def test_the_text_counts_where_nothing_is_declared():
    assert choose_language(Evidence(), None, GERMAN)[:2] == ("de", "text")


def test_a_template_that_declares_the_wrong_language_is_overruled_and_kept():
    assert choose_language(Evidence(), "en", GERMAN) == ("de", "text", "html lang: en")


def test_a_second_declaration_that_agrees_with_the_text_is_preferred():
    evidence = Evidence([Candidate("in_language", "de_AT", "meta:og:locale")])
    assert choose_language(evidence, "en", GERMAN)[0] == "de-AT"


def test_a_short_text_tells_nothing():
    assert detect_language("Ja.") == (None, 0.0)
    assert choose_language(Evidence(), None, "Ja.") == (None, "", "")
