"""What the ways to a new file ask, and how answers become a `NewCommune`; knows no widget."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication

from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.area import Level
from giamngheo_desktop.domain.form import Choice, Condition, FieldDef, FieldKind, Section
from giamngheo_desktop.domain.vietnamese import clean, lower, upper
from giamngheo_desktop.exports.safe_file import file_name, free_name
from giamngheo_desktop.services.areas import NewCommune, NewVillage

SUFFIX = "gndb"


def _tr(text: str) -> str:
    return QCoreApplication.translate("start", text)


def _committee() -> str:
    return _tr("ỦY BAN NHÂN DÂN")


def kinds() -> dict[str, str]:
    """The kinds of commune there are since 1/7/2025."""
    return {"xa": _tr("Xã"), "phuong": _tr("Phường"), "dac_khu": _tr("Đặc khu")}


def unit_section(definitions: Definitions, today: int) -> Section:
    """Page 1: the unit and the year; `today` is the running year."""
    first = min(standard.first_review_year for standard in definitions.standards)
    years = {str(year): str(year) for year in range(today + 1, first - 1, -1)}
    regions = definitions.choice_list("regions")
    offered = tuple(
        Choice(code=entry.code, label=f"{entry.code} – {entry.label}", aliases=(entry.code,))
        for entry in regions
    )
    return Section(
        code="unit",
        label=_tr("Đơn vị"),
        page="unit",
        fields=(
            FieldDef(
                code="province",
                kind=FieldKind.TEXT,
                capitals="unit",
                label=_tr("Tỉnh, thành phố"),
                help=_tr("Ghi tên, ví dụ: Hà Tĩnh."),
                required=True,
            ),
            FieldDef(
                code="kind",
                kind=FieldKind.CHOICE,
                label=_tr("Loại đơn vị"),
                choices=_choices(kinds()),
                required=True,
            ),
            FieldDef(
                code="commune",
                kind=FieldKind.TEXT,
                capitals="unit",
                label=_tr("Tên xã, phường"),
                help=_tr("Ghi tên riêng, ví dụ: Sơn Tây. Chữ “Xã”, “Phường” tự thêm vào trước."),
                required=True,
            ),
            FieldDef(
                code="area_type",
                kind=FieldKind.CHOICE,
                label=_tr("Khu vực"),
                help=_tr("Quyết định mức chuẩn nghèo: nông thôn hay thành thị. Thôn khác xã thì "
                         "sửa riêng trong Cài đặt."),
                choices=_choices({"rural": _tr("Nông thôn"), "urban": _tr("Thành thị")}),
                required=True,
            ),
            FieldDef(
                code="region",
                kind=FieldKind.CHOICE,
                label=_tr("Vùng của bảng điểm"),
                help=_tr("Chỉ dùng khi tính điểm B1. Chưa rõ thì để trống."),
                choices=offered,
            ),
            FieldDef(
                code="year",
                kind=FieldKind.CHOICE,
                label=_tr("Năm làm việc"),
                help=_tr("Năm rà soát mà sổ bắt đầu."),
                choices=_choices(years),
                required=True,
            ),
        ),
    )  # fmt: skip


def collection_section() -> Section:
    """Whose file it is that collects the packages of communes."""
    levels = {
        Level.PROVINCE.value: _tr("Tỉnh, thành phố"),
        Level.DISTRICT.value: _tr("Huyện (trước 1/7/2025)"),
    }
    return Section(
        code="collection",
        label=_tr("Đơn vị nhận gói"),
        page="unit",
        fields=(
            FieldDef(
                code="level",
                kind=FieldKind.CHOICE,
                label=_tr("Sổ của"),
                choices=_choices(levels),
                required=True,
            ),
            FieldDef(
                code="province",
                kind=FieldKind.TEXT,
                capitals="unit",
                label=_tr("Tỉnh, thành phố"),
                help=_tr("Ghi đúng tên các xã ghi trong sổ của họ, ví dụ: Hà Tĩnh."),
                required=True,
            ),
            FieldDef(
                code="district",
                kind=FieldKind.TEXT,
                capitals="unit",
                label=_tr("Huyện"),
                help=_tr("Ghi tên, ví dụ: Hương Khê."),
                required=True,
                visible_if=Condition(field="level", operator="is", value=Level.DISTRICT.value),
            ),
        ),
    )


def signer_section() -> Section:
    """Page 3: what stands above and below every paper."""
    return Section(
        code="signers",
        label=_tr("Người ký và nơi ban hành"),
        page="signers",
        fields=(
            FieldDef(
                code="superior_body",
                kind=FieldKind.TEXT,
                label=_tr("Cơ quan cấp trên"),
                help=_tr("Dòng trên tên cơ quan ban hành. Để trống nếu biểu không ghi dòng này."),
            ),
            FieldDef(
                code="issuing_body",
                kind=FieldKind.TEXT,
                label=_tr("Cơ quan ban hành"),
                required=True,
            ),
            FieldDef(
                code="place_name",
                kind=FieldKind.TEXT,
                capitals="unit",
                label=_tr("Địa danh"),
                help=_tr("Đứng trước ngày tháng: Sơn Tây, ngày … tháng … năm …"),
            ),
            FieldDef(
                code="signer_authority",
                kind=FieldKind.TEXT,
                label=_tr("Ký thay mặt"),
                help=_tr("Ví dụ: TM. ỦY BAN NHÂN DÂN; phó chủ tịch ký thì thêm dòng KT. CHỦ TỊCH "
                         "trong Cài đặt."),
            ),
            FieldDef(code="signer_title", kind=FieldKind.TEXT, label=_tr("Chức vụ người ký")),
            FieldDef(
                code="signer_name",
                kind=FieldKind.TEXT,
                label=_tr("Họ tên người ký"),
                capitals="person",
            ),
            FieldDef(
                code="preparer_name",
                kind=FieldKind.TEXT,
                label=_tr("Người lập biểu"),
                capitals="person",
            ),
        ),
    )  # fmt: skip


def _choices(labels: Mapping[str, str]) -> tuple[Choice, ...]:
    return tuple(Choice(code=code, label=label) for code, label in labels.items())


def full_name(kind: str, name: str) -> str:
    """Sơn Tây → Xã Sơn Tây; a name that begins with its kind stays."""
    plain = clean(name)
    if any(_begins(plain, label) for label in kinds().values()):
        return plain
    return f"{kinds()[kind]} {plain}"


def _begins(name: str, kind: str) -> bool:
    """Marks count: xã Xà Bang is no "Xà" of Bang."""
    return lower(name).startswith(f"{lower(kind)} ")


def own_name(name: str) -> str:
    """Xã Sơn Tây → Sơn Tây."""
    plain = clean(name)
    for label in kinds().values():
        if _begins(plain, label):
            return plain[len(label) + 1 :]
    return plain


def proposed_signers(unit: Mapping[str, Any]) -> dict[str, str]:
    """What page 3 shows before anybody types, from the answers of page 1."""
    name = full_name(str(unit.get("kind") or "xa"), str(unit.get("commune") or ""))
    return {
        "issuing_body": f"{_committee()} {upper(name)}",
        "place_name": own_name(name),
        "signer_authority": _tr("TM. {body}").format(body=_committee()),
        "signer_title": _tr("CHỦ TỊCH"),
    }


def proposed_file(folder: Path, commune: str) -> Path:
    """A name without marks that no file in the folder has: XaSonTay.gndb."""
    path = folder / file_name(commune, suffix=SUFFIX)
    return path.with_name(free_name(path)) if path.exists() else path


def new_commune(
    unit: Mapping[str, Any],
    villages: Sequence[NewVillage],
    signers: Mapping[str, Any],
    today: date,
) -> NewCommune:
    """The answers as the service takes them.

    The register begins on the last day of the year before, so that households recognised at its
    end can be typed as the opening of the year; never after `today`.
    """
    year = int(unit["year"])
    settings = {code: clean(str(value)) for code, value in signers.items() if value}
    settings["issuing_body"] = _two_lines(settings.get("issuing_body", ""))
    return NewCommune(
        province=clean(str(unit["province"])),
        commune=full_name(str(unit["kind"]), str(unit["commune"])),
        kind=str(unit["kind"]),
        area_type=str(unit["area_type"]),
        region=unit.get("region"),
        first_day=min(date(year - 1, 12, 31), today),
        year=year,
        villages=villages,
        settings=settings,
    )


def _two_lines(issuer: str) -> str:
    """ỦY BAN NHÂN DÂN stands on its own line above the unit."""
    for words in (_committee(), _tr("UỶ BAN NHÂN DÂN")):
        if upper(issuer).startswith(f"{words} "):
            return f"{issuer[: len(words)]}\n{issuer[len(words) + 1 :]}"
    return issuer
