"""What sources, stages, parts, villages and bodies of a budget are called on paper."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from giamngheo_desktop import texts
from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.budgeting import ROOT, BudgetWarning
from giamngheo_desktop.services.programme.budget import CAPITALS, SOURCES, STAGES, Budget


def entry_name(definitions: Definitions, of: str, code: str, unsaid: str) -> str:
    """What a list calls a code; a code that it does not have as it is."""
    if not code:
        return unsaid
    known = definitions.choice_list(of)
    return next((entry.label for entry in known if entry.code == code), code)


# Of these the node is what stands right at it, at the root too.
_RIGHT_AT = frozenset({"budget_without_here", "budget_not_booked"})


@dataclass(frozen=True, slots=True)
class BudgetWords:
    """Names for the groups of one budget."""

    definitions: Definitions
    budget: Budget

    def source(self, code: str) -> str:
        return entry_name(self.definitions, SOURCES, code, texts.BUDGET["unsaid_source"])

    def capital(self, code: str) -> str:
        return entry_name(self.definitions, CAPITALS, code, texts.BUDGET["unsaid_capital"])

    def short_capital(self, code: str) -> str:
        """As a line of the list says it; nothing where it is not said."""
        known = self.definitions.choice_list(CAPITALS)
        return next((entry.short_label for entry in known if entry.code == code), code)

    def stage(self, code: str) -> str:
        return entry_name(self.definitions, STAGES, code, "")

    def village(self, uid: UUID | None) -> str:
        return self.budget.villages.get(uid, "") if uid else texts.BUDGET["unsaid_village"]

    def body(self, uid: UUID | None) -> str:
        return self.budget.bodies.get(uid, "") if uid else texts.BUDGET["unsaid_body"]

    def part(self, node: str) -> str:
        """Its number and its name."""
        if node == ROOT:
            return texts.BUDGET["unsaid_content"]
        part = self.budget.parts[node]
        return f"{part.number} {part.name}".strip()

    def warnings(self) -> Iterator[tuple[BudgetWarning, str]]:
        """Each with its sentence."""
        known = self.definitions.choice_list(STAGES)
        stages = {entry.code: entry.label.lower() for entry in known}
        for one in self.budget.warnings:
            summed = one.node == ROOT and not one.lines and one.code not in _RIGHT_AT
            yield (
                one,
                texts.budget_warning_text(
                    one,
                    year=self.budget.year,
                    part=texts.BUDGET["total"] if summed else self.part(one.node),
                    source=self.source(one.source),
                    stages=stages,
                ),
            )
