"""What sources, stages, parts, villages and bodies of a budget are called on paper."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from giamngheo_desktop import texts
from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.budgeting import ROOT, BudgetWarning
from giamngheo_desktop.services.programme.budget import CAPITALS, SOURCES, STAGES, Budget

# Of these the node is what stands right at it, at the root too.
_RIGHT_AT = frozenset({"budget_without_here", "budget_not_booked"})


@dataclass(frozen=True, slots=True)
class BudgetWords:
    """Names for the groups of one budget."""

    definitions: Definitions
    budget: Budget

    def source(self, code: str) -> str:
        known = self.definitions.choice_list(SOURCES)
        return known.label_of(code) or texts.BUDGET["unsaid_source"]

    def capital(self, code: str) -> str:
        known = self.definitions.choice_list(CAPITALS)
        return known.label_of(code) or texts.BUDGET["unsaid_capital"]

    def short_capital(self, code: str) -> str:
        """As a line of the list says it; nothing where it is not said."""
        return self.definitions.choice_list(CAPITALS).short_label_of(code)

    def stage(self, code: str) -> str:
        return self.definitions.choice_list(STAGES).label_of(code)

    def village(self, uid: UUID | None) -> str:
        return self.budget.villages.get(uid, "") if uid else texts.BUDGET["unsaid_village"]

    def body(self, uid: UUID | None) -> str:
        return self.budget.bodies.get(uid, "") if uid else texts.BUDGET["unsaid_body"]

    def part(self, node: str) -> str:
        """Its number and its name."""
        if node == ROOT:
            return texts.BUDGET["unsaid_content"]
        return self.budget.parts[node].label

    def warnings(self) -> Iterator[tuple[BudgetWarning, str]]:
        """Each with its sentence."""
        labels = self.definitions.choice_list(STAGES).labels
        stages = {code: label.lower() for code, label in labels.items()}
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
