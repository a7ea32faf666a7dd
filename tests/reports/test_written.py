"""Plans and reports as official papers: what they print, in which form, and that issued ones stand.

The golden holds a whole plan as lines; bytes are compared where an issued one is printed again.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import docx
import pypdfium2
import pytest

from giamngheo_desktop.domain.changes import Kind, Op
from giamngheo_desktop.domain.errors import RefusedError
from giamngheo_desktop.reports import issued, make, written_doubts, written_issue
from giamngheo_desktop.reports.as_text import as_text
from giamngheo_desktop.reports.asked import Stamp
from giamngheo_desktop.reports.document import Paragraph, ReportDoc
from giamngheo_desktop.reports.many import render_all
from giamngheo_desktop.reports.pdf import render_bundle
from giamngheo_desktop.reports.village_targets import of_plan_in_hand
from giamngheo_desktop.reports.written import written
from giamngheo_desktop.services import issuing, settings, undo
from giamngheo_desktop.services.documents import heads, reading, sections, versions
from giamngheo_desktop.services.documents.doubts import DocumentDoubt
from giamngheo_desktop.services.programme import entries, plan_components
from giamngheo_desktop.services.reporting import schedules
from giamngheo_desktop.services.targets.tracking import track
from giamngheo_desktop.services.unit import write_unit
from giamngheo_desktop.storage import records
from tests.harness.helping import Help
from tests.harness.money import entry, line, put, support
from tests.harness.register import Register, empty_database, make_register
from tests.harness.report_rows import type_population
from tests.harness.review import shipped

YEAR, TODAY = 2026, date(2026, 12, 31)
SETTINGS = {
    "superior_body": "UBND TỈNH HÀ TĨNH",
    "issuing_body": "ỦY BAN NHÂN DÂN\nXÃ SƠN TÂY",
    "place_name": "Sơn Tây",
    "signer_authority": "TM. ỦY BAN NHÂN DÂN",
    "signer_title": "CHỦ TỊCH",
    "signer_name": "Hồ Văn Một",
    "report_recipients": "UBND tỉnh\n- Thường trực Đảng ủy;\nLưu: VT.",
    "report_addressee": "Ủy ban nhân dân tỉnh",
}


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Register]:
    with empty_database(tmp_path / "Sổ hộ.db") as database:
        found = make_register(database)
        settings.save(database, found.context, SETTINGS, date(2025, 1, 1))
        yield found


def save(desk: Register, kind: Kind, /, **values: Any) -> UUID:
    form = shipped().records[kind]
    known = {"area": desk.commune, "year": YEAR}
    asked = {code: value for code, value in values.items() if code in form.form.fields}
    given = {name: value for name, value in {**known, **values}.items() if name not in asked}
    held = set(entries.records.columns(kind))
    given = {name: value for name, value in given.items() if name in held}
    return entries.save(desk.database, desk.context, form, asked, given=given).value


def begin(desk: Register, layout: str = "ke_hoach_chuan") -> UUID:
    known = (desk.database, desk.context, shipped())
    return sections.begin(*known, desk.commune, YEAR, layout).value


def begin_report(desk: Register, period: str = "Y", layout: str = "bao_cao_nam") -> UUID:
    known = (desk.database, desk.context, shipped(), desk.commune, YEAR, layout)
    return sections.begin_report(*known, period).value


def docs_of(desk: Register, document: UUID) -> tuple[ReportDoc, ...]:
    return written(desk.database, shipped(), document, today=TODAY)


def section(desk: Register, document: UUID, code: str) -> UUID:
    found = reading.read(desk.database, shipped(), document)
    return next(one.uid for one in found.walk() if one.code == code)


def text_of(doc: ReportDoc) -> list[str]:
    return [piece.text for piece in doc.body if isinstance(piece, Paragraph)]


def filled(desk: Register) -> UUID:
    """A plan with something of each kind."""
    known = (desk.database, desk.context)
    plan = begin(desk)
    plan_components.take(*known, shipped().programme("2021"), desk.commune, YEAR)
    body = save(desk, Kind.BODY, name="Trạm Y tế xã", kind="office", valid_from=date(2025, 1, 1))
    for content, of in (("Cân, đo trẻ em.", "organisation"), ("Tuyên truyền", "solution")):
        save(desk, Kind.TASK, content=content, section=of, body=body)
    save(desk, Kind.TASK, content="Việc chưa giao ai", section="organisation")
    due = date(2026, 6, 20)
    save(desk, Kind.TASK, content="Báo cáo", section="reporting", recipient="UBND tỉnh", due_on=due)
    for at, (indicator, pursued, dimension) in enumerate(
        (("HN-TL", 194, None), ("MH-MOI", 100, None), ("YT-BHYT", 10_000, "health"))
    ):
        save(
            desk, Kind.TARGET, indicator=indicator, pursued=pursued, dimension=dimension,
            groups=(), position=at, document=plan, key=f"k{at}",
        )  # fmt: skip
    home = desk.household("Lò Thị An").uid
    save(
        desk, Kind.ACTIVITY, kind="model", name="Mô hình nuôi bò", programme="2021",
        component="DA2", body=body, state="planned", starts_on=date(2026, 3, 5),
        participants=({"household": home}, {"name": "Hợp tác xã"}),
    )  # fmt: skip
    save(
        desk, Kind.SUPPORT, household=home, policy="production", supported_on=date(2026, 5, 1),
        item="Bò giống", shares=({"source": "central", "amount": 17_000_000},),
    )  # fmt: skip
    put(desk, Kind.BUDGET_LINE, line(5_000_000, "assigned", programme="2021", component="DA2"))
    schedules.take(*known, shipped(), plan, "cam_phuc_nam_2023")
    sections.include(*known, section(desk, plan, "annex_targets"), True)
    return plan


def page_texts(data: bytes) -> list[str]:
    with pypdfium2.PdfDocument(data) as pdf:
        return [page.get_textpage().get_text_range() for page in pdf]


def test_a_plan_whole(desk: Register, golden: Callable[[str, str], None]) -> None:
    docs = docs_of(desk, filled(desk))
    golden("written_plan.txt", "\n".join(as_text(doc) for doc in docs))
    main, annex = docs
    assert main.letterhead is not None
    assert main.letterhead.number.split() == ["Số:", "/KH-UBND"]
    assert main.letterhead.place_date.split() == ["Sơn", "Tây,", "ngày", "tháng", "năm", "2026"]
    assert (main.landscape, annex.landscape) == (False, True)
    assert text_of(main)[-1].endswith("nghiêm túc triển khai thực hiện./.")
    assert annex.title[0] == "Phụ lục"
    assert text_of(annex)[0].startswith("(Kèm theo Kế hoạch số ……/KH-UBND ngày …… tháng")
    everything = "".join(as_text(doc) for doc in docs)
    assert "Lò Thị An" not in everything  # who is helped is counted, not named


def test_pdf_and_word_say_the_same(desk: Register) -> None:
    docs = docs_of(desk, filled(desk))
    pages = page_texts(render_bundle(docs).data)
    assert "KẾ HOẠCH" in pages[0]
    assert pages[1].lstrip().startswith("2")  # above, not on the first page
    assert pages[-1].lstrip().startswith("Phụ lục")  # numbered by itself
    word = docx.Document(io.BytesIO(render_all(docs, "docx")))
    said = "\n".join(one.text for one in word.paragraphs)
    for doc in docs:
        for text in text_of(doc):
            assert text in said
    assert [one.orientation for one in word.sections] == [0, 1]
    assert len(word.tables) >= sum(len(doc.tables) for doc in docs)


def test_a_report_is_addressed_and_holds_its_period_alone(desk: Register) -> None:
    for name, month in (("Lớp tháng ba", 3), ("Lớp cuối năm", 12)):
        save(desk, Kind.ACTIVITY, kind="other", name=name, starts_on=date(2026, month, 1))
    save(desk, Kind.ACTIVITY, kind="other", name="Chưa rõ ngày")
    quarter = docs_of(desk, begin_report(desk, "Q1", "bao_cao_dinh_ky"))[0]
    year = docs_of(desk, begin_report(desk))[0]
    assert quarter.letterhead is not None
    assert quarter.letterhead.number.endswith("/BC-UBND")
    assert text_of(quarter)[0] == "Kính gửi: Ủy ban nhân dân tỉnh"
    assert "quý I năm 2026" in " ".join(quarter.title)
    assert "Lớp tháng ba" in as_text(quarter)
    assert "Lớp cuối năm" not in as_text(quarter)
    assert all(name in as_text(year) for name in ("tháng ba", "cuối năm", "Chưa rõ ngày"))


def test_texts_are_set_as_the_law_has_them(desk: Register) -> None:
    known = (desk.database, desk.context)
    plan = versions.begin(*known, desk.commune, YEAR, title="KẾ HOẠCH").value
    head = {
        "grounds": "Căn cứ A,\nCăn cứ B", "closing": "Trên đây là Kế hoạch.",
        "recipients": "A;\n- B\nLưu: VT", "number": "7", "signed_on": date(2026, 2, 3),
    }  # fmt: skip
    heads.save(*known, plan, **head)
    above = sections.add(*known, plan, title="Mục tiêu", text="- Một\n\n+ Hai").value
    sections.add(*known, plan, parent=above, title="Riêng:", text="đi liền.")
    sections.add(*known, plan, parent=above, title="Riêng:", text="- không đi liền")
    (doc,) = docs_of(desk, plan)
    assert text_of(doc) == [
        "Căn cứ A;", "Căn cứ B.", "I. MỤC TIÊU", "- Một", "+ Hai", "1. Riêng: đi liền.",
        "2. Riêng:", "- không đi liền", "Trên đây là Kế hoạch./.",
    ]  # fmt: skip
    assert doc.recipients == ("- A;", "- B;", "- Lưu: VT.")
    assert doc.letterhead is not None
    assert doc.letterhead.number == "Số: 07/KH-UBND"
    assert doc.letterhead.place_date.endswith(", ngày 03 tháng 02 năm 2026")


def test_an_issued_plan_is_printed_again_alike(desk: Register) -> None:
    known = (desk.database, desk.context)
    plan = filled(desk)
    heads.save(*known, plan, closing="Hết.")
    stamp = Stamp(number="12", issued_on=date(2026, 2, 3))
    uid = written_issue.issue(desk.database, shipped(), desk.context, plan, stamp).value
    step = undo.next_step(desk.database)
    assert step is not None
    undo.undo(*known, step.group)  # both, the paper and the version
    assert issuing.issued(desk.database) == []
    assert reading.read(desk.database, shipped(), plan).is_draft
    uid = written_issue.issue(desk.database, shipped(), desk.context, plan, stamp).value
    first = render_all(issued.load(desk.database, uid), "pdf")
    row = issuing.get(desk.database, uid)
    assert (row.number, row.signer) == ("12/KH-UBND", "Hồ Văn Một")
    main, annex = issued.load(desk.database, uid)
    assert main.letterhead is not None
    assert main.letterhead.number == "Số: 12/KH-UBND"
    assert main.letterhead.place_date == "Sơn Tây, ngày 03 tháng 02 năm 2026"
    assert len(main.signatures) == 1
    assert "số 12/KH-UBND ngày 03 tháng 02 năm 2026 của" in text_of(annex)[0]
    with pytest.raises(RefusedError, match="plan_stands"):
        heads.save(*known, plan, closing="Khác.")
    put(desk, Kind.BUDGET_LINE, line(9_000_000, "assigned", programme="2021", component="DA2"))
    assert render_all(issued.load(desk.database, uid), "pdf") == first
    # The next version says what it replaces.
    again = versions.next_version(*known, plan, versions.Change.REPLACES).value
    said = text_of(docs_of(desk, again)[0])
    assert said[-2].startswith("Kế hoạch này thay thế Kế hoạch số 12/KH-UBND ngày 03 tháng 02")


def test_a_version_prints_its_own_village_numbers(desk: Register) -> None:
    known = (desk.database, desk.context)
    plan = begin(desk)
    place = {"area": desk.villages["A"], "year": YEAR}
    with write_unit(*known, Op.SAVE_TARGETS) as work:
        work.insert(Kind.VILLAGE_TARGET, **place, document=plan, poor_decrease=3)
    versions.issue(*known, plan, date(2026, 2, 1))
    again = versions.next_version(*known, plan, versions.Change.ADJUSTS).value
    with desk.database.reader() as connection:
        (row,) = records.find(connection, Kind.VILLAGE_TARGET, document=again)
    with write_unit(*known, Op.SAVE_TARGETS) as work:
        work.update(Kind.VILLAGE_TARGET, row["uid"], poor_decrease=7)
    for document, number in ((plan, 3), (again, 7)):
        table = docs_of(desk, document)[0].tables[0]
        assert table.cell(0, "poor_decrease").value == number


def test_a_plan_has_one_rate_of_the_start(desk: Register) -> None:
    """Its table, its analysis and its targets divide by the households of the year before, whatever
    the year of the plan ends with; the end by those too, or by the expected ones.
    """
    plan, here = begin(desk), Help(desk)
    for at in range(4):
        here.home(f"Hộ {at}", "poor", village="A")
    type_population(desk, YEAR - 1, A=(100, 400), B=(50, 200), C=(50, 200))
    type_population(desk, YEAR, A=(300, 900, TODAY), B=(50, 200), C=(50, 200))
    for village, given in (("A", {"poor_decrease": 1}), ("B", {"poor_decrease": 0}),
                           ("C", {"poor_decrease": 0})):  # fmt: skip
        here.add(Kind.VILLAGE_TARGET, area=desk.villages[village], year=YEAR, document=plan,
                 **given)  # fmt: skip
    here.add(Kind.TARGET, document=plan, key="k", indicator="HN-TL", pursued=150)
    (main, *_) = docs_of(desk, plan)
    table = main.tables[0]
    total = len(table.rows) - 1
    rates = ("poor_opening_rate", "poor_decrease_rate", "poor_closing_rate")
    assert [str(table.cell(total, key).value) for key in rates] == ["2.00", "0.50", "1.50"]
    assert table.cell(total, "households").value == 200
    assert any("có 04 hộ nghèo" in text and "2,00%" in text for text in text_of(main))
    assert "Tổng số hộ gia đình: số cuối năm 2025." in text_of(main)
    alone = of_plan_in_hand(desk.database, shipped(), unit=desk.commune, year=YEAR)
    assert alone.tables[0].rows == table.rows
    homes, version = alone.subtitle[-2:]  # under titles that are alike
    assert homes == "Tổng số hộ gia đình: số cuối năm 2025"
    assert version == "Theo bản dự thảo kế hoạch năm 2026"
    assert not any("Tổng số hộ gia đình" in note for note in alone.notes)
    form = make.make(desk.database, shipped(), "THON", year=YEAR)
    said = "Tổng số hộ gia đình: số của năm 2026; tỷ lệ, cả đầu năm, chia cho số ấy"
    assert form.subtitle[-1] == said
    (line,) = track(desk.database, shipped(), desk.commune, YEAR, date(YEAR, 1, 10)).lines
    assert line.baseline is not None
    assert line.baseline.value == line.value == 2
    with desk.database.reader() as connection:
        (row,) = records.find(connection, Kind.VILLAGE_TARGET, area=desk.villages["A"])
    with write_unit(desk.database, desk.context, Op.SAVE_TARGETS) as work:
        work.update(Kind.VILLAGE_TARGET, row["uid"], expected_households=140)
    table = docs_of(desk, plan)[0].tables[0]
    assert [str(table.cell(total, key).value) for key in rates] == ["2.00", "0.50", "1.25"]
    assert table.cell(total, "expected").value == 240


def test_what_cannot_be_made_says_why(desk: Register) -> None:
    plan = versions.begin(desk.database, desk.context, desk.commune, 2010, title="KẾ HOẠCH").value
    sections.add(desk.database, desk.context, plan, title="Bảng", content="village_table")
    (doc,) = docs_of(desk, plan)
    assert any(one.startswith("[Chưa lập được phần này: ") for one in text_of(doc))
    sections.add(desk.database, desk.context, plan, title="Biến động", content="movement")
    said = "“Biến động hộ nghèo, hộ cận nghèo” là phần của báo cáo, kế hoạch không có"
    assert f"[Chưa lập được phần này: {said}.]" in " ".join(text_of(docs_of(desk, plan)[0]))


def test_a_report_tells_of_the_days_up_to_its_cut(desk: Register) -> None:
    """The plan closes the first quarter on 14/03; what is signed earlier knows less."""
    known = (desk.database, desk.context, shipped())
    schedules.take(*known, begin(desk), "cam_phuc_nam_2023")
    for name, month, day in (("Lớp một", 2, 20), ("Lớp hai", 3, 13), ("Lớp ba", 3, 20)):
        save(desk, Kind.ACTIVITY, kind="other", name=name, starts_on=date(YEAR, month, day))
    first, second = (begin_report(desk, one, "bao_cao_dinh_ky") for one in ("Q1", "Q2"))
    told = {}
    for document, signed in ((first, None), (first, date(YEAR, 3, 1)), (second, None)):
        doc = written(desk.database, shipped(), document, today=TODAY, signed_on=signed)[0]
        said = as_text(doc).partition("Hoạt động dự kiến")[0]
        names = [name for name in ("Lớp một", "Lớp hai", "Lớp ba") if f"- {name} (" in said]
        told[document, signed] = (doc.subtitle, names)
        due = as_text(doc).partition("Báo cáo phải gửi")[2]
        assert "Báo cáo quý III: " in due or document == first
        assert ("Báo cáo quý II: " in due) == (document == first)  # none has itself still to do
    assert told == {
        (first, None): (("(Số liệu tính đến ngày 14/03/2026)",), ["Lớp một", "Lớp hai"]),
        (first, date(YEAR, 3, 1)): (("(Số liệu tính đến ngày 01/03/2026)",), ["Lớp một"]),
        (second, None): (("(Số liệu tính đến ngày 14/06/2026)",), ["Lớp ba"]),
    }


def test_a_plan_says_what_is_planned(desk: Register) -> None:
    """One that is signed in January knows nothing of what came later, however late it prints."""
    here, part = Help(desk), {"programme": "2021", "component": "DA2"}
    home = here.home("Một")
    here.visit(home, date(YEAR, 5, 6))
    here.add(Kind.INCIDENT, household=home, happened_on=date(YEAR, 6, 3), kind="natural_disaster")
    save(desk, Kind.ACTIVITY, kind="other", name="Lớp nghề", state="done", result="Đã dạy xong",
         starts_on=date(YEAR, 9, 15))  # fmt: skip
    save(desk, Kind.ACTIVITY, kind="dialogue", name="Đối thoại", starts_on=date(YEAR, 9, 1),
         items=({"content": "Sửa đường"},))  # fmt: skip
    save(desk, Kind.ACTIVITY, kind="other", name="Lớp đã bỏ", state="dropped")
    money = (("assigned", 11_000, 1, 5), ("assigned", 7_000, 2, 2), ("disbursed", 333, 1, 6))
    for stage, amount, month, day in money:
        booked = date(YEAR, month, day)
        put(desk, Kind.BUDGET_LINE, line(amount, stage, booked_on=booked, **part))
    put(desk, Kind.FUND_ENTRY, entry("in", "2026-01-02", 500), entry("out", "2026-01-03", 222))
    support(desk, home, "2026-02-10", {"poor_fund": 40}, policy="poor_fund_gift", content="Quà")
    plan = begin(desk)
    sections.add(desk.database, desk.context, plan, title="Bảng kê", content="budget_lines")
    save(desk, Kind.TARGET, indicator="HN-TL", assigned=194, document=plan, key="k", groups=(),
         assigned_by="Quyết định số 9/QĐ-UBND", assigned_on=date(YEAR, 1, 15))  # fmt: skip
    sections.add(desk.database, desk.context, plan, title="Được giao", content="targets_assigned")
    signed = date(YEAR, 1, 10)
    told = written_doubts.doubts(desk.database, shipped(), plan, TODAY, signed)
    (later,) = (one for one in told if one.doubt is DocumentDoubt.CITES_LATER)
    assert (later.params["name"], later.params["day"]) == ("Quyết định số 9/QĐ-UBND", "15/01/2026")
    docs = written(desk.database, shipped(), plan, today=TODAY, signed_on=signed)
    said = "\n".join(map(as_text, docs))
    for shown in ("Lớp nghề", "15/09/2026", "11.000", "| 500"):
        assert shown in said, shown
    for hidden in ("Đã xong", "dạy xong", "Lớp đã bỏ", "7.000", "18.000", "333", "222", "Quà",
                   "Sửa đường", "Thiên tai", "Lượt thăm", "đồng, %"):  # fmt: skip
        assert hidden not in said, hidden


def test_a_year_of_another_standard_says_so(desk: Register) -> None:
    known = (desk.database, desk.context, shipped(), desk.commune)
    next_plan = sections.begin(*known, YEAR + 1, "ke_hoach_chuan").value
    said = "áp dụng Chuẩn nghèo 2027–2030: số năm 2026 theo Chuẩn nghèo 2022–2026 không so sánh"
    assert said in as_text(docs_of(desk, next_plan)[0])
    assert "không so sánh" not in as_text(docs_of(desk, begin(desk))[0])


def test_half_a_year_is_named_once(desk: Register) -> None:
    (doc, *_) = docs_of(desk, begin_report(desk, "H1", "bao_cao_dinh_ky"))
    assert "6 tháng đầu năm 2026 trên địa bàn" in " ".join(doc.title)


def test_what_was_given_stands_beside_what_is_aimed_at(desk: Register) -> None:
    """As the plan of 2021 says both; a section of what was given says it alone."""
    plan = versions.begin(desk.database, desk.context, desk.commune, YEAR).value
    save(desk, Kind.TARGET, indicator="HN-TL", assigned=206, pursued=194, document=plan, key="k",
         groups=())  # fmt: skip
    sections.add(desk.database, desk.context, plan, title="Chỉ tiêu", content="targets")
    (doc,) = written(desk.database, shipped(), plan, today=TODAY)
    assert "Tỷ lệ hộ nghèo toàn xã còn 1,94% (giao 2,06%; phấn đấu 1,94%)" in as_text(doc)
    sections.add(desk.database, desk.context, plan, title="Được giao", content="targets_assigned")
    (doc,) = written(desk.database, shipped(), plan, today=TODAY)
    assert "(giao" not in as_text(doc)
    assert "còn 2,06%" in as_text(doc)
