"""What in a URL does not say which page it is: one row a rule, each with where it is documented."""

import re
from dataclasses import dataclass
from typing import Literal

When = Literal["always", "word", "true", "session"]
"""always: whatever the value. word: unless the value may be an id (three digits or more). true: only when the value
says yes or no. session: only when the value is a session id (16 hexadecimal digits or more)."""


@dataclass(frozen=True, slots=True)
class Parameters:
    """Query parameters that only tell who sent the reader. Names in lower case; a final `*` stands for any ending."""

    names: str
    when: When
    source: str


PARAMETERS = (
    Parameters("utm_*", "always", "https://support.google.com/analytics/answer/10917952"),
    Parameters("gclid gclsrc dclid", "always", "https://support.google.com/searchads/answer/6292795"),
    Parameters(
        "gbraid wbraid gad_source gad_campaignid", "always", "https://support.google.com/google-ads/answer/10417364"
    ),
    Parameters("_ga _gl", "always", "https://support.google.com/analytics/answer/10071811"),
    Parameters("srsltid", "always", "https://support.google.com/merchants/answer/11046449"),
    Parameters(
        "fbclid fb_action_ids fb_action_types fb_ref fb_source fb_comment_id action_object_map "
        "action_ref_map action_type_map mibextid",
        "always",
        "https://developers.facebook.com/docs/marketing-api",
    ),
    Parameters("igshid igsh", "always", "Instagram's share links"),
    Parameters("msclkid", "always", "https://help.ads.microsoft.com/apex/index/3/en/60000"),
    Parameters("twclid ref_src ref_url", "always", "https://business.x.com/en/help/campaign-measurement-and-analytics"),
    Parameters("ttclid", "always", "https://ads.tiktok.com/help/article/tiktok-click-id"),
    Parameters("li_fat_id trk trkinfo", "always", "https://www.linkedin.com/help/lms/answer/a423304"),
    Parameters("epik", "always", "https://developers.pinterest.com/docs/conversions"),
    Parameters("rdt_cid", "always", "https://business.reddithelp.com/s/article/about-click-ids"),
    Parameters("scclid sccid", "always", "https://businesshelp.snapchat.com/s/article/click-id"),
    Parameters("yclid ysclid _openstat", "always", "https://yandex.com/support/direct/statistics/url-tags.html"),
    Parameters("mc_cid mc_eid", "always", "https://mailchimp.com/developer/marketing/docs/e-commerce"),
    Parameters(
        "_hsenc _hsmi __hssc __hstc __hsfp hsctatracking",
        "always",
        "https://knowledge.hubspot.com/reports/what-cookies-does-hubspot-set",
    ),
    Parameters("mkt_tok", "always", "https://experienceleague.adobe.com/docs/marketo"),
    Parameters("ef_id s_kwcid", "always", "https://experienceleague.adobe.com/docs/advertising"),
    Parameters("cmpid cmp icid icmp s_cid int_cmp intcmp", "always", "Adobe Analytics campaign variables"),
    Parameters("dm_i", "always", "https://support.dotdigital.com/hc/en-gb/articles/360006551019-Link-tracking"),
    Parameters("_ke _kx", "always", "https://help.klaviyo.com/hc/en-us/articles/115005247808"),
    Parameters("vero_id vero_conv", "always", "https://help.getvero.com"),
    Parameters("trk_contact trk_msg trk_module trk_sid", "always", "https://www.listrak.com"),
    Parameters("_bta_tid _bta_c", "always", "https://p.bm23.com/bta.js"),
    Parameters("oly_enc_id oly_anon_id", "always", "https://www.omeda.com"),
    Parameters("piwik_* matomo_* pk_* mtm_*", "always", "https://matomo.org/faq/reports/what-is-campaign-tracking"),
    Parameters(
        "at_medium at_campaign at_custom* at_link* at_bbc_team at_format at_ptr_name at_campaign_type xtor xtref xtcr",
        "always",
        "https://developers.atinternet-solutions.com (AT Internet, Piano)",
    ),
    Parameters(
        "wt_mc wt_mc_o wt_zmc wtmc wt.mc_id wt.mc_ev wt.tsrc", "always", "https://docs.mapp.com (Webtrekk), Webtrends"
    ),
    Parameters("etcc_* et_cid et_lid et_rid et_sub", "always", "https://docs.etracker.com"),
    Parameters("dicbo obOrigUrl oborigurl obsrc ob_click_id", "always", "https://www.outbrain.com/help"),
    Parameters("tblci taboolaclickid tb_click_id", "always", "https://help.taboola.com"),
    Parameters("dpg_* dpgmc", "always", "DPG Media's campaign links"),
    Parameters("spm scm", "always", "https://www.alibabacloud.com/help (super position model)"),
    Parameters("vgo_ee", "always", "https://help.activecampaign.com"),
    Parameters("__twitter_impression __tn__ __xts__* __cft__*", "always", "Twitter's and Facebook's in-app links"),
    Parameters("guccounter guce_referrer guce_referrer_sig", "always", "Yahoo's consent redirect"),
    Parameters("guid_hash _branch_match_id _branch_referrer", "always", "https://help.branch.io"),
    Parameters(
        "itm_source itm_medium itm_campaign itm_content itm_term itm_channel itm_audience",
        "always",
        "internal campaign links, named after utm",
    ),
    Parameters("ocid", "always", "MSN's and BBC's campaign id"),
    Parameters("maca", "always", "Deutsche Welle's feed and newsletter links"),
    Parameters("ftag", "always", "CNET's and CBS's syndication tag"),
    Parameters("ito ico", "always", "Mail Online's and i's in-page links"),
    Parameters("smid smtyp smprod", "always", "New York Times share links"),
    Parameters("n_cid", "always", "Nikkei's campaign id"),
    Parameters("echobox", "always", "https://www.echobox.com"),
    Parameters("ns_mchannel ns_source ns_campaign ns_linkname ns_fee", "always", "BBC's links, measured by comScore"),
    Parameters("soc_src soc_trk ncid", "always", "Yahoo's and AOL's share and newsletter links"),
    Parameters("isappinstalled", "always", "WeChat's share links"),
    Parameters("openexternalbrowser openinappbrowser", "always", "https://developers.line.biz/en/docs/line-login"),
    Parameters("hss_channel", "always", "https://knowledge.hubspot.com (posts to social media)"),
    Parameters("sfnsn", "always", "Facebook's mobile share links"),
    Parameters("emci emdi ceid", "always", "https://docs.everyaction.com (mailings)"),
    Parameters("ck_subscriber_id", "always", "https://help.kit.com"),
    Parameters("unlocked_article_code", "always", "New York Times gift links"),
    Parameters("leadsource", "always", "Wall Street Journal's sign-up links"),
    Parameters("embedded-checkout srnd", "always", "Bloomberg's in-page links"),
    Parameters("ftcamp", "always", "Financial Times' campaign links"),
    Parameters("lctg", "always", "CBS's newsletter links"),
    Parameters("fsrc", "always", "The Economist's feed and share links"),
    Parameters("intcid", "always", "Condé Nast's in-page links"),
    Parameters("__vfz", "always", "https://vuukle.com, Viafoura (shared comments)"),
    Parameters("xing_share shared", "always", "XING's and Jetpack's share links"),
    Parameters("_x_tr_*", "always", "Google's translations of pages"),
    Parameters("__source __twitter __a __d sharetoken sharetype shareid", "always", "share links"),
    Parameters("cx_testid cx_testvariant cx_artpos cx_navsource cxrecs_s", "always", "https://docs.piano.io"),
    Parameters(
        "traffic_source referrer_access_token referring_source reflink reference_source",
        "always",
        "links that name where the reader came from",
    ),
    Parameters(
        "replytocom like_comment unapproved moderation-hash _wpnonce",
        "always",
        "https://developer.wordpress.org/reference/functions/get_comment_reply_link",
    ),
    Parameters("showcomment commentpage", "always", "https://support.google.com/blogger"),
    Parameters("nb share", "word", "https://jetpack.com/support/sharing"),
    Parameters(
        "ref src source from fuente origin via partner emc rss feed medium campaign referer referrer refer "
        "refid ref_source ref_medium sref sc_src sc_cid campaign_id campaignid mbid mod fr cmp_id "
        "link_source taid linkid li_source li_medium sc_campaign sc_channel feature",
        "word",
        "said by some sites, an id on others",
    ),
    Parameters(
        "phpsessid jsessionid aspsessionid* cfid cftoken zenid oscsid",
        "always",
        "session ids of PHP, Java, ASP and shops",
    ),
    Parameters("s sid session sessionid session_id sess", "session", "session ids of forums"),
    Parameters(
        "amp _amp hs_amp isamp is_amp s_amp ampmode amp_mode amp_js_v amp_gsa usqp",
        "always",
        "https://amp.dev/documentation (and HubSpot's hs_amp)",
    ),
    Parameters("noamp nonamp", "always", "https://amp-wp.org/documentation"),
    Parameters("tmpl", "always", "https://docs.joomla.org (a page without its frame, for printing)"),
    Parameters(
        "print printable printview bprint printversion printpage druck drucken imprimir imprimer", "true", "print views"
    ),
    Parameters("m mobile ismobile nomobile desktop", "true", "Blogger's and others' mobile views"),
)


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


