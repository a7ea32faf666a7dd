"""A sample whose last year is open: a review runs in it that a newcomer goes on with."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from giamngheo_desktop.cli.machine import computer, machine_context
from giamngheo_desktop.cli.main import entry
from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.reports.issued_difference import difference
from giamngheo_desktop.reports.written import PLAN
from giamngheo_desktop.services import areas, checks, held_certificates, issuing
from giamngheo_desktop.services.opening import close_database, open_database
from giamngheo_desktop.services.review import case_lists, reviews, standing
from giamngheo_desktop.services.years import working_years
from giamngheo_desktop.storage import records
from tests.harness.tables import definitions

TODAY = date(2026, 11, 28)


def test_the_last_year_stands_open_with_a_review_begun(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "Xã mẫu.gndb"
    assert entry(["sample", "--open", "--db", str(path)]) == 0
    assert "251 hộ" in capsys.readouterr().out
    opened = open_database(path, machine_context(), computer=computer())
    try:
        database = opened.database
        closed = {one.year: one.closed_on for one in working_years(database, definitions(), TODAY)}
        assert closed[2026] is None
        assert closed[2025] == date(2025, 12, 18)
        (review,) = reviews.all_of(database, areas.top_unit(database, TODAY))
        assert review["begun_on"] == date(2026, 11, 16)
        assert [item["standard"] for item in review["standards"]] == ["2022", "2027"]
        rows = case_lists.of_review(database, review["uid"])
        assert all(row.form_code and row.ground == row.class_before for row in rows)
        done = [row for row in rows if row.outcome == "reviewed"]
        assert 0 < len(done) < len(rows)
        assert all(row.results["2022"] for row in done)
        flow = standing.flow(database, definitions(), review["uid"], TODAY)
        first, second, third = flow.facts.villages[:3]
        assert (first.unentered, third.unentered) == (0, third.cases)
        assert 0 < second.unentered < second.cases
        with database.reader() as connection:
            (paper, *others) = [
                one for row in rows if (one := held_certificates.held(connection, row.household))
            ]
        assert len(others) > len(rows) / 2
        assert paper.years[0] == 2025
        assert paper.issued_on == min(line.signed_on for line in paper.lines)
        with database.reader() as connection:
            told = {
                *(row["measured_on"] for row in records.find(connection, Kind.TARGET_RESULT)),
                *(row["submitted_on"] for row in records.find(connection, Kind.REPORT_RECEIPT)),
            }
        assert date(2026, 11, 10) <= max(told) <= date(2026, 11, 20)  # where the story stands
        book = issuing.issued(database, code=PLAN)
        assert [(one.year, one.number) for one in book] == [
            (2025, "09/KH-UBND"), (2026, "14/KH-UBND"),
        ]  # fmt: skip
        for one in book:
            assert difference(database, definitions(), one.uid, today=TODAY).is_none
        assert not checks.check_register(database, definitions(), day=TODAY, today=TODAY)
    finally:
        close_database(opened, machine_context())
