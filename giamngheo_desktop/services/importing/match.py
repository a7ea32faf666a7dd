"""Who of a list is who of the register: by the number of a paper, else by name, and then only as
a proposal.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

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
    person: KnownPerson | None
    sure: bool = True
    finding: str = ""
    elsewhere: KnownPerson | None = None


def fits(one: PartialDate | None, other: PartialDate | None) -> bool:
    """Whether two births may be one: as far as both are known they are equal."""
    if one is None or other is None:
        return True
    pairs = ((one.year, other.year), (one.month, other.month), (one.day, other.day))
    return all(a is None or b is None or a == b for a, b in pairs)


def match_home(home: ReadHome, known: Known) -> HomeMatch:
    """By the numbers of its members, the head's first; by mã hộ; by the head's name."""
    votes: Counter[UUID] = Counter()
    head = set(_numbered(home.head, known))
    for person in home.members:
        votes.update(set(_numbered(person, known)))
    if len(head) == 1:
        return HomeMatch(known.homes[next(iter(head))])
    if len(head) > 1:
        return HomeMatch(None, False, _homes(head, known), "several_households")
    if votes:
        best = votes.most_common(2)
        if len(best) == 1 or best[0][1] > best[1][1]:
            found = known.homes[best[0][0]]
            return HomeMatch(found, sure=_same_head(home, found))
        return HomeMatch(None, False, _homes(votes, known), "several_households")
    return _by_code(home, known) or _by_name(home, known)


def _numbered(person: ReadPerson, known: Known) -> Iterator[UUID]:
    number = person.value("id_number")
    for one in known.by_number.get(str(number), ()) if number else ():
        yield one.household


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
    home: ReadHome, found: KnownHome | None, known: Known
) -> Mapping[int, PersonMatch]:
    """Each person of the list by its row."""
    free = {one.uid: one for one in found.members} if found else {}
    matches: dict[int, PersonMatch] = {}
    for person in home.members:
        number = person.value("id_number")
        owners = known.by_number.get(str(number), ()) if number else ()
        here = [one for one in owners if one.uid in free]
        if here:
            matches[person.row] = _checked(person, here[0])
            free.pop(here[0].uid)
        elif owners:
            matches[person.row] = PersonMatch(None, False, "person_elsewhere", owners[0])
    for exact in (True, False):
        for person in home.members:
            if person.row not in matches and (one := _named(person, free.values(), exact=exact)):
                matches[person.row] = PersonMatch(one, sure=exact)
                free.pop(one.uid)
    for person in home.members:
        matches.setdefault(person.row, PersonMatch(None))
    return matches


def _checked(person: ReadPerson, found: KnownPerson) -> PersonMatch:
    """The number says who it is; another name and another birth say that the number is wrong."""
    birth = person.value("birth")
    same_name = compare_key(person.name) == compare_key(found.name)
    same_birth = fits(birth if isinstance(birth, PartialDate) else None, found.birth)
    finding = "" if same_name else "name_differs"
    return PersonMatch(found, sure=same_name and same_birth, finding=finding)


def _named(person: ReadPerson, free: Any, *, exact: bool) -> KnownPerson | None:
    """The one of that name whose birth fits; not `exact`: with another birth, but one of all."""
    birth = person.value("birth")
    said = birth if isinstance(birth, PartialDate) else None
    alike: Sequence[KnownPerson] = [
        one for one in free if compare_key(one.name) == compare_key(person.name)
    ]
    if exact:
        alike = [one for one in alike if fits(one.birth, said)]
        if len(alike) > 1:
            relation = person.value("relation")
            alike = [one for one in alike if one.values["relation"] == relation]
    return alike[0] if len(alike) == 1 else None
