"""What a package is spoilt from, and the list of kinds."""

from __future__ import annotations

import io
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from openpyxl import load_workbook

from giamngheo_desktop.domain.package import DataTable, Manifest
from giamngheo_desktop.domain.passphrase import Passphrase
from giamngheo_desktop.exports.office_lock import locked

PASSPHRASE = Passphrase("mật khẩu đúng")
Write = Callable[[Manifest, Sequence[DataTable]], bytes]


@dataclass(frozen=True)
class Sound:
    """A package before it is spoilt, and how one with other contents is made; `other` is the
    package of another register.
    """

    manifest: Manifest
    tables: tuple[DataTable, ...]
    write: Write
    other: bytes

    @cached_property
    def data(self) -> bytes:
        return self.write(self.manifest, self.tables)

    @cached_property
    def _sheets(self) -> list[str]:
        return load_workbook(io.BytesIO(self.data), read_only=True).sheetnames

    def saved_again(self, number: int) -> bytes:
        """By another program, with another sheet first for each number."""
        return _with_first(self.data, self._sheets[number % len(self._sheets)])

    @cached_property
    def locked(self) -> bytes:
        return locked(self.data, PASSPHRASE)

    @cached_property
    def locked_otherwise(self) -> bytes:
        return locked(self.data, Passphrase("mật khẩu khác"))


@lru_cache(maxsize=200)
def _with_first(data: bytes, name: str) -> bytes:
    book = load_workbook(io.BytesIO(data))
    book.move_sheet(name, -len(book.sheetnames))
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


Spoil = Callable[[random.Random, Sound], bytes]
OWN: dict[str, Spoil] = {}
SEALED: dict[str, Spoil] = {}
REFUSED: set[str] = set()  # kinds that no reader takes for what the package was


def own(refused: bool = False) -> Callable[[Spoil], Spoil]:
    def keep(function: Spoil) -> Spoil:
        OWN[function.__name__] = function
        if refused:
            REFUSED.add(function.__name__)
        return function

    return keep


def sealed(function: Spoil) -> Spoil:
    SEALED[function.__name__] = function
    return function
