"""Errors of the crawler: one tree, so that a caller can catch `CrawlerError` and be done."""

from __future__ import annotations

from scrapy.exceptions import IgnoreRequest

from gongkai.archive import Outcome


class CrawlerError(Exception):
    """Root of what this package raises; the message is one sentence with the value in question."""


class PortalFileError(CrawlerError):
    """Raised when a portal's YAML file cannot be read, or states an unknown, missing or ill-typed fact."""


class UnknownPortalError(CrawlerError):
    """Raised when a portal is asked for that no file describes; the message names the closest ones."""


class ProposalError(CrawlerError):
    """Raised when no portal file can be proposed: a wrong address, or a division or an id that is not clear."""


class PageUnavailableError(ProposalError):
    """Raised when the page to propose a portal file from cannot be had: unreachable, refused, an anti-bot page."""


class SettingRefusedError(CrawlerError):
    """Raised when a setting given for one run is not understood, or would be at the cost of portals or evidence."""


class SpiderArgumentError(CrawlerError):
    """Raised when a spider that Scrapy's own commands start is told no portal, or something it does not understand."""


class NoArchiveError(CrawlerError):
    """Raised when a spider that visits no portal wants to file something: evidence belongs into an archive."""


class AlreadyCrawledError(CrawlerError):
    """Raised by a second `crawl` in one process: Twisted's reactor cannot be started twice."""


class InternalsChangedError(CrawlerError):
    """Raised by `wire.scrapy_internals` when Scrapy or Twisted lack a private name that the crawler needs."""


class PagerNotUnderstoodError(CrawlerError):
    """Raised when a listing page announces further pages in a way that cannot be resolved without a browser."""


class ListingNotUnderstoodError(CrawlerError):
    """Raised when an answer is no listing page of the portal's family: other data, or HTML in place of data."""


class RequestRefusedError(CrawlerError, IgnoreRequest):
    """Root of the reasons for which a request is not sent; `outcome` is what its capture will say."""

    outcome: Outcome


class AnswerRefusedError(CrawlerError, IgnoreRequest):
    """Raised when an answer is not taken to its end: it is too large, or encoded in a way nobody asked for."""

    def __init__(self, message: str, outcome: Outcome) -> None:
        super().__init__(message)
        self.outcome = outcome


class RobotsDeniedError(RequestRefusedError):
    """Raised when robots.txt forbids an address, or could not be read, so that permission is not established."""

    outcome = Outcome.ROBOTS_DENIED


class RobotsUnreachableError(RequestRefusedError):
    """Raised when no connection could be had to read robots.txt, so that nothing of the host can be reached either."""

    def __init__(self, message: str, outcome: Outcome) -> None:
        super().__init__(message)
        self.outcome = outcome


class UnsafeAddressError(RequestRefusedError):
    """Raised when an address is not http(s), or does not lie in the public network."""

    outcome = Outcome.UNSAFE_ADDRESS


class HostChallengedError(RequestRefusedError):
    """Raised when the host has served an anti-bot page earlier in the run and is therefore left alone."""

    outcome = Outcome.CHALLENGED


class HostRestingError(RequestRefusedError):
    """Raised when the host asked, by Retry-After or Crawl-delay, for more patience than one run has."""

    outcome = Outcome.HTTP_ERROR


class RegistryError(CrawlerError):
    """Raised when a registry file cannot be read, or a row of it or of a list to be imported is not understood."""


class UnknownPlaceError(CrawlerError):
    """Raised when the registry has no place of a name, or more than one."""
