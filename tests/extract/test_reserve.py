import pytest

from newscrawl.extract.evidence import Evidence
from newscrawl.extract.meta import read_meta
from newscrawl.extract.reserve import read_reservations
from newscrawl.markup import parse
from tests.extract.pages import page


def reserved(head="", **headers):
    fetched = page(head, headers={name.replace("_", "-"): value for name, value in headers.items()})
    return read_reservations(fetched, Evidence(read_meta(parse(fetched))))


def test_nothing_said_is_nothing_reserved():
    assert reserved() == {}


@pytest.mark.parametrize(
    ("value", "directives"),
    [
        ("noindex, nofollow", {"noindex", "nofollow"}),
        ("none", {"noindex"}),
        ("NOARCHIVE,max-snippet:-1", {"noarchive"}),
        ("noai, noimageai", {"noai", "noimageai"}),
        ("index, follow", None),
    ],
)
def test_robots_in_the_head(value, directives):
    found = reserved(f'<meta name="robots" content="{value}">').get("robots")
    assert (found and set(found)) == directives
    assert set((found or {}).values()) <= {"meta:robots"}


@pytest.mark.parametrize(
    ("value", "directives"),
    [
        ("noindex", {"noindex"}),
        ("otherbot: noindex", None),
        ("otherbot: noindex, newscrawl: noarchive", {"noarchive"}),
        ("noarchive, otherbot: noindex, nosnippet", {"noarchive"}),
    ],
)
def test_robots_in_the_header_for_whom_it_is_meant(value, directives):
    found = reserved(x_robots_tag=value).get("robots")
    assert (found and set(found)) == directives


def test_text_and_data_mining_reserved_in_the_page_outranks_the_header():
    found = reserved(
        '<meta name="tdm-reservation" content="1"><meta name="tdm-policy" content="/p">', tdm_reservation="0"
    )
    assert found["tdm_reservation"] == {"value": 1, "evidence": "meta:tdm-reservation", "policy": "/p"}
    assert reserved(tdm_reservation="1")["tdm_reservation"]["evidence"] == "header:tdm-reservation"
    assert reserved(tdm_reservation="perhaps") == {}
