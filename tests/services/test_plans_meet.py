"""Plans that two copies of a register worked at: nothing signed changes without a word."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from giamngheo_desktop import texts
from giamngheo_desktop.domain.changes import Kind, Op
from giamngheo_desktop.services.documents import doubts, heads, reading, sections, versions
from giamngheo_desktop.services.documents.versions import Change
from giamngheo_desktop.services.exchange import merging, work_package
from giamngheo_desktop.services.exchange.differences import Difference
from giamngheo_desktop.services.exchange.merge_words import MergeWords
from giamngheo_desktop.services.exchange.merging import MergeReport
from giamngheo_desktop.services.programme import entries
from giamngheo_desktop.services.reporting import receipts, schedules
from giamngheo_desktop.services.reporting.receipts import Report
from giamngheo_desktop.services.targets import allocation
from giamngheo_desktop.services.unit import write_unit
from giamngheo_desktop.storage import consistency, plans, records
from tests.harness.copies import contents, copy_of, everything
from tests.harness.plan_copies import as_issued
from tests.harness.random_records import Clerk
from tests.harness.register import TODAY, Register, empty_database, make_register
from tests.harness.review import shipped

YEAR = 2026
Pair = tuple[Register, Register]


@pytest.fixture
def first(tmp_path: Path) -> Iterator[Register]:
    with empty_database(tmp_path / "so.db") as database:
        register = make_register(database)
        register.household("Lò Thị A")
        yield register


@pytest.fixture
def apart(first: Register, tmp_path: Path) -> Iterator[Pair]:
    """Two copies of a register without a plan."""
    there = copy_of(first, tmp_path / "2.db", seed=2)
    yield first, there
    there.database.close()


@pytest.fixture
def pair(first: Register, tmp_path: Path) -> Iterator[Pair]:
    """Two copies of a register with a draft of a target and two sections."""
    plan = begin(first)
    target(first, plan, 1600)
    above = sections.add(*act(first), plan, title="MỤC TIÊU").value
    sections.add(*act(first), plan, title="Chung", parent=above)
    there = copy_of(first, tmp_path / "2.db", seed=2)
    yield first, there
    there.database.close()


def act(register: Register) -> Any:
    return register.database, register.context


def begin(register: Register) -> UUID:
    return versions.begin(*act(register), register.commune, YEAR, title="KẾ HOẠCH").value


def target(register: Register, plan: UUID, assigned: int, uid: UUID | None = None) -> UUID:
    said = {"indicator": "HN-GIAM-HO", "assigned": assigned}
    given = {"document": plan, "key": "giam"}
    form = shipped().records[Kind.TARGET]
    return entries.save(*act(register), form, said, uid, given=given).value


def take(into: Register, source: Register) -> MergeReport:
    return merging.merge_edits(*act(into), everything(source.database)).value


def both_ways(ours: Register, theirs: Register) -> MergeReport:
    """What the first was told; then both hold the same, and again nothing is new."""
    sent = everything(ours.database)
    told = take(ours, theirs)
    merging.merge_edits(*act(theirs), sent)
    assert contents(ours.database) == contents(theirs.database)
    assert take(ours, theirs).taken == take(theirs, ours).taken == 0
    return told


def found(report: MergeReport) -> list[tuple[str, str]]:
    return [(one.code, one.params["name"]) for one in report.findings]


def rows(register: Register, kind: Kind, **equals: object) -> list[dict[str, Any]]:
    with register.database.reader() as connection:
        return records.find(connection, kind, **equals)


def plan_of(register: Register) -> UUID:
    with register.database.reader() as connection:
        return plans.in_force(connection, YEAR)[register.commune]


def lines(register: Register, report: MergeReport) -> list[str]:
    words = MergeWords(register.database, shipped(), report.differences)
    return [words.line(item) for item in report.differences]


def test_a_plan_begun_on_both_sides_is_two_and_told_until_one_is_removed(apart: Pair) -> None:
    ours, theirs = apart
    village = ours.villages["A"]
    with write_unit(*act(ours), Op.SAVE_TARGETS) as work:
        work.insert(Kind.VILLAGE_TARGET, area=village, year=YEAR, poor_decrease=4)
    both_ways(theirs, ours)
    mine, other = begin(ours), begin(theirs)
    target(ours, mine, 1600)
    target(theirs, other, 1700)
    report = both_ways(ours, theirs)
    name = "Kế hoạch năm 2026, bản thứ 1"
    assert found(report) == [("two_versions", name)]
    assert {one["document"] for one in rows(ours, Kind.TARGET)} == {mine, other}
    assert plan_of(ours) == plan_of(theirs) == max(mine, other)
    given = {one["document"]: one["poor_decrease"] for one in rows(ours, Kind.VILLAGE_TARGET)}
    assert given == {mine: 4, other: 4}  # neither takes the numbers of the other
    with ours.database.reader() as connection:
        told = [one.code for one in consistency.contradictions(connection, TODAY)]
    assert told == ["two_plan_versions"]
    heads.remove(*act(theirs), min(mine, other))
    both_ways(ours, theirs)
    with ours.database.reader() as connection:
        assert list(consistency.contradictions(connection, TODAY)) == []


def test_two_plans_issued_with_the_same_numbers_of_villages_stand_both(apart: Pair) -> None:
    ours, theirs = apart
    allocation.save(*act(ours), YEAR, {ours.villages["A"]: {"poor_decrease": 4}})
    both_ways(theirs, ours)
    stood = {}
    for one in apart:
        plan = begin(one)
        versions.issue(*act(one), plan, TODAY)
        stood[plan] = as_issued(one, plan)
    both_ways(ours, theirs)
    assert all(as_issued(ours, plan) == held for plan, held in stood.items())


def test_the_next_version_begun_on_both_sides_is_two(pair: Pair) -> None:
    ours, theirs = pair
    plan = plan_of(ours)
    versions.issue(*act(ours), plan, TODAY)
    both_ways(theirs, ours)
    for one in pair:
        versions.next_version(*act(one), plan, Change.ADJUSTS)
    report = both_ways(ours, theirs)
    assert found(report) == [("two_versions", "Kế hoạch năm 2026, bản thứ 2")]
    assert plan_of(ours) == plan_of(theirs) == plan


def test_what_one_copy_did_and_issued_itself_is_no_finding(pair: Pair) -> None:
    ours, theirs = pair
    (kept,) = rows(theirs, Kind.TARGET)
    target(theirs, plan_of(theirs), 900, kept["uid"])
    versions.issue(*act(theirs), plan_of(theirs), TODAY)
    heads.save(*act(theirs), plan_of(theirs), number="05/KH-UBND")
    assert found(both_ways(ours, theirs)) == []


def test_one_target_and_one_section_edited_on_both_sides_clash_by_name(pair: Pair) -> None:
    ours, theirs = pair
    (kept,) = rows(ours, Kind.TARGET)
    chung = next(one for one in rows(ours, Kind.DOCUMENT_SECTION) if one["title"] == "Chung")
    for register, number, text in ((ours, 1700, "Giảm nghèo"), (theirs, 1800, "Bền vững")):
        target(register, plan_of(register), number, kept["uid"])
        sections.change(*act(register), chung["uid"], text=text)
    report = both_ways(ours, theirs)
    assert report.count("clash") == 2
    told = lines(ours, report)
    indicator = shipped().indicators["HN-GIAM-HO"].label
    assert any(line.startswith(f"Chỉ tiêu – {indicator}: ") and "17" in line for line in told)
    assert (
        "Mục của kế hoạch, báo cáo – Chung: Nội dung: máy này ghi “Giảm nghèo”, gói ghi "
        "“Bền vững”; đang giữ “Giảm nghèo”"
    ) in told


def test_the_same_preset_taken_on_both_sides_and_the_same_receipt_are_one(pair: Pair) -> None:
    ours, theirs = pair
    for one in pair:
        schedules.take(*act(one), shipped(), plan_of(one), "pho_minh_2024")
    both_ways(ours, theirs)
    held = rows(ours, Kind.REPORT_SCHEDULE)
    assert len({one["key"] for one in held}) == len(held) > 0
    row = next(one for one in held if one["senders"] == "village_heads")
    report = Report(key=row["key"], period="Y", village=ours.villages["A"])
    for one, number in ((ours, "12"), (theirs, "")):
        receipts.record(*act(one), YEAR, report, TODAY, number=number)
    both_ways(ours, theirs)
    (receipt,) = rows(ours, Kind.REPORT_RECEIPT)
    assert receipt["number"] == "12"


def test_sections_put_into_each_other_on_two_sides_still_stand_in_the_paper(pair: Pair) -> None:
    ours, theirs = pair
    plan = plan_of(ours)
    one = next(row for row in rows(ours, Kind.DOCUMENT_SECTION) if row["title"] == "MỤC TIÊU")
    two = sections.add(*act(ours), plan, title="NHIỆM VỤ").value
    both_ways(theirs, ours)
    sections.put(*act(ours), one["uid"], two)
    sections.put(*act(theirs), two, one["uid"])
    both_ways(ours, theirs)
    document = reading.read(ours.database, shipped(), plan)
    assert sorted(part.title for part in document.walk()) == ["Chung", "MỤC TIÊU", "NHIỆM VỤ"]
    sections.move(*act(ours), two, -1)  # and can be put in order again
    sections.put(*act(ours), two, None)
    document = reading.read(ours.database, shipped(), plan)
    assert {part.title for part in document.parts} >= {"NHIỆM VỤ"}


def test_components_put_into_each_other_on_two_sides_still_stand_in_the_paper(pair: Pair) -> None:
    ours, theirs = pair
    form, given = shipped().records[Kind.PLAN_COMPONENT], {"area": ours.commune, "year": YEAR}

    def save(register: Register, name: str, uid: UUID | None = None, **said: Any) -> UUID:
        values = {"programme": "2021", "printed_name": name, **said}
        return entries.save(*act(register), form, values, uid, given=given).value

    one, two = save(ours, "Đa dạng hóa sinh kế"), save(ours, "Đào tạo nghề")
    sections.add(*act(ours), plan_of(ours), title="DỰ ÁN", content="components")
    both_ways(theirs, ours)
    save(ours, "Đa dạng hóa sinh kế", one, parent=two)
    save(theirs, "Đào tạo nghề", two, parent=one)
    both_ways(ours, theirs)
    document = reading.read(ours.database, shipped(), plan_of(ours))
    assert {part.uid for part in document.printed()} >= {one, two}


def test_a_plan_in_a_file_of_some_villages_says_that_the_others_lack(
    pair: Pair, tmp_path: Path
) -> None:
    ours, _ = pair
    village = ours.villages["A"]
    work = work_package.collect(*act(ours), [village], unit=ours.commune, program="")
    with empty_database(tmp_path / "3.db") as database:
        work_package.take_in(database, ours.context, work.manifest, work.tables)
        told = doubts.doubts(database, shipped(), plan_of(ours), TODAY)
    said = [texts.document_doubt_text(one.doubt, one.params) for one in told]
    assert any("chỉ có Thôn A: số của cả xã thiếu" in one for one in said)
    told = doubts.doubts(ours.database, shipped(), plan_of(ours), TODAY)
    assert not [one for one in told if one.doubt is doubts.DocumentDoubt.PART_OF_REGISTER]


def test_every_column_of_a_plan_has_a_name_where_copies_meet(pair: Pair) -> None:
    ours, theirs = pair
    clerk = Clerk(*act(theirs), theirs.commune, random.Random(7))
    for kind in (Kind.TARGET, Kind.TARGET_RESULT, Kind.REPORT_SCHEDULE, Kind.REPORT_RECEIPT):
        clerk.save(shipped().records[kind])
    with write_unit(*act(theirs), Op.SAVE_ALLOCATION) as work:
        work.insert(
            Kind.VILLAGE_TARGET, area=theirs.villages["A"], year=YEAR, document=plan_of(theirs),
            poor_decrease=2,
        )  # fmt: skip
    plan = sections.begin_report(
        *act(theirs), shipped(), theirs.commune, YEAR, "bao_cao_dinh_ky", "Q2"
    ).value
    report = merging.look(*act(ours), everything(theirs.database))
    told = lines(ours, report)
    words = MergeWords(ours.database, shipped(), [])
    kinds = list(Kind)[list(Kind).index(Kind.DOCUMENT) : list(Kind).index(Kind.SETTING)]
    for kind in (*kinds, Kind.VILLAGE_TARGET):
        for name in records.columns(kind):
            item = Difference(state="changed", kind=kind, record=plan, field=name)
            assert words.label(item) != name, (kind, name)
    assert "Kế hoạch, báo cáo – Báo cáo quý II năm 2026, bản thứ 1: hồ sơ mới" in str(told)
    assert any(line.startswith("Chỉ tiêu giảm của thôn – Thôn A: hồ sơ mới: ") for line in told)
    assert plan.hex not in str(told)
