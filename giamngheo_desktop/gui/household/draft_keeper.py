"""Keeps what is typed about one household in a file of its own until it is saved."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from giamngheo_desktop.domain.context import Context
from giamngheo_desktop.gui.household.record import Typed, pack, settled, unpack
from giamngheo_desktop.services import drafts
from giamngheo_desktop.services.drafts import Draft, DraftValue

PREFIX = "ho-"
_OWN = ("draft_uid", "draft_year", "draft_since", "draft_new", "draft_arrives")  # beside the fields


def key_of(uid: UUID, year: int) -> str:
    """The name of the draft of a household in a working year."""
    return f"{PREFIX}{uid.hex}-{year}"


def identity(draft: Draft) -> tuple[UUID, int, bool]:
    """The household a draft is about, its working year, and whether it was never saved."""
    record: Any = draft.record
    return record["draft_uid"], record["draft_year"], record["draft_new"]


def typed_of(draft: Draft) -> Typed:
    return unpack({code: value for code, value in draft.record.items() if code not in _OWN})


def arrives(draft: Draft) -> bool:
    """Whether it is about a household that comes from another commune."""
    return bool(draft.record.get("draft_arrives"))


def since_of(draft: Draft) -> date | None:
    """The first day of new facts, where it was typed by hand."""
    value = draft.record.get("draft_since")
    return value if isinstance(value, date) else None


class DraftKeeper:
    """Writes at once, on the thread that asks: a job would wait behind a long report.

    Raises the AppErrors of `services.drafts`.
    """

    def __init__(self, path: Path, context: Context) -> None:
        self._path = path
        self._context = context
        self._written: tuple[str, Typed, date | None] | None = None

    def keep(
        self,
        uid: UUID,
        year: int,
        typed: Typed,
        *,
        base: Typed | None,
        since: date | None,
        title: str,
        arrives: bool = False,
    ) -> bool:
        """Write the draft unless it is there already; True if it was written."""
        key = key_of(uid, year)
        state = (key, typed, since)
        if state == self._written:
            return False
        own: dict[str, DraftValue] = {
            "draft_uid": uid,
            "draft_year": year,
            "draft_since": since,
            "draft_new": base is None,
            "draft_arrives": arrives,
        }
        drafts.save(
            self._path,
            self._context,
            key=key,
            record={**pack(typed), **own},
            base_hash=None if base is None else drafts.fingerprint(pack(base)),
            title=title,
        )
        self._written = state
        return True

    def forget(self, uid: UUID, year: int) -> None:
        """Nothing is left to save."""
        self._written = None
        drafts.discard(self._path, key_of(uid, year))

    def load(self, uid: UUID, year: int) -> Draft | None:
        return drafts.load(self._path, key_of(uid, year))


def judged(draft: Draft, stored: Typed | None) -> tuple[bool, bool]:
    """Whether the draft is what is stored already, and whether the file changed since it began."""
    if stored is None:
        return False, False
    is_stored = settled(typed_of(draft), stored) == stored
    return is_stored, draft.problem(pack(stored)) is not None
