"""`giamngheo review`: begin, look and close without a window, with codes 0, 1 and 2."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from giamngheo_desktop.cli.machine import computer, machine_context
from giamngheo_desktop.cli.main import entry
from giamngheo_desktop.domain.applications import Purpose
from giamngheo_desktop.domain.area import Level
from giamngheo_desktop.domain.changes import Op
from giamngheo_desktop.services import areas
from giamngheo_desktop.services.opening import close_database, open_database
from giamngheo_desktop.services.review import applications, reviews
from giamngheo_desktop.services.review.applications import Application
from giamngheo_desktop.storage.engine import Database
from tests.harness.register import (
    FIRST_DAY,
    Register,
    empty_database,
    groups,
    make_context,
    make_register,
)
from tests.harness.whole_review import ReviewOf2026

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A closed file: two households on the list of 2025."""
    path = tmp_path / "Sổ hộ.db"
    with empty_database(path) as database:
        reg = make_register(database)
        for name, household_class in (("Nghèo", "poor"), ("Cận", "near_poor")):
            reg.give_class(reg.household(name).uid, household_class, year=2025)
        database.checkpoint()
    return path


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], path: Path) -> Run:
    def command(*arguments: object) -> tuple[int, str, str]:
        code = entry(["review", *map(str, arguments), "--db", str(path)])
        said = capsys.readouterr()
        return code, said.out, said.err

    return command


@pytest.fixture
def reopened(path: Path) -> Iterator[Database]:
    database = Database(path)
    yield database
    database.close()


def refused(ran: tuple[int, str, str]) -> str:
    code, out, err = ran
    assert (code, out, err.count("\n")) == (2, "", 1), ran
    return err.strip()


def read(ran: tuple[int, str, str]) -> Any:
    assert ran[2] == ""
    return json.loads(ran[1])


def test_a_review_begins_under_the_standards_of_its_year(run: Run) -> None:
    ran = run("start", "--year", 2026, "--json")
    found = read(ran)
    assert ran[0] == 0
    assert found["standards"] == {"2022": "movement", "2027": "next_opening"}
    assert (found["begun_on"], found["cases"], found["month"]) == ("2026-09-01", 2, None)
    assert "đã mở" in refused(run("start", "--year", 2026))


def test_it_says_how_many_of_average_living_are_not_on_its_list(
    run: Run, reopened: Database
) -> None:
    register = make_register_of(reopened)
    village = areas.tree(reopened, FIRST_DAY).villages(register.commune)[1].uid
    register.villages["B"] = village
    home = register.household("Vừa", village="B").uid
    register.give_class(home, "not_poor", year=2025, average_living=True)
    said = run("start", "--year", 2026)[1].splitlines()
    assert said[1].startswith("1 hộ có mức sống trung bình không thuộc danh sách này")


def test_standards_and_day_are_chosen(run: Run) -> None:
    code, out, _ = run("start", "--year", 2026, "--standards", "2022", "--day", "05/09/2026")
    assert code == 0
    assert out == ("Đã mở kỳ rà soát 2026 từ 05/09/2026: 2 hộ trong danh sách; bộ chuẩn 2022.\n")
    assert "“2016”, chỉ 2022, 2027" in refused(run("start", "--year", 2026, "--standards", "2016"))
    for day in ("2020-01-01", "2025-12-31", "2027-01-01"):
        assert "không thể mở ngày" in refused(run("start", "--year", 2026, "--day", day))
    assert "ít nhất một bộ chuẩn" in refused(run("start", "--year", 2026, "--standards", ","))


