"""Reads the forms of records, and what kinds of activities and policies of support add to them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from giamngheo_desktop.definitions.forms import Lists, form_from
from giamngheo_desktop.definitions.loader import Table
from giamngheo_desktop.domain import report_periods
from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.domain.form import FieldKind, FormDef
from giamngheo_desktop.domain.indicator_catalogue import Catalogue
from giamngheo_desktop.domain.period_list import PeriodListDef
from giamngheo_desktop.domain.programme import Programme
from giamngheo_desktop.domain.record_form import (
    OF_COMMUNE,
    OF_HOUSEHOLD,
    OF_PLAN,
    ROWS,
    ActivityKind,
    KnownCodes,
    RecordForm,
    SupportPolicy,
)

_KINDS = {kind.value: kind for kind in Kind if kind in OF_COMMUNE | OF_PLAN | OF_HOUSEHOLD}
_UNITS = ("household", "person", "event", "officer", "works")
_ITEMS = {name: name for name in ("", "petition", "finding", "upkeep")}
_PER = {name: name for name in ("household", "person")}


def record_form_from(table: Table, lists: Lists) -> FormDef:
    """The form of one kind; its code is that of the kind, its rows name theirs."""
    kind = table.one_of("code", _KINDS)
    form = form_from(table, lists)
    rows = {row.value for row in ROWS.get(kind, ())}
    for field in form:
        if field.kind is FieldKind.ROWS and field.of not in rows:
            table.fail("definition_value", "of", value=field.of, allowed=", ".join(sorted(rows)))
    return form


def activity_kind_from(table: Table, lists: Lists, records: Mapping[str, FormDef]) -> ActivityKind:
    """What a kind of activity adds; its columns are those of the participants in `records`."""
    units = table.texts("units")
    for unit in units:
        if unit not in _UNITS:
            table.fail("definition_value", "units", value=unit, allowed=", ".join(_UNITS))
    columns, known = table.texts("columns"), _participant_columns(records)
    for column in columns:
        if column not in known:
            table.fail("definition_value", "columns", value=column, allowed=", ".join(known))
    return ActivityKind(
        units=units,
        columns=columns,
        items=table.one_of("items", _ITEMS, ""),
        items_label=table.text("items_label", ""),
        form=form_from(table, lists, may_be_empty=True),
    )


def _participant_columns(records: Mapping[str, FormDef]) -> tuple[str, ...]:
    fields = records[Kind.ACTIVITY.value]
    rows = (field for field in fields if field.of == Kind.PARTICIPANT.value)
    return tuple(column.code for field in rows for column in field.fields)


def support_policy_from(
    table: Table, lists: Lists, period_lists: Mapping[str, Sequence[PeriodListDef]]
) -> SupportPolicy:
    """What a policy adds, and for whom it is: the classes it names, or the grounds of its danh sách
    kỳ; answers stand in the lists of classes and needs.
    """
    need, group = table.text("need", ""), table.text("group", "")
    for key, value, name in (("need", need, "support_needs"), ("group", group, "support_policies")):
        known = lists[name].codes
        if value and value not in known:
            table.fail("definition_value", key, value=value, allowed=", ".join(sorted(known)))
    return SupportPolicy(
        per=table.one_of("per", _PER),
        need=need,
        classes=_entitling(table, period_lists),
        period_lists=table.texts("period_lists"),
        value_keys=table.texts("value_keys"),
        group=group,
        repeats=table.flag("repeats", False),
        form=form_from(table, lists, may_be_empty=True),
    )


def _entitling(
    table: Table, period_lists: Mapping[str, Sequence[PeriodListDef]]
) -> frozenset[str] | None:
    listed = table.texts("period_lists")
    for code in listed:
        if code not in period_lists:
            allowed = ", ".join(sorted(period_lists))
            table.fail("definition_value", "period_lists", value=code, allowed=allowed)
    if listed:
        return frozenset().union(*(period_lists[code][-1].classes for code in listed))
    return frozenset(table.texts("classes")) if "classes" in table else None


def record_forms(
    forms: Mapping[str, FormDef],
    activities: Mapping[str, ActivityKind],
    supports: Mapping[str, SupportPolicy],
    programmes: Mapping[str, Sequence[Programme]],
    indicators: Catalogue,
    standards: frozenset[str],
) -> Mapping[Kind, RecordForm]:
    """The newest form of each kind, with all that may be added to it."""
    added = {
        Kind.ACTIVITY: {code: one.form for code, one in activities.items()},
        Kind.SUPPORT: {code: one.form for code, one in supports.items()},
    }
    components = {
        code: frozenset(name for one in versions for name in one.by_code)
        for code, versions in programmes.items()
    }
    known = KnownCodes(
        of={
            "policy": frozenset(supports),
            "activity_kind": frozenset(activities),
            "programme": frozenset(programmes),
            "indicator": frozenset(indicators.indicators),
            "standard": standards,
            "report_period": frozenset(report_periods.ALL),
            "component": frozenset().union(*components.values()),
        },
        components=components,
    )
    return {
        kind: RecordForm(kind=kind, form=form, added=added.get(kind, {}), known=known)
        for code, form in forms.items()
        for kind in (_KINDS[code],)
    }
