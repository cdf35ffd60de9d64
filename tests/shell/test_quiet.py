"""Log lines: what a site wrote neither moves a terminal nor passes for a line of ours."""

import pytest

from newscrawl.extensions.quiet import SafeRecord


def message(name: str, text: str) -> str:
    return SafeRecord(name, 20, "x.py", 1, "new: %s", (text,), None).getMessage()


@pytest.mark.parametrize(
    "text",
    ["a\x1b[2Jb", "a\x07b", "a\x9b31mb", "a\u202eb", "a\u200bb", "a\u2028b", "a\ud800b", "a\x00b", "a\rb", "a\x7fb"],
)
def test_nothing_steers_a_terminal(text):
    for name in ("newscrawl.pipelines.store", "spiders.base", "scrapy.core.scraper"):
        told = message(name, text)
        assert told.isprintable()
        assert told.encode("utf-8").decode("utf-8") == told
        assert told.startswith("new: a")
        assert told.endswith("b")


def test_a_line_of_ours_is_one_line():
    assert message("newscrawl.pipelines.store", "a\n04:00:00 ERROR forged") == "new: a 04:00:00 ERROR forged"


def test_other_texts_keep_their_lines():
    assert message("scrapy.statscollectors", "{\n 1,\n 2}") == "new: {\n 1,\n 2}"
