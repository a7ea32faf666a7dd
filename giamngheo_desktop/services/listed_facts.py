"""What is known of each household on a list, as values by the sources of `LIST_FIELDS`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.ages import ages_on
from giamngheo_desktop.domain.area import AreaTree
from giamngheo_desktop.domain.name_list import LIST_FIELDS, ListField, Per
from giamngheo_desktop.domain.new_escape import Escape
from giamngheo_desktop.domain.review_case import Ground
from giamngheo_desktop.domain.scoring import deprivation_score
from giamngheo_desktop.domain.standard import PovertyStandard
from giamngheo_desktop.services.listed_words import Words
from giamngheo_desktop.services.placing import Place
from giamngheo_desktop.services.review.case_lists import CaseRow
from giamngheo_desktop.storage import list_rows, pasts, review_rows
from giamngheo_desktop.storage.engine import Connection
from giamngheo_desktop.storage.list_rows import Row
from giamngheo_desktop.storage.pasts import Recognised
from giamngheo_desktop.storage.review_rows import Scope
from giamngheo_desktop.storage.review_sources import MAJORITY_OR_FOREIGN
from giamngheo_desktop.texts.review_steps import CASE_GROUNDS, SCREENED

Values = Mapping[str, Any]
_FACTS = (
    "minority",
    "local_minority",
    "no_labour_capacity",
    "merit_household",
    "social_protection",
)


@dataclass(frozen=True, slots=True)
class Material:
    """What codes are read with: the standard of the list and the labels of the answers."""

    standard: PovertyStandard
    labels: Mapping[str, Mapping[str, str]]


def material(definitions: Definitions, standard: PovertyStandard) -> Material:
    """`labels` by the name that a field's `choices` has: a list of answers, else a form's field."""
    names = {field.choices for field in LIST_FIELDS.values() if field.choices} | {"movements"}
    fields, labels = definitions.fields("member", "household"), {}
    for name in names:
        if name in definitions.lists:
            labels[name] = definitions.choice_list(name).short_labels
        else:
            labels[name] = {choice.code: choice.label for choice in fields[name].choices}
    return Material(standard, labels)


@dataclass(frozen=True, slots=True)
class Line:
    """A household: its facts by table and column, its members with the head first."""

    household: UUID
    persons: int
    order: tuple[object, ...]
    facts: Mapping[str, Values]
    members: tuple[Values, ...]

    def value(self, field: ListField, member: Values) -> Any:
        table, _, column = field.source.partition(".")
        found = member if table == "member" else self.facts.get(table)
        return None if found is None else found.get(column)

    def rows(self, per: Per) -> tuple[Values, ...]:
        """Its members, or the one line of the household; who has none has a line all the same."""
        return (self.members if per is Per.MEMBER else ()) or ({},)


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What was read before the lines are: where each household stands and how it came there."""

    places: Mapping[UUID, Place]
    tree: AreaTree
    words: Words
    escapes: Mapping[UUID, Escape]
    cases: Mapping[UUID, CaseRow]
    day: date


def lines(connection: Connection, scope: Scope, known: Known, material: Material) -> Iterator[Line]:
    """The lines of the households of `known.places`."""
    wanted = list(known.places)
    frozen = bool(review_rows.is_frozen(connection, scope)) and not known.cases
    rows = {} if known.cases else review_rows.listed(connection, scope)
    homes = list_rows.households(connection, wanted)
    ticked = list_rows.facts(connection, wanted, known.day)
    people = list_rows.members(connection, wanted, known.day, scope if frozen else None)
    papers = {} if known.cases else pasts.recognised_at(connection, scope)
    units = _units(known.tree)
    for home in wanted:
        row, case = rows.get(home, {}), known.cases.get(home)
        members = [
            _person(one, number, known.day) for number, one in enumerate(people.get(home, ()), 1)
        ]
        head = next((one for one in members if one["is_head"]), {})
        place = known.places[home]
        stored = homes[home]
        facts = {
            "household": stored,
            "head": head or ({"full_name": case.head} if case else {}),
            "unit": _with_address(units.get(place, {}) if isinstance(place, UUID) else {}, stored),
            "line": _line(row, stored, ticked.get(home, {}), head, case, len(members), material)
            | {"class_before": known.words.before.get(home, case.class_before if case else None)},
            "movement": _movement(known.words, home, material),
            "decision": _decision(papers.get(home, ()), row),
            "escape": _escape(known.escapes.get(home)),
            "received": dict.fromkeys(stored["policies_received"] or (), True),
            "case": _case(case),
        }
        position = case.position if case else None
        order = (position is None, position or 0, head.get("sort_key", ""), str(home))
        yield Line(home, facts["line"]["persons"], order, facts, tuple(members))


