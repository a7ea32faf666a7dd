"""PostgreSQL would understand what is asked, and SQLite looks it up by index."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from giamngheo_desktop.domain.measures import MEASURES, measure
from giamngheo_desktop.storage import (
    household_list,
    person_list,
    review_rows,
    tables,
)
from giamngheo_desktop.storage.engine import Database
from giamngheo_desktop.storage.household_list import HouseholdFilter
from giamngheo_desktop.storage.review_rows import Scope
from tests.harness.register import (
    FIRST_DAY,
    STANDARD,
    TODAY,
    make_register,
)

YEAR = 2026
TABLE_MEASURES = (
    "listed_households/cause=land",
    "near_poor_persons/kinh",
    "poor_households/minority/ethnicity!=02,05",
    "poor_households/!minority/!no_labour_capacity/!merit_household",
    "poor_households/deprived=3",
    "poor_deprivations/indicators=12",
    "poor_children_uninsured/ages=6-16",
    "poor_children_malnourished/ages=0-16/told=2",
    "poor_children_out_of_school/ages=3-16",
)


@pytest.mark.parametrize("table", tables.metadata.sorted_tables, ids=lambda table: table.name)
def test_postgresql_would_make_every_table(table: sa.Table) -> None:
    dialect = postgresql.dialect()
    assert str(sa.schema.CreateTable(table).compile(dialect=dialect))
    for index in table.indexes:
        assert str(sa.schema.CreateIndex(index).compile(dialect=dialect))


class Statements:
    """Every statement the engine executes, with its parameters."""

    def __init__(self, database: Database) -> None:
        self.seen: list[sa.Executable] = []
        sa.event.listen(database.engine, "before_execute", self._keep)

    def _keep(self, _connection: object, clause: sa.Executable, *_: object) -> None:
        self.seen.append(clause)


def test_postgresql_would_understand_the_lists_and_rollups(database: Database) -> None:
    register = make_register(database)
    home = register.household("Một", "Hai")
    register.give_class(home.uid)
    wanted = HouseholdFilter(
        day=TODAY,
        standard=STANDARD,
        text="mot 10%",
        villages=tuple(register.villages.values()),
        classes=("poor", "none", "average_living"),
    )
    statements = Statements(database)
    with database.reader() as connection:
        for sort in ("head", "village", "persons", "birth", "code"):
            household_list.households(
                connection, HouseholdFilter(**{**_fields(wanted), "sort": sort}), {}
            )
        person_list.persons(connection, "mot", TODAY)
        for scope in (
            Scope(year=YEAR, standard=STANDARD),
            Scope(year=YEAR, standard=STANDARD, recognised=False),
            Scope(year=YEAR, standard=STANDARD, as_of=FIRST_DAY),
        ):
            for frozen in (True, False):
                source = review_rows.frozen_rows(scope) if frozen else review_rows.live_rows(scope)
                connection.execute(sa.select(source))
            review_rows.is_frozen(connection, scope)
            review_rows.households(
                connection, scope, MEASURES["poor_persons"], list(register.villages.values())
            )
            for name in TABLE_MEASURES:
                counted = measure(name)
                assert counted is not None
                for frozen in (True, False, frozenset(register.villages.values())):
                    for widest in (True, False):
                        review_rows.counts(
                            connection, scope, (counted,), frozen=frozen, widest=widest
                        )
                homes = review_rows.households(connection, scope, counted)
                found = [named.household for named in homes]
                review_rows.members_of(connection, scope, found, counted)
    assert len(statements.seen) > 10
    for statement in statements.seen:
        if isinstance(statement, sa.ClauseElement):
            assert str(statement.compile(dialect=postgresql.dialect()))


def _fields(wanted: HouseholdFilter) -> dict[str, object]:
    return {name: getattr(wanted, name) for name in HouseholdFilter.__slots__}


@pytest.mark.parametrize("edition", [None, 1])
def test_a_closed_year_is_counted_from_its_covering_index(
    database: Database, edition: int | None
) -> None:
    """Of two similar indexes SQLite once took the wrong one, three times slower."""
    scope = Scope(year=YEAR, standard=STANDARD, edition=edition)
    statements: list[tuple[str, object]] = []

    def keep(_c: object, _cu: object, text: str, parameters: object, *_: object) -> None:
        if "review_result" in text and "sum(" in text.lower():
            statements.append((text, parameters))

    sa.event.listen(database.engine, "before_cursor_execute", keep)
    columns = set(_rollup_index().columns.keys())
    measures = [item for item in MEASURES.values() if {name for name, _ in item.where} <= columns]
    with database.reader() as connection:
        review_rows.counts(connection, scope, measures, frozen=True)
        ((text, parameters),) = statements
        plan = [
            row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {text}", parameters)
        ]
    assert len(measures) >= 6
    assert any("USING COVERING INDEX ix_review_result_rollup" in step for step in plan), plan
    assert not any("TEMP B-TREE" in step for step in plan), plan


@pytest.mark.parametrize("frozen", [True, False])
@pytest.mark.parametrize("name", TABLE_MEASURES)
def test_the_other_tables_look_everything_up_by_index(
    database: Database, name: str, *, frozen: bool
) -> None:
    """Indicators and children are asked household by household: never by reading a whole table."""
    statements: list[tuple[str, object]] = []

    def keep(_c: object, _cu: object, text: str, parameters: object, *_: object) -> None:
        if "sum(" in text.lower():
            statements.append((text, parameters))

    sa.event.listen(database.engine, "before_cursor_execute", keep)
    counted = measure(name)
    assert counted is not None
    with database.reader() as connection:
        scope = Scope(year=YEAR, standard=STANDARD)
        review_rows.counts(connection, scope, (counted,), frozen=frozen)
        ((text, parameters),) = statements
        plan = [
            row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {text}", parameters)
        ]
    scanned = {step.split()[1] for step in plan if step.startswith("SCAN ")}
    # Persons typed by mistake are read once for all households, as for every count of members.
    assert scanned & set(tables.metadata.tables) <= {"person"}, plan


def _rollup_index() -> sa.Index:
    (index,) = (i for i in tables.review_result.indexes if i.name == "ix_review_result_rollup")
    return index
