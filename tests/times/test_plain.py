"""Whole dates read at once are read as the closer look reads them."""

from datetime import UTC, datetime

import pytest

from newscrawl.times.absolute import read_date
from newscrawl.times.normal import fold
from newscrawl.times.plain import read_plain
from newscrawl.times.reading import Site
from newscrawl.times.table import word_book

NOW = datetime(2026, 3, 15, 14, 30, tzinfo=UTC)
PLAIN = [
    ("en", "March 14, 2026"),
    ("en", "Sat, 14 March 2026, 6:03 p.m."),
    ("en", "Mar 14, 2026 at 12:05 am EST"),
    ("de", "14. März 2026 um 18:03 Uhr"),
    ("de", "14.03.2026 | 18.03 Uhr"),
    ("es", "14 de marzo de 2026 - 18:03"),
    ("fr", "14 mars 2026 à 18h03"),
    ("ja", "2026年3月14日 18:03"),
    ("ja", "2026/03/14"),
]
OTHER = [
    ("en", "March for peace, 2026"),
    ("en", "March 45, 2026"),
    ("en", "14 March"),
    ("en", "14 March 2026 18:03 draws thousands"),
    ("en", "March 14, 2026 6:75 pm"),
]


@pytest.mark.parametrize(("language", "raw"), PLAIN)
def test_a_plain_date_is_read_as_by_a_closer_look(language: str, raw: str) -> None:
    site, book = Site(NOW, language), word_book(language)
    found = read_plain(raw, fold(raw), site, book)
    assert found is not None
    assert found == read_date(raw, fold(raw), site, book)


@pytest.mark.parametrize(("language", "raw"), OTHER)
def test_what_is_no_plain_date_is_left_to_the_closer_look(language: str, raw: str) -> None:
    assert read_plain(raw, fold(raw), Site(NOW, language), word_book(language)) is None