VIEWS = _names("output outputtype view layout format type mode display template tpl version variant device view_type")
"""Parameters that choose how a page is shown, when their value is one of VIEW_VALUES."""
FORMS = _names("service content page pagetype render")
"""Parameters that do so when their value is one of FORM_VALUES; "mobile" may be a subject in them."""
FORM_VALUES = frozenset(["amp", "amphtml", "print", "printable"])
VIEW_VALUES = frozenset(["amp", "amphtml", "amp-type", "print", "printable", "mobile", "desktop"])
TRUE_VALUES = frozenset(("", "1", "0", "true", "false", "yes", "no", "on", "print", "y"))

HOST_LABELS = _names("www www1 www2 www3 ww1 ww2 ww3 m mobile mobil movil mob amp wap touch lite 3g www-m m-www")
"""Host labels that only choose how a page is shown."""

AMP_SEGMENTS = frozenset(("amp", ".amp", "google-amp", "amp-page", "index.amp", "amp.html", "amphtml"))
"""Path segments that only choose the AMP form."""
FORM_SEGMENTS = AMP_SEGMENTS | frozenset(("print", "drucken", "druckversion", "imprimir"))
"""The same, and the print forms."""
TYPE_SEGMENTS = frozenset(("article", "platform"))
"""Segments that AMP addresses put "amp" in the place of, or behind; left out before "amp" and before a slug."""
LISTING_SEGMENTS = _names("tag tags topic topics category search author thema temas etiqueta keyword")
"""After one of these a segment is a subject ("/tag/amp"), not a form."""

