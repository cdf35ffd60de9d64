"""How a tree becomes blocks."""

from math import exp

import pytest
from lxml import html

from newscrawl.extract.blocks import boxes_of, split_blocks
from newscrawl.extract.features import NAMES, SEEN, Known, Reading, add_reading, describe
from newscrawl.extract.judge import Trees, judge
from tests.extract.prose import document, page

NOTHING = Known(Reading.of(""), "", "")


def texts(markup: str) -> list[str]:
    return [block.text for block in split_blocks(html.document_fromstring(f"<body>{markup}</body>"))]


@pytest.mark.parametrize(
    ("markup", "blocks"),
    [
        ("<p>One</p><p>Two</p>", ["One", "Two"]),
        ("<div>One<p>Two</p>Three</div>", ["One", "Two", "Three"]),
        ("One<br>two", ["One two"]),
        ("One<br><br>Two", ["One", "Two"]),
        ("One<br> <br>Two", ["One", "Two"]),
        ("<p>A <b>bold</b> <i>word</i></p>", ["A bold word"]),
        ("<p><span>N</span>ews</p>", ["News"]),
        ("<ul><li>One</li><li>Two</li></ul>", ["One", "Two"]),
        ("<table><tr><td>1</td><td>Moran</td></tr><tr><td>2</td><td>Reid</td></tr></table>", ["1 Moran", "2 Reid"]),
        ("<table><tr><td><p>One</p><p>Two</p></td></tr></table>", ["One", "Two"]),
        ("<p>One<script>two()</script><style>p{}</style><!-- three --></p>", ["One"]),
        ("<button>Menu</button><p>One</p>", ["One"]),
        ("<button>Menu<p>One</p>", ["Menu", "One"]),
        ("<a href='/x'><h3>One</h3><div>Two</div></a>", ["One", "Two"]),
        ("<p> \n </p>", []),
    ],
)
def test_blocks(markup: str, blocks: list[str]) -> None:
    assert texts(markup) == blocks


def test_links_are_measured() -> None:
    (block,) = split_blocks(
        html.document_fromstring("<p>Read <a href='/one'>this piece</a> or <a href='/two'>that</a></p>")
    )
    assert (block.links, block.href, block.link_chars) == (2, "/one", len("this piece") + len("that"))


def test_boxes_add_up_what_lies_below_them() -> None:
    blocks = split_blocks(document(page()).root)
    top = list(boxes_of(blocks[0]))[-1]
    assert top.parent is None
    assert top.blocks == len(blocks)
    assert top.chars == sum(block.chars for block in blocks)
    assert top.link_chars == sum(block.link_chars for block in blocks)


def test_very_deep_markup_is_read() -> None:
    assert "".join(texts("<div>" * 3000 + "deep" + "</div>" * 3000)) in ("deep", "")


def test_each_row_has_every_column_and_a_likelihood() -> None:
    blocks = split_blocks(document(page()).root)
    rows = describe(blocks, NOTHING)
    assert {len(row) for row in rows if row} == {len(SEEN)}
    assert all(0 < score < 1 for score in judge([row for row in rows if row], "alone"))
    add_reading(rows, blocks, Reading.of(blocks[-1].text))
    assert {len(row) for row in rows if row} == {len(NAMES)}
    assert all(0 < score < 1 for score in judge([row for row in rows if row]))
    assert judge([[]]) == [0.0]


def test_trees_end_where_walking_them_ends() -> None:
    first, second = NAMES[0], NAMES[-1]
    trees = [
        [[first, 0.5, 1, 2], -1.0, [second, 2.0, 3, 4], 0.25, [first, 3.0, 5, 6], 1.0, 2.0],
        [[second, 2.0, 1, 2], 0.5, -0.5],
    ]
    rest = [0.0] * (len(NAMES) - 2)
    odds = {(0.5, 9.0): -1.5, (1.0, 2.0): 0.75, (1.0, 2.1): 0.5, (3.0, 2.1): 0.5, (3.1, 2.1): 1.5}
    found = Trees(trees).likelihoods([[one, *rest, two] for one, two in odds])
    assert found == pytest.approx([1 / (1 + exp(-value)) for value in odds.values()])


def test_a_reading_holds_what_it_says_whatever_the_form() -> None:
    reading = Reading.of("The harbour board said on Monday that a new ferry line would open.\nShort line")
    whole = "theharbourboardsaidonmondaythatanewferrylinewouldopen"
    assert reading.share(whole) == 1
    assert reading.share("shortline") == 1
    assert reading.share("short") == 0
    assert reading.share(whole[:32] + "x" * 40) == 0.5
    assert reading.share("x" * 40) == 0
