"""Why a household stands in a column of the movement tables."""

from __future__ import annotations

from datetime import date

from giamngheo_desktop.cli.movement import movement_json, movement_lines
from giamngheo_desktop.domain.movement import Flow
from giamngheo_desktop.domain.standard import HouseholdClass
from giamngheo_desktop.services import settings
from giamngheo_desktop.services.movement.movement_story import Story, story, why
from tests.harness.register import STANDARD, Register
from tests.harness.tables import paper
from tests.services.test_corrections import NONE, POOR, close, flow, give, home
from tests.services.test_movement_bridge import a_year
from tests.services.test_movements import every_row, numbers

N, CN = HouseholdClass.POOR, HouseholdClass.NEAR_POOR


def told(reg: Register, year: int = 2026) -> dict[HouseholdClass, Story]:
    return story(reg.database, year=year, standard=STANDARD, periodic_from=date(year, 9, 1))


def sentences(found: Story, wanted: Flow) -> list[str]:
    return [why(one) for one in found.told if one.step.flow is wanted]


def test_every_row_of_the_table_is_explained(register: Register) -> None:
    every_row(register)
    found = told(register)
    never = "Chưa từng là hộ nghèo theo chuẩn này."
    ruled = "được công nhận từ ngày 10/12/2026 là hộ"
    expected = {
        Flow.OPENING: ["Cuối năm 2025 được công nhận là hộ nghèo."] * 6,
        Flow.TO_OTHER: [f"Cuối năm 2025 là hộ nghèo; {ruled} cận nghèo."],
        Flow.ABOVE: [f"Cuối năm 2025 là hộ nghèo; {ruled} không nghèo."],
        Flow.OTHER_DECREASE: [
            "Ở lại danh sách, chuyển thôn trong năm: giảm ở thôn cũ, tăng ở thôn mới.",
            "Cuối năm 2025 là hộ nghèo; chuyển đi khỏi xã ngày 04/05/2026.",
        ],
        Flow.FROM_OTHER: [f"Cuối năm 2025 là hộ cận nghèo; {ruled} nghèo."],
        Flow.AGAIN: [f"Cuối năm 2025 là hộ không nghèo; {ruled} nghèo. Đã là hộ nghèo năm 2024."],
        Flow.NEW: [
            f"Cuối năm 2025 không có trong kết quả rà soát; {ruled} nghèo. {never}",
        ],
        Flow.OTHER_INCREASE: [
            "Ở lại danh sách, thêm 1 nhân khẩu.",
            "Chuyển đến từ xã khác ngày 04/05/2026; được công nhận từ ngày 10/12/2026 là hộ nghèo.",
            "Ở lại danh sách, chuyển thôn trong năm: giảm ở thôn cũ, tăng ở thôn mới.",
        ],
        Flow.CLOSING: ["Được công nhận từ ngày 10/12/2026 là hộ nghèo."] * 7,
    }
    for column, said in expected.items():
        assert sorted(sentences(found[N], column)) == sorted(said)
    assert sentences(found[CN], Flow.AGAIN) == [
        f"Cuối năm 2025 là hộ không nghèo; {ruled} cận nghèo. Đã là hộ cận nghèo năm 2024."
    ]


def test_the_story_has_what_the_tables_count(register: Register) -> None:
    every_row(register)
    for table, code in ((N, "BC2"), (CN, "BC3")):
        (row,) = (
            values
            for (label, kind), values in numbers(paper(register.database, code)).items()
            if (label, kind) == ("Tổng cộng", "ho")
        )
        steps = [one.step for one in told(register)[table].told]
        assert [sum(s.households for s in steps if s.flow is flow) for flow in Flow] == row


def test_a_paper_and_a_reason_are_named(register: Register) -> None:
    uid = home(register, "Một", "A", (2025, NONE))
    close(register, 2025)
    give(register, uid, POOR, 2026)
    flow(register, uid, Flow.AGAIN)
    (said,) = sentences(told(register)[N], Flow.AGAIN)
    assert said == (
        "Cuối năm 2025 là hộ không nghèo; được công nhận theo QĐ 2026/QĐ ngày 15/12/2026 là hộ "
        "nghèo. Chưa từng là hộ nghèo theo chuẩn này. Tính vào cột “tái nghèo” thay cho “phát "
        "sinh mới”: Trước 2022 đã là hộ nghèo theo sổ giấy."
    )


def test_how_far_back_tai_ngheo_looks_is_a_setting(register: Register) -> None:
    uid = home(register, "Một", "A", (2024, POOR), (2025, NONE))
    close(register, 2025)
    give(register, uid, POOR, 2026)
    assert len(sentences(told(register)[N], Flow.AGAIN)) == 1
    first = date(2026, 1, 1)
    for years, wanted in (("2", Flow.AGAIN), ("1", Flow.NEW), ("", Flow.AGAIN)):
        values = {"movement_look_back_years": years}
        settings.save(register.database, register.context, values, first)
        (said,) = sentences(told(register)[N], wanted)
    settings.save(register.database, register.context, {"movement_look_back_years": "1"}, first)
    (said,) = sentences(told(register)[N], Flow.NEW)
    assert said.endswith("Là hộ nghèo lần cuối năm 2024, ngoài số năm xét tái nghèo.")


def test_notes_and_bridge_as_json_and_lines(register: Register) -> None:
    a_year(register)
    found = told(register)
    poor, near = movement_json(found, 2026, STANDARD)["tables"]
    assert poor["bridge"] == {
        "opening": 1,
        "months": [
            {"month": 3, "entered": 1, "left": 0},
            {"month": 5, "entered": 2, "left": 0},
            {"month": 10, "entered": 0, "left": 1},
        ],
        "periodic": {"entered": 0, "left": 1},
        "other": {"entered": 0, "left": 1},
        "closing": 1,
    }
    (back,) = near["notes"]
    assert (back["head"], [one["entered"] for one in back["passages"]]) == ("Về", [False, True])
    assert back["passages"][0] == {
        "entered": False,
        "by": "in_year",
        "day": "2026-04-25",
        "decision": "4/QĐ-TX",
    }
    assert {note["head"] for note in poor["notes"]} == {"Ra", "Đi"}
    lines = list(movement_lines(found))
    assert "hộ nghèo, phát sinh mới:" in lines
    assert any(line.startswith("  Mới (Thôn B): Cuối năm 2025 không có trong") for line in lines)
