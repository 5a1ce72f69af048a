"""Files inside files."""

from __future__ import annotations

from tests.parsing.formats.envelopes.archive_files import PAGE, names_in, zip_of


def test_one_level_inside_another() -> None:
    innermost = zip_of(("c.html", PAGE))
    data = zip_of(
        ("某局.zip", zip_of(("b.html", PAGE), ("深.zip", innermost))), ("坏.zip", b"PK\3\4"), ("a.html", PAGE)
    )
    assert names_in(data) == [
        ("某局.zip/b.html", None),
        ("某局.zip/深.zip", "nested_too_deep"),
        ("坏.zip", "truncated"),
        ("a.html", None),
    ]
