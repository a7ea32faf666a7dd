"""A report from the data to its file: every year and form, the unit it speaks of, refusals."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from io import BytesIO
from pathlib import Path
from uuid import UUID

import docx
import openpyxl
import pypdfium2
import pytest

from giamngheo_desktop import texts
from giamngheo_desktop.domain.area import Level
from giamngheo_desktop.domain.changes import Kind, Op
from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.domain.measures import MEASURES
from giamngheo_desktop.reports import make
from giamngheo_desktop.reports.document import ReportDoc, Source
from giamngheo_desktop.services import areas, classes, settings, successions
from giamngheo_desktop.services.unit import write_unit
from giamngheo_desktop.storage.engine import Database
from tests.harness.register import (
    FIRST_DAY,
    STANDARD,
    TODAY,
    Register,
    empty_database,
    make_register,
)
from tests.harness.tables import cells, column, explained, paper, sample_copy

CODES = ("BC1", "THON", "THON-TH")


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    with sample_copy(tmp_path_factory.mktemp("make") / "mẫu.db") as database:
        yield database


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    with empty_database(tmp_path / "Sổ hộ.db") as database:
        yield make_register(database)


def refused(code: str, **params: object) -> str:
    """The sentence of an AppError."""
    return texts.error_text(AppError(code, **params))


# --- every year, every form ----------------------------------------------------------------------


@pytest.mark.parametrize("year", range(2020, 2028))
@pytest.mark.parametrize("code", CODES)
def test_every_year_in_every_form(sample: Database, code: str, year: int, tmp_path: Path) -> None:
    doc = paper(sample, code, year)
    explained(sample, doc)
    for form in make.FORMATS:
        data = make.write(doc, form, tmp_path / f"{code}.{form}").read_bytes()
        assert _reads(form, data, doc)
        if year == 2026:
            assert make.render(paper(sample, code, year), form) == data


def _reads(form: str, data: bytes, doc: ReportDoc) -> bool:
    if form == "json":
        return bool(json.loads(data)["code"] == doc.code)
    if form == "xlsx":
        book = openpyxl.load_workbook(BytesIO(data))
        return bool(book.active is not None and book.active.max_row > 14)
    if form == "docx":
        cells = (cell.text for cell in docx.Document(BytesIO(data)).tables[1]._cells)
        return "Tổng cộng" in cells
    pdf = pypdfium2.PdfDocument(data)
    try:
        return any("Tổng cộng" in _text(page) for page in pdf)
    finally:
        pdf.close()


def _text(page: pypdfium2.PdfPage) -> str:
    text = page.get_textpage()
    try:
        return str(text.get_text_range())
    finally:
        text.close()
        page.close()


def test_a_closed_year_says_so_and_speaks_of_its_last_day(sample: Database) -> None:
    doc = paper(sample, "BC1", 2025)
    assert doc.data_date == date(2025, 12, 31)
    assert doc.extra == {
        "year": "2025",
        "standard": "2022",
        "status": "official",
        "frozen": "true",
        "edition": "1",
    }
    assert "số liệu đã khóa sổ" in doc.subtitle[0]
    day = paper(sample, "BC1", 2025, as_of=date(2025, 6, 30))
    assert day.data_date == date(2025, 6, 30)
    assert day.extra["frozen"] == "false"
    assert "30/06/2025" in day.subtitle[0]


def test_a_table_of_a_day_says_what_the_register_keeps_only_as_it_is(sample: Database) -> None:
    day, said = date(2025, 6, 30), "đếm theo sổ lúc lập biểu"
    for code in ("BC1", "BC4", "BC8", "BC9", "BC10", "BC11"):
        notes = [note for note in paper(sample, code, 2025, as_of=day).notes if said in note]
        assert len(notes) == (code in {"BC10", "BC11"}), code
        assert not any(said in note for note in paper(sample, code, 2025).notes)


@pytest.mark.parametrize("code", ["BC2", "BC3", "THON-TH"])
def test_a_table_between_two_closed_years_says_so(sample: Database, code: str) -> None:
    assert "số liệu đã khóa sổ" in paper(sample, code, 2025).subtitle[0]
    running = paper(sample, code, 2027).subtitle[0]
    assert "đã khóa sổ" not in running
    assert ("chưa khóa sổ" in running) is (code != "THON-TH")  # whose title says no status


def test_a_year_closed_under_the_standard_before_is_not_called_open(sample: Database) -> None:
    """The opening of 2027 is asked for under the new standard."""
    for recognised in (True, False):
        said = " ".join(paper(sample, "BC2", 2027, recognised=recognised).notes)
        assert "Năm 2026 chưa khóa sổ" not in said
        assert "Năm 2026 đã khóa sổ theo chuẩn khác" in said


def test_a_preliminary_table_of_a_closed_year_does_not_call_it_open(sample: Database) -> None:
    (line,) = paper(sample, "BC1", 2025, recognised=False).subtitle
    assert "số liệu theo sổ hộ hiện có" in line
    assert "khóa sổ" not in line


def test_a_plan_speaks_of_no_day_and_of_nothing_closed(sample: Database) -> None:
    plan = paper(sample, "THON", 2025)
    assert plan.data_date is None
    assert "khóa sổ" not in plan.subtitle[0]
    for doc, dated in ((plan, False), (paper(sample, "THON-TH", 2025), True)):
        pages = pypdfium2.PdfDocument(make.render(doc, "pdf"))
        assert ("Số liệu tính đến" in "".join(map(_text, pages))) is dated
        pages.close()


@pytest.mark.parametrize(("code", "persons"), [("BC1", True), ("THON", False), ("THON-TH", False)])
def test_notes_name_only_the_totals_the_table_has(
    sample: Database, code: str, persons: bool
) -> None:
    (note,) = (note for note in paper(sample, code, 2025).notes if note.startswith("Tổng số hộ"))
    assert ("nhân khẩu" in note) is persons


def test_an_open_year_speaks_of_the_last_day_anything_was_written(register: Register) -> None:
    register.household("Hộ")
    doc = paper(register.database)
    assert doc.data_date == TODAY
    assert "chưa khóa sổ" in doc.subtitle[0]
    earlier = paper(register.database, as_of=date(2026, 2, 1))
    assert earlier.data_date == date(2026, 2, 1)


def test_letterhead_and_signers_are_those_of_the_day_of_the_data(register: Register) -> None:
    later = date(2027, 1, 1)
    settings.save(
        register.database,
        register.context,
        {"issuing_body": "UBND XÃ MỚI", "signer_name": "Người Mới"},
        later,
    )
    old, new = paper(register.database, year=2026), paper(register.database, year=2027)
    assert old.letterhead is not None
    assert new.letterhead is not None
    assert old.letterhead.issuer == ("UBND xã Sơn Tây",)
    assert new.letterhead.issuer == ("UBND XÃ MỚI",)
    assert [old.signatures[1].name, new.signatures[1].name] == ["", "Người Mới"]


# --- status --------------------------------------------------------------------------------------


def test_a_report_without_a_preliminary_form_never_counts_computed_classes(
    register: Register,
) -> None:
    """THON-TH tells nowhere that it is preliminary: it would pass for official."""
    home = register.household("Hộ").uid
    register.give_class(home, "poor", year=2025)
    register.give_class(home, "not_poor", year=2026, valid_from=TODAY, source="decision")
    register.give_class(home, "poor", year=2026, valid_from=TODAY, source="computed")
    for code in ("THON", "THON-TH"):
        docs = [paper(register.database, code, recognised=recognised) for recognised in (0, 1)]
        assert docs[0] == docs[1]
        assert docs[0].extra["status"] == "official"
    asked = paper(register.database, "THON-TH", recognised=False)
    assert column(asked, "poor_closing")["Tổng cộng"] == 0
    preliminary = paper(register.database, "BC1", recognised=False)
    assert "SƠ BỘ" in preliminary.title[0]
    assert column(preliminary, "poor_households")["Tổng cộng"] == 1
    assert "CHÍNH THỨC" in paper(register.database, "BC1").title[0]


def test_the_year_that_has_two_standards(sample: Database) -> None:
    """2021 was reviewed under the old standard and, for the opening of 2022, under the new one."""
    own = paper(sample, "BC1", 2021)
    next_one = paper(sample, "BC1", 2021, standard="2022")
    assert (own.extra["standard"], next_one.extra["standard"]) == ("2016", "2022")
    opening = column(paper(sample, "THON", 2022), "poor_opening")
    assert opening == column(next_one, "poor_households")
    assert opening != column(own, "poor_households")


# --- which unit ----------------------------------------------------------------------------------


def test_the_unit_of_a_file(register: Register) -> None:
    assert areas.top_unit(register.database, FIRST_DAY) == register.commune
    with pytest.raises(AppError) as raised:
        areas.top_unit(register.database, date(2024, 12, 31))
    assert raised.value.code == "no_unit"
    assert "31/12/2024" in texts.error_text(raised.value)
    with write_unit(register.database, register.context, Op.SAVE_UNIT) as work:
        (province,) = areas.tree(register.database, FIRST_DAY).of_level(Level.PROVINCE)
        areas.add_area(
            work,
            Level.COMMUNE,
            name="Xã hai",
            kind="xa",
            parent=province.uid,
            valid_from=date(2026, 3, 1),
        )
    assert areas.top_unit(register.database, date(2026, 2, 28)) == register.commune
    assert areas.top_unit(register.database, date(2026, 3, 1)) == province.uid


def test_a_unit_that_is_not_there_is_refused_not_counted_as_nought(register: Register) -> None:
    gone = register.villages["B"]
    successions.record_succession(
        register.database,
        register.context,
        olds=[gone],
        news=[register.villages["A"]],
        reason="merged",
        effective_on=TODAY,
    )
    for unit, options in (
        (gone, {}),
        (UUID(int=7), {}),
        (register.commune, {"year": 2024}),
        (gone, {"geography": TODAY, "as_of": date(2026, 5, 31)}),
    ):
        with pytest.raises(AppError) as raised:
            paper(register.database, unit=unit, **{"year": 2026, **options})
        assert raised.value.code == "unit_not_there_then"
    assert paper(register.database, unit=gone, as_of=date(2026, 5, 31)).tables[0].rows


def test_a_movement_says_of_whom_its_opening_is_not_known(register: Register) -> None:
    """A village typed for a merged commune may have people of one whose list is not here."""
    act = (register.database, register.context)
    register.give_class(register.household("Nguyễn Văn A").uid, year=2025)
    merged_on = date(2026, 7, 1)
    second = register.second_commune("Xã hai", "D")
    new = successions.record_succession(
        *act, olds=[register.commune, second], news=[successions.NewUnit(name="Xã mới")],
        reason="merged", effective_on=merged_on,
    ).value[0]  # fmt: skip
    note = "Chưa biết số đầu năm 2026 của {}: sổ không có danh sách cuối năm 2025 của đơn vị ấy"
    doc = paper(register.database, "BC2", year=2026, unit=new)
    assert any(said.startswith(note.format("Thôn D")) for said in doc.notes)
    assert {cell.value for cell in doc.tables[0].rows[-1].cells} == {None}
    areas.add_village(*act, new, areas.NewVillage(name="Thôn E"), merged_on)
    doc = paper(register.database, "BC2", year=2026, unit=new)
    assert any(said.startswith(note.format("Thôn D, Thôn E")) for said in doc.notes)


def test_the_table_of_one_village_and_of_the_province(sample: Database) -> None:
    tree = areas.tree(sample, date(2026, 12, 31))
    whole = column(paper(sample), "poor_households")
    for village in tree.villages()[:3]:
        one = paper(sample, unit=village.uid)
        assert column(one, "poor_households") == {
            village.name: whole[village.name],
            "Tổng cộng": whole[village.name],
        }
        explained(sample, one)
    (province,) = tree.of_level(Level.PROVINCE)
    above = paper(sample, unit=province.uid)
    explained(sample, above)
    assert list(column(above, "poor_households").values()) == [whole["Tổng cộng"]] * 2


# --- what stands behind a number -----------------------------------------------------------------


def test_every_number_says_where_it_comes_from(sample: Database) -> None:
    for code in CODES:
        for label, row in cells(paper(sample, code)).items():
            for key, cell in row.items():
                assert cell.source is not None, (label, key)
                assert cell.source.unit is not None
                assert (cell.source.year, cell.source.as_of) in {(2026, None), (2025, None)}
                assert cell.source.standard == "2022"


def test_typed_and_computed_numbers_have_no_ids(sample: Database) -> None:
    row = cells(paper(sample, "THON"))["Tổng cộng"]
    for key in ("households", "poor_decrease", "poor_closing", "poor_closing_rate"):
        source = row[key].source
        assert source is not None
        assert make.explain(sample, source) == ()
    assert make.explain(sample, Source(measure="no such measure")) == ()


def test_the_ids_of_a_day_are_those_of_that_day(sample: Database) -> None:
    for day in (date(2023, 5, 1), date(2026, 6, 1)):
        doc = paper(sample, "BC1", day.year, as_of=day)
        assert explained(sample, doc) > 60


def test_the_ids_of_a_reopened_year_follow_the_register(register: Register) -> None:
    home = register.household("Một", "Hai").uid
    record = register.give_class(home, "poor")
    args = (register.database, register.context)
    close = {"year": 2026, "standard": STANDARD}
    classes.close_year(*args, **close, definition="f" * 64, commune=register.commune)
    with write_unit(*args, Op.SAVE_UNIT) as work:  # the services refuse it
        work.update(Kind.CLASS_RECORD, record, household_class="near_poor")
    frozen = paper(register.database)
    explained(register.database, frozen)
    assert column(frozen, "poor_persons")["Tổng cộng"] == 2
    classes.reopen_year(*args, **close, reason="sót")
    explained(register.database, paper(register.database))
    # A cell of the paper made before asks what is there now.
    source = cells(frozen)["Tổng cộng"]["poor_households"].source
    assert source is not None
    assert make.explain(register.database, source) == ()


def test_the_persons_of_more_households_than_a_statement_takes(
    register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    from giamngheo_desktop.storage import records, review_rows

    homes = [register.household(f"Hộ {n}", "Vợ").uid for n in range(7)]
    for home in homes:
        register.give_class(home, "poor")
    monkeypatch.setattr(review_rows, "batches", lambda uids: records.batches(list(uids), size=2))
    doc = paper(register.database)
    explained(register.database, doc)
    assert column(doc, "poor_persons")["Tổng cộng"] == 14


# --- refusals ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ({"code": "BC99"}, "unknown_report"),
        ({"year": 2015}, "no_standard"),
        ({"year": 2031}, "no_standard"),
        ({"standard": "1999"}, "unknown_standard"),
        ({"year": 2019}, "no_unit"),
    ],
)
def test_a_report_that_cannot_be_is_refused(
    sample: Database, options: dict[str, object], code: str
) -> None:
    with pytest.raises(AppError) as raised:
        paper(sample, **{"year": 2026, **options})  # type: ignore[arg-type]
    assert raised.value.code == code
    assert texts.error_text(raised.value)


def test_unknown_forms_and_unwritable_targets(sample: Database, tmp_path: Path) -> None:
    doc = paper(sample)
    with pytest.raises(AppError) as raised:
        make.render(doc, "odt")
    assert texts.error_text(raised.value) == refused(
        "unknown_format", name="odt", known="xlsx, pdf, docx, json"
    )
    (tmp_path / "thư mục").mkdir()
    for path, code in (
        (tmp_path / "không có" / "a.json", "file_folder_missing"),
        (tmp_path / "thư mục", "file_is_folder"),
        (sample.path, "target_is_data"),
    ):
        with pytest.raises(AppError) as raised:
            make.write(doc, "json", path)
        assert raised.value.code == code
    assert sample.damage(quick=True) is None
    assert set(MEASURES) >= {"poor_households"}
