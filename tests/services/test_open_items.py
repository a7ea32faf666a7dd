"""Việc còn treo: what waits on a day, who has to do it, and from when on it is late."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from giamngheo_desktop.cli.main import entry
from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.domain.passing_on import Doubt
from giamngheo_desktop.reports.make import render
from giamngheo_desktop.reports.open_items import open_list
from giamngheo_desktop.services.programme.open_items import OpenItem, Waits, open_items
from tests.harness.helping import Help
from tests.harness.register import empty_database, make_register
from tests.harness.tables import definitions

DAY = date(2026, 6, 30)
BEFORE, AFTER = DAY - timedelta(days=1), DAY + timedelta(days=1)


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Help]:
    with empty_database(tmp_path / "Sổ.db") as database:
        yield Help(make_register(database))


def activity(here: Help, name: str, kind: str = "dialogue", **values: Any) -> UUID:
    return here.add(Kind.ACTIVITY, year=2026, kind=kind, name=name, **values)


def added(here: Help, kind: Kind, uid: UUID, **days: date) -> None:
    above = "activity" if kind is Kind.ACTIVITY_VALUE else "support"
    for code, day in days.items():
        here.add(kind, **{above: uid}, code=code, value=day.isoformat())


def waiting(here: Help, day: date = DAY, unit: UUID | None = None) -> list[OpenItem]:
    found = open_items(here.reg.database, definitions(), unit=unit, day=day)
    return [*found.items]


def told(here: Help, waits: Waits, day: date = DAY) -> dict[str, bool]:
    """What waits, and whether it is overdue."""
    return {one.what: one.is_overdue for one in waiting(here, day) if one.waits is waits}


def test_a_petition_waits_until_it_is_answered(here: Help) -> None:
    body = here.body("Phòng Kinh tế")
    held = activity(here, "Đối thoại", village=here.reg.villages["A"], starts_on=BEFORE)
    dropped = activity(here, "Không làm", state="dropped")
    rows: dict[str, dict[str, Any]] = {
        "late": {"due_on": BEFORE},
        "today": {"due_on": DAY},
        "undated": {},
        "answered today": {"due_on": BEFORE, "answered_on": DAY},
        "answered tomorrow": {"due_on": BEFORE, "answered_on": AFTER},
        "in words": {"due_on": BEFORE, "answer": "Đã làm"},
    }
    for what, values in rows.items():
        here.add(Kind.ACTIVITY_ITEM, activity=held, content=what, body=body, **values)
    here.add(Kind.ACTIVITY_ITEM, activity=dropped, content="of none")
    gone = here.add(Kind.ACTIVITY_ITEM, activity=held, content="typed by mistake")
    here.remove(Kind.ACTIVITY_ITEM, gone)
    assert told(here, Waits.ANSWER) == {
        "late": True,
        "answered tomorrow": True,
        "today": False,
        "undated": False,
    }
    assert told(here, Waits.ANSWER, AFTER)["today"]
    late = waiting(here)[0]
    assert (late.code, late.body, late.activity, late.day) == ("petition", body, held, BEFORE)
    assert late.village == here.reg.villages["A"]
    here.remove(Kind.ACTIVITY, held)
    assert told(here, Waits.ANSWER) == {}


def test_a_task_is_late_from_the_day_after(here: Help) -> None:
    rows: dict[str, dict[str, Any]] = {
        "late": {"due_on": BEFORE, "state": "running"},
        "nobody said": {"due_on": BEFORE},
        "today": {"due_on": DAY},
        "undated": {},
        "done": {"due_on": BEFORE, "state": "done"},
        "done today": {"due_on": BEFORE, "done_on": DAY},
        "dropped": {"due_on": BEFORE, "state": "dropped"},
        "sent later": {"due_on": BEFORE, "state": "done", "done_on": AFTER},
    }
    for what, values in rows.items():
        here.add(Kind.TASK, year=2025, content=what, **values)
    assert set(told(here, Waits.TASK)) == {"late", "nobody said", "sent later"}
    assert "today" in told(here, Waits.TASK, AFTER)


def test_what_was_planned_and_works_that_nobody_accepted(here: Help) -> None:
    planned = {"state": "planned"}
    activity(here, "over", starts_on=BEFORE, ends_on=AFTER, **planned)
    activity(here, "today", starts_on=DAY, **planned)
    activity(here, "held", starts_on=BEFORE, state="done")
    activity(here, "only its last day", ends_on=BEFORE, **planned)
    assert set(told(here, Waits.START)) == {"over", "only its last day"}
    running = {"kind": "works", "state": "running"}
    activity(here, "road", ends_on=BEFORE, **running)
    activity(here, "well", ends_on=DAY, **running)
    begun = activity(here, "school", kind="works", starts_on=BEFORE, **planned)
    added(here, Kind.ACTIVITY_VALUE, begun, groundbreaking_on=BEFORE)
    bridge = activity(here, "bridge", kind="works", state="done")
    added(here, Kind.ACTIVITY_VALUE, bridge, accepted_on=DAY)
    later = activity(here, "market", kind="works", state="done")
    added(here, Kind.ACTIVITY_VALUE, later, accepted_on=AFTER)
    activity(here, "not begun", kind="works", starts_on=BEFORE, **planned)
    assert told(here, Waits.ACCEPTANCE) == {
        "road": True,
        "school": True,
        "well": False,
        "market": False,
    }
    assert "not begun" in told(here, Waits.START)


def test_who_has_to_give_back_and_to_whom_it_goes(here: Help) -> None:
    model = activity(here, "Nuôi bò", kind="model", area=here.reg.commune)
    an, binh, chi = (here.home(name, village=v) for name, v in (("An", "A"), ("Bình", "B"),
                                                               ("Chi", "B")))  # fmt: skip

    def row(**values: Any) -> UUID:
        return here.add(Kind.PARTICIPANT, activity=model, unit="con", **values)

    first = row(household=an, to_return=200, returned=150)
    second = row(household=binh, to_return=200, received_from=first)
    third = row(household=chi, to_return=100, returned=100)
    row(name="Ông Năm", to_return=100, received_from=third)
    owing = {one.what: one for one in waiting(here) if one.waits is Waits.RETURN}
    assert {name: (one.outstanding, one.next, one.unit) for name, one in owing.items()} == {
        "An": (50, ("Bình",), "con"),
        "Bình": (200, (), "con"),
        "Ông Năm": (100, (), "con"),
    }
    assert (owing["An"].household, owing["An"].village) == (an, here.reg.villages["A"])
    assert owing["An"].activity == model
    checked = [one for one in waiting(here) if one.waits is Waits.CHECK]
    assert [(one.what, one.doubts) for one in checked] == [("An", (Doubt.MORE_PASSED,))]
    only = waiting(here, unit=here.reg.villages["B"])
    assert {one.what for one in only} == {"Bình"}
    here.remove(Kind.PARTICIPANT, second)
    assert not [one for one in waiting(here) if one.waits is Waits.CHECK]
    assert next(one for one in waiting(here) if one.uid == first).next == ()


def test_what_begins_later_does_not_wait_on_an_earlier_day(here: Help) -> None:
    held = activity(here, "Đối thoại", starts_on=DAY)
    here.add(Kind.ACTIVITY_ITEM, activity=held, content="Sửa đường")
    model = activity(here, "Nuôi bò", "model", starts_on=BEFORE)
    for joined in (None, DAY):
        home = here.home("Hộ")
        here.add(Kind.PARTICIPANT, activity=model, household=home, joined_on=joined, to_return=100)
    assert [len(waiting(here, day)) for day in (BEFORE, DAY)] == [1, 3]


def test_a_house_waits_for_its_instalments(here: Help) -> None:
    home = here.home("An")
    days: dict[str, dict[str, date]] = {
        "new": {},
        "founded": {"foundation_accepted_on": BEFORE},
        "half": {"first_paid_on": BEFORE},
        "half and ready": {"first_paid_on": BEFORE, "completed_on": DAY},
        "paid": {"first_paid_on": BEFORE, "second_paid_on": DAY},
        "paid tomorrow": {"first_paid_on": DAY, "second_paid_on": AFTER},
        "at once": {"second_paid_on": BEFORE},
    }
    for what, values in days.items():
        uid = here.support(home, BEFORE, "housing", content=what)
        added(here, Kind.SUPPORT_VALUE, uid, **values)
    here.support(home, AFTER, "housing", content="not yet given")
    here.support(home, BEFORE, "income", content="no house")
    here.remove(Kind.SUPPORT, here.support(home, BEFORE, "housing", content="mistake"))
    found = {one.what: one for one in waiting(here) if one.waits is Waits.INSTALMENT}
    assert {what: (one.instalment, one.day) for what, one in found.items()} == {
        "new": (1, None),
        "founded": (1, BEFORE),
        "half": (2, None),
        "half and ready": (2, DAY),
        "paid tomorrow": (2, None),
    }
    assert {one.household for one in found.values()} == {home}
    assert waiting(here, unit=here.reg.villages["B"]) == []


def test_the_list_says_all_of_it(here: Help) -> None:
    body = here.body("Phòng Kinh tế")
    held = activity(here, "Đối thoại")
    here.add(Kind.ACTIVITY_ITEM, activity=held, content="Sửa đường", due_on=BEFORE, body=body)
    here.add(Kind.TASK, year=2026, content="Báo cáo quý", due_on=BEFORE, body=body)
    model, home = activity(here, "Nuôi bò", kind="model"), here.home("An")
    here.add(
        Kind.PARTICIPANT, activity=model, household=home, to_return=250, unit="con", returned=50
    )
    uid = here.support(home, BEFORE, "housing")
    added(here, Kind.SUPPORT_VALUE, uid, foundation_accepted_on=BEFORE)
    doc = open_list(here.reg.database, definitions(), unit=here.reg.commune, day=DAY)
    rows = [[row.labels[1], *(cell.value for cell in row.cells)] for row in doc.tables[0].rows]
    late = BEFORE.strftime("%d/%m/%Y")
    assert rows == [
        ["Chưa trả lời, chưa xử lý: 1, quá hạn 1", *[""] * 6],
        ["Sửa đường (kiến nghị)", late, "Phòng Kinh tế", "", "", "Đối thoại", "quá hạn"],
        ["Nhiệm vụ, báo cáo quá hạn: 1", *[""] * 6],
        ["Báo cáo quý", late, "Phòng Kinh tế", "", "", "", ""],
        ["Chưa hoàn lại đủ để luân chuyển: 1", *[""] * 6],
        ["An", "", "", "An", "Thôn A", "Nuôi bò", "còn phải hoàn lại 2 con; chưa có hộ nhận tiếp"],
        ["Hỗ trợ nhà ở chưa trả đủ các đợt: 1", *[""] * 6],
        ["An", "", "", "An", "Thôn A", "", f"nghiệm thu ngày {late}, chưa trả đợt 1"],
    ]
    assert doc.subtitle == ("Sơn Tây", "Tính đến ngày 30/06/2026")
    for form in ("pdf", "xlsx", "docx"):
        assert render(doc, form)


def test_the_command_tells_what_waits_at_the_end_of_a_year(
    here: Help, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def run(*more: object) -> tuple[int, str]:
        asked = ("activities", "--db", here.reg.database.path, "--year", 2025, *more)
        return entry([str(one) for one in asked]), capsys.readouterr().out

    assert run("--open") == (0, "Không có việc nào còn treo.\n")
    here.add(Kind.TASK, year=2025, content="Báo cáo quý", due_on=date(2025, 12, 30))
    model, home = activity(here, "Nuôi bò", kind="model"), here.home("An")
    here.add(Kind.PARTICIPANT, activity=model, household=home, to_return=150, unit="con")
    code, out = run("--open", "--json")
    late, owing = json.loads(out)["open"]
    assert (code, late["waits"], late["day"], late["overdue"]) == (0, "task", "2025-12-30", True)
    assert (owing["waits"], owing["outstanding"], owing["next"]) == ("return", 1.5, [])
    assert owing["household"] == {"key": str(home), "name": "An"}
    assert run("--open", "-o", tmp_path / "treo.xlsx")[1].splitlines() == [
        "Nhiệm vụ, báo cáo quá hạn: 1",
        "  30/12/2025; Báo cáo quý",
        "Chưa hoàn lại đủ để luân chuyển: 1",
        "  An; còn phải hoàn lại 1,5 con; chưa có hộ nhận tiếp",
    ]
    assert (tmp_path / "treo.xlsx").stat().st_size > 3_000
    assert run("--open", "--body", "Trạm")[0] == run("-o", tmp_path / "a.pdf")[0] == 2
