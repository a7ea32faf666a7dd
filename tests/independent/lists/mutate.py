"""Workbooks spoilt by chance and by malice: `mutate(kind, seed, data)`, the same bytes every time.

`REFUSED`: kinds that no reader may take for a list. The others may be read or refused; never may a
reader hang, fill the memory, write outside, ask the network, or find people who are not there.
"""

import random

from tests.independent.lists import spoilt_cells, spoilt_files, spoilt_xml
from tests.independent.lists.kinds import ANY_FILE, KINDS, REFUSED

__all__ = ["ANY_FILE", "KINDS", "REFUSED", "mutate", "spoilt_cells", "spoilt_files", "spoilt_xml"]


def mutate(kind: str, seed: int, data: bytes) -> bytes:
    return KINDS[kind](random.Random(f"{kind}:{seed}"), data)
