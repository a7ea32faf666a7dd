"""The template of a hand-out: its columns are known by their headings, for every policy; unchanged
it has nothing to say; what is filled in comes back as it was meant.
"""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.domain.list_fields import KEY
from giamngheo_desktop.exports.import_template import FIRST_ROW, HEADING_ROW, template_workbook
from giamngheo_desktop.services.programme.support_plan import Wanted
from giamngheo_desktop.services.programme.support_rows import headings_of, title_of
from giamngheo_desktop.services.programme.support_template import (
    support_template,
    template_columns,
)
from giamngheo_desktop.storage import household_list
from tests.exports.test_text_stays_text import TYPED, check
from tests.harness.foreign_lists import definitions
from tests.harness.register import Register
from tests.harness.support_lists import ON, Desk, row_of, states

SOURCES = [entry.code for entry in definitions().choice_list("funding_sources")]


@pytest.mark.parametrize("code", list(definitions().supports))
def test_every_heading_is_known_as_its_column(code: str) -> None:
    policy = definitions().supports[code]
    columns = list(template_columns(definitions(), policy, SOURCES))
    known = headings_of(definitions(), policy)
    found = {column.heading: known.field_of((column.heading,)) for column in columns}
    assert found == {column.heading: column.code for column in columns}
    assert len(found) == len(columns), "no heading twice"
    assert columns[-1].code == KEY
    assert not any(column.field.required for column in columns), "an empty row is an answer"


def test_titles_of_policies_tell_them_apart() -> None:
    titles = [title_of(policy) for policy in definitions().supports.values()]
    assert len(set(titles)) == len(titles)


def made(desk: Desk, policy: str, sources: list[str], name: str = "Quà Tết") -> Path:
    register = desk.register
    with register.database.reader() as connection:
        homes = list(household_list.register(connection, ON))
    template = support_template(
        register.database, register.context, definitions(),
        Wanted(policy=policy, on=ON, name=name), households=homes, sources=sources,
    )  # fmt: skip
    path = desk.folder / f"{policy}.xlsx"
    path.write_bytes(template_workbook(template))
    return path


@pytest.fixture
def desk(register: Register, tmp_path: Path) -> Desk:
    """Two heads of one name, with nothing else to tell them apart."""
    for village in "AB":
        register.give_class(register.household("Lò Văn An", "Vợ An", village=village).uid)
    return Desk(register, tmp_path)


@pytest.mark.parametrize(("policy", "rows"), [("poor_fund_gift", 2), ("health_insurance", 4)])
def test_unchanged_it_has_nothing_to_say(desk: Desk, policy: str, rows: int) -> None:
    plan = desk.plan(made(desk, policy, SOURCES), policy)
    assert states(plan) == ["empty"] * rows
    assert plan.is_nothing_new
    assert plan.unread == {}
    assert plan.doubts == ()


def test_filled_in_it_knows_each_household_by_its_key(desk: Desk) -> None:
    path = made(desk, "poor_fund_gift", ["poor_fund", "commune"])
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    at = {cell.value: cell.column for cell in sheet[HEADING_ROW]}
    sheet.cell(FIRST_ROW, at["Ngân sách xã"], 500_000)
    sheet.cell(FIRST_ROW + 1, at["Tên hiện vật"], "chăn")
    sheet.cell(FIRST_ROW + 1, at["Ký nhận"], "Điểm chỉ")
    sheet.cell(FIRST_ROW + 1, at["Dịp"], "Tết")
    sheet.cell(FIRST_ROW + 1, at["Diện của hộ hôm đó"], "Hộ cận nghèo")
    book.save(path)
    plan = desk.plan(path)
    assert states(plan) == ["ready", "ready"]
    first, second = (row_of(plan, FIRST_ROW + at).receiver for at in (0, 1))
    assert first is not None
    assert second is not None
    assert first.household != second.household
    assert (first.shares, first.values) == ({"commune": 500_000}, {})
    assert second.values == {"item": "chăn", "receipt": "fingerprint"}
    assert second.answers == {"occasion": "Tết"}
    assert [one.code for one in row_of(plan, FIRST_ROW + 1).told] == ["support_class"]
    other = desk.plan(path, "income")
    assert [one.code for one in other.doubts] == ["policy"]


def test_the_guide_asks_for_the_days_that_are_taken(desk: Desk) -> None:
    path = made(desk, "poor_fund_gift", ["poor_fund"])
    book = openpyxl.load_workbook(path)
    sheet, guide = book.worksheets
    told = {row[1].value: row[2].value for row in guide.iter_rows()}
    assert told["Ngày hỗ trợ"] == told["Đến ngày"] == "Đủ ngày/tháng/năm, ví dụ 5/3/2026."
    at = {cell.value: cell.column for cell in sheet[HEADING_ROW]}
    sheet.cell(FIRST_ROW, at["Ngày hỗ trợ (ngày/tháng/năm)"], "5/3/2026")
    sheet.cell(FIRST_ROW + 1, at["Ngày hỗ trợ (ngày/tháng/năm)"], "2026")
    book.save(path)
    assert states(desk.plan(path)) == ["ready", "refused"]


def test_typed_texts_stay_texts(desk: Desk) -> None:
    for text in TYPED:
        desk.register.household(text.strip(), text, address=text)
    check(made(desk, "health_insurance", ["central"], name=TYPED[0]).read_bytes())


def test_an_unknown_source_or_policy_is_refused(desk: Desk) -> None:
    with pytest.raises(AppError, match="support_source"):
        made(desk, "poor_fund_gift", ["túi"])
    with pytest.raises(AppError, match="support_policy"):
        made(desk, "quà", [])
