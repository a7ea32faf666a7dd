"""Reads supports with their shares."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import sqlalchemy as sa

from giamngheo_desktop.storage.engine import Connection
from giamngheo_desktop.storage.programme_tables import plan_component
from giamngheo_desktop.storage.records import batches
from giamngheo_desktop.storage.review_sources import newest
from giamngheo_desktop.storage.stays import village_on
from giamngheo_desktop.storage.support_tables import support, support_event, support_share
from giamngheo_desktop.storage.tables import household, household_place

Condition = sa.ColumnElement[bool]

# What a support says itself comes before what its event says of all. Of an event its component
# comes first, then its part of the plan (a plan's own part has none), a programme alone last.
_EVENT = sa.alias(support_event, "event")
_PLAN = sa.alias(plan_component, "plan")
_OWN = sa.or_(support.c.programme.is_not(None), support.c.component.is_not(None))
_OF_EVENT = _EVENT.c.component.is_not(None)
_IN_PLAN = _PLAN.c.uid.is_not(None)
_programme = sa.case(
    (_OWN, support.c.programme),
    (sa.or_(_OF_EVENT, sa.not_(_IN_PLAN)), _EVENT.c.programme),
    (_PLAN.c.component.is_not(None), _PLAN.c.programme),
)
_component = sa.case(
    (_OWN, support.c.component), (_OF_EVENT, _EVENT.c.component), else_=_PLAN.c.component
)
_plan_component = sa.case((sa.not_(sa.or_(_OWN, _OF_EVENT)), _PLAN.c.uid))
_body = sa.func.coalesce(support.c.body, _EVENT.c.body, type_=support.c.body.type)
_year = sa.extract("year", support.c.supported_on)
_village = village_on(support.c.household, support.c.supported_on)
# Whose commune's it is where that is not known: of the last stay begun by then, else the first.
_NEAR = sa.alias(household_place, "near")
_stays = (
    sa.select(_NEAR.c.village)
    .where(_NEAR.c.household == support.c.household, _NEAR.c.removed.is_(sa.false()))
    .limit(1)
)
_near_village = sa.func.coalesce(
    _stays.where(_NEAR.c.valid_from <= support.c.supported_on)
    .order_by(*newest(_NEAR))
    .scalar_subquery(),
    _stays.order_by(_NEAR.c.valid_from, _NEAR.c.uid).scalar_subquery(),
    type_=_NEAR.c.village.type,
)
_COLUMNS = (
    "uid",
    "household",
    "person",
    "policy",
    "content",
    "class_then",
    "supported_on",
    "period_from",
    "period_to",
    "months",
    "item",
    "quantity",
    "unit",
    "specification",
    "recipient",
    "receipt",
    "value_key",
    "value_used",
    "note",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Support:
    """One support. `shares` are đồng by source, empty where no amount is known; quantities are
    hundredths of their unit. `village` is that of the household on the day, None where the
    register does not know it then; `near` the one that says whose it is then too. Programme,
    component, body and decision are those of the event (or of its place in the plan) where the
    support has none of its own.
    """

    uid: UUID
    household: UUID
    person: UUID | None
    policy: str
    content: str | None
    class_then: str | None
    supported_on: date
    period_from: date | None
    period_to: date | None
    months: int | None
    item: str | None
    quantity: int | None
    unit: str | None
    specification: str | None
    recipient: str | None
    receipt: str | None
    value_key: str | None
    value_used: str | None
    note: str | None
    event: UUID | None
    event_name: str | None
    plan_year: int | None  # of the plan that the event belongs to
    plan_component: UUID | None  # of the event, where neither names a component
    programme: str | None
    component: str | None
    body: UUID | None
    decision_number: str | None
    decision_on: date | None
    year: int
    village: UUID | None
    near: UUID | None
    shares: dict[str, int]

    @property
    def amount(self) -> int | None:
        """From all sources, đồng; None where no amount is known."""
        return sum(self.shares.values()) if self.shares else None


def find(connection: Connection, *conditions: Condition) -> list[Support]:
    """The living supports for which all this holds, by day."""
    named = sa.or_(support.c.decision_number.is_not(None), support.c.decision_on.is_not(None))
    query = (
        sa.select(
            *(support.c[name] for name in _COLUMNS),
            _EVENT.c.uid.label("event"),
            _EVENT.c.name.label("event_name"),
            _EVENT.c.year.label("plan_year"),
            _plan_component.label("plan_component"),
            _programme.label("programme"),
            _component.label("component"),
            _body.label("body"),
            sa.case((named, support.c.decision_number), else_=_EVENT.c.decision_number).label(
                "decision_number"
            ),
            sa.case((named, support.c.decision_on), else_=_EVENT.c.decision_on).label(
                "decision_on"
            ),
            _year.label("year"),
            _village.label("village"),
            _near_village.label("near"),
        )
        .select_from(_living())
        .where(support.c.removed.is_(sa.false()), household.c.removed.is_(sa.false()), *conditions)
        .order_by(support.c.supported_on, support.c.uid)
    )
    rows = [dict(row) for row in connection.execute(query).mappings()]
    shares = shares_of(connection, [row["uid"] for row in rows])
    return [Support(**row, shares=shares.get(row["uid"], {})) for row in rows]


def within(
    *,
    year: int | None = None,
    since: date | None = None,
    until: date | None = None,
    event: UUID | None = None,
    household: UUID | None = None,
    person: UUID | None = None,
    policy: str | None = None,
    programme: str | None = None,
    body: UUID | None = None,
) -> list[Condition]:
    """The conditions of `find` for what is asked; None asks nothing."""
    asked: tuple[tuple[object, Condition], ...] = (
        (year, _year == year),
        (since, support.c.supported_on >= (since or date.min)),
        (until, support.c.supported_on <= (until or date.max)),
        (event, _EVENT.c.uid == event),
        (household, support.c.household == household),
        (person, support.c.person == person),
        (policy, support.c.policy == policy),
        (programme, _programme == programme),
        (body, _body == body),
    )
    return [condition for value, condition in asked if value is not None]


def _living() -> sa.FromClause:
    event = sa.and_(_EVENT.c.uid == support.c.support_event, _EVENT.c.removed.is_(sa.false()))
    plan = sa.and_(_PLAN.c.uid == _EVENT.c.plan_component, _PLAN.c.removed.is_(sa.false()))
    whose = household.c.uid == support.c.household
    return support.join(household, whose).outerjoin(_EVENT, event).outerjoin(_PLAN, plan)


def of_households(connection: Connection, households: Sequence[UUID]) -> list[Support]:
    """Everything these households ever got."""
    found: list[Support] = []
    for batch in batches(households):
        found += find(connection, support.c.household.in_(batch))
    return found


def of_persons(connection: Connection, persons: Sequence[UUID], since: date) -> list[Support]:
    """What these persons got from a day on, in whatever household."""
    found: list[Support] = []
    for batch in batches(persons):
        found += find(connection, support.c.person.in_(batch), *within(since=since))
    return found


def shares_of(connection: Connection, supports: Sequence[UUID]) -> dict[UUID, dict[str, int]]:
    """Đồng by source of each support that has any; two rows of one source are added up."""
    found: dict[UUID, dict[str, int]] = {}
    for batch in batches(supports):
        query = (
            sa.select(
                support_share.c.support,
                support_share.c.source,
                sa.func.sum(support_share.c.amount).label("amount"),
            )
            .where(support_share.c.support.in_(batch), support_share.c.removed.is_(sa.false()))
            .group_by(support_share.c.support, support_share.c.source)
            .order_by(support_share.c.support, sa.func.min(support_share.c.uid))
        )
        for row in connection.execute(query):
            found.setdefault(row.support, {})[row.source] = int(row.amount)
    return found


def supported_between(
    connection: Connection, first: date, last: date, policies: Iterable[str] = ()
) -> frozenset[UUID]:
    """The households that got anything (by these policies) between two days."""
    query = sa.select(support.c.household).where(
        support.c.removed.is_(sa.false()), support.c.supported_on.between(first, last)
    )
    if wanted := list(policies):
        query = query.where(support.c.policy.in_(wanted))
    return frozenset(connection.execute(query.distinct()).scalars())


def years_with_supports(connection: Connection) -> list[int]:
    """The years that have any, newest first."""
    query = sa.select(_year).select_from(_living()).where(support.c.removed.is_(sa.false()))
    return sorted(connection.execute(query.distinct()).scalars(), reverse=True)
