"""Which papers are printed at which step of a review, for a village, or for all of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from PySide6.QtCore import QCoreApplication

from giamngheo_desktop.domain.numbers import format_integer
from giamngheo_desktop.domain.review_flow import Status
from giamngheo_desktop.gui.desk import Desk
from giamngheo_desktop.gui.preview import paper_work
from giamngheo_desktop.gui.preview.list_work import ListWish, one_list
from giamngheo_desktop.gui.preview.paper_work import Job, Order
from giamngheo_desktop.gui.preview.print_menu import PrintItem
from giamngheo_desktop.gui.review.place import Place
from giamngheo_desktop.reports.asked import PaperAsked
from giamngheo_desktop.services.papers.about import About
from giamngheo_desktop.services.review.review_view import current

Items = Sequence[PrintItem | None]
_STEPS = frozenset({"list", "collect", "meet", "post", "recognise", "certify"})


def has_papers(step: str) -> bool:
    return step in _STEPS


def items(desk: Desk, place: Place, about: About, name: str) -> Items:
    """The menu of a step; `about` holds what is chosen there, `name` is that of its household."""
    step = _Step(desk, place, about, name)
    makers = {
        "list": step.list,
        "collect": step.forms,
        "meet": step.meet,
        "post": step.post,
        "recognise": step.recognise,
        "certify": step.certify,
    }
    return makers[place.step]() if place.step in makers else ()


def certificates(desk: Desk, place: Place, held: Sequence[UUID]) -> PrintItem:
    """Whole certificates of several households."""
    label = _tr("Giấy chứng nhận: {count} hộ").format(count=format_integer(len(held)))
    name = ("giay_chung_nhan", str(place.review.year))
    order = Order(title=label, name=name, job=paper_work.of_certificates(desk, held))
    return PrintItem("giay_chung_nhan_all", label, order if held else None)


class _Step:
    """The papers of one place."""

    def __init__(self, desk: Desk, place: Place, about: About, name: str) -> None:
        self.desk, self.place, self.about, self.name = desk, place, about, name
        self.where = place.view.name(about.village) or _tr("các thôn")

    def list(self) -> Items:
        return (
            self._village("danh_sach_ra_soat", _tr("Danh sách hộ cần rà soát")),
            *self.forms(),
        )

    def forms(self) -> Items:
        return (
            self._village("phieu_a", _tr("Phiếu A của các hộ có giấy đề nghị")),
            self._village("phieu_b", _tr("Phiếu B điền sẵn, mọi hộ trong danh sách")),
            *self._of_household(),
            None,
            self._blank("phieu_a", _tr("Phiếu A trắng")),
            self._blank("phieu_b", _tr("Phiếu B trắng")),
        )

    def meet(self) -> Items:
        assert self.about.review is not None
        whole = paper_work.meeting_package(self.desk, self.about.review, self.about.village)
        return (
            self._made("ho_so_hop_thon", _tr("Bộ hồ sơ họp thôn"), whole),
            None,
            self._village("giay_moi", _tr("Giấy mời họp dân")),
            self._village("bien_ban_hop", _tr("Biên bản họp dân"), blank=True),
            self._village("phieu_bieu_quyet", _tr("Phiếu biểu quyết"), blank=True),
        )

    def post(self) -> Items:
        return (
            self._village(
                "thong_bao_niem_yet",
                _tr("Thông báo niêm yết và danh sách"),
                blank=True,
                warning=self._not_yet(),
            ),
            self._village(
                "danh_sach_niem_yet",
                _tr("Danh sách niêm yết"),
                blank=True,
                warning=self._not_yet(),
            ),
        )

    def recognise(self) -> Items:
        code = "quyet_dinh_cong_nhan"
        about = replace(self.about, village=None)
        standard = self.desk.definitions.standards.get(about.standard).label
        label = _tr("Quyết định công nhận và các danh sách")
        job = paper_work.one(self.desk, code, about)
        blank = paper_work.one(self.desk, code)
        asked = PaperAsked(code=code, about=about)
        found = self._made(code, label, job, blank=blank, of=standard, asked=asked)
        return (
            found,
            self._blank(code, _tr("Quyết định: mẫu trắng")),
            None,
            self._names("ho_ngheo", _tr("Danh sách hộ nghèo")),
            self._names("ho_can_ngheo", _tr("Danh sách hộ cận nghèo")),
        )

    def certify(self) -> Items:
        one, year = self.about.certificate, self.place.review.year
        whole = line = None
        if one is not None:
            whole = paper_work.one(self.desk, "giay_chung_nhan", About(certificate=one))
            line = paper_work.line_of_year(self.desk, one, year)
        only = _tr("Chỉ in dòng năm {year} lên giấy của hộ đang chọn").format(year=year)
        return (
            self._made(
                "giay_chung_nhan", _tr("Giấy chứng nhận của hộ đang chọn"), whole, of=self.name
            ),
            self._made("dong_nam", only, line, of=self.name),
            None,
        )

    # -- one line -------------------------------------------------------------------------------

    def _not_yet(self) -> str:
        """That what the paper rests on is not done: it may be printed all the same."""
        flow, village = self.place.flow, self.about.village
        waiting = [
            state.village
            for state in flow
            if state.step.code == self.place.step
            and state.status is Status.WAITING
            and village in (None, state.village)
        ]
        if not waiting:
            return ""
        if village is None:
            said = _tr("Chưa xong các bước trước: {villages}. Xem kỹ trước khi in, niêm yết.")
            return said.format(villages=", ".join(map(self.place.view.name, waiting)))
        now = current(flow, village)
        said = _tr("Thôn còn chờ bước {step}. Xem kỹ trước khi in, niêm yết.")
        return said.format(step=now.step.label if now else "")

    def _village(
        self, code: str, label: str, *, blank: bool = False, warning: str = ""
    ) -> PrintItem:
        """The paper of the village; of each, seen from the commune. One that gets a paper for
        each household gets all of them; else it is of the meeting or posting that is chosen.
        """
        about = self.about
        if about.village is not None and code not in paper_work.PER_HOUSEHOLD:
            about = replace(about, household=None)
            job, asked = paper_work.one(self.desk, code, about), PaperAsked(code=code, about=about)
        else:
            asked = None
            assert about.review is not None
            job = paper_work.of_villages(self.desk, code, about.review, about.village)
        empty = paper_work.one(self.desk, code, About(village=about.village)) if blank else None
        return self._made(code, label, job, blank=empty, asked=asked, warning=warning)

    def _names(self, code: str, label: str) -> PrintItem:
        """A list of Báo cáo under the chosen standard."""
        wish = ListWish(
            code=code,
            year=self.place.review.year,
            unit=self.about.village,
            standard=self.about.standard,
        )
        return self._made(code, label, one_list(self.desk, wish))

    def _of_household(self) -> Items:
        """In a village; seen from the commune none is chosen."""
        if self.about.village is None:
            return ()
        job = None
        if self.about.household is not None:
            job = paper_work.one(self.desk, "phieu_b", self.about)
        return (
            self._made("phieu_b_one", _tr("Phiếu B điền sẵn của hộ đang chọn"), job, of=self.name),
        )

    def _blank(self, code: str, label: str) -> PrintItem:
        about = About(review=self.about.review) if code.startswith("phieu") else None
        return self._made(f"{code}_blank", label, paper_work.one(self.desk, code, about), of="")

    def _made(
        self,
        code: str,
        label: str,
        job: Job | None,
        *,
        blank: Job | None = None,
        of: str | None = None,
        asked: PaperAsked | None = None,
        warning: str = "",
    ) -> PrintItem:
        of = self.where if of is None else of
        if job is None:
            return PrintItem(code, label, None)
        title = f"{label}, {of}" if of else label
        file = code.removesuffix("_one").replace("_blank", "_trang")
        name = (file, self.place.review.year, of)
        order = Order(
            title=title,
            name=name,
            job=job,
            blank=blank,
            review=self.about.review,
            village=self.about.village,
            asked=asked,
            warning=warning,
        )
        return PrintItem(code, label, order)


def _tr(text: str) -> str:
    return QCoreApplication.translate("step_papers", text)
