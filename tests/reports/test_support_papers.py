"""Bảng kê, posting and household sheet of supports: golden texts, sums, widths, nobody's number."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import docx
import openpyxl
import pypdfium2
import pytest

from giamngheo_desktop.definitions.loader import DefinitionError, parse_toml
from giamngheo_desktop.definitions.support_lists import support_list_from
from giamngheo_desktop.domain.changes import Kind, Op
from giamngheo_desktop.domain.errors import AppError, RefusedError
from giamngheo_desktop.domain.support_list import FIELDS, without_numbers
from giamngheo_desktop.reports import make
from giamngheo_desktop.reports.as_text import as_text
from giamngheo_desktop.reports.document import NumberFormat, ReportDoc
from giamngheo_desktop.reports.household_supports import household_sheet
from giamngheo_desktop.reports.many import render_all
from giamngheo_desktop.reports.pdf import render_pdf
from giamngheo_desktop.reports.programme_tree import programme_tree
from giamngheo_desktop.reports.support_list import TO_POST, TO_SIGN, support_list
from giamngheo_desktop.services import households, settings
from giamngheo_desktop.services.programme import support_bulk, support_lists
from giamngheo_desktop.services.programme.support_bulk import ForMany, Receiver
from giamngheo_desktop.services.unit import write_unit
from tests.harness.register import FIRST_DAY, TODAY, Register, empty_database, make_register
from tests.harness.tables import definitions

Golden = Callable[[str, str], None]
BEFORE, AFTER = date(2026, 5, 30), date(2026, 5, 31)
LONG = "Nguyễn Thị Phương Thảo Nguyên Hồng Ngọc Bích Trâm Anh Khánhs"
NUMBERS = ("051080000001", "051185000002", "051080000003", "0912345678", "GD4051080000009")
PEOPLE = 200


class Scene:
    """A register with three households and what they got."""

    def __init__(self, register: Register) -> None:
        self.register = register
        values = {
            "issuing_body": "ỦY BAN NHÂN DÂN\nXÃ SƠN TÂY",
            "place_name": "Sơn Tây",
            "preparer_name": "Nguyễn Thị Hoài Thương",
            "signer_authority": "TM. ỦY BAN NHÂN DÂN",
            "signer_title": "CHỦ TỊCH",
            "signer_name": "Phan Xuân Đồng",
        }
        settings.save(register.database, register.context, values, FIRST_DAY)
        self.an = self._home("Lò Văn An", "Lò Thị Ba", numbers=NUMBERS, phone=NUMBERS[3])
        self.long = self._home(LONG, village="B", numbers=NUMBERS[2:])
        self.ca = self._home("Hồ Văn Cả", village="B", numbers=("",))
        self.hoi = self.put(
            Kind.BODY, area=register.commune, name="Hội Phụ nữ xã", valid_from=FIRST_DAY
        )

    def _home(
        self, *names: str, numbers: tuple[str, ...], village: str = "A", phone: str = ""
    ) -> UUID:
        register = self.register
        home = register.household(*names, village=village, address="Xóm Đồng Kẽm")
        members = tuple(
            replace(one, id_number=number or None, phone=phone or None)
            for one, number in zip(home.members, numbers, strict=False)
        )
        known = replace(home, members=members)
        households.save(register.database, register.context, known, day=FIRST_DAY)
        return home.uid

    def put(self, kind: Kind, **values: Any) -> UUID:
        with write_unit(self.register.database, self.register.context, Op.SAVE_RECORD) as work:
            return work.insert(kind, **values)

    def give(self, day: date, *receivers: Receiver, **event: Any) -> UUID:
        support, shares = event.pop("support", {}), event.pop("shares", {"central": 500_000})
        wanted = ForMany(
            event={"policy": "poor_fund_gift", "name": "Quà Tết", "supported_on": day, **event},
            receivers=receivers,
            shares=shares,
            support=support,
        )
        register = self.register
        done = support_bulk.support_many(
            register.database, register.context, definitions(), wanted, commune=register.commune
        )
        return done.value.event

    def homes(self) -> list[Receiver]:
        return [Receiver(household=uid) for uid in (self.an, self.long, self.ca)]

    def list(self, code: str, event: UUID) -> ReportDoc:
        found = support_lists.of_event(self.register.database, event)
        return support_list(
            self.register.database, definitions(), code, found, day=self.register.context.today()
        )


@pytest.fixture
def scene(tmp_path: Any) -> Iterator[Scene]:
    with empty_database(tmp_path / "Sổ hộ.db") as database:
        yield Scene(make_register(database))


def labels(doc: ReportDoc) -> list[str]:
    return [leaf.key for leaf in doc.tables[0].leaves]


def of_goods(scene: Scene, day: date) -> UUID:
    """Rice from two sources; the wife of the first receives, the second one's worth nobody
    wrote, the third one's comes by the bank.
    """
    an, long, ca = scene.homes()
    return scene.give(
        day,
        Receiver(household=an.household, values={"recipient": "Lò Thị Ba", "note": "chồng ốm"}),
        Receiver(household=long.household, shares={}),
        Receiver(household=ca.household, shares={"donors": 7}, values={"receipt": "bank"}),
        programme="2021",
        component="DA3-TDA1",
        decision_number="52/QĐ-UBND",
        decision_on=date(2026, 1, 5),
        body=scene.hoi,
        shares={"central": 500_000, "donors": 3},
        support={"item": "Gạo tẻ", "quantity": 1550, "unit": "kg", "specification": "bao 15,5 kg"},
    )


def test_a_list_to_sign_is_what_the_circular_of_its_day_asks(scene: Scene, golden: Golden) -> None:
    before = scene.list(TO_SIGN, of_goods(scene, BEFORE))
    after = scene.list(TO_SIGN, of_goods(scene, AFTER))
    assert set(labels(after)) - set(labels(before)) == {"id_number"}
    golden("supports/bang_ke_hien_vat_2023.txt", as_text(before))
    golden("supports/bang_ke_hien_vat_2026.txt", as_text(after))
    ids = [row.cells[0].value for row in after.tables[0].rows]
    assert ids[0] == NUMBERS[1]  # of his wife, who received; the head's own is another
    assert set(str(ids[1])) == {"."}  # nobody knows it: written by hand
    assert ids[2] == NUMBERS[2]


def test_money_from_one_source_needs_one_column_and_no_goods(scene: Scene, golden: Golden) -> None:
    doc = scene.list(TO_SIGN, scene.give(BEFORE, *scene.homes()))
    assert labels(doc) == ["number", "head", "address", "village", "amounts", "receipt", "note"]
    golden("supports/bang_ke_tien.txt", as_text(doc))


def test_cards_of_persons_stand_below_their_household(scene: Scene) -> None:
    members = scene.register.get(scene.an).members
    cards = [Receiver(household=scene.an, person=one.uid) for one in members]
    event = scene.give(AFTER, *cards, policy="health_insurance", name="Thẻ BHYT")
    doc = scene.list(TO_SIGN, event)
    (table,) = doc.tables
    assert [row.labels for row in table.rows] == [
        ("1", "Lò Văn An"), ("", ""), ("", "Tổng cộng: 1 hộ"),
    ]  # fmt: skip
    assert {table.cell(at, "person").value for at in (0, 1)} == {"Lò Văn An", "Lò Thị Ba"}
    posted = scene.list(TO_POST, event).tables[0]
    assert len(posted.rows) == 2
    assert [posted.cell(0, key).value for key in ("persons", "amount")] == [2, 1_000_000]


def test_sums_are_those_of_the_supports(scene: Scene) -> None:
    found = support_lists.of_event(scene.register.database, of_goods(scene, AFTER))
    (table,) = scene.list(TO_SIGN, found[0].event or UUID(int=0)).tables
    *_, total = range(len(table.rows))
    for source in ("central", "donors"):
        expected = sum(row.shares.get(source, 0) for row in found)
        assert table.cell(total, f"amounts.{source}").value == expected
    assert table.cell(total, "amounts").value == sum(row.amount or 0 for row in found)
    assert table.cell(total, "quantity").value == 3 * 1550 / 100


def test_days_and_contents_get_a_column_where_they_differ(scene: Scene) -> None:
    scene.give(BEFORE, *scene.homes())
    shares = dict.fromkeys(("central", "province", "commune", "donors"), 1)
    scene.give(AFTER, *scene.homes(), shares=shares, policy="electricity")
    database = scene.register.database
    found = support_lists.between(database, BEFORE, AFTER)
    doc = support_list(database, definitions(), TO_SIGN, found, day=TODAY)
    assert {"day", "content", "id_number"} <= {*labels(doc)}  # as the last of the days asks
    (table,) = doc.tables
    assert [row.labels[0] for row in table.rows] == ["1", "", "2", "", "3", "", ""]
    assert "NS xã 1" in str(table.cell(1, "note").value)  # too many for columns
    assert len(support_lists.between(database, BEFORE, BEFORE)) == 3
    assert support_lists.between(database, BEFORE, AFTER, unit=scene.register.villages["C"]) == []


def texts_of(doc: ReportDoc) -> dict[str, str]:
    """All that stands in the files of a document."""
    with pypdfium2.PdfDocument(render_pdf(doc).data) as pdf:
        printed = "\n".join(page.get_textpage().get_text_range() for page in pdf)
    book = openpyxl.load_workbook(io.BytesIO(make.render(doc, "xlsx")))
    cells = [str(cell.value) for sheet in book for row in sheet for cell in row if cell.value]
    word = docx.Document(io.BytesIO(make.render(doc, "docx")))
    xml = re.sub(r"<[^>]+>", "\n", word.element.xml)
    return {
        "pdf": printed, "xlsx": "\n".join(cells), "docx": xml,
        "json": make.render(doc, "json").decode(),
    }  # fmt: skip


def test_no_number_of_the_register_is_hung_out(scene: Scene, golden: Golden) -> None:
    event = scene.give(
        AFTER,
        *scene.homes(),
        name=f"Quà Tết, thẻ {NUMBERS[4]}",
        support={
            "content": f"thẻ {NUMBERS[0]}",
            "item": "Chăn 051 185 000 002",
            "quantity": 100,
            "unit": "cái",
            "specification": f"gọi {NUMBERS[3]}",
            "note": f"{NUMBERS[2]}, bệnh tim, sinh 05/1980",
            "recipient": f"Lò Thị Ba {NUMBERS[1]}",
        },
    )
    doc = scene.list(TO_POST, event)
    golden("supports/cong_khai.txt", as_text(doc))
    for form, text in texts_of(doc).items():
        plain = re.sub(r"[\s.\u00a0]", "", text)
        assert "Lò Văn An" in text.replace("\n", " "), form
        assert [number for number in NUMBERS if number in plain] == [], form
        assert not re.search("bệnh tim|1980|Xóm Đồng Kẽm|Lò Thị Ba", text), form
    found = support_lists.of_event(scene.register.database, event)
    for line in support_lists.posted(
        support_lists.lines(scene.register.database, definitions(), found)
    ):
        assert not any((line.id_number, line.recipient, line.address, line.note, line.person))
    signed = texts_of(scene.list(TO_SIGN, event))
    assert all(NUMBERS[2] in text for text in signed.values())  # the same look finds them there


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("CCCD 051080000001.", "CCCD …."),
        ("gọi 0912 345 678", "gọi …"),
        ("thẻ GD4051080000009", "thẻ …"),
        (
            "12 cái, năm 2026, 1.500.000 đồng, số 52/QĐ",
            "12 cái, năm 2026, 1.500.000 đồng, số 52/QĐ",
        ),
    ],
)
def test_numbers_that_tell_somebody_apart_are_taken_out(text: str, left: str) -> None:
    assert without_numbers(text) == left


def test_a_public_list_cannot_name_a_private_field() -> None:
    text = """
