"""Diễn biến phân loại: every word whole where there is room, and an open end in words."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from giamngheo_desktop.gui.household.class_timeline import ClassTimeline
from giamngheo_desktop.services.household_view import ClassRecord


def test_a_result_in_force_is_read_whole(qtbot):
    timeline = ClassTimeline({"2022": "Chuẩn nghèo 2022–2026"})
    qtbot.addWidget(timeline)
    timeline.resize(1086, 300)  # the room on a screen of 1366 pixels
    timeline.show()
    record = ClassRecord(
        uid=UUID(int=1),
        standard="2022",
        review_year=2026,
        household_class="poor",
        average_living=False,
        possible=(),
        source="decision",
        valid_from=date(2026, 12, 9),
        valid_to=None,
        number="99/QĐ-UBND",
        signed_on=date(2026, 12, 9),
        note=None,
    )
    timeline.show_records([record])
    table = timeline.table
    keys = [column.key for column in table.rows.columns]
    assert table.rows.text(0, keys.index("valid_to")) == "đến nay"
    for at, wanted in table._wanted.items():
        assert table.columnWidth(at) >= wanted, keys[at]
