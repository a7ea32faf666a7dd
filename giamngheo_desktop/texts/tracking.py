"""What is said of targets being reached: states, forecasts, the printed table, the command."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from giamngheo_desktop.domain.numbers import format_integer, format_signed
from giamngheo_desktop.domain.target_state import TargetState
from giamngheo_desktop.texts.narrative import MOVED

TARGET_STATES: dict[TargetState, str] = {
    TargetState.REACHED: "Đạt",
    TargetState.ON_WAY: "Chưa đạt, còn thời hạn",
    TargetState.BEHIND: "Chưa đạt, dự báo không đạt",
    TargetState.NOT_REACHED: "Không đạt",
    TargetState.NO_NEED: "Không phát sinh nhu cầu",
    TargetState.NO_DATA: "Chưa có số liệu",
    TargetState.NOT_COMPARABLE: "Không so sánh được",
    TargetState.DONE: "Đạt (định tính)",
    TargetState.NOT_DONE: "Không đạt (định tính)",
    TargetState.UNSAID: "Định tính, chưa đánh giá",
}

TRACKING: dict[str, str] = {
    "code": "CHI TIEU",
    "title": "KẾT QUẢ THỰC HIỆN CHỈ TIÊU GIẢM NGHÈO NĂM {year}",
    "of_plan": "Theo kế hoạch năm {year} đã ban hành",
    "of_draft": "Theo bản dự thảo kế hoạch năm {year}",
    "of_version": "{said} (bản thứ {version})",
    "of_day": "Số liệu tính đến ngày {day}",
    "of_written": "{said} (ghi vào sổ lần cuối ngày {day})",
    "of_closed": "{said}; hộ nghèo, hộ cận nghèo là số cuối năm {year}, đã khóa sổ",
    "of_both": "{plan} · {day}",
    "target": "Chỉ tiêu",
    "unit": "ĐVT",
    "baseline": "Đầu năm",
    "assigned": "Chỉ tiêu giao",
    "pursued": "Chỉ tiêu phấn đấu",
    "reached": "Thực hiện",
    "share": "% đạt",
    "of_assigned": "so với giao",
    "of_pursued": "so với phấn đấu",
    "nothing": "–",
    "rose": "{said} (tăng {rise})",
    "state": "Đánh giá",
    "of_group": "{name} ({group})",
    "both_states": "{pursued} (phấn đấu); {assigned} (giao)",
    "no_plan": "Năm {year} chưa có kế hoạch nên chưa có chỉ tiêu.",
    "no_targets": "Kế hoạch năm {year} chưa ghi chỉ tiêu nào.",
    "note_points": "Mức giảm tỷ lệ tính bằng điểm phần trăm của tổng số hộ. So sánh theo số chưa "
    "làm tròn; số in làm tròn đến 2 chữ số thập phân.",
    "note_share": "% đạt của chỉ tiêu phải giảm là phần đã giảm trên phần phải giảm, tính từ đầu "
    "năm.",
    "note_about": "Chỉ tiêu ghi “khoảng”: sai khác không quá 10%, hoặc tốt hơn số ghi, thì coi là "
    "đạt; văn bản không quy định mức sai khác.",
    "note_typed": "{target}: theo {source}, ngày {day}.",
    "note_typed_dated": "{target}: theo {source}.",
    "note_reason": "{target}: {reason}",
    "note_forecast": "{target}: {forecast}.",
    "note_range": "{target}: từ {low} đến {high}, còn {count} chưa rõ.",
    "note_day": "{target}: tính đến ngày {day}, hạn của chỉ tiêu.",
    "not_begun": "Năm kế hoạch chưa bắt đầu.",
    "offer": "Đầu kỳ theo chuẩn của năm nay: {value}.",
    "offer_none": "Nhập kết quả rà soát đầu kỳ theo chuẩn của năm nay để so sánh.",
    "escaped_poor": "thoát nghèo {count} hộ",
    "escaped_near_poor": "thoát cận nghèo {count} hộ",
    "net_escaped": "Trong năm {escaped} − ({new} + {again}) = {net} hộ{more}.",
    "net_more": "; {net} hộ {flows} = {total} hộ",
    "added_flow": "+ {said}",
    "taken_flow": "− {said}",
    "rates": "Đầu năm {start}, nay {now}.",
    "rate": "{percent}% ({part}/{whole} hộ)",
    "no_forecast": "chưa có cơ sở dự báo",
    "forecast": "dự báo cuối năm {value}: {basis}",
}

FORECASTS: dict[str, str] = {
    "now": "số hiện nay",
    "list": "danh sách hiện nay",
    "nobody": "không còn hộ nào đăng ký thoát",
    "leaving": "trừ {count} hộ đăng ký thoát còn trong danh sách",
    "coming": "thêm {count} hộ dự kiến tái nghèo, phát sinh",
    "not_said": "chưa kể tái nghèo, phát sinh mới (chưa có số dự kiến)",
    "fallen": "thêm {count} hộ nghèo đăng ký thoát nghèo, còn cận nghèo",
    "planned": "thêm {count} mô hình dự kiến bắt đầu trong năm",
}

CLI_TARGETS: dict[str, str] = {
    "help": "chỉ tiêu của kế hoạch năm: giao, phấn đấu, thực hiện, %% đạt, đánh giá, dự báo",
    "help_year": "năm kế hoạch",
    "help_day": "tính đến ngày, mặc định hôm nay, của năm đã khóa sổ thì số lúc khóa: "
    "2026-06-30 hoặc 30/06/2026",
    "help_unit": "tên hoặc mã của xã",
    "help_village": "tên hoặc mã của một thôn trong xã",
    "help_history": "thêm số thực hiện đến cuối từng tháng",
    "help_analysis": "phân tích hộ nghèo cuối năm trước; tên hộ của từng số: thêm --names, hoặc "
    "--json",
    "help_names": "cùng --analysis: tên hộ của từng số, hộ chưa rõ ghi riêng",
    "needs_analysis": "--names chỉ dùng cùng với --analysis",
    "named": "{part}: {count}",
    "unknown": "{part}, chưa rõ: {count}",
    "home": "  {head}, {village}",
    "help_villages": "bảng giao cho thôn, như trong kế hoạch",
    "help_print": "ghi bảng (hoặc phân tích, bảng giao cho thôn) ra tệp của -o",
    "what": "Chỉ tiêu của kế hoạch",
    "help_output": "tệp ghi ra: xlsx, pdf, docx hoặc json",
    "needs_output": "--print cần -o TỆP",
    "needs_print": "-o chỉ dùng cùng với --print",
    "line": "{target}: {said}",
    "number": "{name} {value}",
    "column": "{label} {value}",
    "columns": "{label}: {parts}",
    "point": "{day}: {value}",
}


def net_escaped(table: str, escaped: int, net: int, flows: Mapping[str, int]) -> str:
    """How a list (poor, near_poor) became shorter: thoát − (phát sinh mới + tái), then what else of
    it is not nought, up to the whole. All flows are known.
    """

    def said(flow: str, count: int) -> str:
        words = MOVED[flow if flow in MOVED else f"{flow}_{table}"]
        return words.format(count=format_integer(count))

    signs = {"from_other": -1, "other_decrease": 1, "other_increase": -1}
    if table == "near_poor":
        signs = {"to_other": 1, **signs}  # hộ nghèo that became cận nghèo escaped
    others = {flow: sign for flow, sign in signs.items() if flows[flow]}
    more = ""
    if others:
        ways = {1: TRACKING["added_flow"], -1: TRACKING["taken_flow"]}
        parts = (ways[sign].format(said=said(one, flows[one])) for one, sign in others.items())
        total = net + sum(sign * flows[flow] for flow, sign in others.items())
        more = TRACKING["net_more"].format(
            net=format_signed(net), flows=" ".join(parts), total=format_signed(total)
        )
    return TRACKING["net_escaped"].format(
        escaped=TRACKING[f"escaped_{table}"].format(count=format_integer(escaped)),
        new=said("new", flows["new"]),
        again=said("again", flows["again"]),
        net=format_signed(net),
        more=more,
    )


def forecast_basis(*, leaving: int, coming: int | None, fallen: int, planned: int) -> str:
    """How a forecast was made, from the numbers that went into it."""
    return ", ".join(_basis(leaving, coming, fallen, planned))


def _basis(leaving: int, coming: int | None, fallen: int, planned: int) -> Iterator[str]:
    if planned:
        yield FORECASTS["now"]
        yield FORECASTS["planned"].format(count=planned)
        return
    yield FORECASTS["list"]
    yield FORECASTS["leaving" if leaving else "nobody"].format(count=leaving)
    if fallen:
        yield FORECASTS["fallen"].format(count=fallen)
    if coming is None:
        yield FORECASTS["not_said"]
    else:
        yield FORECASTS["coming"].format(count=coming)
