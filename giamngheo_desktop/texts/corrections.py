"""What is said of corrections of a closed year (đính chính)."""

from __future__ import annotations

from collections.abc import Mapping

from giamngheo_desktop.domain.standard import HouseholdClass
from giamngheo_desktop.texts.classes import CLASSES
from giamngheo_desktop.texts.findings import NAMELESS

CORRECTIONS: Mapping[str, str] = {
    "line": "{day}  {household}: {before} → {after}. {reason}{document}",
    "household": "{head} ({village})",
    "document": " ({document})",
    "off_list": "không thuộc danh sách",
    "average_living": "{name}, có mức sống trung bình",
    "edition_diff": "{report}, lần {first} → lần {second}: {row}{kind}, cột {column}: "
    "{before} → {after}",
    "population": "Dân số {village}: {reason}",
    "none": "Năm {year} chưa có đính chính nào.",
}


def class_words(code: str | None, *, average_living: bool | None) -> str:
    """A recognised result in words; None: on no list."""
    if code is None:
        return CORRECTIONS["off_list"]
    name = CLASSES[HouseholdClass(code)]
    return CORRECTIONS["average_living"].format(name=name) if average_living else name


def household_words(head: str, village: str) -> str:
    """Whom a line is about: the head, and the village where it is known."""
    if not village:
        return head or NAMELESS
    return CORRECTIONS["household"].format(head=head or NAMELESS, village=village)
