"""The answers that are data, as options of fields: read off the GUI thread, and what is long once
for all forms of the file.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.changes import ChangeSet
from giamngheo_desktop.domain.form import FieldDef, FieldKind
from giamngheo_desktop.domain.record_form import KINDS
from giamngheo_desktop.gui.desk import Desk
from giamngheo_desktop.gui.forms.options import Option, Options
from giamngheo_desktop.services.programme import offers
from giamngheo_desktop.services.programme.offers import Asked, Offered
from giamngheo_desktop.storage.engine import Database

_SHORT = 50
_LONG = ("household", "person")  # as many as the register has
VILLAGE = "village"


def offered_as(field: FieldDef) -> str:
    """Whose answers a field offers; empty where its definition names them itself."""
    if field.kind is FieldKind.AREA:
        return VILLAGE
    asks_data = field.kind is FieldKind.RECORD or (
        field.kind is FieldKind.CHOICE and not field.choices
    )
    return field.of if asks_data else ""


@dataclass(frozen=True)
class Answers:
    """What fields may be answered with, by what they are `of`."""

    found: Mapping[str, Sequence[Offered]]
    options: Mapping[str, Options]

    def of(self, name: str) -> Sequence[Option]:
        """All of a kind; a short list may be answered by numbers, too."""
        found = self._of(name)
        return found if len(found) > _SHORT else tuple(found)

    def short(self, of: str, value: object) -> str:
        """What a column calls a record or code; a code that nobody knows as it is."""
        one = self._known.get(of, {}).get(value)
        if one is None:
            return value if isinstance(value, str) else ""
        return one.short or one.label

    @cached_property
    def _known(self) -> Mapping[str, Mapping[object, Offered]]:
        return {of: {one.value: one for one in those} for of, those in self.found.items()}

    @cached_property
    def _belonging(self) -> Mapping[object, list[Option]]:
        found: dict[object, list[Option]] = {}
        for one, option in zip(self.found.get("person", ()), self._of("person"), strict=True):
            found.setdefault(one.of, []).append(option)
        return found

    def persons(self, household: object) -> Sequence[Option]:
        """Those of a household; of none where it is not chosen yet."""
        return self._belonging.get(household, ())

    def components(self, programme: object) -> Sequence[Option]:
        """Those of a programme; without one those whose code no other live programme uses."""
        pairs = list(zip(self.found.get("component", ()), self._of("component"), strict=True))
        if isinstance(programme, str):
            return [option for one, option in pairs if one.of == programme]
        codes = [one.value for one, _ in pairs]
        return [option for one, option in pairs if codes.count(one.value) == 1]

    def programme_of(self, component: object) -> str | None:
        """The one programme that has a component."""
        found = {one.of for one in self.found.get("component", ()) if one.value == component}
        (only,) = found if len(found) == 1 else (None,)
        return only if isinstance(only, str) else None

    def planned(self, uid: object) -> tuple[str | None, str | None]:
        """Programme and component of a part of the plan."""
        found = (one.of for one in self.found.get("plan_component", ()) if one.value == uid)
        of = next(found, None)
        return of if isinstance(of, tuple) else (None, None)

    def _of(self, name: str) -> Options:
        return self.options.get(name, Options())


@dataclass
class Offering:
    """Of one open file."""

    desk: Desk
    _kept: dict[tuple[object, ...], tuple[Sequence[Offered], Options]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.desk.bus.data_changed.connect(self._changed)
        self.desk.bus.day_passed.connect(self._forget)

    def kept(self, asked: Asked) -> dict[str, tuple[Sequence[Offered], Options]]:
        """What need not be read again."""
        place = (asked.unit, asked.year, asked.day)
        return {name: self._kept[name, place] for name in _LONG if (name, place) in self._kept}

    def keep(self, asked: Asked, answers: Answers) -> None:
        place = (asked.unit, asked.year, asked.day)
        for name in _LONG:
            if name in answers.found:
                self._kept[name, place] = (answers.found[name], answers.options[name])

    def _changed(self, changes: ChangeSet) -> None:
        if not changes.touches_only(*KINDS):
            self._forget()

    def _forget(self) -> None:
        self._kept.clear()


def offering_of(desk: Desk) -> Offering:
    found = desk.shared.get("offering")
    if found is None:
        found = desk.shared["offering"] = Offering(desk)
    return found


def read(
    database: Database,
    definitions: Definitions,
    asked: Asked,
    wanted: Collection[str],
    kept: Mapping[str, tuple[Sequence[Offered], Options]],
) -> Answers:
    """Runs off the GUI thread; what a search looks at is worked out here, too."""
    fresh = offers.offers(database, definitions, asked, set(wanted) - set(kept))
    found: dict[str, Sequence[Offered]] = dict(fresh)
    options = {name: _options(those) for name, those in fresh.items()}
    for name in set(wanted) & set(kept):
        found[name], options[name] = kept[name]
    for name in set(wanted) & set(_LONG):
        missing = asked.of(name) - options[name].by_value.keys()
        if missing:
            found[name] = (*found[name], *offers.gone(database, missing, asked.day))
            options[name] = _options(found[name])
        _ = options[name].keys
    return Answers(found, options)


def _options(found: Sequence[Offered]) -> Options:
    return Options(Option(one.value, one.label, one.aliases, one.depth) for one in found)


def chosen_in(
    fields: Sequence[FieldDef], records: Sequence[Mapping[str, Any]]
) -> Mapping[str, frozenset[Any]]:
    """What records hold already, by what it is `of`; rows of records too."""
    found: dict[str, set[Any]] = {}
    for one in fields:
        if one.kind is FieldKind.ROWS:
            rows = [row for record in records for row in record.get(one.code) or ()]
            for name, values in chosen_in(one.fields, rows).items():
                found.setdefault(name, set()).update(values)
        elif name := offered_as(one):
            held = (record.get(one.code) for record in records)
            found.setdefault(name, set()).update(value for value in held if value is not None)
    return {name: frozenset(values) for name, values in found.items()}
