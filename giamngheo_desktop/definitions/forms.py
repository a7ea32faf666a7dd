"""Turns the TOML of forms and lists into domain values and checks that they are whole."""

from __future__ import annotations

from collections.abc import Mapping

from giamngheo_desktop.definitions.head import check_days, head_of
from giamngheo_desktop.definitions.loader import Table
from giamngheo_desktop.domain.area import Level
from giamngheo_desktop.domain.asked import REVIEW_WAYS
from giamngheo_desktop.domain.choices import ChoiceList, ListEntry, ambiguous_spellings
from giamngheo_desktop.domain.form import Choice, Condition, FieldDef, FieldKind, FormDef, Section
from giamngheo_desktop.domain.names import CAPITALS
from giamngheo_desktop.domain.standard import Certainty

PAGES = ("info", "members", "housing", "review")  # the tabs of the household page, in their order
RECORD = "record"  # a form of its own, on no tab
_PAGES = {page: page for page in (*PAGES, RECORD)}
_KINDS = {kind.value: kind for kind in FieldKind}
_LEVELS = tuple(level.value for level in Level)
_CERTAINTIES = {certainty.value: certainty for certainty in Certainty}
_OPERATORS = {name: name for name in ("is", "is_not", "in", "contains", "at_least", "at_most")}
_CAPITALS = {name: name for name in CAPITALS}
_WITH_CHOICES = (FieldKind.CHOICE, FieldKind.CHOICES, FieldKind.YES_NO)
_WITH_OF = (FieldKind.RECORD, FieldKind.CHOICE, FieldKind.ROWS)
_NUMBERS = (FieldKind.INTEGER, FieldKind.DECIMAL, FieldKind.MONEY)

Lists = Mapping[str, ChoiceList]


def list_from(table: Table) -> ChoiceList:
    """The list of answers of one file; an entry without its own certainty has that of the list."""
    certainty = table.one_of("certainty", _CERTAINTIES)
    source = table.text("source")
    found = ChoiceList(
        **head_of(table),
        source=source,
        certainty=certainty,
        entries=tuple(_entry(row, source, certainty) for row in table.tables("entry")),
    )
    table.finish()
    check_days(table)
    if found.entries or certainty is not Certainty.MISSING:  # a list may say that nobody has it
        _check_choices(table, "entry", found.choices)
    return found


def form_from(table: Table, lists: Lists, *, may_be_empty: bool = False) -> FormDef:
    """The form of one file; `list = "…"` of a field is filled from `lists`.

    Every yes/no field is given the answers of the list `yes_no`, for drop-downs and imports.
    """
    form = FormDef(
        **head_of(table),
        sections=tuple(_section(row, lists) for row in table.tables("section")),
    )
    table.finish()
    check_days(table)
    if not form.sections and not may_be_empty:
        table.fail("definition_missing_key", "section")
    sections = tuple(section.code for section in form.sections)
    fields = [field.code for section in form.sections for field in section.fields]
    for codes in (sections, fields):
        if len(set(codes)) < len(codes):
            table.fail("definition_codes_twice", "section")
    _check_conditions(table, form)
    _check_review(table, form)
    return form


def _entry(table: Table, source: str, certainty: Certainty) -> ListEntry:
    entry = ListEntry(
        code=table.text("code"),
        label=table.text("label"),
        short=table.text("short", ""),
        aliases=table.texts("aliases"),
        group=table.text("group", ""),
        levels=table.texts("levels"),
        source=table.text("source", source),
        certainty=table.one_of("certainty", _CERTAINTIES, certainty),
    )
    table.finish()
    for level in entry.levels:
        if level not in _LEVELS:
            table.fail("definition_value", "levels", value=level, allowed=", ".join(_LEVELS))
    return entry


def _section(table: Table, lists: Lists) -> Section:
    section = Section(
        code=table.text("code"),
        label=table.text("label"),
        page=table.one_of("page", _PAGES),
        folded=table.flag("folded", False),
        fields=tuple(_field(row, lists) for row in table.tables("field")),
    )
    table.finish()
    if not section.fields:
        table.fail("definition_missing_key", "field")
    return section


