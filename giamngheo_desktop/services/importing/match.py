"""Who of a list is who of the register: by the id or the number of a paper, else by name, and then
only as a proposal; what the officer settled goes before.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from giamngheo_desktop.domain.list_fields import KEY
from giamngheo_desktop.domain.list_reading import ReadHome, ReadPerson
from giamngheo_desktop.domain.partial_date import PartialDate
from giamngheo_desktop.domain.vietnamese import compare_key
from giamngheo_desktop.services.importing.known import Known, KnownHome, KnownPerson


@dataclass(frozen=True, slots=True)
class HomeMatch:
    """`home` None: nobody of the register. `sure`: told by a paper's number."""

    home: KnownHome | None
    sure: bool = True
    candidates: tuple[KnownHome, ...] = ()
    finding: str = ""


@dataclass(frozen=True, slots=True)
class PersonMatch:
    """`candidates`: who else it may be, in the household; `elsewhere`: who has the number, in
    another one.
    """

    person: KnownPerson | None
    sure: bool = True
    finding: str = ""
    elsewhere: KnownPerson | None = None
    candidates: tuple[KnownPerson, ...] = ()


def fits(one: PartialDate | None, other: PartialDate | None) -> bool:
    """Whether two births may be one: as far as both are known they are equal."""
    if one is None or other is None:
        return True
    pairs = ((one.year, other.year), (one.month, other.month), (one.day, other.day))
    return all(a is None or b is None or a == b for a, b in pairs)


def match_home(home: ReadHome, known: Known) -> HomeMatch:
    """By the ids and numbers of its members, the head's first; by mã hộ; by the head's name."""
    votes: Counter[UUID] = Counter()
    head = set(_numbered(home.head, known))
    for person in home.members:
        votes.update(set(_numbered(person, known)))
    if len(head) == 1:
        return HomeMatch(known.homes[next(iter(head))])
    if head:  # in several: a closed year counts one where it was then
        votes = Counter({uid: votes[uid] for uid in head})
    if votes:
        best = votes.most_common(2)
        if len(best) == 1 or best[0][1] > best[1][1]:
            found = known.homes[best[0][0]]
            return HomeMatch(found, sure=_same_head(home, found))
        return HomeMatch(None, False, _homes(votes, known), "several_households")
    return _by_code(home, known) or _by_name(home, known)


def _numbered(person: ReadPerson, known: Known) -> Iterator[UUID]:
    for one in _owners(person, known):
        yield one.household


def _owners(person: ReadPerson, known: Known) -> tuple[KnownPerson, ...]:
    """Whose id stands there, else who has the number."""
    key, number = person.value(KEY), person.value("id_number")
    if isinstance(key, UUID) and key in known.by_uid:
        return known.by_uid[key]
    return known.by_number.get(str(number), ()) if number else ()


def _homes(uids: Any, known: Known) -> tuple[KnownHome, ...]:
    return tuple(known.homes[uid] for uid in uids)


def _same_head(home: ReadHome, found: KnownHome) -> bool:
    head = found.head
    return head is not None and compare_key(head.name) == compare_key(home.head.name)


def _by_code(home: ReadHome, known: Known) -> HomeMatch | None:
    cell = home.facts.get("code")
    found = known.by_code.get(str(cell.read.value), ()) if cell else ()
    if len(found) != 1:
        return None
    one = known.homes[found[0]]
    return HomeMatch(one, sure=_same_head(home, one))


def _by_name(home: ReadHome, known: Known) -> HomeMatch:
    """Heads of that name whose birth fits, in that village where the list tells one."""
    head = home.head
    birth = head.value("birth")
    named = known.villages.of_home(home)
    found = []
    for person in known.by_name.get(compare_key(head.name), ()):
        one = known.homes[person.household]
        # a block that names no head is told by whoever stands first, and all the others
        is_head = person.values["relation"] == "head" or (
            bool(home.finding) and _members_alike(home, one)
        )
        fitting = fits(person.birth, birth if isinstance(birth, PartialDate) else None)
        here = not named or known.villages.is_in(one.village, named)
        if is_head and fitting and here and not _other_number(head, person):
            found.append(one)
    if len(found) > 1:
        alike = [one for one in found if _members_alike(home, one)]
        found = alike if len(alike) == 1 else found
    if len(found) == 1:
        return HomeMatch(found[0], sure=False)
    if found:
        return HomeMatch(None, False, tuple(found), "several_households")
    return HomeMatch(None)