code = "x"
version = 1
label = "X"
valid_from = 2026-01-01
legal_basis = "X"
certainty = "to_confirm"
title = ["X"]
public = {public}
[[columns]]
field = "head"
label = "X"
[[columns]]
field = "{field}"
label = "X"
"""
    private = [code for code, one in FIELDS.items() if one.is_private]
    assert {"id_number", "note", "person", "receipt"} <= {*private}
    for field in private:
        support_list_from(parse_toml(text.format(public="false", field=field), "x.toml"))
        with pytest.raises(DefinitionError):
            support_list_from(parse_toml(text.format(public="true", field=field), "x.toml"))
    for versions in (definitions().support_lists[code] for code in (TO_SIGN, TO_POST)):
        assert all(one.legal_basis for one in versions)


def test_many_rows_repeat_their_headings_and_can_be_signed(scene: Scene) -> None:
    event = of_goods(scene, AFTER)
    found = support_lists.of_event(scene.register.database, event)
    args = scene.register.database, definitions(), TO_SIGN
    one = support_list(*args, found[:1], day=TODAY)
    many = support_list(*args, (found * PEOPLE)[:PEOPLE], day=TODAY)
    none = support_list(*args, [], day=TODAY)
    assert len(many.tables[0].rows) == PEOPLE + 1
    for doc, least in ((one, 1), (many, 10), (none, 1)):
        result = render_pdf(doc)
        with pypdfium2.PdfDocument(result.data) as pdf:
            assert len(pdf) >= least
            pages = [page.get_textpage().get_text_range() for page in pdf]
        assert all("Số định danh" in " ".join(page.split()) for page in pages[:-1])
        receipt = labels(doc).index("receipt")
        if doc is one:
            (cell,) = [cell for cell in result.cells if (cell.row, cell.column) == (0, receipt)]
            assert cell.top - cell.bottom > 30  # points: over ten millimetres
            assert cell.right - cell.left > 60
    assert "Không có hộ nào được hỗ trợ." in " ".join(pages[0].split())


def test_the_workbook_has_numbers_and_is_ready_to_print(scene: Scene) -> None:
    doc = scene.list(TO_SIGN, of_goods(scene, AFTER))
    sheet = openpyxl.load_workbook(io.BytesIO(make.render(doc, "xlsx"))).active
    assert sheet.page_setup.orientation == "landscape"
    assert (sheet.page_setup.fitToWidth, sheet.sheet_properties.pageSetUpPr.fitToPage) == (1, True)
    assert sheet.print_title_rows
    values = {cell.value for row in sheet for cell in row}
    assert {500_000, 500_003, 15.5, NUMBERS[1]} <= values
    formats = {leaf.key: leaf.format for leaf in doc.tables[0].leaves}
    assert formats["amounts"] is NumberFormat.MONEY


def test_a_workbook_of_long_goods_prints_as_large_as_any(scene: Scene) -> None:
    """It is as wide as a page, not as two that a print makes half as large."""

    def width(doc: ReportDoc) -> float:
        sheet = openpyxl.load_workbook(io.BytesIO(make.render(doc, "xlsx"))).active
        return sum(one.width for one in sheet.column_dimensions.values())

    plain = scene.list(TO_SIGN, scene.give(BEFORE, *scene.homes()))
    goods = {
        "item": "Bò cái lai Sind giống sinh sản 12–15 tháng tuổi",
        "specification": "Khối lượng từ 120 kg, thẻ tai VN-HT-0001, sản xuất tại Hương Sơn",
        "quantity": 150,
        "unit": "con",
        "note": "giao tại trại giống, đã tiêm phòng",
    }
    shares = {"central": 150_000_000, "province": 1_234_567_891, "people": 1}
    event = scene.give(AFTER, *scene.homes(), shares=shares, support=goods, policy="production")
    assert width(scene.list(TO_SIGN, event)) < 1.1 * width(plain)


def test_what_a_household_got_is_one_page(scene: Scene, golden: Golden) -> None:
    register, home = scene.register, scene.an
    for year, day in ((2024, FIRST_DAY), (2025, date(2025, 12, 1)), (2026, date(2026, 11, 1))):
        register.give_class(home, year=year, valid_from=day, source="decision")
    of_goods(scene, AFTER)
    person = register.get(home).members[1].uid
    scene.give(
        date(2025, 3, 1), Receiver(household=home, person=person), policy="health_insurance",
        name="Thẻ BHYT", year=2025, shares={},
    )  # fmt: skip
    officer = scene.put(
        Kind.OFFICER, area=register.commune, full_name="Phạm Thị Mai", title="Chi hội trưởng",
        body=scene.hoi, valid_from=FIRST_DAY,
    )  # fmt: skip
    scene.put(Kind.NEED, household=home, code="credit", valid_from=FIRST_DAY)
    scene.put(Kind.NEED, household=home, person=person, code="job", valid_from=FIRST_DAY)
    scene.put(
        Kind.ASSIGNMENT, area=register.commune, household=home, officer=officer,
        valid_from=FIRST_DAY,
    )  # fmt: skip
    scene.put(Kind.VISIT, household=home, officer=officer, visited_on=date(2026, 9, 2))
    scene.put(
        Kind.HOUSEHOLD_PLAN, household=home, year=2026, measures="vay vốn nuôi bò",
        officer=officer, deadline=date(2026, 12, 1), registered=True,
    )  # fmt: skip
    doc = household_sheet(register.database, definitions(), home, today=TODAY)
    golden("supports/phieu_ho.txt", as_text(doc))
    march = date(2025, 3, 1)  # what came later is not in the sum of what is said "đến ngày"
    until = household_sheet(register.database, definitions(), home, today=TODAY, last=march)
    assert until.subtitle == ("Các hỗ trợ từ ngày 01/01/2021, theo sổ đến ngày 01/03/2025",)
    early = household_sheet(register.database, definitions(), home, today=march)
    assert [row.labels for row in early.tables[0].rows] == [
        row.labels for row in until.tables[0].rows
    ]
    assert len(until.tables[0].rows) < len(doc.tables[0].rows)
    other = household_sheet(register.database, definitions(), scene.ca, today=TODAY)
    with pypdfium2.PdfDocument(render_all([doc, other], "pdf")) as pdf:
        assert len(pdf) == 2
    book = openpyxl.load_workbook(io.BytesIO(render_all([doc, other], "xlsx")))
    assert book.sheetnames == ["Lò Văn An", "Hồ Văn Cả"]
    assert docx.Document(io.BytesIO(render_all([doc, other], "docx"))).sections[1:]
    assert render_all([doc, other], "json").startswith(b"[{")
    with pytest.raises(AppError):
        render_all([doc, other], "txt")
    with pytest.raises(RefusedError):
        household_sheet(register.database, definitions(), UUID(int=7), today=TODAY)


def test_programmes_print_with_what_is_sure_of_them(golden: Golden) -> None:
    found = definitions().live_programmes(2026)
    doc = programme_tree(found, 2026)
    golden("supports/cay_chuong_trinh.txt", as_text(doc))
    assert [len(table.rows) for table in doc.tables] == [18, 17]
    for table, one in zip(doc.tables, found, strict=True):
        assert [row.labels[1] for row in table.rows] == [part.code for part in one.walk()]
    book = openpyxl.load_workbook(io.BytesIO(make.render(doc, "xlsx")))
    assert book.sheetnames == ["2021", "2026"]
    with pytest.raises(ValueError, match="no programme"):
        programme_tree([])
