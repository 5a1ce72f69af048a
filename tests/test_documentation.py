"""What users can name is documented: commands and options, columns, settings, issue kinds, rules, named queries."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest

from gongkai.application import application as cli
from gongkai.archive import Outcome
from gongkai.archive.settings import VARIABLES
from gongkai.lake.schema import TABLES
from gongkai.vocabulary.stated_items import CLASSES, stated_items

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
FUND_ITEMS = ("general_public", "government_fund", "state_capital")
"""Items that the documentation names once for 拨款, revenue and expenditure."""


def text(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


def commands(group: click.Group, prefix: str = "") -> list[tuple[str, click.Command]]:
    found: list[tuple[str, click.Command]] = []
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        found.append((f"{prefix}{name}", command))
        if isinstance(command, click.Group):
            found.extend(commands(command, f"{prefix}{name} "))
    return found


def test_every_command_and_option() -> None:
    documented = text("commands.md")
    for name, command in [("", cli), *commands(cli)]:
        assert f"`{name}" in documented or f"gongkai {name}" in documented, name
        assert command.help, name
        for parameter in command.params:
            if isinstance(parameter, click.Option):
                longest = max(parameter.opts, key=len)
                assert f"`{longest}" in documented or f"{longest} " in documented, f"{name} {longest}"


@pytest.mark.parametrize("table", TABLES)
def test_every_table_and_column(table: str) -> None:
    section = text("lake.md").split(f"### `{table}`")[1].split("### `")[0]
    for column in TABLES[table].columns:
        assert f"| `{column.name}` | {column.type} | {column.description} |" in section


def test_every_setting() -> None:
    documented = text("settings.md")
    for name in VARIABLES:
        assert f"`{name}`" in documented, name
    read = set(re.findall(r"\bGONGKAI_[A-Z0-9_]+", "".join(source.read_text(encoding="utf-8") for source in sources())))
    for name in read:
        assert f"`{name}`" in documented, name


def sources() -> list[Path]:
    packages = ("vocabulary", "archive", "lake", "crawler", "parsing", "queries", "gongkai")
    return [path for package in packages for path in (ROOT / package).rglob("*.py")]


def issue_kinds() -> set[str]:
    pattern = re.compile(
        r"(?:Doubt|UnreadableDocumentError|Issue|refuse|_failed)\(\s*(?:[a-z0-9_.]+,\s*)?\"([a-z_]+)\""
    )
    return {
        kind for path in (ROOT / "parsing").rglob("*.py") for kind in pattern.findall(path.read_text(encoding="utf-8"))
    }


def test_every_kind_of_issue() -> None:
    kinds = issue_kinds()
    documented = text("lake.md")
    assert len(kinds) > 20
    assert sorted(kind for kind in kinds if f"`{kind}`" not in documented) == []


def rules() -> set[str]:
    pattern = re.compile(
        r"(?:(?:Down|check_sum|Check|_equal)\(\s*(?:forms,\s*)?|RULE = |named = \(|_check\(\()\"([a-z_]+)\""
    )
    return {
        rule
        for path in (ROOT / "parsing" / "proof").glob("*.py")
        for rule in pattern.findall(path.read_text(encoding="utf-8"))
    }


def test_every_rule() -> None:
    documented = text("lake.md")
    assert len(rules()) > 12
    assert sorted(rule for rule in rules() if f"`{rule}`" not in documented) == []


def test_every_stated_item() -> None:
    documented = text("lake.md")
    for item in (*(each.id for each in stated_items()), *CLASSES):
        stem = item.removesuffix("_revenue").removesuffix("_expenditure")
        assert f"`{item}`" in documented or (stem in FUND_ITEMS and f"`{stem}`" in documented), item


def test_every_named_query() -> None:
    documented = text("querying.md")
    names = [path.stem for path in (ROOT / "queries" / "named").glob("*.sql")]
    assert len(names) >= 8
    for name in names:
        assert f"`{name}`" in documented, name
        first = (ROOT / "queries" / "named" / f"{name}.sql").read_text(encoding="utf-8").splitlines()[0]
        assert first.startswith("-- ")


def test_every_outcome() -> None:
    documented = text("crawling.md")
    for outcome in Outcome:
        assert f"`{outcome.value}`" in documented, outcome


def test_readme_begins_with_what_it_is_then_the_two_commands() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert readme.index("open archive") < readme.index("make demo") < readme.index("make check") < readme.index("## ")
    for link in re.findall(r"\]\(([^)]+)\)", readme):
        assert (ROOT / link).exists(), link


def test_the_changelog_names_this_version() -> None:
    version = re.search(r'^version = "(.+)"', (ROOT / "pyproject.toml").read_text(encoding="utf-8"), re.MULTILINE)
    assert version is not None
    assert f"## {version.group(1)}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_nothing_names_a_registry_or_a_machine() -> None:
    # In halves, so that this file names none.
    hosts = "|".join(("py" + "pi", "python" + "hosted", "npm" + "js"))
    options = "|".join(("index" + "-url", "extra-index" + "-url", "find" + "-links"))
    pattern = re.compile(rf"//[^\s\"']*({hosts})|(?<!\S)--({options})")
    files = [*ROOT.glob("*.*"), *(ROOT / "requirements").glob("*"), *DOCS.glob("*"), *sources()]
    assert [path.name for path in files if path.is_file() and pattern.search(path.read_text(encoding="utf-8"))] == []


PATH = re.compile(r"`((?:[\w.-]+/)+[\w.-]*|[\w-]+\.(?:md|toml|cfg))`|\]\(((?!https?:)[^)#]+)\)")
"""A path as text names one: between backticks, with a slash or a suffix of the top level; or the target of a link."""


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md"])
def test_paths_that_are_named_exist(name: str) -> None:
    named = {one or other for one, other in PATH.findall((ROOT / name).read_text(encoding="utf-8"))}
    assert len(named) > 3
    made_by_use = {"gongkai-data/", "./gongkai-data", "build/site", "dist/"}
    examples = {"fujian/fuzhou"}
    assert [path for path in sorted(named - made_by_use - examples) if not (ROOT / path).exists()] == []
