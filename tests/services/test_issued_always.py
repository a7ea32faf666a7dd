"""Random copies that work at plans: what counts as issued is what somebody issued."""

from __future__ import annotations

import random
from contextlib import suppress
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from giamngheo_desktop.domain import issued_merge
from giamngheo_desktop.domain.changes import Kind, Op
from giamngheo_desktop.domain.errors import RefusedError
from giamngheo_desktop.domain.record_form import OF_PLAN
from giamngheo_desktop.services import undo
from giamngheo_desktop.services.documents import versions
from giamngheo_desktop.services.exchange import outside
from giamngheo_desktop.services.programme import entries
from giamngheo_desktop.storage import audit, exchange, records
from tests.harness.copies import copy_of
from tests.harness.examples import examples
from tests.harness.plan_copies import act, as_issued, meet, stays_out, take
from tests.harness.random_records import Clerk
from tests.harness.register import TODAY, Register, empty_database, make_register
from tests.harness.review import shipped


@pytest.mark.timeout(3600)
def test_whatever_copies_do_to_plans_what_stands_is_what_somebody_issued(tmp_path: Path) -> None:
    for seed in range(examples(4, 300)):
        rng = random.Random(seed)
        folder = tmp_path / str(seed)
        folder.mkdir()
        with empty_database(folder / "0.db") as database:
            first = make_register(database, seed=seed)
            first.household("An")
            copies = [first]
            copies += [copy_of(first, folder / f"{n}.db", seed=1000 * n + seed) for n in (1, 2)]
            issued: dict[UUID, dict[UUID, dict[str, Any]]] = {}  # by the action
            for _ in range(rng.randint(2, 5)):
                for one in rng.sample(copies, 2):
                    for _ in range(rng.randint(1, 5)):
                        _act(one, rng, issued)
                take(*rng.sample(copies, 2))
            meet(*copies)
            for one in copies:
                _check(one, issued, seed)
            for _ in range(3):
                with suppress(RefusedError):
                    _decide(rng.choice(copies), rng)
            meet(*copies)
            for one in copies:
                _check(one, issued, seed)
                with one.database.reader() as connection:
                    assert audit.broken_link(connection) is None
            for one in copies[1:]:
                one.database.close()


def _act(register: Register, rng: random.Random, issued: dict[UUID, Any]) -> None:
    clerk, chance = Clerk(*act(register), register.commune, rng), rng.random()
    with suppress(RefusedError):
        if chance < 0.2:
            done = versions.issue(*act(register), clerk.plan(), TODAY)
            issued[done.changes.group] = as_issued(register, clerk.plan())
        elif chance < 0.3:
            _take_back(register)
        elif chance < 0.4:
            _decide(register, rng)
        elif chance < 0.6:
            clerk.write()
        else:
            _save(clerk, rng)


def _take_back(register: Register) -> None:
    """The newest action, where it is one of a plan."""
    step = undo.next_step(register.database)
    if step is not None and step.op is not Op.SAVE_HOUSEHOLD:
        undo.undo(*act(register), step.group)


def _save(clerk: Clerk, rng: random.Random) -> None:
    form = shipped().records[rng.choice(sorted(OF_PLAN))]
    uid = clerk.pick(form.kind)
    if uid is None or rng.random() < 0.3:
        plan = clerk.plan()
        with clerk.database.reader() as connection:
            used = {one["key"] for one in records.find(connection, form.kind, document=plan)}
        key = rng.choice([key for key in "abcdefghi" if key not in used])
        given = {"document": plan, "key": key}
        entries.save(clerk.database, clerk.context, form, clerk.values(form), None, given=given)
    elif rng.random() < 0.2:
        entries.remove(clerk.database, clerk.context, form, uid)
    else:
        stored = entries.entries(clerk.database, form, uid=uid)[uid]
        field = rng.choice(form.columns)
        changed = {**stored, field.code: clerk.value(field)}
        given = {"document": stored["document"], "key": stored["key"]}
        entries.save(clerk.database, clerk.context, form, changed, uid, given=given)


def _decide(register: Register, rng: random.Random) -> None:
    listed = stays_out(register)
    some = rng.sample(listed, rng.randint(0, len(listed)))
    choices = {(one.record, one.field): rng.choice(one.sides) for one in some}
    if choices:
        outside.decide(*act(register), choices)


def _check(register: Register, issued: dict[UUID, Any], seed: int) -> None:
    """Every version that counts as issued is as the one who issued it saw it then."""
    with register.database.reader() as connection:
        documents = records.find(connection, Kind.DOCUMENT)
        wanted = [one["uid"] for one in documents if one["issued_on"]]
    for uid in wanted:
        by = _issuer(register, uid)
        if by in issued:
            assert as_issued(register, uid) == issued[by], seed


def _issuer(register: Register, uid: UUID) -> UUID:
    with register.database.reader() as connection:
        history = exchange.read(connection, {uid: Kind.DOCUMENT})
    edits = [one for one in history.edits.values() if one.field == issued_merge.ISSUED_ON]
    replaced = {old for one in edits for old in one.replaces}
    heads = [one for one in edits if one.uid not in replaced and one.value]
    return min(heads, key=lambda one: one.age).action
