"""A stored document is the document: equal value, equal files, in a format that can be read."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from giamngheo_desktop.domain.errors import RefusedError
from giamngheo_desktop.reports import make
from giamngheo_desktop.reports.document import (
    Align,
    Cell,
    Column,
    Letterhead,
    NumberFormat,
    PageBreak,
    Paragraph,
    ReportDoc,
    Row,
    Run,
    Signature,
    Source,
    Table,
)
from giamngheo_desktop.reports.stored_doc import FORMAT, loaded, stored

TEXTS = st.text(st.sampled_from('aăâđê ếộ“0,./–\n"\\'), max_size=12)
WORDS = st.text(st.sampled_from("aăâđêếộ"), min_size=1, max_size=8)
DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))
SOURCES = st.builds(
    Source,
    measure=WORDS,
    unit=st.none() | st.uuids(),
    year=st.none() | st.integers(2016, 2035),
    as_of=st.none() | DAYS,
    denominator=TEXTS,
    edition=st.none() | st.integers(1, 9),
)
RATES = st.integers(0, 10_000).map(lambda number: Decimal(number).scaleb(-2))
CELLS = st.one_of(
    TEXTS.map(Cell.of_text),
    st.builds(Cell.of_count, st.none() | st.integers(0, 10**12), SOURCES),
    st.builds(Cell, RATES, source=SOURCES, numerator=st.integers(0, 99)),
    st.builds(Cell.of_count, st.integers(0, 5), SOURCES, upper=st.integers(6, 9)),
    st.builds(Cell.of_missing, st.just("no_data"), st.none() | SOURCES),
)
LEAVES = (
    Column("Số hộ", "count", "1", zero="-"),
    Column("Tỷ lệ", "rate", "2", "2=1/1*100", NumberFormat.RATE, Align.CENTER, 12),
)


@st.composite
def tables(draw: st.DrawFn) -> Table:
    rows = st.builds(
        Row,
        st.tuples(TEXTS, TEXTS),
        st.tuples(CELLS.filter(_fits), CELLS.filter(_fits)),
        st.integers(0, 2),
        st.sampled_from(("", "ho", "khau")),
        st.none() | st.uuids(),
        st.none() | st.booleans(),
    )
    return Table(
        labels=(Column("TT", "tt", format=NumberFormat.TEXT), Column("Thôn", "name")),
        columns=(Column("Hộ nghèo", columns=LEAVES),) if draw(st.booleans()) else LEAVES,
        rows=tuple(draw(st.lists(rows, max_size=4))),
        title=draw(TEXTS),
        number_row=draw(st.booleans()),
    )


def _fits(cell: Cell) -> bool:
    """A rate column prints two places and no more."""
    return not isinstance(cell.value, int) or cell.value < 10**9


PARAGRAPHS = st.builds(
    Paragraph,
    runs=st.lists(st.builds(Run, WORDS, st.booleans(), st.booleans()), max_size=3).map(tuple),
    align=st.sampled_from(Align),
    size=st.sampled_from((13, 13.0, 11.5, 12)),
    left=st.sampled_from((0, 0.0, 7.5)),
)
DOCUMENTS = st.builds(
    ReportDoc,
    code=WORDS,
    title=st.tuples(WORDS),
    body=st.lists(
        st.one_of(tables(), PARAGRAPHS, st.just(PageBreak())), min_size=1, max_size=3
    ).map(tuple),
    subtitle=st.lists(TEXTS, max_size=2).map(tuple),
    letterhead=st.none()
    | st.builds(Letterhead, issuer=st.tuples(WORDS), number=TEXTS, place_date=TEXTS),
    landscape=st.booleans(),
    close=st.booleans(),
    notes=st.lists(TEXTS, max_size=2).map(tuple),
    signatures=st.lists(st.builds(Signature, titles=st.tuples(WORDS), name=TEXTS), max_size=2).map(
        tuple
    ),
    data_date=st.none() | DAYS,
    footer=TEXTS,
    extra=st.dictionaries(WORDS, TEXTS, max_size=2),
)


@given(DOCUMENTS)
def test_what_is_read_back_is_what_was_stored(doc: ReportDoc) -> None:
    text = stored((doc,))
    (found,) = loaded(text)
    assert found == doc
    assert repr(found) == repr(doc)  # 13 and 13.0 are equal, but draw the same only by luck
    assert stored((found,)) == text


@settings(max_examples=20, deadline=None)
@given(DOCUMENTS)
def test_its_pdf_has_the_same_bytes(doc: ReportDoc) -> None:
    (found,) = loaded(stored((doc,)))
    assert make.render(found, "pdf") == make.render(doc, "pdf")


def test_format_1_is_read_for_ever() -> None:
    """Written once by hand: what is stored must not be understood otherwise later."""
    text = (
        '{"format":1,"value":[{"ReportDoc":{"code":"BC1","title":["BIỂU"],"body":[{"Table":{'
        '"labels":[{"Column":{"label":"Thôn","key":"name","format":{"NumberFormat":"text"}}}],'
        '"columns":[{"Column":{"label":"Hộ","key":"n"}}],"rows":[{"Row":{"labels":["A"],"cells":['
        '{"Cell":{"value":{"Decimal":"3.10"},"source":{"Source":{"measure":"poor","unit":'
        '{"UUID":"00000000-0000-0000-0000-000000000007"}}}}}]}}]}},{"PageBreak":{}}],'
        '"data_date":{"date":"2026-12-31"},"extra":{"map":{"year":"2026"}}}}]}'
    )
    table = Table(
        labels=(
            Column("Thôn", "name", "", "", NumberFormat.TEXT, None, 10, "", "–", ()),
        ),
        columns=(Column("Hộ", "n", "", "", NumberFormat.COUNT, None, 10, "", "–", ()),),
        rows=(
            Row(
                ("A",),
                (
                    Cell(
                        Decimal("3.10"), None, "", Source(measure="poor", unit=UUID(int=7)), None,
                        None,
                    ),
                ),
                1, "", None, None,
            ),
        ),
        title="", unit="", name_at=1, number_row=True, empty="",
    )  # fmt: skip
    doc = ReportDoc(
        code="BC1", title=("BIỂU",), body=(table, PageBreak()), subtitle=(), letterhead=None,
        form_number="", landscape=True, close=False, notes=(), recipients=(), signatures=(),
        data_date=date(2026, 12, 31), footer="", extra={"year": "2026"},
    )  # fmt: skip
    assert loaded(text) == (doc,)
    assert stored((doc,)) == text


@pytest.mark.parametrize(
    "text",
    ["", "[]", '{"format":1,"value":{"Nobody":{}}}', '{"format":1,"value":[{"ReportDoc":{}}]}'],
)
def test_what_is_no_document_is_refused(text: str) -> None:
    with pytest.raises(RefusedError, match="issued_unreadable"):
        loaded(text)


def test_a_later_format_asks_for_a_newer_program() -> None:
    with pytest.raises(RefusedError, match="issued_newer"):
        loaded(json.dumps({"format": FORMAT + 1, "value": 1}))


def test_only_known_types_are_stored() -> None:
    with pytest.raises(TypeError):
        stored(object())
