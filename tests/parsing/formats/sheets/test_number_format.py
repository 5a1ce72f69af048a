"""Number formats against what Excel and WPS show for them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.parsing.formats.sheets.number_format import BUILT_IN, exact, general, shown


@pytest.mark.parametrize(
    ("stored", "code", "text"),
    [
        ("1665.4840000000001", "General", "1665.484"),
        ("0.30000000000000004", "General", "0.3"),
        ("123456789.12", "General", "123456789.12"),
        ("0.123456789123", "General", "0.123456789"),
        ("208050500000000", "General", "208050500000000"),
        ("1E3", "General", "1000"),
        ("-0.0", "General", "0"),
        ("1665.484", "0.00", "1665.48"),
        ("1665.485", "0.00", "1665.49"),
        ("2.675", "0.00", "2.68"),
        ("1.0049999999999999", "0.00", "1.01"),  # 15 digits: 1.00500000000000
        ("0", "0.00", "0.00"),
        ("-0.001", "0.00", "0.00"),
        ("13297.11", "#,##0.00", "13,297.11"),
        ("166548400", "#,##0.00", "166,548,400.00"),
        ("12.5", "#,##0.##", "12.5"),
        ("12", "#,##0.##", "12"),
        ("0", "#", ""),
        ("7", "000", "007"),
        ("13297.11", "#,##0,", "13"),
        ("0.985", "0.00%", "98.50%"),
        ("-5.5", '0.00;"△"0.00', "△5.50"),
        ("-5.5", "#,##0.00_);[Red](#,##0.00)", "(5.50)"),
        ("0", '#,##0.00;-#,##0.00;"-"', "-"),
        ("0", BUILT_IN[43], "-"),
        ("-1234.5", BUILT_IN[43], "-1,234.50"),
        ("5", "0;0;;@", "5"),
        ("0", "0;0;;@", ""),
        ("5", ";;;", ""),
        ("1234.5", "[$¥-804]#,##0.00", "¥1,234.50"),
        ("30", '0"天"', "30天"),
        ("95", '"≥"0"%"', "≥95%"),
        ("1234", "[>=1000]0.0;0", "1234.0"),
        ("999", "[>=1000]0.0;0", "999"),
        ("-5", "[<0]0.00;0.00", "5.00"),
        ("-5", "[Red][<0]0.00;0.00", "-5.00"),
        ("50000", "[>=10000]0!.0000;0", "5.0000"),
        ("5", "[about]0;0", "5"),
        ("81236000", "#,##0.00,", "81,236.00"),
        ("81236000000", "#,##0.00,,", "81,236.00"),
        ("123456", "0!.0000", "12.3456"),
        ("4567", "0!.0000", "0.4567"),
        ("12345678", "0\\.0,", "1234.6"),
        ("12345678", '0"."0,"万"', "1234.6万"),
        ("13800138000", "000-0000-0000", "138-0013-8000"),
        ("-12.36", "#,##0.00;[Red]#,##0.00", "-12.36"),
        ("-12.36", "#,##0.00_);[红色]#,##0.00", "-12.36"),
        ("-12.36", "#,##0.00;[Red]-#,##0.00", "-12.36"),
        ("-12.36", "0.00;[Red](0.00)", "(12.36)"),
        ("-0.001", "0.00;[Red]0.00", "0.00"),
        ("-12.36", "0.00;0.00", "12.36"),
        ("12.5", "# ?/?", "12.5"),
        ("12345", "0.00E+00", "12345"),
        ("2080505", "@", "2080505"),
        ("45352", "yyyy/m/d", "2024/3/1"),
        ("45352", 'yyyy"年"m"月"d"日";@', "2024年3月1日"),
        ("45352", "[$-804]yyyy\\-mm\\-dd", "2024-03-01"),
        ("45352.5625", "yyyy/m/d h:mm", "2024/3/1 13:30"),
        ("45352.5625", "h:mm AM/PM", "1:30 PM"),
        ("0.5", 'h"时"mm"分"', "12时00分"),
        ("1", "yyyy/m/d", "1900/1/1"),
        ("-1", "yyyy/m/d", "-1"),
        ("1.5", "[h]:mm", "1.5"),
    ],
)
def test_shows(stored: str, code: str, text: str) -> None:
    assert shown(exact(stored), code) == text


def test_epoch_of_old_macs() -> None:
    assert shown(exact("43890"), "yyyy/m/d", epoch_1904=True) == "2024/3/1"


@pytest.mark.parametrize("stored", ["", "abc", "NaN", "INF", "1e999"])
def test_what_is_no_number(stored: str) -> None:
    with pytest.raises(ValueError, match="not a"):
        exact(stored)


@given(st.integers(min_value=-(10**13), max_value=10**13))
def test_amounts_survive_storage_as_floats(fen: int) -> None:
    """Any amount of up to 15 digits, stored as the float nearest to it, is shown to the fen."""
    sign, yuan, cents = "-" if fen < 0 else "", abs(fen) // 100, abs(fen) % 100
    value = exact(repr(fen / 100))
    assert shown(value, "#,##0.00") == f"{sign}{yuan:,}.{cents:02d}"
    assert exact(general(value)) == value


@given(st.text(max_size=20), st.floats(allow_nan=False, allow_infinity=False, min_value=-1e15, max_value=1e15))
def test_any_code_gives_a_text(code: str, number: float) -> None:
    assert isinstance(shown(exact(repr(number)), code), str)
