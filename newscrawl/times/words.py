"""A language's words for months, weekdays and parts of the day, looked up joined ("มีค" for "มี.ค.")."""

from collections.abc import Iterable, Mapping
from functools import lru_cache

from newscrawl.times.normal import fold

_SPAN = 3
_HEAD = 3
"""First letters by which most words are told from those with a code."""
_KIN_MAX = 2_000
_GLUED_CHARS = 24
# One-letter prepositions written together with the month.
_PREFIXES = {"he": "בלהמו", "ar": "بلو", "yi": "ב"}
# Day words papers print beside those of the table; code → words.
_DAY_WORDS = {
    "T": """
        today tonight hoy hoje oggi heute aujourdhui vandaag idag dagens astazi azi danas dnes
        dzisiaj dzis сегодня сьогодні bugun اليوم امروز היום आज আজ วันนี้ homnay hariini 今天 今日 本日
        오늘 tänään siandien sodien tana
    """,
    "Y": """
        yesterday گذشتہروز گزشتہروز ayer ontem ieri gestern hier gisteren igar igår går vcera
        včera jucer juče wczoraj вчера вчора tegnap dun dün أمس امس دیروز אתמול গতকাল เมื่อวาน
        เมื่อวานนี้ homqua kemarin semalam 昨天 昨日 어제 eilen vakar eile χθες εχθες
    """,
    "V": """
        anteayer anteontem kemarinlusa kemarindulu vorgestern avanthier позавчера przedwczoraj 前天 前日 一昨日 그저께
    """,
}
# Understood on pages of any language, being no words there: "a. m.", "p. m.", and "Mrz", as .NET shortens März.
_EVERYWHERE = {"am": "pa", "pm": "pp", "mrz": "m3"}
# Clock words of languages where one word decides, beside those CLDR and moment have.
_FILLERS = """
    a am an at on the of de del della di do da dos das d le la les el il en em den der dem vom
    um uhr uhrzeit uur klo kello kl klokken kell o ob u ve v w god godz g r год года г р рік
    року роки h hrs hr hs st nd rd th er eme e y и в у о об від от ora ore alle às as à las
    los dia día dne dnia dal tr lal jam pukul pkl saat saati στις στο στην και ώρα ημερα من في
    الساعة يوم بتوقيت ساعت مورخ در שעה בשעה ב ה ל יום को पर में बजे समय বাজে টা টায় সময়
    எண்று மணி மணிக்கு 日 号 號 일 시 분 时 時 分 น เวลา วันที่ วัน เมื่อ ngay ngày luc lúc vao vào gio
    giờ thu thứ thuc plkst plkst. val m. d. m met mett óra órakor kor perckor orele data datum
    date fecha tarih tarihi tarixi дата dátum dato päiväys päivä pvm pv vrijeme vreme cas čas
    čas: ura uro ure klukkan kukl noon midnight time hora horas heure heures uhrs local
"""


class WordBook:
    """code by joined word: m1…m12, j…, i… months, w1…w7 weekdays, p… parts of the day; and the fillers."""

    __slots__ = ("_begun", "_heads", "_kin", "codes", "fillers", "prefixes")

    def __init__(
        self, words: Mapping[str, Iterable[str]], days: Mapping[str, Iterable[str]], language: str = ""
    ) -> None:
        self.prefixes = _PREFIXES.get(language, "")
        self._kin: dict[str, str | None] = {}
        self.codes = dict(_EVERYWHERE)
        for code, phrases in words.items():
            if code[0] not in "fn":
                for phrase in phrases:
                    self.codes.setdefault(phrase.replace(" ", ""), code)
        for code, phrases in days.items():
            for phrase in phrases:
                self.codes[phrase.replace(" ", "")] = code
        for code, day_words in _DAY_WORDS.items():
            for word in day_words.split():
                self.codes.setdefault(fold(word), code)
        self.fillers = frozenset(words.get("f", ())) | _folded_fillers()
        self._heads = frozenset(word[:_HEAD] for word in self.codes)
        self._begun = frozenset(word[:end] for word in self.codes for end in range(1, len(word)))

    def mark(self, found: list[str]) -> list[tuple[str, str]]:
        """(token, code) for each token or joined stretch: "#" numbers, "-" fillers, "?" unknown words."""
        marked, place = [], 0
        while place < len(found):
            token = found[place]
            if token[0] <= "9" and token.isdigit():
                marked.append((token, "#"))
                place += 1
                continue
            if not token.isascii() and (cut := self._cut(token)):
                marked.extend(cut)
                place += 1
                continue
            if len(token) >= _HEAD and token[:_HEAD] not in self._heads:  # it begins no word with a code, nor its kin
                marked.append((token, "-" if token in self.fillers else "?"))
                place += 1
                continue
            length, code = self._longest(found, place) if token in self._begun else (1, self.codes.get(token))
            if code:
                marked.append((token if length == 1 else "".join(found[place : place + length]), code))
            else:
                marked.append((token, "-" if token in self.fillers else self._code_of_kin(token) or "?"))
            place += length
        return marked

    def _longest(self, found: list[str], place: int) -> tuple[int, str | None]:
        """How many tokens from `place` on are a word with a code, joined, and its code."""
        for length in range(min(_SPAN, len(found) - place), 0, -1):
            if code := self.codes.get("".join(found[place : place + length])):
                return length, code
        return 1, None

    def _cut(self, token: str) -> list[tuple[str, str]]:
        """The parts of a token glued together ("星期日下午", "במרץ"), when one of them has a code."""
        if len(token) > _GLUED_CHARS or token in self.codes or token in self.fillers:
            return []
        if token[0] in self.prefixes and token[1:] in self.codes:
            return [(token[1:], self.codes[token[1:]])]
        if not "\u0e00" <= token[0] <= "\u0eff" and not "\u2e80" <= token[0] <= "\ud7a3":
            return []
        parts, place = [], 0
        while place < len(token):
            end = next((end for end in range(len(token), place, -1) if token[place:end] in self.codes), 0)
            if end:
                parts.append((token[place:end], self.codes[token[place:end]]))
                place = end
            else:
                place += 1
        rest = len(token) - sum(len(part) for part, _ in parts)
        return [*parts, (token, "-")] if parts and rest < 8 else []

    def _code_of_kin(self, token: str) -> str | None:
        """The month or weekday whose name differs in its ending only ("вівторка", "marraskuuta")."""
        if len(token) < 5 or len(token) > 20:
            return None
        if token not in self._kin:
            found = {
                code
                for word, code in self.codes.items()
                if code[0] in "mw" and word[:4] == token[:4] and _same(word, token) >= 0.6 * max(len(word), len(token))
            }
            if len(self._kin) > _KIN_MAX:
                self._kin.clear()
            self._kin[token] = found.pop() if len(found) == 1 else None
        return self._kin[token]


def _same(a: str, b: str) -> int:
    """How many first letters two words share."""
    return next(
        (place for place, pair in enumerate(zip(a, b, strict=False)) if pair[0] != pair[1]), min(len(a), len(b))
    )


@lru_cache(maxsize=1)
def _folded_fillers() -> frozenset[str]:
    return frozenset(map(fold, _FILLERS.split()))