def _field(table: Table, lists: Lists) -> FieldDef:
    kind = table.one_of("kind", _KINDS)
    field = FieldDef(
        code=table.text("code"),
        kind=kind,
        label=table.text("label"),
        help=table.text("help", ""),
        short=table.text("short", ""),
        excel=table.text("excel", ""),
        required=table.flag("required", False),
        choices=_choices(table, kind, lists),
        scale=table.integer("scale", 0),
        unit=table.text("unit", ""),
        minimum=table.opt_integer("minimum"),
        maximum=table.opt_integer("maximum"),
        capitals=table.one_of("capitals", _CAPITALS, ""),
        decided=table.flag("decided", False),
        dated=table.flag("dated", False),
        grid=table.flag("grid", False),
        visible_if=_condition(table.opt_table("visible_if")),
        fields=tuple(_field(row, lists) for row in table.tables("column")),
        source=table.text("source"),
        review=table.text("review", ""),
        anew=table.flag("anew", False),
        repeats=table.flag("repeats", False),
        lines=table.integer("lines", 0),
        letters=table.integer("letters", 0),
        of=table.text("of", ""),
    )
    table.finish()
    if (kind is FieldKind.RECORD and not field.of) or (field.of and kind not in _WITH_OF):
        table.fail("definition_missing_key" if not field.of else "definition_unknown_key", "of")
    if kind not in _NUMBERS:
        for key in ("minimum", "maximum"):
            if key in table:
                table.fail("definition_unknown_key", key)
    if field.minimum is not None and field.maximum is not None and field.minimum > field.maximum:
        table.fail("definition_range_order", "maximum")
    for key in ("capitals", "lines"):
        if getattr(field, key) and kind is not FieldKind.TEXT:
            table.fail("definition_unknown_key", key)
    if field.decided and kind is not FieldKind.YES_NO:
        table.fail("definition_unknown_key", "decided")
    if (kind is FieldKind.DECIMAL) != (field.scale > 0):
        table.fail("definition_scale", "scale")
    if (kind is FieldKind.ROWS) != bool(field.fields):
        table.fail("definition_columns", "column")
    return field


def _choices(table: Table, kind: FieldKind, lists: Lists) -> tuple[Choice, ...]:
    name = table.opt_text("list") or ("yes_no" if kind is FieldKind.YES_NO else None)
    rows = table.tables("choices")
    if kind is FieldKind.CHOICE and "of" in table and name is None and not rows:
        return ()  # they are data
    if kind not in _WITH_CHOICES:
        for key in ("list", "choices"):
            if key in table:
                table.fail("definition_unknown_key", key)
        return ()
    if name is not None and rows:
        table.fail("definition_unknown_key", "list")  # one or the other
    if name is None:
        choices = tuple(_choice(row) for row in rows)
    elif name in lists:
        choices = lists[name].choices
    else:
        table.fail("definition_value", "list", value=name, allowed=", ".join(sorted(lists)))
    _check_choices(table, "choices", choices)
    return choices


def _choice(table: Table) -> Choice:
    choice = Choice(
        code=table.text("code"), label=table.text("label"), aliases=table.texts("aliases")
    )
    table.finish()
    return choice


def _condition(table: Table | None) -> Condition | None:
    if table is None:
        return None
    operator = table.one_of("operator", _OPERATORS)
    value: str | int | bool | tuple[str, ...]
    match table.values.get("value"):
        case bool():
            value = table.flag("value")
        case int():
            value = table.integer("value")
        case list():
            value = table.texts("value")
        case _:
            value = table.text("value")
    condition = Condition(field=table.text("field"), operator=operator, value=value)
    table.finish()
    if (operator == "in") != isinstance(value, tuple):
        table.fail("definition_condition", "value")
    return condition


def _check_choices(table: Table, key: str, choices: tuple[Choice, ...]) -> None:
    codes = {choice.code for choice in choices}
    if not choices:
        table.fail("definition_missing_key", key)
    if len(codes) < len(choices):
        table.fail("definition_codes_twice", key)
    shared = ambiguous_spellings(choices)
    if shared:
        table.fail("definition_spelling_twice", key, value=", ".join(shared))


def _check_conditions(table: Table, form: FormDef) -> None:
    """Every visible_if names another field of the form and values that field can have."""
    fields = {field.code: field for field in form}
    for field in form:
        condition = field.visible_if
        if condition is None:
            continue
        asked = fields.get(condition.field)
        if asked is None or asked is field:
            allowed = ", ".join(fields)
            table.fail("definition_value", field.code, value=condition.field, allowed=allowed)
        wanted = condition.value if isinstance(condition.value, tuple) else (condition.value,)
        if asked.kind is FieldKind.YES_NO:
            allowed_values: set[object] = {True, False}
        elif asked.choices:
            allowed_values = set(asked.codes)
        else:
            continue
        for value in wanted:
            if value not in allowed_values:
                allowed = ", ".join(map(str, allowed_values))
                table.fail("definition_value", field.code, value=value, allowed=allowed)


def _check_review(table: Table, form: FormDef) -> None:
    """`review` names a way of asking, or a field that has one."""
    for field in form:
        asked_with = form.fields.get(field.review)
        known = field.review in REVIEW_WAYS or (asked_with and asked_with.review in REVIEW_WAYS)
        if field.review and not known:
            allowed = ", ".join(REVIEW_WAYS)
            table.fail("definition_value", field.code, value=field.review, allowed=allowed)
