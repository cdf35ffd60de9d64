"""What gives away a page that came instead of an article: one row for each product's mark or wording."""

import re
from typing import NamedTuple


class Sign(NamedTuple):
    """One sign and where it counts."""

    outcome: str
    place: str
    """`markup`: scripts and forms that no article carries. `title`: the title or heading. `text`: what is readable."""
    pattern: re.Pattern[str]


def _sign(outcome: str, place: str, patterns: str) -> Sign:
    """One pattern a line."""
    lines = [line.strip() for line in patterns.strip().splitlines()]
    return Sign(outcome, place, re.compile("|".join(lines), re.IGNORECASE))


SIGNS = (
    _sign(
        "challenge",
        "markup",
        r"""/cdn-cgi/challenge-platform/h/
        id="cf-(?:challenge|please-wait|spinner)
        __cf_chl_
        _Incapsula_Resource
        px-captcha
        geo\.captcha-delivery\.com
        ddos-guard/js-challenge
        awswaf\.com/[^"']{1,200}/challenge\.js
        sucuri_cloudproxy_js
        /_sec/cp_challenge
        bm-verify=""",
    ),
    _sign(
        "challenge",
        "title",
        r"""^just a moment
        ^attention required!
        ^access denied
        ^are you a (?:robot|human)
        ^robot check
        ^pardon our interruption
        ^security check
        ^ddos-guard
        ^verify(?:ing)? you are human
        ^checking your browser
        ^please wait\b
        ^(?:captcha|human verification)""",
    ),
    _sign(
        "challenge",
        "text",
        r"""checking (?:if the site connection is secure|your browser)
        verify (?:that )?you are (?:a )?human
        unusual (?:traffic|activity) from your
        complete the (?:security check|captcha)
        you have been blocked
        request unsuccessful\. incapsula
        are you a robot\?""",
    ),
    _sign(
        "consent", "markup", r"""<form[^>]{0,300}consent\.(?:yahoo|google|youtube)\.""" + "\n" + r'id="consent-page"'
    ),
    _sign(
        "consent",
        "title",
        r"""^before you continue
        ^cookie (?:consent|settings|notice)
        ^(?:consent|privacy settings)\b
        ^datenschutz-?einstellungen
        ^(?:einwilligung|zustimmung)\b""",
    ),
    _sign(
        "consent",
        "text",
        r"""before you continue to
        accept (?:all )?cookies (?:to|and) continue
        weiter mit werbung
        mit werbung weiterlesen
        werbefrei (?:lesen|weiterlesen)
        continuer sans accepter
        zustimmen und weiter""",
    ),
    _sign(
        "login",
        "title",
        r"""^(?:log|sign) ?in\b
        ^(?:anmelden|anmeldung|einloggen)\b
        ^(?:connexion|se connecter)\b
        ^iniciar sesi[oó]n
        ^(?:accedi|entrar|inloggen|logga in|logg inn|logowanie)\b
        ^(?:вход|войти)\b
        ^(?:ログイン|登录|登入|로그인)""",
    ),
    _sign(
        "soft_404",
        "title",
        r"""\b404\b
        \b(?:page|site|article) not found\b
        ^not found\b
        \bnicht gefunden\b
        \bpage introuvable\b
        \b(?:página|pagina) (?:no encontrada|não encontrada|non trovata|niet gevonden)\b
        \bnie znaleziono (?:strony)?
        страница не найдена
        \bsidan hittades inte\b
        ページが見つかりません|页面不存在|找不到頁面|페이지를 찾을 수 없습니다""",
    ),
    _sign(
        "soft_404",
        "text",
        r"""(?:page|article|story) (?:that )?you (?:are|were) looking for (?:could not|cannot|can['’]?t|couldn['’]t|was not|does not|doesn['’]t|is no longer)
        (?:page|article) (?:no longer exists|has been removed|doesn['’]t exist)
        seite (?:wurde nicht gefunden|existiert nicht)
        la page (?:demandée )?n['’]existe (?:pas|plus)
        la página (?:solicitada )?no existe""",  # noqa: E501  one pattern a line
    ),
)
"""`text` and `title` count on short pages only, since an article may quote any of them (`blocked`)."""

LOGIN_PATH = re.compile(
    r"/(?:log-?in|sign-?in|anmelden|connexion|sso|oauth2?|auth)(?:/|$|\.)",
    re.IGNORECASE,
)
CONSENT_HOST = re.compile(r"^(?:consent|cookiewall|privacy-?wall|zustimmung)\.", re.IGNORECASE)
MAGIC = (
    *(
        b"%PDF-",
        b"\x89PNG",
        b"\xff\xd8\xff",
        b"GIF8",
        b"PK\x03\x04",
        b"\x7fELF",
        b"MZ\x90",
        b"\x1f\x8b",
        b"RIFF",
        b"OggS",
    ),
    *(b"\x00\x00\x00\x18ftyp", b"\x00\x00\x00\x20ftyp", b"ID3", b"BM6"),
)
"""How files begin that are no markup (https://mimesniff.spec.whatwg.org/#matching-an-image-type-pattern and kin)."""
