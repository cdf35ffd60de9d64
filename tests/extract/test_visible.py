from newscrawl.extract.evidence import Evidence
from newscrawl.extract.visible import Visible
from newscrawl.markup import parse
from tests.extract.pages import PARAGRAPHS, page


def look(body, about=("Ferry runs late again",)):
    visible = Visible(parse(page("", body)), about)
    return Evidence(visible.candidates(), visible.near)


def test_the_heading_is_the_one_the_page_speaks_of():
    found = look("<h1>The Demo Herald</h1><h1>Ferry runs late again</h1>")
    assert found.of("headline")[0].value == "Ferry runs late again"


def test_without_a_likeness_the_first_heading_counts():
    assert look("<h1></h1><h1>First</h1><h1>Second</h1>", about=()).of("headline")[0].value == "First"


def test_a_heading_that_leads_home_is_a_logo():
    body = '<h1><a href="https://herald.example/">Demo Herald</a></h1><h1>The harbour in winter</h1>'
    assert look(body, about=()).of("headline")[0].value == "The harbour in winter"


def test_a_heading_that_is_like_every_name_comes_before_one_that_is_part_of_a_long_name():
    body = "<h1>Ferry</h1><h1>Ferry runs late again</h1>"
    about = ("Ferry runs late again", "Ferry runs late again: what the harbour master of the island says")
    assert look(body, about).of("headline")[0].value == "Ferry runs late again"


def test_what_is_printed_above_the_letters_as_a_reading_is_none_of_the_headline():
    found = look("<h1><ruby>船<rp>(</rp><rt>ふね</rt><rp>)</rp></ruby>が遅れた</h1>", about=())
    assert found.first("headline") == "船が遅れた"


def test_a_lower_heading_counts_where_it_is_the_name_and_no_higher_one_is():
    found = look("<h2>Help</h2><p>1 March 2026</p><h4>Ferry runs late again</h4>")
    assert found.first("headline") == "Ferry runs late again"
    assert found.near[0].value == "1 March 2026"


def test_a_kicker_inside_the_heading_is_apart():
    found = look('<h1><span class="kicker">Harbour</span>Ferry runs late again</h1>')
    assert found.first("headline") == "Ferry runs late again"
    assert found.first("kicker") == "Harbour"


def test_authors_side_by_side_are_one_byline():
    found = look(
        '<h1>Ferry runs late again</h1><div class="byline">By <a href="/author/ann">Ann Smith</a> and '
        f'<a href="/author/bob">Bob Hill</a></div>{PARAGRAPHS}<div class="x"><a href="/author/zoe">Zoe Adams</a></div>'
    )
    assert [item.value for item in found.of("author") if item.origin == "visible:byline 1"] == ["Ann Smith", "Bob Hill"]


def test_a_bare_label_is_read_with_the_name_beside_it():
    line = '<p><span class="label-author">Author:</span> <a href="/ann-smith">Ann Smith</a></p>'
    found = look(f"<h1>Ferry runs late again</h1>{line}{PARAGRAPHS}")
    assert [item.value for item in found.of("author")] == ["Author: Ann Smith"]


def test_authors_of_other_articles_are_not_the_articles():
    body = f'<h1>Ferry runs late again</h1>{PARAGRAPHS}<aside><a rel="author" href="/author/zoe">Zoe Adams</a></aside>'
    assert look(body).of("author") == []
    body = f'<h1>Ferry runs late again</h1>{PARAGRAPHS}<div class="related"><p class="byline">Zoe Adams</p></div>'
    assert look(body).of("author") == []


def test_a_time_element_after_the_heading_comes_before_one_above_it():
    found = look(
        '<time datetime="2026-03-01">x</time><h1>Ferry runs late again</h1><time datetime="2026-03-03">y</time>'
    )
    assert [item.value for item in found.of("time_attribute")] == ["2026-03-03", "2026-03-01"]


def test_lines_near_the_headline_are_read_block_by_block():
    found = look(
        "<h1>Ferry runs late again</h1><p>By <b>Ann</b> Smith</p><!-- x -->tail<div>3 March 2026<br>Harbour</div>"
    )
    assert [item.value for item in found.near] == ["By Ann Smith", "3 March 2026", "Harbour"]
