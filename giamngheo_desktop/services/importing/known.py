"""What the register knows, in the shape a list is compared with: read once for a whole plan."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from giamngheo_desktop.domain.area import AreaTree
from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.domain.list_reading import ReadHome, ReadList
from giamngheo_desktop.domain.partial_date import PartialDate
from giamngheo_desktop.domain.vietnamese import compare_key, search_key
from giamngheo_desktop.services.dated import DAY
from giamngheo_desktop.services.households import HOUSEHOLD_FACTS, PERSON_FACTS
from giamngheo_desktop.services.placing import Placing
from giamngheo_desktop.storage import (
    areas,
    cases,
    classes,
    list_rows,
    pasts,
    records,
    review_rows,
)
from giamngheo_desktop.storage.engine import Connection
from giamngheo_desktop.storage.households import PERSON_FIELDS
from giamngheo_desktop.storage.review_rows import Frozen, Scope

K = TypeVar("K")
T = TypeVar("T")
MARKS = (  # what a year counts of a household beside its class
    "minority",
    "local_minority",
    "no_labour_capacity",
    "merit_household",
    "social_protection",
)
_OF_YEAR = ("household_class", "score_income", "causes")
OF_FORM = ("household_class", "score_income")
_PERSON = ("full_name", "birth", "sex", "id_number", "ethnicity")


@dataclass(frozen=True, slots=True)
class KnownPerson:
    uid: UUID
    household: UUID
    values: Mapping[str, Any]

    @property
    def name(self) -> str:
        return str(self.values["full_name"])

    @property
    def birth(self) -> PartialDate | None:
        found: PartialDate | None = self.values["birth"]
        return found


@dataclass(frozen=True, slots=True)
class KnownHome:
    """`is_closed`: the year that is imported is closed for it. `form` is what its finished form
    of an open year says: `household_class` and `score_income`, None where it does not.
    """

    uid: UUID
    village: UUID | None
    values: Mapping[str, Any]
    members: tuple[KnownPerson, ...]
    is_closed: bool = False
    form: Mapping[str, Any] = field(default_factory=dict)
    is_late: bool = False  # in the register only after the day of the list
    elsewhere: frozenset[UUID] = frozenset()  # other villages of it, on the day or today

    @property
    def villages(self) -> frozenset[UUID]:
        """Where a list may name it."""
        return self.elsewhere | ({self.village} if self.village else set())

    @property
    def head(self) -> KnownPerson | None:
        return next((one for one in self.members if one.values["relation"] == "head"), None)


class Villages:
    """The villages of the day and of today by any spelling of their names.

    With `named` none but these, by the name that each goes by.
    """

    def __init__(
        self,
        connection: Connection,
        day: date,
        today: date,
        named: Iterable[tuple[str, UUID]] | None = None,
    ) -> None:
        self.tree: AreaTree = areas.tree_on(connection, day)
        self._placing = Placing(connection, day, today)
        self._found: dict[str, set[UUID]] = {}
        trees = (self.tree, self._placing.tree)
        every = ((one.name, one.uid) for tree in trees for one in tree.villages())
        for name, village in every if named is None else named:
            for key in _keys(name):
                self._found.setdefault(key, set()).add(village)

    def named(self, text: str) -> frozenset[UUID]:
        """The villages that a text may name."""
        for key in _keys(text.strip()):
            if key in self._found:
                return frozenset(self._found[key])
        return frozenset()

    def of_home(self, home: ReadHome) -> frozenset[UUID]:
        """The villages that a household of a list may be in."""
        if home.village and not home.by_address:
            return self.named(home.village)
        address = home.facts.get("address")
        for part in reversed(str(address.read.value or "").split(",") if address else ()):
            if found := self.named(part):
                return found
        return frozenset()

    def placed(self, one: ReadList, village: str) -> Iterator[ReadHome]:
        """Whoever no row puts in a village is in the one of the day that the titles or the name of
        the sheet name, else in the one that the officer said.
        """
        named = {uid for text in one.mentioned for uid in self.named(text) if self.tree.get(uid)}
        here = self.name(named.pop()) if len(named) == 1 else village
        for home in one.homes:
            nowhere = here and not home.village and not self.of_home(home)
            yield replace(home, village=here, by_address=False) if nowhere else home

    def is_in(self, home: KnownHome, named: frozenset[UUID]) -> bool:
        """Whether a village of the household is one of these, or went into one of them since."""
        return self.are_in(home.villages, named)

    def are_in(self, villages: Iterable[UUID], named: frozenset[UUID]) -> bool:
        return any(
            village in named or bool(self._placing.possible(village) & named)
            for village in villages
        )

    def name(self, village: UUID | None) -> str:
        area = self.tree.get(village) or self._placing.tree.get(village)
        return area.name if area else ""

    def is_name_of_unit(self, text: str) -> bool:
        key = compare_key(text)
        return any(
            compare_key(area.name) == key
            for tree in (self.tree, self._placing.tree)
            for area in tree.walk()
        )


_NOUGHTS = re.compile(r"\b0+(?=\d)")
_KINDS = ("tổ dân phố", "khu phố", "thôn", "bon", "buôn", "bản", "ấp", "xóm", "tdp", "tổ", "khu")


def _keys(name: str) -> list[str]:
    """The whole name, then without its kind: Thôn Đồi Chè, Đồi Chè; TDP 3, Tổ dân phố 03."""
    whole = _NOUGHTS.sub("", compare_key(name))
    found = [whole]
    for kind in map(compare_key, _KINDS):
        if whole.startswith(f"{kind} "):
            rest = whole[len(kind) + 1 :]
            found.append(f"* {rest}")
            return found
    return [*found, f"* {whole}"]


@dataclass(frozen=True, slots=True)
class Known:
    """The register of a day; `homes` and persons by uid, persons by the number of a paper too.
    `gone` are those who left it until today, with `left_on` and the `villages` of their last
    household, by number and by name. Names are kept without their marks.
    """

    homes: Mapping[UUID, KnownHome]
    by_uid: Mapping[UUID, tuple[KnownPerson, ...]]
    by_number: Mapping[str, tuple[KnownPerson, ...]]
    by_name: Mapping[str, tuple[KnownPerson, ...]]
    by_code: Mapping[str, tuple[UUID, ...]]
    villages: Villages
    has_later: bool = False  # the register knows a year after the one that is imported
    frozen: Frozen = False  # what of that year is closed
    gone: Mapping[str, tuple[KnownPerson, ...]] = field(default_factory=dict)


def read_known(
    connection: Connection,
    day: date,
    today: date,
    scope: Scope | None,
    asked: Collection[str] = (),
) -> Known:
    """With `scope` the households of its list are as the list shows them. `asked` are the fields
    of persons that are wanted beside those that tell them apart.
    """
    villages = Villages(connection, day, today)
    on_day = {row.household: row.village for row in review_rows.places(connection, day)}
    now = {row.household: row.village for row in review_rows.places(connection, today)}
    places = dict(on_day)
    listed: dict[UUID, dict[str, Any]] = {}
    papers: Mapping[UUID, Sequence[Any]] = {}
    forms: Mapping[UUID, Mapping[str, Any]] = {}
    frozen: Frozen = False
    if scope is not None:
        listed = review_rows.listed(connection, scope)
        papers = pasts.recognised_in(connection, scope)
        forms = cases.results_of_year(connection, scope.year, scope.standard)
        frozen = review_rows.is_frozen(connection, scope)
        places |= {home: row["village"] for home, row in listed.items()}
    late = {home: village for home, village in now.items() if home not in places}
    places |= late
    wanted = list(places)
    stored = records.get_many(connection, Kind.HOUSEHOLD, wanted)
    facts = list_rows.facts(connection, wanted, day)
    people = list_rows.members(connection, wanted, day, scope if frozen else None)
    since = list_rows.members(connection, wanted, today, None) if day < today else {}
    people |= {uid: since.get(uid, []) for uid in late}
    more = _more_of(
        connection, [row["person"] for rows in people.values() for row in rows], day, asked
    )
    homes = {}
    for uid in wanted:
        members = tuple(
            KnownPerson(
                row["person"],
                uid,
                {
                    **{name: row[name] for name in _PERSON},
                    "relation": "head" if row["is_head"] else row["relation"],
                    **more.get(row["person"], {}),
                },
            )
            for row in people.get(uid, ())
        )
        values = dict(stored[uid]) | {
            code: facts.get(uid, {}).get(code) for code in HOUSEHOLD_FACTS
        }
        closed = review_rows.is_closed(frozen, [places[uid]])
        if (row := listed.get(uid)) is not None:
            values |= _of_year(row, papers.get(uid, ()), closed=closed)
        form = {} if closed else {code: forms.get(uid, {}).get(code) for code in OF_FORM}
        if form.get("score_income") is not None:
            values["score_income"] = form["score_income"]
        homes[uid] = KnownHome(
            uid,
            places[uid],
            values,
            members,
            is_closed=closed,
            form=form,
            is_late=uid in late,
            elsewhere=frozenset(
                village
                for village in (on_day.get(uid), now.get(uid))
                if village and village != places[uid]
            ),
        )
    last = classes.last_recognised_year(connection) if scope is not None else None
    later = scope is not None and last is not None and last > scope.year
    newcomers = [
        KnownPerson(row["person"], uid, {**{name: row[name] for name in _PERSON}, "relation": None})
        for uid, rows in since.items()
        for row in rows
    ]
    known = _indexed(homes, newcomers, villages)
    gone = _gone(list_rows.gone(connection, today), known)
    return replace(known, has_later=later, frozen=frozen, gone=gone)


def _gone(rows: Iterable[Mapping[str, Any]], known: Known) -> dict[str, tuple[KnownPerson, ...]]:
    """But for those whom a closed year counted before they left."""
    found: dict[str, list[KnownPerson]] = {}
    for row in rows:
        values = {name: row[name] for name in _PERSON}
        villages = {row["village"]} - {None}
        values |= {"relation": None, "left_on": row["last_day"] + DAY, "villages": villages}
        person = KnownPerson(row["person"], row["household"], values)
        keys = (row["id_number"], search_key(person.name))
        for key in filter(None, keys if person.uid not in known.by_uid else ()):
            found.setdefault(key, []).append(person)
    return _tuples(found)


def _more_of(
    connection: Connection, persons: Sequence[UUID], day: date, asked: Collection[str]
) -> dict[UUID, dict[str, Any]]:
    """What else is asked of the persons; a list that asks nothing more costs nothing."""
    columns = [code for code in PERSON_FIELDS if code in asked and code not in _PERSON]
    facts = [code for code in PERSON_FACTS if code in asked]
    found: dict[UUID, dict[str, Any]] = {uid: {} for uid in persons}
    for batch in records.batches(persons) if columns else ():
        for uid, row in records.get_many(connection, Kind.PERSON, batch).items():
            found[uid] |= {code: row[code] for code in columns}
    if facts:
        known = list_rows.person_facts(connection, persons, day)
        for uid in persons:
            found[uid] |= {code: known.get(uid, {}).get(code) for code in facts}
    return found


def _of_year(row: Mapping[str, Any], papers: Sequence[Any], *, closed: bool) -> dict[str, Any]:
    """As the list of the year shows it; an open year may not know what the register does."""
    found: dict[str, Any] = {
        name: row[name] for name in _OF_YEAR if closed or row[name] is not None
    }
    for code in MARKS:
        if row[code] is not None:
            found[code] = "yes" if row[code] else "no"
    fitting = [one for one in papers if one.household_class == row["household_class"]]
    for paper in (*papers, *fitting)[-1:]:
        found |= {"decision_number": paper.number, "decision_on": paper.signed_on}
    return found


def _indexed(
    homes: Mapping[UUID, KnownHome], newcomers: Sequence[KnownPerson], villages: Villages
) -> Known:
    """`newcomers` joined after the day: neither their numbers nor their names are free."""
    by_uid: dict[UUID, list[KnownPerson]] = {}  # one that a closed year has elsewhere stands twice
    by_number: dict[str, list[KnownPerson]] = {}
    by_name: dict[str, list[KnownPerson]] = {}
    by_code: dict[str, list[UUID]] = {}
    for home in homes.values():
        if home.values.get("code"):
            by_code.setdefault(home.values["code"], []).append(home.uid)
        for person in home.members:
            by_uid.setdefault(person.uid, []).append(person)
            if number := person.values["id_number"]:
                by_number.setdefault(number, []).append(person)
            by_name.setdefault(search_key(person.name), []).append(person)
    for person in newcomers:
        if person.uid not in by_uid:
            by_name.setdefault(search_key(person.name), []).append(person)
            if number := person.values["id_number"]:
                by_number.setdefault(number, []).append(person)
    return Known(
        homes,
        _tuples(by_uid),
        _tuples(by_number),
        _tuples(by_name),
        _tuples(by_code),
        villages,
    )


def _tuples(found: Mapping[K, Iterable[T]]) -> dict[K, tuple[T, ...]]:
    return {key: tuple(values) for key, values in found.items()}
