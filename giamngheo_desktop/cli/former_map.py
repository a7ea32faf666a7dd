"""`--map` of `giamngheo package former`: which unit here a unit of a former commune's file is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from giamngheo_desktop import texts
from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.domain.vietnamese import clean, compare_key, is_unmarked, search_key
from giamngheo_desktop.services.exchange.former import Look, Looked
from giamngheo_desktop.services.exchange.former_units import (
    Picks,
    UnitKey,
    UnitLine,
    UnknownUnitsError,
)


@dataclass(frozen=True, slots=True)
class _Said:
    """A unit of the sender, with `FILE:` before it or without, and what it is said to be here."""

    left: str
    right: str

    def nearness(self, line: UnitLine) -> int:
        """How exactly it names this line, one of its file before one of any; 0 for another one."""
        name = _name(line)
        plain, of_file = _alike(self.left, name), _alike(self.left, f"{line.file}:{name}")
        return of_file + 2 if of_file else plain

    def units(self, line: UnitLine) -> frozenset[UUID]:
        """Those of the line that are called so, or have this id."""
        found = [(_alike(self.right, name), uid) for uid, name in _choices(line)]
        most = max((alike for alike, _ in found), default=0)
        if not most:
            return frozenset(uid for uid, _ in line.offered if str(uid) == self.right)
        return frozenset(uid for alike, uid in found if alike == most)


def picked(look: Callable[[Picks], Looked], pairs: Sequence[str]) -> dict[UnitKey, UUID]:
    """What `pairs` say. Which units a file has is told by looking, its villages only when it is
    known whose they are.

    AppErrors former_map, former_map_twice, former_map_several, former_no_choice, former_no_unit,
    and those for which nobody knows the units of a file.
    """
    wanted = [_said(pair) for pair in pairs]
    picks: dict[UnitKey, UUID] = {}
    lines: dict[UnitKey, UnitLine] = {}
    for _ in range(2):
        files = look(dict(picks)).files
        lines = {line.key: line for one in files for line in one.units} | lines
        found = {key: uid for key, line in lines.items() if (uid := _choice(line, wanted))}
        if found == picks:
            break
        picks = found
    _refuse_unused(wanted, lines.values(), files)
    return picks


def way_out(error: UnknownUnitsError) -> str:
    """The options that answer it."""
    if error.code == "former_day":
        return texts.FORMER["way_day"]
    line = next((one for one in error.lines if one.unit is None and one.offered), None)
    if line is None:
        return ""
    return texts.FORMER["way_unit"].format(name=_name(line), names=offered_names(line))


def offered_names(line: UnitLine) -> str:
    """What it may be, with the id where two are called the same."""
    choices = line.offered or ([(line.unit, line.name)] if line.unit else [])
    count = Counter(search_key(name) for _, name in choices)
    return "; ".join(
        name if count[search_key(name)] == 1 else f"{name} = {uid}" for uid, name in choices
    )


def _alike(said: str, name: str) -> int:
    """2 for the same name, 1 where only one of both has marks, 0 for two names."""
    if compare_key(said) == compare_key(name):
        return 2
    return int(search_key(said) == search_key(name) and (is_unmarked(said) or is_unmarked(name)))


def _said(pair: str) -> _Said:
    left, _, right = map(clean, pair.partition("="))
    if not left or not right:
        raise AppError("former_map", value=pair)
    return _Said(left, right)


def _name(line: UnitLine) -> str:
    return line.said or texts.FORMER["no_village"]


def _choices(line: UnitLine) -> Iterator[tuple[UUID, str]]:
    yield from line.offered
    if line.unit is not None and not line.offered:
        yield line.unit, line.name
    if line.own is not None:
        yield line.own, texts.FORMER["own_village"].format(name=line.said)


def _choice(line: UnitLine, wanted: Sequence[_Said]) -> UUID | None:
    """Whoever names it more exactly is heard."""
    fits = [(near, one) for one in wanted if (near := one.nearness(line)) and one.units(line)]
    most = max((near for near, _ in fits), default=0)
    nearest = [one for near, one in fits if near == most]
    said = {one.units(line): one for one in nearest}
    if len(said) > 1:
        first, second, *_ = said.values()
        raise AppError("former_map_twice", name=_name(line), one=first.right, other=second.right)
    for units, one in said.items():
        if len(units) > 1:
            names = offered_names(line)
            raise AppError("former_map_several", value=one.right, names=names)
        return next(iter(units))
    return None


def _refuse_unused(
    wanted: Sequence[_Said], lines: Collection[UnitLine], files: Sequence[Look]
) -> None:
    strangers = []
    for one in wanted:
        named = [line for line in lines if one.nearness(line)]
        if not named:
            strangers.append(one)
        elif not any(one.units(line) for line in named):
            names = "; ".join(filter(None, map(offered_names, named))) or texts.COVER["none"]
            raise AppError("former_no_choice", name=one.left, value=one.right, names=names)
    for one in strangers:
        for file in files:
            if file.refused is not None and file.refused.code != "former_villages":
                raise file.refused  # nobody knows yet what units it has
        known = ", ".join(map(_name, lines))
        raise AppError("former_no_unit", name=one.left, known=known)
