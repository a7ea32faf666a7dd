"""The headings of the five plans, read by hand from the copies in `texts`.

`skeletons/NNN.txt` has a line a heading, in the order of the plan: depth | number | title | the
first words of a text that goes on in the same line | official code of the component it opens.

How they were read:

- Number and title stand as printed, misprints and closing colons or stops included ("2.1.1"
  without its stop, "Tiêu dự án 2.", "PHẦN ĐẦU"); runs of white space are one space, a missing space
  ("1.Mục tiêu") separates number and title all the same. `words` is the title without its close.
- `**` and `*` around words are bold and italic of the copy. "***Hỗ trợ …**" is bold of
  "* Hỗ trợ …": number "*". In plan 002 ". 1.2. Dự án 3." has a stray stop before "1.2.".
- A title that is followed by its text in the line ("Mục tiêu: Hỗ trợ …") is a heading, `text` its
  first words. A numbered paragraph without a title of its own has title "" and `text`.
- Titles without number or star ("Chiều thiếu hụt về việc làm:", "- Về y tế:", "Mục tiêu chung:")
  are text, as is what precedes part I. The annex of plan 003 is a heading, number "Phụ lục:".
- Depth 1 is a part with a Roman number; below it by sense, so that "a)" is one deeper than what it
  stands under, whatever that is.
- `component` is the project or sub-project of the programme 2021–2025 whose section the heading
  is; the numbers *printed* in plan 002 ("Dự án 5", "Dự án 6", 1.3.2 "Tiểu dự án 2") are others
  than those of the code. Plans 001, 003 and 004 have no section of a component.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

PLANS = ("000", "001", "002", "003", "004")
_HERE = Path(__file__).parent


@dataclass(frozen=True)
class Heading:
    depth: int
    number: str
    title: str
    text: str = ""
    component: str = ""

    @property
    def words(self) -> str:
        return self.title.rstrip(" :.")


@cache
def headings(plan: str) -> tuple[Heading, ...]:
    """Those of a plan of `PLANS`, in its order."""
    found = []
    for line in (_HERE / "skeletons" / f"{plan}.txt").read_text(encoding="utf-8").splitlines():
        depth, *rest = (part.strip() for part in line.split("|"))
        found.append(Heading(int(depth), *rest))
    return tuple(found)


@cache
def text(plan: str) -> str:
    (path,) = (_HERE / "texts").glob(f"{plan}-*.txt")
    return path.read_text(encoding="utf-8")


def plain(words: str) -> str:
    """White space as one space, without the marks of bold and italic."""
    return " ".join(words.replace("*", "").split())


def numbers_twice(plan: str) -> list[tuple[str, str, str]]:
    """(number, one title, another title) of neighbours below the same heading; stars have none."""
    found = []
    above: list[dict[str, Heading]] = [{}]
    for heading in headings(plan):
        del above[heading.depth :]
        seen = above[-1]
        if heading.number in seen:
            found.append((heading.number, seen[heading.number].words, heading.words))
        elif heading.number != "*":
            seen[heading.number] = heading
        above.append({})
    return found


def missing(plan: str) -> list[Heading]:
    """Headings that do not stand in the text, each at the start of a line after the last one."""
    lines = text(plan).splitlines()
    at, found = 0, []
    for heading in headings(plan):
        wanted = "".join(plain(heading.title + heading.text).split())
        for number in range(at, len(lines)):
            if _begins(lines, number, heading.number, wanted):
                at = number + 1
                break
        else:
            found.append(heading)
    return found


def _begins(lines: list[str], number: int, printed: str, wanted: str) -> bool:
    line = lines[number].strip().removeprefix(". ")
    if printed == "*":  # bold of "* …"
        if not line.startswith("***"):
            return False
    elif not line.startswith(printed) or re.match(r"[\d.]*\d", line[len(printed) :]):
        return False
    else:
        line = line[len(printed) :]
    line += lines[number + 1] if printed == "Phụ lục:" else ""
    squeezed = "".join(plain(line).split())
    return squeezed.startswith(wanted)
