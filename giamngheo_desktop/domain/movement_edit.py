"""The movement of a household counted otherwise than computed, and what stays true of it then.

Only the flow itself is set: who enters may enter by another flow, who leaves may leave by another.
So closing = opening − out + in holds as before; what crosses from one table into the other is
never set, so that both still meet.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from giamngheo_desktop.domain.movement import Cause, Flow, Place, Step
from giamngheo_desktop.domain.standard import HouseholdClass

_GROUPS = (
    frozenset({Flow.ABOVE, Flow.OTHER_DECREASE}),
    frozenset({Flow.AGAIN, Flow.NEW, Flow.OTHER_INCREASE}),
)
_FIXED = frozenset({Cause.STAYED, Cause.VILLAGE, Cause.SIZE})


def may_become(step: Step[Place]) -> frozenset[Flow]:
    """The other flows a household's step may be counted in; none for most steps."""
    if step.cause in _FIXED:
        return frozenset()
    return next((group - {step.flow} for group in _GROUPS if step.flow in group), frozenset())


def edited(
    steps: Iterable[Step[Place]], wanted: Mapping[HouseholdClass, Flow]
) -> Iterator[tuple[Step[Place], Flow | None]]:
    """The steps of one household with its flows set by hand; beside such a step the computed flow.

    What no longer fits, because the classes changed since, is left as computed.
    """
    for step in steps:
        flow = wanted.get(step.table)
        if flow is not None and flow in may_become(step):
            yield replace(step, flow=flow, cause=Cause.BY_HAND), step.flow
        else:
            yield step, None
