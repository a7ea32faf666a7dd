"""Records of the programme's forms: saved, read back, removed, undone, told in the history."""

from __future__ import annotations

import random
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from giamngheo_desktop import texts
from giamngheo_desktop.domain.changes import Kind, Op
from giamngheo_desktop.domain.errors import RefusedError
from giamngheo_desktop.domain.form import FieldDef, FieldKind
from giamngheo_desktop.services import household_history, undo
from giamngheo_desktop.services.programme import entries
from giamngheo_desktop.services.unit import write_unit
from giamngheo_desktop.storage import records
from giamngheo_desktop.storage.tables import TABLES
from tests.harness.random_records import Clerk
from tests.harness.register import Register, dump, living
from tests.harness.review import shipped

FORMS = shipped().records


@pytest.fixture
def clerk(register: Register) -> Clerk:
    for name in ("Lò Thị A", "Vàng Văn B", "Sùng C"):
        register.household(name, f"{name} con")
    return Clerk(register.database, register.context, register.commune, random.Random(7))


def test_every_field_is_a_column_and_every_column_is_asked_or_given() -> None:
    given = {"removed", "area", "year", "document", "key", "issued"}
    for kind, form in FORMS.items():
        asked = {field.code for field in form.columns}
        columns = set(records.columns(kind))
        assert asked <= columns, kind
        assert columns - asked <= given, kind
        for field in form.columns:
            assert field.required or TABLES[kind].c[field.code].nullable, (kind, field.code)
        for below, rows in form.rows.values():
            assert {one.code for one in rows.fields} == set(records.columns(below)) - {
                "removed",
                kind.value,
            }
            for one in rows.fields:
                assert one.required or TABLES[below].c[one.code].nullable, (below, one.code)


def plain(values: Any) -> Any:
    """Without the keys of rows."""
    if isinstance(values, tuple) and values and isinstance(values[0], dict):
        return tuple({k: v for k, v in row.items() if k != "uid"} for row in values)
    return values


@pytest.mark.parametrize("kind", sorted(FORMS))
def test_what_is_saved_is_read_back_and_an_undo_takes_it_away(clerk: Clerk, kind: Kind) -> None:
    form = FORMS[kind]
    for helper in (Kind.BODY, Kind.OFFICER, Kind.PLAN_COMPONENT, Kind.ACTIVITY):
        clerk.save(FORMS[helper])
    clerk.plan()
    for _ in range(20):
        before = living(dump(clerk.database))
        values = clerk.values(form)
        given = clerk.given(form)
        done = entries.save(clerk.database, clerk.context, form, values, given=given)
        stored = entries.entries(clerk.database, form, uid=done.value)[done.value]
        for code, value in values.items():
            assert plain(stored[code]) == (value or None if value == () else plain(value)) or (
                value in (None, ()) and stored[code] in (None, ())
            ), code
        again = entries.save(clerk.database, clerk.context, form, stored, done.value, given=given)
        assert not again.changes.touched  # nothing was changed: no action
        undo.undo(clerk.database, clerk.context, done.changes.group)
        assert living(dump(clerk.database)) == before


def test_rows_are_known_by_their_key_and_may_go(clerk: Clerk) -> None:
    form = FORMS[Kind.SUPPORT]
    home = clerk.pick(Kind.HOUSEHOLD)
    shares = ({"source": "central", "amount": 700}, {"source": "province", "amount": 250})
    uid = clerk.save(form, household=home, person=None, shares=shares).value
    stored = dict(entries.entries(clerk.database, form, uid=uid)[uid])
    first, second = stored["shares"]
    stored["shares"] = ({**second, "amount": 251}, {"source": "donors", "amount": 1})
    done = entries.save(clerk.database, clerk.context, form, stored, uid)
    rows = entries.entries(clerk.database, form, uid=uid)[uid]["shares"]
    assert [(row["source"], row["amount"]) for row in rows] == [("province", 251), ("donors", 1)]
    assert rows[0]["uid"] == second["uid"]
    assert first["uid"] in done.changes.touched[Kind.SUPPORT_SHARE]


def test_answers_of_another_policy_stay_where_they_are(clerk: Clerk) -> None:
    form = FORMS[Kind.SUPPORT]
    home = clerk.pick(Kind.HOUSEHOLD)
    uid = clerk.save(form, household=home, policy="electricity", person=None).value
    asked = [field.code for field in form.added["electricity"]]
    before = entries.entries(clerk.database, form, uid=uid)[uid]
    told = {code: before[code] for code in asked}
    changed = {**before, "policy": "housing"}
    entries.save(clerk.database, clerk.context, form, changed, uid)
    back = entries.entries(clerk.database, form, uid=uid)[uid]
    entries.save(clerk.database, clerk.context, form, {**back, "policy": "electricity"}, uid)
    found = entries.entries(clerk.database, form, uid=uid)[uid]
    assert {code: found[code] for code in asked} == told


def test_what_a_form_must_have_is_said_by_its_label(clerk: Clerk) -> None:
    form = FORMS[Kind.BODY]
    with pytest.raises(RefusedError) as caught:
        clerk.save(form, name="  ")
    assert caught.value.code == "record_lacks"
    assert caught.value.params["label"] == form.form.field("name").label


def test_days_the_other_way_round_are_refused(clerk: Clerk) -> None:
    form = FORMS[Kind.ACTIVITY]
    values = clerk.values(form)
    values |= {"starts_on": date(2026, 3, 5), "ends_on": date(2026, 3, 4)}
    with pytest.raises(RefusedError) as caught:
        entries.save(clerk.database, clerk.context, form, values, given=clerk.given(form))
    assert caught.value.code == "record_days_turned"


