import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.extract.agencies import agency_of
from newscrawl.extract.authors import read_names

CASES = tomllib.loads((Path(__file__).parents[1] / "cases" / "authors.toml").read_text(encoding="utf-8"))["line"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['raw'][:30]}-{case.get('where', 'stated')}")
def test_a_line_gives_its_people(case):
    names = read_names([case["raw"]], papers=["The Demo Herald", "herald"], where=case.get("where", "stated"))
    assert list(names.people) == case["people"], case["why"]
    assert names.credit == case.get("credit"), case["why"]


def test_people_keep_their_order_and_count_once():
    names = read_names(["Zoe Adams", "Ann Smith", "By ANN SMITH"])
    assert names.people == ("Zoe Adams", "Ann Smith")


def test_an_agency_is_known_by_any_of_its_names():
    assert agency_of("Agence France-Presse") == agency_of("afp") == "AFP"
    assert agency_of("Ann Smith") is None


@given(st.text(max_size=300))
def test_any_line_is_read(line):
    for where in ("stated", "printed", "running"):
        for name in read_names([line], where=where).people:
            assert name.strip() == name
            assert name