INDEX_FILE = re.compile(r"(?:index|default)\.(?:html?|shtml|php\d?|aspx?|jsp)", re.IGNORECASE)
PATH_ENDINGS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"\.amp(?=\.\w{2,5}$)|(?<=\w)\.amp(?:html)?$", re.IGNORECASE), ""),
    (re.compile(r"(?<=\d{4})-amp(?=$|\.)|(?<=^story)-amp(?=\.)|(?<=^article)-amp(?=\.)", re.IGNORECASE), ""),
    (re.compile(r"\.s?html?$", re.IGNORECASE), ""),
)
"""Endings of the last path segment that do not tell pages apart."""

# (host, path, where the wrapped URL is). Each host is matched from its end, as a whole or after a dot; "" is any host.
WRAPPERS: tuple[tuple[str, re.Pattern[str], str], ...] = (
    ("web.archive.org", re.compile(r"/web/\d{1,14}(?:[a-z]{2}_)?/(.+)"), "path"),
    ("cdn.ampproject.org", re.compile(r"/[a-z]{1,2}/(s/)?([^/]+\.[^/]+(?:/.*)?)"), "amp"),
    ("bing-amp.com", re.compile(r"/[a-z]{1,2}/(s/)?([^/]+\.[^/]+(?:/.*)?)"), "amp"),
    ("google", re.compile(r"/amp/(s/)?([^/]+\.[^/]+(?:/.*)?)"), "amp"),
    ("google", re.compile(r"/(?:url|imgres|translate|website|interstitial)"), "url q u imgrefurl"),
    ("translate.goog", re.compile(r"/.*"), "host"),
    ("turbopages.org", re.compile(r"/([^/]+\.[^/]+)/[shn](/.*)"), "turbo"),
    ("yandex.ru", re.compile(r"/turbo/([^/]+\.[^/]+)/[shn](/.*)"), "turbo"),
    ("yandex.ru", re.compile(r"/turbo"), "text"),
    ("bing.com", re.compile(r"/news/apiclick\.aspx"), "url"),
    ("r.search.yahoo.com", re.compile(r"/.*/RU=([^/]+)/.*"), "path"),
    ("facebook.com", re.compile(r"/(?:l|flx/warn/|sharer/sharer|sharer)(?:\.php)?"), "u"),
    ("messenger.com", re.compile(r"/l\.php"), "u"),
    ("l.instagram.com", re.compile(r"/"), "u"),
    ("l.threads.com", re.compile(r"/"), "u"),
    ("threads.net", re.compile(r"/intent/post"), "url"),
    ("threads.com", re.compile(r"/intent/post"), "url"),
    ("linkedin.com", re.compile(r"/(?:redir/redirect|safety/go|sharearticle)/?", re.IGNORECASE), "url"),
    ("t.umblr.com", re.compile(r"/redirect"), "z"),
    ("tumblr.com", re.compile(r"/(?:share/link|widgets/share/tool)/?"), "url canonicalUrl"),
    ("out.reddit.com", re.compile(r"/.*"), "url"),
    ("reddit.com", re.compile(r"/submit/?"), "url"),
    ("pinterest.com", re.compile(r"/pin/create/(?:button|link)/?"), "url"),
    ("youtube.com", re.compile(r"/redirect"), "q"),
    ("vk.com", re.compile(r"/away\.php"), "to"),
    ("vk.com", re.compile(r"/share\.php"), "url"),
    ("ok.ru", re.compile(r"/(?:offer|dk)"), "url st.shareUrl"),
    ("twitter.com", re.compile(r"/(?:intent/tweet|share)"), "url"),
    ("x.com", re.compile(r"/(?:intent/(?:tweet|post)|share)"), "url"),
    ("t.me", re.compile(r"/share/url"), "url"),
    ("telegram.me", re.compile(r"/share/url"), "url"),
    ("line.me", re.compile(r"/(?:lineit/share|R/share)"), "url"),
    ("duckduckgo.com", re.compile(r"/l/"), "uddg"),
    ("safelinks.protection.outlook.com", re.compile(r"/"), "url"),
    ("urldefense.com", re.compile(r"/v3/__(.+)__;.*"), "path"),
    ("slack-redir.net", re.compile(r"/link"), "url"),
    ("steamcommunity.com", re.compile(r"/linkfilter/?"), "url u"),
    ("flipboard.com", re.compile(r"/(?:redirect|bookmarklet/popout)"), "url"),
    ("buffer.com", re.compile(r"/add"), "url"),
    ("news.ycombinator.com", re.compile(r"/submitlink"), "u"),
    ("medium.com", re.compile(r"/r/?"), "url"),
    ("getpocket.com", re.compile(r"/(?:redirect|save)"), "url"),
    ("disq.us", re.compile(r"/(?:url)?"), "url"),
    ("exit.sc", re.compile(r"/"), "url"),
    ("12ft.io", re.compile(r"/(?:proxy)?"), "q"),
    ("href.li", re.compile(r"/"), "query"),
    ("anonym.to", re.compile(r"/"), "query"),
    ("", re.compile(r"/(?:[^/]{1,40}/)?(https?:/{1,2}[^/]+\.[^/]+/.+)"), "path"),
)
"""Addresses that carry another one. Sources: each service's own links; AMP caches: https://amp.dev/documentation. The
last is how archives and readers (archive.ph, outline.com, …) write them."""
