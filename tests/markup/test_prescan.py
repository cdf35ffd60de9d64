"""The look before the parser: linear, and right about what libxml2 must not see."""

import time
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from newscrawl.errors import PageError
from newscrawl.markup.ending import ends_open
from newscrawl.markup.prescan import check_markup

MIB = 2**20
URL = "http://news.example/"
# Each is repeated up to a MiB: what made some reader quadratic, or looks as if it could.
PIECES = (
    "<", "&", ">", "<a", "<a ", "< a", "<a b", "<a b=", "<a b='", '<a b="', "<!--", "-->", "<!", "</", "<script>",
    "<script", "<style>", "</script", "<p a='>'", '"', "'", "=", " a=b", "/", "<a/", "\n", "é", "<p>",
    '<a b="c>', "<textarea>", "<![CDATA[", "<?", "x" * 99 + "<",
)  # fmt: skip


@pytest.mark.parametrize("piece", PIECES)
def test_is_linear(piece):
    text = piece * (MIB // len(piece))
    started = time.process_time()
    with suppress(PageError):
        check_markup(text, URL)
    ends_open(text.encode())
    assert time.process_time() - started < 10  # it takes about 0.2 s; quadratic takes hours


@given(st.lists(st.sampled_from(PIECES), max_size=30))
def test_what_passes_is_parsed_quickly(pieces):
    text = "".join(piece * 40 for piece in pieces)
    try:
        check_markup(text, URL)
    except PageError:
        return
    if text.strip():
        html.document_fromstring(f"<html><body>{text}</body></html>")


@pytest.mark.parametrize(
    ("text", "passes"),
    [
        ("<p>" * 50_000, True),
        ("<p>" * 50_001, False),
        ("<p " + " ".join(f"a{n}=1" for n in range(256)) + ">", True),
        ("<p " + " ".join(f"a{n}=1" for n in range(300)) + ">", False),
        ("<p " + " ".join(f"a{n}" for n in range(40_000)) + ">", False),
        ('<p title="<" ' + " ".join(f"a{n}" for n in range(40_000)) + ">", False),
        ('<p title=">" ' + " ".join(f"a{n}" for n in range(40_000)) + ">", False),
        ("<p title='\">' " + " ".join(f"a{n}='>'" for n in range(40_000)) + ">", False),
        (f"<p {' '.join(f'a{n}' for n in range(250))}>" * 790, True),
        (f"<p {' '.join(f'a{n}' for n in range(250))}>" * 810, False),
        ("<p =" + " ".join(f"a{n}" for n in range(40_000)) + ">", False),
        ("<p" + "/a" * 40_000 + ">", False),
        ("<p " + "".join(f"a{n}='b'" for n in range(40_000)) + ">", False),
        # Whatever looks like a plain tag and is none must not hide what follows its bracket.
        *(
            (f"<p class=x>text</p>{start} " + " ".join(f"a{n}" for n in range(300)) + ">", False)
            for start in (
                '<p=" b="y>"',
                '<p b" c="d>"',
                '<p b==" c="y>"',
                "<p b=' c=\">\"'",
                "<br/><p b = '>'",
                "<P\tb='>'",
            )
        ),
        ('<p class="' + "word " * 5_000 + '">', True),
        ("<script>" + "'<p>';" * 60_000 + "</script>", True),
        ("<!--" + "<p>" * 60_000 + "-->", True),
    ],
)
def test_limits(text, passes):
    if passes:
        check_markup(text, URL)
    else:
        with pytest.raises(PageError, match="parse_limit"):
            check_markup(text, URL)


@pytest.mark.parametrize(
    ("body", "is_open"),
    [
        (b"<html><body><div><p>x</div></body></html>", False),
        (b"<html><body><div><p>x</div>", False),
        (b"<html><body><p>x<p>y", False),
        (b"<html><body><div><p>x", True),
        (b"<html><body><article><p>x</p></article><a hre", True),
        (b"<p>a fragment", False),
        (b"", False),
    ],
)
def test_markup_that_just_stops(body, is_open):
    assert ends_open(body) is is_open
