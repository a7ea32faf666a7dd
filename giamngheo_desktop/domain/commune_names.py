"""Which of the communes that have to send are among those that sent, by their names alone."""

from __future__ import annotations

import re
from collections.abc import Sequence

from giamngheo_desktop.domain.vietnamese import clean, compare_key, lower, search_key

_NUMBER = re.compile(r"\d+\s*[.)]?\s+(?=\D)")  # of the line, where a list was pasted from a sheet
_KINDS = ("xa", "phuong", "thi tran", "dac khu")


def names_in(text: str) -> tuple[str, ...]:
    """The names of a list, one a line, without empty lines and the numbers before them."""
    lines = (_NUMBER.sub("", clean(line), count=1) for line in text.splitlines())
    return tuple(line for line in lines if line)


def silent(expected: Sequence[str], sent: Sequence[str]) -> list[str]:
    """The expected ones that did not send, each sender counting once.

    Ba Tơ and xã Ba Tơ are one; Ba Tơ and Ba Tô are two, xã Ba Tơ and phường Ba Tơ, too. What is
    typed without marks is whoever has no better name.
    """
    waiting, left = [_Name(name) for name in expected], [_Name(name) for name in sent]
    for alike in (_Name.is_same, _Name.is_same_but_kind, _Name.is_same_but_marks):
        still = []
        for name in waiting:
            found = next((other for other in left if alike(name, other)), None)
            if found is None:
                still.append(name)
            else:
                left.remove(found)
        waiting = still
    return [name.said for name in waiting]


class _Name:
    """A commune as it was written."""

    def __init__(self, said: str) -> None:
        self.said = said
        folded = search_key(said)
        self.kind = next((kind for kind in _KINDS if folded.startswith(f"{kind} ")), "")
        own = " ".join(clean(said).split(" ")[len(self.kind.split()) :])
        self.key, self.folded = compare_key(own), search_key(own)
        self.has_marks = self.folded != lower(own)

    def is_same(self, other: _Name) -> bool:
        return self.kind == other.kind and self.key == other.key

    def is_same_but_kind(self, other: _Name) -> bool:
        return self.key == other.key and "" in (self.kind, other.kind)

    def is_same_but_marks(self, other: _Name) -> bool:
        may_be = self.kind == other.kind or "" in (self.kind, other.kind)
        return may_be and self.has_marks != other.has_marks and self.folded == other.folded
