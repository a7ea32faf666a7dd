"""Who of the new persons of a list seems to stand in it twice."""

from __future__ import annotations

from uuid import UUID

from giamngheo_desktop.domain.list_reading import ReadPerson
from giamngheo_desktop.domain.vietnamese import compare_key, is_unmarked, search_key
from giamngheo_desktop.services.importing.match import births, fits
from giamngheo_desktop.services.importing.plan import RowPlace

_Seen = tuple[RowPlace, ReadPerson, UUID | None]


class Repeats:
    """The new persons of a file so far, by name without its marks."""

    def __init__(self) -> None:
        self._seen: dict[str, list[_Seen]] = {}

    def above(self, place: RowPlace, person: ReadPerson, village: UUID | None) -> RowPlace | None:
        """The row above that seems to be the same person; the row is remembered."""
        seen = self._seen.setdefault(search_key(person.name), [])
        found = next(
            (at for at, other, there in seen if _are_one(person, other, near=village == there)),
            None,
        )
        seen.append((place, person, village))
        return found


def _are_one(one: ReadPerson, other: ReadPerson, *, near: bool) -> bool:
    """Of one number; or born on one day wherever they are, or in one village with the marks of one
    name and no other birth, as far as known; and no number of the one is against that of the other.
    """
    mine, its = one.cells.get("id_number"), other.cells.get("id_number")
    if mine and its and mine.read.finding == "id_twice" and mine.raw == its.raw:
        return True
    bare = is_unmarked(one.name) or is_unmarked(other.name)
    near = near and (bare or compare_key(one.name) == compare_key(other.name))
    numbers = {one.value("id_number"), other.value("id_number")} - {None}
    pairs = [(first, second) for first in births(one) for second in births(other)]
    is_one = any(
        fits(first, second) and (near or (first.is_full and second.is_full))
        for first, second in pairs
    )
    return len(numbers) < 2 and (is_one or (near and not pairs))