def test_a_record_that_others_name_is_not_removed_and_its_own_rows_go_with_it(
    clerk: Clerk,
) -> None:
    body = clerk.save(FORMS[Kind.BODY]).value
    form = FORMS[Kind.ACTIVITY]
    people = ({"name": "Người xem"}, {"name": "Người khác"})
    activity = clerk.save(form, body=body, participants=people).value
    with pytest.raises(RefusedError) as caught:
        entries.remove(clerk.database, clerk.context, FORMS[Kind.BODY], body)
    assert caught.value.code == "record_used"
    entries.remove(clerk.database, clerk.context, form, activity)
    left = living(dump(clerk.database))
    for kind in (Kind.ACTIVITY, Kind.PARTICIPANT, Kind.ACTIVITY_VALUE, Kind.ACTIVITY_ITEM):
        assert not left[kind], kind
    entries.remove(clerk.database, clerk.context, FORMS[Kind.BODY], body)


def test_the_history_of_a_household_tells_what_it_got(clerk: Clerk) -> None:
    home = clerk.pick(Kind.HOUSEHOLD)
    assert isinstance(home, UUID)
    shares = ({"source": "central", "amount": 700_000},)
    clerk.save(
        FORMS[Kind.SUPPORT], household=home, person=None, policy="electricity", shares=shares
    )
    officer = clerk.save(FORMS[Kind.OFFICER], full_name="Y Lan", body=None, village=None).value
    clerk.save(FORMS[Kind.VISIT], household=home, officer=officer, body=None)
    told = household_history.of_household(clerk.database, home)
    visit, support = told[0], told[1]
    assert ("officer", "Y Lan") in [(line.field, line.new) for line in visit.lines]
    said = [(line.kind, line.field, line.new) for line in support.lines]
    assert (Kind.SUPPORT, "policy", "electricity") in said
    assert (Kind.SUPPORT_SHARE, "amount", 700_000) in said


def test_a_part_of_a_plan_is_no_part_of_itself(clerk: Clerk) -> None:
    form = FORMS[Kind.PLAN_COMPONENT]
    above = clerk.save(form, parent=None).value
    below = clerk.save(form, parent=above).value
    for parent in (above, below):
        with pytest.raises(RefusedError) as caught:
            clerk.save(form, above, parent=parent)
        assert caught.value.code == "record_in_itself"


def forbidden(field: FieldDef) -> list[Any]:
    """Values that the form does not take."""
    if field.kind in (FieldKind.INTEGER, FieldKind.DECIMAL, FieldKind.MONEY):
        bounds = [(field.minimum, -1), (field.maximum, 1)]
        return [0.5, *(bound + step for bound, step in bounds if bound is not None)]
    open_list = field.of.endswith("_key")  # a unit adds its own
    if field.kind is FieldKind.CHOICES:
        return [("không có",)]
    return ["không có"] if field.kind is FieldKind.CHOICE and not open_list else []


@pytest.mark.parametrize("kind", sorted(FORMS))
def test_what_a_form_forbids_is_refused_and_what_is_stored_may_stay(
    clerk: Clerk, kind: Kind
) -> None:
    form = FORMS[kind]
    act = (clerk.database, clerk.context, form)
    homes = {"household": clerk.pick(Kind.HOUSEHOLD), "person": None}
    fixed = {code: value for code, value in homes.items() if code in form.form.fields}
    good, given = clerk.values(form, **fixed), clerk.given(form)
    cases: list[tuple[dict[str, Any], str]] = []
    for field in form.columns:
        cases += [({**good, field.code: bad}, field.label) for bad in forbidden(field)]
    for code, (_, rows) in form.rows.items():
        for column in rows.fields:
            row = {one.code: clerk.value(one) for one in rows.fields}
            label = f"{rows.label}, {column.label}"
            cases += [({**good, code: ({**row, column.code: bad},)}, label)
                      for bad in forbidden(column)]  # fmt: skip
    for code, more in form.added.items():
        for field in more:
            chosen = {**good, form.decided_by: code}
            cases += [({**chosen, field.code: bad}, field.label) for bad in forbidden(field)]
    before = dump(clerk.database)
    for values, label in cases:
        with pytest.raises(RefusedError) as caught:
            entries.save(*act, values, given=given)
        assert caught.value.params["label"] == label
        assert texts.error_text(caught.value)
    assert dump(clerk.database) == before
    uid = entries.save(*act, good, given=given).value
    for field in form.columns:
        old = next(iter(forbidden(field)), None)
        if old is not None and field.code != form.decided_by:
            with write_unit(clerk.database, clerk.context, Op.SAVE_RECORD) as work:
                bad = 1 - 2**40 if isinstance(old, float) else old
                work.update(kind, uid, **{field.code: bad})
    stored = entries.entries(clerk.database, form, uid=uid)[uid]
    entries.save(*act, stored, uid, given=given)
    assert entries.entries(clerk.database, form, uid=uid)[uid] == stored


def test_a_component_is_one_of_its_programme(clerk: Clerk) -> None:
    form = FORMS[Kind.BUDGET_LINE]
    known = {"plan_component": None, "activity": None, "source": "central"}
    uid = clerk.save(form, **known, programme="2026", component="HP1-NDTP03").value
    clerk.save(form, **known, programme=None, component="DA2")
    for programme, component in (("2026", "DA2"), ("2016", "HP1-NDTP03")):
        values = {**clerk.values(form), **known, "programme": programme, "component": component}
        for one in (None, uid):
            with pytest.raises(RefusedError, match="record_component"):
                entries.save(clerk.database, clerk.context, form, values, one,
                             given=clerk.given(form))  # fmt: skip


def test_every_kind_of_record_has_a_table(tmp_path: Path) -> None:
    assert set(FORMS) <= set(TABLES)
