"""Which personal columns travel in a package upward; what is left out is empty at the receiver."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from giamngheo_desktop.domain.area import DISTRICTS_END
from giamngheo_desktop.domain.changes import Kind


class Recipient(StrEnum):
    """Who gets it. The successor is the commune that goes on with the register itself."""

    DISTRICT = "district"
    PROVINCE = "province"
    SUCCESSOR = "successor"


HEALTH = "health"
# Group → the columns of each kind. Facts are named by their codes.
PERSONAL: Mapping[str, Mapping[Kind, frozenset[str]]] = {
    "identity": {
        Kind.PERSON: frozenset({"id_kind", "id_number", "id_missing_reason", "id_issued_on"})
    },
    "address": {Kind.HOUSEHOLD: frozenset({"address", "permanent_residence", "current_residence"})},
    HEALTH: {Kind.PERSON: frozenset({"height", "weight", "serious_illness", "sick_untreated"})},
    "note": {
        Kind.HOUSEHOLD: frozenset({"note", "surveyor", "quick_screen_by"}),
        Kind.CLASS_RECORD: frozenset({"note"}),
        Kind.CASE: frozenset({"outcome_note", "returned_reason", "screened_by"}),
        Kind.SUPPORT: frozenset({"note", "recipient"}),
        Kind.NEED: frozenset({"note"}),
        Kind.VISIT: frozenset({"situation", "need", "advice", "next_step"}),
        Kind.INCIDENT: frozenset({"description", "reporter"}),
    },
    "contact": {Kind.BODY: frozenset({"phone"}), Kind.OFFICER: frozenset({"phone"})},
}
PERSONAL_FACTS: Mapping[str, Mapping[Kind, frozenset[str]]] = {
    "contact": {Kind.PERSON_FACT: frozenset({"phone"})}
}

# Health decides what children and the sick lack, which tables of an open year count.
USUAL: Mapping[Recipient, frozenset[str]] = {
    Recipient.DISTRICT: frozenset({HEALTH}),
    Recipient.PROVINCE: frozenset({HEALTH}),
    Recipient.SUCCESSOR: frozenset(PERSONAL),
}


def usual_recipient(year: int) -> Recipient:
    """The district until its last year's review, then the province."""
    return Recipient.DISTRICT if year < DISTRICTS_END.year else Recipient.PROVINCE


def left_out(kind: Kind, groups: frozenset[str]) -> frozenset[str]:
    """The columns of a kind that stay at home when only these groups travel."""
    hidden = (of.get(kind, frozenset()) for group, of in PERSONAL.items() if group not in groups)
    return frozenset().union(*hidden)


def names_left_out(groups: frozenset[str]) -> frozenset[str]:
    """The names of all columns and facts that stay at home: no sheet for people shows them."""
    kinds = (*PERSONAL.values(), *PERSONAL_FACTS.values())
    of_kinds = {kind for of in kinds for kind in of}
    hidden = (left_out(kind, groups) | facts_left_out(kind, groups) for kind in of_kinds)
    return frozenset().union(*hidden)


def facts_left_out(kind: Kind, groups: frozenset[str]) -> frozenset[str]:
    """The codes of facts that stay at home."""
    hidden = (
        of.get(kind, frozenset()) for group, of in PERSONAL_FACTS.items() if group not in groups
    )
    return frozenset().union(*hidden)