def _person(row: Row, number: int, day: date) -> dict[str, Any]:
    birth = row["birth"]
    ages = ages_on(birth, day)
    year = str(birth.year) if birth else None
    return row | {
        "number": number,
        "birth_year": year,
        "birth_male": year if row["sex"] == "male" else None,
        "birth_female": year if row["sex"] == "female" else None,
        "age": ages[0] if ages and ages[0] == ages[1] else None,
    }


def _line(
    row: Values,
    stored: Row,
    ticked: Mapping[str, str],
    head: Values,
    case: CaseRow | None,
    members: int,
    material: Material,
) -> dict[str, Any]:
    """What tables count of the household; of one without a row in them what the register says."""
    if row:
        return {
            **{code: row[code] for code in (*_FACTS, "household_class", "persons", "score_income")},
            **_deprived(row, material),
            "causes": row["causes"],
        }
    facts = {code: ticked.get(code) == "yes" for code in _FACTS}
    if "minority" not in ticked and head.get("ethnicity"):
        facts["minority"] = head["ethnicity"] not in MAJORITY_OR_FOREIGN
    return {**facts, "persons": case.persons if case else members, "causes": stored["causes"]}


def _deprived(row: Values, material: Material) -> dict[str, Any]:
    """The deprived indicators and their points; nothing while it is not known which they are."""
    bits, unknown = row["deprived_bits"], row["unknown_bits"] or 0
    if bits is None:
        return {}
    items = material.standard.indicators
    names = [item.short for place, item in enumerate(items) if bits >> place & 1]
    points = deprivation_score(material.standard, bits.bit_count(), unknown.bit_count())
    sure = points is not None and points.low == points.high
    return {
        "deprivations": "; ".join(names),
        "score_deprivation": points.low if points is not None and sure else None,
    }


def _movement(words: Words, home: UUID, material: Material) -> dict[str, Any]:
    word = words.words.get(home)
    if word is None:
        return {}
    found: dict[str, Any] = {"status": material.labels["movements"][word.status]}
    return found | ({word.tick: True} if word.tick else {})


def _decision(papers: Sequence[Recognised], row: Values) -> dict[str, Any]:
    """The paper of the year that gave the class the household stands with."""
    fitting = [
        paper for paper in papers if paper.household_class == row.get("household_class")
    ] or list(papers)
    if not fitting:
        return {}
    return {"number": fitting[-1].number, "signed_on": fitting[-1].signed_on}


def _escape(escape: Escape | None) -> dict[str, Any]:
    return {"since": escape.since, "until": escape.until} if escape else {}


def _case(case: CaseRow | None) -> dict[str, Any]:
    if case is None:
        return {}
    return {
        "position": case.position,
        "form_code": case.form_code,
        "ground": CASE_GROUNDS[Ground(case.ground)],
        "screening": SCREENED.get(case.screened_in, ""),
    }


def _with_address(unit: Mapping[str, str], stored: Row) -> dict[str, str]:
    parts = (stored["address"], unit.get("village"))
    return {**unit, "address": ", ".join(part for part in parts if part)}


def _units(tree: AreaTree) -> dict[UUID, dict[str, str]]:
    """The names and codes of the units above each village."""
    found = {}
    for village in tree.villages():
        above = {area.level: area for area in tree.ancestors(village.uid)}
        named = {level.value: area.name for level, area in above.items()}
        codes = {f"{level.value}_code": area.code or "" for level, area in above.items()}
        found[village.uid] = named | codes
    return found
