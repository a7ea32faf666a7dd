"""The signed paper of a plan goes with it to another copy, and is what is printed there."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest

from giamngheo_desktop.gui.documents import document_work
from giamngheo_desktop.reports import written_issue
from giamngheo_desktop.reports.asked import Stamp
from giamngheo_desktop.services.documents import reading, sections, versions
from giamngheo_desktop.services.documents.since import last_report
from giamngheo_desktop.services.exchange import merging, work_package
from giamngheo_desktop.services.issuing import Issued
from giamngheo_desktop.storage import audit
from tests.harness.copies import copy_of
from tests.harness.plan_copies import act, meet, take
from tests.harness.register import TODAY, Register, empty_database, make_context, make_register
from tests.harness.review import shipped

YEAR = 2026


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[tuple[Register, Register, UUID]]:
    with empty_database(tmp_path / "1.db") as database:
        first = make_register(database)
        first.household("Lò Thị A")
        plan = versions.begin(*act(first), first.commune, YEAR, title="KẾ HOẠCH").value
        sections.add(*act(first), plan, title="MỤC TIÊU", text="Giảm nghèo bền vững")
        other = copy_of(first, tmp_path / "2.db", seed=2)
        context = make_context(start=datetime.fromisoformat("2026-12-31 20:00"), seed=9)
        yield first, Register(other.database, context, first.commune, first.villages), plan
        other.database.close()


def issue(register: Register, document: UUID, number: str = "05/KH-UBND", days: int = 0) -> UUID:
    stamp = Stamp(number=number, issued_on=TODAY - timedelta(days))
    database, context = act(register)
    return written_issue.issue(database, shipped(), context, document, stamp).value


def kept(register: Register, document: UUID) -> Issued | None:
    read = reading.read(register.database, shipped(), document)
    return written_issue.kept_of(register.database, read)


def printed(register: Register, paper: UUID) -> str:
    return str(document_work.kept(register.database, paper))


@pytest.mark.parametrize("village", ["A", "ABC"])
def test_the_signed_paper_travels_with_the_plan(
    pair: tuple[Register, Register, UUID], village: str
) -> None:
    ours, theirs, plan = pair
    paper = issue(ours, plan)
    chosen = [ours.villages[name] for name in village]
    work = work_package.collect(*act(ours), chosen, unit=ours.commune, program="")
    work_package.take_in(*act(theirs), work.manifest, work.tables)
    here, there = kept(ours, plan), kept(theirs, plan)
    assert here is not None
    assert there is not None
    assert there.uid == here.uid == paper
    assert printed(theirs, paper) == printed(ours, paper)


@pytest.mark.parametrize("chosen", [False, True])
def test_of_two_signed_papers_that_of_the_issue_that_stands_is_printed(
    pair: tuple[Register, Register, UUID], *, chosen: bool
) -> None:
    ours, theirs, plan = pair
    first, second = issue(ours, plan, days=1), issue(theirs, plan, "06/KH-UBND")
    meet(ours, theirs)
    if chosen:
        merging.settle(*act(ours), {(plan, "issued_on"): TODAY.isoformat()})
        meet(ours, theirs)
    for one in (ours, theirs):
        held = kept(one, plan)
        assert held is not None
        assert held.uid == (second if chosen else first)


def test_a_report_issued_elsewhere_does_not_count_by_the_audit_of_this_copy(
    pair: tuple[Register, Register, UUID],
) -> None:
    ours, theirs, _ = pair
    begun = (shipped(), ours.commune, YEAR, "bao_cao_dinh_ky", "Q2")
    report = sections.begin_report(*act(ours), *begun).value
    for _ in range(20):
        theirs.household("Hộ mới")
    issue(ours, report)
    take(theirs, ours)
    with theirs.database.reader() as connection:
        newest, _ = audit.last_group(connection)
        last = last_report(connection, ours.commune, YEAR, "Q3", TODAY)
    assert last is not None
    assert last.seq == newest
