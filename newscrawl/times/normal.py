"""The normal form in which texts are compared, so that spaces, dots, accents and digits' scripts never matter."""

import re
import unicodedata

from newscrawl.limits import DATE_TEXT_CHARS

# Combining signs that writers leave out or encode in two ways: accents, Hebrew points, Arabic vowels and hamza, Hindi
# dots below.
_DROPPED = dict.fromkeys((*range(0x300, 0x370), *range(0x591, 0x5C8), *range(0x64B, 0x660), 0x670, 0x93C))
# Apostrophes, zero-width and direction marks, soft hyphens: they print little or nothing and split words.
_DROPPED.update(
    dict.fromkeys((0x27, 0x60, 0xAD, 0xB4, 0x61C, 0x2BC, 0x2BB, 0x2018, 0x2019, 0xFEFF, *range(0x200B, 0x2010)))
)
_DROPPED.update(dict.fromkeys((*range(0x202A, 0x202F), *range(0x2060, 0x2070))))
# Lookalikes of the letters they replace: Persian and Urdu keyboards, Turkish dotless i, unused long marks.
_DROPPED.update({0x64A: 0x6CC, 0x649: 0x6CC, 0x643: 0x6A9, 0x6C0: 0x647, 0x131: 0x69, 0x640: None})
_ASCII_DROPPED = {0x27: None, 0x60: None}
# Marks that spell words: ranges of letters and marks, without digits and punctuation, as Unicode 15 lists them.
MARKS = (
    "\u0300-\u036f\u0483-\u0489\u0610-\u061a\u06d6-\u06ed\u0711-\u07b0\u0816-\u082d\u0898-\u0963\u0971-\u09e3"
    "\u09fe-\u0a51\u0a70-\u0ae3\u0af9-\u0b63\u0b70-\u0be3\u0c00-\u0c63\u0c80-\u0ce3\u0d00-\u0d63\u0d7a-\u0de3"
    "\u0df2-\u0df3\u0e31-\u0e3a\u0e47-\u0e4e\u0eb1-\u0ecd\u0f18-\u0f1f\u0f35\u0f37\u0f39\u0f3e-\u0f84\u0f86-\u0fbc"
    "\u102b-\u103e\u1050-\u108f\u135d-\u135f\u1712-\u1734\u1780-\u17d3\u17dd\u180b-\u180f\u1885-\u193b\u1a17-\u1a1b"
    "\u1a55-\u1a7f\u1ab0-\u1b4c\u1b6b-\u1b73\u1b80-\u1baf\u1be6-\u1bf3\u1c24-\u1c37\u2d7f-\u2dff\ua66f-\ua672"
    "\ua823-\ua827\ua880-\ua8c5\ua8e0-\ua8f1\ua926-\ua92d\ua947-\ua953\ua980-\ua9c0\uaa29-\uaa43\uabe3-\uabea"
)
_LETTERS = rf"(?:[^\W\d_]+|[{MARKS}]+)+"
# The dot comes first, as a search that begins with a sign is many times faster than one that looks behind.
_INNER_DOT = re.compile(r"\.(?<=[^\W\d_]\.)(?=[^\W\d_])")
TOKEN = re.compile(rf"\d+|{_LETTERS}")
_ASCII_TOKEN = re.compile(r"\d+|[a-z]+")
NUMBER = re.compile(r"\d+")
_SIGN_OR_NOTHING = re.compile(r"^\W*[+−-](?!\d)|[\u200b-\u200f\u202a-\u202e\u2060-\u2069]+")
# Each before the consonants of its own row.
_NASAL = re.compile(
    "\u0919\u094d(?=[क-घ])|\u091e\u094d(?=[च-झ])|\u0923\u094d(?=[ट-ढ])|\u0928\u094d(?=[त-ध])|\u092e\u094d(?=[प-भ])"
)
_SIGNS_MAX = 20_000
_FOLDED_CHARS = 2 * DATE_TEXT_CHARS
"""Signs that fold to many letters ("ﷺ" to 18) make no text longer than this."""


class _Folds(dict[int, str]):
    """Code point → its folded form, filled as signs are met: one look-up a sign instead of four passes a text."""

    def __missing__(self, code: int) -> str:
        if len(self) >= _SIGNS_MAX:
            self.clear()
        sign = unicodedata.normalize("NFKD", chr(code)).casefold()
        sign = unicodedata.normalize("NFKD", sign).translate(_DROPPED)
        return self.setdefault(code, NUMBER.sub(_ascii_digits, sign))


class _Keys(dict[int, str | None]):
    """Code point → what of it stands in a phrase's key: folded letters, "#" for a digit, nothing for the rest."""

    def __missing__(self, code: int) -> str | None:
        if len(self) >= _SIGNS_MAX:
            self.clear()
        letters = NUMBER.sub(lambda digits: "#" * len(digits[0]), "".join(TOKEN.findall(_FOLDS[code])))
        return self.setdefault(code, letters or None)


_FOLDS, _KEYS = _Folds(), _Keys()
_ASCII_KEYS = bytes(ord("#") if chr(code).isdigit() else ord(chr(code).lower()) for code in range(128)).ljust(256)
_ASCII_SILENT = bytes(code for code in range(128) if not chr(code).isalnum())


def fold(raw: str) -> str:
    """`raw` cut at DATE_TEXT_CHARS, casefolded, accents and invisible signs dropped, digits in ASCII."""
    text = raw[:DATE_TEXT_CHARS]
    if text.isascii():
        text = text.lower()
        return text.translate(_ASCII_DROPPED) if "'" in text or "`" in text else text
    return _with_one_nasal(unicodedata.normalize("NFC", text.translate(_FOLDS)[:_FOLDED_CHARS]))


def key(raw: str) -> str:
    """The letters of a cut text's folded form and a "#" for each digit: a phrase as the table lists it, unspaced."""
    if raw.isascii():
        return raw.encode().translate(_ASCII_KEYS, _ASCII_SILENT).decode()
    text = raw.translate(_KEYS)
    return text if text.isascii() else _with_one_nasal(unicodedata.normalize("NFC", text))


def spelling(raw: str) -> str:
    """A short text as it is written, with "#" for its number, without what prints nothing or parts it from others."""
    return NUMBER.sub("#", " ".join(_SIGN_OR_NOTHING.sub("", raw).split())).replace("−", "-")


def pieces(folded: str) -> list[str]:
    """Words and numbers of a folded text, in order: what TOKEN finds."""
    return (_ASCII_TOKEN if folded.isascii() else TOKEN).findall(folded)


def tokens(folded: str) -> list[str]:
    """`pieces`, where dots inside a word ("p.m.") do not split it."""
    return pieces(_INNER_DOT.sub("", folded) if "." in folded else folded)


def _with_one_nasal(text: str) -> str:
    """Hindi nasals are written as a letter or as a dot: नवम्बर, नवंबर."""
    return _NASAL.sub("\u0902", text) if "\u094d" in text else text


def _ascii_digits(match: re.Match[str]) -> str:
    digits = match.group()
    return digits if digits.isascii() else "".join(str(unicodedata.decimal(digit, 0)) for digit in digits)
