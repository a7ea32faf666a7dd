"""A random plan of a year, whose parts lend what they say to money that names no component."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from typing import NamedTuple
from uuid import UUID

from giamngheo_desktop.domain.changes import Kind

# Of each tree: components at the top, below another one, and a tree that only old lines name.
COMPONENTS = (
    ("2021", "DA1"), ("2021", "DA1-TDA1"), ("2021", "DA2"), ("2021", "DA3"), ("2021", "DA3-TDA1"),
    ("2021", "DA3-TDA2"), ("2021", "DA4"), ("2021", "DA4-TDA3"), ("2021", "DA7-TDA2"),
    ("2026", "HP1"), ("2026", "HP1-NDTP03"), ("2026", "HP1-NDTP10"), ("2026", "HP2"),
    ("2026", "HP2-NDTP02"), ("2016", "DA1"), ("2016", "DA1-TDA1"),
)  # fmt: skip

Component = tuple[str | None, str | None]
NONE: Component = (None, None)
PROGRAMMES: tuple[Component, ...] = (("2021", None), ("2026", None))
OWN_PARTS: tuple[Component, ...] = (NONE, NONE, *PROGRAMMES)
# In every plan first: what such a part may say, and below which of these it stands.
ALWAYS: tuple[tuple[Sequence[Component], int | None], ...] = (
    (COMPONENTS, None), (COMPONENTS, 0), (OWN_PARTS, 0), (OWN_PARTS, 1), (OWN_PARTS, 3),
    (OWN_PARTS, None), (OWN_PARTS, 5),
)  # fmt: skip


class Place(NamedTuple):
    """What money counts for itself, and what it is within besides: the same, but of own parts."""

    component: Component
    within: Component


class Part(NamedTuple):
    uid: UUID
    chain: tuple[Component, ...]  # what it says, and each part above it says, from the bottom up
    removed: bool

    @property
    def own(self) -> bool:
        return not self.chain[0][1]

    @property
    def place(self) -> Place:
        """Of money that names this part and no component."""
        within = next((one for one in self.chain if one[1]), NONE)
        return Place(NONE if self.own else self.chain[0], within)


def placed(said: Component, part: Part | None) -> Place:
    """Of what names this itself, and this part of the plan."""
    return Place(said, said) if said[1] or part is None else part.place


def make_plan(
    dice: random.Random, add: Callable[..., UUID], commune: UUID, year: int, bodies: Sequence[UUID]
) -> list[Part]:
    """One part below the other, but none below a removed one."""
    found: list[Part] = []
    for number in range(len(ALWAYS) + 7):
        if number < len(ALWAYS):
            (says, place), removed = ALWAYS[number], False
            above = None if place is None else found[place]
        else:
            says, removed = dice.choice((COMPONENTS, OWN_PARTS)), dice.randrange(100) < 25
            above = dice.choice([None, None, *(part for part in found if not part.removed)])
        said = dice.choice(says)
        uid = add(
            Kind.PLAN_COMPONENT, area=commune, year=year, programme=said[0], component=said[1],
            parent=above.uid if above else None, position=number, body=dice.choice(bodies),
            printed_number=f"Dự án {number + 1}", printed_name=f"Nội dung {number + 1}",
            removed=removed,
        )  # fmt: skip
        found.append(Part(uid, (said, *(above.chain if above else ())), removed))
    return found


def part_traps(
    said: Component, named: Part | None, *, removed_lends: bool = True
) -> dict[str, object]:
    """Which awkward case it is that money goes by this part, if any, and says this itself."""
    if said[1]:
        named = None
    part = named if named and (removed_lends or not named.removed) else None
    programme = said[0]
    chain = part.chain if part else ()
    own = part is not None and part.own
    within = part.place.within[1] if part and own else None
    levels = next((level for level, one in enumerate(chain) if one[1]), len(chain))
    return {
        "of a removed part": named and named.removed,
        "of a part of the plan with a component": part and not own,
        "of the plan's own part": own,
        "of an own part right below a component": within and levels == 1,
        "of an own part two levels below a component": within and levels >= 2,
        "of an own part below a component at the top": within and "-" not in within,
        "of an own part below a component below another": within and "-" in within,
        "of an own part below two components": own and sum(bool(one[1]) for one in chain) > 1,
        "of an own part below nothing": own and len(chain) == 1,
        "of an own part below own ones only": own and len(chain) > 1 and not within,
        "of an own part with a programme": own and chain[0][0] and not programme,
        "of an own part with a programme below a component": within and chain[0][0],
        "of an own part with a programme below nothing": own and chain[0][0] and not within,
        "of a programme and a removed part": named and named.removed and programme,
        "of a programme and a part of it": part and not own and programme == chain[0][0],
        "of a programme and a part of another": part
        and not own
        and programme not in (None, chain[0][0]),
        "of a programme and an own part without": own and programme and not chain[0][0],
        "of a programme and an own part with one": own and programme and chain[0][0],
        "of a programme and an own part below a component": within and programme,
        "of a programme and an own part below nothing": own and programme and not within,
        "of a part below another component": part and not own and any(one[1] for one in chain[1:]),
    }
