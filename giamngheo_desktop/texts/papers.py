"""What official papers say around their numbers (NĐ 30/2020/NĐ-CP), and why a number is missing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from giamngheo_desktop.domain.dates import format_date
from giamngheo_desktop.domain.numbers import format_integer

# What every official paper carries (NĐ 30/2020/NĐ-CP).
PAPER: dict[str, str] = {
    "nation": "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "motto": "Độc lập - Tự do - Hạnh phúc",
    "recipients": "Nơi nhận:",
    "number": "Số: {number}",
    "count": "TT",
    "blank_village": "THÔN, TỔ DÂN PHỐ ………………",
    "number_of": "{kind}-UBND",
    "report_kind": "BC",
    "place_date": "{place}, ngày {day} tháng {month} năm {year}",
    "data_of": "Số liệu tính đến ngày {day}",
    "program": "Giảm nghèo {version}",
    "maker": "{program} · mã {hash}",
    "cancelled": "ĐÃ HỦY ngày {day}",
    "footer_between": " · ",
    "kind": "Phân tổ",
    "kind_ho": "Hộ",
    "kind_khau": "Nhân khẩu",
    "continued": "{title} (tiếp theo)",
    "no_rows": "Không có số liệu",
    "missing_note": "Dấu “{sign}” ở {rows}: {reason}.",
    "missing_note_more": "Dấu “{sign}” ở {rows} và {more} dòng khác: {reason}.",
    "missing_columns": "cột {columns}, {rows}",
    "every_row": "mọi dòng",
    "preparer": "NGƯỜI LẬP BIỂU",
    "sign": "(Ký, họ tên)",
    "sign_and_seal": "(Ký, đóng dấu)",
    "unit_in": "{name} ({unit})",
    "unit_formerly_in": "{name} ({unit} cũ)",
    "unknown_village": "Chưa rõ thôn (sau chia tách)",
    "column_number": "cột {name}",
    "column_label": "cột “{name}”",
    "moved_inside": "{columns} có {count} hộ chuyển thôn trong đơn vị: giảm ở thôn cũ, tăng ở "
    "thôn mới.",
    "size_more": "ở {column} có {count} người thêm",
    "size_fewer": "ở {column} có {count} người bớt",
    "other_size": "Nhân khẩu {sizes} của những hộ ở lại danh sách; hộ ra khỏi danh sách tính theo "
    "số khẩu đầu kỳ, hộ vào danh sách theo số khẩu cuối kỳ.",
    "unfinished": "Còn {count} hộ chưa có kết quả phân loại ({units}); số liệu sơ bộ, tổng "
    "cộng mới gồm các hộ đã có kết quả.",
    "unfinished_all": "Còn {count} hộ chưa có kết quả phân loại, ở mọi đơn vị: chưa có số liệu sơ "
    "bộ.",
    "unfinished_moved": "Còn {count} hộ chưa có kết quả phân loại ({units}); số liệu sơ bộ, chưa "
    "biết số tăng, giảm và cuối kỳ của các đơn vị ấy và tổng số.",
    "unlisted": "Ngoài các hộ đang rà soát còn {count} hộ trong danh sách đầu năm chưa có kết quả "
    "phân loại của năm ({units}); chưa biết số tăng, giảm và cuối kỳ của các đơn vị ấy và tổng số.",
    "average": "Còn {count} hộ đã được công nhận có mức sống trung bình chưa có kết quả sơ bộ của "
    "năm ({units}); các hộ ấy xét riêng theo Giấy đề nghị, nên chưa biết số hộ có mức sống trung "
    "bình của các đơn vị ấy và tổng số.",
    "lost": "Năm {year} đã khóa sổ, trong sổ không giữ kết quả sơ bộ của năm: số của năm xem ở "
    "biểu chính thức.",
    "open_year": "Năm {year} chưa khóa sổ: số của năm ấy theo các kết quả đã công nhận đến nay.",
    "other_standard": "Năm {year} đã khóa sổ theo chuẩn khác: số của năm ấy theo {standard} chưa "
    "có đủ, không so sánh được.",
    "rates_of_year": "Tổng số hộ gia đình: số của năm {year}; tỷ lệ, cả đầu năm, chia cho số ấy",
    "growth": "Tổng số hộ dự kiến tăng {percent} % so với năm {last_year}.",
    "rate_change": "Tỷ lệ nghèo giảm là hiệu của hai tỷ lệ đã làm tròn như in trong bảng; tính từ "
    "số hộ, chưa làm tròn, dòng tổng là {exact}.",
    "no_opening": "Sổ chưa ghi số đầu năm {year}: chưa có hộ nào được công nhận cuối năm {before}.",
    "unopened": "Chưa biết số đầu năm {year} của {units}: sổ không có danh sách cuối năm {before} "
    "của đơn vị ấy hoặc của nơi nhập thành đơn vị ấy. Số của đơn vị ấy và tổng số để trống.",
    "units_more": "{units} và {more} đơn vị khác",
    "nameless": "Danh sách cuối năm {year} của {units} mới có số theo thôn, chưa có tên từng hộ.",
    "nameless_moved": " Chưa biết hộ nào ra, vào: các cột biến động của đơn vị ấy và dòng tổng để "
    "trống.",
    "waiting": "Năm {year} chưa khóa sổ, còn {count} hộ trong danh sách đầu năm chưa có kết quả "
    "công nhận của năm {year} ({units}): số của các đơn vị ấy và tổng số chưa biết.",
    "kept": "Năm {year} khóa sổ khi còn {count} hộ trong danh sách chưa có kết quả công nhận của "
    "năm; các hộ ấy giữ diện năm trước ({units}).",
    "waiting_unit": "{name}: {count} hộ",
    "frozen": "Số liệu đã khóa sổ",
    "live": "Số liệu theo sổ hộ hiện có, chưa khóa sổ",
    "preliminary": "Số liệu theo sổ hộ hiện có",
    "undated_causes": "Sổ không giữ nguyên nhân nghèo theo ngày: cột nguyên nhân đếm theo sổ lúc "
    "lập biểu.",
    "undated_children": "Sổ không giữ theo ngày bảo hiểm y tế, dinh dưỡng, việc học của trẻ em: "
    "các cột ấy đếm theo sổ lúc lập biểu.",
    "as_of": "Các hộ đang được công nhận vào ngày {day}",
    "standard": "Theo {standard}",
    "edition": "lần {number}",
    "geography": "Theo đơn vị hành chính ngày {day}",
    "households": "số hộ",
    "households_and_persons": "số hộ, nhân khẩu",
    "formula": "Cột {number}: công thức in {formula} không đúng ở {rows}, vì {why}.",
    "formula_more": "Cột {number}: công thức in {formula} không đúng ở {rows} và {more} dòng khác, "
    "vì {why}.",
    "vague_deprived_bits": "Còn {count} hộ chưa đủ kết quả về chỉ số thiếu hụt: ô liên quan in "
    "khoảng từ số đã biết đến số có thể.",
    "vague_causes": "Còn {count} hộ chưa ghi nguyên nhân nghèo: ô liên quan in khoảng từ số đã "
    "biết đến số có thể.",
    "vague_children": "Còn hộ chưa ghi đủ ngày sinh, bảo hiểm y tế, suy dinh dưỡng hoặc đi học của "
    "thành viên ({columns}): ô liên quan in khoảng từ số đã biết đến số có thể.",
    "ages": "Trẻ em: người dưới 16 tuổi vào ngày của số liệu. Độ tuổi tính thiếu hụt theo chỉ số "
    "của chuẩn đang chọn{ages}.",
    "ages_uninsured": "bảo hiểm y tế {span}",
    "ages_malnourished": "dinh dưỡng {span}",
    "ages_out_of_school": "đi học {span}",
    "ages_below": "dưới {below} tuổi",
    "ages_between": "từ đủ {first} đến dưới {below} tuổi",
    "vague_column": "cột {number}: {count} hộ",
    "population_typed": "Tổng {what}: số liệu nhập tay.",
    "population_typed_of": "Tổng {what} nhập tay: {names}.",
    "population_year": "Tổng {what} nhập tay là số của năm {year}: sổ không giữ số riêng của ngày "
    "{day}.",
    "population_counted": "Tổng {what}: đếm từ sổ hộ.",
    "population_counted_of": "Tổng {what} đếm từ sổ hộ: {names}.",
    "population_empty": "Chưa có tổng {what}. Không tính tỷ lệ.",
    "population_empty_of": "Chưa có tổng {what}: {names}. Không tính tỷ lệ.",
}

# Why a cell of a report isn't printed; a code comes from `rates.RateGap` or from the builder.
MISSING: dict[str, str] = {
    "no_data": "chưa có số liệu",
    "no_need": "không phát sinh nhu cầu",
    "no_result": "chưa có hộ nào có kết quả rà soát",
    "no_average": "hộ có mức sống trung bình chưa có kết quả của năm",
    "lost": "trong sổ không giữ kết quả sơ bộ của năm",
    "no_numerator": "chưa có số liệu để tính tỷ lệ",
    "no_denominator": "chưa có tổng số để tính tỷ lệ",
    "zero_denominator": "tổng số bằng 0 nên không tính tỷ lệ",
    "unsure_denominator": "tổng số còn là khoảng nên chưa tính tỷ lệ",
    "not_counted": "chuẩn nghèo đang chọn không có ngưỡng của chỉ số này nên không đếm",
    "closed_before": "năm này khóa sổ trước khi chương trình lưu số liệu của cột",
    "no_indicators": "chưa có kết quả rà soát về chỉ số thiếu hụt của hộ nào",
    "formula": "chưa tính công thức",
    "only_excel": "công thức của cột chỉ có trong Excel",
    "unknown_part": "công thức cần một số chưa biết",
    "small_denominator": "tổng số nhỏ hơn số được đếm nên không tính tỷ lệ",
}

# Why a document cannot be signed before a day.
SIGNED_SINCE: dict[str, str] = {
    "about_day": "văn bản nói về ngày {day}",
    "begun": "năm {year} bắt đầu ngày {day}",
    "known": "số liệu đến ngày {day}",
    "reviewed": "kỳ rà soát cuối năm {year} bắt đầu ngày {day}",
    "decided": "quyết định mới nhất của năm {year} ký ngày {day}",
    "recognised": "quyết định công nhận ký ngày {day}",
    "closed": "năm {year} khóa sổ ngày {day}",
    "corrected": "số liệu lần {edition} có từ đính chính ngày {day}",
}

_ROWS_NAMED = 8


def place_and_date(place: str, day: date | None = None, year: int | None = None) -> str:
    """Place and date as NĐ 30/2020 writes them: zeros before days under 10, months 1 and 2.

    Without a day, or a place, the paper leaves room for pen and ink.
    """
    place = place or "…………"
    if day is None:
        blank = {"day": "      ", "month": "      ", "year": str(year) if year else "        "}
        return PAPER["place_date"].format(place=place, **blank)
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return PAPER["place_date"].format(place=place, day=f"{day.day:02d}", month=month, year=day.year)


def report_words(*, year: int, status: str, unit: str, rows: str) -> dict[str, str]:
    """The placeholders of titles and notes of a report definition."""
    words = {"official": "chính thức", "preliminary": "sơ bộ"}
    return {
        "year": str(year),
        "last_year": str(year - 1),
        "status": words[status],
        "STATUS": words[status].upper(),
        "unit": unit,
        "rows": rows,
    }


def report_subtitle(
    *,
    standard: str,
    state: str,
    as_of: date | None,
    geography: date | None = None,
    edition: int | None = None,
) -> tuple[str, ...]:
    """The lines under a title: the standard, where the numbers come from, and the day of the
    units where it is another than that of the numbers; of a closed year the edition (lần).

    `state` is frozen, live or preliminary; empty where the table mixes years or targets, so that
    no one word is true of it.
    """
    said = [PAPER["standard"].format(standard=standard)]
    if as_of is not None:
        said.append(PAPER["as_of"].format(day=as_of.strftime("%d/%m/%Y")))
    elif state:
        said.append(PAPER[state])
    if edition is not None:
        said.append(PAPER["edition"].format(number=edition))
    if geography is not None:
        said.append(PAPER["geography"].format(day=geography.strftime("%d/%m/%Y")))
    first, *others = said
    line = "; ".join([first, *(f"{other[:1].lower()}{other[1:]}" for other in others)])
    return (f"({line})",)


def open_year_note(year: int, waiting: Sequence[tuple[str, int]]) -> str:
    """That a year is not closed, and how many households which unit waits for."""
    if not waiting:
        return PAPER["open_year"].format(year=year)
    return _counted_note("waiting", year, waiting)


def unfinished_note(
    waiting: Sequence[tuple[str, int]], *, moving: bool, alike: bool = False
) -> str:
    """How many households a preliminary table waits for, in which unit; `moving`: one of a
    movement; `alike`: none of its units has a number yet.
    """
    if alike and not moving and len(waiting) > 1:
        return _counted_note("unfinished_all", 0, waiting)
    return _counted_note("unfinished_moved" if moving else "unfinished", 0, waiting)


def unlisted_note(unlisted: Sequence[tuple[str, int]]) -> str:
    """Whom a preliminary movement waits for besides: nobody reviews them."""
    return _counted_note("unlisted", 0, unlisted)


def average_note(average: Sequence[tuple[str, int]]) -> str:
    """How many households of mức sống trung bình a preliminary table waits for, in which unit."""
    return _counted_note("average", 0, average)


def kept_note(year: int, kept: Sequence[tuple[str, int]]) -> str:
    """How many households a closed year counts by the class of before, in which unit."""
    return _counted_note("kept", year, kept)


def _counted_note(key: str, year: int, counts: Sequence[tuple[str, int]]) -> str:
    units = [
        PAPER["waiting_unit"].format(
            name=name or PAPER["unknown_village"], count=format_integer(count)
        )
        for name, count in counts
    ]
    total = format_integer(sum(count for _, count in counts))
    return PAPER[key].format(year=year, count=total, units="; ".join(units))


def unopened_note(year: int, units: Sequence[str]) -> str:
    """Of which units nothing says what a year began with."""
    more = len(units) - _ROWS_NAMED
    names = ", ".join(name or PAPER["unknown_village"] for name in units[:_ROWS_NAMED])
    if more > 0:
        names = PAPER["units_more"].format(units=names, more=more)
    return PAPER["unopened"].format(year=year, before=year - 1, units=names)


def nameless_note(year: int, units: Sequence[str], *, moving: bool) -> str:
    """Whose list of a year is known by number only; `moving`: in a table of a movement."""
    names = "; ".join(name or PAPER["unknown_village"] for name in units)
    note = PAPER["nameless"].format(year=year, units=names)
    return note + PAPER["nameless_moved"] if moving else note


def formula_note(number: str, formula: str, rows: Sequence[str], why: str) -> str:
    """That a printed formula does not hold in some rows."""
    more = len(rows) - _ROWS_NAMED
    pattern = "formula_more" if more > 0 else "formula"
    names = "; ".join(rows[:_ROWS_NAMED])
    written = formula.replace("-", " − ").replace("+", " + ")
    return PAPER[pattern].format(
        number=number, formula=f"{number} = {written}", rows=names, more=more, why=why
    )


def ages_note(ages: Mapping[str, tuple[int, int]]) -> str:
    """Who a child is, and of which ages lacks count: [first, below) by what is lacked."""
    spans = []
    for what, (first, below) in ages.items():
        span = PAPER["ages_between" if first else "ages_below"].format(first=first, below=below)
        spans.append(PAPER[f"ages_{what}"].format(span=span))
    return PAPER["ages"].format(ages=f": {'; '.join(spans)}" if spans else "")


def vague_note(what: str, counts: Mapping[str, int]) -> str:
    """Of how many households indicators, causes or children are not known whole; `counts` by the
    number of the column.
    """
    columns = (
        PAPER["vague_column"].format(number=number, count=format_integer(count))
        for number, count in counts.items()
    )
    count = format_integer(max(counts.values()))
    return PAPER[f"vague_{what}"].format(count=count, columns="; ".join(columns))


def population_notes(
    *,
    typed: tuple[str, ...],
    counted: tuple[str, ...],
    empty: tuple[str, ...],
    persons: bool,
    as_of: date | None,
) -> list[str]:
    """Which population each village's rates divide by, and why some are not printed; `persons`:
    the table has a column of them. `as_of` is the day of a table of one within the year.
    """
    what = PAPER["households_and_persons" if persons else "households"]
    found = (  # where all are alike none is named
        ("typed", typed, counted),
        ("counted", counted, typed or empty),
        ("empty", empty, typed or counted),
    )
    notes = [
        PAPER[f"population_{kind}{'_of' if others else ''}"].format(
            what=what, names=", ".join(names)
        )
        for kind, names, others in found
        if names
    ]
    if typed and as_of is not None and (as_of.month, as_of.day) != (12, 31):
        day = format_date(as_of)
        notes.append(PAPER["population_year"].format(what=what, year=as_of.year, day=day))
    return notes


def inside_notes(
    *, households: int, more: int, fewer: int, increase: str, decrease: str
) -> list[str]:
    """What the other increase and decrease hold of households that did not leave the list;
    `increase`, `decrease` are their columns, empty where not printed.
    """
    notes = []
    columns = " và ".join(filter(None, (decrease, increase)))
    if households and columns:
        columns = columns[0].upper() + columns[1:]
        notes.append(
            PAPER["moved_inside"].format(columns=columns, count=format_integer(households))
        )
    sizes = [
        PAPER[name].format(column=column, count=format_integer(count))
        for name, column, count in (("size_more", increase, more), ("size_fewer", decrease, fewer))
        if column
    ]
    if (more or fewer) and sizes:
        notes.append(PAPER["other_size"].format(sizes=", ".join(sizes)))
    return notes
