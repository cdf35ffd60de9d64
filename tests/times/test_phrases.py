from typing import Any

import pytest

from newscrawl.times import table
from newscrawl.times.ages import TIME_SINCE, TWO_UNITS, Age, age_bounds
from newscrawl.times.anybook import AnyBook
from newscrawl.times.normal import fold
from newscrawl.times.phrases import PhraseBook

ENTRIES: dict[str, dict[str, Any]] = {
    "aa": {
        "ages": {
            "h": {"x": ["# tor voor"]},
            "h~": {"x": ["# t"]},
            "d": {"x": ["# dan voor"]},
            "m": {"x": ["# min voor"]},
        }
    },
    "bb": {"ages": {"w~": {"x": ["# t"]}, "n": {"x": ["jetz"]}}, "spaced": ["dan"], "minus": True},
}
BOOKS = {language: PhraseBook(entry["ages"], language) for language, entry in ENTRIES.items()}


@pytest.fixture
def any_book() -> AnyBook:
    return AnyBook(ENTRIES.items(), BOOKS.__getitem__)


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("3 tor voor", Age("h", 3)),
        ("paper: 3 tor voor | desk", Age("h", 3)),
        ("2 dan, 3 tor voor", Age("h", 3, rest_s=172_800)),  # what the one language that has the words makes of it
        ("jetz", Age("n")),
        ("3 t", None),  # hours or weeks
        ("opinion", None),
        ("", None),
    ],
)
def test_a_text_of_unknown_language(any_book: AnyBook, text: str, age: Age | None) -> None:
    assert any_book.read(text) == age


def test_a_minus_tells_which_language_it_may_be(any_book: AnyBook) -> None:
    assert any_book.read("-3 t", "-3 t") == Age("w", 3, bare=True)
    assert any_book.read("3 t", "3 t") is None


def test_a_doubtful_phrase_is_known_as_one(any_book: AnyBook) -> None:
    assert any_book.is_doubtful("3 t")
    assert not any_book.is_doubtful("3 tor voor")


@pytest.mark.parametrize(
    ("raw", "minus", "to_come"),
    [
        ("-5 min", False, True),
        ("-5 min", True, False),
        ("+5 min", True, True),
        ("+ 5 min", False, True),
        ("5 min", True, False),
        ("−5", False, True),
    ],
)
def test_signs_are_the_languages_own(raw: str, minus: bool, to_come: bool) -> None:
    assert PhraseBook({}, minus=minus).is_to_come(raw, Age("m", 5)) is to_come


def test_only_django_writes_a_no_break_space_before_some_words() -> None:
    book = PhraseBook({}, spaced=["heures"])
    assert book.rule_of("5\xa0heures", Age("h", 5, bare=True)) is None
    assert book.rule_of("5\xa0jours", Age("d", 5, bare=True)) == TIME_SINCE
    assert book.rule_of("il y a 5\xa0jours", Age("d", 5)) == TWO_UNITS
    assert book.rule_of("5 jours", Age("d", 5, bare=True)) is None


@pytest.mark.parametrize(
    ("age", "rule", "bounds"),
    [
        (("h", 5, "="), None, (16_200, 19_800)),
        (("h", 5, "-"), None, (14_400, 18_000)),
        (("m", 1, "?"), None, (0, 119)),
        (("h", 1, "½"), "floor", (900, 3_600)),
        (("h", 5, ""), TIME_SINCE, (18_000, 18_059)),
        (("h", 5, ""), TWO_UNITS, (18_000, 21_599)),
        (("d", 5, ""), TIME_SINCE, (432_000, 435_599)),
    ],
)
def test_bounds(age: tuple[str, int, str], rule: str | None, bounds: tuple[float, float]) -> None:
    assert age_bounds(*age, rule) == bounds


def test_another_table_is_read_only_before_the_first_text() -> None:
    table.languages()
    with pytest.raises(RuntimeError):
        table.use({"aa": "{}"})


def test_every_language_reads_its_own_phrases() -> None:
    for language in ("en", "de", "fr", "ru", "ar", "hi", "zh", "ja", "tr", "fi"):
        book = table.phrase_book(language)
        for sources in (table.entry(language)["ages"].get("h") or {}).values():
            for phrase in sources:
                age = book.read(fold(phrase.replace("#", "5")))
                assert age is not None, (language, phrase)
                assert (age.unit, age.number) == ("h", 5), (language, phrase)
