"""Made-up articles in several scripts, the same for the same seed."""

import random
from datetime import UTC, datetime, timedelta

from newscrawl.models import Article, Timestamp

NOW = datetime(2025, 5, 4, 12, tzinfo=UTC)
SCRIPTS = {
    "latin": ("abdefghiklmnoprstuvwxyzäéñ", 7, " "),
    "cyrillic": ("абвгдежзиклмнопрстуфхцчшщыэюя", 7, " "),
    "arabic": ("ابتثجحخدذرزسشصضطظعغفقكلمنهوي", 5, " "),
    "korean": ("가나다라마바사아자차카타파하기니디리미비시이지치고노도로모보소오", 3, " "),
    "thai": ("กขคงจชซดตถทนบปผพฟมยรลวสหอะาิีึุูเแโไ", 4, ""),
    "chinese": ("".join(chr(0x4E00 + 7 * step) for step in range(900)), 2, ""),
    "japanese": ("あいうえおかきくけこさしすせそたちつてとなにぬねのアイウエオカキクケコ市水川雨人日本", 3, ""),
}


def make_body(seed: int, count: int = 240, script: str = "latin") -> str:
    """`count` words in paragraphs of forty, drawn from a language of a thousand words."""
    letters, longest, gap = SCRIPTS[script]
    language = random.Random(script)
    vocabulary = ["".join(language.choices(letters, k=language.randint(2, longest))) for _ in range(1_000)]
    drawn = random.Random(seed).choices(vocabulary, k=count)
    return "\n\n".join(gap.join(drawn[at : at + 40]) + "." for at in range(0, count, 40))


def make_article(body: str | None, number: int = 1, **fields: object) -> Article:
    """An article at an address of its own."""
    given = {
        "source_id": "zz_demo",
        "url": f"https://paper{number}.example/news/{number}",
        "fetched_at": NOW,
        "headline": f"Headline {number}",
        "article_body": body,
    }
    return Article(**(given | fields))  # type: ignore[arg-type]  # fields vary by test


def at(hours: float, width_min: float = 0) -> Timestamp:
    """A publication time so many hours after NOW, known to `width_min` minutes."""
    start = NOW + timedelta(hours=hours)
    return Timestamp(earliest=start, latest=start + timedelta(minutes=width_min), raw=f"{hours} h")
