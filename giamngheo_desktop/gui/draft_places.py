"""Where what was typed and never saved is taken up again, by the key of its draft: the page in
words, and what that page then shows.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from PySide6.QtCore import QCoreApplication

from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.gui.issuing.issue_work import ISSUE_DRAFT
from giamngheo_desktop.gui.issuing.unfinished_note import UNFINISHED
from giamngheo_desktop.gui.pages import projects_page, support_page, targets_page
from giamngheo_desktop.gui.records.record_section import RecordSection
from giamngheo_desktop.gui.records.record_work import NEW
from giamngheo_desktop.gui.review import case_drafts, drafting, pile_place
from giamngheo_desktop.services.documents.listing import PLAN


def _tr(text: str) -> str:
    return QCoreApplication.translate("drafts", text)


_DRAFTS = {  # the first that fits: papers of an application lie beside those of a step
    "piles": (pile_place.PREFIX,),
    "applications": drafting.OF_APPLICATIONS,
    "review": (drafting.PREFIX, case_drafts.PREFIX),
    "reports": (drafting.OF_TABLES,),
    "lists": (drafting.OF_LISTS,),
    "issuing": (drafting.OF_ISSUED,),
    "settings": (drafting.OF_SETTINGS,),
    "exchange": (drafting.OF_IMPORTS, drafting.OF_COMMENTS),
}
_PAGES = {"lists": "reports", "issuing": "reports", "piles": "review", "applications": "review"}
_WORDS = {
    "households": _tr("trang Hộ gia đình"),
    "review": _tr("trang Rà soát"),
    "piles": _tr("trang Rà soát, nhập theo xấp"),
    "applications": _tr("trang Rà soát, mục Giấy đề nghị"),
    "reports": _tr("trang Báo cáo, việc Sửa diễn biến"),
    "lists": _tr("trang Báo cáo, cột hoặc tên danh sách đang đặt"),
    "issuing": _tr("trang Báo cáo, việc Phát hành hoặc Cấp giấy xác nhận"),
    "settings": _tr("trang Cài đặt"),
    "exchange": _tr("trang Gửi – nhận"),
    "projects": _tr("trang Dự án & hoạt động"),
    "targets": _tr("trang Chỉ tiêu"),
    "documents": _tr("trang Chỉ tiêu, mục Kế hoạch hoặc Báo cáo thuyết minh"),
    "support": _tr("trang Hỗ trợ & phân công"),
}
_PAYLOADS = {  # what a page then shows
    f"{drafting.OF_ISSUED}{ISSUE_DRAFT}": UNFINISHED,
    f"{drafting.OF_ISSUED}xac-nhan": "xac_nhan",
    f"{drafting.OF_IMPORTS}xa-cu": "former",
    f"{drafting.OF_IMPORTS}phieu-thon": "sheets",
    f"{drafting.OF_IMPORTS}goi-lam-viec": "work_packages",
    drafting.OF_IMPORTS: "import",
    drafting.OF_COMMENTS: "comments",
    drafting.OF_ISSUED: "so_phat_hanh",  # a number, a cancelling
}
_DOCUMENT = re.compile(rf"{drafting.OF_DOCUMENTS}([a-z]+)-(\d{{4}})-([0-9a-f]{{12}}-.+)$")
_TYPED = re.compile(rf"{drafting.OF_SETTINGS}section_([a-z_]+)-(\d{{4}})$")
_RECEIPT = re.compile(rf"{drafting.OF_RECORDS}bao-cao-(?:da-nop-)?(\d{{4}})")
_RECORD = re.compile(rf"{drafting.OF_RECORDS}([a-z_]+)-(?:(\d{{4}})-({NEW}|[0-9a-f]{{12}})$)?")


class DraftPlace(NamedTuple):
    """`page` by its key, the `payload` it opens, its name in words; of a record also the section
    and the year it is of.
    """

    page: str
    payload: object
    words: str
    section: str = ""
    year: int | None = None


def place_of(key: str) -> DraftPlace:
    """Where the draft of this key is offered again."""
    if (found := _TYPED.match(key)) and found[1] in targets_page.SECTIONS:
        return _place_of_section(*found.groups())
    if found := _RECEIPT.match(key):
        return _place_of_section("calendar", found[1])
    if key.startswith(drafting.OF_RECORDS):
        return _place_of_record(key)
    if found := _DOCUMENT.match(key):
        return _place_of_document(*found.groups())
    fitting = (place for place, prefixes in _DRAFTS.items() if key.startswith(prefixes))
    place = next(fitting, "households")
    payload = (what for prefix, what in _PAYLOADS.items() if key.startswith(prefix))
    return DraftPlace(_PAGES.get(place, place), next(payload, None), _WORDS[place])


def _place_of_document(type_: str, year: str, draft: str) -> DraftPlace:
    """A plan or report that is being written, by its type, its year and the end of the key."""
    section = "plan_document" if type_ == PLAN else "narrative_reports"
    payload = {"section": section, "draft": draft}
    return DraftPlace("targets", payload, _WORDS["documents"], section, int(year))


def _place_of_section(section: str, year: str) -> DraftPlace:
    """A section of Chỉ tiêu that is typed into as a whole."""
    return DraftPlace("targets", {"section": section}, _WORDS["targets"], section, int(year))


def _place_of_record(key: str) -> DraftPlace:
    found = _RECORD.match(key)
    kind, year, which = found.groups() if found else ("", None, None)
    page, section = _SECTIONS.get(str(kind), ("support", ""))
    payload = {"section": section, "draft": which} if section else None
    return DraftPlace(page, payload, _WORDS[page], section, int(year) if year else None)


def _sections() -> dict[str, tuple[str, str]]:
    """Page and section by the kind of record."""
    found = {
        Kind.SUPPORT_EVENT.value: ("support", "support_events"),
        Kind.PERIOD_LIST.value: ("support", "period_lists"),
    }
    pages = {
        "projects": projects_page.SECTIONS,
        "support": support_page.SECTIONS,
        "targets": targets_page.SECTIONS,
    }
    for page, sections in pages.items():
        for code, made_by in sections.items():
            if isinstance(made_by, type) and issubclass(made_by, RecordSection):
                found[made_by.KIND.value] = (page, code)
    return found


_SECTIONS = _sections()
