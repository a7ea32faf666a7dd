"""What reports say of targets, help, incidents, works, dialogues, tasks, and of what comes next."""

from __future__ import annotations

PROGRESS: dict[str, str] = {
    "no_plan": "Năm {year} chưa có kế hoạch nên chưa có chỉ tiêu để đánh giá.",
    "no_targets": "Kế hoạch năm {year} chưa ghi chỉ tiêu nào.",
    "counted": "Đến ngày {day}, {count} chỉ tiêu của kế hoạch năm {year}{draft}: {states}.",
    "draft": " (bản dự thảo)",
    "state": "{state} {count}",
}

HELP: dict[str, str] = {
    "none": "Đến ngày {day} chưa ghi phân công giúp đỡ, lượt thăm hộ, kế hoạch giúp hộ nào.",
    "listed": "Đến ngày {day} có {helped} trong {listed} hộ nghèo, hộ cận nghèo đã được phân công "
    "người, tổ chức giúp đỡ; {without} hộ chưa có ai giúp đỡ.",
    "none_listed": "Đến ngày {day} trong danh sách không có hộ nghèo, hộ cận nghèo nào.",
    "in_charge": "Phân công phụ trách {villages} thôn, tổ dân phố.",
    "visits": "Từ ngày {first} đến ngày {last} có {visits} lượt thăm {homes} hộ.",
    "no_visits": "Từ ngày {first} đến ngày {last} chưa ghi lượt thăm hộ nào.",
    "plans": "Kế hoạch giúp hộ năm {year}: {plans} hộ có kế hoạch, {registered} hộ đăng ký thoát "
    "nghèo, thoát cận nghèo; {done} kế hoạch đã ghi kết quả, {overdue} kế hoạch quá hạn chưa ghi.",
    "title": "Phân công giúp đỡ đến ngày {day}",
    "helper": "Cơ quan, đoàn thể",
    "officers": "Số cán bộ",
    "no_body": "Cán bộ chưa ghi cơ quan",
    "homes": "Số hộ giúp đỡ",
    "charge": "Phụ trách thôn, tổ dân phố",
    "came": "Số hộ đến kỳ thăm chưa thăm",
}

INCIDENT: dict[str, str] = {
    "none": "Từ ngày {first} đến ngày {last} chưa ghi biến cố, rủi ro nào của hộ.",
    "counted": "Từ ngày {first} đến ngày {last} có {count} biến cố, rủi ro của {homes} hộ: "
    "{kinds}.",
    "kind": "{kind} {count}",
    "handled": "Đã xử lý xong {handled}, chưa xử lý xong {open}; {review} đề nghị rà soát trong "
    "năm.",
    "line": "- {kind} (ngày {day}){said}.",
}

WORKS_REPORT: dict[str, str] = {
    "none": "Từ ngày {first} đến ngày {last} chưa ghi công trình hạ tầng nào.",
    "counted": "Từ ngày {first} đến ngày {last} có {count} công trình hạ tầng: đã nghiệm thu "
    "{accepted}, chưa nghiệm thu {open}.",
    "accepted": "nghiệm thu ngày {day}",
    "waits": "chưa nghiệm thu",
    "upkeep": "duy tu, bảo dưỡng: {content} ({answer})",
}

DIALOGUES: dict[str, str] = {
    "none": "Từ ngày {first} đến ngày {last} chưa ghi cuộc đối thoại, kiểm tra, giám sát nào.",
    "counted": "{kind}: {count} cuộc{items}.",
    "petition": ", {count} kiến nghị ({answered} đã trả lời, {open} chưa trả lời)",
    "finding": ", {count} phát hiện ({answered} đã xử lý, {open} chưa xử lý)",
    "item": "- {content} ({about}): {answer}.",
    "raised_by": "người nêu: {name}",
    "answered": "{answer} (ngày {day})",
    "answered_on": "đã trả lời ngày {day}",
    "petition_waits": "chưa trả lời",
    "finding_waits": "chưa xử lý",
    "due": "hạn {day}",
}

TASKS: dict[str, str] = {
    "none": "Từ ngày {first} đến ngày {last} không có nhiệm vụ nào đến hạn hay đã xong được ghi.",
    "counted": "{count} nhiệm vụ, báo cáo phải làm trong kỳ: đã xong {done}, quá hạn chưa xong "
    "{late}, còn lại {open}.",
    "title": "Kết quả thực hiện nhiệm vụ từ ngày {first} đến ngày {last}",
    "body": "Cơ quan, đoàn thể",
    "content": "Nhiệm vụ",
    "due": "Hạn",
    "result": "Kết quả",
    "done": "đã xong",
    "done_on": "xong ngày {day}",
    "late": "quá hạn",
    "open": "chưa ghi kết quả",
    "no_body": "Chưa giao cơ quan nào",
}

