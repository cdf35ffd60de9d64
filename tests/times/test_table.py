import unicodedata
from typing import Any

import pytest

from newscrawl.times import table
from newscrawl.times.calendars import islamic, persian
from newscrawl.times.data.generate import TABLE, compile_table, meaning_of, settle, votes_of
from newscrawl.times.normal import MARKS, fold, tokens


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


def test_rows_give_meanings() -> None:
    row = {"lib": "moment", "locale": "en", "form": "past"}
    assert meaning_of({**row, "text": "an hour ago", "age": 3600, "lo": 2670, "hi": 5369}) == "h1"
    assert meaning_of({**row, "text": "5 hours ago", "age": 18000, "lo": 16200, "hi": 19799}) == "h"
    assert (
        meaning_of({**row, "text": "almost 3 years ago", "age": 89_000_000, "lo": 86_745_600, "hi": 94_694_399}) == "y<"
    )
    assert meaning_of({**row, "form": "named", "text": "-2 d.", "age": 1, "lo": 138_600, "hi": 224_999}) is None
    assert meaning_of({**row, "text": "1 week, 2 days", "age": 777_600, "lo": 777_600, "hi": 863_999}) is None


def test_over_a_year_is_told_without_a_number() -> None:
    row = {"lib": "date-fns", "locale": "en", "form": "past"}
    over = {**row, "text": "over a year ago", "age": 42_600_000, "lo": 39_312_000, "hi": 55_123_199}
    year = {**row, "text": "a year ago", "age": 31_556_952, "lo": 30_326_400, "hi": 31_622_399}
    assert (meaning_of(over), meaning_of(year)) == ("y1>", "y1")


def test_a_phrase_with_two_units_is_left_out() -> None:
    from collections import Counter

    assert settle(Counter({"m": 3, "M": 2})) is None
    assert settle(Counter({"m": 5, "M": 1})) == "m"
    assert settle(Counter({"Y": 1, "d1": 4})) == "Y"


def _compile(*rows: tuple[str, str, int, str]) -> dict[str, Any]:
    """The table of rows (library, text, age, form), each said for a quarter of its age longer."""
    made = [
        {"lib": lib, "locale": "xx", "text": text, "age": age, "lo": age, "hi": age * 5 // 4, "form": form}
        for lib, text, age, form in rows
    ]
    return compile_table(votes_of(made, {"xx": {"n3": ["tri"]}}))["xx"]


def test_number_words_become_numbers() -> None:
    assert _compile(("moment", "tri sati nazad", 10_800, "past"))["ages"] == {"h": {"m": ["# sati nazad"]}}


def test_the_table_knows_signs_spaces_and_words_of_times_to_come() -> None:
    found = _compile(
        ("cldr", "-3\xa0sati", 10_800, "past"),
        ("django", "3\xa0dana", 259_200, "bare"),
        ("cldr", "za 3 sati", -1, "future"),
    )
    assert (found["minus"], found["spaced"], found["ahead"]) == (True, ["sati"], ["za"])


def test_one_letter_is_months_only_where_nothing_speaks_for_minutes() -> None:
    months = ("cldr", "3 m", 7_889_238, "bare")
    assert "M~" in _compile(months)["ages"]
    assert _compile(months, ("moment", "3 sati", 10_800, "past"))["ages"].keys() == {"h"}
    assert _compile(months, ("carbon", "3 m", 180, "bare"))["ages"] == {}


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
