"""What travels between two files: a workbook of readable sheets, sheets of data and a manifest.

A data sheet holds texts only, one row per record. Its first column is never empty, its last one
(`CHECK`) holds the beginning of the row's hash. NULL is an empty cell; what a cell could not keep
is escaped with a backslash: `\\0` the empty text, `\\\\` a backslash, `\\uXXXX` a letter that a
workbook loses or reads otherwise. A text too long for a cell goes on in the next rows, whose
first cell is empty. Hashes are of the texts, not of the file: saved again by another program the
package still proves whole.

Readable sheets are sealed by facts of the manifest: under `SEAL` and the sheet's title the checks
of its rows, one after the other; under `LOOK` what is printed around them. A package without
such facts is of an older program and shows sheets that nothing proves; those of a village are
there to be changed.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import MAXYEAR, MINYEAR, datetime
from enum import StrEnum
from uuid import UUID

FORMAT = 1
CHECK = "#"
MANIFEST = "manifest"  # the name of its sheet
GOES_ON_FROM = "goes_on_from"  # the fact that names the packages of other copies merged before it
PREFIX = "data_"  # with which the name of a data sheet begins
SEAL = "sheet/"  # with which the name of the fact begins that seals a readable sheet
LOOK = "look/"  # and that of the one which seals what is printed around its cells
MOST_ROWS = 50_000  # of a data sheet, so that reading one needs little memory
_PIECE = 16_000  # letters of a cell; 32,767 units is what one holds
_CHECK_LETTERS = 8
_MOST_NUMBER = 999_999  # of a package of one unit

Values = Sequence[str | None]


class PackageKind(StrEnum):
    UP = "up"
    WORK = "work"
    VILLAGE = "village"
    COMMENTS = "comments"


@dataclass(frozen=True, slots=True)
class TableEntry:
    """What the manifest says of a table: how many rows, and their hash together."""

    name: str
    rows: int
    hash: str


@dataclass(frozen=True, slots=True)
class DataTable:
    """A kind of record: its columns, and rows of audit texts. The first value is never empty."""

    name: str
    columns: Sequence[str]
    rows: Iterable[Values]


@dataclass(frozen=True, slots=True)
class ReadableSheet:
    """A plain sheet for people: headings, and rows of texts and numbers."""

    title: str
    headings: Sequence[str]
    rows: Iterable[Sequence[str | int]]


@dataclass(frozen=True, slots=True)
class Batch:
    """Some rows of a table as values, in the order of the file."""

    table: str
    columns: Sequence[str]
    rows: Sequence[Values]


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What the package is. `facts` are what a kind of package says beside (checks, counts …)."""

    kind: PackageKind
    schema: str
    program: str
    unit: str  # the uid's hex digits
    unit_name: str
    level: str
    year: int | None = None
    standard: str = ""
    sequence: int = 1
    replaces: str = ""  # the whole hash of the package before
    made_at: str = ""
    made_by: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)
    tables: tuple[TableEntry, ...] = ()
    hash: str = ""  # over all of the above

    def sealed(self, tables: Iterable[TableEntry]) -> Manifest:
        """With the tables that were written, and the hash over everything."""
        whole = replace(self, tables=tuple(tables), hash="")
        return replace(whole, hash=_whole_hash(whole))

    def rows_of(self, table: str) -> int | None:
        """How many rows a table of it has; None where it has no such table."""
        return next((one.rows for one in self.tables if one.name == table), None)

    @property
    def before(self) -> tuple[str, ...]:
        """The hashes of the packages it goes on from: its own one before, those of other copies."""
        return (*self.replaces.split(), *self.facts.get(GOES_ON_FROM, "").split())

    @property
    def content(self) -> str:
        """The same for two packages that differ in nothing their tables hold."""
        lines = (f"{one.name}\t{one.rows}\t{one.hash}" for one in self.tables)
        return hashlib.sha256("\n".join(lines).encode()).hexdigest()

    @property
    def seals(self) -> dict[str, str]:
        """Readable sheets by title, and the seals of their rows; none in an older package."""
        return self._of_sheets(SEAL)

    @property
    def looks(self) -> dict[str, str]:
        """Readable sheets by title, and the seals of what is printed around their cells."""
        return self._of_sheets(LOOK)

    @property
    def told(self) -> dict[str, str]:
        """The facts that seal nothing."""
        facts = self.facts.items()
        return {name: said for name, said in facts if not name.startswith((SEAL, LOOK))}

    def _of_sheets(self, prefix: str) -> dict[str, str]:
        facts = self.facts.items()
        return {name.removeprefix(prefix): said for name, said in facts if name.startswith(prefix)}

    @property
    def is_sound(self) -> bool:
        """Whether nothing in it was changed."""
        return self.hash == _whole_hash(replace(self, hash=""))


