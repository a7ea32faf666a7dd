"""What reports of a period are filled with: in words (golden), and of an empty commune."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.domain.plan_content import Content
from giamngheo_desktop.reports.as_text import as_text
from giamngheo_desktop.reports.document import Paragraph, ReportDoc, Table
from giamngheo_desktop.reports.report_ask import ReportAsk
from giamngheo_desktop.reports.report_changes import data, read
from giamngheo_desktop.reports.report_contents import FILLERS
from giamngheo_desktop.reports.report_outlook import following
from giamngheo_desktop.services import households
from giamngheo_desktop.services.documents import sections, versions
from giamngheo_desktop.services.programme import entries
from tests.harness.helping import Help
from tests.harness.money import entry, line, put, support
from tests.harness.plan_year import Plan
from tests.harness.register import FIRST_DAY, Register, empty_database, make_register
from tests.harness.report_rows import move, type_population
from tests.harness.review import shipped

YEAR, JUNE, END = 2026, date(2026, 6, 30), date(2026, 12, 31)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Register]:
    with empty_database(tmp_path / "Sổ hộ.db") as database:
        yield make_register(database)


def ask_of(desk: Register, period: str = "Q2", day: date = JUNE) -> ReportAsk:
    return ReportAsk(
        database=desk.database,
        definitions=shipped(),
        unit=desk.commune,
        year=YEAR,
        period=period,
        day=day,
    )


@pytest.mark.parametrize("period", ["Y", "Q2"])
def test_an_empty_commune_says_so(desk: Register, period: str) -> None:
    ask = ask_of(desk, period, date(2026, 12, 31))
    for code, fill in FILLERS.items():
        (piece,) = fill(ask)
        assert isinstance(piece, Paragraph), code
        assert piece.text.endswith("."), code
        assert not re.search(r"\b0 ", piece.text), (code, piece.text)


def test_a_list_without_anybody_is_known(desk: Register) -> None:
    Help(desk).home("Không nghèo", "not_poor")
    said = [as_text(ReportDoc(code="", title=("",), body=tuple(FILLERS[code](ask_of(desk)))))
            for code in (Content.SITUATION, Content.MOVEMENT)]  # fmt: skip
    assert "Hộ nghèo: đầu năm 0 hộ với 0 nhân khẩu; đến ngày 30/06/2026 0 hộ" in said[0]
    assert "không có hộ nghèo nào ra hay vào danh sách" in said[1]


def said_of(desk: Register, content: Content, day: date = JUNE) -> list[str]:
    pieces = FILLERS[content](ask_of(desk, "Y", day))
    return [one.text for one in pieces if isinstance(one, Paragraph)]


def test_a_list_that_stands_still_keeps_its_rate(desk: Register) -> None:
    """The households of the year's end are not known in June: those of the year before count."""
    plan = Plan(desk)
    plan.homes(3)
    plan.target("HN-TL", pursued=100)
    plan.target("HN-GIAM-HO", pursued=100)
    type_population(desk, YEAR, A=(130, 500, END))
    said = said_of(desk, Content.SITUATION)
    assert said[0] == ("Theo số liệu cuối năm 2025, xã Sơn Tây có 200 hộ dân cư với 800 nhân khẩu.")
    assert "So với đầu năm, số hộ nghèo không đổi; tỷ lệ không đổi." in said
    assert "chiếm tỷ lệ 1,50%" in said_of(desk, Content.ANALYSIS)[0]
    line = plan.line(JUNE)
    assert (line.value, line.share, line.actual.remarks) == (
        Fraction(3, 2), 0, ("households_before",),
    )  # fmt: skip
    assert plan.line(JUNE, 1).actual.remarks == ()  # households divide by nothing
    type_population(desk, YEAR, **{name: (60, 200, date(YEAR, 3, 31)) for name in "ABC"})
    assert said_of(desk, Content.SITUATION)[0] == (
        "Theo số liệu ngày 31/03/2026, xã Sơn Tây có 180 hộ dân cư với 600 nhân khẩu."
    )
    assert said_of(desk, Content.SITUATION, END)[0].startswith("Đến ngày 31/12/2026, xã Sơn Tây")


def test_a_difference_is_rounded_once(desk: Register) -> None:
    """5/300 − 5/306 is 0,033 %: not what is left between 1,67 and 1,63."""
    Plan(desk).homes(5)
    type_population(desk, YEAR - 1, A=(200, 400))
    type_population(desk, YEAR, A=(206, 400, date(YEAR, 3, 31)))
    said = said_of(desk, Content.SITUATION)
    assert "So với đầu năm, số hộ nghèo không đổi; tỷ lệ giảm 0,03 điểm %." in said


