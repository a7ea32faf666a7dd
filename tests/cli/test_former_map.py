"""`--map` of `package former`: which of several names is meant."""

from __future__ import annotations

from uuid import UUID

import pytest

from giamngheo_desktop.cli.former_map import picked
from giamngheo_desktop.domain.area import Level
from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.services.exchange.former import Look, Looked
from giamngheo_desktop.services.exchange.former_units import UnitLine, UnknownUnitsError
from giamngheo_desktop.texts import error_text

ONE, OTHER, THIRD = (UUID(int=number) for number in (1, 2, 3))
HERE = ((ONE, "Thôn Tơ"), (OTHER, "Thôn Tô"))


def units(*pairs: str, offered: tuple[tuple[UUID, str], ...] = HERE) -> dict[str, UUID]:
    """What villages "Thôn Cũ" and "Thôn Cụ" of a file a.db are then."""
    lines = [
        UnitLine(file="a.db", level=Level.VILLAGE, said=said, unit=None, offered=offered)
        for said in ("Thôn Cũ", "Thôn Cụ")
    ]
    waits = UnknownUnitsError("former_villages", lines, name="a.db", villages="")
    looked = Looked((Look(file="a.db", refused=waits),), ())
    return {said: uid for (_, _, said), uid in picked(lambda _picks: looked, pairs).items()}


def test_a_name_with_its_marks_is_heard_before_one_without() -> None:
    assert units("thon cu=Thôn Tô", "Thôn Cụ=Thôn Tơ") == {"Thôn Cũ": OTHER, "Thôn Cụ": ONE}
    assert units("Thôn Cụ=Thôn Tơ", "a.db:thon cu=Thôn Tô") == {"Thôn Cũ": OTHER, "Thôn Cụ": OTHER}
    with pytest.raises(AppError, match="former_map_several"):  # which of both nobody said
        units("Thôn Cũ=thon to")


def test_of_two_units_of_one_name_the_id_tells() -> None:
    same = ((ONE, "Thôn 1"), (THIRD, "Thôn 1"))
    with pytest.raises(AppError, match="former_map_several") as refused:
        units("Thôn Cũ=Thôn 1", offered=same)
    assert f"Thôn 1 = {THIRD}" in error_text(refused.value)
    assert units(f"Thôn Cũ={THIRD}", offered=same) == {"Thôn Cũ": THIRD}
