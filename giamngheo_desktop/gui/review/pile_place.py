"""Where somebody is in a pile of forms: kept beside the file, so that it survives a restart."""

from __future__ import annotations

from dataclasses import dataclass, fields
from pathlib import Path
from uuid import UUID

from giamngheo_desktop.domain.context import Context
from giamngheo_desktop.services import drafts
from giamngheo_desktop.services.drafts import Draft

PREFIX = "xap-"


@dataclass(frozen=True, slots=True, kw_only=True)
class PilePlace:
    """The pile of a village (of one surveyor), the form typed last, and the one that is open.

    `in_order`: the next form is the next one of the list; else its code is typed.
    """

    review: UUID
    village: UUID
    surveyor: UUID | None = None
    in_order: bool = False
    last: UUID | None = None
    form: UUID | None = None

    @property
    def key(self) -> str:
        return f"{PREFIX}{self.review.hex}-{self.village.hex}"


def keep(path: Path, context: Context, place: PilePlace, title: str) -> None:
    """Raises the AppErrors of `services.drafts`, as all of these do."""
    record = {item.name: getattr(place, item.name) for item in fields(PilePlace)}
    drafts.save(path, context, key=place.key, record=record, base_hash=None, title=title)


def forget(path: Path, place: PilePlace) -> None:
    drafts.discard(path, place.key)


def load(path: Path, place: PilePlace) -> PilePlace | None:
    """The pile of the same village as it was left."""
    draft = drafts.load(path, place.key)
    return None if draft is None else _place(draft)


def of_review(path: Path, review: UUID) -> list[tuple[PilePlace, str]]:
    """The piles of a review that are not finished, each with its title, the newest first."""
    found = [draft for draft in drafts.find(path).drafts if draft.key.startswith(PREFIX)]
    places = [(_place(draft), draft.title) for draft in found]
    return [(place, title) for place, title in places if place.review == review]


def _place(draft: Draft) -> PilePlace:
    return PilePlace(**{item.name: draft.record[item.name] for item in fields(PilePlace)})  # type: ignore[arg-type]
