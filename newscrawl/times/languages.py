"""Language tags as libraries and pages write them → the table's name for the language."""

from functools import lru_cache

# Old ISO codes, macrolanguages and names of one library's own.
_SAME = {
    "no": "nb", "iw": "he", "in": "id", "ji": "yi", "jw": "jv", "mo": "ro", "sh": "sr", "me": "sr", "tl": "fil",
    "cmn": "zh", "yue": "zh", "guj": "gu", "gom": "kok", "cn": "zh", "jp": "ja", "cz": "cs", "dk": "da", "gr": "el",
    "ua": "uk", "kr": "ko", "ku": "ku", "cnr": "sr", "pes": "fa", "prs": "fa", "arb": "ar", "zsm": "ms",
}  # fmt: skip
_WHOLE = {"in_bg": "bn", "in_hi": "hi", "in_id": "id", "en_short": "en", "x_pseudo": None, "en_dsrt": None,
          "en_shaw": None}  # fmt: skip


@lru_cache(maxsize=4096)
def base_language(tag: str) -> str | None:
    """The table's language for a BCP 47 tag or a library's locale name; None: no language."""
    name = tag.strip().lower().replace("-", "_").replace("@", "_")
    if name in _WHOLE:
        return _WHOLE[name]
    base = name.split("_")[0]
    if not 2 <= len(base) <= 3 or not base.isalpha():
        return None
    return _SAME.get(base, base)
