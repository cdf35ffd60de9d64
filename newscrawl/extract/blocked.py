"""Pages that came instead of an article: bot challenges, consent walls, logins, error pages served with 200."""

import re
from collections.abc import Sequence
from urllib.parse import urlsplit

from newscrawl.errors import BlockedError, ExtractError
from newscrawl.markup import Document
from newscrawl.text import count_words, squeeze

# (outcome, where, pattern): the sign of one product or one wording. `text` is searched on short pages only, since an
# article may quote any of it; `markup` names scripts and forms that no article carries.
_SIGNS: tuple[tuple[str, str, re.Pattern[str]], ...] = tuple(
    (outcome, where, re.compile(pattern, re.IGNORECASE))
    for outcome, where, pattern in (
        ("challenge", "markup", r"/cdn-cgi/challenge-platform/h/|id=\"cf-(?:challenge|please-wait|spinner)|__cf_chl_"),
        ("challenge", "markup", r"_Incapsula_Resource|/_Incapsula_|window\._pxAppId|px-captcha"),
        ("challenge", "markup", r"geo\.captcha-delivery\.com|ddos-guard/js-challenge|awswaf\.com/[^\"']+/challenge\.js"),
        ("challenge", "markup", r"sucuri_cloudproxy_js|ak_bmsc|/_sec/cp_challenge|bm-verify="),
        ("challenge", "title", r"^(?:just a moment|attention required!|access denied|are you a (?:robot|human)|robot check|"
                               r"pardon our interruption|security check|ddos-guard|verify(?:ing)? you are human|"
                               r"checking your browser|please wait\b.*|captcha|human verification)"),
        ("challenge", "text", r"checking (?:if the site connection is secure|your browser)|verify (?:that )?you are (?:a )?human|"
                              r"unusual (?:traffic|activity) from your|complete the (?:security check|captcha)|"
                              r"you have been blocked|request unsuccessful\. incapsula|are you a robot\?"),
        ("consent", "markup", r"<form[^>]{0,300}consent\.(?:yahoo|google|youtube)\.|id=\"consent-page\""),
        ("consent", "title", r"^(?:before you continue|cookie (?:consent|settings|notice)|consent|privacy settings|"
                             r"datenschutz-?einstellungen|einwilligung|zustimmung)\b"),
        ("consent", "text", r"before you continue to|accept (?:all )?cookies (?:to|and) continue|"
                            r"weiter mit werbung|mit werbung weiterlesen|werbefrei (?:lesen|weiterlesen)|"
                            r"continuer sans accepter|zustimmen und weiter"),
        ("login", "title", r"^(?:log ?in|sign ?in|anmelden|anmeldung|einloggen|connexion|se connecter|iniciar sesi[oó]n|"
                           r"accedi|entrar|inloggen|logga in|logg inn|logowanie|вход|войти|ログイン|登录|登入|로그인)\b"),
        ("soft_404", "title", r"\b404\b|^(?:page|seite|site|página|pagina|strona|side|sida|article) (?:not found|nicht gefunden|"
                              r"introuvable|no encontrada|não encontrada|non trovata|niet gevonden|nie znaleziona)|"
                              r"\bpage not found\b|\bnot found\b|nicht gefunden|page introuvable|página no encontrada|"
                              r"página não encontrada|pagina non trovata|pagina niet gevonden|страница не найдена|"
                              r"ページが見つかりません|页面不存在|找不到頁面|sidan hittades inte|error 404"),
        ("soft_404", "text", r"(?:page|article|story) (?:you (?:are|were) looking for|you requested) (?:could not|cannot|can't|can’t|"
                             r"couldn't|couldn’t|was not|does not|doesn't|is no longer)|(?:page|article) (?:no longer exists|"
                             r"has been removed|doesn't exist)|seite (?:wurde nicht gefunden|existiert nicht)|"
                             r"la page (?:demandée )?n['’]existe (?:pas|plus)|la página (?:solicitada )?no existe"),
    )
)  # fmt: skip
_BLOCKED = frozenset({"challenge", "consent", "login"})
_SHORT_WORDS = 150
_LOGIN_PATH = re.compile(
    r"/(?:log-?in|sign-?in|signin|login|anmelden|connexion|sso|oauth2?|auth)(?:/|$|\.)", re.IGNORECASE
)
_CONSENT_HOST = re.compile(r"^(?:consent|cookiewall|privacy-?wall|zustimmung)\.", re.IGNORECASE)
_MAGIC = (b"%PDF-", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"PK\x03\x04", b"\x7fELF", b"MZ\x90", b"\x1f\x8b", b"RIFF", b"OggS",
          b"\x00\x00\x00\x18ftyp", b"\x00\x00\x00\x20ftyp", b"ID3", b"BM6")  # fmt: skip
_MARKUP_CHARS = 200_000


def check_type(body: bytes, url: str) -> None:
    """Raise ExtractError (`not_html`) for a file of another kind, whatever its header says."""
    start = body[:64].lstrip(b"\xef\xbb\xbf \t\r\n")
    for magic in _MAGIC:
        if start.startswith(magic) or body.startswith(magic):
            raise ExtractError(url, f"the body begins as {magic[:5]!r}", "not_html")
    if start.startswith((b"{", b"[")) and not body.lstrip()[-1:] == b">":
        raise ExtractError(url, "the body is JSON", "not_html")


def check_blocked(document: Document, *, readable: str, is_article: bool) -> None:
    """Raise BlockedError (`challenge`, `consent`, `login`) or ExtractError (`soft_404`) where a sign is found.

    `readable`: the text the page shows; a page that shows much, or declares itself an article, is believed.
    """
    short = count_words(readable[:20_000]) < _SHORT_WORDS
    _check_address(document, is_article=is_article)
    if is_article and not short:
        return
    title = document.root.findtext(".//title") or ""
    heading = document.root.find(".//h1")
    titles = [squeeze(title), squeeze(heading.text_content()) if heading is not None else ""]
    places: dict[str, Sequence[str]] = {
        "title": titles,
        "text": [readable] if short else [],
        "markup": [document.text[:_MARKUP_CHARS]] if short else [],
    }
    for outcome, where, pattern in _SIGNS:
        for text in places[where]:
            found = pattern.search(text)
            if found and (short or (where == "title" and outcome == "soft_404" and not is_article)):
                _refuse(document.url, outcome, f"{where} says {found.group(0)[:60]!r}")


def _check_address(document: Document, *, is_article: bool) -> None:
    page = document.page
    try:
        final, asked = urlsplit(page.url), urlsplit(page.requested_url or page.url)
    except ValueError:
        return
    if _CONSENT_HOST.match(final.netloc):
        _refuse(page.url, "consent", f"the address is {final.netloc}")
    redirected = (final.netloc, final.path) != (asked.netloc, asked.path)
    if redirected and not is_article and _LOGIN_PATH.search(final.path):
        _refuse(page.url, "login", f"led to {final.path[:60]}")


def _refuse(url: str, outcome: str, sign: str) -> None:
    if outcome in _BLOCKED:
        raise BlockedError(url, sign, outcome)
    raise ExtractError(url, sign, outcome)