def test_a_review_of_a_month_begins_on_its_15th_with_what_waits(
    run: Run, reopened: Database
) -> None:
    month = ("start", "--year", 2026, "--kind", "in_year", "--month")
    assert "Không có giấy đề nghị nào" in refused(run(*month, 3))
    register = make_register_of(reopened)
    for name, day in (("Một", 2), ("Hai", 15), ("Sau", 16)):
        village = areas.tree(reopened, FIRST_DAY).villages(register.commune)[0].uid
        paper = Application(
            village=village, applicant=name, purpose=Purpose.ENTER, received_on=date(2026, 3, day)
        )
        applications.save(reopened, register.context, paper)
    assert "--day" in refused(run(*month, 3, "--day", "16/03/2026"))
    assert "định kỳ" in refused(run(*month, 10))  # its applications go into the periodic one
    assert reviews.all_of(reopened) == []
    found = read(run(*month, 3, "--json"))
    assert (found["begun_on"], found["applications"], found["cases"]) == ("2026-03-15", 2, 2)
    assert found["standards"] == {"2022": "movement"}  # that of 2027 has no list to enter yet
    assert "Đã nhận 1 giấy đề nghị" in run(*month, 4)[1]
    assert "có tháng (1–12)" in refused(run("start", "--year", 2026, "--kind", "in_year"))
    assert "tháng viết từ 1 đến 12" in refused(run("start", "--year", 2026, "--month", 13))


def test_the_status_says_what_each_village_lacks(run: Run) -> None:
    assert "Chưa mở kỳ rà soát" in refused(run("status"))
    run("start", "--year", 2026)
    code, out, _ = run("status")
    assert code == 1
    lines = out.splitlines()
    assert lines[0] == "Rà soát định kỳ năm 2026"
    assert "Chuẩn bị: Đang làm" in lines
    assert "  Toàn xã: Còn 3 thôn chưa có rà soát viên." in lines
    assert "  Thôn A: Danh sách của thôn chưa chốt." in lines
    assert "Họp dân: Chờ bước trước" in lines
    assert "Chưa mở kỳ rà soát" in refused(run("status", "--year", 2025))


def test_the_status_as_json_has_every_step_of_every_village(run: Run) -> None:
    run("start", "--year", 2026)
    ran = run("status", "--year", 2026, "--json")
    found = read(ran)
    assert ran[0] == 1
    (review,) = found["reviews"]
    steps = {step["step"]: step for step in review["steps"]}
    assert [step["step"] for step in review["steps"]] == [
        "prepare", "list", "collect", "classify", "meet", "post", "recheck", "summarise",
        "recognise", "certify", "report", "close",
    ]  # fmt: skip
    assert [state["name"] for state in steps["collect"]["states"]] == [
        "Thôn A", "Thôn B", "Thôn C",
    ]  # fmt: skip
    assert steps["collect"]["states"][0]["missing"] == {"unentered": 2}
    (recognise,) = steps["recognise"]["states"]
    assert (recognise["due"], recognise["status"]) == ("2026-12-14", "waiting")
    days = date(2026, 12, 14) - date.fromisoformat(found["day"])
    assert recognise["days_left"] == days.days
    assert {item["standard"]: item["decided"] for item in review["standards"]} == {
        "2022": False, "2027": False,
    }  # fmt: skip


def test_closing_is_refused_with_what_is_missing_or_needs_a_reason(
    run: Run, reopened: Database
) -> None:
    assert "Chưa mở kỳ rà soát" in refused(run("close", "--year", 2026))
    run("start", "--year", 2026)
    said = refused(run("close", "--year", 2026))
    assert "Thu thập (1 thôn)" in said
    assert "Công nhận" in said
    code, out, _ = run("close", "--year", 2026, "--reason", "Thử máy")
    assert (code, out) == (0, "Đã khóa sổ kỳ rà soát 2026.\n")
    last = groups(reopened)[-1]
    assert (last["op"], last["reason"]) == (Op.CLOSE_REVIEW, "Thử máy")
    assert "đã khóa sổ" in refused(run("close", "--year", 2026, "--reason", "Lần nữa"))
    code, out, _ = run("status")
    title, closed, why = out.splitlines()
    assert (code, title) == (0, "Rà soát định kỳ năm 2026")
    assert closed.startswith("Đã khóa sổ ngày ")
    assert why == "Khóa sổ khi còn việc chưa xong, lý do: Thử máy."
    assert read(run("status", "--json"))["reviews"][0]["closing_reason"] == "Thử máy"


