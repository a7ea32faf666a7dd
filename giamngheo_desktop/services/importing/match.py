"""Who of a list is who of the register: by the id or the number of a paper, else by name, and then
only as a proposal; what the officer settled goes before. Nobody is new who may be somebody of the
register, living or gone, before the officer says so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from giamngheo_desktop.domain.cell_reading import NOTHING
from giamngheo_desktop.domain.list_fields import KEY
from giamngheo_desktop.domain.list_reading import ReadHome, ReadPerson
from giamngheo_desktop.domain.partial_date import PartialDate
from giamngheo_desktop.domain.vietnamese import compare_key, is_unmarked, search_key
from giamngheo_desktop.services.importing.known import Known, KnownHome, KnownPerson
from giamngheo_desktop.services.importing.plan import NAME_DIFFERS

NAME_KNOWN = "name_known"  # a remark: it forbids nothing, and waits for nobody
Kin = Collection[UUID]  # the households that have two of the names of one of the list


@dataclass(frozen=True, slots=True)
class HomeMatch:
    """`home` None: none of the register, or one of `candidates`. `sure`: told by a paper's number.
    `finding` forbids writing it.
    """

    home: KnownHome | None
    sure: bool = True
    candidates: tuple[KnownHome, ...] = ()
    finding: str = ""


@dataclass(frozen=True, slots=True)
class PersonMatch:
    """`candidates`: who it may be else, in the household or in another one; `elsewhere`: who has
    the number, or whom the officer chose, in another one.
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


def births(person: ReadPerson) -> list[PartialDate]:
    """What the list says of the birth: several where the cell can be read so or so."""
    cell = person.cells.get("birth")
    read = cell.read if cell else NOTHING
    said = (read.value, *(one.value for one in read.readings))
    return [one for one in said if isinstance(one, PartialDate)]


def may_be_born(person: ReadPerson, birth: PartialDate | None) -> bool:
    """Whether what the list says of the birth fits, or it says nothing."""
    said = births(person)
    return not said or any(fits(one, birth) for one in said)


def match_home(home: ReadHome, known: Known) -> HomeMatch:
    """By the ids and numbers of its members, the head's first; by mã hộ; by the head's name."""
    votes: Counter[UUID] = Counter()
    head = set(_numbered(home.head, known))
    for person in home.members:
        votes.update({one.household for one in _owners(person, known) if _is_told(person, one)})
    if len(head) == 1:
        found = known.homes[next(iter(head))]
        if _is_led(home, found, known):
            return HomeMatch(found, sure=_is_sure(home, found, known))
        return HomeMatch(None, False, (found,), "head_elsewhere")
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


def _is_told(person: ReadPerson, one: KnownPerson) -> bool:
    """Whether name or very day of birth say what the id or number says: one that was mistyped
    often is of that year, too.
    """
    return not _checked(person, one).finding or _is_of_day(person, one)


def _owners(person: ReadPerson, known: Known) -> tuple[KnownPerson, ...]:
    """Whose id stands there, else who has the number and not another name and another birth."""
    key, number = person.value(KEY), person.value("id_number")
    if isinstance(key, UUID) and key in known.by_uid:
        return known.by_uid[key]
    owners = known.by_number.get(str(number), ()) if number else ()
    return tuple(one for one in owners if _same_name(person, one) or may_be_born(person, one.birth))


def _same_name(person: ReadPerson, known: KnownPerson) -> bool:
    return compare_key(person.name) == compare_key(known.name)


def _is_spelt_so(person: ReadPerson, known: KnownPerson) -> bool:
    """Whether the names differ by nothing but marks."""
    return _same_name(person, known) or search_key(person.name) == search_key(known.name)


def _is_sure(home: ReadHome, found: KnownHome, known: Known) -> bool:
    """Whether the head, or another member by name, says what his id or number says."""
    told = any(_is_told(home.head, one) for one in _owners(home.head, known))
    return told or _has_other(home, found)


def _has_other(home: ReadHome, found: KnownHome) -> bool:
    """Whether somebody of the list beside its head is of the household by name."""
    names = {compare_key(one.name) for one in found.members}
    return any(compare_key(one.name) in names for one in home.members if one is not home.head)


def _homes(uids: Any, known: Known) -> tuple[KnownHome, ...]:
    return tuple(known.homes[uid] for uid in uids)


def _same_head(home: ReadHome, found: KnownHome) -> bool:
    head = found.head
    return head is not None and compare_key(head.name) == compare_key(home.head.name)


def _is_led(home: ReadHome, found: KnownHome, known: Known) -> bool:
    """Whether the head of the list is that of the household too, or only its head changed: who is
    head of others than these has a household of their own, and it is not this one.
    """
    says_so = home.head.value("relation") == "head"
    if found.head is None or not says_so or _is_rest(home, found):
        return True
    return found.head.uid in {one.uid for one in _owners(home.head, known)}


def _is_rest(home: ReadHome, found: KnownHome) -> bool:
    """All of the household, with its head or without, and nobody else."""
    listed = {compare_key(one.name) for one in home.members}
    names = {compare_key(one.name) for one in found.members}
    others = {compare_key(one.name) for one in found.members if one is not found.head}
    return len(listed) > 1 and others <= listed <= names


