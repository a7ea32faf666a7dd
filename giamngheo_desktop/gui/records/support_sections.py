"""What households lack, got and plan, and who stands by them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any, ClassVar
from uuid import UUID

from giamngheo_desktop import texts
from giamngheo_desktop.domain.changes import Done, Kind
from giamngheo_desktop.domain.entitlement import Doubt, Given
from giamngheo_desktop.domain.numbers import format_integer
from giamngheo_desktop.gui.issuing.issue_dialogs import show
from giamngheo_desktop.gui.parts import button
from giamngheo_desktop.gui.records.arriving import ArrivingSection
from giamngheo_desktop.gui.records.assign_dialog import AssignDialog
from giamngheo_desktop.gui.records.record_reading import Found
from giamngheo_desktop.gui.records.record_section import Words
from giamngheo_desktop.gui.records.record_work import Values
from giamngheo_desktop.services.programme import assign, support_bulk, support_entry, supports
from giamngheo_desktop.services.programme.assign import Unhelped
from giamngheo_desktop.services.programme.offers import Asked
from giamngheo_desktop.services.programme.support_entry import Beside


class HomeSection(ArrivingSection):
    """Records of a household, which is one press away."""

    def add_tools(self) -> None:
        self.home_button = button(self.tr("Mở &hộ"), "open_household", icon="open")
        self.home_button.setToolTip(self.tr("Mở hộ của dòng đang chọn"))
        self.tools.addWidget(self.home_button)
        self.home_button.clicked.connect(self._open_home)

    def _open_home(self) -> None:
        home = self.stored(self.chosen).get("household")
        if home is not None:
            self.go_requested.emit("households", home)

    def _enable(self) -> None:
        super()._enable()
        home = self._found is not None and self.stored(self.chosen).get("household")
        self.home_button.setEnabled(bool(home))


class SupportSection(HomeSection):
    """Hỗ trợ."""

    KIND: ClassVar[Kind] = Kind.SUPPORT
    COLUMNS: ClassVar[tuple[str, ...]] = (
        "supported_on",
        "household",
        "policy",
        "content",
        "shares",
        "support_event",
        "receipt",
    )

    def words(self) -> Words:
        return Words(
            self.tr("Hỗ trợ"),
            self.tr("Hộ nào, người nào nhận gì, ngày nào, bao nhiêu tiền từ nguồn nào."),
            self.tr("&Thêm lượt hỗ trợ"),
            self.tr("Năm này chưa có lượt hỗ trợ nào: ghi hộ đầu tiên được nhận."),
        )

    def summed(self, shown: Sequence[UUID]) -> str:
        shares = [self.found.records[uid]["shares"] for uid in shown]
        amount = sum(share["amount"] for those in shares for share in those)
        unknown = sum(not those for those in shares)
        doubted = sum(uid in self.found.more.doubts for uid in shown)
        said = [self.tr("Cộng {amount} đồng").format(amount=format_integer(amount))]
        if unknown:
            told = self.tr("{count} dòng chưa ghi tiền")
            said.append(told.format(count=format_integer(unknown)))
        if doubted:
            told = self.tr("{count} dòng cần xem lại")
            said.append(told.format(count=format_integer(doubted)))
        return " · ".join(said)

    def warn(self, uid: UUID) -> str:
        return self._told(self.found.more.doubts.get(uid, ()))

    def _told(self, doubts: Sequence[Doubt]) -> str:
        grounds = self.record_form.form.field("class_then").choices
        classes = {choice.code: choice.label for choice in grounds}
        return " ".join(texts.support_doubt(doubt, classes) for doubt in doubts)

    def _changed(self, code: str) -> None:
        super()._changed(code)
        self._look()

    def put_more(self, typed: Mapping[str, object]) -> None:
        super().put_more(typed)
        self._look()

    def _look(self) -> None:
        """What is doubtful about it as it stands now."""
        one = support_entry.typed(self.form.draft(), self.chosen)
        if one is None:
            self._doubt(one, ())
            return
        desk = self.desk
        place = (desk.database, desk.definitions, one, desk.context.today())
        work = partial(supports.typed_doubts, *place)
        desk.runner.read(self, work, partial(self._doubt, one), latest="typed_doubts")

    def _doubt(self, one: Given | None, doubts: Sequence[Doubt]) -> None:
        if one != support_entry.typed(self.form.draft(), self.chosen):
            return  # it says something else by now
        day = self.form.draft()["supported_on"]
        said = [self._told(doubts)]
        if isinstance(day, date):  # a year that is closed keeps its tables
            said.append(texts.closed_year(day, self.found.more.closings))
        self.warning.setText(" ".join(filter(None, said)))
        self.warning.setVisible(any(said))

    def read_more(self) -> Callable[[], Beside]:
        desk = self.desk
        place = (desk.database, desk.definitions, desk.unit(self.year), self.year)
        return partial(support_entry.beside, *place, desk.context.today())

    def saving(self, values: Values, uid: UUID | None) -> Callable[[], Done[Any]]:
        act = (self.desk.database, self.desk.context, self.desk.definitions)
        return partial(support_entry.save, *act, values, uid)

    def _show(self, found: Found) -> None:
        super()._show(found)
        self._offer_values()

    def fill_more(self) -> None:
        super().fill_more()
        self._offer_values()
        self._look()

    def settled(self, code: str) -> None:
        super().settled(code)
        if code == "support_event":
            self._take_event()
        elif code == "policy":
            self._offer_values()
        elif code == "value_key":
            self._take_value()
        self._look()

    def _take_event(self) -> None:
        """What every support of an event has; all else is the event's until the support says it."""
        now = self.form.draft()
        event = self.found.more.events.get(now["support_event"])
        if event is not None:
            empty = {code: event[code] for code in support_bulk.COPIED if now[code] is None}
            self.form.set_draft(empty)
            if "policy" in empty:
                self._changed("policy")

    def _offer_values(self) -> None:
        """Those of the policy, where it has its own."""
        now = self.form.draft()
        policy = self.desk.definitions.supports.get(str(now["policy"]))
        keys = {*policy.value_keys, now["value_key"]} if policy and policy.value_keys else set()
        offered = [one for one in self.answers_offered.of("value_key") if one.value in keys]
        self.form.offer("value_key", offered or self.answers_offered.of("value_key"))

    def _take_value(self) -> None:
        """The value as it holds that day, to be kept as it was then."""
        now = self.form.draft()
        key, day = now["value_key"], now["supported_on"]
        if isinstance(key, str) and now["value_used"] is None:
            shown = day if isinstance(day, date) else self.desk.day(self.year)
            self.form.set_draft({"value_used": self.found.more.value_on(key, shown) or None})


