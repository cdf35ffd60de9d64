"""Labels around a time ("Updated", "Published on"): which date it is, and the text that is left."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Literal, NamedTuple

from newscrawl.times.normal import TOKEN, fold, pieces

Role = Literal["published", "modified"]

# What papers print before (in Japanese and Korean also after) a time. Written plainly, folded when loaded.
_LABELS: dict[Role, str] = {
    "modified": """
        last updated, updated, update, last modified, modified, edited, revised, upd, zuletzt aktualisiert,
        aktualisiert, aktualisierung, geändert, zuletzt geändert, stand, mis à jour, mise à jour, maj le,
        modifié, actualisé, dernière mise à jour, actualizado, actualizada, actualización,
        última actualización, modificado, atualizado, atualizada, atualização, última atualização,
        aggiornato, aggiornata, aggiornamento, ultimo aggiornamento, ultima modifica, modificato,
        bijgewerkt, laatst bijgewerkt, laatste         update, gewijzigd, aangepast, uppdaterad,
        senast uppdaterad, uppdaterat, ändrad, oppdatert, sist         oppdatert, opdateret,
        sidst opdateret, ændret, päivitetty, muokattu, uppfært, aktualizacja,
        ostatnia         aktualizacja, zaktualizowano, aktualizováno, aktualizace, upraveno, aktualizované,
        aktualizácia, posodobljeno, osveženo, zadnja sprememba, ažurirano, izmijenjeno, izmenjeno,
        zadnja izmjena, ажурирано, измењено, обновена, обновено, актуализирана, актуализирано,
        последна промяна, обновлено, обновлён, обновлена, изменено, изменён, оновлено, змінено, абноўлена,
        ενημερώθηκε, ενημέρωση, τελευταία ενημέρωση, τροποποιήθηκε, ανανεώθηκε, actualizat, actualizată,
        ultima actualizare, modificat, frissítve, frissült, módosítva, güncelleme, son güncelleme,
        güncellenme, güncellendi, güncelleme tarihi, uuendatud, muudetud, atjaunots, atjaunināts,
        papildināts, atnaujinta, papildyta, përditësuar, تحديث, آخر تحديث, تم التحديث, تم التحديث في, محدث,
        حدث, به روزرسانی, بروزرسانی, به روز شده, آخرین به روزرسانی, آخرین بروزرسانی, עודכן, עודכן ב,
        עדכון אחרון, اپڈیٹ, اپ ڈیٹ, आखरी अपडेट, अपडेट, अपडेटेड, अद्यतन, संशोधित, अंतिम अपडेट, আপডেট,
        হালনাগাদ, সর্বশেষ আপডেট, আপডেটের সময়, புதுப்பிக்கப்பட்டது, அப்டேட், అప్‌డేట్, અપડેટ, അപ്ഡേറ്റ്,
        อัปเดต, อัพเดท, อัปเดตล่าสุด, อัปเดตเมื่อ, แก้ไข, แก้ไขล่าสุด, cập nhật, cập nhật lúc,
        cập nhật lần cuối, diperbarui, pembaruan, diupdate, dikemas kini, dikemaskini, kemas kini, 更新于,
        更新於, 更新时间, 更新時間, 最后更新, 最後更新, 修改, 更新, 最終更新, 更新日時, 更新日, 업데이트,
        최종수정, 최종 수정, 최종편집, 수정, 갱신, განახლდა, թարմացվել է, imesasishwa, ilisasishwa,
        opgedateer, bygewerk, actualitzat, eguneratua, yangilandi, жаңартылды, yeniləndi, yenilənib,
        шинэчилсэн
    """,
    "published": """
        first published, originally published, published, publish date, publication date, posted, pub,
        created, released, date published, date posted, veröffentlicht, erschienen, erstellt, publiziert,
        erstveröffentlichung, publié, publiée, publication, mis en ligne, mise en ligne, posté, paru,
        parue, créé, écrit, publicado, publicada, publicación, creado, creada, postado, postada, criado,
        criada, publicação, pubblicato, pubblicata, pubblicazione, gepubliceerd, geplaatst, gepost,
        publicerad, publicerat, skapad, publisert, lagt ut, publiceret, offentliggjort, udgivet, oprettet,
        julkaistu, luotu, birt, opublikowano, opublikowany, opublikowane, dodano, data publikacji,
        publikacja, utworzono, publikováno, zveřejněno, vydáno, vloženo, publikované, zverejnené,
        uverejnené, vydané, objavljeno, objava, објављено, публикувана, публикувано, публикуван, објавено,
        опубликовано, опубликован, опубликована, размещено, дата публикации, добавлено, опубліковано,
        розміщено, апублікавана, δημοσιεύθηκε, δημοσιεύτηκε, δημοσίευση, ανάρτηση, αναρτήθηκε, publicat,
        publicată, postat, publikálva, közzétéve, megjelent, megjelenés, feltöltve, yayınlanma,
        yayınlanma tarihi, yayınlandı, yayın tarihi, yayımlanma, giriş tarihi, giriş, oluşturulma,
        oluşturulma tarihi, eklenme, eklenme tarihi, avaldatud, lisatud, publicēts, paskelbta, publikuota,
        publikuar, postuar, نشر, نشر في, تم النشر, تم النشر في, تاريخ         النشر, نشرت, منتشر شده,
        منتشر شد, انتشار, تاریخ انتشار, پורסם, פורסם, פורסם ב, شائع, شائع شدہ, شائع ہوا, اشاعت, प्रकाशित,
        पब्लिश, प्रकाशन, प्रकाशित तिथि, প্রকাশিত, প্রকাশ, প্রকাশের সময়, வெளியிடப்பட்டது, வெளியீடு,
        ప్రచురణ, పబ్లిష్, પ્રકાશિત, പ്രസിദ്ധീകരിച്ചത്, เผยแพร่, เผยแพร่เมื่อ, โพสต์, โพสต์เมื่อ, đăng,
        đăng lúc, đã đăng, ngày đăng, xuất bản, diterbitkan, dipublikasikan, terbit, tayang, diposting,
        disiarkan, diterbitkan pada, 发布于, 發布於, 發佈於, 发布时间, 發布時間, 发表于, 發表於, 发布,
        發布, 發佈, 发表, 發表, 刊登, 公開日時, 公開日, 公開, 掲載日, 掲載, 配信, 投稿日, 投稿, 発表,
        기사입력, 최초입력, 입력, 등록, 발행, 게재, 작성, 승인, 게시, გამოქვეყნდა, հրապարակվել է,
        imechapishwa, ilichapishwa, gepubliseer, argitaratua, dərc olunub, жарияланды
    """,
}  # fmt: skip
# Words that follow or stand for a label without telling which date it is.
_TRAILING = " \t\n|·•‧∙/–—―-,،、;:：()[]【】（）"


class Label(NamedTuple):
    """A time's text without its label."""

    role: Role | None
    """Which date the label announces; None: no label."""
    text: str
    """The rest, folded (`normal.fold`)."""


