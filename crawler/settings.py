"""Scrapy's settings, read once; each departure from Scrapy's default says why.

Three come from the environment: `GONGKAI_CONTACT`, an address at which a portal's keeper reaches whoever runs the
crawler; `GONGKAI_BROWSER_PATH` and `GONGKAI_BROWSER_ARGS`, see `wire.rendering`.  A portal's file may state its own
delay, time-out and whether it is served on loopback.
"""

from __future__ import annotations

import os
from importlib.metadata import PackageNotFoundError, version


def _version() -> str:
    try:
        return version("gongkai")
    except PackageNotFoundError:  # this is a checkout that was never installed
        return "0"


BOT_NAME = "gongkai"
SPIDER_MODULES = ["gongkai.crawler.spider"]
NEWSPIDER_MODULE = "gongkai.crawler.spider"

# --- who we are -------------------------------------------------------------------------------------------------------

CONTACT = os.environ.get("GONGKAI_CONTACT", "").strip()
"""Shown to every portal in the User-Agent; portals block what they cannot ask."""

# Scrapy's default names Scrapy, which tells a portal's keeper nothing.
USER_AGENT = f"gongkai/{_version()} (open archive of public budgets{f'; contact {CONTACT}' if CONTACT else ''})"
# The product token robots.txt files address, instead of the whole User-Agent.
ROBOTSTXT_USER_AGENT = "gongkai"

# --- manners ----------------------------------------------------------------------------------------------------------

# Scrapy's robots.txt middleware is off by default, and too trusting: `wire.robots` takes its place below.
ROBOTSTXT_OBEY = False
# Scrapy's default is 16, most of which would wait in the queue of a portal's one host, where a request for patience, an
# anti-bot page, a limit or a priority reaches them no more.  Portals are crawled side by side instead.
CONCURRENT_REQUESTS = 1
# Scrapy's default is 100, and as many tasks for each response, which cost more than everything else; a response gives
# one item, and what it links to is asked for once that is stored.
CONCURRENT_ITEMS = 1
# Scrapy's default is 8; county portals run on one small machine.
CONCURRENT_REQUESTS_PER_DOMAIN = 1
# Scrapy's default is 0; careful crawlers of these portals use 1 to 2 seconds, and several portals block faster ones.
DOWNLOAD_DELAY = 1.5
# Scrapy's default is ±50 %, which would make every second pause shorter than promised.
DOWNLOAD_DELAY_JITTER = 0
# AutoThrottle is off by default; with it a portal that answers slowly is asked more slowly.
AUTOTHROTTLE_ENABLED = True
# Scrapy's default is 5 s; a portal's own delay is where we start.
AUTOTHROTTLE_START_DELAY = 0
AUTOTHROTTLE_MAX_DELAY = 60
# 429 and 503 without Retry-After: the pause begins here (seconds) and doubles; longer ones than the maximum end the
# run for the host.  Our own settings, see `wire.politeness`.
THROTTLED_DELAY_SECONDS = 1.0
RETRY_AFTER_MAX_SECONDS = 120.0
# The longest Crawl-delay of a robots.txt that one run can keep; a host that asks for more is left alone, by name.
CRAWL_DELAY_MAX_SECONDS = 120.0
# Scrapy logs an ERROR for each request it gives up; captures and report tell of it, with its outcome.
RETRY_GIVE_UP_LOG_LEVEL = "DEBUG"

# --- limits -----------------------------------------------------------------------------------------------------------

# Scrapy's default is 1 GiB; the largest disclosure seen is a tenth of this limit.
DOWNLOAD_MAXSIZE = 200 * 1024 * 1024
# Pages are held in memory and read whole; the largest listing seen is a fortieth of this.  Our own setting.
PAGE_MAXSIZE = 8 * 1024 * 1024
# A body must bring so many bytes a second, over every so many seconds.  Our own settings.
MINIMUM_RATE = 500
MINIMUM_RATE_SECONDS = 30.0
# Scrapy's default is 180 s for the whole transfer; a page that takes longer is down.  Files have their own limit below.
DOWNLOAD_TIMEOUT = 60
# Files of tens of megabytes come at 100 kB/s from county portals.  Our own setting.
FILE_TIMEOUT_SECONDS = 600
# Twisted bounds a line of an answer's head, and neither their number nor all of them.  Our own setting.
HEADERS_MAXSIZE = 64 * 1024
# A column is read for so many pages and seconds; the longest seen has 600 pages of 15 rows.  Pagers of static columns
# can be made to lead on for ever, or declare a thousand million pages.  Our own settings, see `spider.column`.
LISTING_MAX_PAGES = 3000
LISTING_MAX_SECONDS = 6 * 3600
# A visit ends after so long, so that a portal that hangs keeps no other of its host waiting.  Our own setting.
PORTAL_MAX_SECONDS = 12 * 3600
# Scrapy's default is last in, first out; a listing is worked off from its top, newest first, as it is printed.
SCHEDULER_MEMORY_QUEUE = "scrapy.squeues.FifoMemoryQueue"
# Portals chain http → https → www → path; Scrapy's 20 only serve loops.
REDIRECT_MAX_TIMES = 8
# Scrapy follows such pages by default; a page that only leads on is evidence of its own, which `pages.page.stub_target`
# reads, and follows on its own host.
METAREFRESH_ENABLED = False

# --- honesty of what is stored ----------------------------------------------------------------------------------------

