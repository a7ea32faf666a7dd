"""The report of an import says each row that was not the same, in each form of file."""

from dataclasses import replace
from pathlib import Path

from giamngheo_desktop.reports import make
from giamngheo_desktop.reports.import_report import import_report
from giamngheo_desktop.services.importing.pasted import pasted_source
from giamngheo_desktop.services.importing.plan import CellState, Choices, Purpose, RowState
from giamngheo_desktop.services.importing.planning import plan_list
from tests.harness import foreign_lists
from tests.harness.list_imports import YEAR, book_of, cell_of, row_of, sheet_of, town
from tests.independent.lists.people import VILLAGES


def test_a_report_names_rows_and_changes(tmp_path: Path) -> None:
    with town(tmp_path) as here:
        here.apply(here.plan("members_27"))
        done = here.apply(here.plan("members_27_later"))
    doc = import_report(done.value)
    (table,) = doc.tables
    by_name = {row.labels[2]: [cell.value for cell in row.cells] for row in table.rows}
    assert set(by_name) == {
        row.name for row in done.value.plan.rows if row.state is not RowState.SAME
    }
    assert by_name["Trần Thị Lúa"][:2] == ["Thay đổi", "Đã nhận"]
    assert "067178900002 → 067178900999" in str(by_name["Trần Thị Lúa"][2])
    for form in ("xlsx", "pdf", "json"):
        assert make.render(doc, form)


def test_a_report_tells_cells_that_were_not_written(tmp_path: Path) -> None:
    head = (
        "Họ và tên",
        "Quan hệ với chủ hộ",
        "Thôn",
        "Số CCCD",
        "Ngày sinh",
        "Giới tính",
        "Địa chỉ",
    )
    number = "067078900001"
    with town(tmp_path) as here:
        lot = VILLAGES[0]
        old = f"Lò Văn Cũ|Chủ hộ|{lot}|{number}|25/06/1978|Nam|Tổ 6"
        here.apply(here.plan(book_of(sheet_of(old, headings=head)), purpose=Purpose.NEW))
        new = f"Lò Văn Cũ|Chủ hộ|{lot}|{number}|03/04/1978|ấy|Xóm Sai"
        plan = here.plan(book_of(sheet_of(new, headings=head)), purpose=Purpose.UPDATE)
        (row,) = plan.rows
        address = cell_of(plan, row.name, "address")
        taken = Choices(rows=frozenset({row.place}), refused_cells=frozenset({row.at(address)}))
        birth = cell_of(plan, row.name, "birth")
        assert birth.state is CellState.UNCLEAR
        taken = replace(taken, readings={row.at(birth): 1})
        report = here.apply(plan, taken).value
        assert (len(report.written), report.cells, report.open_cells) == (1, 1, 1)
    (table,) = import_report(report).tables
    (line,) = table.rows
    _, done, said = (cell.value for cell in line.cells)
    assert done == "Đã nhận"
    assert "Địa chỉ: Tổ 6, không nhận “Xóm Sai”" in str(said)
    assert "Giới tính: Nam, không nhận “ấy”" in str(said)
    assert "25/06/1978 → 04/03/1978" in str(said)


def test_a_pasted_block_goes_the_same_way(tmp_path: Path) -> None:
    lines = ("Trần Thị Lúa\tVợ\t\t0987000112", "Nguyễn Văn Ngô\tCon\t\t987000111")
    view = ("full_name", "relation", "id_number", "phone")
    with town(tmp_path) as here:
        here.apply(here.plan("members_27"))
        for text in ("\n".join(lines), "\n".join(("Họ và tên\tQuan hệ\tCCCD\tSĐT", *lines))):
            known = foreign_lists.definitions()
            block = [line.split("\t") for line in text.split("\n")]
            source = pasted_source(known.headings, block, view)
            assert source is not None
            plan = plan_list(
                here.database,
                here.context,
                known,
                source,
                purpose=Purpose.UPDATE,
                year=YEAR,
            )
            assert [row.name for row in plan.rows] == ["Trần Thị Lúa", "Nguyễn Văn Ngô"]
            assert {row.state for row in plan.rows} == {RowState.PROPOSAL}
            assert not any(row.is_new_household or row.is_new_person for row in plan.rows)
            assert cell_of(plan, "Trần Thị Lúa", "relation").state is CellState.SAME
            phone = cell_of(plan, "Nguyễn Văn Ngô", "phone")
            assert (phone.state, phone.new) == (CellState.NEW, "0987000111")
        assert row_of(plan, "Trần Thị Lúa").row == 2
