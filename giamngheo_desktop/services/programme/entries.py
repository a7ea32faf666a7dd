"""Records that a form describes: bodies, activities, supports, visits … read, saved, removed.

One function saves them all: the columns, the rows that belong to the record (participants, shares
by source), and the answers that its kind adds. Values are those of the form's fields; rows carry
the `uid` of their record.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from giamngheo_desktop.domain.audit_text import decode, encode
from giamngheo_desktop.domain.changes import Done, Kind, Op
from giamngheo_desktop.domain.context import Context
from giamngheo_desktop.domain.errors import RefusedError
from giamngheo_desktop.domain.form import FieldDef, FieldKind
from giamngheo_desktop.domain.record_checks import refuse_values
from giamngheo_desktop.domain.record_form import (
    ADDED,
    ATTACHED,
    OF_PLAN,
    RecordForm,
    names_rows,
)
from giamngheo_desktop.domain.vietnamese import clean, clean_prose
from giamngheo_desktop.services.documents.heads import refuse_issued
from giamngheo_desktop.services.unit import WriteUnit, write_unit
from giamngheo_desktop.storage import records
from giamngheo_desktop.storage.engine import Connection, Database

Values = Mapping[str, Any]
# Days of one form that may not stand the other way round.
_SPANS = (
    ("valid_from", "valid_to"),
    ("starts_on", "ends_on"),
    ("period_from", "period_to"),
    ("joined_on", "left_on"),
)


def entries(database: Database, form: RecordForm, /, **equals: object) -> dict[UUID, Values]:
    """The living records of the kind whose columns equal these, oldest first."""
    with database.reader() as connection:
        return read(connection, form, **equals)


def read(connection: Connection, form: RecordForm, /, **equals: object) -> dict[UUID, Values]:
    """`entries` of a connection."""
    found = {row["uid"]: row for row in records.find(connection, form.kind, **equals)}
    whole: dict[UUID, dict[str, Any]] = {
        uid: {name: value for name, value in row.items() if name not in ("uid", "removed")}
        for uid, row in found.items()
    }
    for code, (kind, field) in form.rows.items():
        rows = _below(connection, kind, form.kind, found)
        asked = ("uid", *(column.code for column in field.fields))
        for uid, values in whole.items():
            values[code] = tuple({name: row[name] for name in asked} for row in rows.get(uid, ()))
    if form.decided_by:
        kept = _below(connection, ADDED[form.kind][1], form.kind, found)
        for uid, values in whole.items():
            texts = {row["code"]: row["value"] for row in kept.get(uid, ())}
            values |= {
                field.code: _readable(field, texts.get(field.code)) for field in form.more(values)
            }
    return dict(whole)


def save(
    database: Database,
    context: Context,
    form: RecordForm,
    values: Values,
    uid: UUID | None = None,
    *,
    given: Values | None = None,
    name: str = "",
) -> Done[UUID]:
    """Save a new record, or what `uid` is now said to be; `given` are columns no field asks. It is
    called by its first text, if not by a `name`.

    Raises RefusedError `record_missing`, `record_lacks`, `record_days_turned`, `record_in_itself`,
    `plan_stands` for what belongs to an issued version of the plan, and those of `refuse_values`
    for what the form forbids and is not stored so already.
    """
    with write_unit(database, context, Op.SAVE_RECORD) as work:
        uid = write(work, form, values, uid, given=given or {})
        work.subject = subject(form, values, name)
    return Done(uid, work.changes)


def write(
    work: WriteUnit, form: RecordForm, values: Values, uid: UUID | None, *, given: Values
) -> UUID:
    """`save` within another action."""
    asked = form.columns
    columns = {field.code: _cleaned(field, values.get(field.code)) for field in asked}
    stored = {} if uid is None else work.living(form.kind, uid)
    _check(form, columns)
    refuse_values(asked, columns, stored, form.known)
    if form.kind in OF_PLAN:
        _refuse_issued(work, stored.get("document"), given.get("document"))
    if uid is None:
        uid = work.insert(form.kind, **{**columns, **given})
    else:
        _refuse_circles(work, form, uid, columns)
        work.change(form.kind, uid, stored, {**columns, **given})
    for code in form.rows:
        if code in values:
            _write_rows(work, form, code, uid, values[code] or ())
    if form.decided_by:
        _write_added(work, form, uid, values)
    return uid


def remove(
    database: Database, context: Context, form: RecordForm, uid: UUID, *, name: str = ""
) -> Done[None]:
    """A record typed by mistake, with what is its own. Raises RefusedError `record_used` where
    another record names it.
    """
    with write_unit(database, context, Op.REMOVE_RECORD) as work:
        row = work.living(form.kind, uid)
        work.subject = subject(form, row, name)
        if form.kind in OF_PLAN:
            _refuse_issued(work, row["document"])
        work.remove(form.kind, uid)
        own = [kind for kind, _ in form.rows.values()]
        own += [ADDED[form.kind][1]] if form.decided_by else []
        own += [Kind.ATTACHMENT] if form.kind in ATTACHED else []
        for kind in own:
            below = _below(work.connection, kind, form.kind, [uid]).get(uid, ())
            work.remove_many(kind, [item["uid"] for item in below])
        if records.pointing_at(work.connection, form.kind, [uid]):
            raise RefusedError("record_used", name=work.subject)
    return Done(None, work.changes)


def subject(form: RecordForm, values: Values, name: str = "") -> str:
    """What the undo menu calls it: the kind, and its name, else its first text."""
    texts = (values.get(field.code) for field in form.columns if field.kind is FieldKind.TEXT)
    name = name or next((clean(text) for text in texts if text and clean(text)), "")
    return f"{form.form.label}: {name}" if name else form.form.label


def _below(
    connection: Connection, kind: Kind, above: Kind, uids: Iterable[UUID]
) -> dict[UUID, list[dict[str, Any]]]:
    """The living records of a kind by the record they belong to, in the order they were made."""
    found: dict[UUID, list[dict[str, Any]]] = {}
    for row in records.find_below(connection, kind, above.value, [*uids]):
        found.setdefault(row[above.value], []).append(row)
    return found


def _write_rows(
    work: WriteUnit, form: RecordForm, code: str, uid: UUID, rows: Sequence[Mapping[str, Any]]
) -> None:
    """A new row may bring its uid, so that another one of them can name it."""
    (kind, field), above = form.rows[code], form.kind
    beside = {row.get("uid") for row in rows}
    own = [column.code for column in field.fields if names_rows(column, field)]
    stored = {row["uid"]: row for row in _below(work.connection, kind, above, [uid]).get(uid, ())}
    kept: set[UUID] = set()
    for row in rows:
        values = {column.code: _cleaned(column, row.get(column.code)) for column in field.fields}
        if all(value in (None, ()) for value in values.values()):
            continue  # a line left empty
        for name in own:
            if values[name] not in beside and not _is_known(work, kind, values[name]):
                values[name] = None  # it was never written
        for column in field.fields:
            if column.required and values[column.code] in (None, ()):
                raise RefusedError("record_lacks", label=f"{field.label}, {column.label}")
        known = row.get("uid")
        before = stored.get(known, {}) if known is not None else {}
        refuse_values(field.fields, values, before, form.known, within=field.label)
        if known is not None and known in stored:
            kept.add(known)
            work.change(kind, known, stored[known], values)
        else:
            fresh = None if known is None or _is_known(work, kind, known) else known
            work.insert(kind, uid=fresh, **values, **{above.value: uid})
    work.remove_many(kind, [one for one in stored if one not in kept])


def _is_known(work: WriteUnit, kind: Kind, uid: UUID | None) -> bool:
    """Whether the file has it, removed or not."""
    return uid is not None and records.get(work.connection, kind, uid) is not None


def _write_added(work: WriteUnit, form: RecordForm, uid: UUID, values: Values) -> None:
    """Answers of another kind, asked before the kind was changed, stay where they are."""
    kind = ADDED[form.kind][1]
    stored = {
        row["code"]: row for row in _below(work.connection, kind, form.kind, [uid]).get(uid, ())
    }
    asked = [field for field in form.more(values) if field.code in values]
    found = {field.code: _cleaned(field, values[field.code]) for field in asked}
    before = {one.code: _readable(one, stored[one.code]["value"])
              for one in asked if one.code in stored}  # fmt: skip
    refuse_values(asked, found, before, form.known)
    for field in asked:
        text = encode(found[field.code])
        row = stored.get(field.code)
        if row is not None:
            work.change(kind, row["uid"], row, {"value": text})
        elif text is not None:
            work.insert(kind, **{form.kind.value: uid, "code": field.code, "value": text})


def _check(form: RecordForm, columns: Values) -> None:
    for field in form.columns:
        asked = field.visible_if is None or field.visible_if.holds(columns)
        if field.required and asked and columns[field.code] in (None, ()):
            raise RefusedError("record_lacks", label=field.label)
    for first, last in _SPANS:
        begins, ends = columns.get(first), columns.get(last)
        if begins is not None and ends is not None and ends < begins:
            labels = {field.code: field.label for field in form.columns}
            raise RefusedError("record_days_turned", first=labels[first], last=labels[last])


def _refuse_issued(work: WriteUnit, *plans: UUID | None) -> None:
    """What a version was issued with stands; it is changed by the next version."""
    known = {plan for plan in plans if plan is not None}
    if not known:
        raise RefusedError("record_missing")
    for plan in known:
        refuse_issued(work.living(Kind.DOCUMENT, plan))


def _refuse_circles(work: WriteUnit, form: RecordForm, uid: UUID, columns: Values) -> None:
    """A part of a plan is no part of itself, nor of one of its own parts."""
    for field in form.columns:
        if field.of != form.kind.value:
            continue
        above = columns[field.code]
        while above is not None:
            if above == uid:
                raise RefusedError("record_in_itself", label=field.label)
            row = records.get(work.connection, form.kind, above)
            above = row[field.code] if row else None


def _cleaned(field: FieldDef, value: Any) -> Any:
    if isinstance(value, str) and field.kind is FieldKind.TEXT:
        return (clean_prose(value) if field.lines else clean(value)) or None
    return value


def _readable(field: FieldDef, text: str | None) -> Any:
    """What an older definition kept in another form stays as it is."""
    try:
        return decode(field, text)
    except ValueError:
        return text
