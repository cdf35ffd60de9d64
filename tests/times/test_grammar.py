"""Ages put together from words that a table of few phrases taught."""

import pytest

from newscrawl.times.ages import Age
from newscrawl.times.normal import fold
from newscrawl.times.phrases import PhraseBook
from newscrawl.times.table import phrase_book

GERMAN = PhraseBook(
    {
        "h": {"x": ["# stunden her", "# stunde her"]},
        "m": {"x": ["# minuten her"]},
        "d": {"x": ["# tage her"]},
        "d1": {"x": ["tag her"]},
        "h~": {"x": ["# stunden"]},
        "s": {"x": ["# sekunden her"]},
    },
    "de",
    {"drei": 3},
    ahead=["in"],
)


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("5 minute her", Age("m", 5)),  # another ending
        ("5 min her", Age("m", 5)),  # an abbreviation
        ("drei tage her", Age("d", 3)),  # a number word
        ("3 tage 4 stunden her", Age("h", 4, rest_s=259_200)),
        ("3 tage und 4 stunden her", Age("h", 4, rest_s=259_200)),
        ("tag und 4 stunden her", Age("h", 4, rest_s=86_400)),  # a unit that says its number
        ("3 tage 4 stunden", Age("h", 4, bare=True, rest_s=259_200)),
        ("knapp 3 tage her", Age("d", 3)),
        ("rund 3 tage her", Age("d", 3)),
        ("etwa 3 tage her", Age("d", 3, "=")),
        ("mehr als 3 tage her", Age("d", 3)),
        ("weniger als 3 tage her", Age("d", 3, "-")),
        ("weniger als 1 minute her", Age("n")),
        ("sogleich 1 minute her", Age("m", 1, "?")),
        ("agentur: 5 minuten her | blatt", Age("m", 5)),
        ("3 stunden her · 5 minuten", Age("h", 3)),
        ("eine halbe stunde her", Age("h", 1, "½")),
        ("eine viertelstunde her", Age("h", 1, "¼")),
        ("in 3 tagen", Age("d", 3, ahead=True)),
    ],
)
def test_reads_what_the_table_lacks(text: str, age: Age) -> None:
    assert GERMAN.read(fold(text)) == age


@pytest.mark.parametrize(
    "text",
    [
        "3 aepfel",
        "3 std",
        "stunden her",  # how many?
        "einige stunden her",
        "3 stunden lesezeit",  # no "her"
        "4 stunden 3 tage her",  # the smaller unit first
        "2,5 stunden her",
        "anderthalb stunden und eine halbe her",
        "0 stunden lesezeit",
    ],
)
def test_refuses_what_may_be_something_else(text: str) -> None:
    assert GERMAN.read(fold(text)) is None


def test_a_letter_of_two_units_is_neither() -> None:
    book = PhraseBook({"m": {"x": ["# minutes ago", "# m ago"]}, "M": {"x": ["# months ago"]}, "h": {"x": ["# h ago"]}})
    assert book.read("5 h ago") == Age("h", 5)
    assert book.read("about 5 m ago") is None


def test_words_without_spaces_are_cut() -> None:
    book = PhraseBook(
        {"h": {"x": ["# 小时前"]}, "m": {"x": ["# 分钟前"]}, "M~": {"x": ["# 个月"]}, "h~": {"x": ["# 小时"]},
         "m~": {"x": ["# 分钟"]}, "y": {"x": ["# 年前"]}, "y~": {"x": ["# 年"]}, "d~": {"x": ["# 天"]}}, "zh", {"三": 3}
    )  # fmt: skip
    assert book.read("1小时5分钟前") == Age("m", 5, rest_s=3_600)
    assert book.read("三天前") == Age("d", 3)
    assert book.read("1年又2个月之前") == Age("M", 2, rest_s=31_556_952)
    assert book.read("12年3个月") == Age("M", 3, bare=True, rest_s=378_683_424)
    assert book.read("12年5年") is None


def test_a_number_may_stand_behind_its_unit() -> None:
    book = PhraseBook({"h": {"x": ["masaa # nyuma"]}, "d": {"x": ["siku # nyuma"]}, "m": {"x": ["dakika # nyuma"]}})
    assert book.read("siku 2, masaa 3 nyuma") == Age("h", 3, rest_s=172_800)
    assert book.read("siku 2, 3 masaa nyuma") == Age("h", 3, rest_s=172_800)


@pytest.mark.parametrize(
    ("language", "text"),
    [("en", "in 3 hours"), ("fr", "dans 2 jours"), ("ja", "3時間後"), ("nl", "over 3 uur"), ("ru", "через 3 часа")],
)
def test_times_to_come_are_told(language: str, text: str) -> None:
    age = phrase_book(language).read(fold(text))
    assert age is not None
    assert age.ahead


@pytest.mark.parametrize(
    ("language", "text"),
    [("tr", "birkaç saat önce"), ("ja", "数時間前"), ("en", "several hours ago"), ("hu", "néhány óra óta")],
)
def test_several_is_not_one(language: str, text: str) -> None:
    assert phrase_book(language).read(fold(text)) is None