class NeedSection(HomeSection):
    """Nhu cầu."""

    KIND: ClassVar[Kind] = Kind.NEED
    COLUMNS: ClassVar[tuple[str, ...]] = ("household", "person", "code", "valid_from", "valid_to")

    def words(self) -> Words:
        return Words(
            self.tr("Nhu cầu"),
            self.tr("Hộ hoặc người cần hỗ trợ gì, từ ngày nào, đến khi được hỗ trợ."),
            self.tr("&Thêm nhu cầu"),
            self.tr("Năm này chưa ghi nhu cầu nào: chọn hộ rồi chọn nhu cầu."),
        )


class AssignmentSection(HomeSection):
    """Phân công."""

    KIND: ClassVar[Kind] = Kind.ASSIGNMENT
    COLUMNS: ClassVar[tuple[str, ...]] = (
        "role",
        "officer",
        "body",
        "village",
        "household",
        "valid_from",
        "valid_to",
    )

    def add_tools(self) -> None:
        super().add_tools()
        self.dialog: AssignDialog | None = None
        self.many_button = button(self.tr("Giao &nhiều hộ"), "assign_many", icon="users")
        self.many_button.setToolTip(self.tr("Giao nhiều hộ chưa có người giúp cho một người"))
        self.tools.addWidget(self.many_button)
        self.many_button.clicked.connect(self._read_unhelped)

    def _enable(self) -> None:
        super()._enable()
        self.many_button.setVisible(not self.desk.read_only)

    def _read_unhelped(self) -> None:
        desk = self.desk
        asked = Asked(unit=desk.unit(self.year), year=self.year, day=desk.day(self.year))
        work = partial(assign.unhelped, desk.database, desk.definitions, asked)
        desk.runner.read(self, work, self._assign_many, latest="unhelped")

    def _assign_many(self, found: Unhelped) -> None:
        said = ""
        if not found.villages:
            said = self.tr("Mọi hộ nghèo, cận nghèo đều có người giúp.")
        elif not (found.officers or found.bodies):
            said = self.tr("Chưa có cán bộ, đoàn thể nào: ghi ở Cán bộ, người giúp trước.")
        self.refusal.tell(said)
        self.refusal.setVisible(bool(said))
        if not said:
            self.dialog = AssignDialog(self.desk, self.year, found, self)
            show(self.dialog)

    def words(self) -> Words:
        return Words(
            self.tr("Phân công"),
            self.tr("Ai phụ trách thôn nào, ai giúp hộ nào, từ ngày nào, theo quyết định nào."),
            self.tr("&Thêm phân công"),
            self.tr("Năm này chưa phân công ai: chọn thôn hoặc hộ, rồi chọn người giúp."),
        )


class VisitSection(HomeSection):
    """Đến thăm."""

    KIND: ClassVar[Kind] = Kind.VISIT
    COLUMNS: ClassVar[tuple[str, ...]] = (
        "visited_on",
        "household",
        "officer",
        "situation",
        "next_step",
    )

    def words(self) -> Words:
        return Words(
            self.tr("Đến thăm"),
            self.tr("Mỗi lượt đến thăm hộ: ngày, ai đến, hộ đang thế nào, việc tiếp theo."),
            self.tr("&Thêm lượt thăm"),
            self.tr("Năm này chưa ghi lượt thăm nào."),
        )

    def stored(self, uid: UUID | None) -> Values:
        """A new visit is mostly written down on its day."""
        found = super().stored(uid)
        today = self.desk.context.today()
        is_now = uid is None and today.year == self.year
        return {"visited_on": today, **found} if is_now else found


class HouseholdPlanSection(HomeSection):
    """Kế hoạch hộ."""

    KIND: ClassVar[Kind] = Kind.HOUSEHOLD_PLAN
    COLUMNS: ClassVar[tuple[str, ...]] = (
        "household",
        "group",
        "needs",
        "officer",
        "deadline",
        "registered",
        "expected",
    )

    def words(self) -> Words:
        return Words(
            self.tr("Kế hoạch hộ"),
            self.tr("Kế hoạch giúp từng hộ thoát nghèo trong năm: nguyên nhân, cách giúp, hạn."),
            self.tr("&Thêm kế hoạch"),
            self.tr("Năm này chưa có kế hoạch của hộ nào: chọn hộ nghèo đầu tiên."),
        )
