"""The word tables listings are read with: what class names, link texts and URL segments usually mean.

Every row is a plain word as publishers print it in their markup, lower case; languages as found on news sites.
"""

import re

ZONES: dict[str, frozenset[str]] = {
    "nav": frozenset(
        "nav navbar navigation navi menu menus submenu subnav topnav mainnav sitenav megamenu dropdown topbar toolbar "
        "breadcrumb breadcrumbs crumbs hamburger offcanvas masthead skiplinks toc tabs langs languages".split()
    ),
    "pager": frozenset("pagination pager paging pages paginator wp-pagenavi pagenavi loadmore".split()),
    "footer": frozenset("footer foot colophon copyright bottombar sitemap legal imprint".split()),
    "aside": frozenset(
        "sidebar aside side rail rightcol rightcolumn rightbar rcol col3 secondary complementary widget widgets "
        "lateral barra derecha columna-derecha right".split()
    ),
    "ranked": frozenset(
        "popular mostread mostviewed mostpopular trending trend top10 ranking rank hot hottest leidos masleidas "
        "meistgelesen beliebt popularne lidos lus letti recent recents latest ticker newsticker flash".split()
    ),
    "comment": frozenset(
        "comment comments disqus commentlist kommentare comentarios discussion replies respond".split()
    ),
    "ad": frozenset(
        "ad ads adv advert advertisement advertorial sponsor sponsored sponsors promo promos promoted promotion "
        "partner partners outbrain taboola plista dianomi native banner banners commercial werbung anzeige publicidad "
        "publi reklama marketplace shop store deals".split()
    ),
    "social": frozenset("share shares sharing social socials follow addthis sharethis".split()),
    "tags": frozenset("tag tags topic topics keywords hashtags categories category cat label labels kicker".split()),
    "author": frozenset("author authors byline autor auteur writer contributor vcard".split()),
    "user": frozenset(
        "login signin signup register account subscribe subscription newsletter search searchbox form".split()
    ),
    "related": frozenset(
        "related relatedposts recommend recommended recommendations readnext upnext jp-relatedposts".split()
    ),
    "media": frozenset(
        "video videos gallery galleries photo photos slideshow podcast podcasts audio webtv player".split()
    ),
}
"""Zone → class or id words that mark it."""

TITLE_WORDS = frozenset(
    "title titles headline headlines hed head heading hdg ttl titel titulo titolo titre tit entry-title story-title "
    "headtitle linktitle caption subject judul".split()
)
TIME_WORDS = frozenset(
    "time date datetime timestamp published publish pubdate pub posted updated ago dateline stamp when fecha hora data "
    "datum zeit uhrzeit orario tempo jam waktu tanggal heure tid klokkeslett czas godzina".split()
)
PUBLISHER_WORDS = frozenset(
    "source sources publisher provider press outlet origin medium domain site sitestr sitebit fuente quelle fonte "
    "sumber cpname copyright-name".split()
)
SUMMARY_WORDS = frozenset(
    "summary excerpt description desc dek standfirst lead lede teaser intro blurb subtitle abstract snippet "
    "sommario entradilla resumen chapo".split()
)
BODY_WORDS = frozenset("body content text story article entry bd post full".split())
LABEL_WORDS = frozenset(
    "kicker label eyebrow category cat section tag flag topic overline rubric ressort badge".split()
)

NOT_TITLES = re.compile(
    r"""^(?:
    (?:read|see|view|show|find|learn)\s+(?:more|all|full|on|the)\b.{0,40} | continue\s+reading.{0,80} | more(?:\s*[>»…].*)? |
    full\s+(?:story|article) | details? | here | next | previous | share | reply | comments? | leave\s+a\s+(?:comment|reply) |
    (?:no|\d+)\s+(?:comments?|replies|responses?|views?|shares?) | add\s+comment | discuss | hide | save | permalink | past |
    leer\s+m[aá]s.{0,20} | ver\s+m[aá]s.{0,20} | seguir\s+leyendo.{0,20} | \d*\s*comentarios? | comentar | m[aá]s\s+informaci[oó]n |
    lire\s+(?:la\s+suite|l[’']article|plus).{0,20} | en\s+savoir\s+plus | voir\s+plus | suite | \d*\s*commentaires? |
    weiterlesen.{0,20} | mehr(?:\s+(?:lesen|dazu|erfahren))?.{0,10} | zum\s+artikel | \d*\s*kommentare? |
    leggi(?:\s+(?:tutto|di\s+pi[uù]|anche|l[’']articolo)).{0,20} | continua(?:\s+a\s+leggere)? | \d*\s*commenti |
    leia\s+mais | ler\s+mais | saiba\s+mais | lees\s+(?:meer|verder).{0,20} | \d*\s*reacties? | l[æe]s\s+mere? | les\s+mer |
    l[äa]s\s+mer | czytaj\s+(?:wi[eę]cej|dalej|ca[lł]o[sś][cć]).{0,20} | wi[eę]cej | číst\s+dál.{0,10} | viac | více | celý\s+článok |
    читать\s+(?:далее|дальше|полностью).{0,20} | подробнее.{0,10} | далее | \d*\s*комментари.{0,4} | ещ[её] | прочети\s+още | виж\s+още |
    περισσότερα.{0,10} | διαβάστε\s+περισσότερα | selengkapnya | baca\s+(?:juga|selengkapnya|lagi).{0,20} | lainnya |
    続きを読む.{0,5} | もっと(?:見る|読む) | 詳細 | 更多.{0,3} | 阅读(?:全文|更多) | 查看.{0,6} | 详细 | 评论.{0,6} | \d*\s*评论 | 网页快照 | 百度快照 |
    더\s*보기 | 자세히.{0,4} | 네이버뉴스 | आगे\s+पढ़ें | और\s+पढ़ें | বিস্তারিত.{0,6} | আরও.{0,10} | devam[ıi].{0,10} | xem\s+thêm |
    [\d\s.,:;()\[\]+»«>…·|/-]*
    )\W*$""",
    re.IGNORECASE | re.VERBOSE,
)
"""Link texts that lead to an article without being its headline, whole text only, bounded repeats."""

NOT_ARTICLE_SEGMENTS = frozenset(
    "tag tags category categories cat categoria kategorie kategoria rubrik author authors autor autores auteur people "
    "profile profiles user users member members login signin signup register registration account myaccount subscribe "
    "subscription newsletter newsletters search suche buscar recherche about about-us contact contacts contact-us "
    "privacy terms cookies legal impressum imprint advertise advertising help faq rss feed feeds sitemap archive-index "
    "jobs careers shop store cart checkout hashtag shareit share print send forum forums events event calendar weather "
    "wetter horoscopes games tickets apps app download downloads podcasts podcast radio tv live-tv livetv company "
    "companies quote quotes stocks market-data wp-login wp-admin page pages pagina mailto join team staff".split()
)
"""Path segments that name something other than an article."""
SOFT_SEGMENTS = frozenset(
    "topic topics archives archive info section sections category columns series issues date dossier".split()
)
"""Path segments that name a collection, unless an id, date or long slug follows."""
MEDIA_SEGMENTS = frozenset(
    "video videos gallery galleries photos photo foto fotos bilder slideshow slideshows media multimedia live podcast "
    "podcasts audio webtv tv pictures album albums clip clips watch".split()
)
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
