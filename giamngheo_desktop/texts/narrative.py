"""What the reports of a month, a quarter, a year say of their own numbers, sentence by sentence."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from giamngheo_desktop.domain.dates import format_date
from giamngheo_desktop.domain.movement import Flow
from giamngheo_desktop.domain.numbers import format_integer
from giamngheo_desktop.texts.poverty_analysis import two_digits

SITUATION: dict[str, str] = {
    "none": "Đến ngày {day} chưa có số liệu hộ nghèo, hộ cận nghèo của năm {year}.",
    "population": "{When}, {unit} có {households} hộ dân cư với {persons} nhân khẩu.",
    "on_day": "Đến ngày {day}",
    "counted_on": "Theo số liệu ngày {day}",
    "counted_in": "Theo số liệu cuối năm {year}",
    "no_population": "Chưa ghi tổng số hộ dân cư, nhân khẩu năm {year} của {unit}.",
    "poor": "Hộ nghèo",
    "near_poor": "Hộ cận nghèo",
    "ends": "{list}: đầu năm {opening}; đến ngày {day} {now} ({status}).",
    "ends_without_opening": "{list}: đến ngày {day} {now} ({status}).",
    "ends_without_now": "{list}: đầu năm {opening}; chưa có số đến ngày {day}. {reason}",
    "nothing": "{list}: chưa có số liệu đến ngày {day}. {reason}",
    "count": "{households} hộ với {persons} nhân khẩu",
    "rate": ", tỷ lệ {rate}%",
    "fell": "So với đầu năm, số {list} giảm {households} hộ{points}.",
    "rose": "So với đầu năm, số {list} tăng {households} hộ{points}.",
    "same": "So với đầu năm, số {list} không đổi{points}.",
    "points_fell": "; tỷ lệ giảm {points} điểm %",
    "points_rose": "; tỷ lệ tăng {points} điểm %",
    "points_same": "; tỷ lệ không đổi",
    "recognised": "kết quả rà soát đã công nhận",
    "in_force": "theo danh sách đang quản lý",
    "decided": "Kết quả rà soát năm {year} được công nhận tại Quyết định số {number} ngày {day}: "
    "hộ nghèo {poor}; hộ cận nghèo {near_poor}.",
    "preliminary": "Kết quả rà soát sơ bộ năm {year}, chưa công nhận: hộ nghèo {poor}; hộ cận "
    "nghèo {near_poor}.",
    "waiting": "Còn {count} hộ trong các danh sách hộ nghèo, hộ cận nghèo, hộ có mức sống trung "
    "bình chưa có kết quả rà soát năm {year}.",
}

MOVED: dict[str, str] = {
    "none": "Chưa đủ số liệu về biến động {list} từ đầu năm.",
    "none_of_year": "Năm {year} chưa ghi biến động hộ nghèo, hộ cận nghèo nào.",
    "still": "Từ đầu năm đến ngày {day} không có {list} nào ra hay vào danh sách.",
    "poor": "hộ nghèo",
    "near_poor": "hộ cận nghèo",
    "flow": "Biến động {list} từ đầu năm đến ngày {day}: đầu kỳ {opening} hộ; {steps}; cuối kỳ "
    "{closing} hộ.",
    "escaped_poor": "thoát nghèo {count} hộ (thành hộ cận nghèo {to_other} hộ, vượt chuẩn cận "
    "nghèo {above} hộ)",
    "escaped_near_poor": "thoát cận nghèo {above} hộ",
    "to_other_near_poor": "trở thành hộ nghèo {count} hộ",
    "other_decrease": "giảm khác {count} hộ",
    "away": " (chuyển đi khỏi xã {count} hộ)",
    "from_other_poor": "từ hộ cận nghèo trở thành hộ nghèo {count} hộ",
    "from_other_near_poor": "từ hộ nghèo trở thành hộ cận nghèo {count} hộ",
    "new": "phát sinh mới {count} hộ",
    "again_poor": "tái nghèo {count} hộ",
    "again_near_poor": "tái cận nghèo {count} hộ",
    "other_increase": "tăng khác {count} hộ",
    "arrived": " (chuyển đến từ xã khác {count} hộ)",
    "inside": "Có {count} {list} chuyển thôn, tổ dân phố trong địa bàn, vẫn ở trong danh sách.",
    "net": "Có {out} hộ ra khỏi danh sách {list}, {into} hộ vào danh sách; {net}.",
    "net_fell": "thực giảm {count} hộ",
    "net_rose": "thực tăng {count} hộ",
    "net_same": "số hộ không đổi",
    "title": "Biến động hộ nghèo, hộ cận nghèo từ đầu năm đến ngày {day}",
    "unit": "ĐVT: hộ, người",
    "content": "Nội dung",
    "households": "Số hộ",
    "persons": "Số khẩu",
}

FLOW_ROWS: dict[str, str] = {
    Flow.OPENING: "Đầu kỳ",
    Flow.TO_OTHER: "Ra: chuyển sang danh sách kia",
    Flow.ABOVE: "Ra: vượt chuẩn cận nghèo",
    Flow.OTHER_DECREASE: "Ra: giảm khác (chuyển đi, mất, nhập hộ, bớt khẩu)",
    Flow.FROM_OTHER: "Vào: từ danh sách kia chuyển sang",
    Flow.AGAIN: "Vào: tái nghèo, tái cận nghèo",
    Flow.NEW: "Vào: phát sinh mới",
    Flow.OTHER_INCREASE: "Vào: tăng khác (chuyển đến, thêm khẩu)",
    Flow.CLOSING: "Cuối kỳ",
}

BY_UNIT: dict[str, str] = {
    "title": "Hộ nghèo, hộ cận nghèo theo thôn, tổ dân phố đến ngày {day}",
    "title_communes": "Hộ nghèo, hộ cận nghèo theo xã, phường đến ngày {day}",
    "unit": "ĐVT: hộ, %",
    "village": "Thôn, tổ dân phố",
    "commune": "Xã, phường",
    "households": "Số hộ dân cư",
    "poor": "Hộ nghèo",
    "near_poor": "Hộ cận nghèo",
    "opening": "Đầu năm",
    "now": "Hiện nay",
    "rate": "Tỷ lệ (%)",
    "total": "Tổng cộng",
    "none": "Chưa ghi thôn, tổ dân phố nào.",
}

BY_GROUP: dict[str, str] = {
    "title": "Hộ nghèo, hộ cận nghèo theo đặc điểm của hộ đến ngày {day}",
    "unit": "ĐVT: hộ, %",
    "content": "Đặc điểm của hộ",
    "households": "Số hộ",
    "share": "Tỷ lệ (%)",
    "all": "Tổng số",
    "minority": "Hộ dân tộc thiểu số",
    "female_head": "Chủ hộ là nữ",
    "social_protection": "Thuộc chính sách bảo trợ xã hội",
    "without_labour": "Không có lao động",
    "with_labour": "Có lao động",
    "deprived": "Thiếu hụt chỉ số",
    "note": "Tỷ lệ tính trên số hộ của từng danh sách.",
    "ranges": "Dòng còn hộ chưa rõ được in thành khoảng: số ít nhất–số nhiều nhất.",
}

WORK: dict[str, str] = {
    "none": "Từ ngày {first} đến ngày {last} chưa ghi hoạt động, khoản hỗ trợ nào.",
    "undated": "Còn {count} hoạt động của năm chưa ghi ngày, không xếp vào kỳ nào được.",
    "no_component": "Việc không ghi thuộc dự án, nội dung nào",
    "line": "- {name} ({about}){outputs}.",
    "outputs": ": {parts}",
    "output": "{label} {number}",
    "day": "ngày {day}",
    "days": "từ ngày {first} đến ngày {last}",
    "no_day": "chưa ghi ngày",
    "households": "{count} hộ tham gia",
    "persons": "{count} người tham gia",
    "officers": "{count} cán bộ tham gia",
    "supports": "Hỗ trợ: {parts}.",
    "supported_homes": "{count} hộ",
    "supported_people": "{count} người",
    "amount": "{amount} đồng",
    "unpriced": "{count} lượt chưa ghi số tiền",
}

POLICY: dict[str, str] = {
    "none": "Từ ngày {first} đến ngày {last} chưa ghi khoản hỗ trợ nào cho hộ, người.",
    "none_of_year": "Từ đầu năm đến ngày {last} chưa ghi khoản hỗ trợ nào cho hộ, người.",
    "said": "Từ ngày {first} đến ngày {last} đã hỗ trợ {parts}.",
    "since": "Lũy kế từ đầu năm đã hỗ trợ {parts}.",
    "title": "Kết quả thực hiện các chính sách hỗ trợ",
    "unit": "ĐVT: hộ, người, đồng",
    "policy": "Chính sách",
    "of_period": "Trong kỳ",
    "of_year": "Lũy kế từ đầu năm",
    "households": "Số hộ",
    "persons": "Số người",
    "amount": "Số tiền",
    "total": "Tổng số",
    "unpriced": "Có {count} lượt hỗ trợ chưa ghi số tiền, không có trong tổng số tiền.",
    "note_persons": "Số người: người được hỗ trợ theo từng cá nhân; hỗ trợ chung cho hộ chỉ tính ở "
    "số hộ.",
    "note": "Một hộ nhận nhiều chính sách chỉ tính một lần ở dòng tổng số.",
}

MONEY: dict[str, str] = {
    "none": "Đến ngày {last} chưa ghi kinh phí năm {year} nào.",
    "assigned": "Kinh phí được giao năm {year}: {assigned} đồng.",
    "not_assigned": "Chưa ghi kinh phí được giao năm {year}.",
    "disbursed": "Giải ngân đến ngày {last}: {disbursed} đồng{rate}.",
    "rate": ", đạt {rate}% kinh phí được giao",
    "not_disbursed": "Đến ngày {last} chưa ghi khoản giải ngân nào.",
    "in_period": "Trong kỳ giải ngân {disbursed} đồng.",
    "none_in_period": "Trong kỳ chưa ghi khoản giải ngân nào.",
    "undated": "Có {count} dòng kinh phí không ghi ngày, vẫn tính vào số lũy kế.",
    "title": "Kinh phí theo dự án, nội dung và nguồn vốn đến ngày {last}",
    "unit": "ĐVT: đồng, %",
    "content": "Dự án, nội dung, nguồn vốn",
    "assigned_column": "Kinh phí được giao",
    "disbursed_column": "Đã giải ngân",
    "rate_column": "Tỷ lệ (%)",
    "total": "Tổng cộng",
}


def with_unit(number: str, unit: str) -> str:
    """7 hộ, and 98,04% trẻ em; what is no number has no unit."""
    if not (unit and number[-1:].isdigit()):
        return number
    return f"{number}{unit}" if unit.startswith("%") else f"{number} {unit}"


def whole_text(count: int | None) -> str:
    """A count in prose: 07, 14, 1.234, and 0 as it is; … where nobody knows it."""
    return "…" if count is None else two_digits(count)


def days_text(first: date | None, last: date | None) -> str:
    """On which days something was."""
    if first is None or last is None:
        return WORK["no_day"]
    if first == last:
        return WORK["day"].format(day=format_date(first))
    return WORK["days"].format(first=format_date(first), last=format_date(last))


def money_text(amount: int) -> str:
    return WORK["amount"].format(amount=format_integer(amount))


def joined(parts: Iterable[str], mark: str = "; ") -> str:
    return mark.join(filter(None, parts))
