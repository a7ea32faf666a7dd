"""What is typed into a form of a review, on disk until it is saved. No widgets.

A draft holds what the form began from too: what was changed elsewhere meanwhile is told apart
from what was typed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from giamngheo_desktop.domain.answers import Answers, AnswerState, Key
from giamngheo_desktop.domain.context import Context
from giamngheo_desktop.domain.review_case import Outcome
from giamngheo_desktop.gui.household.record import Typed, pack, unpack
from giamngheo_desktop.gui.review import drafting
from giamngheo_desktop.gui.review.case_reading import changed_states
from giamngheo_desktop.services import drafts
from giamngheo_desktop.services.drafts import Draft, DraftValue

PREFIX = "phieu-"
REOPEN, OVERRIDE = "mo-lai", "de-nguyen"  # acts that a reason is asked for, beside the outcomes
_ACTS = {
    f"{drafting.PREFIX}{drafting.OF_REASONS}{act}-": str(act)
    for act in (*Outcome, REOPEN, OVERRIDE)
}
_BASE = "base."
_STATES, _CASE = "draft_states", "draft_case"


@dataclass(frozen=True, slots=True)
class CaseDraft:
    """What was typed, what it began from, the states of answers changed, and when."""

    typed: Typed
    base: Typed
    states: Mapping[Key, AnswerState]
    saved_at: datetime


def key_of(case: UUID) -> str:
    return f"{PREFIX}{case.hex}"


def offered(path: Path) -> list[Draft]:
    """Forms and reasons half typed, the newest first, for the page that offers them."""
    found = drafts.find(path).drafts
    return [draft for draft in found if draft.key.startswith((PREFIX, *_ACTS))]


def of_cases(path: Path) -> list[Draft]:
    """The drafts of forms, the newest first."""
    return [draft for draft in drafts.find(path).drafts if draft.key.startswith(PREFIX)]


def case_of(draft: Draft) -> UUID:
    """The case a draft is about."""
    return uid_of(draft.key)


def uid_of(key: str) -> UUID:
    """The case of the draft with that name."""
    return UUID(hex=key.rpartition("-")[2])


def act_of(key: str) -> str:
    """The act whose reason the draft with that name holds; empty for a form."""
    return next((act for start, act in _ACTS.items() if key.startswith(start)), "")


class CaseDrafts:
    """Writes at once, on the thread that asks. Raises the AppErrors of `services.drafts`."""

    def __init__(self, path: Path, context: Context) -> None:
        self._path = path
        self._context = context
        self._written: object = None

    def keep(
        self, case: UUID, typed: Typed, base: Typed, answers: Answers, before: Answers, title: str
    ) -> None:
        """Write the draft unless it is there already."""
        states = changed_states(answers, before)
        now = (case, typed, states)
        if now == self._written:
            return
        record: dict[str, DraftValue] = {
            **pack(typed),
            **{f"{_BASE}{code}": value for code, value in pack(base).items()},
            _CASE: case,
            _STATES: tuple(
                {"record": uid, "field": code, "state": state}
                for (uid, code), state in states.items()
            ),
        }
        base_hash = drafts.fingerprint(pack(base))
        drafts.save(
            self._path,
            self._context,
            key=key_of(case),
            record=record,
            base_hash=base_hash,
            title=title,
        )
        self._written = now

    def forget(self, case: UUID) -> None:
        self._written = None
        drafts.discard(self._path, key_of(case))

    def forget_sent(self, case: UUID, typed: Typed, answers: Answers) -> None:
        """A save that took `typed` along has reached the file; what was typed later stays."""
        draft = self.load(case)
        if draft is None:
            return
        later = any(answers.state(key) is not state for key, state in draft.states.items())
        if not later and drafts.fingerprint(pack(draft.typed)) == drafts.fingerprint(pack(typed)):
            self.forget(case)

    def load(self, case: UUID) -> CaseDraft | None:
        draft = drafts.load(self._path, key_of(case))
        if draft is None:
            return None
        record: dict[str, Any] = dict(draft.record)
        rows = record.pop(_STATES, ())
        record.pop(_CASE, None)
        base = {c.removeprefix(_BASE): v for c, v in record.items() if c.startswith(_BASE)}
        return CaseDraft(
            typed=unpack({c: v for c, v in record.items() if not c.startswith(_BASE)}),
            base=unpack(base),
            states={(row["record"], row["field"]): AnswerState(row["state"]) for row in rows},
            saved_at=draft.saved_at,
        )
