"""Private names of others stand in one module, which says so in one sentence when a version lacks one."""

from __future__ import annotations

import ast
import importlib.metadata
import importlib.util
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import scrapy.utils._download_handlers as download_handlers
import twisted.web._newclient as newclient
from scrapy.downloadermiddlewares.cookies import CookiesMiddleware
from twisted.internet.protocol import Protocol

from gongkai.crawler.errors import InternalsChangedError
from gongkai.crawler.wire import scrapy_internals
from gongkai.crawler.wire.scrapy_internals import KNOWN_TO_WORK, connection_of, peer_address, peer_certificate

ROOT = Path(__file__).resolve().parents[3]
INTERNALS = ROOT / "crawler" / "wire" / "scrapy_internals.py"


def is_private(name: str) -> bool:
    return name.startswith("_") and not name.startswith("__")


def private_names_of_others(source: str) -> Iterator[str]:
    """Imports, attributes and texts given to `getattr` that are private, and that the source itself does not define;
    methods that nobody in the source calls, in a class derived from another, are overrides of private ones."""
    tree = ast.parse(source)
    nodes = list(ast.walk(tree))
    read = {node.attr for node in nodes if isinstance(node, ast.Attribute)}
    own = {node.attr for node in nodes if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store)}
    own |= {node.name for node in nodes if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)}
    own |= {node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
    for node in nodes:
        match node:
            case ast.ImportFrom(module=str(module)) if not module.startswith(("gongkai", "__future__")):
                names = [*module.split("."), *(alias.name for alias in node.names)]
                yield from (f"{module}: {name}" for name in names if is_private(name))
            case ast.Import():
                yield from (a.name for a in node.names if any(is_private(name) for name in a.name.split(".")))
            case ast.Attribute(attr=name) if is_private(name) and name not in own | {"_replace", "_asdict"}:
                yield name
            case ast.Call(func=ast.Name("getattr" | "hasattr" | "setattr"), args=[_, ast.Constant(str(name)), *_]):
                yield from [name] if is_private(name) else []
            case ast.ClassDef(bases=[_, *_]):
                methods = (inner for inner in node.body if isinstance(inner, ast.FunctionDef | ast.AsyncFunctionDef))
                yield from (one.name for one in methods if is_private(one.name) and one.name not in read)


def test_private_names_of_other_packages_stand_in_one_module() -> None:
    elsewhere = {
        f"{path.relative_to(ROOT)}: {name}"
        for path in (ROOT / "crawler").rglob("*.py")
        if path != INTERNALS
        for name in private_names_of_others(path.read_text(encoding="utf-8"))
    }
    assert elsewhere == set()


@pytest.mark.parametrize(
    "source",
    [
        "from scrapy.utils._download_handlers import wrap_twisted_exceptions",
        "from twisted.web.client import _HTTP11ClientFactory",
        "import twisted.web._newclient",
        "self.transport._producer.abortConnection()",
        "class Handler(HTTP11DownloadHandler):\n    def pool(self):\n        return self._pool",
        "address = getattr(answer, '_scrapy_ip_address', None)",
        "class Jar(CookiesMiddleware):\n    def _process_cookies(self, cookies): ...",
    ],
)
def test_a_private_name_is_seen_wherever_it_hides(source: str) -> None:
    assert list(private_names_of_others(source))


def test_names_of_our_own_are_no_matter() -> None:
    source = (
        "class A(B):\n    def __init__(self):\n        self._x = 1\n    def x(self):\n        return self._y(self._x)\n"
    )
    assert list(private_names_of_others(f"{source}    def _y(self, x): ...\n")) == []


def load_afresh() -> None:
    spec = importlib.util.spec_from_file_location("scrapy_internals_afresh", INTERNALS)
    assert spec is not None
    assert spec.loader is not None
    spec.loader.exec_module(importlib.util.module_from_spec(spec))


@pytest.mark.parametrize(
    ("owner", "name"),
    [
        (download_handlers, "wrap_twisted_exceptions"),
        (CookiesMiddleware, "_process_cookies"),
        (newclient, "TransportProxyProducer"),
    ],
)
def test_a_name_that_is_gone_is_told_before_anything_is_asked(
    monkeypatch: pytest.MonkeyPatch, owner: Any, name: str
) -> None:
    load_afresh()
    monkeypatch.delattr(owner, name)
    with pytest.raises(InternalsChangedError, match=f"needs '.*{name}'") as told:
        load_afresh()
    for package, version in KNOWN_TO_WORK.items():
        assert f"{package} {importlib.metadata.version(package)}" in str(told.value)
        assert f"{package} {version}" in str(told.value)


def test_an_answer_without_its_private_names_is_told() -> None:
    for read, name in ((peer_address, "_scrapy_ip_address"), (peer_certificate, "_scrapy_certificate")):
        with pytest.raises(InternalsChangedError, match=name):
            read(object())
    with pytest.raises(InternalsChangedError, match="_producer"):
        connection_of(Protocol())
    with pytest.raises(InternalsChangedError, match=r"scrapy\.utils\._gone"):
        scrapy_internals.private_of_module("scrapy.utils._gone", "anything")


def test_the_versions_known_to_work_are_those_that_are_installed_and_bounded() -> None:
    dependencies = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]
    for package, version in KNOWN_TO_WORK.items():
        assert importlib.metadata.version(package).startswith(f"{version}.")
        [bounds] = [dependency for dependency in dependencies if dependency.startswith(f"{package}>=")]
        assert bounds.startswith(f"{package}>={version},<")
