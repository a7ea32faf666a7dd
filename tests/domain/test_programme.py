"""Programme trees: read whole, of any depth, two of them live in 2021 and in 2026."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from giamngheo_desktop import paths
from giamngheo_desktop.definitions.catalogue import Definitions, shipped_definitions
from giamngheo_desktop.domain.programme import Component, Programme
from giamngheo_desktop.domain.standard import Certainty, Fact


@pytest.fixture(scope="module")
def definitions() -> Definitions:
    return shipped_definitions(paths.resources() / "definitions")


@pytest.mark.parametrize(
    ("year", "live"),
    [
        (2015, []),
        (2020, ["2016"]),
        (2021, ["2016", "2021"]),
        (2025, ["2021"]),
        (2026, ["2021", "2026"]),
        (2027, ["2026"]),
    ],
)
def test_live_in(definitions: Definitions, year: int, live: list[str]) -> None:
    assert [one.code for one in definitions.live_programmes(year)] == live


@pytest.mark.parametrize(
    ("code", "tops", "whole"), [("2016", 5, 12), ("2021", 7, 18), ("2026", 2, 17)]
)
def test_whole(definitions: Definitions, code: str, tops: int, whole: int) -> None:
    programme = definitions.programme(code)
    assert len(programme.parts()) == tops
    assert len(programme.components) == whole
    assert [*programme.walk()] == [*programme.components]
    assert all(one.certainty is not Certainty.MISSING for one in programme.components)


def test_leaves_of_2021_are_13(definitions: Definitions) -> None:
    """The 13 parts without parts of their own, for which the forms 03 … 15 were made."""
    programme = definitions.programme("2021")
    assert sum(not programme.parts(one.code) for one in programme.components) == 13


def _tree(parents: list[int]) -> Programme:
    made: list[Component] = []
    for number, pick in enumerate(parents):
        above = ["", *(one.code for one in made)]
        made.append(
            Component(
                code=str(number),
                parent=above[pick % len(above)],
                name="x",
                lead=Fact("y", Certainty.CONFIRMED, "s"),
                certainty=Certainty.CONFIRMED,
                source="s",
            )
        )
    return Programme(
        code="p",
        version=1,
        label="p",
        valid_from=date(2021, 1, 1),
        valid_to=None,
        legal_basis="",
        used_until=None,
        components=tuple(made),
        sources={"s": "s"},
    )


@given(st.lists(st.integers(0, 40), min_size=1, max_size=40))
def test_any_tree_is_walked_once_and_tops_hold_everything(parents: list[int]) -> None:
    programme = _tree(parents)
    walked = [one.code for one in programme.walk()]
    assert sorted(walked) == sorted(programme.by_code)
    for one in programme.components:
        assert walked.index(one.code) > walked.index(one.parent) if one.parent else True
        assert programme.path(one.code)[-1] is one
        assert one.code in programme.within(programme.path(one.code)[0].code)
    assert sum(len(programme.within(one.code)) for one in programme.parts()) == len(walked)