# Files are wanted as they are stored at the portal: a transfer encoding would change their ETag and their bytes on the
# wire.  The other values are Scrapy's, with the language the portals speak.
DEFAULT_REQUEST_HEADERS = {
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "Accept-Language": "zh-CN,zh;q=0.9",
    "Accept-Encoding": "identity",
}
# The archive is the cache: what it holds is asked for conditionally.
HTTPCACHE_ENABLED = False
# A proxy resolves names itself, so that the address rules could not be kept through one.
HTTPPROXY_ENABLED = False

# --- parts ------------------------------------------------------------------------------------------------------------

# The resolver refuses private addresses at the moment of connecting, see `wire.safe_addresses`.
TWISTED_DNS_RESOLVER = "gongkai.crawler.wire.safe_addresses.GuardedResolver"
DOWNLOADER_MIDDLEWARES = {
    # it stands before all others: what it answers is not sent, and no rule needs to be asked
    "gongkai.crawler.wire.held_documents.HeldDocuments": 20,
    "gongkai.crawler.wire.safe_addresses.AddressGuard": 50,
    "gongkai.crawler.wire.carried_leads.NamedByRedirect": 75,
    "gongkai.crawler.wire.robots.RobotsMiddleware": 100,
    # it stands behind decompression and redirects and before retries, and sees what a browser would see
    "gongkai.crawler.wire.politeness.Gatekeeper": 585,
    # it stands next to the wire: a 304 becomes a page before anything else looks at it
    "gongkai.crawler.wire.conditional_requests.ConditionalRequests": 650,
    "gongkai.crawler.wire.cookies.PortalCookies": 700,
    # nothing is asked for with a password, and no statistics but the report's are kept
    "scrapy.downloadermiddlewares.httpauth.HttpAuthMiddleware": None,
    "scrapy.downloadermiddlewares.stats.DownloaderStats": None,
    # PortalCookies takes its place
    "scrapy.downloadermiddlewares.cookies.CookiesMiddleware": None,
    # RobotsMiddleware takes its place
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
    # rows lead to other hosts of the same government on purpose; the address rules bound where
    "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,
}
# No spider middleware is wanted: every status is read, the Referer is the page an address stands on, depth is no limit,
# and an address too long for the default limit would be dropped without a word.
SPIDER_MIDDLEWARES = {
    "scrapy.spidermiddlewares.start.StartSpiderMiddleware": None,
    "scrapy.spidermiddlewares.httperror.HttpErrorMiddleware": None,
    "scrapy.spidermiddlewares.referer.RefererMiddleware": None,
    "scrapy.spidermiddlewares.urllength.UrlLengthMiddleware": None,
    "scrapy.spidermiddlewares.depth.DepthMiddleware": None,
    "scrapy.spidermiddlewares.metacopy.MetaCopyDetectionMiddleware": None,
}
EXTENSIONS = {
    # it stands after AutoThrottle, so that it has the last word on a pause
    "gongkai.crawler.wire.politeness.Patience": 900,
    "gongkai.crawler.wire.politeness.Leave": 910,
    "gongkai.crawler.wire.watching.Watching": 920,
    # they count what the report counts
    "scrapy.extensions.corestats.CoreStats": None,
    "scrapy.extensions.logcount.LogCount": None,
    "scrapy.extensions.logstats.LogStats": None,
    # both open a port into the running crawler; None also spares their imports
    "scrapy.extensions.telnet.TelnetConsole": None,
    "scrapy.extensions.remote_control.RemoteControl": None,
}
# Scrapy also reads files, FTP and S3 when a page says so; nothing but http and https is wanted here.
DOWNLOAD_HANDLERS = {
    "http": "gongkai.crawler.wire.transfer.TransferHandler",
    "https": "gongkai.crawler.wire.transfer.TransferHandler",
    "data": None,
    "file": None,
    "ftp": None,
    "s3": None,
}
# The handler undoes what a server compressed unasked, as it arrives.
COMPRESSION_ENABLED = False
ITEM_PIPELINES = {"gongkai.crawler.spider.archive_pipeline.ArchivePipeline": 300}
# So many captures are recorded at once, and the first of them may wait for so long.  Our own settings, see
# `spider.archive_pipeline`.
CAPTURE_BATCH = 200
CAPTURE_BATCH_SECONDS = 5.0

# --- browser ----------------------------------------------------------------------------------------------------------

# `wire.rendering` reads these settings of our own: the executable, further arguments, and patience with one page and
# all that its scripts ask for, one request at a time.
BROWSER_PATH = os.environ.get("GONGKAI_BROWSER_PATH", "").strip()
BROWSER_ARGS = os.environ.get("GONGKAI_BROWSER_ARGS", "")
BROWSER_TIMEOUT_SECONDS = 180

# --- quiet ------------------------------------------------------------------------------------------------------------

# Scrapy's default is DEBUG; the command line draws progress, and every failure is in the report with its outcome, so
# that Scrapy's own warnings would only say it twice.  Errors are mistakes of ours, with their traceback.
LOG_LEVEL = "ERROR"
# Scrapy's formatter makes two records for each response, which the level then drops.
LOG_FORMATTER = "gongkai.crawler.wire.quiet_log.QuietFormatter"
# Scrapy collects statistics in memory, which nobody reads here.
STATS_CLASS = "scrapy.statscollectors.DummyStatsCollector"