def read_label(raw: str) -> Label:
    """What the words around a time say it is ("Updated 3 hours ago"), and the text without them.

    Of several labelled times the first is meant; a label after the only number counts too ("3時間前に更新").
    """
    return label_of(fold(raw))


def label_of(folded: str, found: Sequence[str] | None = None) -> Label:
    """`read_label` for text that is folded already; `found`: its tokens, where they are known."""
    words, signs = _starts()
    if words.isdisjoint(pieces(folded) if found is None else found) and (folded.isascii() or signs.isdisjoint(folded)):
        return Label(None, folded.strip(_TRAILING))
    marks = list(_pattern().finditer(folded))
    if not marks:
        return Label(None, folded.strip(_TRAILING))
    first = marks[0]
    role: Role = "modified" if first.lastgroup == "modified" else "published"
    before = folded[: first.start()]
    if any(character.isdigit() for character in before):
        after = folded[first.end() :]
        has_more = any(character.isdigit() for character in after)
        return Label(None if has_more else role, before.strip(_TRAILING))
    end = next((mark.start() for mark in marks[1:] if any(map(str.isdigit, folded[first.end() : mark.start()]))), None)
    text = _pattern().sub(" ", folded[first.end() : end]).strip(_TRAILING)
    return Label(role, text or before.strip(_TRAILING))


@lru_cache(maxsize=1)
def _starts() -> tuple[frozenset[str], frozenset[str]]:
    """The labels' first words, and the first signs of those in scripts without spaces: a quick no for most texts."""
    folded = {fold(word).strip() for words in _LABELS.values() for word in words.split(",")}
    return (
        frozenset(TOKEN.findall(label)[0] for label in folded if not _joins(label)),
        frozenset(label[0] for label in folded if _joins(label)),
    )


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    groups = []
    for role, words in _LABELS.items():
        folded = sorted({fold(word).strip() for word in words.split(",")}, key=len, reverse=True)
        latin = [re.escape(word) for word in folded if not _joins(word)]
        joined = [re.escape(word) for word in folded if _joins(word)]
        groups.append(rf"(?P<{role}>(?<![^\W_])(?:{'|'.join(latin)})(?![^\W\d_])\.?|(?:{'|'.join(joined)}))")
    return re.compile("|".join(groups))


def _joins(word: str) -> bool:
    """Whether the word's script puts no spaces between words (Thai, kana, Han, Hangul)."""
    return "\u0e00" <= word[0] <= "\u0eff" or "\u3040" <= word[0] <= "\u9fff" or "\uac00" <= word[0] <= "\ud7a3"
