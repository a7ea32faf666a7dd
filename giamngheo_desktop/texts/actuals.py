"""What is said of a number reached: its state, and why it has none."""

from __future__ import annotations

ACTUAL_STATES: dict[str, str] = {
    "known": "đã đếm",
    "no_need": "không phát sinh nhu cầu",
    "typed": "nhập tay",
    "missing": "chưa có số liệu",
    "not_comparable": "không so sánh được",
}

ACTUAL_REASONS: dict[str, str] = {
    "typed": "Chương trình không có dữ liệu để đếm: nhập kết quả kèm nguồn và ngày.",
    "no_standard": "Năm này chưa có chuẩn nghèo nào.",
    "no_result": "Chưa có kết quả rà soát được công nhận.",
    "waiting": "Còn hộ trong danh sách chưa có kết quả rà soát của năm.",
    "no_opening": "Chưa có kết quả công nhận cuối năm trước.",
    "no_households": "Chưa có tổng số hộ dân cư của năm.",
    "nobody": "Không có ai để tính tỷ lệ.",
    "small_denominator": "Tổng số nhỏ hơn số được đếm nên không tính tỷ lệ.",
    "partly_unknown": "Còn người, hộ chưa rõ; chương trình không tính chưa rõ là không.",
    "no_indicator": "Chuẩn nghèo của năm không có chỉ số này.",
    "not_measured": "Chưa có trẻ em nào được cân đo, ghi tình trạng dinh dưỡng.",
    "undated": "Sổ chỉ giữ thông tin hiện nay, không còn thông tin của năm này.",
    "low_income": "Không đếm được người lao động thu nhập thấp nên chưa đủ nhóm đối tượng.",
    "replicates_unsaid": "Có mô hình chưa ghi ngày bắt đầu, hoặc có phải nhân rộng hay không.",
    "no_information_officers": "Danh sách cán bộ chưa ghi ai làm thông tin, truyền thông.",
    "typed_above": "Đếm được ở từng xã; cấp trên nhập kết quả kèm nguồn và ngày.",
    "needs_on_forms": "Phiếu hộ có đánh dấu nhu cầu mà mục Nhu cầu chưa ghi của ai, từ ngày nào.",
    "no_needs": "Năm này chưa ghi nhu cầu nào.",
    "before_register": "Sổ hộ bắt đầu sau ngày này.",
    "nothing_assigned": "Chưa ghi kinh phí được giao.",
    "nothing_disbursed": "Chưa ghi khoản giải ngân nào.",
    "standards_differ": "Đầu năm và cuối năm theo hai chuẩn nghèo khác nhau.",
}

# What must be said beside a number.
ACTUAL_REMARKS: dict[str, str] = {
    "undated": "Sổ không ghi thông tin này có từ ngày nào: tính theo điều sổ đang ghi.",
    "need_of_whom": "Có nhu cầu không ghi của ai trong hộ: tính là một người.",
    "needs_on_forms": "Có hộ đánh dấu nhu cầu trên phiếu mà chưa ghi ở mục Nhu cầu nên chưa tính.",
    "some_not_measured": "Chỉ tính trẻ em đã được ghi tình trạng dinh dưỡng.",
    "entitled_as_known": "Người đủ điều kiện: đang hưởng, khuyết tật nặng hoặc có ghi nhu cầu.",
    "households_before": "Tổng số hộ là số cuối năm trước: đến ngày này chưa có số mới.",
    "with_replicated": "Có mô hình ghi là nhân rộng: cũng tính, vì bắt đầu trong năm.",
    "information_unsaid": "Cán bộ chưa ghi có làm thông tin, truyền thông không thì không tính.",
    "money_without_day": "Có khoản không ghi ngày; vẫn tính.",
}
