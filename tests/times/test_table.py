import unicodedata

import pytest

from newscrawl.times import table
from newscrawl.times.calendars import islamic, persian
from newscrawl.times.data.generate import TABLE, meaning_of, settle
from newscrawl.times.ages import Age
from newscrawl.times.normal import MARKS, fold, tokens
from newscrawl.times.phrases import PhraseBook


def test_table_is_small_and_wide() -> None:
    assert TABLE.stat().st_size < 150_000
    assert len(table.languages()) > 300


@pytest.mark.parametrize(
    "language",
    [
        "ar",
        "bg",
        "bn",
        "cs",
        "da",
        "de",
        "el",
        "en",
        "es",
        "et",
        "fa",
        "fi",
        "fr",
        "he",
        "hi",
        "hr",
        "hu",
        "id",
        "it",
        "ja",
        "ko",
        "lt",
        "lv",
        "ms",
        "nb",
        "nl",
    ],
)
def test_news_language_knows_hours_months_and_weekdays(language: str) -> None:
    book, words = table.phrase_book(language), table.word_book(language)
    assert any(age.unit == "h" for age in book.exact.values())
    codes = set(words.codes.values())
    assert {f"w{day}" for day in range(1, 8)} <= codes
    assert language in ("ja", "ko") or {f"m{month}" for month in range(1, 13)} <= codes


def test_grammar_reads_what_the_table_lacks() -> None:
    book = PhraseBook({"h": {"x": ["# stunden her", "# stunde her"]}, "m": {"x": ["# minuten her"]},
                       "d": {"x": ["# tage her"]}, "h~": {"x": ["# stunden"]}})  # fmt: skip
    assert book.read("3 tage 4 stunden her") == Age("h", 4, rest_s=259_200)
    assert book.read("3 std") is None
    assert book.read("5 minute her") == Age("m", 5)
    assert book.read("3 aepfel") is None


def test_rows_give_meanings() -> None:
    row = {"lib": "moment", "locale": "en", "form": "past"}
    assert meaning_of({**row, "text": "an hour ago", "age": 3600, "lo": 2670, "hi": 5369}) == "h1"
    assert meaning_of({**row, "text": "5 hours ago", "age": 18000, "lo": 16200, "hi": 19799}) == "h"
    assert (
        meaning_of({**row, "text": "almost 3 years ago", "age": 89_000_000, "lo": 86_745_600, "hi": 94_694_399}) == "y<"
    )
    assert meaning_of({**row, "form": "named", "text": "-2 d.", "age": 1, "lo": 138_600, "hi": 224_999}) is None
    assert meaning_of({**row, "text": "1 week, 2 days", "age": 777_600, "lo": 777_600, "hi": 863_999}) is None


def test_a_phrase_with_two_units_is_left_out() -> None:
    from collections import Counter

    assert settle(Counter({"m": 3, "M": 2})) is None
    assert settle(Counter({"m": 5, "M": 1})) == "m"
    assert settle(Counter({"Y": 1, "d1": 4})) == "Y"


@pytest.mark.parametrize(
    ("raw", "folded"),
    [("Il Y A", "il y a"), ("há 3 horas", "ha 3 horas"), ("٣ ساعات", "3 ساعات"), ("\u200e5\u200f", "5"),
     ("ＡＢ１", "ab1"),
     ("नवम्बर", "नवंबर"), ("3 o'clock", "3 oclock")],
)  # fmt: skip
def test_fold(raw: str, folded: str) -> None:
    assert fold(raw) == folded


def test_words_keep_their_marks_and_lose_inner_dots() -> None:
    assert tokens("मिनट 5 p.m. तक") == ["मिनट", "5", "pm", "तक"]


def test_marks_are_no_digits_and_no_separators() -> None:
    inside = [
        chr(code)
        for low, high in zip(MARKS[::3], MARKS[2::3], strict=False)
        if low < high
        for code in range(ord(low), min(ord(high), ord(low) + 400) + 1)
    ]
    assert not [sign for sign in inside if unicodedata.category(sign) in ("Nd", "Zs", "Cc")]


def test_other_calendars() -> None:
    assert persian(1404, 12, 23).isoformat() == "2026-03-14"
    assert islamic(1447, 9, 25).isoformat() == "2026-03-14"
    with pytest.raises(ValueError):
        persian(1404, 13, 1)
