"""What the section that takes in lists does off the GUI thread."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QCoreApplication

from giamngheo_desktop import texts
from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.area import AreaTree
from giamngheo_desktop.domain.changes import Done
from giamngheo_desktop.domain.context import Context
from giamngheo_desktop.domain.list_title import NO_PAPER, Paper
from giamngheo_desktop.domain.sheet_table import Sheet, column_at
from giamngheo_desktop.domain.sheet_text import in_unicode
from giamngheo_desktop.exports.import_template import template_workbook
from giamngheo_desktop.exports.list_read import read_source
from giamngheo_desktop.gui.desk import Desk
from giamngheo_desktop.gui.exchange.busy_line import Stop
from giamngheo_desktop.gui.exchange.import_choices import ImportChoices
from giamngheo_desktop.gui.exchange.import_picks import Picks, followed
from giamngheo_desktop.gui.jobs import without_collecting
from giamngheo_desktop.reports import make
from giamngheo_desktop.reports.import_report import import_report
from giamngheo_desktop.reports.kept import keep
from giamngheo_desktop.services import areas
from giamngheo_desktop.services.importing import mappings, planning
from giamngheo_desktop.services.importing.apply import ImportReport, apply_plan
from giamngheo_desktop.services.importing.mappings import Mappings
from giamngheo_desktop.services.importing.plan import (
    Choices,
    ImportPlan,
    Persons,
    Purpose,
    RowPlace,
    RowState,
    SheetPlan,
)
from giamngheo_desktop.services.importing.planning import Source
from giamngheo_desktop.services.importing.template import import_template
from giamngheo_desktop.services.importing.words import above, word_fields
from giamngheo_desktop.storage.engine import Database

SUFFIXES = ("xlsx", "xls", "ods", "csv")
_LEFT_OUT = 20  # rows passed over that are shown
_NAMED = 5  # households that a warning names
_EXAMPLES = 3  # values of a column that are shown

Examples = Mapping[tuple[str, str], str]  # by sheet and letter


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What the officer said the file is, and who its rows are."""

    path: Path
    purpose: Purpose
    year: int
    day: date | None = None
    paper: Paper = NO_PAPER  # of the rows that name none
    village: str = ""  # of the rows that name none
    mappings: Mappings = field(default_factory=dict)
    before: tuple[str, ...] = ()  # whose lists were read so, where the mappings are remembered
    persons: Persons = field(default_factory=dict)
    household: UUID | None = None  # whose members they are, where that is known

    def mapping_of(self, sheet: str) -> Mapping[str, str]:
        """Field by letter, as corrected in a sheet."""
        return self.mappings.get(sheet, self.mappings.get("", {}))

    def with_person(self, rows: Sequence[RowPlace], person: object) -> Wanted:
        """The rows are that person, None: somebody new; anything else takes the choice back."""
        persons = {at: uid for at, uid in self.persons.items() if at not in rows}
        if person is None or isinstance(person, UUID):
            persons |= dict.fromkeys(rows, person)
        return replace(self, persons=persons)


@dataclass(frozen=True, slots=True)
class Read:
    wanted: Wanted
    source: Source
    plan: ImportPlan
    examples: Examples
    choices: str = ""  # what was settled of it before (`Picks.choices`)
    lost: int = 0  # of what was settled of it before it was edited


def read(desk: Desk, wanted: Wanted, picks: Picks | None, stop: Stop) -> Read:
    """Read the file and say what it would change; `picks` are what was settled of it before."""
    source = read_source(wanted.path)
    stop.check()
    if picks is None:
        kept = mappings.kept_mappings(desk.database)
        known, before = mappings.read_before(kept, desk.definitions.headings, source.sheets)
        wanted = replace(wanted, mappings=known, before=before)
        return plan_again(desk, wanted, source, stop)
    found, lost = followed(picks, source)
    wanted = replace(wanted, mappings=found.mappings, persons=found.persons)
    made = plan_again(desk, wanted, source, stop)
    return replace(made, choices=found.choices, lost=lost)


def plan_again(desk: Desk, wanted: Wanted, source: Source, stop: Stop) -> Read:
    """The same file, with columns read otherwise or a register that changed meanwhile."""
    with without_collecting():
        plan = planning.plan_list(
            desk.database,
            desk.context,
            desk.definitions,
            source,
            purpose=wanted.purpose,
            year=wanted.year,
            day=wanted.day,
            paper=wanted.paper,
            village=wanted.village,
            mappings=wanted.mappings,
            household=wanted.household,
            persons=wanted.persons,
            guesses=True,
        )
        stop.check()
        shown = {sheet.name: sheet for sheet in source.sheets}
        examples = {
            (one.name, at): text
            for one in plan.sheets
            for at, text in _examples(in_unicode(shown[one.name])[0], one)
        }
    return Read(wanted, source, plan, examples)


def _examples(sheet: Sheet, plan: SheetPlan) -> Iterator[tuple[str, str]]:
    below = max(plan.heading_rows, default=0)
    rows = [row for row in sorted(sheet.rows) if row > below]
    for at in plan.headings:
        column = column_at(at)
        found: list[str] = []
        for row in rows:
            text = sheet.text(row, column)
            if text and text not in found:
                found.append(text)
            if len(found) == _EXAMPLES:
                break
        yield at, "; ".join(found)


def units(desk: Desk) -> AreaTree:
    return areas.tree(desk.database, desk.context.today())


def template_file(
    database: Database,
    context: Context,
    definitions: Definitions,
    purpose: Purpose,
    year: int,
    villages: Collection[UUID],
) -> bytes:
    """The program's own template, with the households of these villages."""
    return template_workbook(
        import_template(
            database, context, definitions, purpose=purpose, year=year, villages=villages
        )
    )


