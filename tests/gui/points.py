"""A made-up table of points for the tests of the form that scores itself."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from giamngheo_desktop.domain.changes import Done
from giamngheo_desktop.domain.point_table import ItemKind, PointForm, PointRow
from giamngheo_desktop.services.review import point_tables
from tests.gui.commune import World

REGION = "NT3"  # of the commune of these tests
_OPTIONS: Mapping[str, tuple[tuple[str, str, int], ...]] = {
    "training": (
        ("school_none", "Chưa tốt nghiệp tiểu học", 0),
        ("school_primary", "Tiểu học", 2),
        ("elementary", "Sơ cấp", 4),
        ("college", "Cao đẳng", 9),
    ),
    "job": (("other", "Khác", 3), ("enterprise", "Làm cho doanh nghiệp", 11)),
    "house_wall": (("durable", "Bền chắc", 12), ("not_durable", "Không bền chắc", 0)),
    "house_column": (("durable", "Bền chắc", 8), ("not_durable", "Không bền chắc", 0)),
    "house_roof": (("durable", "Bền chắc", 5), ("not_durable", "Không bền chắc", 0)),
    "electricity_source": (("grid", "Điện lưới", 6), ("none", "Không có điện", 0)),
    "water": (
        ("piped", "Nước máy", 7),
        ("drilled_well", "Giếng khoan", 4),
        ("surface", "Nước ao, hồ, sông, suối", 0),
    ),
    "toilet": (("septic", "Tự hoại, bán tự hoại", 9), ("none", "Không có nhà tiêu", 0)),
    "assets": (
        ("motorbike", "Xe máy, xe điện", 10),
        ("fridge", "Tủ lạnh", 7),
        ("washer", "Máy giặt", 8),
        ("cooker", "Bếp ga, bếp từ", 3),
    ),
    "land": (("rice", "Đất trồng lúa từ 500 m² trở lên", 4), ("forest", "Đất rừng", 3)),
    "animals": (("buffalo", "Trâu, bò, ngựa", 6), ("pigs", "Lợn từ 10 con trở lên", 9)),
    "aquaculture": (("pond", "Có ao nuôi", 5), ("none", "Không nuôi", 0)),
}
_POINTS = {"members": 40, "dependants": 20, "house_area": 0, "electricity_kwh": 0, "pension": 0}


def give_points(world: World, *, more: int = 0) -> Done[int]:
    """Import a table; each item has `more` points."""
    form = world.desk.definitions.point_form("b1")
    return point_tables.save(world.database, world.context, form, list(_rows(form, more)))


def _rows(form: PointForm, more: int):
    for item in form.items:
        made: dict[str, Any] = {"region": REGION, "item": item.code}
        if item.kind is ItemKind.NUMBER:
            first = _POINTS[item.code]
            edges = ((None, 3, first), (3, 5, 10), (5, None, 5))
            for low, high, points in edges:
                yield PointRow(
                    **made,
                    option=f"{low or ''}-{high or ''}",
                    points=points + more,
                    low=None if low is None else Fraction(low),
                    high=None if high is None else Fraction(high),
                )
        for option, label, points in _OPTIONS.get(item.code, ()):
            yield PointRow(**made, option=option, label=label, points=points + more)
