"""The seeds folder, and `scrapy seeds`."""

from pathlib import Path

import pytest
from scrapy.exceptions import UsageError
from scrapy.settings import Settings

from newscrawl.commands.seeds import Command
from newscrawl.sources import load, load_all

SEEDS = Path(__file__).parent.parent / "seeds"
GOOD = """
publisher = "The Demo Herald"
url = "https://herald.example/"
in_language = ["en-GB"]
timezone = "Europe/London"
[[channels]]
kind = "feed"
url = "https://herald.example/feed.xml"
"""


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "gb").mkdir()
    (tmp_path / "gb" / "herald.toml").write_text(GOOD)
    return tmp_path


@pytest.fixture
def seeds(folder, capsys):
    def run(*args):
        command = Command()
        command.settings = Settings({"NEWSCRAWL_SEEDS": str(folder)})
        command.run(list(args), None)
        printed = capsys.readouterr()
        return command.exitcode, printed.out, printed.err

    return run


def test_real_sources_are_many_and_of_many_places():
    real = [source for source in load_all(SEEDS) if source.country != "zz"]
    languages = {source.in_language[0].split("-")[0] for source in real}
    assert len(real) >= 28
    assert len({source.country for source in real}) >= 12
    assert len(languages) >= 9


@pytest.mark.parametrize("path", sorted(SEEDS.rglob("*.toml")), ids=lambda path: f"{path.parent.name}_{path.stem}")
def test_each_seed_can_be_used(path):
    source = load(path)
    assert source.channels
    assert source.in_language
    assert path.read_text(encoding="utf-8").startswith("#:schema ../schema.json\n")


def test_no_channel_is_in_two_seeds():
    urls = [channel.url for source in load_all(SEEDS) for channel in source.channels]
    assert len(set(urls)) == len(urls)


def test_every_key_is_explained():
    explained = (SEEDS / "README.md").read_text(encoding="utf-8")
    from newscrawl.sources import tables

    for table in (tables.SeedTable, tables.ChannelTable, tables.ExpectTable, tables.SelectTable, tables.LayoutTable):
        for key in table.__struct_fields__:
            assert key in explained, key


def test_check_is_content_with_good_seeds(seeds):
    assert seeds("check") == (0, "1 seed can be used\n", "")


def test_check_prints_a_line_for_each_faulty_file_and_fails(seeds, folder):
    (folder / "gb" / "typo.toml").write_text(GOOD.replace("timezone", "timezon"))
    (folder / "gb" / "zone.toml").write_text(GOOD.replace("Europe/London", "Europe/Londn"))
    status, out, err = seeds("check", "gb/*")
    assert status == 2
    assert out == "1 seed can be used, 2 cannot\n"
    assert [line.partition("gb/")[2] for line in err.splitlines()] == [
        "typo.toml: timezon: unknown key; did you mean 'timezone'?",
        "zone.toml: timezone: 'Europe/Londn' is not an IANA time zone; did you mean 'Europe/London'?",
    ]


def test_list_shows_the_sources(seeds):
    status, out, err = seeds("list")
    assert (status, err) == (0, "")
    assert [line.split() for line in out.splitlines()] == [
        ["source", "publisher", "languages", "zone", "channels"],
        ["gb_herald", "The", "Demo", "Herald", "en-GB", "Europe/London", "feed"],
    ]


def test_a_pattern_that_matches_nothing_fails_in_one_line(seeds, capsys):
    with pytest.raises(SystemExit) as left:
        seeds("check", "fr/*")
    assert left.value.code == 2
    assert "no seed file matches 'fr/*'" in capsys.readouterr().err


def test_schema_is_what_the_folder_keeps(seeds):
    assert seeds("schema")[1] == (SEEDS / "schema.json").read_text(encoding="utf-8")


@pytest.mark.parametrize("args", [(), ("judge",), ("check", "a", "b"), ("schema", "gb/*")])
def test_a_wrong_argument_is_a_usage_error(seeds, args):
    with pytest.raises(UsageError):
        seeds(*args)


def test_help_teaches():
    command = Command()
    assert "seeds/<country>/<name>.toml" in command.long_desc()
    assert "'gb/*'" in command.long_desc()
