"""Reads definitions of papers; refuses marks that are not closed and fields nobody fills."""

from __future__ import annotations

from pathlib import Path

from giamngheo_desktop.definitions.head import head_of
from giamngheo_desktop.definitions.loader import Table
from giamngheo_desktop.domain.paper import (
    Certainty,
    Head,
    PaperBreak,
    PaperColumn,
    PaperDef,
    PaperGrid,
    PaperPiece,
    PaperRows,
    PaperSigner,
    PaperText,
    Subject,
    spans,
)
from giamngheo_desktop.domain.paper_facts import unknown_names

_ALIGNS = {name: name for name in ("left", "center", "right", "justify")}
_FORMATS = {name: name for name in ("text", "count", "rate", "money")}


# The forms the law numbers, then the rest as a year needs them; one that is not named here follows.
_ORDER = (
    "mau_01",
    "quyet_dinh_cong_nhan",
    "giay_chung_nhan",
    "mau_04",
    "danh_sach_ra_soat",
    "phieu_a",
    "phieu_b",
    "phieu_thong_tin_ho",
    "bia_ho_so",
    "giay_moi",
    "bien_ban_hop",
    "phieu_bieu_quyet",
    "ket_qua_thon",
    "danh_sach_niem_yet",
    "thong_bao_niem_yet",
    "danh_sach_cong_nhan",
    "tra_loi_de_nghi",
    "confirmation",
    "confirmation_book",
)


def place_of(code: str) -> int:
    """Where a paper stands among all of them."""
    return _ORDER.index(code) if code in _ORDER else len(_ORDER)


def codes_in(folder: Path) -> list[str]:
    """The codes of the papers in a folder, in their order, without reading them."""
    return sorted(
        (file.stem for file in folder.glob("*.toml")), key=lambda one: (place_of(one), one)
    )


def paper_from(table: Table) -> PaperDef:
    """One paper file. Raises DefinitionError with file, table and key."""
    paper = PaperDef(
        **head_of(table),
        certainty=table.one_of("certainty", {kind.value: kind for kind in Certainty}),
        subject=table.one_of("subject", {kind.value: kind for kind in Subject}),
        head=table.one_of("head", {kind.value: kind for kind in Head}, Head.OFFICE),
        title=_marked(table, "title"),
        subtitle=_marked(table, "subtitle"),
        kind=table.text("kind", ""),
        series=table.text("series", ""),
        superior=_marked(table, "superior"),
        issuer=_marked(table, "issuer"),
        form_number=table.text("form_number", ""),
        corner=table.text("corner", ""),
        landscape=table.flag("landscape", False),
        size=table.integer("size", 13),
        copies=table.integer("copies", 1),
        close=table.flag("close", False),
        results=table.flag("results", False),
        body=tuple(_piece(piece) for piece in table.tables("body")),
        signers=tuple(_signer(signer) for signer in table.tables("signers")),
        recipients=_marked(table, "recipients"),
        attached=table.texts("attached"),
    )
    table.finish()
    if not paper.body:
        table.fail("definition_missing_key", "body")
    for name in unknown_names(paper):
        table.fail("definition_unknown_field", "body", value=name, subject=paper.subject.value)
    return paper


def _piece(table: Table) -> PaperPiece:
    piece: PaperPiece
    if "rows" in table:
        piece = PaperRows(
            rows=table.text("rows"),
            columns=tuple(_column(column) for column in table.tables("columns")),
            lines=table.integer("lines", 0),
            spare=table.integer("spare", 0),
            final=table.flag("final", False),
            title=table.text("title", ""),
            empty=table.text("empty", ""),
            number=table.text("number", "TT"),
            when=table.text("when", ""),
        )
        fields = [leaf.field for leaf in piece.leaves()]
        if len(set(fields)) < len(fields) or "" in fields or not fields:
            table.fail("definition_repeated_key", "columns")
    elif "columns" in table:
        piece = PaperGrid(
            columns=tuple(_column(column) for column in table.tables("columns")),
            lines=tuple(line.texts("cells") for line in table.tables("lines")),
            title=table.text("title", ""),
            when=table.text("when", ""),
        )
        width = len(piece.leaves())
        if width == 0 or any(len(line) != width for line in piece.lines):
            table.fail("definition_repeated_key", "columns")
        for text in piece.texts():
            _marked_text(table, "lines", text)
    elif table.flag("break", False):
        piece = PaperBreak(when=table.text("when", ""))
    else:
        _marked_text(table, "text", table.text("text"))
        piece = PaperText(
            text=table.text("text"),
            align=table.one_of("align", _ALIGNS, "justify"),
            size=table.integer("size", 0),
            first_line=table.integer("first_line", 0),
            left=table.integer("left", 0),
            above=table.integer("above", 3),
            each=table.text("each", ""),
            when=table.text("when", ""),
            with_next=table.flag("with_next", False),
        )
    table.finish()
    return piece


def _column(table: Table) -> PaperColumn:
    columns = tuple(_column(column) for column in table.tables("columns"))
    column = PaperColumn(
        label=table.text("label"),
        field=table.text("field", ""),
        format=table.one_of("format", _FORMATS, "text"),
        weight=table.integer("weight", 10),
        align=table.one_of("align", _ALIGNS, "") if "align" in table else "",
        number=table.text("number", ""),
        columns=columns,
    )
    table.finish()
    return column


def _signer(table: Table) -> PaperSigner:
    signer = PaperSigner(
        titles=_marked(table, "titles"),
        hint=table.text("hint", ""),
        name=table.text("name", ""),
    )
    _marked_text(table, "name", signer.name)
    table.finish()
    return signer


def _marked(table: Table, key: str) -> tuple[str, ...]:
    lines = table.texts(key)
    for line in lines:
        _marked_text(table, key, line)
    return lines


def _marked_text(table: Table, key: str, text: str) -> None:
    try:
        spans(text)
    except ValueError:
        table.fail("definition_value", key, value=text, allowed="**…**, __…__")
