"""Three random years: BC1, BC2 and BC3 of every edition equal those of a plain model of the law.

In each year households come, leave, die out, split, merge and move between villages, are recognised
within it and by the review at its end; then results and populations of closed years are corrected,
while the year after is open and once it is closed.
"""

from __future__ import annotations

import tempfile
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.harness.examples import examples
from tests.harness.register import empty_database, make_register
from tests.harness.years import FIRST, LAST, Years

ACTS = (
    "recognise", "recognise", "new", "arrive", "birth", "death", "die_out", "leave", "move",
    "split", "merge", "populate",
)  # fmt: skip
AFTER = ("correct", "correct", "populate", "take_back")

numbers = st.integers(0, 11)
acts = st.lists(st.tuples(st.sampled_from(ACTS), numbers, numbers, st.integers(0, 299)), max_size=9)
after = st.lists(
    st.tuples(st.sampled_from(AFTER), numbers, numbers, st.integers(FIRST, LAST)), max_size=4
)
reviewed = st.lists(st.tuples(numbers, numbers), max_size=7)
late = st.lists(
    st.tuples(
        st.sampled_from(("new", "arrive", "birth", "death", "leave", "move", "split", "merge")),
        numbers, numbers, st.dates(date(FIRST, 2, 1), date(LAST, 12, 31)),
    ),
    max_size=3,
)  # fmt: skip
years = st.tuples(
    st.lists(st.tuples(numbers, numbers), min_size=3, max_size=8),  # households of the beginning
    *(st.tuples(acts, reviewed, after, after) for _ in range(3)),
    late,
)


def live(script: tuple) -> None:
    with (
        tempfile.TemporaryDirectory() as folder,
        empty_database(Path(folder) / "so.db") as database,
    ):
        world = Years(make_register(database, first_day=date(FIRST, 1, 1)))
        first, *of_years, too_late = script
        for a, b in first:
            world.do("new", a, b, date(FIRST, 1, 2))
        for year, (acted, review, open_after, closed_after) in zip(
            range(FIRST, LAST + 1), of_years, strict=True
        ):
            for act, a, b, number in sorted(acted, key=lambda one: one[3]):
                world.do(act, a, b, date(year, 1, 3) + timedelta(days=number))
            correct(world, open_after)  # the year before is closed, this one is open
            for at, (a, b) in enumerate(review):
                world.do("recognise", a, b, date(year, 12, 1) + timedelta(days=at))
            world.close(year)
            correct(world, closed_after)
            world.check()
        for act, a, b, day in too_late:
            world.do(act, a, b, day)
        world.check()


def correct(world: Years, wanted: list) -> None:
    taken = 0
    for act, a, b, year in wanted:
        # Only what was done since: the close itself is not taken back here.
        if act == "take_back":
            if taken:
                world.take_back()
                taken -= 1
        elif world.do(act, a, b, date(year, 12, 31)):
            taken += 1


@settings(max_examples=examples(3, 8))
@given(script=years)
def test_every_edition_equals_the_model(script: tuple) -> None:
    live(script)


@pytest.mark.long
@pytest.mark.timeout(1800)
@settings(max_examples=150)
@given(script=years)
def test_every_edition_equals_the_model_at_length(script: tuple) -> None:
    live(script)
