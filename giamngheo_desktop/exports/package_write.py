"""Writes a package: a workbook of readable sheets, with sheets of data and the manifest behind."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import IO
from xml.sax.saxutils import escape, quoteattr

from giamngheo_desktop.domain.package import (
    CHECK,
    LOOK,
    MANIFEST,
    MOST_ROWS,
    SEAL,
    DataTable,
    Manifest,
    PackageKind,
    ReadableSheet,
    TableEntry,
    TableHash,
    cell_texts,
    manifest_rows,
    pieces,
    row_check,
    row_line,
    sheet_name,
    sheet_seal,
)
from giamngheo_desktop.exports.fixed_zip import member
from giamngheo_desktop.exports.package_child import shown_rows, shown_sheets
from giamngheo_desktop.exports.package_looks import looks
from giamngheo_desktop.reports.fonts import printable

Step = Callable[[], None]  # called now and then; may raise Cancelled

_OFTEN = 1000  # rows between two steps, and of one write
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_TYPES, _BOOK, _BOOK_RELS = "[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
_START = f'<?xml version="1.0" encoding="UTF-8"?>\n<worksheet xmlns="{_MAIN}">'
_HEAD = f"{_START}<sheetData>".encode()
_FROZEN = (
    '<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" '
    'activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
)
_FITTED = '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>'  # as wide as a page
_TAIL = b"</sheetData></worksheet>"
_PRINTED = (
    b'</sheetData><pageMargins left="0.5" right="0.5" top="0.6" bottom="0.6" header="0.3" '
    b'footer="0.3"/><pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/></worksheet>'
)
_WIDEST = 40  # signs of a column; a longer text goes on over empty cells


def write_package(
    book: bytes,
    manifest: Manifest,
    tables: Iterable[DataTable],
    step: Step | None = None,
    readable: Iterable[ReadableSheet] = (),
) -> tuple[bytes, Manifest]:
    """The workbook's bytes and its sealed manifest; `book` is the workbook of readable sheets,
    behind which the plain `readable` ones stand.

    The same content gives the same bytes. Rows are read once and not kept.
    """
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(book)) as old,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            if name not in (_TYPES, _BOOK, _BOOK_RELS):
                new.writestr(member(name), old.read(name))
        sheets = _Sheets(new)
        for shown in readable:
            _write_readable(sheets, shown, step)
        entries = [_write_table(sheets, table, step) for table in tables]
        last = sheets.add(MANIFEST, "hidden")
        for name, end, added in (
            (_BOOK_RELS, "</Relationships>", sheets.relations()),
            (_BOOK, "</sheets>", sheets.entries()),
            (_TYPES, "</Types>", sheets.types()),
        ):
            text = old.read(name).decode()
            new.writestr(member(name), text.replace(end, added + end))
    seals = {} if manifest.kind is PackageKind.VILLAGE else _seals(target.getvalue())
    sealed = replace(manifest, facts={**manifest.facts, **seals}).sealed(entries)
    with zipfile.ZipFile(target, "a", zipfile.ZIP_DEFLATED) as new, _SheetFile(new, last) as sheet:
        for row in manifest_rows(sealed):
            sheet.write(b"".join(map(_row, pieces([*row, *[None] * (4 - len(row))]))))
    return target.getvalue(), sealed


def _seals(data: bytes) -> dict[str, str]:
    """The facts that seal the readable sheets, of what a reader reads in them; the workbook may
    still want its manifest.
    """
    from python_calamine import load_workbook

    book = load_workbook(io.BytesIO(data))
    names = shown_sheets(book)
    seals = {SEAL + name: sheet_seal(shown_rows(book, name)) for name in names}
    return seals | {LOOK + name: look.seal for name, look in looks(data, names).items()}


class _Sheets:
    """The sheets that are added to the workbook."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._names: list[tuple[str, str]] = []

    def begin(
        self, name: str, head: bytes = _HEAD, state: str = "hidden", tail: bytes = _TAIL
    ) -> _SheetFile:
        return _SheetFile(self._archive, self.add(name, state), head, tail)

    def add(self, name: str, state: str) -> str:
        """Where the sheet is to be written."""
        self._names.append((name, state))
        return f"xl/worksheets/data{len(self._names)}.xml"

    def relations(self) -> str:
        return "".join(
            f'<Relationship Type="{_RELS}/worksheet" Target="/xl/worksheets/data{at}.xml" '
            f'Id="rIdData{at}"/>'
            for at, _ in enumerate(self._names, 1)
        )

    def entries(self) -> str:
        return "".join(
            f'<sheet xmlns:r="{_RELS}" name={quoteattr(name)} sheetId="{1000 + at}" '
            f'state="{state}" r:id="rIdData{at}"/>'
            for at, (name, state) in enumerate(self._names, 1)
        )

    def types(self) -> str:
        return "".join(
            f'<Override PartName="/xl/worksheets/data{at}.xml" ContentType="{_TYPE}"/>'
            for at, _ in enumerate(self._names, 1)
        )


