"""What is signed bears the offices and signers of that day, and is not signed before what it
tells."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from uuid import UUID

import openpyxl
import pytest

from giamngheo_desktop import texts
from giamngheo_desktop.domain.confirmation import What
from giamngheo_desktop.domain.errors import RefusedError
from giamngheo_desktop.exports.table_read import read_table
from giamngheo_desktop.reports import issued, make
from giamngheo_desktop.reports.asked import Asked, ListAsked, PaperAsked, ReportAsked, Stamp, made
from giamngheo_desktop.reports.issued import CONFIRMATION
from giamngheo_desktop.reports.issued_difference import difference
from giamngheo_desktop.reports.papers import make_paper
from giamngheo_desktop.services import issuing, settings, table_templates
from giamngheo_desktop.services.confirming import Confirmation
from giamngheo_desktop.services.papers.about import About
from tests.harness.own_tables import workbook
from tests.harness.register import TODAY, Register, empty_database, make_context, make_register
from tests.harness.tables import definitions
from tests.services.test_corrections import NEAR, POOR, close, correct, home

DEFS = definitions()
DAY = timedelta(days=1)
CHANGED = date(2026, 7, 1)  # the district has ended, another chairman signs
AS_OF = date(2026, 6, 30)
DECIDED = date(2025, 12, 15)  # the newest decision of the closed year
CLOSED = date(2025, 12, 18)
OLD = {
    "superior_body": "UBND HUYỆN A",
    "issuing_body": "UBND XÃ B",
    "signer_name": "Hồ Văn Một",
    "report_recipients": "UBND huyện",
}
NEW = {
    "superior_body": "UBND TỈNH C",
    "issuing_body": "UBND XÃ B",
    "signer_name": "Hồ Thị Hai",
    "report_recipients": "UBND tỉnh",
}


@pytest.fixture(scope="module")
def reg(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Register]:
    with empty_database(tmp_path_factory.mktemp("signed") / "so.db") as database:
        made = make_register(database, "AB")
        for values, day in ((OLD, date(2025, 1, 1)), (NEW, CHANGED)):
            settings.save(database, made.context, values, day)
        home(made, "Một", "A", (2025, POOR))
        close(made.on(str(CLOSED)), 2025)
        yield made


def issue(reg: Register, asked: Asked, day: date) -> UUID:
    docs = made(reg.database, DEFS, asked, today=TODAY)
    stamp = Stamp(number="", issued_on=day)
    return issued.issue(reg.database, DEFS, reg.context, docs, asked, stamp).value


BC1 = ReportAsked(code="BC1", year=2025)
POOR_LIST = ListAsked(code="ho_ngheo", year=2025)


@pytest.mark.parametrize("asked", [BC1, POOR_LIST], ids=["table", "list"])
@pytest.mark.parametrize(("day", "values"), [(CHANGED - DAY, OLD), (CHANGED, NEW)])
def test_offices_and_signer_are_those_of_the_signing_day(
    reg: Register, asked: ReportAsked | ListAsked, day: date, values: dict[str, str]
) -> None:
    uid = issue(reg, asked, day)
    (doc,) = issued.load(reg.database, uid)
    assert doc.letterhead is not None
    assert doc.letterhead.superior == (values["superior_body"],)
    assert doc.signatures[-1].name == values["signer_name"]
    assert doc.recipients == ((values["report_recipients"],) if asked is BC1 else ())
    assert f"{day:%d} tháng {day.month} năm 2026" in doc.letterhead.place_date
    assert issued.proposed_signer(reg.database, doc, asked, day) == values["signer_name"]
    assert difference(reg.database, DEFS, uid, today=TODAY).is_none


def test_the_workbook_of_a_table_of_the_unit_is_signed_by_the_same(
    reg: Register, tmp_path: Path
) -> None:
    shape, data = read_table(workbook(tmp_path / "Biểu tỉnh.xlsx"))
    saved = table_templates.save(
        reg.database, reg.context, name="Biểu tỉnh", shape=shape, data=data
    )
    asked = ReportAsked(code=saved.value, year=2025)
    for day, values in ((CHANGED - DAY, OLD), (CHANGED, NEW)):
        uid = issue(reg, asked, day)
        (doc,) = issued.load(reg.database, uid)
        sheet = openpyxl.load_workbook(io.BytesIO(make.render(doc, "xlsx"))).active
        assert sheet is not None
        written = {cell.value for row in sheet.iter_rows() for cell in row}
        assert values["signer_name"] in written
        assert doc.signatures[-1].name == values["signer_name"]
        assert difference(reg.database, DEFS, uid, today=TODAY).is_none


def first_day(reg: Register, kind: str) -> tuple[Asked, date]:
    """What is asked for, and the first day on which it can be signed."""
    of_home = find(reg)
    asks: dict[str, tuple[Asked, date]] = {
        "closed year": (BC1, CLOSED),
        "list of a closed year": (POOR_LIST, CLOSED),
        "day": (ReportAsked(code="BC1", year=2026, as_of=AS_OF), AS_OF),
        "list of a day": (ListAsked(code="ho_ngheo", year=2026, as_of=AS_OF), AS_OF),
        "open year": (ReportAsked(code="BC2", year=2026), date(2026, 1, 1)),
        "sheet of a day": (
            PaperAsked(code="phieu_thong_tin_ho", about=About(household=of_home, day=AS_OF)),
            AS_OF,
        ),
    }
    return asks[kind]


def find(reg: Register) -> UUID:
    (table,) = made(reg.database, DEFS, POOR_LIST, today=TODAY)[0].tables
    (one,) = {row.household for row in table.rows if row.household}
    return one


KINDS = (
    "closed year",
    "list of a closed year",
    "day",
    "list of a day",
    "open year",
    "sheet of a day",
)


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_signed_before_what_it_tells_of(reg: Register, kind: str) -> None:
    asked, first = first_day(reg, kind)
    with pytest.raises(RefusedError) as caught:
        issue(reg, asked, first - DAY)
    assert caught.value.code == "issued_before_data"
    assert f"ngày {first:%d/%m/%Y}" in caught.value.params["why"]
    assert issue(reg, asked, first)


def test_a_year_that_is_closed_is_signed_whatever_the_clock_says(reg: Register) -> None:
    slow = make_context(start=datetime.fromisoformat("2025-11-28 08:00"), seed=9)
    late = replace(reg, context=slow)
    for asked in (BC1, POOR_LIST):
        with pytest.raises(RefusedError) as caught:
            issue(late, asked, slow.today())
        assert caught.value.code == "issued_before_data"
        with pytest.raises(RefusedError) as caught:
            issue(late, asked, CLOSED + DAY)
        said = texts.error_text(caught.value)
        assert said == (
            "Ngày ký 19/12/2025 chưa đến: văn bản này chỉ ký được ngày 18/12/2025."
        )  # its first day is the last one, too
        uid = issue(late, asked, CLOSED)
        with pytest.raises(RefusedError, match="event_in_future"):
            issuing.cancel(reg.database, slow, uid, reason="Nhầm", day=CLOSED + DAY)
        issuing.cancel(reg.database, slow, uid, reason="Nhầm", day=CLOSED)


def test_the_reason_is_told(reg: Register, tmp_path: Path) -> None:
    """The closing, the decision that is newer than it, the correction that began lần 2."""
    with empty_database(tmp_path / "so.db") as database:
        made = make_register(database, "AB")
        homes = [home(made, name, "A", (2025, POOR)) for name in ("Một", "Hai")]
        close(made.on("2025-12-10"), 2025)
        assert refusal(made, BC1, DECIDED - DAY) == (
            "quyết định mới nhất của năm 2025 ký ngày 15/12/2025"
        )
        correct(made.on("2026-02-03"), homes[0], NEAR)
        for asked in (BC1, POOR_LIST):
            said = refusal(made, asked, date(2026, 2, 2))
            assert said == "số liệu lần 2 có từ đính chính ngày 03/02/2026"
            assert issue(made, asked, date(2026, 2, 3))
    assert refusal(reg, BC1, CLOSED - DAY) == "năm 2025 khóa sổ ngày 18/12/2025"


def refusal(reg: Register, asked: Asked, day: date) -> object:
    with pytest.raises(RefusedError) as caught:
        issue(reg, asked, day)
    return caught.value.params["why"]


@pytest.mark.parametrize("when", [{"day": AS_OF}, {"year": 2025}])
def test_a_confirmation_is_not_signed_before_its_day_or_decision(
    reg: Register, when: dict[str, object]
) -> None:
    wanted = Confirmation(what=What.POOR, household=find(reg), **when)  # type: ignore[arg-type]
    first = AS_OF if "day" in when else date(2025, 12, 15)  # the decision of the year
    args = (reg.database, DEFS, reg.context, wanted)
    with pytest.raises(RefusedError) as caught:
        issued.issue_confirmation(*args, Stamp(number="1", issued_on=first - DAY))
    assert caught.value.code == "issued_before_data"
    number = f"{first.month}/XN"
    done = issued.issue_confirmation(*args, Stamp(number=number, issued_on=first))
    assert issued.load(reg.database, done.value)[0].code == CONFIRMATION


@pytest.mark.parametrize("code", ["BC1", "BC2"])
def test_nothing_is_signed_of_preliminary_results_that_were_not_kept(
    reg: Register, code: str
) -> None:
    """The year is closed and official; of the open one the opening at least is known."""
    with pytest.raises(RefusedError) as caught:
        issue(reg, ReportAsked(code=code, year=2025, recognised=False), TODAY)
    assert caught.value.code == "preliminary_lost"
    before = len(issuing.issued(reg.database))
    issue(reg, ReportAsked(code="BC2", year=2026, recognised=False), TODAY)
    assert len(issuing.issued(reg.database)) == before + 1


@pytest.mark.parametrize("code", ["BC1", "BC5", "BC11"])
@pytest.mark.parametrize("recognised", [True, False])
def test_a_table_that_knows_no_number_is_not_signed(
    reg: Register, code: str, *, recognised: bool
) -> None:
    """The one household of the list waits for its result of the open year."""
    before = len(issuing.issued(reg.database))
    with pytest.raises(RefusedError) as caught:
        issue(reg, ReportAsked(code=code, year=2026, recognised=recognised), TODAY)
    assert caught.value.code == "table_without_numbers"
    assert len(issuing.issued(reg.database)) == before


def test_no_paper_tells_of_a_day_to_come(reg: Register) -> None:
    for code in ("phieu_thong_tin_ho", "mau_01"):
        about = About(household=find(reg), day=TODAY + DAY)
        with pytest.raises(RefusedError) as caught:
            make_paper(reg.database, DEFS, code, about, today=TODAY)
        assert caught.value.code == "event_in_future"


def test_a_year_that_goes_on_is_not_signed_before_the_day_it_is_known_up_to(
    tmp_path: Path,
) -> None:
    written = date(2026, 6, 15)
    with empty_database(tmp_path / "so.db") as database:
        begun = make_register(database, "A")
        later = begun.on(str(written))
        home(later, "Một", "A", (2025, POOR))
        asked = ReportAsked(code="BC1", year=2026)
        (doc,) = made(database, DEFS, asked, today=TODAY)
        assert doc.data_date is not None
        first, why = issued.signed_since(database, DEFS, doc, asked)
    assert (first, why) == (doc.data_date, f"số liệu đến ngày {doc.data_date:%d/%m/%Y}")
