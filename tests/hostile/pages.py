"""Faults of charset, type, markup and limits (57–83), of pages that come instead (139), and signals (112)."""

from tests.hostile.answers import MIB, Visit, article, endless, head, page, prose
from tests.hostile.case import Case

OK = ("ok",)
LIMIT = ("parse_limit",)
NOT_HTML = ("not_html",)
IN_WORKER_S = 12.0

_RUSSIAN = (
    "Городской совет решил во вторник, что старый мост через реку останется закрытым до конца зимы. "
    "Жители соседних улиц просили открыть его раньше, но инженеры нашли новые трещины в опорах. "
    "Ремонт начнётся весной, когда сойдёт лёд, и займёт не меньше четырёх месяцев. "
)
_JAPANESE = (
    "市議会は火曜日、川に架かる古い橋を冬の終わりまで閉鎖することを決めた。"
    "近くの住民は早い再開を求めていたが、技術者は橋脚に新しいひびを見つけた。"
    "修理は氷が解ける春に始まり、少なくとも四か月かかる見込みだ。"
)
_CHINESE = (
    "市议会星期二决定，河上的旧桥将关闭到冬天结束。附近居民希望早些开放，但工程师在桥墩上发现了新的裂缝。"
    "修理工作将在春天冰雪融化后开始，至少需要四个月。"
)


def _page(text: str, charset: str, *, declared: str = "") -> bytes:
    paragraphs = "".join(f"<p>{text}</p>" for _ in range(4))
    title = text[:40]
    return (
        f"<html><head>{declared}<title>{title}</title></head><body><article><h1>{title}</h1>{paragraphs}</article>"
        "</body></html>"
    ).encode(charset)


def _html(charset: str | None = None) -> str:
    return "text/html" + (f"; charset={charset}" if charset else "")


