"""What gives away a page that came instead of an article: one row for each product's mark or wording."""

import re
from typing import NamedTuple


class Sign(NamedTuple):
    """One sign and where it counts."""

    outcome: str
    place: str
    """`markup`: scripts and forms that no article carries. `title`: the title or heading. `text`: what is readable."""
    pattern: re.Pattern[str]
    """On lower-cased text: a search without regard to case takes several times as long."""


def _sign(outcome: str, place: str, patterns: str) -> Sign:
    """One pattern a line."""
    lines = [line.strip() for line in patterns.strip().splitlines()]
    return Sign(outcome, place, re.compile("|".join(lines)))


SIGNS = (
    _sign(
        "challenge",
        "markup",
        r"""/cdn-cgi/challenge-platform/h/
        id="cf-(?:challenge|please-wait|spinner)
        __cf_chl_
        _incapsula_resource
        px-captcha
        \bcaptcha-delivery\.com
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
        ^access to this page has been denied
        ^(?:un instant|einen moment|un momento|um momento|een moment|еще минутку|один момент)(?:\.\.\.|…)
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
        you are using automation tools
        enable js(?: and|,) disable any ad blocker
        vérification que vous êtes (?:un )?humain
        (?:bestätigen|überprüfen) sie,? dass sie ein mensch sind
        (?:verifica|compruebe|verifique) que (?:eres|es) (?:un )?humano
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
        ^(?:einwilligung|zustimmung)\b
        ^we (?:and our partners )?(?:value|respect|care about) your privacy
        ^your privacy(?: choices| is important)?\b.{0,20}$
        ^wir (?:brauchen|benötigen) ihre zustimmung
        ^(?:ihre privatsphäre|datenschutz) ist uns wichtig
        ^(?:le respect de )?votre vie privée (?:est notre priorité|nous)
        ^(?:valoramos|respetamos) (?:tu|su) privacidad
        ^(?:rispettiamo|apprezziamo) la tua privacy
        ^wij waarderen (?:je|uw) privacy
        ^cenimy (?:twoją )?prywatność""",
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
        (?:our|unsere|nos|nostri|onze) (?:\d+ )?(?:partners?|partnern|partenaires)\b.{0,80}(?:cookie|daten|données|dati)
        nuestros (?:\d+ )?socios\b.{0,80}(?:cookies|datos)
        utilizamos cookies propias y de terceros
        (?:accetta e continua|rifiuta e abbonati|aceptar y continuar|rechazar y suscribirse|accepter et continuer)
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
        "login",
        "text",
        r"""(?:create|register for) (?:a|your) free account to (?:read|continue)
        (?:log|sign) in (?:or (?:register|subscribe) )?to (?:read|continue reading|keep reading|view this)
        (?:melden sie sich|bitte) (?:bitte )?(?:an|anmelden),? um (?:weiterzulesen|den artikel)
        connectez-vous pour (?:lire|continuer)
        inicia sesi[oó]n para (?:leer|seguir)
        accedi per (?:leggere|continuare)""",
    ),
    _sign(
        "soft_404",
        "title",
        r"""(?:^|[|·:»(–—]\s*|\s-\s+)404(?=\s*(?:$|[|·:«)!.–—]|-\s))
        \b404\b[\s:–—-]{0,4}(?:error|not found|page|seite|página|pagina|strona|sidan)\b
        \b(?:error|http|status|fehler|erreur|errore|erro|fout|feil|fel|virhe|błąd|chyba|hata|ошибка|page|página|pagina)\W{0,3}404\b
        (?:エラー|错误|錯誤)\s?404
        \b(?:page|site|article) not found\b
        ^not found\b
        ^(?:\d{3} )?(?:internal server error|service unavailable|bad gateway|gateway time-?out)
        ^(?:article|story|page) (?:removed|deleted|unavailable|expired)\b
        (?:couldn['’]t|could not|can['’]t|cannot) find (?:that|the|this) (?:page|article|story)
        (?:article|story|page) is no longer available
        (?:seite|artikel|beitrag) (?:gibt es nicht mehr|ist nicht mehr verfügbar|existiert nicht)
        no hemos encontrado (?:la|esta) página
        nous n['’]avons pas trouvé (?:la|cette) page
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
        la página (?:solicitada )?no existe
        down for (?:scheduled )?maintenance
        (?:artikel|beitrag|seite) ist (?:leider )?nicht mehr verfügbar
        (?:article|page) (?:n['’]est plus|no longer) (?:disponible|available)""",  # noqa: E501  one pattern a line
    ),
)
"""`text` and `title` count on short pages only, since an article may quote any of them (`blocked`)."""

LOGIN_PATH = re.compile(
    r"/(?:log-?in|sign-?in|anmelden|connexion|sso|oauth2?|auth)(?:/|$|\.)",
    re.IGNORECASE,
)
CONSENT_HOST = re.compile(r"^(?:consent|cookiewall|privacy-?wall|zustimmung)\.", re.IGNORECASE)