def _members_alike(home: ReadHome, known: KnownHome) -> bool:
    """All that the list names are of the household."""
    names = {compare_key(one.name) for one in known.members}
    return all(compare_key(one.name) in names for one in home.members)


def _other_number(read: ReadPerson, known: KnownPerson) -> bool:
    """Both have a number, and not the same: the same name is another person then."""
    number, stored = read.value("id_number"), known.values["id_number"]
    cell = read.cells.get("id_number")
    unsure = cell is not None and cell.read.finding == "id_contradicts"
    return bool(number and stored and number != stored and not unsure)


def match_members(
    home: ReadHome,
    found: KnownHome | None,
    known: Known,
    settled: Mapping[int, UUID | None],
) -> Mapping[int, PersonMatch]:
    """Each person of the list by its row; `settled` is who the officer said a row is."""
    free = {one.uid: one for one in found.members} if found else {}
    matches: dict[int, PersonMatch] = {}
    for person in home.members:
        if (chosen := settled.get(person.row)) in free:
            matches[person.row] = PersonMatch(free.pop(chosen))
    for person in home.members:
        owners = _owners(person, known)
        here = [one for one in owners if one.uid in free]
        if person.row in matches:
            continue
        if here:
            matches[person.row] = _checked(person, here[0])
            free.pop(here[0].uid)
        elif owners:
            matches[person.row] = PersonMatch(None, False, "person_elsewhere", owners[0])
    for exact in (True, False):
        for person in home.members:
            if person.row in matches:
                continue
            alike = _named(person, free.values(), exact=exact)
            if len(alike) == 1:
                matches[person.row] = PersonMatch(alike[0], sure=exact)
                free.pop(alike[0].uid)
    for person in home.members:
        if alike := [] if person.row in matches else _named(person, free.values(), exact=False):
            match = PersonMatch(None, False, "several_persons", candidates=tuple(alike))
            matches[person.row] = match
        match = matches.setdefault(person.row, PersonMatch(None))
        key = person.value(KEY)
        if match.person is None and key is not None and not match.finding:
            matches[person.row] = replace(match, sure=False, finding="key_unknown")
        if not match.sure and match.person is not None:
            matches[person.row] = replace(match, candidates=(match.person,))
    for person in home.members:
        match = matches[person.row]
        may_choose = not match.sure and match.elsewhere is None
        if may_choose and person.row in settled and settled[person.row] is None:
            matches[person.row] = PersonMatch(None, candidates=match.candidates)
    return matches


def _checked(person: ReadPerson, found: KnownPerson) -> PersonMatch:
    """The number says who it is; another name and another birth say that the number is wrong.
    The id says it too, unless name, birth and number are another's: a row that was typed over.
    """
    birth = person.value("birth")
    same_name = compare_key(person.name) == compare_key(found.name)
    same_birth = fits(birth if isinstance(birth, PartialDate) else None, found.birth)
    if person.value(KEY) == found.uid:
        known = found.birth is not None and isinstance(birth, PartialDate) and same_birth
        number = person.value("id_number")
        same_number = number is not None and number == found.values["id_number"]
        if same_name or known or same_number:
            return PersonMatch(found)
    finding = "" if same_name else "name_differs"
    return PersonMatch(found, sure=same_name and same_birth, finding=finding)


def _named(person: ReadPerson, free: Iterable[KnownPerson], *, exact: bool) -> list[KnownPerson]:
    """Those of that name whose birth fits; not `exact`: with another birth, but one of all."""
    birth = person.value("birth")
    said = birth if isinstance(birth, PartialDate) else None
    alike = [one for one in free if compare_key(one.name) == compare_key(person.name)]
    if exact:
        alike = [one for one in alike if fits(one.birth, said)]
        if len(alike) > 1:
            relation = person.value("relation")
            told = [one for one in alike if one.values["relation"] == relation]
            alike = told or alike
    return alike
