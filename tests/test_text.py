import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newscrawl.text import count_words, is_unspaced, join_inline, normal_form, squeeze, words

LINK = object()
TEXTS = st.text(max_size=60)


def test_squeeze_leaves_one_line():
    assert squeeze(" two\u200b \n\t words\xa0here\ufeff ") == "two words here"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("“Flood” — it’s OVER…", '"flood" - its over...'),
        ("Café", "Cafe\u0301"),
        ("ＡＢＣ１２３", "abc123"),
        ("Straße", "STRASSE"),
        ("glued words", "gluedwords"),
        ("soft\xadhyphen", "softhyphen"),
        ("洪水，退了。", "洪水退了"),
    ],
)
def test_form_does_not_count(one, other):
    assert normal_form(one) == normal_form(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Café", "Cafe"), ("น้ำ", "นำ"), ("कि", "की"), ("3.5", "36"), ("洪水", "洪山")],
)
def test_letters_and_vowel_signs_count(one, other):
    assert normal_form(one) != normal_form(other)


@settings(deadline=None)
@given(TEXTS)
def test_normal_form_is_idempotent_and_blind_to_composition(text):
    assert normal_form(normal_form(text)) == normal_form(text)
    assert normal_form(unicodedata.normalize("NFD", text)) == normal_form(text)


@pytest.mark.parametrize(
    ("text", "count"),
    [("", 0), (None, 0), ("one, two three", 3), ("中文abc", 3), ("한국어 뉴스", 2), ("हिन्दी समाचार", 2), ("ไทย", 3)],
)
def test_words_of_any_script(text, count):
    assert count_words(text) == count
    assert len(words(text or "")) == count


def test_scripts_without_spaces():
    assert is_unspaced("洪水退了，NASA 说")
    assert is_unspaced("น้ำลดแล้ว")
    assert not is_unspaced("물이 빠졌다")
    assert not is_unspaced("The word 洪水 means flood")
    assert not is_unspaced("")


@pytest.mark.parametrize(
    ("parts", "whole"),
    [
        ([("develop advanced", None), ("AI", LINK), (" at home", None)], "develop advanced AI at home"),
        ([("using", None), ("artificial wit", LINK)], "using artificial wit"),
        ([("the ", None), ("Mayor", LINK), ("s met", None)], "the Mayors met"),
        ([("said ", None), ("Smith", LINK), ("’s aide", None)], "said Smith’s aide"),
        ([("T", None), ("he rest", LINK)], "The rest"),
        ([("un", None), ("believ", None), ("able", None)], "unbelievable"),
        ([("洪水", None), ("退了", LINK)], "洪水退了"),
        ([("و", None), ("لندن", LINK)], "ولندن"),
        ([("see ", None), ("page", LINK), ("", None), ("Two", None)], "see page Two"),
        ([], ""),
    ],
)
def test_words_glued_at_a_link_come_apart(parts, whole):
    assert join_inline(parts) == whole


@settings(deadline=None)
@given(st.lists(st.tuples(TEXTS, st.sampled_from([None, LINK]))))
def test_joining_only_adds_spaces(parts):
    assert join_inline(parts).replace(" ", "") == "".join(text for text, _ in parts).replace(" ", "")
