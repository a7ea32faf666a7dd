"""Papers for the writers' tests: BC1 and the village table of Sơn Tây, and awkward ones."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID

from giamngheo_desktop import texts
from giamngheo_desktop.reports.document import (
    Align,
    Cell,
    Column,
    Letterhead,
    NumberFormat,
    ReportDoc,
    Row,
    Signature,
    Source,
    Table,
    group,
    text_column,
)

# Households as typed in the plan of Sơn Tây: name, all, poor at the start, poor decrease,
# near-poor at the start, near-poor decrease. Cây Thị stands with 3 so that the sum is 74.
VILLAGES = (
    ("Cây Tắt", 183, 4, 0, 5, 0),
    ("Tân Thủy", 129, 5, 1, 7, 0),
    ("Hồ Sen", 158, 3, 0, 9, 2),
    ("Cây Thị", 143, 2, 0, 3, 1),
    ("Nam Nhe", 121, 2, 0, 2, 0),
    ("Cây Chanh", 161, 3, 0, 7, 0),
    ("Hoàng Nam", 218, 6, 1, 6, 0),
    ("Bồng Phài", 135, 1, 0, 9, 1),
    ("Kim Thành", 384, 11, 1, 10, 0),
    ("Hà Chua", 393, 4, 0, 4, 0),
    ("Khí Tượng", 183, 3, 0, 1, 0),
    ("Trung Lưu", 103, 4, 0, 1, 0),
    ("Phố Tây", 160, 3, 0, 10, 0),
)
DAY = date(2025, 12, 31)
LABELS = (
    text_column("TT", "tt", number="A", weight=2, align=Align.CENTER),
    text_column("Thôn", "unit", number="B", weight=16),
)
LETTERHEAD = Letterhead(
    superior=("HUYỆN HƯƠNG SƠN",),
    issuer=("ỦY BAN NHÂN DÂN", "XÃ SƠN TÂY"),
    number="Số:        /BC-UBND",
    place_date=texts.place_and_date("Sơn Tây", date(2026, 1, 5)),
)
SIGNATURES = (
    Signature(
        titles=("NGƯỜI LẬP BIỂU",), hint="(ký, ghi rõ họ tên)", name="Nguyễn Thị Hoài Thương"
    ),
    Signature(
        titles=("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"),
        hint="(ký, đóng dấu)",
        name="Phan Xuân Đồng",
    ),
)


BC1_TITLE = (
    "TỔNG HỢP KẾT QUẢ CHÍNH THỨC RÀ SOÁT HỘ NGHÈO, HỘ CẬN NGHÈO, HỘ LÀM NÔNG, LÂM, "
    "NGƯ NGHIỆP CÓ MỨC SỐNG TRUNG BÌNH NĂM 2025"
)
LONG_NAME = (
    "Thôn Liên gia tự quản số 12 Nguyễn Thị Minh Khai – Đường Trường Sơn Đông, khu tái định cư "
    "Hương Khê Thượng cũ và xóm Đồng Kẽm"
)
LONG_NOTE = (
    "- Số liệu do rà soát viên các thôn báo cáo; hộ chưa rà soát xong được in thành khoảng "
    "từ số nhỏ nhất đến số lớn nhất có thể có.\n- Dấu “–” là chưa có số liệu."
)


def unit_id(number: int) -> UUID:
    return UUID(int=number)


def count(key: str, label: str, number: str) -> Column:
    return Column(label, key, number, weight=10)


def share(key: str, number: str, formula: str, label: str = "Tỷ lệ (%)") -> Column:
    return Column(label, key, number, formula, NumberFormat.RATE, weight=10)


BC1_COLUMNS = (
    group(
        "Tổng số hộ dân cư",
        count("households", "Số hộ", "1"),
        count("persons", "Nhân khẩu", "2"),
    ),
    group(
        "Kết quả rà soát về hộ",
        group("Hộ nghèo", count("poor", "Số hộ", "3"), share("poor_rate", "4", "3/1*100")),
        group("Hộ cận nghèo", count("near", "Số hộ", "5"), share("near_rate", "6", "5/1*100")),
        group(
            "Hộ làm nông, lâm, ngư nghiệp có mức sống trung bình",
            count("mstb", "Số hộ", "7"),
            share("mstb_rate", "8", "7/1*100"),
        ),
    ),
    group(
        "Kết quả rà soát về khẩu",
        group("Hộ nghèo", count("poor_p", "Số khẩu", "9"), share("poor_p_rate", "10", "9/2*100")),
        group(
            "Hộ cận nghèo", count("near_p", "Số khẩu", "11"), share("near_p_rate", "12", "11/2*100")
        ),
        group(
            "Hộ có mức sống trung bình",
            count("mstb_p", "Số khẩu", "13"),
            share("mstb_p_rate", "14", "13/2*100"),
        ),
    ),
)


def bc1_row(name: str, tt: str, counts: tuple[int | None, ...], level: int, unit: UUID) -> Row:
    """`counts`: households, persons, then households and persons of the three classes."""
    households, persons, *of = counts

    def source(measure: str, per: str = "") -> Source:
        return Source(
            measure=measure, unit=unit, group="total", standard="std_2022", status="official",
            year=2025, denominator=per,
        )  # fmt: skip

    cells = [
        Cell.of_count(households, source("households")),
        Cell.of_count(persons, source("persons")),
    ]
    for at, per, total in ((0, "households", households), (1, "persons", persons)):
        for code, value in zip(("poor", "near_poor", "average_living"), of[at::2], strict=True):
            cells.append(Cell.of_count(value, source(f"{code}_{per}")))
            cells.append(Cell.of_rate(value, total, source(f"{code}_{per}", per)))
    return Row((tt, name), tuple(cells), level, unit=unit)


def bc1_counts() -> list[tuple[str, tuple[int | None, ...]]]:
    rows: list[tuple[str, tuple[int | None, ...]]] = []
    for index, (name, households, poor, _, near, _) in enumerate(VILLAGES):
        mstb = 17 + 9 * index
        counts = (households, 3 * households + index, poor, 2 * poor + 1, near, 3 * near, mstb)
        rows.append((name, (*counts, 4 * mstb)))
    return rows


def bc1(**changes: object) -> ReportDoc:
    counts = bc1_counts()
    rows = [
        bc1_row(name, str(at), values, 1, unit_id(at))
        for at, (name, values) in enumerate(counts, 1)
    ]
    sums = tuple(sum(values[at] or 0 for _, values in counts) for at in range(8))
    rows.append(bc1_row("Tổng cộng", "", sums, 0, unit_id(99)))
    doc = ReportDoc(
        code="BC1",
        title=(BC1_TITLE,),
        subtitle=("Xã Sơn Tây, theo chuẩn nghèo đa chiều giai đoạn 2022–2026",),
        letterhead=LETTERHEAD,
        body=(
            Table(labels=LABELS, columns=BC1_COLUMNS, rows=tuple(rows), unit="ĐVT: hộ, khẩu, %"),
        ),
        notes=("Ghi chú: tổng số hộ, nhân khẩu do các thôn báo cáo đến ngày 31/12/2025.",),
        signatures=SIGNATURES,
        data_date=DAY,
        footer="BC1 – năm 2025",
    )
    return replace(doc, **changes)  # type: ignore[arg-type]


def village_table(**changes: object) -> ReportDoc:
    """Two heading rows, rates of zero printed "0", decrease and year's end."""
    parts = (
        ("start", "Hộ nghèo đầu năm 2025"), ("less", "Giảm hộ nghèo trong năm 2025"),
        ("end", "Hộ nghèo cuối năm 2025"), ("near_start", "Hộ cận nghèo đầu năm 2025"),
        ("near_less", "Giảm cận nghèo trong năm 2025"), ("near_end", "Hộ cận nghèo cuối năm 2025"),
    )  # fmt: skip
    columns = [count("all", "Tổng số hộ gia đình", "1")]
    for at, (key, label) in enumerate(parts):
        ts, pct = str(2 + 2 * at), str(3 + 2 * at)
        rate = replace(share(f"{key}_rate", pct, f"{ts}/1*100", "%"), zero="0")
        columns.append(group(label, count(key, "TS", ts), rate))
    rows = []
    sums = [sum(village[at] for village in VILLAGES) for at in range(1, 6)]  # type: ignore[misc]
    listed = (*VILLAGES, ("Tổng cộng", *sums))
    for at, (name, households, poor, less, near, near_less) in enumerate(listed, 1):
        cells = [Cell.of_count(households)]
        for value in (poor, less, poor - less, near, near_less, near - near_less):
            cells += [Cell.of_count(value), Cell.of_rate(value, households)]
        total = at > len(VILLAGES)
        rows.append(Row(("" if total else str(at), name), tuple(cells), 0 if total else 1))
    doc = ReportDoc(
        code="BieuThon",
        title=("BIỂU TỔNG HỢP HỘ NGHÈO, HỘ CẬN NGHÈO THEO THÔN NĂM 2025",),
        subtitle=(
            "(Kèm theo Kế hoạch số      /KH-UBND ngày      tháng      năm 2025 của UBND xã)",
        ),
        body=(
            Table(
                labels=(LABELS[0], replace(LABELS[1], label="Đơn vị")),
                columns=tuple(columns),
                rows=tuple(rows),
                unit="ĐVT: hộ, %",
            ),
        ),
        signatures=(
            SIGNATURES[0],
            replace(SIGNATURES[1], place_date=texts.place_and_date("", date(2025, 12, 31))),
        ),
        data_date=DAY,
    )
    return replace(doc, **changes)  # type: ignore[arg-type]


