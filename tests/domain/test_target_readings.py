"""The 65 targets as the program holds and prints them, against an independent reading of the plans
(`tests/independent/plans/rows_65.csv`). Where the two read otherwise stands here with the reason.
"""

from __future__ import annotations

import csv
from dataclasses import replace
from decimal import Decimal
from itertools import zip_longest
from pathlib import Path

import pytest

from tests.domain.target_rows import CATALOGUE, HELD, sentences

READINGS = Path(__file__).parents[1] / "independent" / "plans" / "rows_65.csv"
with READINGS.open(encoding="utf-8", newline="") as file:
    ROWS = {row["id"]: row for row in csv.DictReader(file)}
SIGNS = {"": "", ">=": "at_least", ">": "more", "<=": "at_most", "=": "equal", "~": "about"}
# A level of support is no coverage, as the reading says; the program holds the two halves of the
# sentence as two targets, the cards of the poor as all of them, as the reference has it (= 100).
HALVES = {"003-7"}
# The reference leaves the end of the sentence out ("cho hộ nghèo, …"); held with these groups the
# target prints it.
OF_MODELS = {"001-5", "002-3"}
# The plan prints households; the catalogue counts cards, which are persons'.
OF_PERSONS = {"004-8"}
# Words that the program prints otherwise, for what it prints.
OTHER_WORDS = {
    "003-1": {"từ 0,4% trở lên": "tối thiểu 0,4%"},  # one way to say at least
    "003-12": {"0,40": "0,4%"},  # a table pads its decimals
}
EVERY_ROW = pytest.mark.parametrize("row", [row for row in ROWS if row not in HALVES])


def test_every_row_is_read_twice() -> None:
    assert list(ROWS) == list(HELD)


@EVERY_ROW
def test_indicators_comparators_and_numbers(row: str) -> None:
    said = ROWS[row]
    assert [
        (one.code, one.comparator, None if one.value is None else Decimal(one.value) / 100)
        for one in HELD[row]
    ] == [
        (code, SIGNS[sign], Decimal(number.replace(",", ".")) if number else None)
        for code, sign, number in zip_longest(
            *(said[name].split() for name in ("indicator", "comparator", "number")), fillvalue=""
        )
    ]


@EVERY_ROW
def test_groups(row: str) -> None:
    (groups,) = {frozenset(one.groups) for one in HELD[row]}
    said = frozenset(ROWS[row]["groups"].split())
    assert groups == (frozenset() if row in OF_MODELS else said)
    if row in OF_MODELS:
        (one,) = HELD[row]
        printed = replace(one, groups=tuple(said)).sentence("")
        assert "cho hộ nghèo, hộ cận nghèo, hộ mới thoát nghèo" in printed


@EVERY_ROW
def test_units(row: str) -> None:
    units = [CATALOGUE[one.code].unit.removeprefix("% ") for one in HELD[row]]
    said = ROWS[row]["unit"].split("; ")
    assert units == (["người"] if row in OF_PERSONS else said)
    assert row not in OF_PERSONS or said == ["hộ"]


@pytest.mark.parametrize("row", ROWS)
def test_words_of_the_sentence(row: str) -> None:
    printed = " ".join(sentences(row)).lower()
    other = OTHER_WORDS.get(row, {})
    wanted, never = (
        [word for word in ROWS[row][name].split("|") if word] for name in ("words", "never")
    )
    assert [word for word in wanted if other.get(word, word).lower() not in printed] == []
    assert [word for word in never if word.lower() in printed] == []
    assert set(other) <= set(wanted)
