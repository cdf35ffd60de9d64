"""Printed times: which part of a short text is one, in any language, without parsing it.

A time is a run of numbers and time words (`time_words.txt`, from CLDR) that holds evidence: a clock, a full date,
a day beside a month's name, an age. What it means is for `newscrawl.times` to say.
"""

import re
import unicodedata
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

_TOKEN = re.compile(
    r"\d+|[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]"
    r"|(?:[^\W\d_]|[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0900-\u0dff\u200c\u200d])+"
)
_CLOCK = re.compile(
    r"(?<![\d:.])(?:[01]?\d|2[0-3])\s?[:：hH]\s?[0-5]\d(?!\d)|(?<!\d)\d{1,2}\s?[ap]\.?m\b", re.IGNORECASE
)
_FULL_DATE = re.compile(
    r"(?<!\d)(?:\d{4}\s?[./-]\s?\d{1,2}\s?[./-]\s?\d{1,2}|\d{1,2}\s?[./-]\s?\d{1,2}\s?[./-]\s?\d{2,4})(?!\d)|(?<!\d)20\d{6}(?!\d)"
)
_SHORT_DATE = re.compile(r"(?<!\d)[0-3]\d[./-][0-3]\d\.?(?!\d)")
_TODAY = frozenset(
    "today yesterday now just moments hoy ayer ahora hoje ontem agora aujourd hui hier maintenant instant oggi ieri adesso "
    "heute gestern vorgestern jetzt gerade eben vandaag gisteren eergisteren nu zojuist idag igår nyss akkurat nå går nyligen tänään "
    "eilen nyt dziś dzisiaj wczoraj teraz dnes včera právě práve danas jučer juče днес вчера сега сегодня сейчас позавчера "
    "сьогодні вчора щойно зараз сёння учора šiandien vakar dabar šodien vakar täna eile praegu ma tegnap most azi ieri acum "
    "σήμερα χθες χτες τώρα bugün dün şimdi hôm nay qua hari ini kemarin baru saja tadi leo jana 今 天 昨 刚 剛 才 前 本 오늘 어제 방금 "
    "आज कल अभी আজ গতকাল এখন এইমাত্র اليوم أمس الآن امروز دیروز اکنون היום אתמול עכשיו วัน นี้ เมื่อ วาน".split()
)
_ABBREVIATED = frozenset(
    "s m h d w y yr yrs hr hrs min mins sec secs mo mos std stdn мин ч дн сек час мес sat dk sn gün ora ore år "
    "годин годины година year years año años ano anos an ans anno anni jahr jahre jahren jaar lat rok lata roku let god godine "
    "лет год года години 年 月 日 周 週 星 期 时 時 点 點 分 秒 小 钟 鐘 間 午 上 下 晚 早 凌 晨 个 個 前 以 内 后 "
    "ঘণ্টা ঘন্টা মিনিট দিন ساعات ساعة دقائق دقيقة أيام يوم 년 월 일 시 시간 분 초 전 주 개월 오전 오후 বছর আগে".split()
)
_AGO = frozenset("ago 前 전 منذ مضت geleden lalu yang önce fa назад тому আগে पहले पूर्व trước ที่แล้ว".split())
_JOINTS = frozenset(
    "at on of the de del da do dos di la le el um kl klokken ora alle ore às as os a an the one ein einer eine einem einen un "
    "une uno una en i u o ob в во г на і st nd rd th er ère º ª uhr h t z et est edt ct cst cdt mt pt pst pdt gmt utc bst ist "
    "cet cest msk ב und y e and about ca circa den d am pm noon midnight ngày lúc giờ pukul jam wib wit wita ว น อ ร tháng năm "
    "less than than over".split()
)
_LABELS = frozenset(
    "published publish posted updated update modified last created date time publicado publicada actualizado actualizada "
    "atualizado atualizada publié publiée modifié mis jour pubblicato aggiornato veröffentlicht aktualisiert stand geplaatst "
    "gepubliceerd bijgewerkt gewijzigd oppdatert publisert opdateret publiceret publicerad uppdaterad opublikowano aktualizacja "
    "опубликовано обновлено publikováno yayınlanma güncelleme 更新 发布 時間 入力 입력 수정 প্রকাশিত প্রকাশ আপডেট diperbarui".split()
)
_LONG_CHARS = 120
_TEXT_CHARS_MAX = 400