FUND_REPORT: dict[str, str] = {
    "none": "Đến ngày {last} chưa ghi khoản thu, chi quỹ vận động nào của năm {year}.",
    "title": "Thu, chi các quỹ vận động từ đầu năm đến ngày {last}",
    "unit": "ĐVT: đồng",
    "content": "Quỹ",
    "in": "Thu từ đầu năm",
    "out": "Chi từ đầu năm",
    "in_period": "Thu trong kỳ",
    "out_period": "Chi trong kỳ",
    "total": "Tổng cộng",
    "note": "Hiện vật, ngày công tính theo giá trị đã ghi. Chưa gồm số dư năm trước chuyển sang.",
}

RECORDS: dict[str, str] = {
    "none": "Đến ngày {last} chưa ghi khoản hỗ trợ, nhu cầu, phân công giúp đỡ nào của năm {year}.",
    "content": "Nội dung",
    "of": "Dự án, nội dung thành phần; cơ quan",
    "when": "Ngày, địa bàn",
    "count": "Số lượng, tiến độ",
    "amount": "Số tiền (đồng)",
    "homes": "{count} hộ",
    "persons": "{count} người",
    "times": "{count} lần",
    "villages": "{count} thôn",
    "bodies": "Cơ quan, đoàn thể tham gia",
    "officers": "{count} cán bộ",
}

OPEN_REPORT: dict[str, str] = {
    "none": "Đến ngày {last} không còn việc nào được ghi là tồn đọng, quá hạn.",
    "counted": "Đến ngày {last} còn {count} việc tồn đọng, trong đó {late} việc quá hạn:",
    "group": "{name}: {count}",
    "item": "+ {what}{about}",
    "more": "+ … và {count} việc khác",
    "helping": "Còn {count} hộ nghèo, hộ cận nghèo chưa có ai được phân công giúp đỡ",
    "overdue": "Còn {count} hộ đến kỳ thăm mà chưa ghi lượt thăm",
    "behind": "Chỉ tiêu chưa đạt, dự báo không đạt hoặc không đạt: {names}",
}

NEXT: dict[str, str] = {
    "none": "Chưa ghi nhiệm vụ, hoạt động, báo cáo nào từ ngày {first} đến ngày {last}.",
    "tasks": "Nhiệm vụ đến hạn từ ngày {first} đến ngày {last}:",
    "activities": "Hoạt động dự kiến từ ngày {first} đến ngày {last}:",
    "reports": "Báo cáo phải gửi từ ngày {first} đến ngày {last}:",
    "undated": "Hoạt động của năm {year} chưa ghi ngày, còn phải làm:",
    "task": "- {content}{about}.",
    "activity": "- {name} ({about}).",
    "report": "- {name} (hạn {day}).",
    "no_day": "- {name}.",
    "due": "hạn {day}",
}

CHANGES: dict[str, str] = {
    "last": "So với báo cáo {period} (số liệu đến ngày {after}{draft}):",
    "draft": ", bản dự thảo",
    "first": "Năm {year} chưa có báo cáo nào trước báo cáo này; thay đổi từ ngày {first} đến ngày "
    "{last}:",
    "none": "Từ ngày {first} đến ngày {last} chưa ghi thay đổi nào.",
    "entered": "Vào danh sách hộ nghèo, hộ cận nghèo: {count} hộ ({parts})",
    "left": "Ra khỏi danh sách hộ nghèo, hộ cận nghèo: {count} hộ ({parts})",
    "changed": "Chuyển giữa hai danh sách: {count} hộ ({parts})",
    "of_class": "{class} {count} hộ",
    "between": "từ {was} thành {now} {count} hộ",
    "poor": "hộ nghèo",
    "near_poor": "hộ cận nghèo",
    "support": "Hỗ trợ đã giao:",
    "held": "Hoạt động đã thực hiện:",
    "begun": "Hoạt động đã bắt đầu:",
    "ended": "Hoạt động đã kết thúc:",
    "disbursed": "Giải ngân: {amount} đồng",
    "item": "+ {day}: {said}.",
    "day": "ngày {day}",
    "days": "từ ngày {first} đến ngày {last}",
    "homes": "{count} hộ",
    "amount": "{amount} đồng",
    "targets": "Chỉ tiêu có thay đổi:",
    "target": "+ {name}: từ {before} thành {after}.",
    "no_number": "chưa có số liệu",
    "target_said": "+ {name}: {state}.",
    "late": "Ghi sau báo cáo trước mà thuộc thời gian của báo cáo đó (vì vậy số lũy kế khác với "
    "báo cáo trước):",
    "added": "ghi thêm {count}",
    "changed_late": "sửa {count}",
    "removed": "bỏ {count}",
    "late_item": "+ {kind}: {parts}{money}.",
    "more": "; số tiền lũy kế tăng {amount} đồng",
    "less": "; số tiền lũy kế giảm {amount} đồng",
}
