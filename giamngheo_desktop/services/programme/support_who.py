"""Who of the register the rows of a foreign list of supports are: as in every list, a key or the
number of a paper tells it, a name only proposes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from giamngheo_desktop.domain.audit_text import encode
from giamngheo_desktop.domain.list_reading import (
    GONE_IN_NAME,
    GONE_IN_NOTE,
    NAME_MAYBE_CUT,
    ReadHome,
    ReadList,
)
from giamngheo_desktop.domain.record_form import SupportPolicy
from giamngheo_desktop.domain.sheet_text import MAYBE_OLD_FONT, OLD_FONT
from giamngheo_desktop.domain.vietnamese import compare_key, search_key
from giamngheo_desktop.services.importing.known import Known, KnownHome, KnownPerson
from giamngheo_desktop.services.importing.match import (
    PersonMatch,
    births,
    match_home,
    match_members,
)
from giamngheo_desktop.services.importing.plan import Persons, RowPlace
from giamngheo_desktop.services.importing.planning import candidate_of
from giamngheo_desktop.services.programme.support_bulk import Receiver
from giamngheo_desktop.services.programme.support_plan import PlannedSupport, SupportState, Wanted
from giamngheo_desktop.services.programme.support_rows import Finding, Said

_LOOKED_AT = (GONE_IN_NAME, GONE_IN_NOTE, NAME_MAYBE_CUT, OLD_FONT, MAYBE_OLD_FONT)
_NAMED = ("full_name", "birth", "id_number", "key")


@dataclass(frozen=True, slots=True)
class SaidRow:
    """`said` is what the row itself says, without what the program adds; `maybe` are those who may
    have got it, where it is not sure who did or the officer said it.
    """

    planned: PlannedSupport
    said: Said
    maybe: tuple[Receiver, ...] = ()


class Matcher:
    """Matches the rows of a list; `settled` is who the officer said a row is, `village` that of
    rows that name none. `led_by` is the number and the name of somebody of the household of a row.
    """

    def __init__(
        self,
        known: Known,
        policy: SupportPolicy,
        settled: Persons,
        village: str,
        led_by: Mapping[RowPlace, tuple[str, str]],
    ) -> None:
        self._known, self._settled, self._village = known, settled, village
        self._led_by = led_by
        self._of_persons = policy.per == "person"

    def placed(self, one: ReadList) -> Iterator[ReadHome]:
        """The rows of a list, each in its village."""
        return self._known.villages.placed(one, self._village)

    def row(self, home: ReadHome, said: Said, wanted: Wanted) -> SaidRow:
        """The row of one person as it is planned so far."""
        person, several, why = self._who(home)
        told, asks, wrong = list(said.told), list(said.asks), list(said.wrong)
        for code, cell in home.head.cells.items():
            if not cell.read.finding or code not in _NAMED:
                continue
            found = Finding(cell.read.finding, cell.column, cell.raw)
            is_nameless = code == "full_name" and cell.read.value is None
            is_looked_at = cell.read.finding in _LOOKED_AT
            (wrong if is_nameless else asks if is_looked_at else told).append(found)
        asks += [Finding(code) for code in why]
        if said.without_source and not (said.source or wanted.source):
            asks.append(Finding("source_unsaid"))
        state = SupportState.REFUSED if wrong else SupportState.WAITING
        if said.is_nothing:
            state, asks, wrong = SupportState.EMPTY, [], []
            if said.values:
                told.append(
                    Finding("support_note_alone", said=str(next(iter(said.values.values()))))
                )
        elif not wrong and not asks:
            state = SupportState.READY
        name = home.head.cells.get("full_name")
        planned = PlannedSupport(
            sheet=home.sheet,
            row=home.row,
            name=home.head.name or (name.raw if name else ""),
            state=state,
            village=self._village_name(home, person),
            amount=said.amount,
            receiver=self._receiver(person, said, wanted) if person else None,
            candidates=tuple(
                candidate_of(self._known, one) for one in several if state is not SupportState.EMPTY
            ),
            findings=(*wrong, *asks),
            told=tuple(told),
            agrees=len(several) == 1 and self._agrees(home, several[0]),
        )
        return SaidRow(planned, said, tuple(self._receiver(one, said, wanted) for one in several))

    def _who(self, home: ReadHome) -> tuple[KnownPerson | None, list[KnownPerson], tuple[str, ...]]:
        """Who it is, where that is sure; else whom the officer may say it is, and why."""
        if (told := self._by_leader(home)) is not None:
            return told, [], ()
        match = match_home(home, self._known)
        asked = match.candidates or ((match.home,) if match.home else ())
        found = match_members(home, match.home, self._known, {})[home.row]
        if match.home and match.sure and found.person and found.sure and not found.finding:
            return found.person, [], ()
        several = _several(home, asked, found)
        place = (home.sheet, home.row)
        if place in self._settled:
            chosen = [one for one in several if one.uid == self._settled[place]]
            return (chosen[0], several, ()) if chosen else (None, several, ("support_new",))
        if not several:
            return None, [], ("support_nobody",)
        why = match.finding or found.finding
        return None, several, ("support_who", *([why] if why else []))

    def _by_leader(self, home: ReadHome) -> KnownPerson | None:
        """The one of that name in the household that the number of its head tells."""
        number, name = self._led_by.get((home.sheet, home.row), ("", ""))
        leaders = [
            one
            for one in self._known.by_number.get(number, ())
            if compare_key(one.name) == compare_key(name)
        ]
        members = self._known.homes[leaders[0].household].members if len(leaders) == 1 else ()
        named = [one for one in members if compare_key(one.name) == compare_key(home.head.name)]
        return named[0] if len(named) == 1 else None

    def _agrees(self, home: ReadHome, one: KnownPerson) -> bool:
        """Whether name, full day of birth, village, and the head where the row names one, are
        those of somebody who lives here, and no number speaks against it.
        """
        row, known = home.head, self._known.homes.get(one.household)
        if known is None or "left_on" in one.values or one.birth is None:
            return False
        said, number, stored = home.led, row.value("id_number"), one.values["id_number"]
        owners = self._known.by_number.get(str(number), ()) if number else ()
        return (
            compare_key(row.name) == compare_key(one.name)
            and one.birth.is_full
            and births(row) == [one.birth]
            and self._known.villages.is_in(known, self._known.villages.of_home(home))
            and (
                not said or known.head is None or compare_key(said) == compare_key(known.head.name)
            )
            and (not number or not stored or number == stored)
            and all(owner.uid == one.uid for owner in owners)
        )

    def _receiver(self, person: KnownPerson, said: Said, wanted: Wanted) -> Receiver:
        """A household gets it by whoever stands in the list; who is not its head received it."""
        home = self._known.homes.get(person.household)
        is_head = home is None or home.head is None or home.head.uid == person.uid
        source, amount = said.source or wanted.source, said.without_source
        by_other = {} if self._of_persons or is_head else {"recipient": person.name}
        return Receiver(
            household=person.household,
            person=person.uid if self._of_persons else None,
            shares={source: amount} if amount and source else said.shares,
            values={**by_other, **said.values},
            answers={code: encode(value) for code, value in said.answers.items()},
        )

    def _village_name(self, home: ReadHome, person: KnownPerson | None) -> str:
        known = self._known.homes.get(person.household) if person else None
        return self._known.villages.name(known.village) if known else home.village


def _several(home: ReadHome, asked: Sequence[KnownHome], found: PersonMatch) -> list[KnownPerson]:
    """Those of the households by that name, else their heads; then who it may be elsewhere."""
    name, everybody = search_key(home.head.name), list[KnownPerson | None]()
    for each in asked:
        everybody += [one for one in each.members if search_key(one.name) == name] or [each.head]
    everybody += [found.person, found.elsewhere, *found.candidates]
    return list({one.uid: one for one in everybody if one is not None}.values())
