"""A fuzz run: phrases of the table and the cases' texts, cut up, doubled, mixed with each other and with odd signs."""

import random
import time
import tomllib
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from newscrawl.errors import TimeError
from newscrawl.limits import FUTURE_S
from newscrawl.times import Habits, explain_time, observe, parse_time
from newscrawl.times.table import entry

NOW = datetime(2026, 3, 15, 14, 30, tzinfo=UTC)
CASES = tomllib.loads((Path(__file__).parents[1] / "cases/times.toml").read_text("utf-8"))["case"]
LANGUAGES = ("en", "de", "fr", "ru", "ar", "fa", "he", "hi", "th", "zh", "ja", "ko", "vi", "fi", "tr")
ZONES = (None, "UTC", "America/New_York", "+05:30", "Europe/London", "Nowhere/Land")
ODD = (
    "\u202e", "\u200f", "\ud800", "\x00", "\u0300", "\ufeff", "٣", "२", "𝟙", "①", "½", "−", "-", "+", ":", ".",
    "/", "|", "\xa0", "年", "月", "日", " am", " pm", " GMT", "UTC+25", "99", "0000", "9999", "令和", "ago", "前",
    "'26", "İ", "ﷺ", "24:00",
)  # fmt: skip
ROUNDS = 120


def phrases(language: str) -> list[str]:
    found = [text for ages in entry(language)["ages"].values() for group in ages.values() for text in group]
    return [text.replace("#", "7") for text in found[:40]] + [case["raw"] for case in CASES]


def mutated(text: str, texts: list[str], chance: random.Random) -> str:
    for _ in range(chance.randint(1, 5)):
        place = chance.randint(0, len(text))
        match chance.randint(0, 4):
            case 0:
                text = text[:place] + chance.choice(ODD) * chance.choice((1, 1, 30)) + text[place:]
            case 1:
                text = text[:place] + text[place + 1 :]
            case 2:
                text = text + " " + chance.choice(texts)
            case 3:
                text = text[:place] * 2 + text[place:]
            case _:
                text = text[place:]
    return text[:1000]


@pytest.mark.parametrize("language", LANGUAGES)
def test_any_mixture_is_read_refused_or_none_and_always_alike(language: str) -> None:
    chance, texts = random.Random(language), phrases(language)
    parse_time("3 xx 2025", fetched_at=NOW, languages=[language])
    spent_s = 0.0
    for _ in range(ROUNDS):
        raw, timezone = mutated(chance.choice(texts), texts, chance), chance.choice(ZONES)
        told = []
        for _ in range(2):
            started = time.process_time()
            try:
                told.append(parse_time(raw, fetched_at=NOW, languages=[language], timezone=timezone))
            except TimeError as refused:
                told.append(refused.reason)
            spent_s += time.process_time() - started
        assert told[0] == told[1]
        if told[0] is not None and not isinstance(told[0], str):
            assert told[0].earliest <= told[0].latest
            assert told[0].earliest <= NOW + timedelta(seconds=FUTURE_S)
        explain_time(raw, fetched_at=NOW, languages=[language], timezone=timezone)
        observe(Habits(), raw, NOW - timedelta(hours=chance.randint(0, 50)), NOW, languages=[language])
    # The aim is far below 5 ms a text; this only catches what is worse by far.
    assert spent_s / (2 * ROUNDS) < 0.1