class _SheetFile:
    """One sheet being written, row by row."""

    def __init__(
        self, archive: zipfile.ZipFile, path: str, head: bytes = _HEAD, tail: bytes = _TAIL
    ) -> None:
        self._file: IO[bytes] = archive.open(member(path), "w", force_zip64=True)
        self._head, self._tail = head, tail

    def __enter__(self) -> _SheetFile:
        self._file.write(self._head)
        return self

    def __exit__(self, failed: type[BaseException] | None, *_: object) -> None:
        if failed is None:
            self._file.write(self._tail)
        self._file.close()

    def write(self, rows: bytes) -> None:
        self._file.write(rows)


def _write_table(sheets: _Sheets, table: DataTable, step: Step | None) -> TableEntry:
    """A table on as many sheets as it needs; one without rows has its headings."""
    digest = TableHash(table.name, table.columns)
    rows = _physical(table, digest)
    heading = _row([*table.columns, CHECK])
    held: list[bytes] = []
    number, more = 0, True
    while more:
        number += 1
        more = False
        with sheets.begin(sheet_name(table.name, number)) as sheet:
            sheet.write(heading)
            count = 0
            for record in rows:
                held.append(b"".join(map(_row, record)))
                count += len(record)
                if len(held) >= _OFTEN:
                    sheet.write(b"".join(held))
                    held.clear()
                    if step is not None:
                        step()
                if count >= MOST_ROWS:
                    more = True
                    break
            sheet.write(b"".join(held))
            held.clear()
    return digest.entry()


def _write_readable(sheets: _Sheets, shown: ReadableSheet, step: Step | None) -> None:
    rows = [
        [printable(cell) if isinstance(cell, str) else cell for cell in row] for row in shown.rows
    ]
    columns = "".join(
        f'<col min="{at}" max="{at}" width="{_width(cells)}" customWidth="1"/>'
        for at, cells in enumerate(zip(shown.headings, *rows, strict=True), 1)
    )
    head = f"{_START}{_FITTED}{_FROZEN}<cols>{columns}</cols><sheetData>".encode()
    with sheets.begin(shown.title, head, "visible", _PRINTED) as sheet:
        sheet.write(_row(shown.headings))
        for number, row in enumerate(rows, 1):
            sheet.write(_row(row))
            if step is not None and number % _OFTEN == 0:
                step()


def _width(cells: Iterable[str | int]) -> int:
    """Of a column that shows each of its cells, in signs; some room for wide letters."""
    return min(_WIDEST, max(len(str(cell)) for cell in cells) + 2)


def _physical(table: DataTable, digest: TableHash) -> Iterator[list[list[str | None]]]:
    """The rows of cells for each record, with its check."""
    for values in table.rows:
        texts = cell_texts(values)
        line = row_line(texts)
        digest.add(line)
        yield pieces([*texts, row_check(line)])


def _row(texts: Sequence[str | int | None]) -> bytes:
    """A row's XML. Cells name no place: ten thousand rows would be a third larger."""
    cells = ["<row>"]
    for text in texts:
        if text is None or text == "":
            cells.append("<c/>")
        elif isinstance(text, int):
            cells.append(f"<c><v>{text}</v></c>")
        else:
            kept = "" if text == text.strip() else ' xml:space="preserve"'
            if "<" in text or "&" in text or ">" in text:
                text = escape(text)
            cells.append(f'<c t="inlineStr"><is><t{kept}>{text}</t></is></c>')
    cells.append("</row>")
    return "".join(cells).encode()
