"""Every target of the five plans that were read, as the rows the program would store."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

PRINTED = Path(__file__).with_name("targets_of_five_plans.csv")
YEARS = {"000": 2023, "001": 2024, "002": 2023, "003": 2021, "004": 2021}
_COMPARATORS = {">=": "at_least", ">": "more", "<=": "at_most", "=": "equal", "~": "about"}
_BASES = {"kết quả đầu ra": "output", "chính sách": "policy"}


def target_row(**values: Any) -> dict[str, Any]:
    """A row without anything but what is given."""
    columns = (
        "key", "position", "indicator", "groups", "dimension", "basis", "comparator", "assigned",
        "assigned_by", "assigned_on", "pursued", "baseline", "baseline_numerator",
        "baseline_denominator", "baseline_standard", "due_on", "programme", "component",
        "plan_component", "body", "content", "addition", "note",
    )  # fmt: skip
    return dict.fromkeys(columns) | values


@cache
def printed() -> tuple[dict[str, str], ...]:
    with PRINTED.open(encoding="utf-8") as file:
        return tuple(csv.DictReader(file))


def rows_of(plan: str) -> list[dict[str, Any]]:
    """Of one plan; what it gives to each village of its own (004-11) is no target of the whole."""
    return [
        row
        for one in printed()
        if one["plan"] == plan and one["id"] != "004-11"
        for row in _rows(one)
    ]


def _rows(one: dict[str, str]) -> Iterator[dict[str, Any]]:
    codes, numbers = one["indicator_code"].split("; "), one["target"].split("; ")
    for code, number in zip(codes, numbers, strict=True):
        given = one["basis"].startswith("giao")
        value = _hundredths(number)
        by = re.search(r"\((.+)\)", one["basis"])
        day = re.search(r"(\d\d)/(\d\d)/(\d{4})", one["basis"])
        yield target_row(
            key=f"{one['id']}/{code}",
            indicator=code,
            basis=next((to for word, to in _BASES.items() if one["basis"].startswith(word)), None)
            or "target",
            # of a table of several indicators each is compared in its own way
            comparator=_COMPARATORS.get(one["comparator"]) if len(codes) == 1 else None,
            assigned=value if given else None,
            assigned_by=by[1] if given and by else None,
            assigned_on=date(*(int(part) for part in reversed(day.groups()))) if day else None,
            pursued=None if given else value,
            baseline=_hundredths(one["baseline"]),
            content=one["text_vi"] if value is None else None,
        )


def _hundredths(text: str) -> int | None:
    """2,06 is 206; nothing where no number leads."""
    found = re.match(r"\d+(,\d+)?", text)
    return int(Decimal(found[0].replace(",", ".")) * 100) if found else None
