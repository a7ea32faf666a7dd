"""What was read from the five plans stands in them."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from tests.independent.plans import skeleton, tables_by_hand

HERE = Path(__file__).parent


def _rows(name: str) -> list[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _squeezed(words: str) -> str:
    return "".join(skeleton.plain(words).lower().split())


@pytest.mark.parametrize("plan", skeleton.PLANS)
def test_headings_stand_in_the_text_in_their_order(plan: str) -> None:
    assert skeleton.missing(plan) == []


def test_a_heading_that_is_not_printed_is_missed(monkeypatch: pytest.MonkeyPatch) -> None:
    first, *others = skeleton.headings("001")
    for wrong in ((*others, first), (skeleton.Heading(1, "I.", "MỤC TIÊU"), *others)):
        monkeypatch.setattr(skeleton, "headings", lambda _, wrong=wrong: wrong)
        assert len(skeleton.missing("001")) == 1


def test_numbers_that_stand_twice() -> None:
    twice = {plan: [number for number, *_ in skeleton.numbers_twice(plan)]
             for plan in skeleton.PLANS}  # fmt: skip
    assert twice == {"000": [], "001": ["II."], "002": ["a.", "b.", "c.", "1.3."], "003": [],
                     "004": []}  # fmt: skip


def test_no_name_of_a_person_is_kept() -> None:
    for plan in skeleton.PLANS:
        lines = [line.strip(" *") for line in skeleton.text(plan).splitlines()]
        titles = [at for at, line in enumerate(lines) if line == "PHÓ CHỦ TỊCH"]
        assert len(titles) == (plan != "004")
        assert all(not "".join(lines[at + 1 :]) or plan == "003" for at in titles)


def test_every_row_is_read_from_words_of_its_plan() -> None:
    rows = _rows("rows_65.csv")
    assert len({row["id"] for row in rows}) == 65
    for row in rows:
        phrase = _squeezed(row["phrase"])
        assert phrase in _squeezed(skeleton.text(row["id"][:3])), row["id"]
        words = [_squeezed(word) for word in row["words"].split("|")]
        assert [word for word in words if word not in phrase] == [], row["id"]


def test_the_words_of_every_doubt_stand_in_its_plan() -> None:
    rows = _rows("doubts.csv")
    targets = [(row["target"], row["check"]) for row in rows if row["target"]]
    assert len(set(targets)) == len(targets) == 65 * 3
    for row in rows:
        text = _squeezed(skeleton.text(row["plan"]))
        assert _squeezed(row["words"]) in text, row
        assert _squeezed(row["other"]) in text, row


def test_the_doubts_of_the_tables_are_those_of_plain_arithmetic() -> None:
    assert _rows("table_doubts.csv") == [one._asdict() for one in tables_by_hand.doubts()]


@pytest.mark.parametrize(
    ("plan", "path"), [("004", tables_by_hand.SON_TAY), ("003", tables_by_hand.HUE)]
)
def test_the_tables_are_those_of_the_plans(plan: str, path: Path) -> None:
    text = " ".join(skeleton.text(plan).split())
    for row in tables_by_hand.rows(path):
        assert " ".join(cell for cell in row if cell) in text
