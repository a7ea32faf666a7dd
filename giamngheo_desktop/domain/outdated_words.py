"""Words that a plan of an earlier year could say and one of today no longer can: programmes that
ended, offices that are no more, rules that were replaced.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Outdated:
    """One definition: `words` no longer hold from the day `since` on; `why` is half a sentence."""

    words: tuple[str, ...]
    since: date
    why: str
    source: str
    certainty: str


def outdated_in(text: str, day: date, known: Iterable[Outdated]) -> Iterator[tuple[str, Outdated]]:
    """What a text says that no longer holds on a day, each once, as it is written in the list."""
    read = _key(text)
    for one in known:
        if one.since <= day:
            found = next((words for words in one.words if _key(words) in read), None)
            if found is not None:
                yield found, one


def _key(text: str) -> str:
    """Its words alone: plans write one name with any capitals, quotes, hyphens and dashes."""
    return re.sub(r"\W+", " ", f" {text.casefold()} ")
