"""Where on the path of a review the page stands: which step, for which village."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from giamngheo_desktop.domain.review_flow import ReviewFlow
from giamngheo_desktop.domain.workflow import Scope
from giamngheo_desktop.services.review.review_view import (
    ReviewHead,
    ReviewView,
    StepSummary,
    summary,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A step of the review for a village; `village` None: for the whole commune."""

    view: ReviewView
    step: str
    village: UUID | None

    @property
    def review(self) -> ReviewHead:
        assert self.view.review is not None
        return self.view.review

    @property
    def flow(self) -> ReviewFlow:
        assert self.view.flow is not None
        return self.view.flow

    @property
    def summary(self) -> StepSummary:
        return summary(self.flow, self.view.today, self.step, self.village)

    @property
    def of_village(self) -> bool:
        """Whether the step has a state of its own in each village."""
        return self.summary.step.scope is Scope.VILLAGE

    @property
    def key(self) -> str:
        """What names a draft of this place, in ASCII."""
        village = self.village.hex if self.village and self.of_village else "xa"
        return f"{self.review.uid.hex}-{self.step}-{village}"
