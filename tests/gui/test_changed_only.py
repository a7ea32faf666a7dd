"""Data entry that beats paper: a simulated commune in which 15 % of the answers change.

All changes are in half of the households; the day of the survey is new in each of them, beyond
that.
"""

from __future__ import annotations

import pytest

from tests.gui.changed_only import PILES, Count, Pile, type_pile

COMMUNE = 200  # households on the list


def judge(count: Count, capsys: pytest.CaptureFixture[str]) -> None:
    with capsys.disabled():
        print(f"\n{count}")
    assert count.share == pytest.approx(0.15, abs=0.02)
    assert count.wrong == 0
    assert count.unconfirmed == 0
    assert count.open == []
    assert count.old_ratio <= 0.30
    # What nobody was asked last year has to be typed by everybody.
    assert count.ratio <= (0.35 if count.pile.first else 0.30)


@pytest.mark.parametrize("pile", PILES[:1], ids=lambda pile: pile.name)
def test_a_pile_costs_a_third_of_typing_and_is_what_the_paper_says(qapp, tmp_path, capsys, pile):
    judge(type_pile(tmp_path, pile, COMMUNE // 20), capsys)


@pytest.mark.long
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("pile", PILES, ids=lambda pile: pile.name)
def test_a_whole_commune(qapp, tmp_path, capsys, pile: Pile):
    judge(type_pile(tmp_path, pile, COMMUNE, seed=4), capsys)