def _load() -> dict[str, str]:
    kinds: dict[str, str] = {}
    text = files("newscrawl.discover.listing").joinpath("time_words.txt").read_text(encoding="utf-8")
    tables: dict[str, list[str]] = {}
    for line in text.splitlines():
        title, *words = line.split()
        if title != "#":
            tables[title] = words
    for kind, group in (
        ("l", _LABELS),
        ("j", _JOINTS),
        ("D", tables["days"]),
        ("A", tables["ago"]),
        ("U", tables["units"]),
        ("U", _ABBREVIATED),
        ("T", _TODAY),
        ("M", tables["months"]),
    ):
        kinds.update(dict.fromkeys(group, kind))
    kinds.update(dict.fromkeys(("am", "pm"), "j"))
    kinds.update(dict.fromkeys(_AGO, "A"))
    del kinds["pro"]  # Czech and Slovene for December, and too many other things.
    return kinds


_KINDS = _load()


class _Token(NamedTuple):
    kind: str
    start: int
    end: int


@lru_cache(maxsize=4096)
def find_time(text: str) -> str | None:
    """The first part of `text` that prints a time, with its label ("Updated …"); None: there is none."""
    if len(text) > _TEXT_CHARS_MAX:
        text = text[:_TEXT_CHARS_MAX]
    runs = _runs(text)
    for run in runs:
        start, end = run[0].start, run[-1].end
        if len(text) > _LONG_CHARS and start > 3:
            return None
        kinds = "".join(token.kind for token in run)
        raw = text[start:end]
        outside = text[:start] + text[end:]
        whole = not any(map(str.isalnum, outside))
        if _is_evident(kinds, raw, whole):
            return raw
    return None


def is_time(text: str) -> bool:
    """Whether all of `text` is a printed time."""
    if len(text) > 60:
        return False
    found = find_time(text)
    return found is not None and sum(map(str.isalnum, found)) == sum(map(str.isalnum, text))


def _runs(text: str) -> list[list[_Token]]:
    """Stretches of time words and numbers, without joints at their ends."""
    folded = unicodedata.normalize("NFC", text).lower()
    if len(folded) != len(text):
        folded = text
    runs: list[list[_Token]] = []
    current: list[_Token] = []
    last_end = 0
    for match in _TOKEN.finditer(folded):
        word = match.group()
        kind = "n" if word.isdigit() else _KINDS.get(word, "")
        gap = match.start() - last_end
        if current and (not kind or gap > 6 or "|" in folded[last_end : match.start()]):
            runs.append(current)
            current = []
        if kind:
            current.append(_Token(kind, match.start(), match.end()))
        last_end = match.end()
    runs.append(current)
    return [trimmed for run in runs if (trimmed := _trim(run))]


def _trim(run: list[_Token]) -> list[_Token]:
    start, end = 0, len(run)
    while start < end and run[start].kind == "j" and not (run[start + 1 : start + 2] and run[start + 1].kind in "UM"):
        start += 1
    while end > start and run[end - 1].kind == "l":
        end -= 1
    return run[start:end]


def _is_evident(kinds: str, raw: str, whole: bool) -> bool:
    if _CLOCK.search(raw) or _FULL_DATE.search(raw):
        return True
    if re.search(r"n[jlUD]{0,2}M|M[jl]?n", kinds):
        return True
    if "U" in kinds and "A" in kinds and ("n" in kinds or "j" in kinds or "U" in kinds):
        return True
    if re.search("nUnU|nUn", kinds):
        return True
    if "T" in kinds and (whole or "n" in kinds):
        return True
    return whole and bool(re.search("nU", kinds) or _SHORT_DATE.search(raw))
