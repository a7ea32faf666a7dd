"""How units are named on screen: their kinds and area types."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication


def _tr(text: str) -> str:
    return QCoreApplication.translate("units", text)


def village_kinds() -> dict[str, str]:
    return {
        "thon": _tr("Thôn"),
        "to_dan_pho": _tr("Tổ dân phố"),
        "ban": _tr("Bản"),
        "buon": _tr("Buôn"),
        "lang": _tr("Làng"),
        "khom": _tr("Khóm"),
        "ap": _tr("Ấp"),
        "xom": _tr("Xóm"),
        "khu_pho": _tr("Khu phố"),
    }


def commune_kinds() -> dict[str, str]:
    return {
        "xa": _tr("Xã"),
        "phuong": _tr("Phường"),
        "dac_khu": _tr("Đặc khu"),
        "thi_tran": _tr("Thị trấn (đến 30/6/2025)"),
    }


def kind_label(kind: str) -> str:
    """A kind this program does not know is shown as it is."""
    return (village_kinds() | commune_kinds()).get(kind, kind)


def area_types() -> dict[str, str]:
    return {"rural": _tr("Nông thôn"), "urban": _tr("Thành thị")}
