"""Kinds of records as data: which fields one has, which records it holds, what its kind adds.

A body, an activity, a support, a visit are each a form whose fields are the columns of the kind.
Rows of a form are records of another kind that point back at it. An activity or a support has one
answer that adds fields of its own (`added`); their answers are kept as texts, one a row.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.domain.form import FieldDef, FieldKind, FormDef

# The kinds that a form may be of, by how they are told whose they are.
OF_COMMUNE = frozenset(
    {
        Kind.BODY,
        Kind.OFFICER,
        Kind.PLAN_COMPONENT,
        Kind.TASK,
        Kind.ACTIVITY,
        Kind.BUDGET_LINE,
        Kind.FUND_ENTRY,
        Kind.SUPPORT_EVENT,
        Kind.ASSIGNMENT,
        Kind.POLICY_VALUE,
        Kind.TARGET_RESULT,
        Kind.REPORT_RECEIPT,
    }
)
# What a version of the plan holds: with a form, and all of it.
OF_PLAN = frozenset({Kind.TARGET, Kind.REPORT_SCHEDULE})
OF_VERSION = (
    Kind.DOCUMENT_SECTION,
    Kind.TARGET,
    Kind.REPORT_SCHEDULE,
    Kind.VILLAGE_TARGET,
)
OF_HOUSEHOLD = frozenset({Kind.NEED, Kind.SUPPORT, Kind.VISIT, Kind.HOUSEHOLD_PLAN, Kind.INCIDENT})
# The rows of a form, and where the answers of added fields stand.
ROWS: Mapping[Kind, frozenset[Kind]] = {
    Kind.ACTIVITY: frozenset({Kind.PARTICIPANT, Kind.ACTIVITY_ITEM}),
    Kind.SUPPORT: frozenset({Kind.SUPPORT_SHARE}),
}
ADDED: Mapping[Kind, tuple[str, Kind]] = {  # the field that decides, the kind of their rows
    Kind.ACTIVITY: ("kind", Kind.ACTIVITY_VALUE),
    Kind.SUPPORT: ("policy", Kind.SUPPORT_VALUE),
}
_ROWS_CALLED = {"participant": Kind.PARTICIPANT.value}  # by a column that names one
ATTACHED = frozenset({Kind.ACTIVITY, Kind.SUPPORT_EVENT})  # papers may be attached to
KINDS = frozenset(  # all that forms read and write
    {*OF_COMMUNE, *OF_PLAN, *OF_HOUSEHOLD, Kind.ATTACHMENT, *(own for _, own in ADDED.values())}
).union(*ROWS.values())


@dataclass(frozen=True, kw_only=True)
class Addition:
    """The fields that one answer adds, with the head of their definition."""

    form: FormDef

    @property
    def code(self) -> str:
        return self.form.code

    @property
    def version(self) -> int:
        return self.form.version

    @property
    def valid_from(self) -> date:
        return self.form.valid_from

    @property
    def valid_to(self) -> date | None:
        return self.form.valid_to

    @property
    def label(self) -> str:
        return self.form.label


@dataclass(frozen=True, kw_only=True)
class ActivityKind(Addition):
    """What one kind of activity asks, and who or what its lines are.

    `units` are those of record it serves: household, person, event, officer, works …
    `columns` are those of the participants that it asks, in the order one fills them, none where
    nobody is named; `items`: petition, finding, upkeep or none, headed by `items_label`.
    """

    units: tuple[str, ...]
    columns: tuple[str, ...]
    items: str
    items_label: str


@dataclass(frozen=True, kw_only=True)
class SupportPolicy(Addition):
    """What one policy asks, and for whom sources say it is.

    `classes` are those of the household that entitle, None where no source says; those of a policy
    with danh sách kỳ (`period_lists`) are the grounds of these. `need` is what it answers,
    `value_keys` the policy values that give its amounts. `repeats`: it is given again and again,
    each day something of its own.
    """

    per: str  # household person
    need: str
    classes: frozenset[str] | None
    value_keys: tuple[str, ...]
    group: str
    period_lists: tuple[str, ...] = ()
    repeats: bool = False


@dataclass(frozen=True, kw_only=True)
class KnownCodes:
    """The answers of choices that are data, by what a field is `of`, and the components of each
    programme; a list that is not here is open.
    """

    of: Mapping[str, frozenset[str]] = dataclasses.field(default_factory=dict)
    components: Mapping[str, frozenset[str]] = dataclasses.field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class RecordForm:
    """The form of one kind."""

    kind: Kind
    form: FormDef
    added: Mapping[str, FormDef]  # by the answer that decides
    known: KnownCodes = dataclasses.field(default_factory=KnownCodes)

    @cached_property
    def rows(self) -> Mapping[str, tuple[Kind, FieldDef]]:
        """The fields of rows, with the kind of their records."""
        fields = (field for field in self.form if field.kind is FieldKind.ROWS)
        return {field.code: (Kind(field.of), field) for field in fields}

    @cached_property
    def columns(self) -> tuple[FieldDef, ...]:
        """The fields that are columns of the kind."""
        return tuple(field for field in self.form if field.kind is not FieldKind.ROWS)

    @property
    def decided_by(self) -> str:
        """The field whose answer adds fields; empty where none does."""
        return ADDED[self.kind][0] if self.kind in ADDED else ""

    def more(self, values: Mapping[str, object]) -> tuple[FieldDef, ...]:
        """The fields that the answers given so far add."""
        form = self.added.get(str(values.get(self.decided_by)))
        return () if form is None else tuple(form)


def names_rows(column: FieldDef, rows: FieldDef) -> bool:
    """Whether a column of rows names another of them."""
    return _ROWS_CALLED.get(column.of) == rows.of


def fields_of(forms: Mapping[Kind, RecordForm]) -> dict[Kind, dict[str, FieldDef]]:
    """The fields of each kind by column, those of rows and of added answers (by code) too."""
    found: dict[Kind, dict[str, FieldDef]] = {}
    for kind, form in forms.items():
        found[kind] = {field.code: field for field in form.columns}
        for below, rows in form.rows.values():
            found[below] = {column.code: column for column in rows.fields}
        if form.decided_by:
            added = (field for more in form.added.values() for field in more)
            found[ADDED[kind][1]] = {field.code: field for field in added}
    return found
