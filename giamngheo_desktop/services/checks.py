"""Checks of the whole register: findings of every household, shared papers, the audit chain."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import permutations
from uuid import UUID

from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.area import Level
from giamngheo_desktop.domain.dates import format_partial_date
from giamngheo_desktop.domain.household import Household
from giamngheo_desktop.domain.identity_numbers import fold_identity
from giamngheo_desktop.domain.package_columns import names_left_out
from giamngheo_desktop.domain.problems import Problem, warning
from giamngheo_desktop.domain.validation import check_household
from giamngheo_desktop.services.areas import file_level
from giamngheo_desktop.services.households import label
from giamngheo_desktop.storage import (
    areas,
    audit,
    classes,
    consistency,
    household_list,
    households,
    names,
    person_list,
)
from giamngheo_desktop.storage.consistency import Contradiction
from giamngheo_desktop.storage.engine import Connection, Database
from giamngheo_desktop.storage.person_list import Carrier, Namesake

_BATCH = 500

Holders = Mapping[str, list[tuple[UUID, str, str]]]


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding about one household."""

    household: UUID
    label: str
    problem: Problem


def check_one(
    database: Database,
    definitions: Definitions,
    household: Household,
    *,
    reference_day: date,
    today: date,
) -> list[Problem]:
    """The findings of one household, stored or still in its form."""
    with database.reader() as connection:
        holders = holders_of(connection, household, reference_day)
        kept_home = _kept_home(connection, reference_day)
    found = check_with(definitions, household, holders, reference_day, today)
    return [one for one in found if not _is_of(one, kept_home)]


def holders_of(connection: Connection, household: Household, day: date) -> Holders:
    """Who carries the numbers of the household's members."""
    numbers = {fold_identity(member.id_number) for member in household.members if member.id_number}
    return _holders(person_list.carriers(connection, day, sorted(numbers)))


def check_register(
    database: Database, definitions: Definitions, *, day: date, today: date
) -> list[Finding]:
    """The findings of all households of the register on `day`, in the order of their ids."""
    findings: list[Finding] = []
    with database.reader() as connection:
        uids = household_list.register(connection, day)
        holders = _holders(person_list.carriers(connection, day))
        paperless = _paperless(connection)
        namesakes = _namesakes(connection, day)
        kept_home = _kept_home(connection, day)
        for start in range(0, len(uids), _BATCH):
            batch = households.load(connection, uids[start : start + _BATCH], day)
            for uid, household in batch.items():
                problems = check_with(definitions, household, holders, day, today)
                problems += [*paperless.get(uid, []), *namesakes.get(uid, [])]
                findings += [
                    Finding(uid, label(household), problem)
                    for problem in problems
                    if not _is_of(problem, kept_home)
                ]
    return findings


@dataclass(frozen=True, slots=True)
class StoredFinding:
    """Rows that contradict each other; `label` names the household or the village."""

    household: UUID | None
    label: str
    contradiction: Contradiction


def stored_contradictions(database: Database, day: date) -> list[StoredFinding]:
    """What no form writes and a table could count wrong; found by reading every table."""
    with database.reader() as connection:
        found = list(consistency.contradictions(connection, day))
        tree = areas.tree_on(connection, day)
        named = {item.household for item in found if item.household is not None}
        homes = households.load(connection, named, day)
    findings = []
    for item in found:
        home = homes.get(item.household) if item.household else None
        village = tree.get(item.params.get("village"))  # type: ignore[arg-type]
        name = label(home) if home else village.name if village else ""
        findings.append(StoredFinding(item.household, name, item))
    return findings


def is_damaged(database: Database) -> bool:
    """Whether SQLite finds a broken page; seconds on an old disk, so never before the window."""
    return database.damage(quick=True) is not None


def broken_audit_link(database: Database) -> int | None:
    """The first audit group that does not follow from the one before it."""
    with database.reader() as connection:
        return audit.broken_link(connection)


def check_with(
    definitions: Definitions, household: Household, holders: Holders, day: date, today: date
) -> list[Problem]:
    """`check_one` with everything given; pure."""
    return check_household(
        household,
        household_form=definitions.household,
        member_form=definitions.member,
        reference_day=day,
        today=today,
        others=holders,
    )


def _kept_home(connection: Connection, day: date) -> frozenset[str]:
    """The fields that communes need not send: who collects packages is not asked to fill them."""
    if file_level(connection, day) is Level.COMMUNE:
        return frozenset()
    return names_left_out(frozenset())


def _is_of(problem: Problem, kept_home: frozenset[str]) -> bool:
    return problem.code == "required_missing" and problem.field in kept_home


def _paperless(connection: Connection) -> dict[UUID, list[Problem]]:
    """Classes by a decision of which number or day was never typed, by household."""
    found: dict[UUID, list[Problem]] = {}
    for row in classes.without_paper(connection):
        params = {"year": str(row["review_year"]), "day": row["valid_from"].strftime("%d/%m/%Y")}
        problem = warning(row["household"], "decision_number", "class_without_paper", **params)
        found.setdefault(row["household"], []).append(problem)
    return found


def _namesakes(connection: Connection, day: date) -> dict[UUID, list[Problem]]:
    """Who may be one person with somebody of another household, by household: two of one name, sex
    and birthday, but for those whose numbers tell them apart.
    """
    alike: dict[tuple[object, ...], list[Namesake]] = {}
    for one in person_list.namesakes(connection, day):
        alike.setdefault((one.search_key, one.birth, one.sex), []).append(one)
    rivals = [
        (one, other)
        for group in alike.values()
        for one, other in permutations(group, 2)
        if one.household != other.household and not _told_apart(one, other)
    ]
    homes = sorted({other.household for _, other in rivals})
    heads = names.households(connection, homes, day, {})
    labels = {home.household: home.head for home in heads}
    found: dict[UUID, list[Problem]] = {}
    for one, other in rivals:
        where = f"{labels.get(other.household, '')} ({other.village})"
        params = {"birth": format_partial_date(one.birth), "household": where}
        params |= {"name": one.full_name, "other": other.full_name}
        problem = warning(one.person, "full_name", "same_person_elsewhere", **params)
        found.setdefault(one.household, []).append(problem)
    return found


def _told_apart(one: Namesake, other: Namesake) -> bool:
    """Whether both carry numbers of one kind: an old CMND and a CCCD may be one person's, and one
    number of two persons is a finding of its own.
    """
    numbers = [fold_identity(each.id_number or "") for each in (one, other)]
    return all(numbers) and len(numbers[0]) == len(numbers[1])


def _holders(carriers: Iterable[Carrier]) -> Holders:
    """Who carries each number: {folded number: [(person, name, household label)]}."""
    found: dict[str, list[tuple[UUID, str, str]]] = {}
    for hit in carriers:
        where = f"{hit.head} ({hit.village})" if hit.head else hit.village
        key = fold_identity(hit.id_number)
        found.setdefault(key, []).append((hit.person, hit.full_name, where))
    return found
