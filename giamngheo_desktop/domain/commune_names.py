"""Which of the communes that have to send are among those that sent, by their names alone."""

from __future__ import annotations

import re
from collections.abc import Sequence

from giamngheo_desktop.domain.area import Level, place_key
from giamngheo_desktop.domain.vietnamese import clean, compare_key, lower, search_key

_NUMBER = re.compile(r"\d+\s*[.)]?\s+(?=\D)")  # of the line, where a list was pasted from a sheet
_KINDS = ("xa", "phuong", "thi tran", "dac khu")


def names_in(text: str) -> tuple[str, ...]:
    """The names of a list, one a line, without empty lines and the numbers before them."""
    lines = (_NUMBER.sub("", clean(line), count=1) for line in text.splitlines())
    return tuple(line for line in lines if line)


def twice(names: Sequence[str]) -> tuple[str, str] | None:
    """The first two of a list that may be one commune: nothing that is said tells them apart."""
    known: list[_Name] = []
    for name in map(_Name, names):
        same = next((one for one in known if name.is_same_but_kind(one)), None)
        if same is not None:
            return same.said, name.said
        known.append(name)
    return None


def silent(expected: Sequence[str], sent: Sequence[str]) -> list[str]:
    """The expected ones that did not send, each sender counting once; both may say the district.

    Ba Tơ and xã Ba Tơ are one; Ba Tơ and Ba Tô are two, xã Ba Tơ and phường Ba Tơ, too. What is
    typed without marks is whoever has no better name.
    """
    # Who is named with a district first: the other one is whoever is left of that name.
    waiting = sorted(map(_Name, expected), key=lambda name: not name.district)
    left = [_Name(name) for name in sent]
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
    """A commune as it was written: "xã Ba Tơ", or "Ba Tơ, huyện Ba Tơ" where two are called so."""

    def __init__(self, said: str) -> None:
        self.said = said
        name, _, district = map(str.strip, said.partition(","))
        self.district = place_key(Level.DISTRICT, district)
        folded = search_key(name)
        self.kind = next((kind for kind in _KINDS if folded.startswith(f"{kind} ")), "")
        own = " ".join(clean(name).split(" ")[len(self.kind.split()) :])
        self.key, self.folded = compare_key(own), search_key(own)
        self.has_marks = self.folded != lower(own)

    def is_same(self, other: _Name) -> bool:
        return self.kind == other.kind and self.is_same_but_kind(other)

    def is_same_but_kind(self, other: _Name) -> bool:
        return self.key == other.key and self._may_be(other)

    def is_same_but_marks(self, other: _Name) -> bool:
        is_one = self.has_marks != other.has_marks and self.folded == other.folded
        return is_one and self._may_be(other)

    def _may_be(self, other: _Name) -> bool:
        """What one does not say, the other may."""
        pairs = ((self.kind, other.kind), (self.district, other.district))
        return all(one == another or not (one and another) for one, another in pairs)
