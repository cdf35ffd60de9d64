import tomllib
from pathlib import Path

import pytest

from newscrawl.extract.evidence import Candidate, Evidence
from newscrawl.extract.headline import choose_headline, strip_site

CASES = tomllib.loads((Path(__file__).parents[1] / "cases" / "headlines.toml").read_text(encoding="utf-8"))["page"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["why"])
def test_the_headline_stands_alone(case):
    evidence = Evidence(Candidate("headline", text, origin) for origin, text in case["forms"])
    chosen = choose_headline(evidence, ["The Demo Herald", "Demo Herald", "herald.example", "herald"])
    assert (chosen and chosen.text) == case.get("headline")
    assert (chosen and chosen.kicker) == case.get("kicker")


def test_what_disagreed_is_kept():
    evidence = Evidence(
        [Candidate("headline", "Late ferry", "visible:h1"), Candidate("headline", "Late boat", "meta:og:title")]
    )
    chosen = choose_headline(evidence, [])
    assert chosen.text == "Late ferry"
    assert chosen.others == ("meta:og:title: Late boat",)


@pytest.mark.parametrize("mark", ["|", "-", "–", "—", "·", "::", "»"])
def test_any_mark_may_stand_before_the_site(mark):
    assert strip_site(f"Ferry runs late {mark} The Demo Herald", {"thedemoherald"}) == "Ferry runs late"
