"""The line of a year printed onto the certificate a household holds: letters at their place."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
from reportlab.lib.units import mm

from giamngheo_desktop.domain.errors import RefusedError
from giamngheo_desktop.reports.overprint import render_row
from giamngheo_desktop.reports.papers import certificate_line
from giamngheo_desktop.reports.pdf import render_pdf
from giamngheo_desktop.services import settings
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
    """Where each word of the only page, or of the first, begins."""
    document = pypdfium2.PdfDocument(data)
    try:
        page = document[0].get_textpage()
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
    assert alone[""][0] < whole[""][0] / 5  # nothing else is printed


@pytest.mark.parametrize(("right", "down"), [("2", "-3"), ("-1,5", "0,5"), ("", "abc")])
def test_the_settings_move_it_by_millimetres(scene: Scene, right: str, down: str) -> None:
    before = letters(line(scene))["05/12/2026"]
    values = {settings.CERTIFICATE_RIGHT: right, settings.CERTIFICATE_DOWN: down}
    settings.save(scene.register.database, scene.register.context, values, FIRST_DAY)
    moved = letters(line(scene))["05/12/2026"]
    by = {"2": 2.0, "-1,5": -1.5, "": 0.0, "-3": -3.0, "0,5": 0.5, "abc": 0.0}
    assert moved[0] - before[0] == pytest.approx(by[right] * mm, abs=0.01)
    assert before[1] - moved[1] == pytest.approx(by[down] * mm, abs=0.01)


def test_more_members_do_not_move_the_line(scene: Scene) -> None:
    """The yearly table stands above the members: the paper at home still fits."""
    (doc,) = scene.make("giay_chung_nhan", certificate=scene.certificate("Bình"))
    (other,) = scene.make("giay_chung_nhan", certificate=scene.certificate("An"))
    assert len(other.tables[1].rows) == len(doc.tables[1].rows)
    rows = [letters(render_row(one, 0).data)["05/12/2026"][1] for one in (doc, other)]
    assert rows[0] == pytest.approx(rows[1], abs=0.01)


def test_a_year_that_is_not_on_the_certificate_is_refused(scene: Scene) -> None:
    with pytest.raises(RefusedError, match="certificate_without_year"):
        line(scene, 2031)
    (doc,) = scene.make("giay_chung_nhan", certificate=scene.certificate("An"))
    with pytest.raises(ValueError, match="99"):
        render_row(doc, 99)
