"""A language's words for months, weekdays and parts of the day, looked up joined ("มีค" for "มี.ค.")."""

from collections.abc import Iterable, Mapping

from newscrawl.times.normal import fold

_SPAN = 3
# Months in English are understood on pages of any language; "a. m." and "p. m." too.
_EVERYWHERE = {"am": "pa", "pm": "pp"}
# Clock words of languages where one word decides, beside those CLDR and moment have.
_FILLERS = frozenset(
    "a am an at on the of de del della di do da dos das d le la les el il en em en den der dem vom um uhr uhrzeit uur klo "
    "kello kl klokken kell kl o ob u ve v w god godz g r год года г р рік року роки um h hrs hr hs st nd rd th er eme e y "
    "и в у о об від от la ora ore alle ore às as à las los dia día dne den dnia il dal tr lal jam pukul pkl jam saat saati "
    "στις στο στην και ώρα ημερα من في الساعة يوم بتوقيت ساعت مورخ در שעה בשעה ב ה ל יום को पर में बजे समय বাজে টা টায় "
    "সময় எண்று மணி மணிக்கு 日 号 號 일 시 분 时 時 分 น เวลา วันที่ วัน เมื่อ ngay ngày luc lúc vao vào gio giờ thu thứ thuc "
    "kl. plkst plkst. val val. m. d. m d met mett óra órakor kor perckor ora orele data datum date fecha tarih tarihi "
    "tarixi дата dátum dato päiväys päivä pvm pv vrijeme vrijeme vreme cas čas čas: ura uro ure klukkan kukl kl noon "
    "midnight time hora horas heure heures uhrs local est".split()
)


class WordBook:
    """code by joined word: m1…m12, j…, i… months, w1…w7 weekdays, p… parts of the day; and the fillers."""

    __slots__ = ("codes", "fillers")

    def __init__(self, words: Mapping[str, Iterable[str]], days: Mapping[str, Iterable[str]]) -> None:
        self.codes = dict(_EVERYWHERE)
        for code, phrases in words.items():
            if code != "f":
                for phrase in phrases:
                    self.codes.setdefault(phrase.replace(" ", ""), code)
        for code, phrases in days.items():
            for phrase in phrases:
                self.codes[phrase.replace(" ", "")] = code
        self.fillers = frozenset(words.get("f", ())) | _FILLERS_FOLDED

    def mark(self, found: list[str]) -> list[tuple[str, str]]:
        """(token, code) for each token or joined stretch: "#" numbers, "-" fillers, "?" unknown words."""
        marked, place = [], 0
        while place < len(found):
            token = found[place]
            if token[0] <= "9" and token.isdigit():
                marked.append((token, "#"))
                place += 1
                continue
            for length in range(min(_SPAN, len(found) - place), 0, -1):
                joined = token if length == 1 else "".join(found[place : place + length])
                if code := self.codes.get(joined):
                    marked.append((joined, code))
                    place += length
                    break
            else:
                marked.append((token, "-" if token in self.fillers else "?"))
                place += 1
        return marked


_FILLERS_FOLDED = frozenset(map(fold, _FILLERS))
