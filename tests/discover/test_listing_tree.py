"""The page's elements as columns, and the runs of text that a reader sees apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from newscrawl.discover.listing.nodes import NONE, Tree, elements_of
from newscrawl.markup import parse
from tests.discover.making import page


def tree_of(body: str) -> Tree:
    return Tree(parse(page(f"<html><body>{body}</body></html>", "/")))


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<div>One <b>two</b> three</div>", [("One two three", "div")]),
        ("<div><b>One</b> <i>two</i></div>", [("One", "b"), ("two", "i")]),
        ("<div>One | <b>two</b> | <i>three</i></div>", [("One | two | three", "div")]),
        ("<div>| <b>one</b> | <i>two</i></div>", [("|", "div"), ("one", "b"), ("|", "div"), ("two", "i")]),
        ("<div>One<p>two</p>three</div>", [("One", "div"), ("two", "p"), ("three", "div")]),
        ("<div>One<a href=/1>two</a>Three</div>", [("One two Three", "div")]),
        ("<div>One<!-- a --><!-- b --> two<b>three</b><!-- c --> four</div>", [("One twothree four", "div")]),
        ("<div>One <script>no()</script>two</div>", [("One two", "div")]),
        ("<div>\u200b <p>\u200b</p><p>One</p>\u2060</div>", [("One", "p")]),
        ("<div> <p> </p> </div>", []),
    ],
)
def test_pieces(body: str, expected: list[tuple[str, str]]) -> None:
    tree = tree_of(body)
    (div,) = tree.named("div")
    assert [(text, tree.tags[holder]) for text, holder in tree.pieces(div)] == expected
    assert tree.text(div) == " ".join(text for text, _ in expected)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<p>One <span>two <b>three</b></span> four</p>", [("two three", "span")]),
        ("<p>One <span><div>two</div> three</span> four</p>", [("two", "div"), ("three", "span")]),
        ("<p>One <span>two<div>three</div></span> four</p>", [("two", "span"), ("three", "div")]),
        ("<p>One <span></span> four</p>", []),
    ],
)
def test_pieces_of_a_part_of_a_run(body: str, expected: list[tuple[str, str]]) -> None:
    tree = tree_of(body.replace("p>", "section>"))
    (span,) = tree.named("span")
    assert [(text, tree.tags[holder]) for text, holder in tree.pieces(span)] == expected


TAGS = ("<div>", "</div>", "<p>", "<b>", "</b>", "<a href=/1>", "</a>", "<ul><li>", "</ul>", "<!-- x -->", "w", " ")
markup = st.lists(st.sampled_from(TAGS)).map("".join)


@given(markup)
def test_columns_say_what_the_tree_says(body: str) -> None:
    document = parse(page(f"<html><body>{body}</body></html>", "/"))
    tree, elements = Tree(document), elements_of(document.root)
    place_of = {element: node for node, element in enumerate(elements)}
    for node, element in enumerate(elements):
        before = next(element.itersiblings(etree.Element, preceding=True), None)
        above = element.getparent()
        assert tree.parents[node] == (NONE if above is None else place_of[above])
        assert tree.previous[node] == (NONE if before is None else place_of[before])
        assert tree.ends[node] - node == len(elements_of(element))
    printed = "".join(text for text, _ in tree.pieces(0)).replace(" ", "")
    assert printed == "w" * body.count("w")
