"""The codes that OCFL gives to what is wrong, or merely unwise, in a storage root (ocfl.io/1.1/spec/validation-codes).

A finding's detail begins with its code, such as ``E092``; codes that begin with W are warnings and no findings.
"""

from __future__ import annotations

import dataclasses

from gongkai.archive.fixity import Finding, Problem

_PROBLEMS = {
    Problem.ALTERED: ("E007", "E060", "E064", "E092", "E093"),
    Problem.MISSING: ("E003", "E046", "E058", "E063", "E069"),
    Problem.UNEXPECTED: ("E001", "E015", "E023", "E024", "E067", "E072", "E073", "E086"),
}
_PROBLEM_OF = {code: problem for problem, codes in _PROBLEMS.items() for code in codes}


@dataclasses.dataclass(frozen=True, slots=True)
class Note:
    """One code, the key it is about, and one sentence; without code what only our own packages promise."""

    code: str
    key: str
    text: str
    problem: Problem | None = None

    @property
    def is_warning(self) -> bool:
        """True for what is allowed and yet unwise."""
        return self.code.startswith("W")

    @property
    def finding(self) -> Finding:
        """The note as what a verification reports."""
        problem = self.problem or _PROBLEM_OF.get(self.code, Problem.UNREADABLE)
        return Finding(self.key, problem, f"{self.code}: {self.text}" if self.code else self.text)
