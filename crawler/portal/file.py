"""Portal files: the facts about one government site, `portals/<province>/<division>.yaml`, read strictly.

A file states facts and holds no code.  An unknown key, a missing one or a value of another type is an error that
names file, key and value; nothing is defaulted that a person should have decided.

Keys of every portal file:

=================== ======= ==========================================================================================
`id`                needed  the file's path under `portals/` without its suffix, e.g. `hunan/changsha`
`name`              needed  the portal's own name, in Chinese
`family`            needed  how the portal gives up its documents, see `crawler.families.registry`
`division_code`     needed  administrative division (行政区划代码, GB/T 2260), six digits
`start_urls`        needed  a list; each row an address, or `{url, role}` with role `listing` (default) or `article`
`verified`          needed  the date on which a person saw the crawl succeed, or `unverified`
`site_id_code`              expected SiteIDCode (网站标识码, ten digits); another one stops the crawl of the portal
`site_name`                 expected SiteName; a different one is reported
`parameters`                facts of the family, see the family's parameters class
`expected`                  `{minimum, maximum}` documents on the listing pages; fewer is fatal, more is a warning
`schedule`                  days between two crawls, `{budgets, finals, otherwise, full}`, see `crawler.portal.schedule`
`look_back_days`            documents older than this and known are asked for only by a full sweep; without it each
                            crawl asks for all, conditionally
`limits`                    `{page_megabytes, file_megabytes, bytes_per_second, pages, seconds}`: the most that is
                            taken, the least that is waited for, the pages of a column and the seconds of a visit
`tls`                       `{allow_self_signed, allow_legacy}`: what is allowed beyond strict TLS
`delay_seconds`             pause between two requests to one host; the default is `DOWNLOAD_DELAY` in the settings
`timeout_seconds`           patience with one request; the default is `DOWNLOAD_TIMEOUT` in the settings
`allow_loopback`            true only for a portal served on this machine, as the demonstration is
`browser`                   `{why, wait_for, hosts, articles}` where pages must be rendered, see `wire.rendering`
`contact`                   whom at the portal to write to
`notes`                     whatever else a person should know
=================== ======= ==========================================================================================
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from collections.abc import Hashable, Mapping
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import yaml

from gongkai.archive import Role
from gongkai.crawler.errors import PortalFileError
from gongkai.crawler.facts import Facts
from gongkai.crawler.families.parameters import Parameters, read_parameters
from gongkai.crawler.families.registry import FAMILIES
from gongkai.crawler.portal.browser_facts import Browser, read_browser
from gongkai.crawler.portal.schedule import Schedule

PORTAL_ID = re.compile(r"[a-z0-9][a-z0-9_-]*(/[a-z0-9][a-z0-9_-]*)*")
DIVISION_CODE = re.compile(r"[1-9]\d{5}")
SITE_ID_CODE = re.compile(r"[0-9A-Za-z]{10}")


def archived_as(portal: str) -> str:
    """The name in the archive of a portal named as people do: ``fujian.fuzhou`` of ``fujian/fuzhou``."""
    return portal.replace("/", ".")


@dataclasses.dataclass(frozen=True, slots=True)
class StartUrl:
    """An address at which a crawl begins; `role` says whether a column (栏目) or a single article stands there."""

    url: str
    role: Role = Role.LISTING


@dataclasses.dataclass(frozen=True, slots=True)
class TlsRules:
    """TLS that a portal's file allows beyond the strict one; captures say what secured them.

    `allow_self_signed` accepts any certificate, also of another name; `allow_legacy` TLS 1.0 and 1.1, ciphers of
    OpenSSL's security level 0, and servers without secure renegotiation.
    """

    allow_self_signed: bool = False
    allow_legacy: bool = False


@dataclasses.dataclass(frozen=True, slots=True)
class PortalLimits:
    """Bounds where the portal's differ from the settings'.

    Of one answer: bytes of a page, of a file, bytes a second; of one column: its pages; of one visit: its seconds.
    """

    page_bytes: int | None = None
    file_bytes: int | None = None
    bytes_per_second: int | None = None
    pages: int | None = None
    seconds: float | None = None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Portal:
    """The facts of one portal file; the table in this module's docstring explains each field."""

    id: str
    name: str
    family: str
    division_code: str
    start_urls: tuple[StartUrl, ...]
    parameters: Parameters
    site_id_code: str | None = None
    site_name: str | None = None
    expected_minimum: int | None = None
    expected_maximum: int | None = None
    schedule: Schedule = dataclasses.field(default_factory=Schedule)
    look_back_days: int | None = None
    limits: PortalLimits = dataclasses.field(default_factory=PortalLimits)
    tls: TlsRules = dataclasses.field(default_factory=TlsRules)
    delay_seconds: float | None = None
    timeout_seconds: float | None = None
    allow_loopback: bool = False
    browser: Browser | None = None
    contact: str | None = None
    notes: str | None = None
    verified: dt.date | None = None

    @property
    def archive_name(self) -> str:
        """The id as one segment of an archive key: `hunan.changsha`; ids hold no dots, so that nothing collides."""
        return archived_as(self.id)

    @property
    def hosts(self) -> frozenset[str]:
        """The hosts its start addresses name, in lower case."""
        return frozenset(urlsplit(start.url).hostname or "" for start in self.start_urls)


