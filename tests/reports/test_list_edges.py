"""Every list where there is little to say: blank years, an empty village, one household, a name of
sixty letters. A sound page, or one clear sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pypdfium2
import pytest

from giamngheo_desktop import texts
from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.reports.document import ReportDoc
from giamngheo_desktop.reports.name_list import make_list
from giamngheo_desktop.reports.pdf import render_pdf
from giamngheo_desktop.services.review import reviews
from giamngheo_desktop.services.review.reviews import NewReview, ReviewStandard
from tests.harness.register import STANDARD, Register, empty_database, make_context, make_register
from tests.harness.tables import definitions
from tests.services.test_corrections import NEAR, NONE, POOR, close, give

LONG = "Bản Nà Khuổi Thượng – khu tái định cư Hồ chứa nước Suối"
EMPTY = "Trống"
LISTS = tuple(definitions().name_lists)
# Who is on it; of everybody else the list knows nothing.
NAMED = {
    "ra_soat": {"Nghèo", "Cận", "Thoát", "Thoát cận"},
    "ho_ngheo": {"Nghèo"},
    "ho_can_ngheo": {"Cận"},
    "thoat_ngheo": {"Thoát"},
    "thoat_can_ngheo": {"Thoát cận"},
    "moi_thoat_ngheo": {"Thoát"},
    "mstb": {"Trung bình"},
    "khong_lao_dong": {"Nghèo"},
    "btxh": {"Nghèo"},
    "thanh_vien": {"Nghèo", "Cận"},
    "chi_tiet_ngheo": {"Nghèo"},
    "chi_tiet_can_ngheo": {"Cận"},
    "bang_27": {"Nghèo", "Cận"},
    "bang_thoat_ngheo": {"Thoát"},
    "bang_thoat_can_ngheo": {"Thoát cận"},
}


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Register]:
    with empty_database(tmp_path_factory.mktemp("edges") / "xã.db") as database:
        found = make_register(database, [LONG, EMPTY])  # type: ignore[arg-type]
        ticks = {"no_labour_capacity": "yes", "social_protection": "yes"}
        for name, before, now, facts in (
            ("Nghèo", POOR, POOR, ticks),
            ("Cận", NEAR, NEAR, {}),
            ("Thoát", POOR, NONE, {}),
            ("Thoát cận", NEAR, NONE, {}),
            ("Trung bình", None, NONE, {}),
        ):
            home = found.household(name, village=LONG, **facts).uid
            if before:
                give(found, home, before, 2025)
            found.give_class(
                home,
                now,
                valid_from=date(2026, 12, 1),
                source="decision",
                average_living=before is None,
            )
        close(found, 2025)
        new = NewReview(
            year=2026,
            begun_on=date(2026, 9, 1),
            reference_day=date(2026, 12, 1),
            standards=(ReviewStandard(code=STANDARD, purpose="movement"),),
        )
        act = (database, found.context, definitions())
        reviews.begin(*act, new, commune=found.commune)
        yield found


def shown(doc: ReportDoc) -> str:
    """The text of its pages; every cell stands inside its page."""
    made = render_pdf(doc)
    pages = pypdfium2.PdfDocument(made.data)
    sizes = [page.get_size() for page in pages]
    assert all(
        0 < at.left < at.right < sizes[at.page][0] and 0 < at.bottom < at.top < sizes[at.page][1]
        for at in made.cells
    )
    return " ".join(" ".join(page.get_textpage().get_text_bounded() for page in pages).split())


def closely(text: str) -> str:
    return re.sub(r"[\s\u00ad-]", "", text)


@pytest.mark.parametrize("code", LISTS)
def test_every_list_is_a_sound_page_or_one_sentence(register: Register, code: str) -> None:
    def made(year: int = 2026, village: str = "") -> ReportDoc:
        unit = register.villages[village] if village else None
        return make_list(register.database, definitions(), code, year=year, unit=unit)

    village = f"Thôn {LONG}"
    assert len(village) == 60
    doc = made(village=LONG)
    (table,) = doc.tables
    names = {table.row_name(row) for row in table.rows if row.household}
    assert names == NAMED[code]
    text = shown(doc)
    assert closely(village) in closely(text)
    assert all(name in text for name in names)
    title = closely(" ".join(doc.title))
    whole = made()
    if definitions().name_lists[code][-1].first_row:  # the rows of its workbook, no others
        assert all(row.household for row in whole.tables[0].rows)
        assert closely(village) in closely(shown(whole))
    else:
        assert closely(f"{village}: {len(names)} hộ") in closely(shown(whole))
    if code == "ra_soat":
        with pytest.raises(AppError) as none:
            made(2030)
        assert none.value.code == "no_review_list"
    for empty in (made(village=EMPTY), *(() if code == "ra_soat" else (made(2030),))):
        text = shown(empty)
        assert text.count("Không có hộ nào.") == 1
        assert title.replace("2026", "") in re.sub("2026|2030", "", closely(text))
    with pytest.raises(AppError) as before:
        made(2020)
    assert before.value.code in ("no_unit", "no_review_list")
    assert "{" not in texts.error_text(before.value)


def test_new_escapes_of_a_year_that_goes_on_are_those_of_the_day(tmp_path: Path) -> None:
    """Not of its end, which nobody knows; the last day that anything was written or is dated."""

    def title(year: int) -> str:
        return make_list(reg.database, definitions(), "moi_thoat_ngheo", year=year).title[-1]

    with empty_database(tmp_path / "xã.db") as database:
        reg = make_register(database)
        reg.context = make_context(start=datetime(2026, 6, 30, 9), seed=2)  # noqa: DTZ001
        home = reg.household("Thoát").uid
        give(reg, home, POOR, 2025)
        assert title(2026) == "TÍNH ĐẾN NGÀY 30/06/2026"
        assert title(2025) == "TÍNH ĐẾN NGÀY 31/12/2025"
        assert title(2027) == "TÍNH ĐẾN NGÀY 31/12/2027"
        reg.give_class(home, NONE, valid_from=date(2026, 12, 1), source="decision")
        assert title(2026) == "TÍNH ĐẾN NGÀY 01/12/2026"