def _by_code(home: ReadHome, known: Known) -> HomeMatch | None:
    cell = home.facts.get("code")
    found = known.by_code.get(str(cell.read.value), ()) if cell else ()
    if len(found) != 1:
        return None
    one = known.homes[found[0]]
    return HomeMatch(one, sure=_same_head(home, one))


def _by_name(home: ReadHome, known: Known) -> HomeMatch:
    """Heads of that name whose birth fits, in that village where the list tells one; of another
    number, village or marks, or with others beside him and no birth, only if the officer says so.
    """
    named = known.villages.of_home(home)
    found, doubtful = list[KnownHome](), list[KnownHome]()
    people = alike(home.head, named, known, _kin(home, known))
    for person in people:
        one = known.homes[person.household]
        # a block that names no head is told by whoever stands first, and all the others
        is_led = person.values["relation"] == "head" or (
            _members_alike(home, one) if home.finding else _is_rest(home, one)
        )
        here = not named or known.villages.is_in(one, named)
        is_name = _same_name(home.head, person) or is_unmarked(home.head.name)
        sure = here and is_name and not _other_number(home.head, person)
        if not _are_born(home.head, person):
            others = min(len(home.members), len(one.members)) > 1
            sure = sure and (_has_other(home, one) or not others)
        if is_led:
            (found if sure else doubtful).append(one)
    if len(found) > 1:
        fitting = [one for one in found if _members_alike(home, one)]
        found = fitting if len(fitting) == 1 else found
    if len(found) == 1:
        nearer = people[0].household != found[0].uid and _is_of_day(home.head, people[0])
        return HomeMatch(None, False, (found[0],)) if nearer else HomeMatch(found[0], sure=False)
    if found:
        return HomeMatch(None, False, tuple(found), "several_households")
    return HomeMatch(None, not doubtful, tuple(doubtful))


def alike(
    person: ReadPerson, named: Collection[UUID], known: Known, kin: Kin = ()
) -> list[KnownPerson]:
    """Who of the living may be that person, wherever; those of these villages and of that very day
    first.
    """
    found: dict[UUID, KnownPerson] = {}  # one that a closed year has elsewhere stands twice
    for one in known.by_name.get(search_key(person.name), ()):
        if _may_be(person, one, here=_is_near(one, named, known) or one.household in kin):
            found.setdefault(one.uid, one)
    return _nearest_first(person, found.values(), named, known)


def _may_be(person: ReadPerson, one: KnownPerson, *, here: bool) -> bool:
    """Whether a namesake may be that person: as far as both births are known they are equal. Afar
    a number of another makes him another, and a name alone tells nothing.
    """
    if not may_be_born(person, one.birth):
        return False
    is_told = _are_born(person, one) and not _other_number(person, one)
    return here or _is_of_day(person, one) or is_told


def _are_born(person: ReadPerson, one: KnownPerson) -> bool:
    """Whether something is known of both births."""
    return one.birth is not None and bool(births(person))


def _kin(home: ReadHome, known: Known) -> Kin:
    """Where two of the list live, or lived, together: more than a name."""
    together = Counter(
        household
        for person in home.members
        for household in {
            one.household
            for found in (known.by_name, known.gone)
            for one in found.get(search_key(person.name), ())
            if may_be_born(person, one.birth)
        }
    )
    return {household for household, count in together.items() if count > 1}


def _is_of_day(person: ReadPerson, one: KnownPerson) -> bool:
    return one.birth is not None and one.birth.is_full and one.birth in births(person)


def _is_near(one: KnownPerson, named: Collection[UUID], known: Known) -> bool:
    """Whether he lives, or lived, in one of these villages."""
    home = known.homes.get(one.household)
    villages = home.villages if home else one.values.get("villages", ())
    return not named or known.villages.are_in(villages, frozenset(named))


def _nearest_first(
    person: ReadPerson, found: Iterable[KnownPerson], named: Collection[UUID], known: Known
) -> list[KnownPerson]:
    return sorted(
        found,
        key=lambda one: (not _is_near(one, named, known), not _is_of_day(person, one)),
    )


def _members_alike(home: ReadHome, known: KnownHome) -> bool:
    """All that the list names are of the household."""
    names = {compare_key(one.name) for one in known.members}
    return all(compare_key(one.name) in names for one in home.members)


