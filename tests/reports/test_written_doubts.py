"""What a document would print as not known is told before it is issued, each with its section."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest

from giamngheo_desktop import texts
from giamngheo_desktop.reports import written_doubts
from giamngheo_desktop.reports.as_text import as_text
from giamngheo_desktop.reports.written import written
from giamngheo_desktop.services.documents import sections
from giamngheo_desktop.services.documents.doubts import DocumentDoubt, DoubtedPart
from tests.harness.helping import Help
from tests.harness.register import Register, empty_database, make_register
from tests.harness.report_rows import type_population
from tests.harness.review import shipped

YEAR, TODAY = 2026, date(2026, 12, 31)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Register]:
    with empty_database(tmp_path / "Sổ hộ.db") as database:
        yield make_register(database)


def begin(desk: Register) -> UUID:
    known = (desk.database, desk.context, shipped(), desk.commune)
    return sections.begin(*known, YEAR, "ke_hoach_chuan").value


def told(desk: Register, document: UUID, doubt: DocumentDoubt) -> list[DoubtedPart]:
    found = written_doubts.doubts(desk.database, shipped(), document, TODAY)
    return [one for one in found if one.doubt is doubt]


def test_an_analysis_that_is_not_known_is_told_with_what_it_would_print(desk: Register) -> None:
    plan = begin(desk)
    (one,) = told(desk, plan, DocumentDoubt.UNKNOWN)
    assert one.section is not None
    assert one.params["text"].startswith("Chưa có đủ kết quả rà soát cuối năm 2025")
    (doc,) = written(desk.database, shipped(), plan, today=TODAY)
    assert one.params["text"] in as_text(doc)
    said = texts.document_doubt_text(one.doubt, one.params)
    assert said.startswith("Mục “III. PHÂN TÍCH HỘ NGHÈO ĐẦU NĂM 2026” sẽ in: “Chưa có đủ")


def test_cells_of_villages_without_a_number_are_counted(desk: Register) -> None:
    plan = begin(desk)
    (one,) = told(desk, plan, DocumentDoubt.CELLS_MISSING)
    assert int(one.params["count"]) > 0
    assert one.params["name"] == "3. Chỉ tiêu cụ thể cho các thôn"


def test_a_list_that_is_known_leaves_no_such_doubt_of_its_analysis(desk: Register) -> None:
    type_population(desk, YEAR - 1, A=(100, 400), B=(50, 200), C=(50, 200))
    home = Help(desk).home("Một")
    assert home
    said = " ".join(one.params["text"] for one in told(desk, begin(desk), DocumentDoubt.UNKNOWN))
    assert "Chưa có đủ kết quả" not in said
    assert "Chưa có hộ nghèo nào đủ số liệu về nguyên nhân nghèo." in said


def test_of_what_cannot_be_made_the_reason_is_told_that_stands_in_brackets(
    desk: Register,
) -> None:
    """A content of reports alone, in a plan."""
    plan = begin(desk)
    act = (desk.database, desk.context, plan)
    sections.add(*act, title="Tiến độ", content="progress")
    (one,) = told(desk, plan, DocumentDoubt.NOT_MADE)
    (doc,) = written(desk.database, shipped(), plan, today=TODAY)
    (printed,) = (line for line in as_text(doc).splitlines() if "[Chưa lập được" in line)
    assert one.params["why"] in printed


def test_a_report_without_numbers_tells_each_of_its_sentences(desk: Register) -> None:
    known = (desk.database, desk.context, shipped(), desk.commune)
    report = sections.begin_report(*known, YEAR, "bao_cao_dinh_ky", "Q1").value
    found = told(desk, report, DocumentDoubt.UNKNOWN)
    printed = "\n".join(
        as_text(doc) for doc in written(desk.database, shipped(), report, today=TODAY)
    )
    assert found
    for one in found:
        assert one.params["text"] in printed


@pytest.mark.parametrize(
    ("sentence", "unknown"),
    [
        ("- Chưa có hộ nghèo nào đủ số liệu về lao động.", True),
        ("Hộ nghèo: chưa có số liệu đến ngày 31/03/2026.", True),
        ("Hộ nghèo: đầu năm 3 hộ; chưa có số đến ngày 31/03/2026. Chưa có kết quả.", True),
        ("Hộ nghèo: đầu năm 3 hộ; đến ngày 31/03/2026 2 hộ (theo danh sách).", False),
        ("Còn 04 hộ nghèo chưa rõ về lao động.", False),
        ("", False),
    ],
)
def test_which_sentences_say_that_nothing_is_known(sentence: str, unknown: bool) -> None:
    assert texts.says_unknown(sentence) is unknown
