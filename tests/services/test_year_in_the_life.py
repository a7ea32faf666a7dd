"""A year of a small commune's plan by services alone, from the opening to the plan after it.

What happens is told here once, and every number below is worked out from it by hand:

    end of 2025   150 households in two villages (A 100, B 50); 12 poor (A 8, B 4: 8 % of 150),
                  6 near-poor (A 4, B 2: 4 %)
    plan          2 poor households fewer; from July on (điều chỉnh) 3
    the year      three poor households of A leave the list: one becomes near-poor, two are above;
                  one near-poor household of B falls and is poor, another one of A leaves
    end of 2026   12 − 3 + 1 = 10 poor (6,67 %), 6 + 1 − 1 − 1 = 5 near-poor
    so            2 poor households fewer (12 − 10): what was promised first, not what was
                  promised in July; 8 − 6,67 = 1,33 points; 1 near-poor household fewer
    by the standard of 2027 the same families are 14 poor ones: from these the next plan begins
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.domain.errors import RefusedError
from giamngheo_desktop.domain.report_calendar import State
from giamngheo_desktop.domain.target_state import TargetState
from giamngheo_desktop.exports.package_read import PackageReader
from giamngheo_desktop.reports import issued
from giamngheo_desktop.reports.as_text import as_text
from giamngheo_desktop.reports.asked import Stamp
from giamngheo_desktop.reports.document import ReportDoc
from giamngheo_desktop.reports.many import render_all
from giamngheo_desktop.reports.written import written
from giamngheo_desktop.reports.written_issue import issue
from giamngheo_desktop.services import settings
from giamngheo_desktop.services.documents import doubts as document_doubts
from giamngheo_desktop.services.documents import heads, library, sections, versions
from giamngheo_desktop.services.documents.doubts import DocumentDoubt
from giamngheo_desktop.services.documents.versions import Change
from giamngheo_desktop.services.programme import entries
from giamngheo_desktop.services.reporting import receipts
from giamngheo_desktop.services.reporting.calendar import calendar
from giamngheo_desktop.services.reporting.receipts import Report
from giamngheo_desktop.services.review import review_closing
from giamngheo_desktop.services.targets import allocation
from giamngheo_desktop.services.targets import doubts as target_doubts
from giamngheo_desktop.services.targets.tracking import Tracked, track
from giamngheo_desktop.storage import plans, records
from tests.harness.helping import Help
from tests.harness.packages import collection, receive, send
from tests.harness.register import STANDARD, Register, empty_database, make_register
from tests.harness.report_rows import close, type_population
from tests.harness.tables import TOTAL, column, definitions, paper
from tests.harness.whole_review import NEXT, ReviewOf2026

YEAR = 2026
FIRST, ADJUSTED = "05/KH-UBND", "41/KH-UBND"
TEXT = "Mỗi thôn nhận giúp từng hộ nghèo có lao động; hằng quý báo cáo kết quả."
STAYS = ("An", "Bình", "Cúc", "Dân", "Én")  # of A, poor all the year
LEAVES = ("Giang", "Hà", "Khánh")  # of A
FALLS, RISES = "Lan", "Mai"
SIGNERS = {
    "issuing_body": "ỦY BAN NHÂN DÂN\nXÃ SƠN TÂY",
    "place_name": "Sơn Tây",
    "signer_authority": "TM. ỦY BAN NHÂN DÂN",
    "signer_title": "CHỦ TỊCH",
    "signer_name": "Hồ Văn Một",
    "superior_body": "UBND TỈNH QUẢNG NGÃI",
}


@dataclass
class Commune:
    """The desk of a commune, with what the year has made so far."""

    reg: Register
    homes: dict[str, UUID] = field(default_factory=dict)
    first: UUID | None = None  # the plan as issued, then as adjusted
    second: UUID | None = None
    printed: dict[str, bytes] = field(default_factory=dict)
    sent: list[UUID] = field(default_factory=list)

    def on(self, day: str) -> Commune:
        self.reg = self.reg.on(day)
        return self

    @property
    def today(self) -> date:
        return self.reg.context.today()

    @property
    def args(self) -> tuple[Any, Any]:
        return self.reg.database, self.reg.context

    @property
    def known(self) -> tuple[Any, Any, Any]:
        return (*self.args, definitions())

    def save(self, kind: Kind, given: dict[str, Any], /, **values: Any) -> UUID:
        return entries.save(*self.args, definitions().records[kind], values, given=given).value

    def section(self, document: UUID, code: str) -> UUID:
        with self.reg.database.reader() as connection:
            (row,) = records.find(connection, Kind.DOCUMENT_SECTION, document=document, code=code)
        return UUID(str(row["uid"]))

    def targets(self, year: int = YEAR) -> dict[str, Tracked]:
        args = (self.reg.database, definitions(), self.reg.commune, year, self.today)
        return {line.target.key: line for line in track(*args).lines}

    def issue(self, document: UUID, number: str) -> UUID:
        stamp = Stamp(number=number, issued_on=self.today)
        database, context = self.args
        return issue(database, definitions(), context, document, stamp).value

    def pdf(self, paper: UUID) -> bytes:
        """An issued paper printed again."""
        return render_all(issued.load(self.reg.database, paper), "pdf")


@pytest.fixture
def commune(tmp_path: Path) -> Iterator[Commune]:
    with empty_database(tmp_path / "Xã.db") as database:
        yield Commune(make_register(database, "AB").on("2025-12-20"))


def words(docs: tuple[ReportDoc, ...]) -> str:
    return "\n".join(map(as_text, docs))


def opening(commune: Commune) -> None:
    """12 poor and 6 near-poor households at the end of 2025, closed."""
    reg, here = commune.reg, Help(commune.reg)
    settings.save(*commune.args, SIGNERS, date(2025, 1, 1))
    for year in (YEAR - 1, YEAR):
        type_population(reg, year, A=(100, 400), B=(50, 200))
    names = {"A": (*STAYS, *LEAVES), "B": ("Núi", "Oanh", "Phú", "Quế")}
    for village, poor in names.items():
        commune.homes |= {name: here.home(name, village=village) for name in poor}
    near = {"A": (RISES, "Sáu", "Tư", "Út"), "B": (FALLS, "Vân")}
    for village, found in near.items():
        commune.homes |= {name: here.home(name, "near_poor", village=village) for name in found}
    close(reg, YEAR - 1)
    table = paper(reg.database, year=YEAR - 1)
    assert column(table, "poor_households") == {"Thôn A": 8, "Thôn B": 4, TOTAL: 12}
    assert column(table, "near_poor_households") == {"Thôn A": 4, "Thôn B": 2, TOTAL: 6}


def planning(commune: Commune) -> None:
    """Villages are given their numbers, then the plan is begun; what contradicts is told."""
    reg = commune.on("2026-01-12").reg
    give(commune, A=1, B=0)
    plan = sections.begin(*commune.known, reg.commune, YEAR, "ke_hoach_chuan").value
    commune.first = plan
    with reg.database.reader() as connection:
        held = records.find(connection, Kind.VILLAGE_TARGET, document=plan)
    assert sorted(row["poor_decrease"] for row in held) == [0, 1]  # they became the plan's
    given = {"document": plan, "key": "fall"}
    said = {"assigned": 100, "assigned_by": "KH 01/KH-UBND", "assigned_on": date(2026, 1, 5)}
    commune.save(Kind.TARGET, given, indicator="HN-GIAM-HO", pursued=200, position=1, **said)
    targets = {
        "points": {"indicator": "HN-GIAM-DIEM", "pursued": 133},
        "near": {"indicator": "HCN-GIAM-HO", "pursued": 100},
        "help": {"indicator": "SX-HO", "groups": ("poor",), "pursued": 200},
        "loans": {"indicator": "TD-VAY", "groups": ("poor", "near_poor"), "pursued": 10000},
        "vitamins": {"indicator": "YT-VITA", "pursued": 9800},
        "checked": {"indicator": "GS-TUKT", "content": "Tự kiểm tra ở hai thôn"},
    }
    for position, (key, values) in enumerate(targets.items(), 2):
        given = {"document": plan, "key": key}
        commune.save(Kind.TARGET, given, position=position, **values)
    args = (reg.database, definitions(), reg.commune, YEAR)
    assert [one.sentence for one in target_doubts.doubts(*args)] == [
        "Số hộ nghèo giảm (thuần): phấn đấu 2 hộ, cộng các thôn 1 hộ (giảm 1 hộ, thêm 0 hộ).",
        (
            "Mức giảm tỷ lệ hộ nghèo: phấn đấu 1,33 điểm %, cộng các thôn 0,67 điểm % "
            "(giảm 1 hộ, thêm 0 hộ)."
        ),
    ]
    give(commune, A=1, B=1)
    assert [one.sentence for one in target_doubts.doubts(*args)] == []


def give(commune: Commune, **poor: int) -> None:
    villages = commune.reg.villages
    given = {villages[name]: {"poor_decrease": number} for name, number in poor.items()}
    allocation.save(*commune.args, YEAR, given)


def issuing(commune: Commune) -> None:
    """The plan is written, asked for what is left open, and issued."""
    reg, plan = commune.on("2026-01-20").reg, commune.first
    assert plan is not None
    asked = {"direction": "outgoing", "period": "quarter", "content": "Kết quả", "due_day": 20}
    given = {"document": plan, "key": "up"}
    commune.save(Kind.REPORT_SCHEDULE, given, senders="unit", recipient="UBND tỉnh", **asked)
    half = {**asked, "period": "half", "due_month": 6}
    given = {"document": plan, "key": "half"}
    commune.save(Kind.REPORT_SCHEDULE, given, senders="unit", recipient="UBND tỉnh", **half)
    asked = {**asked, "direction": "incoming", "due_day": 10, "before": True}
    given = {"document": plan, "key": "heads"}
    commune.save(Kind.REPORT_SCHEDULE, given, senders="village_heads", **asked)
    sections.change(*commune.args, commune.section(plan, "solutions"), text=TEXT)
    found = document_doubts.doubts(reg.database, definitions(), plan, commune.today)
    assert {one.doubt for one in found} == {DocumentDoubt.PLACEHOLDER}  # its căn cứ has no number
    heads.save(*commune.args, plan, grounds="Căn cứ Kế hoạch số 01/KH-UBND ngày 05/01/2026")
    assert document_doubts.doubts(reg.database, definitions(), plan, commune.today) == ()
    said = words(written(reg.database, definitions(), plan, today=commune.today))
    assert "Toàn xã giảm tối thiểu 02 hộ nghèo" in said
    assert "Tỷ lệ hộ nghèo toàn xã giảm tối thiểu 1,33% so với đầu năm" in said
    assert "có 12 hộ nghèo, có 12 khẩu, chiếm tỷ lệ 8,00%" in said
    assert TEXT in said
    commune.printed[FIRST] = commune.pdf(commune.issue(plan, FIRST))
    with pytest.raises(RefusedError, match="plan_stands"):
        give(commune, A=2, B=1)


def first_quarter(commune: Commune) -> None:
    """A household is helped and visited; the heads of both villages report, one of them late."""
    here = Help(commune.on("2026-03-05").reg)
    an, giang = commune.homes["An"], commune.homes["Giang"]
    here.add(Kind.NEED, household=an, code="credit", valid_from=date(2026, 1, 15))
    here.support(giang, date(2026, 2, 25), "production", content="Bò cái", class_then="poor")
    here.visit(giang, date(2026, 3, 2), situation="Bò khỏe")
    for name, expected in (("Giang", "near_poor"), ("Hà", "above")):
        wish = {"registered": True, "expected": expected}
        here.add(Kind.HOUSEHOLD_PLAN, household=commune.homes[name], year=YEAR, **wish)
    lines = commune.targets()
    assert (lines["help"].value, lines["loans"].value) == (1, 0)  # none of one who asks for it
    # Two registered to leave: as many as promised. One of them joins the near-poor.
    fall, near = lines["fall"], lines["near"]
    assert fall.forecast is not None
    assert near.forecast is not None
    assert (fall.value, fall.forecast.value, fall.state) == (0, 2, TargetState.ON_WAY)
    assert (near.value, near.forecast.value, near.state) == (0, -1, TargetState.BEHIND)
    villages = commune.reg.villages
    hand_in(commune, "heads", "Q1", "2026-03-09", village=villages["A"])
    hand_in(commune, "heads", "Q1", "2026-03-11", village=villages["B"])
    said = report(commune, "Q1", "2026-03-18", "12/BC-UBND")
    assert (
        "Hộ nghèo: đầu năm 12 hộ với 12 nhân khẩu, tỷ lệ 8,00%; đến ngày 18/03/2026 12 hộ" in said
    )
    helped = "Hỗ trợ phát triển sản xuất cho tối thiểu 02 hộ nghèo | hộ |  |  | 2 | 1 |  | 50,00"
    assert helped in said
    assert said.count("Kèm theo Báo cáo này: Phụ lục.") == 1
    states = standings(commune)
    assert states["heads", "Q1"] == [State.DONE, State.DONE_LATE]
    assert states["up", "Q1"] == [State.DONE]


def hand_in(commune: Commune, key: str, period: str, day: str, **more: Any) -> None:
    commune.on(day)
    paper = {"issued": more.pop("issued")} if "issued" in more else {}
    asked = Report(key=key, period=period, **more)
    receipts.record(*commune.args, YEAR, asked, commune.today, **paper)


def report(
    commune: Commune, period: str, day: str, number: str, layout: str = "bao_cao_dinh_ky"
) -> str:
    """Its words as it is issued and sent."""
    commune.on(day)
    unit = commune.reg.commune
    document = sections.begin_report(*commune.known, unit, YEAR, layout, period).value
    sections.change(*commune.args, commune.section(document, "situation"), content="situation")
    uid = commune.issue(document, number)
    commune.sent.append(uid)
    key = {"H1": "half"}.get(period, "up")
    if period != "Y":
        hand_in(commune, key, period, day, issued=uid)
    return words(issued.load(commune.reg.database, uid))


def standings(commune: Commune) -> dict[tuple[str, str], list[State]]:
    reg, found = commune.reg, {}
    for line in calendar(reg.database, definitions(), reg.commune, YEAR, commune.today).lines:
        place = (line.schedule.key, line.occurrence.period)
        found.setdefault(place, []).append(line.standing.state)
    return found


def second_quarter(commune: Commune) -> None:
    """Who asked for a loan has it; village B hands in nothing, both reports go up."""
    here = Help(commune.on("2026-06-08").reg)
    an = commune.homes["An"]
    here.support(an, date(2026, 5, 4), "credit", content="Vay vốn", class_then="poor")
    here.add(Kind.INCIDENT, household=commune.homes[FALLS], happened_on=date(2026, 5, 20),
             kind="natural_disaster", proposes_review=True)  # fmt: skip
    given = {"area": commune.reg.commune, "year": YEAR}
    vitamins = {"numerator": 49, "denominator": 100, "source": "Trạm Y tế"}
    commune.save(
        Kind.TARGET_RESULT, given, key="vitamins", measured_on=date(2026, 6, 1), **vitamins
    )
    hand_in(commune, "heads", "Q2", "2026-06-09", village=commune.reg.villages["A"])
    said = report(commune, "H1", "2026-06-15", "20/BC-UBND")
    assert "giảm nghèo bền vững 6 tháng đầu năm 2026 trên địa bàn xã Sơn Tây" in said
    assert "uống vitamin A 2 lần/năm: từ chưa có số liệu thành 49,00% trẻ em." in said
    report(commune, "Q2", "2026-06-19", "21/BC-UBND")
    states = standings(commune)
    assert states["heads", "Q2"] == [State.DONE, State.LATE]
    assert (states["up", "Q2"], states["half", "H1"]) == ([State.DONE], [State.DONE])
    lines = commune.targets()
    assert (lines["loans"].value, lines["loans"].state) == (100, TargetState.REACHED)
    assert lines["vitamins"].value == 49


def adjusting(commune: Commune) -> None:
    """In July three are promised; the first version prints as it was."""
    commune.on("2026-07-15")
    assert commune.first is not None
    plan = versions.next_version(*commune.args, commune.first, Change.ADJUSTS).value
    commune.second = plan
    with commune.reg.database.reader() as connection:
        (row,) = records.find(connection, Kind.TARGET, document=plan, key="fall")
    form = definitions().records[Kind.TARGET]
    values = {**row, "pursued": 300, "position": 1}
    entries.save(*commune.args, form, values, row["uid"])
    give(commune, A=2, B=1)
    commune.printed[ADJUSTED] = commune.pdf(commune.issue(plan, ADJUSTED))
    said = words(written(commune.reg.database, definitions(), plan, today=commune.today))
    assert "Toàn xã giảm tối thiểu 03 hộ nghèo" in said
    assert commune.targets()["fall"].target.pursued == 3
    with commune.reg.database.reader() as connection:
        papers = records.find(connection, Kind.ISSUED, number=FIRST)
    assert commune.pdf(papers[0]["uid"]) == commune.printed[FIRST]
    assert commune.printed[FIRST] != commune.printed[ADJUSTED]


def reviewing(commune: Commune) -> None:
    """The periodic review of 2026 under both standards, to its closing."""
    commune.on("2026-12-15")
    found = dict.fromkeys(commune.homes, ("poor", "poor"))
    near = (RISES, "Sáu", "Tư", "Út", "Vân")
    found |= dict.fromkeys(near, ("near_poor", "poor"))
    found |= {"Giang": ("near_poor", "near_poor"), RISES: ("not_poor", "near_poor")}
    found |= dict.fromkeys(("Hà", "Khánh"), ("not_poor", "not_poor"))
    classes_of = {
        commune.homes[name]: {STANDARD: now, NEXT: then} for name, (now, then) in found.items()
    }
    review = ReviewOf2026(commune.reg, classes_of)
    review.finish()
    review_closing.close(*commune.known, review.uid, reason="")
    table = paper(commune.reg.database, year=YEAR)
    assert column(table, "poor_households") == {"Thôn A": 5, "Thôn B": 5, TOTAL: 10}
    assert column(table, "near_poor_households") == {"Thôn A": 4, "Thôn B": 1, TOTAL: 5}
    # BC2: 12 at the start, one near-poor now, two above; one of the near-poor came; 10 at the end.
    assert flows(commune, "BC2") == [12, 1, 2, 0, 1, 0, 0, 0, 10]
    # BC3: 6; one became poor, one left; one of the poor came; 5.
    assert flows(commune, "BC3") == [6, 1, 1, 0, 1, 0, 0, 0, 5]


def looking_back(commune: Commune) -> None:
    """A report of November that is written late knows what was decided since."""
    reg = commune.reg
    asked = (reg.commune, YEAR, "bao_cao_dinh_ky", "M11")
    late = sections.begin_report(*commune.known, *asked).value
    said = words(written(reg.database, definitions(), late, today=commune.today))
    assert "đến ngày 30/11/2026 12 hộ" in said
    decided = "Kết quả rà soát năm 2026 được công nhận tại Quyết định số 2022/QĐ-UBND ngày"
    assert f"{decided} 10/12/2026: hộ nghèo 10 hộ với 10 nhân khẩu, tỷ lệ 6,67%" in said
    assert "chưa công nhận" not in said
    heads.remove(*commune.args, late)


def flows(commune: Commune, code: str) -> list[object]:
    """The columns 1 to 9 of the households of the commune."""
    (table,) = paper(commune.reg.database, code, YEAR).tables
    keys = [leaf.key for leaf in table.value_leaves]
    total = next(row for row in table.rows if table.row_name(row) == TOTAL)
    found = dict(zip(keys, (cell.value for cell in total.cells), strict=True))
    names = ("opening", "to_other", "above", "other_decrease", "from_other", "again", "new",
             "other_increase", "closing")  # fmt: skip
    return [found[name] for name in names]


def reporting(commune: Commune) -> None:
    """The year's results: what was promised in July was not reached."""
    commune.on("2026-12-31")
    given = {"area": commune.reg.commune, "year": YEAR}
    day = {"measured_on": date(2026, 12, 1), "source": "Trạm Y tế"}
    commune.save(Kind.TARGET_RESULT, given, key="vitamins", numerator=98, denominator=100, **day)
    commune.save(Kind.TARGET_RESULT, given, key="checked", reached=True, **day)
    lines = commune.targets()
    fall = lines["fall"]
    assert (fall.value, fall.assigned.met, fall.pursued.met) == (2, True, False)
    assert fall.pursued.share == Fraction(200, 3)
    assert fall.state is TargetState.NOT_REACHED
    # 12 of 150 are 8 %, 10 of 150 are 6,67 %: 4/3 of a point, above the 1,33 that was promised.
    assert (lines["points"].value, lines["points"].state) == (Fraction(4, 3), TargetState.REACHED)
    assert (lines["near"].value, lines["near"].state) == (1, TargetState.REACHED)
    assert (lines["help"].value, lines["help"].state) == (1, TargetState.NOT_REACHED)
    assert (lines["vitamins"].value, lines["vitamins"].state) == (98, TargetState.REACHED)
    assert lines["checked"].state is TargetState.DONE
    said = report(commune, "Y", "2026-12-31", "60/BC-UBND", "bao_cao_nam")
    assert "So với đầu năm, số hộ nghèo giảm 02 hộ; tỷ lệ giảm 1,33 điểm %." in said
    assert "So với đầu năm, số hộ cận nghèo giảm 01 hộ; tỷ lệ giảm 0,67 điểm %." in said
    assert "+ Toàn xã giảm tối thiểu 03 hộ nghèo: từ 0 thành 2 hộ." in said
    assert "+ Tự kiểm tra ở hai thôn: đạt (định tính)." in said
    assert "07 chỉ tiêu của kế hoạch năm 2026: đạt 04; không đạt 02; đạt (định tính) 01." in said


