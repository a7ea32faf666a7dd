"""Every kind: those of lists, those of the file, and those under hashes that are right."""

from __future__ import annotations

import random

from tests.harness.spoilt import files, rows
from tests.harness.spoilt.kinds import OWN, SEALED, Sound
from tests.harness.spoilt.kinds import REFUSED as REFUSED_OWN
from tests.independent.lists import mutate

OF_LISTS = mutate.KINDS
REFUSED = REFUSED_OWN | {"truncated", "zip_bomb", "zip_bomb_that_lies", "far_corners", "macros"}
__all__ = ["OF_LISTS", "OWN", "REFUSED", "SEALED", "files", "rows", "spoilt"]


def spoilt(kind: str, seed: int, sound: Sound) -> bytes:
    """The same bytes every time."""
    if kind in OF_LISTS:
        return mutate.mutate(kind, seed, sound.saved_again(seed))
    return {**OWN, **SEALED}[kind](random.Random(f"{kind}:{seed}"), sound)
