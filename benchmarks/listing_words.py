"""Write the words that printed times are made of, from CLDR: `python benchmarks/listing_words.py > FILE`.

Kept in `newscrawl/discover/listing/time_words.txt`; needs Babel. CLDR has no words for "today" in its time spans,
so those, and all else below the second comment of that file, are set by hand.
"""

import re
import unicodedata
from datetime import timedelta

from babel import Locale
from babel.dates import format_timedelta

# fmt: off
LOCALES = (
    "en", "es", "pt", "fr", "it", "de", "nl", "da", "nb", "nn", "sv", "fi", "is", "pl", "cs", "sk", "sl",
    "hr", "sr", "bs", "bg", "mk", "ru", "uk", "be", "lt", "lv", "et", "hu", "ro", "el", "tr", "az", "sq",
    "ca", "gl", "eu", "id", "ms", "vi", "fil", "sw", "zh", "zh_Hant", "ja", "ko", "th", "lo", "km", "my",
    "hi", "bn", "ta", "te", "mr", "gu", "kn", "ml", "pa", "ne", "si", "ur", "fa", "ar", "he", "hy", "ka",
    "kk", "uz", "mn", "af", "cy", "ga",
)
# fmt: on
TOKEN = re.compile(
    r"\d+|[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]"
    r"|(?:[^\W\d_]|[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0900-\u0dff\u200c\u200d])+"
)
UNITS = {"minute": 60, "hour": 3600, "day": 86400, "week": 7 * 86400, "month": 30 * 86400, "second": 1}
COUNTS = (1, 2, 3, 5, 7, 11, 21)


def tokens(text: str) -> set[str]:
    folded = unicodedata.normalize("NFKC", text).lower()
    return {token for token in TOKEN.findall(folded) if not token.isdigit()}


def spans(locale: Locale, style: str, direction: bool) -> set[str]:
    found: set[str] = set()
    for unit, seconds in UNITS.items():
        for count in COUNTS:
            try:
                text = format_timedelta(
                    timedelta(seconds=-count * seconds),
                    granularity=unit,
                    threshold=10**6,
                    add_direction=direction,
                    format=style,
                    locale=locale,
                )
            except (KeyError, ValueError):
                continue
            found |= tokens(text)
    return found


def main() -> None:
    months: set[str] = set()
    days: set[str] = set()
    units: set[str] = set()
    ago: set[str] = set()
    for name in LOCALES:
        locale = Locale.parse(name)
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for value in locale.months[context][width].values():
                    months |= tokens(value)
                for value in locale.days[context][width].values():
                    days |= tokens(value)
        for periods in locale.day_periods.get("format", {}).values():
            days |= tokens(periods.get("am", "")) | tokens(periods.get("pm", ""))
        plain = spans(locale, "long", False) | spans(locale, "short", False) | spans(locale, "narrow", False)
        units |= plain
        ago |= spans(locale, "long", True) - plain
    for title, group in (
        ("months", months),
        ("days", days - months),
        ("units", units - months),
        ("ago", ago - units - months),
    ):
        print(title, *sorted(word for word in group if len(word) > 1 or not word.isascii()))


if __name__ == "__main__":
    main()
