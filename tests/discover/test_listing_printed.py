"""Printed times are found in texts of any language, and nothing else is."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newscrawl.discover.listing.printed import find_time, is_time

CASES = tomllib.loads((Path(__file__).parents[1] / "cases" / "printed_times.toml").read_text(encoding="utf-8"))["case"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["raw"])
def test_cases(case: dict[str, str]) -> None:
    assert (find_time(case["raw"]) or "") == case["expected"], case["why"]


@given(st.text(max_size=600))
@settings(max_examples=200, deadline=None)
def test_what_is_found_is_part_of_the_text(text: str) -> None:
    found = find_time(text)
    assert found is None or found in text


@given(
    st.lists(
        st.sampled_from(["²", "³1", "٣", "5", "2024", " ", ", ", "March", "may", "月", "ago", "y", "de"]), max_size=12
    )
)
@settings(max_examples=200, deadline=None)
def test_figures_of_any_script_are_no_error(parts: list[str]) -> None:
    text = "".join(parts)
    assert find_time(text) is None or len(find_time(text) or "") <= len(text)


@given(st.text(alphabet="0123456789:/-. agohurs月前", max_size=80))
@settings(max_examples=200, deadline=None)
def test_a_text_that_is_a_time_holds_one(text: str) -> None:
    assert not is_time(text) or find_time(text) is not None
