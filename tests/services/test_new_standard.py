"""A plan of the first year of a standard: what does not compare is said in one way in its targets,
doubts, tracking and papers, until the list that the year begins with is made under the new one.
"""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from giamngheo_desktop import texts
from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.domain.standard import new_standard, standard_for
from giamngheo_desktop.domain.target_state import TargetState
from giamngheo_desktop.reports import written_doubts
from giamngheo_desktop.reports.as_text import as_text
from giamngheo_desktop.reports.make import make
from giamngheo_desktop.reports.targets import reason_text, state_text, targets_paper
from giamngheo_desktop.reports.village_targets import of_plan_in_hand
from giamngheo_desktop.reports.written import written
from giamngheo_desktop.services.documents import sections
from giamngheo_desktop.services.documents.doubts import DocumentDoubt, DoubtedPart
from giamngheo_desktop.services.review import opening_counts
from giamngheo_desktop.services.review.opening_counts import Count
from giamngheo_desktop.services.targets.tracking import Tracked, track
from tests.harness.helping import Help
from tests.harness.register import Register
from tests.harness.report_rows import close, type_population
from tests.harness.review import shipped
from tests.harness.tables import insert_class

YEAR = 2027
AHEAD, SUMMER = date(2026, 11, 28), date(2027, 6, 30)
CHANGED = (
    "Năm 2027 áp dụng Chuẩn nghèo 2027–2030: số năm 2026 theo Chuẩn nghèo 2022–2026 không so sánh "
    "được với số năm 2027."
)
SHORT = "lập danh sách đầu năm 2027 theo chuẩn mới"


class Next:
    """The plan of 2027 of a commune that knows its list of 2026 by the old standard."""

    def __init__(self, register: Register) -> None:
        self.reg, self.help = register, Help(register)
        for year in (2025, 2026):
            type_population(register, year, A=(100, 400), B=(50, 200), C=(50, 200))
        self.homes = [self.home(f"Hộ {at}") for at in range(4)]
        known = (register.database, register.context, shipped(), register.commune)
        self.plan = sections.begin(*known, YEAR, "ke_hoach_chuan").value

    def home(self, name: str, village: str = "A") -> UUID:
        uid = self.reg.household(name, village=village).uid
        self.reg.give_class(uid, "poor", year=2026)
        return uid

    def target(self, indicator: str, **values: Any) -> None:
        values = {"document": self.plan, "key": indicator, **values}
        self.help.add(Kind.TARGET, indicator=indicator, **values)

    def track(self, day: date) -> tuple[Tracked, ...]:
        reg = self.reg
        return track(reg.database, shipped(), reg.commune, YEAR, day).lines

    def doubts(self) -> tuple[DoubtedPart, ...]:
        return written_doubts.doubts(self.reg.database, shipped(), self.plan, AHEAD)

    def count(self) -> None:
        """The list of the end of 2026 under the standard of 2027, without names."""
        row = {"poor": Count(3, 9), "near_poor": Count(5, 20)}
        none = {"poor": Count(0), "near_poor": Count(0)}
        villages = self.reg.villages
        counts = {villages["A"]: row, villages["B"]: none, villages["C"]: none}
        act = (self.reg.database, self.reg.context, counts)
        opening_counts.save(*act, year=2026, standard="2027", unit=self.reg.commune)

    def give(self, name: str, year: int, day: date) -> None:
        """Each household a class under the standard of 2027."""
        for home in self.homes:
            values = {"standard": "2027", "review_year": year, "valid_from": day}
            insert_class(self.reg, home, name, **values)


@pytest.fixture
def plan(register: Register) -> Next:
    return Next(register)


def test_a_new_standard_is_one_of_a_year_that_differs_from_the_one_before() -> None:
    standards = shipped().standards
    found = new_standard(standards, YEAR)
    assert found is not None
    assert (found.now, found.before) == (
        standard_for(standards, 2027),
        standard_for(standards, 2026),
    )
    assert new_standard(standards, 2026) is None
    assert new_standard(standards, 2028) is None
    assert new_standard(standards, 2010) is None  # of which none is known


