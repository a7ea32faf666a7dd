"""All the workbooks. `python -m tests.independent.lists.make_books DIRECTORY` writes them to look
at; `… --expected` renews the files of what is expected (then read the difference, line by line).
"""

import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path

from tests.independent.lists.free import free_households, free_members, mixed_fonts, no_list
from tests.independent.lists.messy import members_27_messy
from tests.independent.lists.official import (
    detailed_19,
    exits,
    members_27,
    members_27_later,
    members_27_mac,
    tcvn3_27,
)
from tests.independent.lists.pages import Book, as_text
from tests.independent.lists.traps import traps

HERE = Path(__file__).parent
EXPECTED = HERE / "expected"
BOOKS: dict[str, Callable[[], Book]] = {
    each.__name__: each
    for each in (
        members_27,
        members_27_mac,
        members_27_later,
        members_27_messy,
        tcvn3_27,
        exits,
        detailed_19,
        free_members,
        free_households,
        mixed_fonts,
        traps,
        no_list,
    )
}
# Saved once by an office program in its own formats; what is expected is that of the workbook.
COPIES = {
    f"{name}.{kind}": name
    for name, kind in (
        ("members_27", "xls"),
        ("members_27_messy", "ods"),
        ("tcvn3_27", "xls"),
        ("detailed_19", "ods"),
        ("free_households", "xls"),
        ("exits", "xls"),
    )
}


@cache
def make(name: str) -> bytes:
    """The workbook of that name, or the stored copy (`members_27.xls`)."""
    return (HERE / "copies" / name).read_bytes() if name in COPIES else BOOKS[name]().data()


def main(target: str) -> None:
    if target == "--expected":
        EXPECTED.mkdir(exist_ok=True)
        for name, book in BOOKS.items():
            (EXPECTED / f"{name}.json").write_text(as_text(book().expected), encoding="utf-8")
        return
    for name in BOOKS:
        (Path(target) / f"{name}.xlsx").write_bytes(make(name))


if __name__ == "__main__":
    main(sys.argv[1])
