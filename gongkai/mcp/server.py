"""The tools as a client sees them, and the server over standard input and output."""

from __future__ import annotations

import contextlib
import importlib.metadata
import importlib.resources
from typing import Annotated, Any, Literal

from mcp.server import MCPServer
from mcp.server.mcpserver import Image
from mcp.server.mcpserver.exceptions import ToolError
from mcp_types import ToolAnnotations
from pydantic import Field

from gongkai.mcp.answering import Answer
from gongkai.mcp.answers import shortened, written
from gongkai.mcp.asking import Asking
from gongkai.mcp.limits import Limits
from gongkai.queries.printable import printable
from gongkai.session import CommandError

_READS = ToolAnnotations(read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False)


def serve(root: str, limits: Limits) -> None:
    """Answer a client until it closes standard input."""
    asking = Asking(root, limits)
    with contextlib.closing(asking):
        server_of(asking).run("stdio")


def server_of(asking: Asking) -> MCPServer[Any]:
    """The server with every tool, none of which changes anything."""
    server: MCPServer[Any] = MCPServer(
        "gongkai",
        title="gongkai 公开",
        version=importlib.metadata.version("gongkai"),
        instructions=_instructions(asking.limits),
        log_level="ERROR",
    )
    tools = _Tools(asking)
    for tool in (
        tools.list_tables,
        tools.describe,
        tools.list_queries,
        tools.query_named,
        tools.query_sql,
        tools.search,
        tools.evidence,
    ):
        server.add_tool(tool, annotations=_READS, structured_output=False)
    return server


def _instructions(limits: Limits) -> str:
    text = (importlib.resources.files("gongkai.mcp") / "instructions.md").read_text(encoding="utf-8")
    cost = f"{limits.rows} rows, {limits.bytes:,} bytes, {limits.seconds:g} seconds, {limits.memory} of memory"
    return text.replace("LIMITS", cost)


class _Tools:
    """What a model can call; each docstring is what it reads."""

    def __init__(self, asking: Asking) -> None:
        self._asking = asking

    def list_tables(self) -> str:
        """Tables and views with what one row of each is, and which places and years are held. Call this first."""
        return self._text("list_tables")

    def describe(self, name: Annotated[str, Field(description="a table, a view or a named query")]) -> str:
        """The columns of a table or view with their meaning, or the parameters of a named query."""
        return self._text("describe", name=name)

    def list_queries(self) -> str:
        """The named queries. Prefer one to SQL of your own: it never counts a yuan twice and says what it covers."""
        return self._text("list_queries")

    def query_named(
        self,
        name: Annotated[str, Field(description="from list_queries")],
        parameters: Annotated[
            dict[str, str | int | float | bool | None] | None,
            Field(description='values by name, such as {"place": "秦皇岛", "year": 2025}; describe names them'),
        ] = None,
        missing: Annotated[
            bool, Field(description="give the documents that do not answer in place of the answer")
        ] = False,
    ) -> str:
        """Ask a named query: rows, how many documents answer, and the documents they come from."""
        return self._text("query_named", name=name, parameters=parameters or {}, missing=missing)

    def query_sql(self, sql: Annotated[str, Field(description="one SELECT in DuckDB's SQL")]) -> str:
        """Ask the lake in SQL. Read the rules against counting twice first; select document_sha256 to be told sources.

        One reading statement over the tables and views of list_tables; files, settings and changes are refused.
        """
        return self._text("query_sql", sql=sql)

    def search(
        self,
        words: Annotated[str, Field(description='words that a passage holds all, such as 过紧日子, or a "phrase"')],
        place: Annotated[str, Field(description="part of a province, city, county or entity name")] = "",
        year: Annotated[int | None, Field(description="fiscal year")] = None,
        phase: Literal["", "approved", "executed"] = "",
        kinds: list[Literal["title", "narrative", "project", "indicator", "cell"]] | None = None,
    ) -> str:
        """Find words in what documents say: titles, narrative, projects, indicators, cells; newest years first."""
        return self._text("search", words=words, place=place, year=year, phase=phase, kinds=kinds)

    def evidence(
        self, line_item_id: Annotated[str, Field(description="from line_items or amounts, such as 44efd924c0f0-3-5-2")]
    ) -> list[Any]:
        """Where an amount is printed: the page with the number framed, the text as printed, checks, address, hash."""
        answer = self._answer("evidence", line_item_id=line_item_id)
        return [written(answer.content), *([Image(data=answer.png, format="png")] if answer.png else [])]

    def _text(self, tool: str, /, **arguments: Any) -> str:
        return written(self._answer(tool, **arguments).content)

    def _answer(self, tool: str, /, **arguments: Any) -> Answer:
        try:
            return self._asking.ask(tool, **arguments)
        except CommandError as error:
            raise ToolError(printable(shortened(str(error)))) from error
