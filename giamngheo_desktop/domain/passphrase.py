"""What locks a file on its way: known to people and kept in memory alone, never stored."""

from __future__ import annotations

from dataclasses import dataclass, field

from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.domain.vietnamese import nfc

SHORTEST, LONGEST = 8, 255  # letters; Excel takes no more


@dataclass(frozen=True, slots=True)
class Passphrase:
    """In the composed form, as Excel gets it from a keyboard; no log or traceback shows it."""

    text: str = field(repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", nfc(self.text))


def chosen(text: str) -> Passphrase:
    """One that a file may be locked with.

    Raises AppErrors passphrase_short (least), passphrase_long (most).
    """
    found = Passphrase(text)
    if len(found.text) < SHORTEST:
        raise AppError("passphrase_short", least=SHORTEST)
    if len(found.text) > LONGEST:
        raise AppError("passphrase_long", most=LONGEST)
    return found