def _other_number(read: ReadPerson, known: KnownPerson) -> bool:
    """Both have a number of one kind, and not the same: the same name is another person then."""
    number, stored = read.value("id_number"), known.values["id_number"]
    cell = read.cells.get("id_number")
    unsure = cell is not None and cell.read.finding == "id_contradicts"
    if not number or not stored or unsure:
        return False
    return number != stored and len(str(number)) == len(str(stored))


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
        if settled.get(person.row, person) is None:  # new, whoever has the number
            owners = tuple(one for one in owners if _is_spelt_so(person, one))
        here = [one for one in owners if one.uid in free]
        if person.row in matches:
            continue
        if here:
            matches[person.row] = _checked(person, here[0])
            free.pop(here[0].uid)
        elif any(_is_spelt_so(person, one) for one in owners):
            matches[person.row] = PersonMatch(None, False, "person_elsewhere", owners[0])
        elif owners:
            matches[person.row] = PersonMatch(None, False, NAME_DIFFERS, candidates=owners)
    for named_so, sure in ((_exactly, True), (_by_full_name, False), (_by_unmarked_name, False)):
        for person in home.members:
            if person.row in matches:
                continue
            same = named_so(person, free.values())
            if len(same) == 1:
                matches[person.row] = PersonMatch(same[0], sure=sure)
                free.pop(same[0].uid)
    village = found.village if found else None
    named = {village} if village else known.villages.of_home(home)
    kin = _kin(home, known) if len(matches) < len(home.members) else ()
    for person in home.members:
        if person.row not in matches:
            matches[person.row] = _unmatched(person, free.values(), named, known, kin)
        match = matches[person.row]
        if not match.sure and match.person is not None:
            matches[person.row] = replace(match, candidates=(match.person,))
        elif not match.sure and match.elsewhere is None and person.row in settled:
            matches[person.row] = _chosen(match, settled[person.row])
    return matches


def _unmatched(
    person: ReadPerson,
    free: Iterable[KnownPerson],
    named: Collection[UUID],
    known: Known,
    kin: Kin,
) -> PersonMatch:
    """Somebody new, unless the name is known in the household or elsewhere, or was before."""
    if several := _by_full_name(person, free):
        return PersonMatch(None, False, "several_persons", candidates=tuple(several))
    others, gone = alike(person, named, known, kin), _gone(person, named, known, kin)
    if others or gone:
        other = others and all(_other_number(person, one) for one in (*others, *gone))
        finding = "other_number" if other else "person_alike" if others else "person_gone"
        return PersonMatch(None, False, finding, candidates=(*others, *gone))
    if person.value(KEY) is not None:
        return PersonMatch(None, False, "key_unknown")
    namesakes = known.by_name.get(search_key(person.name), ())
    afar = any(
        may_be_born(person, one.birth) and not _other_number(person, one) for one in namesakes
    )
    return PersonMatch(None, finding=NAME_KNOWN if afar else "")


def _gone(person: ReadPerson, named: Collection[UUID], known: Known, kin: Kin) -> list[KnownPerson]:
    """Who left the register with that number, or may be that person by name and birth."""
    number = person.value("id_number")
    found = {
        one.uid: one
        for one in (known.gone.get(str(number), ()) if number else ())
        if _same_name(person, one) or may_be_born(person, one.birth)
    }
    for one in known.gone.get(search_key(person.name), ()):
        if _may_be(person, one, here=_is_near(one, named, known) or one.household in kin):
            found.setdefault(one.uid, one)
    return _nearest_first(person, found.values(), named, known)


def _chosen(match: PersonMatch, chosen: UUID | None) -> PersonMatch:
    """What the officer said of a row: somebody new, or one whom only an event brings here."""
    if chosen is None:
        return PersonMatch(None, candidates=match.candidates)
    them = next((one for one in match.candidates if one.uid == chosen), None)
    if them is None:
        return match
    finding = "person_back" if "left_on" in them.values else "person_elsewhere"
    return replace(match, finding=finding, elsewhere=them)


def _checked(person: ReadPerson, found: KnownPerson) -> PersonMatch:
    """The number says who it is, with the name; with another the officer says whether it was a
    slip of the number. The id says it too, unless name, birth and number are another's: a row that
    was typed over.
    """
    same_name = _same_name(person, found)
    same_birth = may_be_born(person, found.birth)
    if person.value(KEY) == found.uid:
        known = found.birth is not None and bool(births(person)) and same_birth
        number = person.value("id_number")
        same_number = number is not None and number == found.values["id_number"]
        if same_name or known or same_number:
            return PersonMatch(found)
    finding = "" if _is_spelt_so(person, found) else NAME_DIFFERS
    return PersonMatch(found, sure=same_name and same_birth, finding=finding)


def _by_full_name(person: ReadPerson, free: Iterable[KnownPerson]) -> list[KnownPerson]:
    """Those of that name, with another birth too."""
    return [one for one in free if _same_name(person, one)]


def _exactly(person: ReadPerson, free: Iterable[KnownPerson]) -> list[KnownPerson]:
    """Those of that name whose birth fits, by their relation where they are several."""
    same = [one for one in _by_full_name(person, free) if may_be_born(person, one.birth)]
    if len(same) < 2:
        return same
    relation = person.value("relation")
    return [one for one in same if one.values["relation"] == relation] or same


def _by_unmarked_name(person: ReadPerson, free: Iterable[KnownPerson]) -> list[KnownPerson]:
    """Those of a name that is written without its marks, whose birth fits."""
    key = search_key(person.name)
    return [
        one
        for one in (free if is_unmarked(person.name) else ())
        if search_key(one.name) == key and may_be_born(person, one.birth)
    ]
