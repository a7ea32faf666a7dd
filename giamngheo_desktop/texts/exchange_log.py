"""Words of the book of what was sent and received."""

from __future__ import annotations

from collections.abc import Mapping

from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.texts.exchange import counted

LOG: dict[str, str] = {
    "help": "nhật ký gửi, nhận",
    "help_log": "xem mọi lần gửi, nhận: lúc nào, ai, tệp nào, bao nhiêu",
    "help_report": "ghi lại báo cáo đã giữ của một lần (mã action trong --json)",
    "help_output": "tệp báo cáo ghi ra (.xlsx, .pdf, .docx)",
    "undone": "đã hoàn tác",
    "new": "{counts} mới",
    "changed": "{count} mục sửa",
    "households": "{count} hộ",
}
_SHOWN = (Kind.HOUSEHOLD, Kind.PERSON, Kind.ACTIVITY, Kind.BUDGET_LINE, Kind.SUPPORT)


def log_counts(made: Mapping[Kind, int], changed: int, households: int | None) -> str:
    """What an action brought or sent, in a few words."""
    known = {kind: made[kind] for kind in _SHOWN if made.get(kind)}
    parts = [
        LOG["households"].format(count=households) if households is not None else "",
        LOG["new"].format(counts=counted(known)) if known else "",
        LOG["changed"].format(count=changed) if changed else "",
    ]
    return "; ".join(filter(None, parts))