@pytest.mark.parametrize(
    ("language", "text", "age"),
    [
        ("it", "un anno e 10 mesi fa", Age("M", 10, rest_s=31_556_952)),
        ("ar", "قبل سنة و 2 شهرين", Age("M", 2, rest_s=31_556_952)),
        ("he", "לפני שבוע, יום", Age("d", 1, rest_s=604_800)),
        ("he", "לפני שבועיים, 3 ימים", Age("d", 3, rest_s=1_209_600)),
        ("en", "1 hour, 5 minutes ago", Age("m", 5, rest_s=3_600)),
        ("fr", "2 jours, 3 heures", Age("h", 3, bare=True, rest_s=172_800)),
        ("fr", "il y a 1h30", Age("m", 30, rest_s=3_600)),
        ("el", "πριν από ένα έτος και 10 μήνες", Age("M", 10, rest_s=31_556_952)),
        ("en", "1h 30m ago", Age("m", 30, rest_s=3_600)),
        ("en", "1y 2m ago", Age("M", 2, rest_s=31_556_952)),
        ("ja", "2日3時間前", Age("h", 3, rest_s=172_800)),
        ("ja", "7年, 11ヶ月", Age("M", 11, bare=True, rest_s=220_898_664)),
        ("ko", "2일 3시간 전", Age("h", 3, rest_s=172_800)),
        ("ko", "1주, 3일", Age("d", 3, bare=True, rest_s=604_800)),
        ("zh", "3日，4小时", Age("h", 4, bare=True, rest_s=259_200)),
        ("eu", "duela aste 1, 2 egun", Age("d", 2, rest_s=604_800)),
        ("sr", "oko mesec dana", Age("M", 1, "=", bare=True)),  # a month of days
        ("mn", "1 долоо хоног, 2 өдөр өмнө", Age("d", 2, rest_s=604_800)),
    ],
)
def test_two_units_are_one_age(language: str, text: str, age: Age) -> None:
    assert phrase_book(language).read(fold(text)) == age


@pytest.mark.parametrize(
    ("language", "raw", "unit"),
    [
        ("de", "3 M", "M"),
        ("de", "3m", "m"),
        ("nb", "3m", "m"),
        ("nb", "3 m", ""),
        ("fr", "il y a 3 m.", "M"),
        ("fr", "3 m", ""),
        ("fr", "20m", "m"),
        ("fr", "20 m", ""),  # metres
        ("de", "50 m", ""),
        ("da", "15 m", "m"),
        ("fr", "400m", ""),
        ("en", "59m", "m"),
        ("en", "400 m", ""),
        ("en", "90 min", ""),
        ("en", "90 min ago", "m"),
        ("rw", "-3 m", "M"),
        ("rw", "3 m", ""),
        ("rw", "- 3 m", ""),
        ("es", "hace 5 m", ""),
        ("he", "לפני 5 שנ׳", ""),
    ],
)
def test_a_letter_of_two_units_is_told_by_its_spelling_or_a_high_number(language: str, raw: str, unit: str) -> None:
    age = phrase_book(language).read(fold(raw), raw)
    assert (age.unit if age else "") == unit


@pytest.mark.parametrize(
    ("language", "text"), [("ja", "3日"), ("ja", "12月31日"), ("ko", "7년 11월"), ("zh", "3日10时30分")]
)
def test_signs_of_a_date_alone_say_no_age(language: str, text: str) -> None:
    assert phrase_book(language).read(fold(text)) is None


@pytest.mark.parametrize(
    ("language", "text", "age"),
    [
        ("en", "more than an hour ago", Age("h", 1, ">")),
        ("hu", "több mint egy évvel ezelőtt", Age("y", 1, ">")),
        ("hu", "több évvel ezelőtt", None),
        ("hr", "prije više godina", None),
        ("zh", "多个小时前", None),
        ("zh", "超过3年", Age("y", 3, ">", bare=True)),
        ("he", "לפני כשבוע", Age("w", 1, "=")),
        ("de", "eine halbe Minute", Age("m", 1, "½", bare=True)),
        ("en", "1 and a half hours ago", None),
        ("zh", "一个半小时前", None),
        ("zh", "星期六", None),
        ("ja", "3時間前に", Age("h", 3)),
        ("hi", "2 हफ़्ते पहले", Age("w", 2)),
        ("de", "eine halbe Minute Pause", None),
        ("pl", "około roku", Age("y", 1, "=", bare=True)),
        ("ko", "약 일 년", Age("y", 1, "=", bare=True)),
        ("ar", "ما يقرب من 3 سنوات", Age("y", 3, "<", bare=True)),
        ("es", "hace más o menos 3 horas", Age("h", 3, "=")),
        ("id", "kurang lebih 3 jam yang lalu", Age("h", 3, "=")),
        ("vi", "ít hơn 3 giờ", Age("h", 3, "-", bare=True)),
        ("lb", "méi wéi 3 Joer", Age("y", 3, ">", bare=True)),
        ("sw", "zaidi ya mwaka 1", Age("y", 1, ">", bare=True)),
        ("fil", "kalahating minuto", Age("m", 1, "½", bare=True)),
        ("is", "u.þ.b. 3 klukkustundir", Age("h", 3, "=", bare=True)),
        ("vi", "chưa tới 3 giờ", Age("h", 3, "-", bare=True)),
        ("vi", "3 giờ tới", Age("h", 3, ahead=True)),
        ("ro", "peste 3 ani", Age("y", 3, ">", bare=True)),
        ("ro", "peste 3 ore", Age("h", 3, ahead=True)),
        ("he", "כשעה", Age("h", 1, "=", bare=True)),
        ("en", "2–3 hours ago", None),
        ("en", "page 2 – 3 hours ago", Age("h", 3)),
    ],
)
def test_more_may_be_several(language: str, text: str, age: Age | None) -> None:
    assert phrase_book(language).read(fold(text)) == age


def test_moments_are_now_but_not_in_prose() -> None:
    book = phrase_book("en")
    assert book.read("a moment ago | example wire") == Age("n")
    assert book.read("right now") == Age("n", bare=True)
    assert book.read("what readers want - right now") is None


def test_a_letter_behind_a_stroke_is_no_time() -> None:
    assert phrase_book("de").read("s") == Age("n")  # as one library writes it
    assert phrase_book("de").read("verein a/s") is None
