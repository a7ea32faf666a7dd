"""What is odd about the targets of a plan and what its villages are given, as sentences."""

from __future__ import annotations

from giamngheo_desktop.domain.doubted import Doubted
from giamngheo_desktop.domain.target_doubts import NO_OPENING, NOT_COMPARABLE
from giamngheo_desktop.texts.new_standard import changed_offer, offer_short

TARGET_DOUBTS: dict[str, str] = {
    # of one target
    "no_number": "{label}: chưa có số, cũng chưa ghi nội dung cần đạt.",
    "negative": "{label}: {value} là số âm.",
    "not_whole": "{label}: {value} {unit} không phải số nguyên.",
    "over_whole": "{label}: {value} % vượt quá 100 %.",
    "turned_higher": "{label}: càng cao càng tốt mà lại ghi “không quá”.",
    "turned_lower": "{label}: càng thấp càng tốt mà lại ghi “ít nhất” hoặc “trên”.",
    "no_document": "{label}: giao {value} {unit} mà chưa ghi văn bản giao.",
    "document_alone": "{label}: ghi văn bản giao “{document}” mà chưa ghi số giao.",
    "above_households": "{label}: giảm {value} hộ mà danh sách cuối năm {last} chỉ có {there} hộ.",
    "above_points": "{label}: giảm {value} điểm % mà tỷ lệ cuối năm {last} chỉ có {there} %.",
    "above_typed": "{label}: ghi {value} {unit}, lớn hơn số đầu năm đã ghi ({there}).",
    "above_rate": "{label}: ghi {value} %, cao hơn tỷ lệ cuối năm {last} ({there} %).",
    "more_than": "{label}: ghi {value} {unit} mà số dân năm {counted_in} cả đơn vị chỉ có {there} "
    "{unit}.",
    "more_than_poor": "{label}: ghi {value} {unit} mà danh sách hộ nghèo cuối năm {last} chỉ có "
    "{there} {unit}.",
    "more_than_near_poor": "{label}: ghi {value} {unit} mà danh sách hộ cận nghèo cuối năm {last} "
    "chỉ có {there} {unit}.",
    "more_than_near_poor_poor": "{label}: ghi {value} {unit} mà danh sách hộ nghèo, hộ cận nghèo "
    "cuối năm {last} chỉ có {there} {unit}.",
    "assigned_after": "{label}: văn bản giao ngày {day}, sau ngày {plan} của kế hoạch.",
    "assigned_ahead": "{label}: văn bản giao ngày {day}, sau hôm nay ({today}).",
    "assigned_apart": "{label}: văn bản giao ngày {day}, không phải của năm {last} hay {year}.",
    "due_before": "{label}: hạn đạt {day}, trước năm kế hoạch {year}.",
    "due_after": "{label}: hạn đạt {day}, sau năm kế hoạch {year}.",
    "due_before_given": "{label}: hạn đạt {due}, trước ngày {day} của văn bản giao.",
    "start_negative": "{label}: số đầu năm {value} là số âm.",
    "start_not_whole": "{label}: số đầu năm {value} {unit} không phải số nguyên.",
    "start_over_whole": "{label}: số đầu năm {value} % vượt quá 100 %.",
    "start_parts": "{label}: đầu năm ghi {above} trong tổng số {below}.",
    "start_apart": "{label}: số đầu năm ghi {value} %, mà {above} trong tổng số {below} là "
    "{computed} %.",
    "behind_start": "{label}: ghi {value} {unit}, kém số đầu năm đã ghi ({there} {unit}).",
    "no_opening": "{labels}: chưa có số đầu năm để so. {why}",
    "not_comparable": "{label}: số đầu năm theo {baseline}, kết quả năm {year} theo {standard}: "
    "không so sánh được, {offer}.",
    "baseline_standard": "{label}: năm {year} đổi chuẩn nghèo, chưa ghi số đầu năm theo chuẩn nào.",
    "baseline_apart": "{label}: số đầu năm ghi {value}, danh sách cuối năm {last} trong sổ là "
    "{there}.",
    # of a result that was typed
    "result_before": "{label}: kết quả tính đến {day} là trước năm {year}, không tính cho năm "
    "{year}.",
    "result_after": "{label}: kết quả tính đến {day} là sau năm {year}; nếu là số cả năm thì ghi "
    "ngày 31/12/{year}.",
    "result_ahead": "{label}: kết quả tính đến {day}, ngày chưa tới (hôm nay {today}).",
    "result_empty": "{label}: kết quả ngày {day} chưa ghi số nào, cũng chưa ghi đạt hay chưa.",
    "result_unsaid": "{label}: kết quả ngày {day} chưa ghi đạt hay chưa.",
    "result_word_alone": "{label}: kết quả ngày {day} chỉ ghi đạt hay chưa, chưa ghi số.",
    "result_numerator": "{label}: kết quả ngày {day} có mẫu số mà chưa có tử số.",
    "result_denominator": "{label}: kết quả ngày {day} có tử số mà chưa có mẫu số.",
    "result_negative": "{label}: kết quả ngày {day} ghi {value}, là số âm.",
    "result_not_whole": "{label}: kết quả ngày {day} ghi {value} {unit}, không phải số nguyên.",
    "result_over_whole": "{label}: kết quả ngày {day} ghi {value} {unit}, vượt quá 100 %.",
    "result_parts": "{label}: kết quả ngày {day} ghi {above} trong tổng số {below}.",
    "result_apart": "{label}: kết quả ngày {day} ghi {value} {unit}, mà tử số, mẫu số cho "
    "{computed} {unit}: chương trình lấy số sau.",
    # of several
    "weaker": "{label}: phấn đấu {pursued} {unit}, kém chỉ tiêu giao {assigned} {unit}.",
    "twice": "{label}: ghi hai lần trong kế hoạch.",
    "twice_apart": "{label}: ghi hai lần trong kế hoạch với hai số, {other} và {value} {unit}.",
    "linked_apart": "{label}: ghi {value} {unit}, mà tính từ {by} {other} thì là {computed} "
    "{unit}.",
    "linked_rounded": "{label}: ghi {value} {unit}, mà tính từ {by} {other} thì là {computed} "
    "{unit}: chênh do làm tròn.",
    "linked_households": "{label}: {value} {unit} và {other} chỉ khớp khi có {possible} hộ, "
    "đầu năm có {households} hộ.",
    "points_alone": "{label}: giảm {value} điểm % và giảm {households} hộ không khớp với tổng số "
    "hộ nào.",
    "lists_rounded": "{label} khớp với {possible} hộ, {other} với "
    "{other_possible} hộ: chênh do làm tròn.",
    "lists_apart": "{label} khớp với {possible} hộ, {other} với "
    "{other_possible} hộ: không cùng một tổng số hộ.",
    # of a village
    "village_negative": "{village}: {value} là số âm.",
    "households_start": "{village}: đầu năm {value} hộ nghèo, cận nghèo trong tổng số {there} hộ.",
    "households_end": "{village}: cuối năm {value} hộ nghèo, cận nghèo trong tổng số dự kiến "
    "{there} hộ.",
    "persons_few": "{village}: {value} khẩu mà có {there} hộ.",
    "poor_persons_few": "{village}: {value} khẩu nghèo mà có {there} hộ nghèo.",
    "village_lacks_poor": "{village}: chưa giao số hộ nghèo giảm.",
    "village_lacks_near_poor": "{village}: chưa giao số hộ cận nghèo giảm.",
    "village_above_poor": "{village}: giảm {value} hộ nghèo mà danh sách cuối năm {last} chỉ có "
    "{there}.",
    "village_above_near_poor": "{village}: giảm {value} hộ cận nghèo mà danh sách cuối năm {last} "
    "chỉ có {there}.",
    "registered_poor": "{village}: {value} hộ nghèo đăng ký thoát, giao giảm {there}.",
    "registered_near_poor": "{village}: {value} hộ cận nghèo đăng ký thoát, giao giảm {there}.",
    "gained_more": "{village}: {value} hộ nghèo lên cận nghèo mà chỉ {there} hộ thoát nghèo.",
    "expected_below": "{village}: dự kiến {value} hộ, ít hơn đầu năm ({there} hộ).",
    "far_opening_poor": "{village}: tỷ lệ hộ nghèo đầu năm {value} %, cả bảng {there} %.",
    "far_closing_poor": "{village}: tỷ lệ hộ nghèo cuối năm {value} %, cả bảng {there} %.",
    "far_opening_near_poor": "{village}: tỷ lệ hộ cận nghèo đầu năm {value} %, cả bảng {there} %.",
    "far_closing_near_poor": "{village}: tỷ lệ hộ cận nghèo cuối năm {value} %, cả bảng {there} %.",
    # of villages beside the commune
    "villages_pursued": "{label}: phấn đấu {value} {unit}, cộng các thôn {sum} {unit} "
    "(giảm {fall} hộ, thêm {back} hộ).",
    "villages_assigned": "{label}: giao {value} {unit}, cộng các thôn {sum} {unit} "
    "(giảm {fall} hộ, thêm {back} hộ).",
    "villages_over": "{label}: các thôn đã giao {sum} {unit} (giảm {fall} hộ, thêm {back} hộ), hơn "
    "{value} {unit} của toàn xã, còn {blank} thôn chưa giao.",
}


def target_doubt_text(doubted: Doubted) -> str:
    return TARGET_DOUBTS[doubted.code].format(**doubted.params, **_more(doubted))


def _more(doubted: Doubted) -> dict[str, str]:
    """What is said of a new standard in the same words everywhere."""
    params = doubted.params
    if doubted.code == NO_OPENING:
        year, now, before = int(params["year"]), params["now"], params["before"]
        return {"why": changed_offer(year, now, before)}
    if doubted.code == NOT_COMPARABLE:
        return {"offer": offer_short(params["year"])}
    return {}
