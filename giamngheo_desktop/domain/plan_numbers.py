"""What a plan prints as the number of a part, beside the official one (K14), and the sub-projects
that it leaves out of a project.

A code of a tree ends in the official number: DA6 is Dự án 6, HP1-NDTP05 nội dung thành phần 05.
A plan may print its own; what reads like an official number and is another misleads.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from giamngheo_desktop.domain.programme import Programme
from giamngheo_desktop.domain.vietnamese import clean, lower

_SUB_PROJECT = "TDA"
_CODE = re.compile(r"([A-Z]+)(\d+)")
Row = Mapping[str, Any]


class NumberDoubt(StrEnum):
    """Why a part and its printed number are to be looked at."""

    TWICE = "twice"
    NOT_OFFICIAL = "not_official"
    PART_MISSING = "part_missing"


@dataclass(frozen=True, slots=True)
class Doubted:
    """The doubt; the official number, and the name of what is missing, where it is about that."""

    doubt: NumberDoubt
    official: str = ""
    name: str = ""


def official(component: str | None, words: Mapping[str, str]) -> str:
    """The official number in words, "Tiểu dự án 2"; empty where its kind prints none."""
    found = _CODE.fullmatch((component or "").rpartition("-")[2])
    if found is None or found[1] not in words:
        return ""
    return f"{words[found[1]]} {found[2]}"


def doubts(
    rows: Iterable[Row], words: Mapping[str, str], programmes: Iterable[Programme]
) -> dict[UUID, tuple[Doubted, ...]]:
    """Of the parts of one plan. Tiểu dự án 1 may stand below each dự án: numbers are compared
    below one parent, those with a point (II.1.4) in the whole plan. A sub-project is missing from a
    project that is planned with others of its own; of projects a unit plans those it carries out.
    """
    rows = list(rows)
    places: dict[object, list[Row]] = {}
    for row in rows:
        number = lower(clean(row["printed_number"] or "")).rstrip(".")
        if number:
            whole = "." in number
            places.setdefault((None if whole else row["parent"], number), []).append(row)
    found: dict[UUID, list[Doubted]] = {}
    for same in places.values():
        for row in same if len(same) > 1 else ():
            found.setdefault(row["uid"], []).append(Doubted(NumberDoubt.TWICE))
    for row in rows:
        number = official(row["component"], words)
        if number and _misleads(row["printed_number"], number, words.values()):
            doubted = Doubted(NumberDoubt.NOT_OFFICIAL, number)
            found.setdefault(row["uid"], []).append(doubted)
    for uid, doubted in _left_out(rows, words, programmes):
        found.setdefault(uid, []).append(doubted)
    return {uid: tuple(those) for uid, those in found.items()}


def _left_out(
    rows: Iterable[Row], words: Mapping[str, str], programmes: Iterable[Programme]
) -> Iterator[tuple[UUID, Doubted]]:
    """Of each project of which some sub-projects are planned, the others."""
    by_part = {(row["programme"], row["component"]): row["uid"] for row in rows if row["component"]}
    for programme in programmes:
        for project in programme.walk():
            parts = [one for one in programme.parts(project.code) if _is_sub_project(one.code)]
            missing = [one for one in parts if (programme.code, one.code) not in by_part]
            uid = by_part.get((programme.code, project.code))
            if uid is None or len(missing) == len(parts):
                continue
            for one in missing:
                number = official(one.code, words)
                yield uid, Doubted(NumberDoubt.PART_MISSING, number, one.name)


def _is_sub_project(component: str) -> bool:
    return component.rpartition("-")[2].startswith(_SUB_PROJECT)


def _misleads(printed: str | None, number: str, words: Iterable[str]) -> bool:
    """Whether it reads like the number of another part."""
    said = lower(clean(printed or ""))
    like = (re.fullmatch(rf"{re.escape(lower(word))}\s+(số\s+)?(\d+)[.:]?", said) for word in words)
    match = next((one for one in like if one), None)
    if match is None:
        return False
    word, _, official_digits = number.rpartition(" ")
    return not said.startswith(lower(word)) or int(match[2]) != int(official_digits)
