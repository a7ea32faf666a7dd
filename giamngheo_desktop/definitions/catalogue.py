"""All definitions of one folder, read once at the start and then only asked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache, cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Protocol, TypeVar

from giamngheo_desktop.definitions.ages import load_ages
from giamngheo_desktop.definitions.forms import form_from, list_from
from giamngheo_desktop.definitions.imports import headings_from
from giamngheo_desktop.definitions.indicators import load_indicators
from giamngheo_desktop.definitions.layouts import layout_from
from giamngheo_desktop.definitions.loader import DefinitionError, Source, Table, read_toml
from giamngheo_desktop.definitions.name_lists import name_list_from
from giamngheo_desktop.definitions.outdated import load_outdated
from giamngheo_desktop.definitions.packs import pack_from
from giamngheo_desktop.definitions.papers import paper_from, place_of
from giamngheo_desktop.definitions.period_lists import period_list_from
from giamngheo_desktop.definitions.points import point_form_from
from giamngheo_desktop.definitions.policies import load_policy_values
from giamngheo_desktop.definitions.programmes import programme_from
from giamngheo_desktop.definitions.records import (
    activity_kind_from,
    record_form_from,
    record_forms,
    support_policy_from,
)
from giamngheo_desktop.definitions.reports import report_from
from giamngheo_desktop.definitions.schedules import schedule_preset_from
from giamngheo_desktop.definitions.sheets import village_sheet_from
from giamngheo_desktop.definitions.standards import load_standards
from giamngheo_desktop.definitions.support_lists import support_list_from
from giamngheo_desktop.definitions.workflows import Holidays, load_holidays, workflow_from
from giamngheo_desktop.domain.age_rules import AgeRules
from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.domain.choices import ChoiceList
from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.domain.form import FieldDef, FormDef
from giamngheo_desktop.domain.indicator_catalogue import Catalogue
from giamngheo_desktop.domain.name_list import NameListDef
from giamngheo_desktop.domain.outdated_words import Outdated
from giamngheo_desktop.domain.pack import PackDef
from giamngheo_desktop.domain.paper import PaperDef
from giamngheo_desktop.domain.period_list import PeriodListDef
from giamngheo_desktop.domain.plan_layout import Layout
from giamngheo_desktop.domain.point_table import PointForm
from giamngheo_desktop.domain.policy import PolicyValue
from giamngheo_desktop.domain.programme import Programme
from giamngheo_desktop.domain.record_form import (
    ActivityKind,
    RecordForm,
    SupportPolicy,
    fields_of,
)
from giamngheo_desktop.domain.report import ReportDef
from giamngheo_desktop.domain.schedule_preset import SchedulePreset
from giamngheo_desktop.domain.sheet_headings import Headings
from giamngheo_desktop.domain.standard import Standards
from giamngheo_desktop.domain.support_list import SupportListDef
from giamngheo_desktop.domain.village_sheet import VillageSheetDef
from giamngheo_desktop.domain.workflow import Workflow


class Dated(Protocol):
    """What the versions of a definition have in common."""

    @property
    def code(self) -> str: ...
    @property
    def version(self) -> int: ...
    @property
    def valid_from(self) -> date: ...
    @property
    def valid_to(self) -> date | None: ...


T = TypeVar("T", bound=Dated)
Versions = Mapping[str, tuple[T, ...]]


@dataclass(frozen=True)
class Definitions:
    """Forms, lists of answers, reports, papers, lists of names, packs, workflows, scored forms,
    headings of foreign lists by code (versions oldest first), the standards, the age rules, the
    holidays.

    `sources` holds the text and sha256 of each of their files, by (kind, code, version).
    `broken_papers`: papers whose template of the unit cannot be read, with what is said then.
    """

    forms: Versions[FormDef]
    lists: Versions[ChoiceList]
    reports: Versions[ReportDef]
    papers: Versions[PaperDef]
    name_lists: Versions[NameListDef]
    workflows: Versions[Workflow]
    points: Versions[PointForm]
    imports: Versions[Headings]
    standards: Standards
    ages: AgeRules
    holidays: Holidays
    sources: Mapping[tuple[str, str, int], Source]
    broken_papers: Mapping[str, AppError] = field(default_factory=dict)
    sheets: Versions[VillageSheetDef] = field(default_factory=dict)
    packs: Versions[PackDef] = field(default_factory=dict)
    period_lists: Versions[PeriodListDef] = field(default_factory=dict)
    programmes: Versions[Programme] = field(default_factory=dict)
    policy_values: tuple[PolicyValue, ...] = ()
    records: Mapping[Kind, RecordForm] = field(default_factory=dict)  # the newest of each kind
    activities: Mapping[str, ActivityKind] = field(default_factory=dict)  # likewise
    supports: Mapping[str, SupportPolicy] = field(default_factory=dict)
    support_lists: Versions[SupportListDef] = field(default_factory=dict)
    indicators: Catalogue = field(default_factory=Catalogue)
    layouts: Versions[Layout] = field(default_factory=dict)
    outdated: tuple[Outdated, ...] = ()
    schedules: Versions[SchedulePreset] = field(default_factory=dict)

    @cached_property
    def record_fields(self) -> Mapping[Kind, Mapping[str, FieldDef]]:
        """The fields of records by kind and column, those of their rows and added answers too."""
        return fields_of(self.records)

    def answer(self, field: FieldDef, code: str) -> str:
        """The label of an answer, also of one whose list is data; the code where none is known."""
        match field.of:
            case "policy" if code in self.supports:
                return self.supports[code].label
            case "activity_kind" if code in self.activities:
                return self.activities[code].label
            case "indicator" if code in self.indicators:
                return self.indicators[code].label
            case "programme" if code in self.programmes:
                return self.programme(code).label
        return field.choice_label(code)

    def form(self, code: str, day: date | None = None) -> FormDef:
        """The form in force on `day`, the newest without one; AppError `unknown_definition`."""
        return _in_force(self.forms, code, day)

    def choice_list(self, code: str, day: date | None = None) -> ChoiceList:
        """The list in force on `day`, the newest without one; AppError `unknown_definition`."""
        return _in_force(self.lists, code, day)

    def report(self, code: str, day: date | None = None) -> ReportDef:
        """The report in force on `day`, the newest without one; AppError `unknown_report`."""
        if code not in self.reports:
            raise AppError("unknown_report", name=code, known=", ".join(self.reports))
        return _in_force(self.reports, code, day)

    def paper(self, code: str, day: date | None = None) -> PaperDef:
        """The paper in force on `day`, the newest without one.

        AppErrors `unknown_paper`, `paper_template_broken`.
        """
        if code not in self.papers:
            raise AppError("unknown_paper", name=code, known=", ".join(self.papers))
        if code in self.broken_papers:
            raise self.broken_papers[code]
        return _in_force(self.papers, code, day)

    def name_list(self, code: str, day: date | None = None) -> NameListDef:
        """The list in force on `day`, the newest without one; AppError `unknown_list`."""
        if code not in self.name_lists:
            raise AppError("unknown_list", name=code, known=", ".join(self.name_lists))
        return _in_force(self.name_lists, code, day)

    def pack(self, code: str, day: date | None = None) -> PackDef:
        """The pack in force on `day`, the newest without one; AppError `unknown_pack`."""
        if code not in self.packs:
            raise AppError("unknown_pack", name=code, known=", ".join(self.packs))
        return _in_force(self.packs, code, day)

    def support_list(self, code: str, day: date | None = None) -> SupportListDef:
        """The list of supports in force on `day`, the newest without one; AppError
        `unknown_definition`.
        """
        return _in_force(self.support_lists, code, day)

    def period_list(self, code: str, day: date | None = None) -> PeriodListDef:
        """The rules in force on `day`, the newest without one; AppError `unknown_period_list`."""
        if code not in self.period_lists:
            known = ", ".join(self.period_lists)
            raise AppError("unknown_period_list", name=code, known=known)
        return _in_force(self.period_lists, code, day)

    def layout(self, code: str, type_: str = "plan") -> Layout:
        """The newest version of what documents begin with; AppErrors `unknown_plan_layout`,
        `unknown_report_layout`, which name those of the type.
        """
        if code not in self.layouts:
            known = (one for one, versions in self.layouts.items() if versions[-1].type == type_)
            raise AppError(f"unknown_{type_}_layout", name=code, known=", ".join(known))
        return _in_force(self.layouts, code, None)

    def schedule_preset(self, code: str) -> SchedulePreset:
        """The newest version of a preset of reports; AppError `unknown_definition`."""
        return _in_force(self.schedules, code, None)

    def programme(self, code: str) -> Programme:
        """The newest version of a programme; AppError `unknown_definition`."""
        return _in_force(self.programmes, code, None)

    def live_programmes(self, year: int) -> tuple[Programme, ...]:
        """Those that a plan of the year may name, oldest first: two in 2021 and in 2026."""
        newest = (versions[-1] for versions in self.programmes.values())
        live = (one for one in newest if one.is_live(year))
        return tuple(sorted(live, key=lambda one: one.valid_from))

    def workflow(self, code: str, day: date | None = None) -> Workflow:
        """The steps in force on `day`, the newest without one; AppError `unknown_definition`."""
        return _in_force(self.workflows, code, day)

    def point_form(self, code: str, day: date | None = None) -> PointForm:
        """The items of a scored form on `day`, the newest without one."""
        return _in_force(self.points, code, day)

    def village_sheet(self, day: date | None = None) -> VillageSheetDef:
        """What village heads are asked on `day`, the newest without one."""
        return _in_force(self.sheets, "village", day)

    @property
    def headings(self) -> Headings:
        """What the columns of foreign lists are recognised by."""
        return _in_force(self.imports, "list_headings", None)

    @property
    def support_headings(self) -> Headings:
        """What the columns of foreign lists of supports are recognised by, beside those."""
        return _in_force(self.imports, "support_headings", None)

    @property
    def household(self) -> FormDef:
        return self.form("household")

    @property
    def member(self) -> FormDef:
        return self.form("member")

    def fields(self, *forms: str) -> Mapping[str, FieldDef]:
        """The fields of some forms by code; the first form wins where two use one code."""
        found = [field for form in reversed(forms) for field in self.form(form)]
        return {field.code: field for field in found}


@cache
def shipped_definitions(folder: Path) -> Definitions:
    """Those of a folder that nobody writes into while the program runs, read once a process."""
    return load_definitions(folder)


def load_definitions(folder: Path) -> Definitions:
    """Everything below `resources/definitions`.

    Raises DefinitionError for a bad file and for a code and version that two files claim.
    """
    sources: dict[tuple[str, str, int], Source] = {}
    lists = _load(folder / "lists", "list", list_from, sources)
    newest = {code: versions[-1] for code, versions in lists.items()}
    forms = _load(folder / "forms", "form", lambda table: form_from(table, newest), sources)
    reports = _load(folder / "reports", "report", report_from, sources)
    papers = _load(folder / "papers", "paper", paper_from, sources)
    papers = MappingProxyType({code: papers[code] for code in sorted(papers, key=place_of)})
    _refuse_unknown_attachments(papers)
    name_lists = _load(folder / "name_lists", "name_list", name_list_from, sources)
    listed = {code: versions[-1] for code, versions in name_lists.items()}
    packs = _load(folder / "packs", "pack", lambda table: pack_from(table, listed), sources)
    workflows = _load(folder / "workflows", "workflow", workflow_from, sources)
    points = _load(folder / "points", "points", point_form_from, sources)
    imports = _load(folder / "imports", "imports", headings_from, sources)
    period_lists = _load(folder / "period_lists", "period_list", period_list_from, sources)
    asked = {code: versions[-1] for code, versions in forms.items()}
    sheets = _load(
        folder / "sheets", "sheet", lambda table: village_sheet_from(table, asked), sources
    )
    programmes = _load(folder / "programmes", "programme", programme_from, sources)
    records = _newest(
        _load(folder / "records", "record", lambda table: record_form_from(table, newest), sources)
    )
    activities = _newest(
        _load(
            folder / "activities",
            "activity",
            lambda table: activity_kind_from(table, newest, records),
            sources,
        )
    )
    supports = _newest(
        _load(
            folder / "supports",
            "support",
            lambda table: support_policy_from(table, newest, period_lists),
            sources,
        )
    )
    standards = load_standards(folder / "standards")
    indicators = load_indicators(folder / "indicators.toml")
    ages = load_ages(folder / "ages.toml")
    holidays = load_holidays(folder / "holidays.toml")
    return Definitions(
        forms,
        lists,
        reports,
        papers,
        name_lists,
        workflows,
        points,
        imports,
        standards,
        ages,
        holidays,
        MappingProxyType(sources),
        sheets=sheets,
        packs=packs,
        period_lists=period_lists,
        programmes=programmes,
        policy_values=load_policy_values(folder / "policy_values.toml"),
        records=record_forms(
            records,
            activities,
            supports,
            programmes,
            indicators,
            frozenset(one.code for one in standards),
        ),
        activities=activities,
        supports=supports,
        support_lists=_load(folder / "support_lists", "support_list", support_list_from, sources),
        indicators=indicators,
        layouts=_load(folder / "layouts", "layout", layout_from, sources),
        outdated=load_outdated(folder / "outdated.toml"),
        schedules=_load(folder / "schedules", "schedule", schedule_preset_from, sources),
    )


def _newest(versions: Versions[T]) -> Mapping[str, T]:
    return {code: found[-1] for code, found in versions.items()}


def _refuse_unknown_attachments(papers: Versions[PaperDef]) -> None:
    for versions in papers.values():
        for paper in versions:
            for code in paper.attached:
                if code not in papers:
                    raise DefinitionError(
                        "definition_value",
                        file=paper.code,
                        where="attached",
                        value=code,
                        allowed=", ".join(papers),
                    )


def _load(
    folder: Path,
    kind: str,
    read: Callable[[Table], T],
    sources: dict[tuple[str, str, int], Source],
) -> Versions[T]:
    found: list[T] = []
    for path in sorted(folder.glob("*.toml")):
        table = read_toml(path)
        item = read(table)
        key = (kind, item.code, item.version)
        if key in sources:
            raise DefinitionError(
                "definition_twice", what=item.code, file=path.name, other=sources[key].name
            )
        sources[key] = table.source
        found.append(item)
    return MappingProxyType({item.code: _versions(found, item.code) for item in found})


def _versions(items: Iterable[T], code: str) -> tuple[T, ...]:
    return tuple(
        sorted((i for i in items if i.code == code), key=lambda i: (i.valid_from, i.version))
    )


def _in_force(versions: Versions[T], code: str, day: date | None) -> T:
    """The first version serves the days before it too: old papers are typed into its form."""
    found = versions.get(code)
    if not found:
        raise AppError("unknown_definition", name=code, known=", ".join(versions))
    if day is None:
        return found[-1]
    return next((item for item in reversed(found) if item.valid_from <= day), found[0])
