"""The line of a year printed onto the certificate a household holds: letters at their place."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pypdfium2
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from reportlab.lib.units import mm

from giamngheo_desktop.domain.changes import Kind, Op
from giamngheo_desktop.domain.errors import RefusedError
from giamngheo_desktop.domain.paper_facts import FactRow, Facts
from giamngheo_desktop.reports.document import ReportDoc
from giamngheo_desktop.reports.fill import fill
from giamngheo_desktop.reports.overprint import render_row
from giamngheo_desktop.reports.papers import certificate_line
from giamngheo_desktop.reports.pdf import render_pdf
from giamngheo_desktop.services import settings as kept
from giamngheo_desktop.services.review import certificates
from giamngheo_desktop.services.unit import write_unit
from tests.harness.examples import examples
from tests.harness.paper_scene import TODAY, Scene, certify, decide, made
from tests.harness.register import FIRST_DAY, empty_database, make_register
from tests.harness.review import shipped


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    with empty_database(tmp_path / "Sổ hộ.db") as database:
        found = made(make_register(database))
        decide(found)
        certify(found)
        yield found


def letters(data: bytes) -> dict[str, tuple[float, float]]:
    """Where each word of the last page begins."""
    document = pypdfium2.PdfDocument(data)
    try:
        page = document[len(document) - 1].get_textpage()
        found = {}
        for word in ("05/12/2026", "nghèo"):
            search = page.search(word)
            at = search.get_next()
            if at:
                left, bottom, *_ = page.get_charbox(at[0])
                found[word] = (left, bottom)
        return found | {"": (page.count_chars(), 0)}
    finally:
        document.close()


def line(scene: Scene, year: int = 2026) -> bytes:
    return certificate_line(
        scene.register.database, shipped(), scene.certificate("An"), year, today=TODAY
    ).data


def test_the_line_stands_where_the_whole_paper_has_it(scene: Scene) -> None:
    (doc,) = scene.make("giay_chung_nhan", certificate=scene.certificate("An"))
    whole, alone = letters(render_pdf(doc).data), letters(line(scene))
    assert alone["05/12/2026"] == pytest.approx(whole["05/12/2026"], abs=0.01)
    assert alone[""][0] < whole[""][0] / 3  # nothing else is printed


@pytest.mark.parametrize(("right", "down"), [("2", "-3"), ("-1,5", "0,5"), ("", "abc")])
def test_the_settings_move_it_by_millimetres(scene: Scene, right: str, down: str) -> None:
    before = letters(line(scene))["05/12/2026"]
    values = {kept.CERTIFICATE_RIGHT: right, kept.CERTIFICATE_DOWN: down}
    kept.save(scene.register.database, scene.register.context, values, FIRST_DAY)
    moved = letters(line(scene))["05/12/2026"]
    by = {"2": 2.0, "-1,5": -1.5, "": 0.0, "-3": -3.0, "0,5": 0.5, "abc": 0.0}
    assert moved[0] - before[0] == pytest.approx(by[right] * mm, abs=0.01)
    assert before[1] - moved[1] == pytest.approx(by[down] * mm, abs=0.01)


NAMES = st.text("Nguyễn Thị Ẫm, thôn 5 ", min_size=0, max_size=200)
YEARS = st.lists(
    st.fixed_dictionaries(
        {
            "year": st.integers(2021, 2099).map(str),
            "class": st.sampled_from(["Hộ nghèo", "Hộ cận nghèo"]),
            "decision": st.one_of(st.just(""), st.text("QĐ-UBND 0123/", max_size=120)),
            "signed_on": st.sampled_from(["", "05/12/2026"]),
            "seal": st.just(""),
        }
    ),
    max_size=12,
)
ABOVE = (
    "head.name",
    "household.permanent_residence",
    "office.issuer",
    "certificate.replaced",
    "certificate.note",
    "signer.name",
)
VALUES = st.fixed_dictionaries(dict.fromkeys(ABOVE, NAMES))
MEMBERS = st.lists(st.fixed_dictionaries({"name": NAMES}), max_size=20)


def certificate(values: dict[str, str], members: list[FactRow], years: list[FactRow]) -> ReportDoc:
    rows = {"members": members, "certificate_years": years}
    return fill(shipped().paper("giay_chung_nhan"), Facts(values, rows))


@settings(max_examples=examples(10, 200), deadline=None, phases=[Phase.generate])
@given(VALUES, VALUES, MEMBERS, MEMBERS, YEARS, YEARS)
def test_a_line_fits_the_paper_at_home_whatever_was_or_will_be_in_it(  # type: ignore[no-untyped-def]
    then, now, members, others, at_home, lines
) -> None:
    """The last of its eight lines too, and each letter inside its cell."""
    held = render_pdf(certificate(then, members, at_home))
    doc = certificate(now, others, lines)
    (table,) = (at for at, one in enumerate(doc.tables) if one.fixed)
    cells = {(one.row, one.column): one for one in held.cells if one.table == table}
    assert len({one.page for at, one in cells.items() if at[0] < 8}) == 1
    for row in {max(0, min(len(lines), 8) - 1), 7}:
        printed = render_row(doc, row)
        assert len(printed.cells) == 6
        for one in printed.cells:
            assert one[1:5] == pytest.approx(cells[one.row, one.column][1:5], abs=0.01)
        for left, bottom, right, top in boxes_of(printed.data):
            assert any(
                cell.left < left and right < cell.right and cell.bottom < bottom and top < cell.top
                for cell in cells.values()
                if cell.row == row
            )


def boxes_of(data: bytes) -> list[tuple[float, float, float, float]]:
    """The place of every letter on the only page."""
    document = pypdfium2.PdfDocument(data)
    try:
        page = document[0].get_textpage()
        found = [page.get_charbox(at) for at in range(page.count_chars())]
        return [box for box in found if box[0] < box[2]]
    finally:
        document.close()


def test_a_paper_without_a_free_line_asks_for_a_new_one(scene: Scene) -> None:
    """A line below the last ruled one would fall among the signatures."""
    uid = scene.certificate("An")
    with write_unit(*scene.review.args, Op.ISSUE_CERTIFICATES) as work:
        for year in range(2018, 2025):
            work.insert(
                Kind.CERTIFICATE_YEAR, certificate=uid, year=year, household_class="poor",
                signed_on=date(year, 12, 1),
            )  # fmt: skip
    assert letters(line(scene))[""][0] > 0
    with write_unit(*scene.review.args, Op.ISSUE_CERTIFICATES) as work:
        work.insert(Kind.CERTIFICATE_YEAR, certificate=uid, year=2025, household_class="poor")
    with pytest.raises(RefusedError, match="certificate_full"):
        line(scene)


def test_of_two_lines_of_a_year_the_newest_is_printed(scene: Scene) -> None:
    before = letters(line(scene))["05/12/2026"]
    with write_unit(*scene.review.args, Op.ISSUE_CERTIFICATES) as work:
        work.insert(
            Kind.CERTIFICATE_YEAR, certificate=scene.certificate("An"), year=2026,
            household_class="near_poor", signed_on=date(2026, 12, 5),
        )  # fmt: skip
    assert letters(line(scene))["05/12/2026"][1] < before[1]


def test_whoever_measures_first_makes_the_letters_known() -> None:
    """In a fresh process: the line of a year is measured before anything was drawn."""
    said = "from giamngheo_desktop.reports.fonts import Face, text_width as t; t('a', Face.BOLD, 1)"
    subprocess.run([sys.executable, "-c", said], check=True)


def test_a_year_that_is_not_on_the_certificate_is_refused(scene: Scene) -> None:
    with pytest.raises(RefusedError, match="certificate_without_year"):
        line(scene, 2031)
    (doc,) = scene.make("giay_chung_nhan", certificate=scene.certificate("An"))
    with pytest.raises(ValueError, match="99"):
        render_row(doc, 99)


def test_nothing_is_printed_onto_a_paper_that_was_reissued(scene: Scene) -> None:
    lost = scene.certificate("An")
    certificates.reissue(*scene.review.args, lost, number="99", issued_on=TODAY)
    with pytest.raises(RefusedError, match="certificate_replaced"):
        certificate_line(scene.register.database, shipped(), lost, 2026, today=TODAY)
