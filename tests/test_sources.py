"""Seed files → Source."""

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from newscrawl.errors import SeedError
from newscrawl.models import Channel, Expect, Layout, Source
from newscrawl.sources import by_host, find, load, load_all, parse, schema, source_for_url, to_toml
from newscrawl.sources.checks import check_pattern

SEEDS = Path(__file__).parent.parent / "seeds"
HEAD = 'publisher = "The Demo Herald"\nurl = "https://herald.example/"\n'
CHANNEL = '[[channels]]\nkind = "feed"\nurl = "https://herald.example/feed.xml"\n'


def read(text: str, path: str = "seeds/gb/herald.toml") -> Source:
    return parse(text.encode(), path)


def fault(text: str | bytes, path: str = "seeds/gb/herald.toml") -> SeedError:
    with pytest.raises(SeedError) as caught:
        parse(text if isinstance(text, bytes) else text.encode(), path)
    assert "\n" not in str(caught.value)
    assert path in str(caught.value)
    return caught.value


def test_every_key_is_read():
    source = read(
        HEAD
        + 'in_language = ["en-GB", "cy"]\ntimezone = "Europe/London"\ndelay_s = 2.5\nfollow_related = true\n'
        + CHANNEL
        + 'article_url = "/20\\\\d\\\\d/"\nnot_url = "/video/"\nselect = { item = "li.card", time = "time" }\n'
        + "[expect]\nentries_min = 5\ndate_published_share_min = 0.9\narticle_body_chars_min = 200\n"
        + '[[layouts]]\nvalid_until = 2026-02-03\nselect = { headline = "h3" }\n'
    )
    assert source == Source(
        id="gb_herald",
        publisher="The Demo Herald",
        url="https://herald.example/",
        country="gb",
        in_language=("en-GB", "cy"),
        timezone="Europe/London",
        channels=(
            Channel(
                kind="feed",
                url="https://herald.example/feed.xml",
                select={"item": "li.card", "time": "time"},
                article_url=r"/20\d\d/",
                not_url="/video/",
            ),
        ),
        layouts=(Layout(select={"headline": "h3"}, valid_until=date(2026, 2, 3)),),
        expect=Expect(entries_min=5, date_published_share_min=0.9, article_body_chars_min=200),
        delay_s=2.5,
        follow_related=1,
    )


def test_absent_keys_are_absent():
    source = read(HEAD + CHANNEL)
    assert (source.in_language, source.timezone, source.delay_s, source.layouts) == ((), None, None, ())
    assert (source.follow_related, source.expect) == (0, Expect())


@pytest.mark.parametrize(
    ("text", "key", "reason"),
    [
        ("publisher = ", None, "is not TOML"),
        (HEAD, "channels", "is required"),
        (HEAD + "channels = []\n", "channels", "length >= 1"),
        (CHANNEL, "publisher", "is required"),
        ("colour = 1\n" + HEAD + CHANNEL, "colour", "unknown key"),
        ("timezon = 'UTC'\n" + HEAD + CHANNEL, "timezon", "did you mean 'timezone'?"),
        (HEAD + CHANNEL + "artcle_url = 'x'\n", "channels[0].artcle_url", "did you mean 'article_url'?"),
        (HEAD + CHANNEL + "select = { itm = 'li' }\n", "channels[0].select.itm", "did you mean 'item'?"),
        (HEAD + "in_language = 'en'\n" + CHANNEL, "in_language", "got `str`"),
        (HEAD + "in_language = ['english']\n" + CHANNEL, "in_language[0]", "BCP 47"),
        (HEAD + "in_language = ['en', 'pt_BR']\n" + CHANNEL, "in_language[1]", "BCP 47"),
        (HEAD + "timezone = 'Europe/Londn'\n" + CHANNEL, "timezone", "did you mean 'Europe/London'?"),
        (HEAD + "timezone = '+01:00'\n" + CHANNEL, "timezone", "not an IANA time zone"),
        (HEAD + "delay_s = nan\n" + CHANNEL, "delay_s", ">= 0"),
        (HEAD + "delay_s = -1\n" + CHANNEL, "delay_s", ">= 0"),
        (HEAD + "follow_related = 6\n" + CHANNEL, "follow_related", "<= 5"),
        (HEAD.replace("https", "ftp") + CHANNEL, "url", "must start with http:// or https://"),
        (HEAD + CHANNEL.replace("https:", "file:"), "channels[0].url", "must start with http:// or https://"),
        (HEAD.replace("herald.example", "herald .example") + CHANNEL, "url", "no spaces"),
        (HEAD.replace("herald.example", "me:pw@herald.example") + CHANNEL, "url", "no user name"),
        (HEAD.replace("herald.example", "herald.example:99999") + CHANNEL, "url", "Port out of range"),
        (HEAD.replace("https://herald.example", "https://") + CHANNEL, "url", "names no host"),
        (HEAD + CHANNEL.replace("feed.xml", "f" * 2100), "channels[0].url", "<= 2048"),
        (HEAD + CHANNEL.replace('"feed"', '"blog"'), "channels[0].kind", "blog"),
        (HEAD + CHANNEL + CHANNEL, "channels[1].url", "same address"),
        (HEAD + CHANNEL + "article_url = '['\n", "channels[0].article_url", "not a regular expression"),
        (HEAD + CHANNEL + "not_url = '(a+)+$'\n", "channels[0].not_url", "for ever"),
        (HEAD + CHANNEL + f"not_url = '{'a' * 301}'\n", "channels[0].not_url", "<= 300"),
        (HEAD + CHANNEL + "select = { item = 'li[' }\n", "channels[0].select.item", "not a CSS selector"),
        (HEAD + CHANNEL + "select = { item = 'li::text' }\n", "channels[0].select.item", "not a CSS selector"),
        (HEAD + CHANNEL + "[[layouts]]\nvalid_until = 2026-01-01\n", "layouts[0].select", "is required"),
        (HEAD + CHANNEL + "[[layouts]]\nvalid_until = '2026'\nselect = {}\n", "layouts[0].valid_until", "date"),
        (HEAD + CHANNEL + "[expect]\ndate_published_share_min = 1.5\n", "expect.date_published_share_min", "<= 1"),
    ],
)
def test_a_fault_names_file_key_and_reason(text, key, reason):
    error = fault(text)
    assert error.key == key
    assert reason in error.reason


