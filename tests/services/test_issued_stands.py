"""What was issued stands where copies meet; what others said of it stays outside."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import permutations
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from giamngheo_desktop.domain.changes import Kind, Op
from giamngheo_desktop.domain.errors import RefusedError
from giamngheo_desktop.domain.record_form import OF_VERSION
from giamngheo_desktop.services import undo
from giamngheo_desktop.services.documents import heads, sections, versions
from giamngheo_desktop.services.exchange import merging, outside, work_package
from giamngheo_desktop.services.exchange.differences import Side
from giamngheo_desktop.services.exchange.merge_words import MergeWords
from giamngheo_desktop.services.exchange.merging import MergeReport
from giamngheo_desktop.services.programme import entries
from giamngheo_desktop.services.targets import allocation
from giamngheo_desktop.services.unit import write_unit
from giamngheo_desktop.storage import audit, plans
from tests.harness.copies import contents, copy_of, everything
from tests.harness.plan_copies import act, as_issued, meet, rows, stays_out, take
from tests.harness.register import TODAY, Register, empty_database, make_context, make_register
from tests.harness.review import shipped

YEAR = 2026
NAME = "Kế hoạch năm 2026, bản thứ 1"
Copies = tuple[Register, Register, Register]


@pytest.fixture
def copies(tmp_path: Path) -> Iterator[Copies]:
    """Three copies of a register with a draft: two targets, two sections, a village, a schedule."""
    with empty_database(tmp_path / "1.db") as database:
        first = make_register(database)
        first.household("Lò Thị A")
        plan = versions.begin(*act(first), first.commune, YEAR, title="KẾ HOẠCH").value
        target(first, plan, "giam", assigned=1600)
        target(first, plan, "thoat", assigned=500)
        above = sections.add(*act(first), plan, title="MỤC TIÊU").value
        sections.add(*act(first), plan, title="Chung", parent=above)
        allocation.save(*act(first), YEAR, {first.villages["A"]: {"poor_decrease": 4}})
        schedule(first, plan, content="Báo cáo năm")
        others = [copy_of(first, tmp_path / f"{n}.db", seed=n) for n in (2, 3)]
        yield first, others[0], others[1]
        for one in others:
            one.database.close()


def target(
    register: Register, plan: UUID, key: str, uid: UUID | None = None, **said: object
) -> UUID:
    given, said = {"document": plan, "key": key}, {"indicator": "HN-GIAM-HO", **said}
    form = shipped().records[Kind.TARGET]
    return entries.save(*act(register), form, said, uid, given=given).value


def schedule(register: Register, plan: UUID, uid: UUID | None = None, **said: object) -> UUID:
    values = {
        "direction": "outgoing",
        "period": "year",
        "before": False,
        "confirmed": False,
        **said,
    }
    given, form = {"document": plan, "key": "nam"}, shipped().records[Kind.REPORT_SCHEDULE]
    return entries.save(*act(register), form, values, uid, given=given).value


def row(register: Register, kind: Kind, **equals: object) -> dict[str, Any]:
    (found,) = rows(register, kind, **equals)
    return found


def plan_of(register: Register) -> UUID:
    with register.database.reader() as connection:
        return plans.in_force(connection, YEAR)[register.commune]


def found(report: MergeReport) -> list[tuple[str, str]]:
    return [(one.code, one.params["name"]) for one in report.findings]


def back(register: Register) -> Op:
    step = undo.next_step(register.database)
    assert step is not None
    undo.undo(*act(register), step.group)
    return step.op


def later(register: Register) -> Register:
    """The same in the evening."""
    context = make_context(start=datetime.fromisoformat("2026-12-31 20:00"), seed=9)
    return Register(register.database, context, register.commune, register.villages)


def work_at(register: Register) -> None:
    """All that can be done to a draft."""
    plan = plan_of(register)
    target(register, plan, "giam", row(register, Kind.TARGET, key="giam")["uid"], assigned=900)
    form = shipped().records[Kind.TARGET]
    entries.remove(*act(register), form, row(register, Kind.TARGET, key="thoat")["uid"])
    target(register, plan, "moi", assigned=700)
    chung = row(register, Kind.DOCUMENT_SECTION, title="Chung")
    sections.change(*act(register), chung["uid"], text="Bền vững")
    above = sections.add(*act(register), plan, title="GIẢI PHÁP").value
    sections.add(*act(register), plan, title="Vay vốn", parent=above)
    villages = register.villages
    said = {villages["A"]: {"poor_decrease": 2}, villages["B"]: {"poor_decrease": 3}}
    allocation.save(*act(register), YEAR, said)
    schedule(register, plan, row(register, Kind.REPORT_SCHEDULE)["uid"], content="Báo cáo quý")
    heads.save(*act(register), plan, summary="Về giảm nghèo")


@pytest.mark.parametrize("first", ["the issue", "the work"])
@pytest.mark.parametrize("issuer", ["ours", "theirs"])
def test_what_is_done_to_a_draft_issued_elsewhere_stays_outside(
    copies: Copies, issuer: str, first: str
) -> None:
    ours, theirs, _ = copies
    plan = plan_of(ours)
    by, other = (ours, theirs) if issuer == "ours" else (theirs, ours)
    acts = [lambda: versions.issue(*act(by), plan, TODAY, number="05/KH-UBND"),
            lambda: work_at(other)]  # fmt: skip
    for one in acts if first == "the issue" else reversed(acts):
        one()
    stood = as_issued(by, plan)
    told = take(ours, theirs)
    assert found(told) == [("issued_stands", NAME)]
    assert as_issued(ours, plan) == stood
    said = {(one.kind, one.field) for one in told.differences if one.state == "outside"}
    assert said == {
        (Kind.TARGET, "assigned"), (Kind.TARGET, "removed"), (Kind.TARGET, ""),
        (Kind.DOCUMENT_SECTION, "text"), (Kind.DOCUMENT_SECTION, ""),
        (Kind.VILLAGE_TARGET, "poor_decrease"), (Kind.VILLAGE_TARGET, ""),
        (Kind.REPORT_SCHEDULE, "content"), (Kind.DOCUMENT, "summary"),
    }  # fmt: skip
    take(theirs, ours)
    assert contents(ours.database) == contents(theirs.database)
    assert take(ours, theirs).taken == 0
    assert len(stays_out(ours)) == len(stays_out(theirs)) == 10


def test_old_and_new_value_are_told_by_name(copies: Copies) -> None:
    ours, theirs, _ = copies
    versions.issue(*act(ours), plan_of(ours), TODAY)
    work_at(theirs)
    report = take(ours, theirs)
    lines = told(ours, report.differences)
    indicator = shipped().indicators["HN-GIAM-HO"].label
    chung = "Mục của kế hoạch, báo cáo – Chung: Nội dung"
    assert f"{chung}: bản đã ban hành giữ “(trống)”, “Bền vững” của gói để ngoài" in lines
    new = f"Chỉ tiêu – {indicator}: hồ sơ mới của gói, để ngoài bản đã ban hành: "
    assert [line for line in lines if line.startswith(new)]
    mine = told(theirs, take(theirs, ours).differences)
    assert f"{chung}: bản đã ban hành giữ “(trống)”, “Bền vững” của máy này để ngoài" in mine


def told(register: Register, differences: Any) -> list[str]:
    words = MergeWords(register.database, shipped(), differences)
    return [words.line(item) for item in differences]


def test_what_the_issuer_knew_is_in_it_and_what_comes_later_is_not(copies: Copies) -> None:
    ours, theirs, third = copies
    plan = plan_of(ours)
    giam = row(theirs, Kind.TARGET, key="giam")["uid"]
    target(theirs, plan, "giam", giam, assigned=900)
    take(ours, theirs)
    versions.issue(*act(ours), plan, TODAY)
    target(theirs, plan, "giam", giam, assigned=800)
    meet(*copies)
    assert {row(one, Kind.TARGET, key="giam")["assigned"] for one in copies} == {900}
    assert [(one.ours, one.theirs) for one in stays_out(third)] == [("900", "800")]


def test_what_is_typed_of_an_issued_version_later_goes_on(copies: Copies) -> None:
    ours, theirs, _ = copies
    plan = plan_of(ours)
    versions.issue(*act(ours), plan, TODAY)
    take(theirs, ours)
    heads.save(*act(theirs), plan, number="05/KH-UBND", signed_on=TODAY)
    heads.save(*act(ours), plan, number=" ")
    meet(ours, theirs)
    assert row(ours, Kind.DOCUMENT)["number"] == "05/KH-UBND"
    assert stays_out(ours) == []


@pytest.mark.parametrize("seed", range(3))
def test_three_copies_meet_in_any_order(copies: Copies, seed: int, tmp_path: Path) -> None:
    """One issued, one worked at the draft, one issued what it made of it, a day later."""
    ours, theirs, third = copies
    plan = plan_of(ours)
    giam = row(theirs, Kind.TARGET, key="giam")["uid"]
    versions.issue(*act(ours), plan, TODAY)
    work_at(theirs)
    target(third, plan, "giam", giam, assigned=100)
    if seed:
        versions.issue(*act(later(third)), plan, TODAY + timedelta(days=seed - 1))
    sent = {at: everything(one.database) for at, one in enumerate(copies)}
    ends = []
    for number, order in enumerate(permutations(sent)):
        new = copy_of(copies[order[0]], tmp_path / f"o{number}.db", seed=50 + number)
        for at in order:
            merging.merge_edits(*act(new), sent[at])
        ends.append(contents(new.database))
        new.database.close()
    assert all(end == ends[0] for end in ends)
    stood = as_issued(ours, plan)
    report = take(ours, theirs, third)
    assert as_issued(ours, plan) == stood
    codes = [code for code, _ in found(report)]
    assert codes == ["issued_twice" if seed else "issued_stands"]
    clashes = [one.field for one in merging.open_clashes(ours.database) if one.state == "clash"]
    assert clashes == (["issued_on"] if seed == 2 else [])


def test_which_of_two_issues_stands_may_be_chosen(copies: Copies) -> None:
    ours, _, third = copies
    plan = plan_of(ours)
    giam = row(third, Kind.TARGET, key="giam")["uid"]
    versions.issue(*act(ours), plan, TODAY)
    target(third, plan, "giam", giam, assigned=100)
    next_day = TODAY + timedelta(days=1)
    versions.issue(*act(later(third)), plan, next_day)
    meet(ours, third)
    assert row(ours, Kind.TARGET, key="giam")["assigned"] == 1600
    merging.settle(*act(ours), {(plan, "issued_on"): next_day.isoformat()})
    meet(ours, third)
    assert row(ours, Kind.DOCUMENT)["issued_on"] == next_day
    assert row(ours, Kind.TARGET, key="giam")["assigned"] == 100


@pytest.mark.parametrize("side", ["ours", "theirs"])
def test_what_stays_outside_is_dropped_or_taken_into_the_next_version(
    copies: Copies, side: Side
) -> None:
    ours, theirs, third = copies
    plan = plan_of(ours)
    versions.issue(*act(ours), plan, TODAY)
    work_at(theirs)
    wanted = as_said(theirs, plan)
    take(ours, theirs)
    stood, before = as_issued(ours, plan), contents(ours.database)
    listed = stays_out(ours)
    choices = {(one.record, one.field): side for one in listed}
    with pytest.raises(RefusedError, match="clash_gone"):
        merging.settle(*act(ours), {(listed[0].record, listed[0].field): "1"})
    drafts = outside.decide(*act(ours), choices).value
    assert as_issued(ours, plan) == stood
    assert stays_out(ours) == []
    with pytest.raises(RefusedError, match="clash_gone"):
        outside.decide(*act(ours), choices)
    if side == "theirs":
        (draft,) = drafts
        assert row(ours, Kind.DOCUMENT, uid=draft)["version"] == 2
        assert as_said(ours, draft) == wanted
    else:
        assert drafts == []
        assert len(rows(ours, Kind.DOCUMENT)) == 1
    sent = everything(ours.database)
    assert back(ours) is Op.DECIDE_OUTSIDE
    assert len(stays_out(ours)) == len(listed)
    assert living_of(contents(ours.database)) == living_of(before)
    take(ours, third)
    assert living_of(contents(ours.database)) == living_of(before)
    for one in copies:
        merging.merge_edits(*act(one), sent)
        assert stays_out(one) == []
    meet(*copies)
    assert as_issued(theirs, plan) == stood
    with ours.database.reader() as connection:
        assert audit.broken_link(connection) is None


def living_of(held: dict[UUID, dict[str, Any]]) -> dict[UUID, dict[str, Any]]:
    return {uid: one for uid, one in held.items() if not one["removed"]}


def as_said(register: Register, plan: UUID) -> list[tuple[Any, ...]]:
    """What a version holds, whichever it is."""
    titles = {one["uid"]: one["title"] for one in rows(register, Kind.DOCUMENT_SECTION)}
    held = [row(register, Kind.DOCUMENT, uid=plan)["summary"]]
    for kind in OF_VERSION:
        for one in rows(register, kind, document=plan):
            left = {k: v for k, v in one.items() if k not in ("uid", "document", "position")}
            if "parent" in left:
                left["parent"] = titles.get(left["parent"])
            held.append((kind, *sorted(left.items(), key=lambda item: item[0])))
    return sorted(held, key=repr)


def test_a_draft_that_waits_takes_it_and_keeps_what_it_has(copies: Copies) -> None:
    ours, theirs, _ = copies
    plan = plan_of(ours)
    versions.issue(*act(ours), plan, TODAY)
    work_at(theirs)
    draft = versions.next_version(*act(ours), plan, versions.Change.REPLACES).value
    thoat = row(ours, Kind.TARGET, document=draft, key="thoat")["uid"]
    target(ours, draft, "thoat", thoat, assigned=450)
    chung = row(ours, Kind.DOCUMENT_SECTION, document=draft, title="Chung")["uid"]
    sections.remove(*act(ours), chung)
    take(ours, theirs)
    kept = [one for one in stays_out(ours) if (one.kind, one.field) != (Kind.TARGET, "removed")]
    done = outside.decide(*act(ours), {(one.record, one.field): "theirs" for one in kept})
    assert done.value == [draft]
    assert row(ours, Kind.TARGET, document=draft, key="giam")["assigned"] == 900
    assert row(ours, Kind.TARGET, document=draft, key="thoat")["assigned"] == 450
    there = row(ours, Kind.DOCUMENT_SECTION, document=draft, title="Chung")
    assert there["text"] == "Bền vững"  # its own copy was removed: it comes with what it stands in
    above = row(ours, Kind.DOCUMENT_SECTION, document=draft, title="MỤC TIÊU")
    assert there["parent"] == above["uid"]
    meet(ours, theirs)
    assert len(stays_out(theirs)) == 1


def test_a_draft_thrown_away_that_was_issued_is_one_line_and_stands(copies: Copies) -> None:
    ours, theirs, _ = copies
    plan = plan_of(ours)
    heads.remove(*act(ours), plan)
    versions.issue(*act(theirs), plan, TODAY)
    stood = as_issued(theirs, plan)
    assert found(take(ours, theirs)) == [("issued_stands", NAME)]
    take(theirs, ours)
    assert as_issued(ours, plan) == as_issued(theirs, plan) == stood
    (gone,) = stays_out(ours)
    assert (gone.kind, gone.field, gone.sides) == (Kind.DOCUMENT, "removed", ("ours",))
    with pytest.raises(RefusedError, match="outside_stays"):
        outside.decide(*act(ours), {(plan, "removed"): "theirs"})
    outside.decide(*act(ours), {(plan, "removed"): "ours"})
    meet(ours, theirs)
    assert stays_out(theirs) == []
    assert as_issued(ours, plan) == stood


def test_a_report_that_was_issued_stands_and_nothing_of_it_goes_elsewhere(copies: Copies) -> None:
    ours, theirs, _ = copies
    begun = (shipped(), ours.commune, YEAR, "bao_cao_dinh_ky", "Q2")
    report = sections.begin_report(*act(ours), *begun).value
    take(theirs, ours)
    versions.issue(*act(ours), report, TODAY)
    part = rows(theirs, Kind.DOCUMENT_SECTION, document=report)[0]["uid"]
    sections.change(*act(theirs), part, text="Của máy kia")
    stood = as_issued(ours, report)
    take(ours, theirs)
    assert as_issued(ours, report) == stood
    (one,) = stays_out(ours)
    assert (one.theirs, one.sides) == ("Của máy kia", ("ours",))
    outside.decide(*act(ours), {(part, "text"): "ours"})
    assert stays_out(ours) == []


def test_an_issue_that_is_taken_back_lets_everything_in(copies: Copies) -> None:
    ours, theirs, third = copies
    plan = plan_of(ours)
    versions.issue(*act(ours), plan, TODAY)
    work_at(theirs)
    take(third, ours, theirs)
    wanted = as_said(theirs, plan)
    assert back(ours) is Op.ISSUE_DOCUMENT
    meet(*copies)
    assert as_said(third, plan) == wanted
    assert stays_out(third) == []
    versions.issue(*act(third), plan, TODAY)
    meet(*copies)
    assert as_said(ours, plan) == wanted


def test_a_merge_that_is_undone_and_done_again(copies: Copies) -> None:
    ours, theirs, _ = copies
    plan = plan_of(ours)
    versions.issue(*act(ours), plan, TODAY)
    work_at(theirs)
    for one, other in ((ours, theirs), (theirs, ours)):
        before = living_of(contents(one.database))
        take(one, other)
        merged = living_of(contents(one.database))
        assert back(one) is Op.MERGE_WORK
        assert living_of(contents(one.database)) == before
        assert stays_out(one) == []
        take(one, other)
        assert living_of(contents(one.database)) == merged
    assert contents(ours.database) == contents(theirs.database)


def test_an_issue_of_an_older_program_is_told_as_it_was(copies: Copies) -> None:
    """It does not say what it was made of: nothing is held back by guess."""
    ours, theirs, _ = copies
    plan = plan_of(ours)
    with write_unit(*act(ours), Op.ISSUE_DOCUMENT) as work:
        work.update(Kind.DOCUMENT, plan, issued_on=TODAY)
    target(theirs, plan, "giam", row(theirs, Kind.TARGET, key="giam")["uid"], assigned=900)
    assert found(take(ours, theirs)) == [("issued_but_edited", NAME)]
    take(theirs, ours)
    assert contents(ours.database) == contents(theirs.database)
    assert row(ours, Kind.TARGET, key="giam")["assigned"] == 900
    assert stays_out(ours) == []


def test_a_file_of_some_villages_holds_nothing_of_the_others_back(
    copies: Copies, tmp_path: Path
) -> None:
    ours, *_ = copies
    plan = plan_of(ours)
    given = {ours.villages[name]: {"poor_decrease": 4} for name in "AB"}
    allocation.save(*act(ours), YEAR, given)
    work = work_package.collect(*act(ours), [ours.villages["A"]], unit=ours.commune, program="")
    with empty_database(tmp_path / "part.db") as database:
        part = Register(database, ours.context, ours.commune, ours.villages)
        work_package.take_in(*act(part), work.manifest, work.tables)
        versions.issue(*act(part), plan, TODAY)
        take(ours, part)
    assert len(rows(ours, Kind.VILLAGE_TARGET, document=plan)) == 2
    assert stays_out(ours) == []


def test_what_stays_outside_travels_with_a_package_of_work(copies: Copies, tmp_path: Path) -> None:
    ours, theirs, _ = copies
    plan = plan_of(ours)
    versions.issue(*act(ours), plan, TODAY)
    stood = as_issued(ours, plan)
    work_at(theirs)
    villages = [*ours.villages.values()]
    for one, other in ((ours, theirs), (theirs, ours)):
        sent = work_package.collect(*act(other), villages, unit=ours.commune, program="")
        work_package.take_in(*act(one), sent.manifest, sent.tables)
        assert as_issued(one, plan) == stood
        assert len(stays_out(one)) == 10
    sent = work_package.collect(*act(ours), villages, unit=ours.commune, program="")
    with empty_database(tmp_path / "new.db") as database:
        new = Register(database, theirs.context, ours.commune, ours.villages)
        work_package.take_in(*act(new), sent.manifest, sent.tables)
        assert as_issued(new, plan) == stood
        assert len(stays_out(new)) == 10
