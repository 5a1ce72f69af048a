"""Targets of performance indicators as comparator, number and unit."""

from __future__ import annotations

from decimal import Decimal

import pytest

from gongkai.parsing.tables.targets import read_target


@pytest.mark.parametrize(
    ("target", "read"),
    [
        ("≥95%", ("≥", "95", "%")),
        ("≥ 95 %", ("≥", "95", "%")),
        ("≤30天", ("≤", "30", "天")),
        ("317人", ("=", "317", "人")),
        ("100%", ("=", "100", "%")),
        ("１００％", ("=", "100", "%")),
        ("=1个", ("=", "1", "个")),
        ("大于等于90%", ("≥", "90", "%")),
        ("不低于95%", ("≥", "95", "%")),
        ("小于0.5%", ("<", "0.5", "%")),
        ("＞=12次", ("≥", "12", "次")),
        ("<=18人", ("≤", "18", "人")),
        ("≧90%", ("≥", "90", "%")),
        ("≥330台（套）", ("≥", "330", "台(套)")),
        ("140元/人/天", ("=", "140", "元/人/天")),
        ("≥120,000笔", ("≥", "120000", "笔")),
        (">=100百分比", ("≥", "100", "百分比")),
        ("≥5000m2", ("≥", "5000", "m2")),
        ("95%以上", ("≥", "95", "%")),
        ("3人及以上", ("≥", "3", "人")),
        ("15个工作日以内", ("≤", "15", "个工作日")),
        ("达到100%", ("=", "100", "%")),
        ("达到95%以上", ("≥", "95", "%")),
        ("投诉率≤5%", ("≤", "5", "%")),
        ("完成率100%", ("=", "100", "%")),
        ("每年不少于4次", ("≥", "4", "次")),
        ("100%完成", ("=", "100", "%")),
        ("≤1年", ("≤", "1", "年")),
        ("约300人", (None, "300", "人")),
        ("50万元左右", (None, "50", "万元")),
        ("前3名", ("≤", "3", "名")),
        ("零发生", ("=", "0", None)),
        ("300-400", ("-", None, None)),
        ("3-5天", ("-", None, "天")),
        ("90%-95%", ("-", None, "%")),
        ("2025年12月底", (None, None, None)),
        ("12月底", (None, None, None)),
        ("≤4月", (None, None, None)),
        ("每月15日前", (None, None, None)),
        ("≤1次；≤2次", (None, None, None)),
        ("实际利率50%贴息", (None, None, None)),
        ("逐步提升", (None, None, None)),
        ("零容忍", (None, None, None)),
        ("优", (None, None, None)),
        ("无", (None, None, None)),
        ("", (None, None, None)),
        ("豫财社2023-204号", (None, None, None)),
        ("1/3", (None, None, None)),
    ],
)
def test_targets(target: str, read: tuple[str | None, str | None, str | None]) -> None:
    comparator, value, unit = read_target(target)
    assert (comparator, value, unit) == (read[0], None if read[1] is None else Decimal(read[1]), read[2])


@pytest.mark.parametrize(
    ("target", "sign", "unit", "read"),
    [
        ("5", "≤", "分钟", ("≤", "5", "分钟")),
        ("2", "＝", "个", ("=", "2", "个")),
        ("95", "≥", None, ("≥", "95", None)),
        ("≤5%", "≥", "个", ("≤", "5", "%")),
        ("优", "定性", None, (None, None, None)),
        ("100%", "定性", None, ("=", "100", "%")),
        ("3-5", "≥", "天", ("-", None, "天")),
    ],
)
def test_comparator_and_unit_in_columns_of_their_own(
    target: str, sign: str, unit: str | None, read: tuple[str | None, str | None, str | None]
) -> None:
    comparator, value, stated = read_target(target, sign, unit)
    assert (comparator, value, stated) == (read[0], None if read[1] is None else Decimal(read[1]), read[2])
