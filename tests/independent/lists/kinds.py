"""The list of kinds, and what most of them need."""

import random
import re
from collections.abc import Callable

from tests.independent.lists.zips import pack, parts_of

Mutation = Callable[[random.Random, bytes], bytes]
KINDS: dict[str, Mutation] = {}
REFUSED: set[str] = set()
ANY_FILE: set[str] = set()  # these look at no part, so they spoil .xls and .ods as well

SHEET = "xl/worksheets/sheet1.xml"
BOOK = "xl/workbook.xml"
TYPES = "[Content_Types].xml"
LAST = b"XFD1048576"
CELL = re.compile(rb'<c r="([A-Z]+)(\d+)"([^>]*?)(?:/>|>(.*?)</c>)', re.DOTALL)


def kind(refused: bool = False, any_file: bool = False) -> Callable[[Mutation], Mutation]:
    def keep(function: Mutation) -> Mutation:
        KINDS[function.__name__] = function
        if refused:
            REFUSED.add(function.__name__)
        if any_file:
            ANY_FILE.add(function.__name__)
        return function

    return keep


def changed(data: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    return pack([(each, change(body) if each == name else body) for each, body in parts_of(data)])


def in_sheet(data: bytes, change: Callable[[bytes], bytes]) -> bytes:
    return changed(data, SHEET, change)


def before_end(body: bytes, end: bytes, text: bytes) -> bytes:
    at = body.rindex(end)
    return body[:at] + text + body[at:]


def some_cells(
    rng: random.Random, data: bytes, content: Callable[[bytes, bytes], bytes], share: float = 0.2
) -> bytes:
    """Some cells replaced: `content` gets the address and the style attribute."""

    def one(found: re.Match[bytes]) -> bytes:
        style = b"".join(re.findall(rb' s="\d+"', found[3]))
        return content(found[1] + found[2], style) if rng.random() < share else found[0]

    return in_sheet(data, lambda body: CELL.sub(one, body))