def sending(commune: Commune, folder: Path) -> None:
    """The province reads back what the commune counted and planned."""
    path = folder / "gói.xlsx"
    send(commune.reg.database, commune.reg.context, path)
    with empty_database(folder / "Tỉnh.db") as province, PackageReader() as reader:
        context = collection(province)
        receive(reader, province, context, path)
        assert column(paper(province, year=YEAR), "poor_households")[TOTAL] == 10
        with province.reader() as connection:
            assert {row["number"] for row in plans.versions(connection, YEAR)} == {FIRST, ADJUSTED}
            (uid,) = plans.in_force(connection, YEAR).values()
        assert uid == commune.second
        (fall,) = (
            line
            for line in track(
                province, definitions(), commune.reg.commune, YEAR, date(2026, 12, 31)
            ).lines
            if line.target.key == "fall"
        )
        assert (fall.value, fall.target.pursued) == (2, 3)


def next_plan(commune: Commune) -> None:
    """The second year begins from this closing, by the standard that holds then."""
    reg = commune.on("2027-01-11").reg
    plan = sections.begin(*commune.known, reg.commune, YEAR + 1, "ke_hoach_chuan").value
    given = {"document": plan, "key": "rate"}
    commune.save(Kind.TARGET, given, indicator="HN-TL", pursued=800)
    line = commune.targets(YEAR + 1)["rate"]
    assert line.baseline is not None
    # 10 stay poor under the new standard, and four of the near-poor are poor by it.
    assert (line.baseline.numerator, line.baseline.denominator) == (14, 150)
    assert line.baseline.standard == NEXT
    offered = library.texts_of(reg.database, definitions(), commune.section(plan, "solutions"))
    assert (offered[0].text, offered[0].year) == (TEXT, YEAR)
    said = words(written(reg.database, definitions(), plan, today=commune.today))
    # The households of 2027 are not counted yet: both places divide by those that 2026 ended with.
    assert "có 14 hộ nghèo, có 14 khẩu, chiếm tỷ lệ 9,33%" in said
    assert "Tổng cộng | 150 | 14 | 9,33 (14/150) |" in said
    assert "Tổng số hộ gia đình: số cuối năm 2026." in said


def test_a_year_of_a_commune_from_its_opening_to_the_plan_after_it(
    commune: Commune, tmp_path: Path
) -> None:
    opening(commune)
    planning(commune)
    issuing(commune)
    first_quarter(commune)
    second_quarter(commune)
    adjusting(commune)
    reviewing(commune)
    looking_back(commune)
    reporting(commune)
    sending(commune, tmp_path)
    next_plan(commune)
    for number, printed in commune.printed.items():
        with commune.reg.database.reader() as connection:
            (row,) = records.find(connection, Kind.ISSUED, number=number)
        assert commune.pdf(row["uid"]) == printed  # after all that happened since