def test_who_moves_within_the_commune_neither_leaves_nor_comes(desk: Register) -> None:
    plan = Plan(desk)
    mover, *_ = plan.homes(2)
    move(desk, mover, "B", date(YEAR, 3, 1))
    said = said_of(desk, Content.MOVEMENT)
    assert "Từ đầu năm đến ngày 30/06/2026 không có hộ nghèo nào ra hay vào danh sách." in said
    assert "Có 01 hộ nghèo chuyển thôn, tổ dân phố trong địa bàn, vẫn ở trong danh sách." in said
    (table,) = (one for one in FILLERS[Content.MOVEMENT](ask_of(desk)) if isinstance(one, Table))
    other = [row for row in table.rows if "khác" in row.labels[0]]
    assert [cell.value for row in other for cell in row.cells] == [0] * 8
    rows = ask_of(desk).situation.ends.rows
    assert [row.values["poor"] for row in rows] == [1, 1, 0]  # of the villages it is a move


def test_annex_and_text_count_labour_alike(desk: Register) -> None:
    """Who can work says it where nobody ticked it; of whom nothing is known makes a range."""
    for at, job in enumerate(("working", "unable", None)):
        member = desk.member(f"Người {at}", is_head=True, relation="head", job_status=job)
        draft = households.new_household(desk.context, desk.villages["A"])
        draft = replace(draft, members=(member,), address="Thôn")
        households.save(desk.database, desk.context, draft, day=FIRST_DAY)
        desk.give_class(draft.uid, "poor", year=2025)
    (table,) = (one for one in FILLERS[Content.BY_GROUP](ask_of(desk)) if isinstance(one, Table))
    found = {row.labels[1]: row.cells[0] for row in table.rows}
    assert (found["Có lao động"].value, found["Có lao động"].upper) == (1, 3)
    assert (found["Không có lao động"].value, found["Không có lao động"].upper) == (0, 2)
    said = said_of(desk, Content.ANALYSIS)
    assert "- Có 01 hộ nghèo có lao động trong hộ." in said
    assert "- Còn 02 hộ nghèo chưa rõ về lao động." in said
    assert said[0].startswith(
        "Theo danh sách hộ nghèo, hộ cận nghèo đang quản lý đến ngày 30/06/2026, trên địa bàn"
    )


def test_results_that_nobody_recognised_are_said_to_be_so(desk: Register) -> None:
    here = Help(desk)
    for name, now in (("Một", "poor"), ("Hai", "not_poor"), ("Ba", "near_poor")):
        desk.give_class(here.home(name), now, source="computed", valid_from=JUNE)
    said = [
        one.text
        for one in FILLERS[Content.SITUATION](ask_of(desk, "Y", END))
        if isinstance(one, Paragraph)
    ]
    assert said[-1] == (
        "Kết quả rà soát sơ bộ năm 2026, chưa công nhận: hộ nghèo 01 hộ với 01 nhân khẩu; hộ cận "
        "nghèo 01 hộ với 01 nhân khẩu."
    )
    assert said[1].startswith("Hộ nghèo: đầu năm 03 hộ với 03 nhân khẩu; chưa có số đến ngày")
    other = here.home("Tư")  # has no result: then nothing is whole
    said = [
        one.text
        for one in FILLERS[Content.SITUATION](ask_of(desk, "Y", END))
        if isinstance(one, Paragraph)
    ]
    assert said[-1] == (
        "Còn 04 hộ trong các danh sách hộ nghèo, hộ cận nghèo, hộ có mức sống trung bình chưa có "
        "kết quả rà soát năm 2026."
    )
    assert other


def save(desk: Register, kind: Kind, /, **values: Any) -> UUID:
    form = shipped().records[kind]
    given = {"area": desk.commune, "year": YEAR}
    return entries.save(desk.database, desk.context, form, values, given=given).value