class _StrictLoader(yaml.SafeLoader):
    """YAML as `safe_load` reads it, except that a key given twice is an error instead of the last one winning."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:  # noqa: FBT001
        keys = [self.construct_object(key, deep=True) for key, _ in node.value]
        twice = next((key for key in keys if keys.count(key) > 1), None)
        if twice is not None:
            raise yaml.constructor.ConstructorError(None, None, f"the key {twice!r} is given twice", node.start_mark)
        return super().construct_mapping(node, deep=deep)


KNOWN_KEYS = (*(field.name for field in dataclasses.fields(Portal)), "expected")


def _start_url(facts: Facts, row: object) -> StartUrl:
    url, role = (row.get("url"), row.get("role", "listing")) if isinstance(row, Mapping) else (row, "listing")
    if isinstance(row, Mapping) and set(row) - {"url", "role"}:
        raise facts.refuse("start_urls", row, "addresses, or rows with url and role")
    parts = urlsplit(url) if isinstance(url, str) else None
    if not parts or parts.scheme not in {"http", "https"} or not parts.hostname:
        raise facts.refuse("start_urls", url, "absolute http or https addresses")
    if role not in {Role.LISTING, Role.ARTICLE}:
        raise facts.refuse("start_urls", role, "of role listing or article")
    return StartUrl(str(url), Role(role))


def _start_urls(facts: Facts) -> tuple[StartUrl, ...]:
    rows = facts.need("start_urls")
    if not isinstance(rows, list) or not rows:
        raise facts.refuse("start_urls", rows, "a list with at least one address")
    return tuple(_start_url(facts, row) for row in rows)


def _verified(facts: Facts) -> dt.date | None:
    value = facts.need("verified")
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        return value
    if value != "unverified":
        raise facts.refuse("verified", value, "a date such as 2026-03-01, or unverified")
    return None


def _family(facts: Facts) -> str:
    family = facts.needed_text("family")
    if family not in FAMILIES:
        raise facts.refuse("family", family, f"one of {', '.join(sorted(FAMILIES))}")
    return family


def _expected(facts: Facts) -> tuple[int | None, int | None]:
    group = facts.group("expected")
    minimum, maximum = group.count("minimum"), group.count("maximum")
    group.finish(("minimum", "maximum"))
    if minimum is not None and maximum is not None and minimum > maximum:
        raise facts.refuse("expected", {"minimum": minimum, "maximum": maximum}, "a minimum not above the maximum")
    return minimum, maximum


def _schedule(facts: Facts) -> Schedule:
    group, names = facts.group("schedule"), [field.name for field in dataclasses.fields(Schedule)]
    days = {name: group.count(name) for name in names}
    group.finish(names)
    for name, value in days.items():
        if value == 0:
            raise group.refuse(name, value, "a whole number of days, 1 or more")
    return Schedule(**{name: value for name, value in days.items() if value is not None})


def _tls(facts: Facts) -> TlsRules:
    group = facts.group("tls")
    rules = TlsRules(group.flag("allow_self_signed"), group.flag("allow_legacy"))
    group.finish(field.name for field in dataclasses.fields(TlsRules))
    return rules


def _limits(facts: Facts) -> PortalLimits:
    group = facts.group("limits")
    page, file = _megabytes(group, "page_megabytes"), _megabytes(group, "file_megabytes")
    rate, pages, seconds = group.count("bytes_per_second"), group.count("pages"), group.number("seconds")
    limits = PortalLimits(page, file, rate, pages, seconds)
    group.finish(("page_megabytes", "file_megabytes", "bytes_per_second", "pages", "seconds"))
    return limits


def _megabytes(facts: Facts, key: str) -> int | None:
    value = facts.values.pop(key, None)
    if value is not None and (isinstance(value, bool) or not isinstance(value, int | float) or value <= 0):
        raise facts.refuse(key, value, "a number of megabytes above 0")
    return None if value is None else int(value * 2**20)


def _portal(source: str, values: object) -> Portal:
    facts = Facts(source, values)
    family = _family(facts)
    minimum, maximum = _expected(facts)
    portal = Portal(
        id=facts.needed_text("id", PORTAL_ID, "a path of lower-case names, e.g. hunan/changsha"),
        name=facts.needed_text("name"),
        family=family,
        division_code=facts.needed_text("division_code", DIVISION_CODE, "six digits in quotes (GB/T 2260)"),
        start_urls=_start_urls(facts),
        parameters=read_parameters(FAMILIES[family].parameters, facts.group("parameters")),
        site_id_code=facts.text("site_id_code", SITE_ID_CODE, "ten digits in quotes"),
        site_name=facts.text("site_name"),
        expected_minimum=minimum,
        expected_maximum=maximum,
        schedule=_schedule(facts),
        look_back_days=facts.count("look_back_days"),
        limits=_limits(facts),
        tls=_tls(facts),
        delay_seconds=facts.number("delay_seconds"),
        timeout_seconds=facts.number("timeout_seconds"),
        allow_loopback=facts.flag("allow_loopback"),
        browser=read_browser(facts),
        contact=facts.text("contact"),
        notes=facts.text("notes"),
        verified=_verified(facts),
    )
    facts.finish(KNOWN_KEYS)
    return portal


def load_portal(path: Path | Traversable) -> Portal:
    """Read one portal file.

    Raises PortalFileError when it cannot be read or says something that is not understood.
    """
    try:
        values = yaml.load(path.read_text(encoding="utf-8"), _StrictLoader)  # noqa: S506  a SafeLoader
    except (OSError, UnicodeDecodeError) as error:
        raise PortalFileError(
            f"The portal file {str(path)!r} cannot be read: {getattr(error, 'strerror', None) or error}."
        ) from error
    except yaml.YAMLError as error:
        raise PortalFileError(f"{path}: not valid YAML: {' '.join(str(error).split())}.") from error
    return _portal(str(path), values)