def test_a_review_begun_by_mistake_is_withdrawn(run: Run, reopened: Database) -> None:
    assert "Chưa mở kỳ rà soát" in refused(run("withdraw", "--year", 2026))
    run("start", "--year", 2026)
    code, out, _ = run("withdraw", "--year", 2026)
    assert (code, out) == (0, "Đã rút kỳ rà soát 2026.\nĐã bỏ: 2 hộ trong danh sách.\n")
    assert reviews.all_of(reopened) == []
    uid = read(run("start", "--year", 2026, "--json"))["review"]
    village = areas.tree(reopened, FIRST_DAY).villages(make_register_of(reopened).commune)[0].uid
    reviews.mark(
        reopened, make_context(seed=8), UUID(uid), "list", village=village, day=date(2026, 9, 2)
    )
    assert "Chưa ghi lý do" in refused(run("withdraw", "--year", 2026))
    found = read(run("withdraw", "--year", 2026, "--reason", "Nhầm năm", "--json"))
    assert (found["withdrawn"], found["lost"]["marks"], found["lost"]["cases"]) == (True, 1, 2)
    last = groups(reopened)[-1]
    assert (last["op"], last["reason"]) == (Op.WITHDRAW_REVIEW, "Nhầm năm")


def test_a_review_done_to_its_end_finds_nothing(path: Path, run: Run) -> None:
    path.unlink()
    with empty_database(path) as database:
        reg: Register = make_register(database)
        home = reg.household("Nghèo").uid
        reg.give_class(home, year=2025)
        review = ReviewOf2026(reg, {home: {"2022": "poor", "2027": "poor"}})
        review.finish()
        database.checkpoint()
    code, out, _ = run("close", "--year", 2026, "--json")
    assert code == 0
    assert json.loads(out)["closed"] is True
    code, out, _ = run("status")
    assert code == 0
    assert "Đã khóa sổ ngày" in out
    assert "Còn" not in out


def test_a_file_of_several_communes_asks_which(path: Path, run: Run) -> None:
    database = Database(path)
    reg = make_register_of(database)
    reg.second_commune("Sơn Đông", "X")
    database.close()
    assert "--unit" in refused(run("start", "--year", 2026))
    found = read(run("start", "--year", 2026, "--unit", "son dong", "--json"))
    assert found["cases"] == 0
    assert "Không có đơn vị" in refused(run("status", "--unit", "Sơn Bắc"))
    said = refused(run("start", "--year", 2026, "--unit", "Thôn A"))
    assert said.startswith("Kỳ rà soát là của một xã")
    assert "Sơn Đông" in said
    assert read(run("status", "--unit", "Sơn Đông", "--json"))["reviews"]
    assert "Chưa mở" in refused(run("status", "--unit", "Sơn Tây"))


def make_register_of(database: Database) -> Register:
    (commune,) = areas.tree(database, FIRST_DAY).of_level(Level.COMMUNE)
    return Register(database, make_context(seed=7), commune.uid, {})


def test_help_is_vietnamese(capsys: pytest.CaptureFixture[str]) -> None:
    for command in ("start", "status", "close", "withdraw"):
        with pytest.raises(SystemExit) as left:
            entry(["review", command, "--help"])
        assert left.value.code == 0
        said = capsys.readouterr().out
        assert "cách dùng" in said
        assert "năm rà soát" in said
    assert "thiếu --year" in refused((entry(["review", "start"]), *capsys.readouterr()))


def test_an_open_program_keeps_the_commands_out(path: Path, run: Run) -> None:
    opened = open_database(path, machine_context(), computer=computer())
    try:
        assert "đang mở" in refused(run("start", "--year", 2026))
        assert reviews.all_of(opened.database) == []
    finally:
        close_database(opened, machine_context())


def test_a_list_that_is_empty_says_what_to_do(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = tmp_path / "Sổ trống.db"
    with empty_database(path) as database:
        make_register(database)
        database.checkpoint()
    assert entry(["review", "start", "--year", "2026", "--db", str(path)]) == 0
    said = capsys.readouterr().out
    assert "0 hộ trong danh sách" in said
    assert "danh sách cuối năm 2025: nhập danh sách ấy" in said
