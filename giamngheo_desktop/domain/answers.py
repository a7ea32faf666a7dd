"""The answers of a household in a review: last year's stand in grey until somebody confirms them.

Pure values: which answer of which record (household or person) is in which state, and what each
key press does to it. A household can be settled when nothing is open any more.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from uuid import UUID

Key = tuple[UUID, str]  # the record (household or person) and the code of the field


class AnswerState(StrEnum):
    """How an answer of this review stands."""

    CARRIED = "carried"  # grey: as last year, nobody has confirmed it
    TOUCHED = "touched"  # yellow: something moved by itself; must be looked at one by one
    EMPTY = "empty"  # asked, not answered yet
    UNKNOWN = "unknown"  # asked, and nobody knows
    CONFIRMED = "confirmed"


OPEN = frozenset({AnswerState.CARRIED, AnswerState.TOUCHED, AnswerState.EMPTY, AnswerState.UNKNOWN})


@dataclass(frozen=True, slots=True)
class Answers:
    """The states of all questions that are asked of a household, in paper order.

    A question that is not asked (its condition does not hold) is not among them.
    """

    states: Mapping[Key, AnswerState] = field(default_factory=dict)

    def __iter__(self) -> Iterator[Key]:
        return iter(self.states)

    def state(self, key: Key) -> AnswerState | None:
        return self.states.get(key)

    def typed(self, key: Key, *, is_empty: bool) -> Answers:
        """The officer typed or chose an answer; an emptied one is open again."""
        return self._with({key: AnswerState.EMPTY if is_empty else AnswerState.CONFIRMED})

    def unknown(self, key: Key) -> Answers:
        """Không biết: asked, without an answer."""
        return self._with({key: AnswerState.UNKNOWN})

    def accept(self, key: Key) -> Answers:
        """Space: as last year. Of a grey answer, and of a yellow one where it is asked alone."""
        if self.state(key) in (AnswerState.CARRIED, AnswerState.TOUCHED):
            return self._with({key: AnswerState.CONFIRMED})
        return self

    def accept_all(self, keys: Iterable[Key]) -> Answers:
        """Ctrl+Space, Ctrl+Shift+Space: the remaining grey ones; never a yellow one."""
        grey = [key for key in keys if self.state(key) is AnswerState.CARRIED]
        return self._with(dict.fromkeys(grey, AnswerState.CONFIRMED))

    def touch(self, keys: Iterable[Key]) -> Answers:
        """Turn answers yellow that stand grey or confirmed no longer for sure."""
        found = [key for key in keys if self.state(key) in (AnswerState.CARRIED,)]
        return self._with(dict.fromkeys(found, AnswerState.TOUCHED))

    def open_keys(self) -> tuple[Key, ...]:
        """What still has to be answered, in paper order."""
        return tuple(key for key, state in self.states.items() if state in OPEN)

    def next_open(self, after: Key | None = None) -> Key | None:
        """The first open question after `after` in paper order, else the first of all."""
        found = self.open_keys()
        if after is None or not found:
            return found[0] if found else None
        order = list(self.states)
        place = order.index(after) if after in self.states else -1
        return next((key for key in found if order.index(key) > place), found[0])

    def count(self, state: AnswerState) -> int:
        return sum(found is state for found in self.states.values())

    def _with(self, changed: Mapping[Key, AnswerState]) -> Answers:
        known = {key: state for key, state in changed.items() if key in self.states}
        return replace(self, states={**self.states, **known})
