"""What changed between two texts of one article, in typed words."""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from newscrawl.models import Article
from newscrawl.text import normal_form, squeeze, words

ChangeKind = Literal[
    "completed", "deletion", "restored", "replaced", "paywall", "headline", "correction", "number", "quote",
    "paragraph_added", "paragraph_removed", "wording", "authors", "date", "trivial",
    "extraction",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Change:
    """A change's kinds, most telling first, and one line for a person."""

    kinds: tuple[ChangeKind, ...]
    summary: str

    @property
    def is_trivial(self) -> bool:
        """Whether nothing a reader would notice changed: to be counted, not kept."""
        return self.kinds == ("trivial",)


_PARAGRAPHS_MAX = 2_000
_NUMBER = re.compile(r"\d+(?:[.,:]\d+)*")
_QUOTED = re.compile(r"“[^“”]{12,600}”|„[^„“”]{12,600}[“”]|«[^«»]{12,600}»|「[^「」]{6,300}」|\"[^\"\n]{12,600}\"")
# "Updated 14:05", "Last modified: …", "Stand: …": a stamp alone is no change. Words from newsrooms' own stamps.
_STAMP = re.compile(
    r"^\W*(?:last\s+)?(?:updated?|modified|published|posted|aktualisiert|stand|zuletzt|mis à jour|modifié|publié|"
    r"actualizado|publicado|atualizado|aggiornato|pubblicato|bijgewerkt|обновлено|опубликовано|güncelleme|"
    r"更新|发布|發布|配信|업데이트|수정|입력)\b.{0,80}$",
    re.IGNORECASE,
)
_CORRECTION = re.compile(
    r"^\W*(?:correction|corrected|clarification|editor.?s note|an earlier version|"
    r"this (?:article|story) (?:has been|was) (?:corrected|amended|updated)|"
    r"korrektur|berichtigung|hinweis der redaktion|anmerkung der redaktion|in einer früheren (?:version|fassung)|"
    r"rectificatif|erratum|correctif|corrección|fe de erratas|correção|errata|correzione|rettifica|"
    r"correctie|rectificatie|исправление|поправка|düzeltme|訂正|更正|정정)",
    re.IGNORECASE,
)
_PAYWALL_SHARE = 0.9
_REWORDED = "words changed in"
_SENTENCE_WORDS = 8
"""Added or cut inside a paragraph, so many are more than another wording."""
_KEPT_SHARE = 0.9
"""Of a paragraph's words, found again in a longer one: it was added to; the other way round, cut."""
_NEAR = 8
"""Paragraphs looked at on either side for the new wording of one."""


def classify_change(old: Article, new: Article) -> Change:
    """What the new text of one article changed in the old; `trivial` alone where a reader would notice nothing."""
    if not new.article_body and old.article_body:
        return Change(("deletion",), "the text is gone")
    if new.article_body and not old.article_body:
        return Change(("completed",), "the full text was read for the first time")
    found = [*_headline(old, new), *_body(old, new), *_fields(old, new)]
    if not found:
        return Change(("trivial",), "nothing but spacing, punctuation or a time stamp")
    kinds = tuple(dict.fromkeys(kind for kind, _ in found))
    return Change(kinds, "; ".join(text for _, text in found))


def _headline(old: Article, new: Article) -> list[tuple[ChangeKind, str]]:
    if normal_form(old.headline or "") == normal_form(new.headline or "") or not new.headline:
        return []
    return [("headline", f"headline “{_short(old.headline or '')}” → “{_short(new.headline)}”")]


def _body(old: Article, new: Article) -> list[tuple[ChangeKind, str]]:
    before, after = _paragraphs(old.article_body), _paragraphs(new.article_body)
    removed, added, reworded = _differences(before, after)
    if not (removed or added or reworded):
        return []
    if (flip := _paywall(old, new, before, after)) is not None:
        return [("paywall", flip)]
    kept = sum((Counter(map(normal_form, before)) & Counter(map(normal_form, after))).values())
    if not kept and not reworded:
        return [("replaced", "another text stands at this address")]
    return _told(removed, added, reworded)


def _told(removed: list[str], added: list[str], reworded: list[tuple[str, str]]) -> list[tuple[ChangeKind, str]]:
    notes = [text for text in added if _CORRECTION.match(text)]
    plain = [text for text in added if not _CORRECTION.match(text)]
    found: list[tuple[ChangeKind, str]] = [("correction", f"note “{_short(text)}”") for text in notes]
    told = [_wording(was, now) for was, now in reworded]
    found += [one for one in told if one]
    untold = Counter(_grown(was, now) for (was, now), one in zip(reworded, told, strict=True) if not one)
    found += [("wording", f"{what} {_count(number, 'paragraph')}") for what, number in untold.items()]
    if plain:
        found.append(("paragraph_added", f"{_count(len(plain), 'paragraph')} added"))
    if removed:
        found.append(("paragraph_removed", f"{_count(len(removed), 'paragraph')} removed"))
    order = {"correction": 0, "number": 1, "quote": 2, "paragraph_added": 3, "paragraph_removed": 4, "wording": 5}
    return sorted(found, key=lambda item: order[item[0]])


def _wording(was: str, now: str) -> tuple[ChangeKind, str] | None:
    """The numbers or quotes that changed inside one paragraph; None: just words, or sentences came or went."""
    if _grown(was, now) != _REWORDED:
        return None
    gone, come = _swapped(_NUMBER.findall, was, now)
    if gone or come:
        return "number", f"{', '.join(gone) or 'no number'} → {', '.join(come) or 'none'}"
    gone, come = _swapped(_QUOTED.findall, was, now)
    if (gone or come) and [normal_form(text) for text in gone] != [normal_form(text) for text in come]:
        return "quote", f"{_short(' '.join(gone)) or 'no quote'} → {_short(' '.join(come)) or 'none'}"
    return None


def _grown(was: str, now: str) -> str:
    """What became of a paragraph: sentences came, or went, and all others stayed; or else its words changed."""
    before, after = _bag(was), _bag(now)
    more = after.total() - before.total()
    if more >= _SENTENCE_WORDS and not before - after:
        return "text added to"
    return "text cut from" if -more >= _SENTENCE_WORDS and not after - before else _REWORDED


def _swapped(read: Callable[[str], list[str]], was: str, now: str) -> tuple[list[str], list[str]]:
    before, after = Counter(read(was)), Counter(read(now))
    return list((before - after).elements())[:5], list((after - before).elements())[:5]


def _paywall(old: Article, new: Article, before: Sequence[str], after: Sequence[str]) -> str | None:
    """A text that became the beginning of itself, or grew out of it, as the page's own word on access changed."""
    free = (old.is_accessible_for_free, new.is_accessible_for_free)
    shorter, longer = sorted((before, after), key=lambda text: sum(map(len, text)))
    head = {normal_form(text) for text in longer}
    kept = sum(len(text) for text in shorter if normal_form(text) in head)
    if kept < _PAYWALL_SHARE * sum(map(len, shorter)):
        return None
    if free[0] is not False and free[1] is False and shorter is after:
        return "closed: only the beginning is free to read now"
    if free[0] is False and free[1] is not False and shorter is before:
        return "opened: the whole text is free to read now"
    return None


def _fields(old: Article, new: Article) -> list[tuple[ChangeKind, str]]:
    found: list[tuple[ChangeKind, str]] = []
    if new.authors and old.authors and list(map(normal_form, old.authors)) != list(map(normal_form, new.authors)):
        found.append(("authors", f"authors {', '.join(old.authors)} → {', '.join(new.authors)}"))
    was, now = old.date_published, new.date_published
    if was and now and (was.latest < now.earliest or now.latest < was.earliest):
        found.append(("date", f"date published {was.raw} → {now.raw}"))
    return found


def _paragraphs(body: str | None) -> list[str]:
    """The paragraphs that say something: no time stamps, no empty ones."""
    lines = (squeeze(line) for line in (body or "").split("\n"))
    return [line for line in lines if normal_form(line) and not _STAMP.match(line)][:_PARAGRAPHS_MAX]


def _differences(before: list[str], after: list[str]) -> tuple[list[str], list[str], list[tuple[str, str]]]:
    """Paragraphs removed, added, and (was, now) of those reworded. Paragraphs that only moved are none of these."""
    keys_before, keys_after = list(map(normal_form, before)), list(map(normal_form, after))
    if "".join(keys_before) == "".join(keys_after):
        return [], [], []
    gone = _left_over(before, keys_before, Counter(keys_after))
    come = _left_over(after, keys_after, Counter(keys_before))
    return _pair(gone, come)


def _left_over(texts: list[str], keys: list[str], elsewhere: Counter[str]) -> list[str]:
    """The paragraphs that the other text does not have, or not as often."""
    left: list[str] = []
    for text, one in zip(texts, keys, strict=True):
        if elsewhere[one]:
            elsewhere[one] -= 1
        else:
            left.append(text)
    return left


def _pair(gone: list[str], come: list[str]) -> tuple[list[str], list[str], list[tuple[str, str]]]:
    """Match paragraphs gone with those come that stand near in order and have words enough in common."""
    removed: list[str] = []
    reworded: list[tuple[str, str]] = []
    bags = [_bag(text) for text in come]
    free = set(range(len(come)))
    for at, text in enumerate(gone):
        bag = _bag(text)
        near = (other for other in range(max(0, at - _NEAR), min(len(come), at + _NEAR + 1)) if other in free)
        twin = next((other for other in near if _is_reworded(bag, bags[other])), None)
        if twin is None:
            removed.append(text)
        else:
            free.remove(twin)
            reworded.append((text, come[twin]))
    return removed, [come[other] for other in sorted(free)], reworded


def _is_reworded(bag: Counter[str], other: Counter[str]) -> bool:
    return 2 * (bag & other).total() >= max(bag.total(), other.total()) or _is_kept(bag, other)


def _is_kept(bag: Counter[str], other: Counter[str]) -> bool:
    """Whether the shorter of two paragraphs stands in the longer one."""
    shorter = min(bag.total(), other.total())
    return shorter >= _SENTENCE_WORDS and (bag & other).total() >= _KEPT_SHARE * shorter


def _bag(text: str) -> Counter[str]:
    return Counter(words(text.casefold()))


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'s' if number != 1 else ''}"


def _short(text: str) -> str:
    return text if len(text) <= 80 else text[:79] + "…"