@dataclass(frozen=True, slots=True)
class Doubt:
    """A package to ask a commune about: it was made after the one that stands, though its number
    is lower (the register was restored from an older copy, or a clock is wrong); or it is a fork:
    the one that stands does not go on from it (two computers made packages, or one was restored).
    """

    number: int
    is_fork: bool


def _whole_hash(manifest: Manifest) -> str:
    lines = ("\t".join(row) for row in manifest_rows(manifest))
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def manifest_rows(manifest: Manifest) -> list[tuple[str, ...]]:
    """The rows of the manifest's sheet, as cell texts."""
    year = "" if manifest.year is None else str(manifest.year)
    plain = {
        "format": str(FORMAT),
        "kind": manifest.kind.value,
        "schema": manifest.schema,
        "program": manifest.program,
        "unit": manifest.unit,
        "unit_name": manifest.unit_name,
        "level": manifest.level,
        "year": year,
        "standard": manifest.standard,
        "sequence": str(manifest.sequence),
        "replaces": manifest.replaces,
        "made_at": manifest.made_at,
        "made_by": manifest.made_by,
    }
    rows = [(name, cell_text(value) or "") for name, value in plain.items()]
    facts = [("fact", name, cell_text(manifest.facts[name]) or "") for name in manifest.facts]
    tables = [("table", table.name, str(table.rows), table.hash) for table in manifest.tables]
    ends = [("hash", manifest.hash)] if manifest.hash else []
    return [*rows, *sorted(facts), *tables, *ends]


def format_of(rows: Iterable[Values]) -> int | None:
    """The format a manifest's sheet is written in, None where it is no manifest."""
    for row in rows:
        if row and row[0] == "format":
            said = row[1] if len(row) > 1 else None
            return int(said) if said and re.fullmatch("[0-9]{1,4}", said) else None
    return None


def manifest_of(rows: Iterable[Values]) -> Manifest:
    """The manifest of its sheet's rows.

    Raises ValueError for what is none of format 1: what it says can be taken for a unit, a year, a
    number and a moment.
    """
    plain: dict[str, str] = {}
    facts: dict[str, str] = {}
    tables: list[TableEntry] = []
    for row in rows:
        name, *rest = [value or "" for value in row]
        match name, rest:
            case "fact", [of, value, *_]:
                facts[of] = value_of(value) or ""
            case "table", [of, count, digest, *_]:
                tables.append(TableEntry(of, int(count), digest))
            case _, [value, *_]:
                plain[name] = value_of(value) or ""
    try:
        if plain.pop("format") != str(FORMAT):
            raise ValueError("format")
        year = plain.pop("year")
        found = Manifest(
            kind=PackageKind(plain.pop("kind")),
            year=int(year) if year else None,
            sequence=int(plain.pop("sequence")),
            facts=facts,
            tables=tuple(tables),
            **plain,
        )
    except (KeyError, TypeError) as error:
        raise ValueError(str(error)) from error
    _refuse_odd(found)
    return found


def _refuse_odd(manifest: Manifest) -> None:
    UUID(hex=manifest.unit)
    if manifest.made_at and datetime.fromisoformat(manifest.made_at).tzinfo:
        raise ValueError("made_at")
    if manifest.year is not None and not MINYEAR <= manifest.year <= MAXYEAR:
        raise ValueError("year")
    if not 0 <= manifest.sequence <= _MOST_NUMBER:
        raise ValueError("sequence")


# --- Rows --------------------------------------------------------------------------------------