def test_a_file_that_is_no_text_or_too_large_is_refused():
    assert "UTF-8" in fault(b"\xff\xfe").reason
    assert "larger" in fault(b"#" * 300_000).reason
    assert "is not TOML" in fault("a = " + "[" * 100_000).reason


def test_the_place_of_the_file_is_checked():
    assert "two-letter" in fault(HEAD + CHANNEL, "seeds/britain/herald.toml").reason
    assert "small letters" in fault(HEAD + CHANNEL, "seeds/gb/The Herald.toml").reason


def test_a_file_that_is_missing_is_one_line(tmp_path):
    with pytest.raises(SeedError, match="cannot be read: No such file"):
        load(tmp_path / "gb" / "herald.toml")


@pytest.mark.parametrize("pattern", [r"(a+)+", r"(a*){2,}", r"(?:a|aa)*", r"((ab)+c)*", r"([^/]+)+x", r"(\d+|x)+"])
def test_patterns_that_can_take_for_ever_are_refused(pattern):
    with pytest.raises(ValueError, match="for ever"):
        check_pattern(pattern)


@pytest.mark.parametrize(
    "pattern", [r"/(news|sport)/\d+", r"[(a+)]+", r"\(a+\)+", r"(abc)+", r"(a|b)?x*", r"/20\d{2}/.*$"]
)
def test_plain_patterns_are_accepted(pattern):
    check_pattern(pattern)


def test_patterns_choose_files(tmp_path):
    for place in ("gb/herald", "gb/gazette", "zz/demo_one"):
        path = tmp_path / f"{place}.toml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(HEAD + CHANNEL)
    assert [source.id for source in load_all(tmp_path)] == ["gb_gazette", "gb_herald", "zz_demo_one"]
    assert [source.id for source in load_all(tmp_path, "gb/*")] == ["gb_gazette", "gb_herald"]
    assert [path.stem for path in find(tmp_path, "zz/demo*")] == ["demo_one"]
    assert [path.stem for path in find(tmp_path, "gb/herald.toml")] == ["herald"]
    with pytest.raises(SeedError, match="no seed file matches 'fr/\\*'"):
        load_all(tmp_path, "fr/*")


def test_a_seed_outside_a_country_is_loud(tmp_path):
    (tmp_path / "herald.toml").write_text(HEAD + CHANNEL)
    with pytest.raises(SeedError, match="two-letter"):
        load_all(tmp_path)


def test_a_bare_url_makes_a_source():
    source = source_for_url("https://News.Example:8000/world", "sitemap")
    assert (source.id, source.publisher, source.country) == ("url_news.example", "news.example", "zz")
    assert source.channels == (Channel(kind="sitemap", url="https://News.Example:8000/world"),)