def a_quarter(desk: Register) -> None:
    """Something of everything: in the first quarter, its report, then in the second."""
    here, plan = Help(desk), Plan(desk)
    plan.target("HN-GIAM-HO", position=1, assigned=100, pursued=200)
    plan.target("YT-SDD", position=2, pursued=500)
    homes = [here.home(name, village=v) for name, v in (("Một", "A"), ("Hai", "A"), ("Ba", "B"))]
    near = here.home("Tư", "near_poor", village="B")
    union = here.body("Hội Phụ nữ")
    office = here.body("Văn phòng", phone=None)
    here.assign(homes[0], here.officer("Lê Hoa", body=union))
    part = {"programme": "2021", "component": "DA2"}
    put(desk, Kind.BUDGET_LINE, line(90, "assigned", booked_on=date(2026, 2, 1), **part),
        line(30, "disbursed", booked_on=date(2026, 3, 5), **part))  # fmt: skip
    put(desk, Kind.FUND_ENTRY, entry("in", "2026-02-02", 500), entry("out", "2026-05-02", 200))
    support(desk, homes[0], "2026-02-10", {"poor_fund": 40}, policy="poor_fund_gift")
    save(desk, Kind.TASK, content="Rà soát hộ khó khăn", body=union, due_on=date(2026, 5, 1),
         section="organisation")  # fmt: skip
    save(desk, Kind.TASK, content="Gửi báo cáo quý", body=office, due_on=date(2026, 7, 5),
         section="reporting")  # fmt: skip
    report = ("bao_cao_dinh_ky", "Q1")
    asked = (desk.database, desk.context, shipped(), desk.commune, YEAR, *report)
    first = sections.begin_report(*asked).value
    versions.issue(desk.database, desk.context, first, date(2026, 4, 2))

    put(desk, Kind.BUDGET_LINE, line(25, "disbursed", booked_on=date(2026, 5, 5), **part),
        line(5, "disbursed", booked_on=date(2026, 3, 30), **part))  # fmt: skip
    support(desk, homes[1], "2026-04-10", {"central": 1_500}, policy="production",
            content="Gà giống", **part)  # fmt: skip
    support(desk, homes[2], "2026-04-10", {"central": 1_500}, policy="production",
            content="Gà giống", **part)  # fmt: skip
    desk.give_class(homes[1], "near_poor", valid_from=date(2026, 5, 4), source="decision")
    desk.give_class(near, "not_poor", valid_from=date(2026, 6, 1), source="decision")
    here.visit(homes[0], date(2026, 5, 6))
    here.add(Kind.INCIDENT, household=homes[2], happened_on=date(2026, 6, 3),
             kind="natural_disaster", description="Tốc mái",
             handled_on=date(2026, 6, 9))  # fmt: skip
    save(desk, Kind.ACTIVITY, kind="dialogue", name="Đối thoại đầu hè", state="done",
         starts_on=date(2026, 6, 10), village=desk.villages["A"], attendees=46,
         body=union, items=({"content": "Sửa đường", "body": office},
                {"content": "Làm cầu", "answer": "Đã xếp vốn",
                 "answered_on": date(2026, 6, 20)}), **part)  # fmt: skip
    save(desk, Kind.ACTIVITY, kind="works", name="Kênh thôn B", state="running",
         starts_on=date(2026, 4, 1), groundbreaking_on=date(2026, 4, 2), progress=40)  # fmt: skip
    save(desk, Kind.ACTIVITY, kind="model", name="Nuôi gà", state="planned",
         starts_on=date(2026, 8, 1), **part)  # fmt: skip


def test_a_quarter_in_words(desk: Register, golden: Callable[[str, str], None]) -> None:
    a_quarter(desk)
    ask = ask_of(desk)
    told = []
    for code, fill in FILLERS.items():
        doc = ReportDoc(code=code.value, title=("",), body=tuple(fill(ask)))
        told.append(as_text(doc))
    golden("report_contents.txt", "\n".join(told))
    found = data(read(ask))
    (late,) = found["late"]
    assert (late["kind"], late["how"], late["amount"], late["amount_before"]) == (
        "budget_line", "added", 5, None,
    )  # fmt: skip
    assert len(found["happened"]) == 6
    assert found["last_report"]["period"] == "Q1"


def test_what_comes_next_begins_with_the_day_after_the_data(desk: Register) -> None:
    for period, day, last in (
        ("M03", date(2026, 3, 14), date(2026, 4, 30)), ("Q1", JUNE, JUNE),
        ("Q4", END, date(2027, 3, 31)), ("H1", date(2026, 6, 14), END), ("9M", END, END),
        ("M12", END, date(2027, 1, 31)),
    ):  # fmt: skip
        ask = ask_of(desk, period, day)
        assert following(ask) == (ask.last + timedelta(days=1), last), period
    assert ask_of(desk, "M03", date(2026, 3, 14)).last == date(2026, 3, 14)
    # The last part of a yearly report is of the next year, however early its data end.
    ask = ask_of(desk, "Y", date(2026, 11, 30))
    assert following(ask) == (date(2027, 1, 1), date(2027, 12, 31))


def test_days_after_the_data_are_left_out(desk: Register) -> None:
    """A report of the first quarter that is made in June says what the one of April said."""
    a_quarter(desk)
    ask = ask_of(desk, "Q1")
    pieces = [piece for fill in FILLERS.values() for piece in fill(ask)]
    told = as_text(ReportDoc(code="x", title=("",), body=tuple(pieces)))
    for later in ("Sửa đường", "Tốc mái", "Gà giống", "46 người"):
        assert later not in told, later
    assert "Rà soát hộ khó khăn" in told  # due in the next quarter
    assert "Kênh thôn B" in told  # begins in it
