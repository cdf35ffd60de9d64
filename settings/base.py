"""The polite default. Profiles beside this file start from it and edit; they never list anew."""

BOT_NAME = "newscrawl"
SPIDER_MODULES = ["spiders"]
NEWSPIDER_MODULE = "spiders"
COMMANDS_MODULE = "newscrawl.commands"

# --- Ours, each with its unit and default ------------------------------------------------------------------------

NEWSCRAWL_DB = "news.db"  # path of the one SQLite file
NEWSCRAWL_SEEDS = "seeds"  # folder of the seed files
NEWSCRAWL_CONTACT = "https://newscrawl.invalid/contact"  # URL or mail address a site's owner can reach you at
NEWSCRAWL_EXTRACT_WORKERS = None  # count of reading processes; None: as many as cores, 0: none, read in the crawl's own
NEWSCRAWL_EXTRACT_TIMEOUT_S = 20.0  # seconds one page may take to read before its worker is replaced
NEWSCRAWL_ALLOW_ADDRESSES = ""  # host:port pairs, comma-separated, that may be reached although not public
NEWSCRAWL_RETRY_S = 900.0  # seconds until a temporary failure of an article is tried again; doubles each time
NEWSCRAWL_ATTEMPTS = 5  # tries of an article before its last outcome is final

# --- Politeness ---------------------------------------------------------------------------------------------------

USER_AGENT = "newscrawl/0.1 (+https://newscrawl.invalid/contact)"
ROBOTSTXT_OBEY = True
CONCURRENT_REQUESTS = 16
CONCURRENT_REQUESTS_PER_DOMAIN = 1
DOWNLOAD_DELAY = 2.0
AUTOTHROTTLE_ENABLED = True
AUTOTHROTTLE_START_DELAY = 2.0
AUTOTHROTTLE_MAX_DELAY = 60.0
AUTOTHROTTLE_TARGET_CONCURRENCY = 0.2  # a delay of five times the latency
COOKIES_ENABLED = False
RETRY_ENABLED = False  # failures go back to the queue and are tried again later, not at once
METAREFRESH_ENABLED = False
REFERER_ENABLED = False

# --- Bounds -------------------------------------------------------------------------------------------------------

DOWNLOAD_MAXSIZE = 25 * 2**20  # bytes, decoded
DOWNLOAD_WARNSIZE = 0
DOWNLOAD_TIMEOUT = 30  # seconds
DOWNLOAD_VERIFY_CERTIFICATES = True
REDIRECT_MAX_TIMES = 8
DEPTH_LIMIT = 0
SCHEDULER_PRIORITY_QUEUE = "scrapy.pqueues.DownloaderAwarePriorityQueue"

# --- Parts --------------------------------------------------------------------------------------------------------

TWISTED_REACTOR = "twisted.internet.asyncioreactor.AsyncioSelectorReactor"
TELNETCONSOLE_ENABLED = False
REMOTE_CONTROL_ENABLED = False
DUPEFILTER_CLASS = "scrapy.dupefilters.BaseDupeFilter"  # the queue in the database decides what is asked twice
DOWNLOADER_MIDDLEWARES = {
    "newscrawl.middlewares.stamp.StampMiddleware": 50,
    "newscrawl.middlewares.conditional.ConditionalMiddleware": 450,
}
ITEM_PIPELINES = {
    "newscrawl.pipelines.validate.ValidatePipeline": 100,
    "newscrawl.pipelines.store.StorePipeline": 300,
}
EXTENSIONS = {
    "newscrawl.extensions.runs.RunsExtension": 100,
    "newscrawl.extensions.expect.ExpectExtension": 200,
    "newscrawl.extensions.progress.ProgressExtension": 300,
}
LOG_LEVEL = "INFO"
LOG_FORMATTER = "newscrawl.extensions.quiet.QuietFormatter"
STATS_DUMP = False
LOGSTATS_INTERVAL = 0  # progress speaks instead