def test_a_file_url_makes_a_source_without_a_publisher():
    source = source_for_url("file:///tmp/page.txt")
    assert (source.id, source.publisher, source.channels[0].kind) == ("url_file", "", "listing")


@pytest.mark.parametrize(
    "url", ["", "page.txt", "ftp://a.example/", "data:text/html,x", "http://", "http://[::1/", "http://a b/"]
)
def test_what_is_no_url_makes_no_source(url):
    with pytest.raises(SeedError):
        source_for_url(url)


text = st.text(min_size=1, max_size=40)
selects = st.dictionaries(
    st.sampled_from(["item", "headline", "time", "image"]), st.sampled_from(["li", "a.b > h3", "[x='\"']"])
)
channels = st.builds(
    Channel,
    kind=st.sampled_from(["listing", "feed", "sitemap"]),
    url=st.integers(0, 10**6).map("https://a.example/{}?x=1&y=é".format),
    select=selects,
    article_url=st.none() | st.sampled_from([r"/\d+\.html$", r'"quoted"', "\\\\"]),
)
sources = st.builds(
    Source,
    id=st.just("gb_herald"),
    country=st.just("gb"),
    publisher=text,
    url=st.just("https://a.example/"),
    in_language=st.lists(st.sampled_from(["en", "pt-BR", "zh-Hant-TW"]), max_size=3).map(tuple),
    timezone=st.none() | st.just("Asia/Kolkata"),
    channels=st.lists(channels, min_size=1, max_size=4, unique_by=lambda channel: channel.url).map(tuple),
    layouts=st.lists(st.builds(Layout, select=selects, valid_until=st.none() | st.dates()), max_size=2).map(tuple),
    expect=st.builds(
        Expect, entries_min=st.none() | st.integers(0, 99), date_published_share_min=st.none() | st.floats(0, 1)
    ),
    delay_s=st.none() | st.floats(0, 3600),
    follow_related=st.integers(0, 5),
)


@settings(deadline=None)
@given(sources)
def test_what_is_written_reads_back_the_same(source):
    assert read(to_toml(source)) == source


@settings(deadline=None)
@given(st.one_of(st.binary(max_size=400), st.text(max_size=400).map(str.encode)))
def test_no_bytes_raise_anything_but_a_seed_error(data):
    try:
        parse(data, "gb/x.toml")
    except SeedError as error:
        assert "\n" not in str(error)  # noqa: PT017 - whether it raises is the example's choice


scalars = st.booleans() | st.integers() | st.floats() | text
values = st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["url", "kind", "select", "item", "x"]), inner)
    ),
    max_leaves=8,
)
KEYS = [
    "publisher",
    "url",
    "in_language",
    "timezone",
    "channels",
    "layouts",
    "expect",
    "delay_s",
    "follow_related",
    "x",
]


def toml_value(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key} = {toml_value(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(toml_value, value)) + "]"
    return json.dumps(value).replace("Infinity", "inf").replace("NaN", "nan") if isinstance(value, str) else repr(value)


@settings(max_examples=300, deadline=None)
@given(st.dictionaries(st.sampled_from(KEYS), values))
def test_no_values_raise_anything_but_a_seed_error(table):
    data = "\n".join(f"{key} = {toml_value(value)}" for key, value in table.items())
    try:
        parse(data.encode("utf-8", "replace"), "gb/x.toml")
    except SeedError as error:
        assert "\n" not in str(error)  # noqa: PT017 - whether it raises is the example's choice


def test_the_schema_file_is_current():
    assert json.loads((SEEDS / "schema.json").read_text(encoding="utf-8")) == json.loads(json.dumps(schema()))


def test_the_schema_is_a_schema():
    Draft202012Validator.check_schema(schema())


def test_a_host_tells_its_source_unless_two_claim_it():
    def made(id: str, url: str, *channels: str) -> Source:
        found = tuple(Channel(kind="feed", url=one) for one in channels)
        return Source(id=id, publisher=id, url=url, country="zz", channels=found)

    one = made("zz_one", "https://www.one.example/", "https://feeds.shared.example/one")
    two = made("zz_two", "https://two.example/", "https://feeds.shared.example/two")
    assert {host: source.id for host, source in by_host([one, two]).items()} == {
        "one.example": "zz_one",
        "two.example": "zz_two",
    }
    assert by_host([one])["one.example"].channels == ()