# (id, fault, bytes, Content-Type)
_CHARSETS = (
    ("cs-cp1251-bare", 58, _page(_RUSSIAN, "cp1251"), _html()),
    ("cs-koi8-bare", 58, _page(_RUSSIAN, "koi8-r"), _html()),
    ("cs-utf8-as-latin", 57, _page(_RUSSIAN, "utf-8"), _html("iso-8859-1")),
    ("cs-cp1251-as-utf8", 57, _page(_RUSSIAN, "cp1251"), _html("utf-8")),
    ("cs-bom", 57, b"\xef\xbb\xbf" + _page(_RUSSIAN, "utf-8"), _html("windows-1251")),
    ("cs-utf16", 57, b"\xff\xfe" + _page(_RUSSIAN, "utf-16-le"), _html()),
    ("cs-utf7", 59, _page(_RUSSIAN, "utf-8"), _html("utf-7")),
    ("cs-codec", 59, _page(_RUSSIAN, "utf-8"), _html("zlib_codec")),
    ("cs-escape", 59, _page(_RUSSIAN, "utf-8"), _html("unicode_escape")),
    ("cs-gb18030-as-gb2312", 60, _page(_CHINESE, "gb18030"), _html("gb2312")),
    ("cs-sjis", 60, _page(_JAPANESE, "shift_jis"), _html("shift_jis")),
    ("cs-sjis-bare", 60, _page(_JAPANESE, "shift_jis"), _html()),
    ("cs-iso2022jp", 61, _page(_JAPANESE, "iso2022_jp"), _html("iso-2022-jp")),
    ("cs-iso2022jp-bare", 61, _page(_JAPANESE, "iso2022_jp"), _html()),
    ("cs-invalid-bytes", 62, article("cib", body="<p>caf\xe9</p>").replace("\xe9".encode(), b"\xe9"), _html("utf-8")),
    ("cs-surrogates", 62, article("csu", body="<p>QQ</p>").replace(b"QQ", b"\xed\xa0\x80"), _html("utf-8")),
)
# (id, fault, Content-Type, first bytes, outcome)
_TYPES = (
    ("type-pdf", 65, "text/html", b"%PDF-1.7\n", NOT_HTML),
    ("type-png", 65, "text/html", b"\x89PNG\r\n\x1a\n", NOT_HTML),
    ("type-elf", 65, "text/html", b"\x7fELF\x02", NOT_HTML),
    ("type-zip", 65, "text/html", b"PK\x03\x04", NOT_HTML),
    ("type-jpeg-said", 65, "image/jpeg", b"\xff\xd8\xff", NOT_HTML),
    ("type-pdf-said", 65, "application/pdf", b"%PDF-1.7\n", NOT_HTML),
)
# (id, fault, what stands in the body, outcomes, seconds)
_MARKUP = (
    ("deep-100k", 68, "<div>" * 40_000 + "deep", OK, IN_WORKER_S),
    ("attribute-9m", 70, f'<p title="{"a" * (9 * MIB)}">x</p>', (*OK, "parse_timeout", "parse_limit"), 25.0),
    ("text-9m", 70, "<p>" + "word " * (MIB * 9 // 5) + "</p>", (*OK, "parse_timeout"), 25.0),
    ("comment-9m", 70, "<!--" + "c" * (9 * MIB) + "-->", OK, IN_WORKER_S),
    ("attributes-200k", 71, "<p " + " ".join(f"a{n}=b" for n in range(200_000)) + ">x", LIMIT, 5.0),
    ("attributes-40k", 71, "<p " + " ".join(f"a{n}" for n in range(40_000)) + ">x", LIMIT, 5.0),
    ("links-300k", 72, "".join(f"<a href=/{n}>l</a>" for n in range(300_000)), (*LIMIT, "link_limit"), 5.0),
    ("br-1m", 73, "<br>" * 1_000_000, LIMIT, 5.0),
    ("p-1m", 73, "<p>a" * 1_000_000, LIMIT, 5.0),
    ("angles-1m", 74, "<" * 1_000_000, (*OK, "parse_timeout", "truncated"), 25.0),
    ("ampersands-1m", 74, "&" * 1_000_000, (*OK, "parse_timeout"), 25.0),
    ("comments-40k", 74, "<!-- x -->" * 40_000, OK, IN_WORKER_S),
    ("scripts-10k", 74, "<script>var a = '<p>';</script>" * 10_000, OK, IN_WORKER_S),
    ("reference-control", 63, "<p>a&#8;b &#x1b; &#xFFFF; c</p>", OK, 5.0),
    ("nul", 63, "<p>a\x00b</p>", OK, 5.0),
)


def _ld(text: str) -> str:
    return f'<script type="application/ld+json">{text}</script>'


_LD_HEAD = '{"@type":"NewsArticle","headline":"A short headline for the bridge","articleBody":'
# (id, fault, what stands in the head, outcomes)
_HEADS = (
    ("ld-deep", 75, _ld("[" * 100_000 + "]" * 100_000), OK),
    ("ld-digits", 76, _ld('{"@type":"NewsArticle","wordCount":' + "9" * 1_000_000 + "}"), OK),
    ("ld-nan", 76, _ld('{"@type":"NewsArticle","wordCount":NaN}'), OK),
    ("ld-surrogate", 77, _ld(_LD_HEAD + '"a \\ud800 b"}'), OK),
    ("ld-types", 78, _ld('{"@type":["NewsArticle",5],"headline":{"a":[1]},"author":[[{}],7],"datePublished":{}}'), OK),
    ("ld-9m", 79, _ld(_LD_HEAD + '"' + "x" * (9 * MIB)), OK),
    ("og-title-40k", 80, '<meta property="og:title" content="t">' * 40_000, OK),
    ("dtd-xhtml", 83, "<!ENTITY a 'b'>", OK),
)


async def _video(visit: Visit) -> None:
    await visit.send(head(content_type="video/mp4", length=30 * MIB))
    for _ in range(30):
        await visit.send(b"\0" * MIB)


_LOGIN = (
    b"<html><head><title>Sign in</title></head><body><h1>Sign in to continue</h1><form action=/login method=post>"
    b"<input name=user><input type=password name=pass><button>Sign in</button></form></body></html>"
)
CHALLENGE = (
    b"<html><head><title>Just a moment...</title></head><body><h1>Checking your browser before accessing the site</h1>"
    b'<script src="/cdn-cgi/challenge-platform/h/b/orchestrate/chl_page/v1"></script></body></html>'
)
_JAVASCRIPT = (
    b"<html><body><noscript>You need to enable JavaScript to run this app.</noscript><div id=root></div></body></html>"
)

CASES = (
    *(
        Case(id=id_, fault=fault, answer=page(data, content_type=kind), expected=OK)
        for id_, fault, data, kind in _CHARSETS
    ),
    *(
        Case(id=id_, fault=fault, answer=page(start + b"\0x" * 500, content_type=kind), expected=expected)
        for id_, fault, kind, start, expected in _TYPES
    ),
    Case(id="type-absent", fault=64, answer=page(None, content_type=None), expected=OK),
    Case(
        id="type-plain",
        fault=64,
        answer=page(None, content_type="text/plain"),
        expected=(*OK, "no_text", "not_article"),
    ),
    Case(id="type-octets", fault=64, answer=page(None, content_type="application/octet-stream"), expected=OK),
    Case(id="type-two", fault=64, answer=page(None, "Content-Type: image/png"), expected=OK + NOT_HTML),
    Case(id="video-30m", fault=66, answer=_video, expected=NOT_HTML),
    Case(
        id="disposition",
        fault=67,
        answer=page(None, 'Content-Disposition: attachment; filename="../../etc/passwd"'),
        expected=OK,
    ),
    Case(
        id="page-50m",
        fault=69,
        answer=endless(head(length=50 * MIB), b"<p>word</p>" * 6000),
        expected=("body_too_large",),
    ),
    Case(
        id="page-9m",
        fault=69,
        answer=page(article("p9", body="<p>" + " ".join(prose("p9", 60_000)) + "</p>")),
        expected=(*OK, "parse_timeout"),
        within_s=30,
        quick=False,
    ),
    *(
        Case(
            id=id_,
            fault=fault,
            answer=page(article(id_, body=body)),
            expected=expected,
            within_s=within_s,
            quick=within_s <= 5.0,
        )
        for id_, fault, body, expected, within_s in _MARKUP
    ),
    *(
        Case(id=id_, fault=fault, answer=page(article(id_, head=text)), expected=expected, within_s=8.0)
        for id_, fault, text, expected in _HEADS
    ),
    Case(id="empty", fault=81, answer=page(b""), expected=("empty_body",)),
    Case(id="blank", fault=81, answer=page(b" \n\t" * 500), expected=("empty_body",)),
    Case(
        id="frameset",
        fault=81,
        answer=page(b"<html><frameset><frame src=a.html></frameset></html>"),
        expected=("no_text", "not_article"),
    ),
    Case(id="javascript-only", fault=82, answer=page(_JAVASCRIPT), expected=("no_text", "not_article", "challenge")),
    Case(id="challenge", fault=139, answer=page(CHALLENGE), expected=("challenge",)),
    Case(id="login", fault=139, answer=page(_LOGIN), expected=("login", "not_article", "no_text")),
    Case(id="noindex-header", fault=112, answer=page(None, "X-Robots-Tag: noindex"), expected=("noindex",)),
    Case(
        id="noindex-meta",
        fault=112,
        answer=page(article("nim", head='<meta name="robots" content="noindex">')),
        expected=("noindex",),
    ),
    Case(id="noindex-other", fault=112, answer=page(None, "X-Robots-Tag: otherbot: noindex"), expected=OK),
)
