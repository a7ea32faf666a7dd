"""What the title of a list says of its rows: their class, the decision, the day of the facts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from giamngheo_desktop.domain.cell_reading import Read
from giamngheo_desktop.domain.list_cells import ReadCell
from giamngheo_desktop.domain.vietnamese import lower, nfc

FROM_TITLE = "from_title"  # a finding: no cell of the row says it
CLASS_UNSAID = "class_unsaid"  # nor does the title
_DAY = r"([0-9]{1,2}) ?(?:[/.-]|tháng) ?([0-9]{1,2}) ?(?:[/.-]|năm) ?([0-9]{4})"
_UP_TO = re.compile(rf"đến (?:hết )?ngày {_DAY}")
_LEFT = re.compile(r"thoát (cận )?nghèo")
# the kind of household and then nothing that could make it another list
_LEVEL = re.compile(
    r"\bdanh sách (?:\| )?(?:chi tiết |các |công nhận )*hộ (cận nghèo|nghèo)(?= ?(?:$|[|(–-]"
    r"|(?:năm|sau|theo|thôn|bon|buôn|bản|ấp|xóm|tổ|khu|xã|phường|thị trấn|trên|tại|của)\b"
    r"|(?:cuối|đầu) (?:năm|kỳ)\b))"
)
_LEVELS = {"nghèo": "poor", "cận nghèo": "near_poor"}
_SECTION = re.compile(r"\bhộ (cận nghèo|không nghèo|nghèo)\b|\bthoát\b")
_REFERRED = re.compile(r"\bcăn cứ\b(?:(?!kèm theo)[^|()])*", re.IGNORECASE)  # and all it names
_NUMBER = r"[0-9]{1,5}[a-z]?(?: ?/ ?[0-9]{4})?"
_SIGN = r" ?/ ?qđ(?: ?[-–] ?(?:ct|ctubnd|ubnd|ub))?"
# not one of the law (QĐ-TTg)
_DECISION = re.compile(
    rf"(?:quyết định|\bqđ)(?: số)? ?:? ?(?P<number>{_NUMBER}(?:{_SIGN})?)"
    rf"(?![\w/–-])(?:,? ngày {_DAY})?"
    rf"(?=(?P<of_whom>(?:(?!quyết định)[^|()])*))",
    re.IGNORECASE,
)
_ANOTHER = re.compile(rf"(?<![\w/–-])({_NUMBER}{_SIGN})(?![\w/–-])", re.IGNORECASE)
_ABOVE = re.compile(
    r"(?:ubnd|ủy ban nhân dân|uỷ ban nhân dân) (?:tỉnh|thành phố|tp\b|huyện|quận|thị xã)"
    r"|thủ tướng|chính phủ|bộ trưởng"
)


@dataclass(frozen=True, slots=True)
class Paper:
    """A decision as far as it is named."""

    number: str = ""
    signed_on: date | None = None

    def __bool__(self) -> bool:
        return bool(self.number or self.signed_on)

    def completed(self, other: Paper) -> Paper:
        """With what another place says of it, unless that speaks of another decision."""
        number = not self.number or not other.number or _is_same_number(self.number, other.number)
        signed = None in (self.signed_on, other.signed_on) or self.signed_on == other.signed_on
        if not (number and signed):
            return self
        return Paper(self.number or other.number, self.signed_on or other.signed_on)


NO_PAPER = Paper()


@dataclass(frozen=True, slots=True, kw_only=True)
class ListTitle:
    """`level` is the class of all its households, `left` the one that a list of exits says they
    left; "" where nothing is said, or not of all.
    """

    level: str = ""
    left: str = ""
    paper: Paper = NO_PAPER
    day: date | None = None  # that its facts are of


NO_TITLE = ListTitle()


class Said:
    """What is said above the rows, for those that say nothing of it themselves.

    `asked` is what the officer said of the decision; it stands before the title. `today` bounds a
    day that was misprinted.
    """

    def __init__(
        self, title: ListTitle, asked: Paper, today: date, *, has_class_column: bool
    ) -> None:
        self.title, self.paper, self._today = title, asked.completed(title.paper), today
        self._has_class_column = has_class_column

    def beside(self, row: int, facts: Mapping[str, ReadCell]) -> dict[str, ReadCell]:
        """What its rows leave open of a household that begins in a row."""
        found: dict[str, ReadCell] = {}
        if "household_class" not in facts and self.title.level:
            found["household_class"] = _cell(row, Read(self.title.level, FROM_TITLE))
        elif "household_class" not in facts and not self._has_class_column:
            found["household_class"] = _cell(row, Read(finding=CLASS_UNSAID))
        number, signed = (facts.get(code) for code in ("decision_number", "decision_on"))
        told = Paper(
            str(number.read.value or "") if number else "",
            value if signed and isinstance(value := signed.read.value, date) else None,
        )
        whole = told.completed(self.paper)
        if number is None and whole.number:
            is_printed = whole.number == self.title.paper.number
            found["decision_number"] = _cell(row, _read(whole.number, is_printed=is_printed))
        if signed is None and (day := whole.signed_on) is not None:
            is_printed = day == self.title.paper.signed_on
            late = Read(finding="date_future")
            read = late if day > self._today else _read(day, is_printed=is_printed)
            found["decision_on"] = _cell(row, read)
        return found


def _read(value: str | date, *, is_printed: bool) -> Read:
    return Read(value, FROM_TITLE if is_printed else "")


def _cell(row: int, read: Read) -> ReadCell:
    return ReadCell(row, "", "", read)


def read_title(lines: Sequence[str], name: str, sections: Sequence[str] = ()) -> ListTitle:
    """`lines` are those above the head of the list, `name` that of its sheet, `sections` the lines
    between its rows: where they say otherwise, the title does not speak for all.
    """
    whole = " | ".join(map(_line, lines))
    left = _LEFT.search(f"{whole} {_line(name)}")
    levels = {_LEVELS[found[1]] for found in _LEVEL.finditer(whole)} if left is None else set()
    level = levels.pop() if len(levels) == 1 else ""
    below = (found for line in sections for found in _SECTION.finditer(_line(line)))
    is_whole = all(_LEVELS.get(found[1] or "") == level for found in below)
    days = (_day(found) for found in _UP_TO.finditer(whole))
    return ListTitle(
        level=level if is_whole else "",
        left="" if left is None else "near_poor" if left[1] else "poor",
        paper=_paper([*lines, *sections]),
        day=next(filter(None, days), None),
    )


def _line(text: str) -> str:
    return lower(" ".join(text.split()))


def _paper(lines: Sequence[str]) -> Paper:
    """The one decision that the lines name; of two none is the list's for sure."""
    found = set(_papers(lines))
    return found.pop() if len(found) == 1 else NO_PAPER


def _papers(lines: Sequence[str]) -> Iterator[Paper]:
    for line in lines:
        for match in _DECISION.finditer(_REFERRED.sub("", nfc(" ".join(line.split())))):
            if not _ABOVE.search(lower(match["of_whom"])):
                number = re.sub(r" ?([/–-]) ?", r"\1", match["number"])
                yield Paper(number, _day(match, 2) if match[2] else None)
                yield from (Paper(found[1]) for found in _ANOTHER.finditer(match["of_whom"]))


def _day(match: re.Match[str], first: int = 1) -> date | None:
    try:
        return date(*(int(match[at]) for at in (first + 2, first + 1, first)))
    except ValueError:
        return None


def _is_same_number(one: str, other: str) -> bool:
    """`15` and `15/QĐ-UBND` too."""
    short, long = sorted((re.sub(r"\s", "", lower(one)), re.sub(r"\s", "", lower(other))), key=len)
    return long == short or long.startswith(f"{short}/")