# What XML forbids or folds, what Excel takes for an escape of its own, and our own sign.
_ODD = re.compile(r"[\\\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
_ESCAPED = re.compile(r"\\(?:u([0-9a-f]{4})|(.?))", re.DOTALL)
_EMPTY = "\\0"


def cell_text(value: str | None) -> str | None:
    """A value as the cells of a data sheet keep it; `value_of` is the inverse."""
    if value is None:
        return None
    if value == "":
        return _EMPTY
    return _ODD.sub(_escape, value)


def _escape(found: re.Match[str]) -> str:
    letter = found.group()
    return "\\\\" if letter == "\\" else f"\\u{ord(letter):04x}"


def value_of(text: str | None) -> str | None:
    """The value of a cell's text. Raises ValueError for an escape that is none."""
    if text is None or "\\" not in text:
        return text
    return "" if text == _EMPTY else _ESCAPED.sub(_letter, text)


def _letter(found: re.Match[str]) -> str:
    code, other = found.groups()
    if code:
        return chr(int(code, 16))
    if other != "\\":
        raise ValueError(found.group())
    return "\\"


def cell_texts(values: Values) -> list[str | None]:
    """`cell_text` of a whole row, fast where nothing is odd."""
    if _ODD.search("".join(value for value in values if value)) is None:
        return [_EMPTY if value == "" else value for value in values]
    return [cell_text(value) for value in values]


def row_line(texts: Values) -> bytes:
    """A row of cell texts as it is hashed; no cell text holds a tab or a line end."""
    return "\t".join([text or "" for text in texts]).encode() + b"\n"


def row_values(line: str) -> list[str | None]:
    """The values of a row that was hashed. Raises ValueError for an escape that is none."""
    texts: list[str | None] = [text or None for text in line.split("\t")]
    return [value_of(text) for text in texts] if "\\" in line else texts


def row_check(line: bytes) -> str:
    """What stands in the column CHECK of the row."""
    return hashlib.sha256(line).hexdigest()[:_CHECK_LETTERS]


def sheet_seal(rows: Iterable[Sequence[object]]) -> str:
    """The checks of a readable sheet's rows, from its first one to the last that says something."""
    lines = [row_line([_shown(cell) for cell in row]).rstrip() for row in rows]
    while lines and not lines[-1]:
        lines.pop()
    return "".join(map(row_check, lines))


def broken_row(seal: str, found: str) -> int | None:
    """The first row (from 1) in which two seals of a sheet differ."""
    if seal == found:
        return None
    rows = range(0, max(len(seal), len(found)), _CHECK_LETTERS)
    differ = (
        at for at in rows if seal[at : at + _CHECK_LETTERS] != found[at : at + _CHECK_LETTERS]
    )
    return next(differ) // _CHECK_LETTERS + 1


def _shown(cell: object) -> str:
    """What a cell shows, whichever program saved it: numbers to the digits that Excel keeps."""
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return f"{cell:.15g}"
    return " ".join(str(cell).split())


class TableHash:
    """The hash of a table, of its columns and rows in their order."""

    def __init__(self, name: str, columns: Sequence[str]) -> None:
        self.name = name
        self.rows = 0
        self._digest = hashlib.sha256(row_line(columns))

    def add(self, line: bytes) -> None:
        self.rows += 1
        self._digest.update(line)

    def entry(self) -> TableEntry:
        return TableEntry(self.name, self.rows, self._digest.hexdigest())


def pieces(texts: Sequence[str | None]) -> list[list[str | None]]:
    """The rows of cells that a row of texts needs: one, and more for texts too long for a cell."""
    longest = max(len(text) for text in texts if text)
    if longest <= _PIECE:
        return [list(texts)]
    starts = range(0, longest, _PIECE)
    return [[text[at : at + _PIECE] or None if text else None for text in texts] for at in starts]


def joined(rows: Iterable[list[str | None]]) -> Iterator[list[str | None]]:
    """The inverse of `pieces` over the rows of a sheet."""
    whole: list[str | None] | None = None
    for row in rows:
        if row[0] is None and whole is not None:
            parts = zip(whole, row, strict=True)
            whole = [f"{a or ''}{b}" if b else a for a, b in parts]
            continue
        if whole is not None:
            yield whole
        whole = row
    if whole is not None:
        yield whole


def sheet_name(table: str, number: int) -> str:
    """The name of the sheet that holds part `number` (from 1) of a table."""
    return f"{PREFIX}{table}" if number == 1 else f"{PREFIX}{table}.{number}"


def table_of(sheet: str) -> str | None:
    """The table of a data sheet's name; None for any other sheet."""
    return sheet.removeprefix(PREFIX).partition(".")[0] if sheet.startswith(PREFIX) else None
