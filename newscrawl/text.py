"""Plain text: whitespace, the normal form used for hashing, words in any script, words glued at links."""

import re
import unicodedata
from collections.abc import Iterable

# Scripts written without spaces between words: Thai, Lao, Tibetan, Myanmar, Khmer, kana, bopomofo, Han.
_UNSPACED = (
    "\u0e01-\u0eff\u0f00-\u0fff\u1000-\u109f\u1780-\u17ff"
    "\u3041-\u30ff\u3105-\u312f\u31a0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9d"
    "\U00020000-\U000323af"
)
# Marks that spell a word in Indic scripts; `\w` leaves them out. Dandas (full stops) are not among them.
_INDIC_MARKS = "\u0900-\u0963\u0966-\u0dff"
_NOT_LETTERS = re.compile(f"[^\\w{_INDIC_MARKS}{_UNSPACED}]+")
_ASCII_OTHER = bytes(code for code in range(128) if not chr(code).isalnum())
_WORD = re.compile(f"[{_UNSPACED}]|(?:[^\\W_{_UNSPACED}]++|[{_INDIC_MARKS}]++)++")
_WORD_MARKS = bytes(code if code >= 128 else 97 if chr(code).isalnum() else 0x20 for code in range(256))
"""ASCII letters and digits → "a", other ASCII → a space: as many words, found faster."""
_UNSPACED_ONE = re.compile(f"[{_UNSPACED}]")
# Soft hyphen, zero-width space, word joiner, byte order mark: they print nothing and split words.
_INVISIBLE = "\u00ad\u200b\u2060\ufeff"


def squeeze(text: str) -> str:
    """`text` on one line: every run of whitespace is one space, none at the ends, no invisible characters."""
    if not text.isascii():
        for mark in _INVISIBLE:
            if mark in text:
                text = text.replace(mark, "")
    return " ".join(text.split())


def normal_form(text: str) -> str:
    """What is left of `text` when form does not count: NFKC, casefolded, letters and digits only.

    Quotes, dashes, spaces, composed or decomposed accents, full-width forms and case make no difference.
    """
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
    folded = text.casefold()
    if folded.isascii():
        return folded.encode().translate(None, _ASCII_OTHER).decode()
    if folded != text:  # casefolding may decompose (Greek)
        folded = unicodedata.normalize("NFKC", folded)
    # ASCII goes first, since bytes are deleted much faster than characters are matched. Dropping what stood between
    # may let two letters compose (Hangul).
    rest = folded.encode("utf-8", "surrogatepass").translate(None, _ASCII_OTHER).decode("utf-8", "surrogatepass")
    return unicodedata.normalize("NFC", _NOT_LETTERS.sub("", rest))


def words(text: str) -> list[str]:
    """The words of `text` as written; in scripts without spaces each character counts as one."""
    return _WORD.findall(text)


def count_words(text: str | None) -> int:
    """How many `words` there are; 0 for None."""
    if not text:
        return 0
    # Bytes are mapped and split much faster than characters are matched, so only what is not all ASCII is matched.
    marked = text.encode("utf-8", "surrogatepass").translate(_WORD_MARKS)
    if text.isascii():
        return (b" " + marked).count(b" a")
    parts = marked.split()
    others = [part for part in parts if not part.isascii()]
    return len(parts) - len(others) + len(words(b" ".join(others).decode("utf-8", "surrogatepass")))


def is_unspaced(text: str) -> bool:
    """Whether most of the letters of `text` are of scripts that put no spaces between words."""
    if text.isascii():
        return False
    # Every n-th letter of the text: what a page puts before and after an article does not tip the balance.
    letters = normal_form(text[:: 1 + len(text) // 500])
    return 2 * len(_UNSPACED_ONE.findall(letters)) > len(letters)


def join_inline(parts: Iterable[tuple[str, object]]) -> str:
    """The text of one block, put together from its text nodes, with words glued at a link pulled apart.

    `parts`: (text, the link it stands in, by identity; None outside links), in document order. A space is put in
    only where two letters meet at the edge of a link ("advanced" + "AI"), never at formatting tags, never in
    scripts without case, never before an ending ("Trump" + "s"), never after a lone capital (a drop cap).
    """
    joined: list[str] = []
    last_text, last_link = "", None
    for text, link in parts:
        if not text:
            continue
        if link is not last_link and _is_glued(last_text, text, starts_link=link is not None):
            joined.append(" ")
        joined.append(text)
        last_text, last_link = text if len(text) > 1 else last_text[-1:] + text, link
    return "".join(joined)


def _is_glued(left: str, right: str, *, starts_link: bool) -> bool:
    before, after = left[-1:], right[:1]
    if not (before.isalpha() and after.isalpha() and _has_case(before) and _has_case(after)):
        return False
    if before.islower() and after.isupper():
        return True
    lone_capital = before.isupper() and not left[-2:-1].isalpha()
    return starts_link and not lone_capital


def _has_case(letter: str) -> bool:
    return letter.lower() != letter.upper()
