"""The polite default. Profiles beside this file start from it and edit; they never list anew."""

from scrapy.settings.default_settings import EXTENSIONS_BASE

BOT_NAME = "newscrawl"
SPIDER_MODULES = ["spiders"]
NEWSPIDER_MODULE = "spiders"
COMMANDS_MODULE = "newscrawl.commands"

# --- Ours, each with its unit and default ------------------------------------------------------------------------

NEWSCRAWL_DB = "news.db"  # path of the one SQLite file
NEWSCRAWL_SEEDS = "seeds"  # folder of the seed files
NEWSCRAWL_CONTACT = ""  # URL or mail address a site's owner can reach you at; public sites are not crawled without
NEWSCRAWL_WARC = ""  # folder in which every answer is kept as WARC 1.1; "": none is (extra warc)
NEWSCRAWL_WARC_BYTES = 2**30  # bytes of a WARC file before the next is begun
NEWSCRAWL_EXTRACT_WORKERS: int | None = None  # reading processes; None: as many as cores, 0: read in the crawl's own
NEWSCRAWL_EXTRACT_CPU_S = 10.0  # seconds of CPU one page may take to read before its worker is replaced …
NEWSCRAWL_EXTRACT_TIMEOUT_S = 60.0  # … and seconds on the clock, where it takes no CPU
NEWSCRAWL_ALLOW_ADDRESSES = ""  # host:port pairs, comma-separated, that may be reached although not public
NEWSCRAWL_BODY_BYTES = 10 * 2**20  # decoded bytes of a page; more is body_too_large
NEWSCRAWL_FEED_BYTES = 25 * 2**20  # decoded bytes of a feed or sitemap
NEWSCRAWL_ROBOTS_BYTES = 512 * 2**10  # decoded bytes of robots.txt that are read; the rest is cut
NEWSCRAWL_CONNECT_S = 10.0  # seconds for name look-up and connection
NEWSCRAWL_HEADERS_S = 15.0  # seconds from the request sent to the last header
NEWSCRAWL_IDLE_S = 10.0  # seconds the body may stand still
NEWSCRAWL_TOTAL_S = 30.0  # seconds for the whole answer …
NEWSCRAWL_SLOW_TOTAL_S = 90.0  # … or this many, where it keeps a pace of 1 KiB/s
NEWSCRAWL_ROBOTS_S = 15.0  # seconds for the whole of robots.txt
NEWSCRAWL_ROBOTS_401_CLOSED = False  # True: 401 and 403 for robots.txt forbid all, RFC 9309 lets them allow all
NEWSCRAWL_TDMREP = True  # ask each site once a day what it reserves of text and data mining
NEWSCRAWL_SOURCE_REQUESTS = 5_000  # requests of one source and run (or day)
NEWSCRAWL_SOURCE_ARTICLES = 500  # articles of one source and run (or day)
NEWSCRAWL_SOURCE_MINUTES = 15.0  # minutes of open connections of one source and run (or day)
NEWSCRAWL_TRAP_REQUESTS = 200  # requests alike in a row that bring no article, before no more like them are made
NEWSCRAWL_TRAP_HOSTS = 20  # hosts of one site that bring no article, before no more of them are asked
NEWSCRAWL_CHECKS_PER_DAY = 20_000.0  # checks of all channels together that the monitor spends a day
NEWSCRAWL_CHECK_MIN_S = 120.0  # seconds between two checks of one channel, at least
NEWSCRAWL_REVISITS_PER_DAY = 5_000.0  # visits a day that the monitor pays to stored articles, to see their edits
NEWSCRAWL_PROBE_SHARE = 0.05  # share of checks that ask for a channel whole, whatever validators it gave; 0 … 1
NEWSCRAWL_RETRY_S = 900.0  # seconds until a temporary failure of an article is tried again; doubles each time
NEWSCRAWL_ATTEMPTS = 5  # tries of an article before its last outcome is final

# --- Politeness ---------------------------------------------------------------------------------------------------

ROBOTSTXT_OBEY = True
CONCURRENT_REQUESTS = 48  # in all, waiting ones included: slow hosts must not take every place
CONCURRENT_REQUESTS_PER_DOMAIN = 1
CONCURRENT_ITEMS = 8  # articles of one list on their way at once; Scrapy makes so many tasks for every answer
DOWNLOAD_DELAY = 2.0
DOWNLOAD_DELAY_JITTER = 0.0  # the delay is a promise, never less
AUTOTHROTTLE_ENABLED = True
AUTOTHROTTLE_START_DELAY = 2.0
AUTOTHROTTLE_MAX_DELAY = 60.0
AUTOTHROTTLE_TARGET_CONCURRENCY = 0.2  # a delay of five times the latency
COOKIES_ENABLED = False
RETRY_ENABLED = False  # failures go back to the queue and are tried again later, not at once
METAREFRESH_ENABLED = False

