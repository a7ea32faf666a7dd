"""K1 to K9 and K15 on the two printed tables, row by row in plain arithmetic.

Sơn Tây 2021 (villages) and Thừa Thiên Huế 2021 (districts). Rates are exact fractions rounded half
up to two decimals; K4 is "lỗi" where printed and computed differ by more than 0,01 and "thông tin"
(làm tròn) where by 0,01. Nothing is said where all agrees. `table_doubts.csv` is what comes out.

Readings: K4 takes each printed rate with the count and the denominator its heading names; a
decrease in % is of the households of the same row. K6 compares the printed decrease with the
difference of the two printed rates (exactly in 003, where all agree; within 0,01 in 004) and, in
003, within 0,01 with that of the two rates from the counts. K7 is on rates of poverty, not on
shares of poor households. K8 takes the growth the heading of the annex prints, 0,7 %, and warns of
a unit 0,05 points or more away from it. K9 is K4 of the total row. K5 adds the two printed shares.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from pathlib import Path
from typing import NamedTuple

_HERE = Path(__file__).parent
SON_TAY = _HERE / "son_tay_2021.csv"
HUE = _HERE / "thua_thien_hue_2021.csv"
CENT = Fraction(1, 100)


class Doubt(NamedTuple):
    table: str
    unit: str
    check: str
    column: str
    printed: str
    computed: str
    severity: str


def number(printed: str) -> Fraction:
    return Fraction(printed.replace(".", "").replace(",", ".").rstrip("%"))


def half_up(value: Fraction) -> Fraction:
    return Fraction((value * 100 + Fraction(1, 2)).__floor__(), 100)


def said(value: Fraction) -> str:
    return f"{float(value):.2f}".replace(".", ",") if value.denominator > 1 else str(value)


def rows(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))[1:]


def rate(table: str, row: Sequence[str], column: int, name: str, of: Fraction) -> Iterator[Doubt]:
    printed, computed = number(row[column]), half_up(of * 100)
    gap = abs(printed - computed)
    check = "K9" if row[1] in ("Tổng cộng", "Toàn tỉnh") else "K4"
    if gap:
        kind = "lỗi" if gap > CENT else "thông tin"
        yield Doubt(table, row[1], check, name, row[column], said(computed), kind)


def _same(
    table: str, unit: str, check: str, name: str, printed: Fraction, computed: Fraction,
    severity: str = "lỗi", within: Fraction = Fraction(0),
) -> Iterator[Doubt]:  # fmt: skip
    if abs(printed - computed) > within:
        yield Doubt(table, unit, check, name, said(printed), said(computed), severity)


def son_tay() -> Iterator[Doubt]:
    table, every = "004", rows(SON_TAY)
    total = every[-1]
    for row in every:
        n = [Fraction(0), Fraction(0), *(number(cell) for cell in row[2:])]
        unit, of = row[1], n[2]
        for name, start in (("hộ nghèo", 3), ("hộ cận nghèo", 9)):
            first, less, last = n[start], n[start + 2], n[start + 4]
            yield from _same(table, unit, "K1", f"{name} cuối năm", last, first - less)
            yield from rate(table, row, start + 1, f"{name} đầu năm %", first / of)
            yield from rate(table, row, start + 3, f"{name} giảm %", less / of)
            yield from rate(table, row, start + 5, f"{name} cuối năm %", last / of)
            yield from _same(table, unit, "K6", f"{name} giảm % = đầu − cuối", n[start + 3],
                             n[start + 1] - n[start + 5], "cảnh báo", CENT)  # fmt: skip
            yield from _five_times(table, row, start + 5, f"{name} cuối năm %", total)
            yield from _five_times(table, row, start + 1, f"{name} đầu năm %", total)
        if of < n[3] + n[9]:
            yield Doubt(table, unit, "K15", "tổng số hộ", row[2], said(n[3] + n[9]), "lỗi")
    yield from _sums(table, every, {2: "tổng số hộ", 3: "hộ nghèo đầu năm", 5: "hộ nghèo giảm",
        7: "hộ nghèo cuối năm", 9: "hộ cận nghèo đầu năm", 11: "hộ cận nghèo giảm",
        13: "hộ cận nghèo cuối năm"})  # fmt: skip


def hue() -> Iterator[Doubt]:
    table, every = "003", rows(HUE)
    total = every[-1]
    for row in every:
        n = [Fraction(0), Fraction(0), *(number(cell) for cell in row[2:])]
        unit = row[1]
        yield from rate(table, row, 5, "tỷ lệ nghèo 2020", n[3] / n[2])
        yield from _same(table, unit, "K3", "BTXH + CS giảm nghèo", n[3], n[6] + n[8])
        yield from rate(table, row, 7, "tỷ lệ BTXH", n[6] / n[3])
        yield from rate(table, row, 9, "tỷ lệ CS giảm nghèo", n[8] / n[3])
        yield from _same(table, unit, "K5", "tỷ lệ BTXH + CS giảm nghèo", n[7] + n[9],
                         Fraction(100), "cảnh báo", 2 * CENT)  # fmt: skip
        yield from _same(table, unit, "K1", "hộ nghèo dự kiến còn lại", n[12], n[3] - n[11])
        yield from rate(table, row, 13, "tỷ lệ nghèo 2021", n[12] / n[10])
        yield from _same(table, unit, "K6", "tỷ lệ nghèo giảm = đầu − cuối", n[14], n[5] - n[13],
                         "cảnh báo")  # fmt: skip
        counted = half_up(n[3] / n[2] * 100 - n[12] / n[10] * 100)
        yield from _same(table, unit, "K6", "tỷ lệ nghèo giảm theo số hộ", n[14], counted,
                         "cảnh báo", CENT)  # fmt: skip
        yield from _five_times(table, row, 5, "tỷ lệ nghèo 2020", total)
        yield from _five_times(table, row, 13, "tỷ lệ nghèo 2021", total)
        growth = (n[10] - n[2]) / n[2] * 100
        if abs(growth - Fraction(7, 10)) >= Fraction(5, 100):
            yield Doubt(table, unit, "K8", "tổng số hộ dự kiến: tăng %", "0,7",
                        said(half_up(growth)), "cảnh báo")  # fmt: skip
        if n[10] < n[2]:
            yield Doubt(table, unit, "K8", "tổng số hộ dự kiến ít hơn năm trước", row[10],
                        row[2], "cảnh báo")  # fmt: skip
        if n[4] < n[3]:
            yield Doubt(table, unit, "K15", "khẩu nghèo", row[4], row[3], "lỗi")
    yield from _sums(table, every, {2: "tổng số hộ 2020", 3: "hộ nghèo 2020", 4: "khẩu nghèo",
        6: "hộ nghèo BTXH", 8: "hộ nghèo CS giảm nghèo", 10: "tổng số hộ 2021 dự kiến",
        11: "hộ nghèo giảm", 12: "hộ nghèo dự kiến còn lại"})  # fmt: skip


def _five_times(
    table: str, row: Sequence[str], column: int, name: str, total: Sequence[str]
) -> Iterator[Doubt]:
    printed = number(row[column])
    if printed > 100 or printed > 5 * number(total[column]):
        yield Doubt(table, row[1], "K7", name, row[column], f"5 × {total[column]}", "cảnh báo")


def _sums(table: str, every: list[list[str]], columns: dict[int, str]) -> Iterator[Doubt]:
    *units, total = every
    for column, name in columns.items():
        summed = sum((number(unit[column]) for unit in units), Fraction(0))
        yield from _same(table, total[1], "K2", name, number(total[column]), summed)


TABLES: tuple[Callable[[], Iterator[Doubt]], ...] = (son_tay, hue)


def doubts() -> list[Doubt]:
    return [doubt for table in TABLES for doubt in table()]