@pytest.mark.parametrize("day", [AHEAD, SUMMER])
def test_targets_of_lists_do_not_compare_before_there_is_an_opening(plan: Next, day: date) -> None:
    for code in ("HN-TL", "HN-GIAM-HO", "HN-GIAM-DIEM", "HCN-GIAM-HO"):
        plan.target(code, pursued=100)
    plan.target("NS-HVS", pursued=9_000)
    *lists, water = plan.track(day)
    for line in lists:
        assert (line.state, line.value) == (TargetState.NOT_COMPARABLE, None)
        assert state_text(line) == "Không so sánh được"
        assert CHANGED in reason_text(line)
        assert "Lập danh sách đầu năm 2027 theo chuẩn mới" in reason_text(line)
    assert water.without_start is None
    assert water.state is not TargetState.NOT_COMPARABLE


def test_the_paper_of_results_says_it_once_and_asks_nothing_of_its_readers(plan: Next) -> None:
    plan.target("HN-TL", pursued=100)
    plan.target("HN-GIAM-HO", pursued=100)
    reg = plan.reg
    found = track(reg.database, shipped(), reg.commune, YEAR, SUMMER)
    said = as_text(targets_paper(reg.database, found))
    assert said.count(CHANGED) == 1
    assert "Lập danh sách" not in said


def test_doubts_of_the_plan_tell_it_once_for_targets_and_once_for_each_section(plan: Next) -> None:
    plan.target("HN-TL", pursued=100)
    plan.target("HN-GIAM-HO", pursued=100)
    asked = [one for one in plan.doubts() if one.asks_opening]
    (target,) = (one for one in asked if one.doubt is DocumentDoubt.TARGET)
    assert (target.target, target.also) == ("HN-TL", {"HN-GIAM-HO"})
    assert CHANGED in target.params["text"]
    others = [one for one in asked if one is not target]
    assert {one.doubt for one in others} == {DocumentDoubt.OTHER_STANDARD}
    for one in others:
        text = texts.document_doubt_text(one.doubt, one.params)
        assert text.endswith(f"không so sánh được với số năm 2027, {SHORT}.")
    printed = " ".join(
        as_text(doc) for doc in written(plan.reg.database, shipped(), plan.plan, today=AHEAD)
    )
    assert len(others) == 2  # villages and the analysis
    assert printed.count("không so sánh") == printed.count(CHANGED) == 1  # below the targets


def test_papers_ask_nothing_of_the_desk(plan: Next) -> None:
    """Of a year that was closed under the standard before; what to do is said at the desk."""
    reg = plan.reg
    plan.target("HN-TL", pursued=100)
    close(reg, YEAR - 1)
    known = (reg.database, shipped())
    told = [
        written(*known, plan.plan, today=AHEAD),
        (of_plan_in_hand(*known, unit=reg.commune, year=YEAR),),
        *((make(*known, code, year=YEAR),) for code in ("THON", "BC2", "BC3")),
    ]
    for docs in told:
        said = " ".join(map(as_text, docs))
        assert said.count("không so sánh được") == 1
        assert "Mở sổ" not in said


def test_an_opening_under_the_new_standard_ends_it_everywhere(plan: Next) -> None:
    plan.target("HN-TL", pursued=100)
    plan.target("HN-GIAM-HO", pursued=500)
    plan.give("poor", 2026, date(2026, 12, 31))
    assert [one for one in plan.doubts() if one.doubt is DocumentDoubt.OTHER_STANDARD] == []
    assert not any(one.asks_opening for one in plan.doubts())
    text = " ".join(one.params.get("text", "") for one in plan.doubts())
    assert "giảm 5 hộ mà danh sách cuối năm 2026 chỉ có 4 hộ." in text
    reg = plan.reg
    printed = " ".join(
        as_text(doc) for doc in written(reg.database, shipped(), plan.plan, today=AHEAD)
    )
    assert "không so sánh" not in printed
    rate, fall = plan.track(AHEAD)
    assert (rate.without_start, fall.without_start) == (None, None)
    assert rate.start == 2
    assert reason_text(rate) == reason_text(fall) == "Năm kế hoạch chưa bắt đầu."