# --- Bounds -------------------------------------------------------------------------------------------------------

DOWNLOAD_VERIFY_CERTIFICATES = True
REDIRECT_MAX_TIMES = 8
SCRAPER_SLOT_MAX_ACTIVE_SIZE = 2**40  # large answers wait on the wire, and let small ones pass: IN_FLIGHT_BYTES
SCHEDULER_PRIORITY_QUEUE = "scrapy.pqueues.DownloaderAwarePriorityQueue"

# --- Parts --------------------------------------------------------------------------------------------------------

TWISTED_REACTOR = "twisted.internet.asyncioreactor.AsyncioSelectorReactor"
TWISTED_DNS_RESOLVER = "newscrawl.transport.resolver.PublicResolver"
DOWNLOAD_HANDLERS = {
    "http": "newscrawl.transport.handler.BoundedHandler",
    "https": "newscrawl.transport.handler.BoundedHandler",
    "file": "newscrawl.transport.localfile.LocalFileHandler",
    "data": None,
    "ftp": None,
    "s3": None,
}
ADDONS = {
    "newscrawl.extensions.identity.Identity": 100,  # USER_AGENT, from the version and NEWSCRAWL_CONTACT
    "newscrawl.extensions.quiet.Quiet": 200,
    "newscrawl.extensions.bounds.BoundsAddon": 300,  # NEWSCRAWL_LINKS, …: every limit in docs/limits.md
}
TELNETCONSOLE_ENABLED = False
REMOTE_CONTROL_ENABLED = False
DUPEFILTER_CLASS = "scrapy.dupefilters.BaseDupeFilter"  # the queue in the database decides what is asked twice
DOWNLOADER_MIDDLEWARES = {
    "newscrawl.middlewares.stamp.StampMiddleware": 50,
    "newscrawl.middlewares.guard.GuardMiddleware": 100,
    "newscrawl.middlewares.traps.TrapsMiddleware": 150,
    "newscrawl.middlewares.robots.RobotsMiddleware": 200,
    "newscrawl.middlewares.backoff.BackoffMiddleware": 300,
    "newscrawl.middlewares.tdmrep.TdmrepMiddleware": 400,
    "newscrawl.middlewares.conditional.ConditionalMiddleware": 450,
    "newscrawl.middlewares.redirects.RedirectsMiddleware": 600,
    "newscrawl.middlewares.archive.ArchiveMiddleware": 700,
    # Scrapy's own, replaced by those above or by the download handler, or of no use here.
    "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,
    "scrapy.downloadermiddlewares.httpauth.HttpAuthMiddleware": None,
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
    "scrapy.downloadermiddlewares.redirect.RedirectMiddleware": None,
    "scrapy.downloadermiddlewares.httpcompression.HttpCompressionMiddleware": None,
    "scrapy.downloadermiddlewares.httpproxy.HttpProxyMiddleware": None,
}
SPIDER_MIDDLEWARES = {
    # Scrapy's own, which every answer and item would pass for nothing: the gate and the queue know such bounds.
    "scrapy.spidermiddlewares.depth.DepthMiddleware": None,
    "scrapy.spidermiddlewares.metacopy.MetaCopyDetectionMiddleware": None,
    "scrapy.spidermiddlewares.referer.RefererMiddleware": None,
    "scrapy.spidermiddlewares.urllength.UrlLengthMiddleware": None,
}
ITEM_PIPELINES = {
    "newscrawl.pipelines.validate.ValidatePipeline": 100,
    "newscrawl.pipelines.reserve.ReservePipeline": 200,
    "newscrawl.pipelines.store.StorePipeline": 300,
}
EXTENSIONS = {
    "newscrawl.extensions.runs.RunsExtension": 100,
    "newscrawl.extensions.expect.ExpectExtension": 200,
    "newscrawl.extensions.progress.ProgressExtension": 300,
}
# Scrapy imports each of its own, used or not, and this one a web server with it: a tenth of a start.
EXTENSIONS_BASE = {name: at for name, at in EXTENSIONS_BASE.items() if not name.endswith(".RemoteControl")}
LOG_LEVEL = "INFO"
LOG_FORMAT = "%(asctime)s %(levelname)s %(message)s"
LOG_DATEFORMAT = "%H:%M:%S"
LOG_VERSIONS: list[str] = []
LOG_FORMATTER = "newscrawl.extensions.quiet.QuietFormatter"
STATS_DUMP = False
LOGSTATS_INTERVAL = 0  # progress speaks instead
