"""How much one answer may cost."""

from __future__ import annotations

import dataclasses

_BESIDE = 3 * 2**29
"""Address space of the answering process beside a query's memory: Python, the libraries, a page being drawn."""
_UNITS = {"K": 10, "M": 20, "G": 30, "T": 40}


@dataclasses.dataclass(frozen=True, slots=True)
class Limits:
    """Limits of one answer; past the first two it is cut and says so, past the others it is an error."""

    rows: int = 200
    bytes: int = 60_000
    """Of the rows, as UTF-8."""
    seconds: float = 30.0
    memory: str = "1GB"
    """As DuckDB spells sizes; as much again may be written to the temporary directory."""

    @property
    def address_space(self) -> int:
        """Bytes of address space that the answering process may take."""
        number, unit = self.memory.rstrip("iB").rstrip(), self.memory.rstrip("iB")[-1]
        return int(float(number.rstrip("KMGT")) * 2 ** _UNITS[unit]) + _BESIDE