def bc2(**changes: object) -> ReportDoc:
    """Portrait, pairs of rows Hộ / Nhân khẩu, ranges, gaps, a long name, recipients."""
    labels = (*LABELS, text_column("Phân tổ", "kind", number="C", weight=6))
    columns = (
        count("start", "Tổng số hộ nghèo đầu kỳ", "1"),
        group("Số hộ thoát nghèo", count("near", "Trở thành hộ cận nghèo", "2"),
              count("out", "Vượt chuẩn cận nghèo", "3")),
        count("less", "Số hộ khác giảm", "4"),
        replace(count("end", "Tổng số hộ nghèo cuối kỳ", "5"), formula="1-2-3-4"),
    )  # fmt: skip
    rows = []
    for at, name in enumerate(("Cây Tắt", LONG_NAME, "Phố Tây", "Tổng cộng")):
        level, tt = (0, "") if at == 3 else (1, str(at + 1))
        for kind, label, factor in (("ho", "Hộ", 1), ("khau", "Nhân khẩu", 3)):
            cells = (
                Cell.of_count(factor * (40 + at)),
                Cell.of_count(factor * at, upper=factor * at + 2 if at == 1 else None),
                Cell.of_count(None) if at == 2 else Cell.of_count(factor),
                Cell.of_count(0),
                Cell.of_count(factor * 123_456_789),
            )
            rows.append(Row((tt, name, label), cells, level, kind, unit_id(at + 1)))
    doc = ReportDoc(
        code="BC2",
        title=("TỔNG HỢP DIỄN BIẾN HỘ NGHÈO NĂM 2025",),
        subtitle=("Xã Sơn Tây",),
        form_number="Biểu số 02",
        letterhead=replace(LETTERHEAD, superior=(), place_date=texts.place_and_date("Sơn Tây")),
        landscape=False,
        body=(Table(labels=labels, columns=columns, rows=tuple(rows)),),
        notes=(
            "Ghi chú:",
            LONG_NOTE,
            "=1+1 không phải là công thức.",
        ),
        recipients=("- Như trên;", "- Sở Nông nghiệp và Môi trường (b/c);", "- Lưu: VT."),
        signatures=(SIGNATURES[1],),
        data_date=DAY,
        footer="01/2026 & BC2",
    )
    return replace(doc, **changes)  # type: ignore[arg-type]


def many_rows(number: int, doc: ReportDoc | None = None) -> ReportDoc:
    """BC1 with `number` villages and the total row."""
    doc = doc or bc1()
    (table,) = doc.tables
    *body, total = table.rows
    rows = (
        replace(row, labels=(str(at + 1), row.labels[1]))
        for at, row in ((at, body[at % len(body)]) for at in range(number))
    )
    return replace(doc, body=(replace(table, rows=(*rows, total)),))