def counted(plan: ImportPlan) -> str:
    """How many rows there are, and how many of each kind: `12 dòng: mới 5, như sổ 7`."""
    if not plan.rows:
        return _tr("Không đọc được dòng nào")
    counts = plan.counts()
    known = ", ".join(
        f"{texts.ROW_STATES[state].lower()} {counts[state]}" for state in RowState if counts[state]
    )
    return _tr("{rows} dòng: {known}").format(rows=len(plan.rows), known=known)


def warnings(plan: ImportPlan, choices: ImportChoices) -> tuple[list[str], str]:
    """What is said over a dry run, and the rows that were passed over, with why."""
    # whose the file is comes first: nothing is written before that is answered
    said = [texts.IMPORT_DOUBTS[it.code].format(said=it.said, year=plan.year) for it in plan.doubts]
    more = ""
    if all(sheet.holds == "nothing" for sheet in plan.sheets):
        said.append(_tr("Chưa biết cột nào là họ tên: quay lại bước các cột rồi chọn."))
    elif not plan.rows:
        said.append(_tr("Không dòng nào có họ tên để đọc: quay lại bước các cột rồi xem lại."))
    elif plan.is_nothing_to_do:
        said.append(_tr("Không có gì để làm: sổ đã có đúng như vậy."))
    for sheet in plan.sheets:
        if sheet.idle:
            idle = _tr("Không nhận ở loại “{purpose}”: cột {columns}.")
            purpose = texts.IMPORT_PURPOSES[plan.purpose]
            said.append(idle.format(purpose=purpose, columns=sheet.named(sheet.idle)))
    if plan.applied_before is not None:
        before = _tr("Đã nhận đúng danh sách này lúc {time}.")
        said.append(before.format(time=f"{plan.applied_before:%H:%M %d/%m/%Y}"))
    if (asked := sum(row.awaits_who for row in plan.rows)) > 1:
        who = _tr(
            "{count} dòng chờ chọn là ai; nếu đều là người mới: chọn các dòng (Ctrl+A) rồi chọn "
            "một lần ở ô “Dòng này là”."
        )
        said.append(who.format(count=asked))
    if doubted := sum(row.is_doubted for row in plan.rows):
        against_self = _tr(
            "{count} dòng trái giấy tờ, ghi đã mất, đã đi hoặc tên có thể thiếu: đối "
            "chiếu, đúng thì đánh dấu từng dòng."
        )
        said.append(against_self.format(count=doubted))
    if unread := choices.unread_rows:
        several = _tr(
            "{count} dòng có ô đọc được nhiều cách: chọn ở bảng các ô; không chọn thì nhận dòng mà "
            "không ghi ô ấy."
        )
        said.append(several.format(count=unread))
    if against := plan.against_forms:
        forms = _tr("{count} hộ có phiếu đã xong ra kết quả khác danh sách: {names}.")
        names = [row.name for row in against[:_NAMED]] + ["…"] * (len(against) > _NAMED)
        said.append(forms.format(count=len(against), names=", ".join(names)))
    if plan.left_out:
        passed = _tr("{count} dòng không phải dữ liệu được bỏ qua.")
        said.append(passed.format(count=len(plan.left_out)))
        more = "\n".join(
            f"{one.sheet}, {one.row}: {texts.ROW_KINDS.get(one.why, one.why)} – {one.text}"
            for one in plan.left_out[:_LEFT_OUT]
        )
    return said, more


def taken_text(report: ImportReport) -> str:
    """What was written of a file, and what was not."""
    said = _tr(
        "Đã nhận {name}: {rows} dòng được ghi ({homes} hộ mới, {persons} người mới, "
        "{cells} ô của hộ, người đã có); {left} dòng không ghi, {open} ô của dòng đã ghi "
        "chưa đọc được nên không ghi. Bấm Ctrl+Z để bỏ cả lần nhận này."
    )
    return said.format(
        name=report.plan.file_name,
        rows=len(report.written),
        homes=report.households,
        persons=report.persons,
        cells=report.cells,
        left=len(report.plan.rows) - len(report.written),
        open=report.open_cells,
    )


def _tr(text: str) -> str:
    return QCoreApplication.translate("import", text)


def report_file(report: ImportReport) -> bytes:
    """What was done with each row, as a workbook to keep."""
    return make.render(import_report(report), "xlsx")


def said_above(plan: ImportPlan) -> str:
    """What holds for the rows of a result that say nothing else, sheet by sheet."""
    sheets = plan.sheets if plan.purpose is Purpose.RESULT else ()
    return "; ".join(dict.fromkeys(filter(None, map(above, sheets))))


def field_labels(definitions: Definitions) -> dict[str, str]:
    """What a column may be, in the words of the forms, else in those of the usual heading."""
    known = {code: field.label for code, field in word_fields(definitions).items()}
    labels: dict[str, str] = {}
    for one in definitions.headings.fields:
        usual = ": ".join([*one.under[:1], *one.headings[:1]])
        labels[one.code] = texts.IMPORT_FIELDS.get(one.code) or known.get(one.code) or usual
    return labels


def take(
    desk: Desk, plan: ImportPlan, choices: Choices, *, much: bool = True
) -> Done[ImportReport]:
    """Write what was accepted; where it may be `much` at once, after a proven backup."""
    if much:
        desk.back_up("risky")
    with without_collecting():
        done = apply_plan(desk.database, desk.context, plan, choices)
        keep(desk.database, done.changes, import_report(done.value))
    return done
