"""Whose a list says it is, and of which year: told where the file is another's or the year not."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from giamngheo_desktop.domain.area import Level
from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.domain.list_reading import ReadList
from giamngheo_desktop.domain.sheet_rows import RowKind
from giamngheo_desktop.domain.vietnamese import compare_key, is_unmarked, lower, search_key
from giamngheo_desktop.services.importing.plan import Doubt
from giamngheo_desktop.storage import records
from giamngheo_desktop.storage.engine import Connection

_COLUMNS = {level.value: level for level in (Level.PROVINCE, Level.DISTRICT, Level.COMMUNE)}
_KIND = re.compile(
    r"(?:tỉnh|thành phố|tp\.?|huyện|quận|thị xã|xã|phường|thị trấn|đặc khu)\s+", re.IGNORECASE
)
_IN_TITLE = re.compile(
    r"\b(?:xã(?!\s+hội)|phường|thị trấn|đặc khu)\s+([^\W\d_]\w*(?:\s+[^\W\d_]\w*)*)", re.IGNORECASE
)
# words behind `xã` that begin or end no name of one
_ENDS = re.compile(
    r"\b(?:năm|quý|tháng|ngày|huyện|tỉnh|thành phố|thôn|bản|theo|sau|và|có|của|thuộc|trên|được|là|"
    r"quản lý|rà soát)\b",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?<!tháng [0-9] )(?<!tháng [0-9]{2} )\bnăm ([0-9]{4})\b")
_NOTE = re.compile(r"\s*\(.*?\)")
_SHOWN = 3  # names of a doubt


def doubts(
    connection: Connection, lists: Sequence[ReadList], year: int | None
) -> tuple[Doubt, ...]:
    """What the sheets say against the units that the file ever knew, and against the `year` of a
    result.
    """
    return tuple(_doubts(_names(connection), lists, year))


def _names(connection: Connection) -> dict[Level, list[str]]:
    levels = {row["uid"]: Level(row["level"]) for row in records.find(connection, Kind.AREA)}
    found: dict[Level, list[str]] = {level: [] for level in Level}
    for row in records.find(connection, Kind.AREA_VERSION):
        found[levels[row["area"]]].append(row["name"])
    return found


def _doubts(
    known: dict[Level, list[str]], lists: Sequence[ReadList], year: int | None
) -> Iterator[Doubt]:
    titles = [row.text for one in lists for row in one.rows if row.kind is RowKind.TITLE]
    for code, level in _COLUMNS.items():
        others = [said for said in _said(lists, code) if not _is_known(said, known[level])]
        if level is Level.COMMUNE:
            others += _titled(titles, known[level])
            others = list({compare_key(_bare(said)): said for said in reversed(others)}.values())
        if others and known[level]:
            shown = [*others[:_SHOWN], *(["…"] if len(others) > _SHOWN else [])]
            yield Doubt(code, ", ".join(shown))
    years = [int(found) for text in titles for found in _YEAR.findall(lower(text))]
    if year is not None and years and year not in years:
        yield Doubt("year", ", ".join(str(each) for each in dict.fromkeys(years)))


def _said(lists: Sequence[ReadList], code: str) -> list[str]:
    """The names in the columns of a level, each once; a column of codes names nobody."""
    texts = (
        one.sheet.text(person.row, at)
        for one in lists
        for at in one.head.columns(code)
        for home in one.homes
        for person in home.members
    )
    return list(filter(_is_name, dict.fromkeys(texts)))


def _is_name(text: str) -> bool:
    return any(map(str.isalpha, text)) and len(text) > 1


def _is_known(said: str, names: Iterable[str]) -> bool:
    key = search_key if is_unmarked(said) else compare_key
    return key(_bare(said)) in {key(_bare(name)) for name in names}


def _titled(titles: Iterable[str], names: Iterable[str]) -> list[str]:
    """The communes that titles name, none of which is known."""
    known = [compare_key(_bare(name)) for name in names]
    found = list[str]()
    for text in titles:
        for match in _IN_TITLE.finditer(text):
            name = _ENDS.split(match[1], maxsplit=1)[0].strip()
            key = f"{compare_key(name)} "
            is_known = any(key.startswith(f"{one} ") for one in known)
            if _is_name(name) and name[0].isupper() and not is_known:
                found.append(name)
    return list(dict.fromkeys(found))


def _bare(name: str) -> str:
    """Without its kind, and without a note behind it."""
    return _KIND.sub("", _NOTE.sub("", name).strip(), count=1)
