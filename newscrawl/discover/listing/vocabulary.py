"""The word tables listings are read with (`vocabulary.toml`), and the patterns that need more than words."""

import re
import tomllib
from functools import lru_cache
from importlib.resources import files

_TABLES = tomllib.loads(files("newscrawl.discover.listing").joinpath("vocabulary.toml").read_text(encoding="utf-8"))


def _words(section: str, name: str) -> frozenset[str]:
    return frozenset(_TABLES[section][name].split())


ZONES = {zone: _words("zones", zone) for zone in _TABLES["zones"]}
"""Zone of a page → class or id words that mark it."""
SIDE_HEADINGS = tuple(line for phrases in _TABLES["headings"].values() for line in phrases.split("\n") if line)
"""What a heading over a side list begins or ends with."""
TITLE_WORDS = _words("parts", "headline")
TIME_WORDS = _words("parts", "time")
PUBLISHER_WORDS = _words("parts", "publisher")
LABEL_WORDS = _words("parts", "label")
NOT_ARTICLE_SEGMENTS = _words("segments", "not_article")
SOFT_SEGMENTS = _words("segments", "soft")
MEDIA_SEGMENTS = _words("segments", "media")
BLOCK_TAGS = _words("tags", "blocks")
UNSEEN_TAGS = _words("tags", "unseen")
SECOND_LEVEL = _words("hosts", "second_level")

_NO_TITLE_CHARS = 200
_NOT_TITLES = re.compile(
    r"""^(?:
    (?:read|see|view|show|find|learn)\s+(?:more|all|full|on|the)\b.{0,40} | continue\s+reading.{0,80} |
    more(?:\s*[>»…].*)? | full\s+(?:story|article) | details? | here | next | previous | share | reply |
    comments? | leave\s+a\s+(?:comment|reply) | (?:no|\d+)\s+(?:comments?|replies|responses?|views?|shares?) |
    add\s+comment | discuss | hide | save | permalink | past | leer\s+m[aá]s.{0,20} | ver\s+m[aá]s.{0,20} |
    seguir\s+leyendo.{0,20} | \d*\s*comentarios? | comentar | m[aá]s\s+informaci[oó]n |
    lire\s+(?:la\s+suite|l[’']article|plus).{0,20} | en\s+savoir\s+plus | voir\s+plus | suite |
    \d*\s*commentaires? | weiterlesen.{0,20} | mehr(?:\s+(?:lesen|dazu|erfahren))?.{0,10} | zum\s+artikel |
    \d*\s*kommentare? | leggi(?:\s+(?:tutto|di\s+pi[uù]|anche|l[’']articolo)).{0,20} |
    continua(?:\s+a\s+leggere)? | \d*\s*commenti | leia\s+mais | ler\s+mais | saiba\s+mais |
    lees\s+(?:meer|verder).{0,20} | \d*\s*reacties? | l[æe]s\s+mere? | les\s+mer | l[äa]s\s+mer |
    czytaj\s+(?:wi[eę]cej|dalej|ca[lł]o[sś][cć]).{0,20} | wi[eę]cej | číst\s+dál.{0,10} | viac | více |
    celý\s+článok | читать\s+(?:далее|дальше|полностью).{0,20} | подробнее.{0,10} | далее |
    \d*\s*комментари.{0,4} | ещ[её] | прочети\s+още | виж\s+още | περισσότερα.{0,10} | διαβάστε\s+περισσότερα |
    selengkapnya | baca\s+(?:juga|selengkapnya|lagi).{0,20} | lainnya | 続きを読む.{0,5} | もっと(?:見る|読む) | 詳細 |
    更多.{0,3} | 阅读(?:全文|更多) | 查看.{0,6} | 详细 | 评论.{0,6} | \d*\s*评论 | 网页快照 | 百度快照 |
    더\s*보기 | 자세히.{0,4} | 네이버뉴스 |
    आगे\s+पढ़ें | और\s+पढ़ें | বিস্তারিত.{0,6} | আরও.{0,10} | devam[ıi].{0,10} | xem\s+thêm |
    [\d\s.,:;()\[\]+»«>…·|/-]*
    )\W*$""",
    re.IGNORECASE | re.VERBOSE,
)
"""Whole texts only, bounded repeats."""


@lru_cache(maxsize=8192)
def is_no_title(text: str) -> bool:
    """Whether a link's text leads to an article without being its headline: "read more", a comment count."""
    return len(text) <= _NO_TITLE_CHARS and _NOT_TITLES.match(text) is not None


FILES = re.compile(
    r"\.(?:jpe?g|png|gif|webp|svg|pdf|zip|mp[34]|docx?|xlsx?|pptx?|rss|xml|atom|css|js|ics|apk|exe)$", re.I
)
SHARE_HOSTS = re.compile(
    r"""(?:^|\.)(?:facebook|twitter|x|pinterest|linkedin|reddit|tumblr|whatsapp|telegram|t|vk|digg|del|delicious|instagram|
    youtube|youtu|plus\.google|accounts\.google|itunes\.apple|apps\.apple|play\.google|addthis|addtoany|sharethis|weibo|
    service\.weibo|qzone\.qq|line|getpocket|flipboard|stumbleupon|meneame|livejournal|odnoklassniki|ok|feedburner|
    feeds\.feedburner|mailchi|doubleclick|ad\.doubleclick|bit|tiktok|threads|bsky|mastodon|snapchat)
    \.(?:com|net|org|me|co|be|us|ly|icio|ru|app|social)$""",
    re.VERBOSE,
)
"""Hosts that carry a page's share, follow and app links."""
