"""The first and the last lines of a document: what stands above its sections, and below them."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from giamngheo_desktop.gui.documents.text_form import DAY, Named, TextForm


def _tr(text: str) -> str:
    return QCoreApplication.translate("document_heads", text)


def head_form() -> TextForm:
    """Number, day, what it is called, grounds, the sentence that begins it."""
    later = _tr("Văn thư cấp sau thì để trống")
    made = TextForm(
        (
            Named("number", _tr("Số, ký hiệu"), hint=later),
            Named("signed_on", _tr("Ngày ký"), DAY),
            Named("place", _tr("Địa danh")),
            Named("title", _tr("Tên loại"), hint=_tr("KẾ HOẠCH, BÁO CÁO")),
            Named("summary", _tr("Trích yếu"), 3),
            Named("addressee", _tr("Kính gửi, mỗi nơi một dòng"), 2),
            Named("grounds", _tr("Căn cứ, mỗi căn cứ một dòng"), 5),
            Named("opening", _tr("Lời mở đầu"), 4),
        )
    )
    made.setObjectName("document_head")
    return made


END_COLUMNS = frozenset(
    {"closing", "recipients", "authority", "signer_title", "signer_name", "note"}
)


def end_form() -> TextForm:
    """The closing sentence, who gets it, who signs it."""
    made = TextForm(
        (
            Named("closing", _tr("Lời kết"), 4),
            Named("recipients", _tr("Nơi nhận, mỗi nơi một dòng"), 5),
            Named("authority", _tr("Ký thay mặt"), 2, _tr("TM. ỦY BAN NHÂN DÂN")),
            Named("signer_title", _tr("Chức vụ"), 2, _tr("CHỦ TỊCH")),
            Named("signer_name", _tr("Họ tên người ký")),
            Named("note", _tr("Ghi chú, không in"), 2),
        )
    )
    made.setObjectName("document_end")
    return made