def test_an_opening_of_counts_is_a_start_but_nobody_can_be_analysed(plan: Next) -> None:
    plan.target("HN-TL", pursued=100)
    plan.target("HN-GIAM-HO", pursued=400)
    plan.count()
    (left,) = (one for one in plan.doubts() if one.asks_opening)
    assert left.params["name"].startswith("III. PHÂN TÍCH HỘ NGHÈO")
    text = " ".join(one.params.get("text", "") for one in plan.doubts())
    assert "giảm 4 hộ mà danh sách cuối năm 2026 chỉ có 3 hộ." in text
    assert {line.without_start for line in plan.track(AHEAD)} == {None}


def test_a_start_that_the_plan_types_under_the_new_standard_compares(plan: Next) -> None:
    plan.give("poor", 2027, date(2027, 2, 1))
    type_population(plan.reg, YEAR, A=(100, 400), B=(50, 200), C=(50, 200))
    own = {"baseline_standard": "2027"}
    plan.target("HN-GIAM-HO", pursued=100, baseline=600, **own)
    plan.target("HN-GIAM-DIEM", pursued=100, baseline=300, **own)
    plan.target("HN-TL", pursued=100, key="old", baseline=300, baseline_standard="2022")
    fall, points, old = plan.track(SUMMER)
    assert (fall.value, fall.state, reason_text(fall)) == (2, TargetState.REACHED, "")
    assert (points.value, points.state) == (1, TargetState.REACHED)
    assert old.state is TargetState.NOT_COMPARABLE


def test_a_rate_that_is_known_is_judged_and_told_to_have_no_start(plan: Next) -> None:
    plan.give("poor", 2027, date(2027, 2, 1))
    plan.target("HN-TL", pursued=300)
    (line,) = plan.track(SUMMER)
    assert reason_text(line).startswith(f"Chưa có tổng số hộ dân cư của năm. {CHANGED}")
    type_population(plan.reg, YEAR, A=(100, 400), B=(50, 200), C=(50, 200))
    (line,) = plan.track(SUMMER)
    assert (line.value, line.state) == (2, TargetState.REACHED)
    assert reason_text(line).startswith(CHANGED)


def test_of_a_year_ahead_nobody_knows_that_there_is_no_need(plan: Next) -> None:
    """A need that was recorded makes the year known, but only once it has begun."""
    plan.help.add(Kind.NEED, household=plan.homes[0], code="credit", raised_on=date(2026, 3, 1))
    plan.target("PL-TGPL", pursued=10_000)
    (ahead,), (begun,) = plan.track(AHEAD), plan.track(SUMMER)
    assert (ahead.state, reason_text(ahead)) == (
        TargetState.NO_DATA, "Năm kế hoạch chưa bắt đầu.",
    )  # fmt: skip
    assert begun.state is TargetState.NO_NEED


def test_a_report_of_the_year_says_it_once_and_is_doubted(plan: Next) -> None:
    plan.give("poor", 2027, date(2027, 2, 1))
    reg = plan.reg
    known = (reg.database, reg.context, shipped(), reg.commune, YEAR, "bao_cao_dinh_ky", "H1")
    report = sections.begin_report(*known).value
    said = " ".join(as_text(doc) for doc in written(reg.database, shipped(), report, today=SUMMER))
    assert said.count(CHANGED) == 1
    told = written_doubts.doubts(reg.database, shipped(), report, SUMMER)
    (one,) = (one for one in told if one.doubt is DocumentDoubt.OTHER_STANDARD)
    assert one.asks_opening
