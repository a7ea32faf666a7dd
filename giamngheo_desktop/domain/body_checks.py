"""Heights and weights that no child or adult of an age has: slips of the finger, not medicine."""

from __future__ import annotations

from collections.abc import Iterator

from giamngheo_desktop.domain.field_checks import number_text
from giamngheo_desktop.domain.form import FormDef
from giamngheo_desktop.domain.household import Member
from giamngheo_desktop.domain.problems import Problem, error, warning

# From this age on: lowest and highest height (cm × 10), lowest and highest weight (kg × 10).
# Far outside the growth curves on both sides, so that a sick child is never called impossible.
_BOUNDS = (
    (0, (300, 1000), (5, 200)),
    (1, (500, 1150), (30, 300)),
    (2, (600, 1350), (40, 400)),
    (4, (700, 1550), (60, 600)),
    (7, (800, 1800), (90, 1000)),
    (11, (900, 2100), (120, 1800)),
    (16, (700, 2500), (150, 3000)),
)
_MASS_INDEX = (80, 800)  # kg/m² × 10


def check_body(member: Member, form: FormDef, ages: tuple[int, int]) -> Iterator[Problem]:
    """Errors where no age between the youngest and the oldest possible one has that measure."""
    within = True
    for code, value, column in (("height", member.height, 1), ("weight", member.weight, 2)):
        if value is None:
            continue
        low, high = _bounds(ages, column)
        if not low <= value <= high:
            within = False
            field = form.field(code)
            yield error(
                member.uid,
                code,
                "body_impossible",
                name=member.full_name,
                value=number_text(field, value),
                minimum=number_text(field, low),
                maximum=number_text(field, high),
            )
    if within and member.height and member.weight is not None:
        index = member.weight * 1_000_000 // member.height**2  # (kg×10) / (cm×10)² as kg/m² × 10
        low, high = _MASS_INDEX
        if not low <= index <= high:
            yield warning(
                member.uid,
                "weight",
                "body_disproportionate",
                name=member.full_name,
                height=number_text(form.field("height"), member.height),
                weight=number_text(form.field("weight"), member.weight),
            )


def _bounds(ages: tuple[int, int], column: int) -> tuple[int, int]:
    youngest, oldest = ages
    rows = [row for row in _BOUNDS if row[0] <= oldest]
    rows = [row for row in rows if row[0] >= youngest] or rows[-1:]
    before = [row for row in _BOUNDS if row[0] <= youngest][-1:]
    ranges = [(row[1], row[2])[column - 1] for row in {*rows, *before}]
    return min(low for low, _ in ranges), max(high for _, high in ranges)
