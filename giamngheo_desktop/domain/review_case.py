"""A household in a review: why it is on the list, how it ended, where its paper form is."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any


class Ground(StrEnum):
    """Why a household is on the list of a review (diện rà soát)."""

    POOR = "poor"
    NEAR_POOR = "near_poor"
    APPLIED = "applied"  # Giấy đề nghị: the only ones that Phiếu A screens
    SPLIT = "split"
    OTHER = "other"


class Outcome(StrEnum):
    """How a case ended; none while it is still to be surveyed."""

    REVIEWED = "reviewed"
    ABSENT = "absent"
    REFUSED = "refused"
    MOVED = "moved"
    SCREENED_OUT = "screened_out"


# The household was not met: what it was recognised as before goes on.
NOT_MET = frozenset({Outcome.ABSENT, Outcome.REFUSED})


# What a case does not have yet when it is put on the list.
FOLLOWS = (
    "surveyor",
    "form_code",
    "screen_conditions",
    "screened_in",
    "screened_by",
    "issued_on",
    "collected_on",
    "returned_on",
    "returned_reason",
    "entered_on",
    "outcome",
    "outcome_note",
    "b1_options",
    "b1_table",
    "b1_total",
)


class FormState(StrEnum):
    """Where the paper form of a case is."""

    NONE = "none"
    ISSUED = "issued"
    RETURNED = "returned"  # handed back to be completed
    COLLECTED = "collected"
    ENTERED = "entered"


def form_state(case: Mapping[str, Any]) -> FormState:
    """What is recorded last of the form; handing it back takes its collection away."""
    for column, state in (
        ("entered_on", FormState.ENTERED),
        ("collected_on", FormState.COLLECTED),
        ("returned_on", FormState.RETURNED),
        ("issued_on", FormState.ISSUED),
    ):
        if case[column] is not None:
            return state
    return FormState.NONE
