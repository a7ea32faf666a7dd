"""A paper written as a Word template and read back is the same paper; a foreign file is judged."""

from __future__ import annotations

import copy
import io
import re
import shutil
import subprocess
import zipfile
from datetime import date
from random import Random

import docx
import pytest
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st

from giamngheo_desktop.definitions.paper_text import fingerprint, paper_of, paper_text
from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.domain.paper import (
    Certainty,
    Head,
    PaperBreak,
    PaperColumn,
    PaperDef,
    PaperGrid,
    PaperRows,
    PaperSigner,
    PaperText,
    Subject,
    canonical,
    spans,
)
from giamngheo_desktop.domain.paper_facts import KNOWN, Facts
from giamngheo_desktop.exports.paper_marks import Marks
from giamngheo_desktop.exports.paper_template import paper_template
from giamngheo_desktop.exports.paper_template_read import TemplateRead, read_template
from giamngheo_desktop.exports.template_child import read_foreign
from giamngheo_desktop.exports.word_text import Line, Stretch
from giamngheo_desktop.reports.document import Paragraph, Table
from giamngheo_desktop.reports.fill import fill
from tests.harness.review import shipped
from tests.harness.unit_template import unit_template

CODES = sorted(shipped().papers)
GUIDE_MARKS = ("tên", "danh sách")  # what its sentences put for a name


def again(paper: PaperDef) -> TemplateRead:
    return read_template(paper_template(paper), paper)


def told(paper: PaperDef) -> Facts:
    """Something for every field, two rows in every list."""
    known = KNOWN[paper.subject]
    rows = {
        name: [{field: f"{label} {number}" for field, label in fields.items()} for number in "12"]
        for name, fields in known.rows.items()
    }
    return Facts(dict(known.fields), rows, date(2026, 12, 31))


@pytest.mark.parametrize("code", CODES)
def test_every_paper_comes_back_as_it_was(code: str) -> None:
    paper = shipped().paper(code)
    found = again(paper)
    assert (found.problems, found.warnings) == ((), ())
    assert found.paper == canonical(paper)
    assert found.origin == fingerprint(paper)
    assert fill(found.paper, told(paper)) == fill(paper, told(paper))
    assert fill(found.paper) == fill(paper)


@pytest.mark.parametrize("code", CODES)
def test_every_mark_of_a_template_is_vietnamese(code: str) -> None:
    """Those of the paper, its lists and conditions, and of the guide behind it."""
    paper = shipped().paper(code)
    word = docx.Document(io.BytesIO(paper_template(paper)))
    lines = ["".join(part.text or "" for part in line.iter(qn("w:t")))
             for line in word.element.body.iter(qn("w:p"))]  # fmt: skip
    known = KNOWN[paper.subject]
    spoken = {label for fields in (known.conditions, *known.rows.values())
              for label in fields.values()} | set(GUIDE_MARKS)  # fmt: skip
    marks = re.findall(r"\{\{[*?!]*([^{}]*)\}\}", "\n".join(lines))
    without = {re.sub(r":(\d+(\+\d+)?!?|số|tỷ lệ|tiền)$", "", mark) for mark in marks} - spoken
    assert without == set()
    names = {*known.conditions, *(name for fields in known.rows.values() for name in fields)}
    assert not names & set("\n".join(lines).split())


@pytest.mark.parametrize("subject", Subject)
def test_names_and_meanings_are_one_mark(subject: Subject) -> None:
    """Files of before have the names; no meaning is that of two."""
    known, marks = KNOWN[subject], Marks(KNOWN[subject])
    for mark, names in (("{{%s}}", known.fields), ("{{?!%s}}", known.conditions),
                        ("{{*%s:3+2}}", known.lists), ("{{!%s}}", known.lists)):  # fmt: skip
        for name, label in names.items():
            written = [marks.line(Line(stretches=(Stretch(mark % one),))) for one in (name, label)]
            assert written[0] == written[1]
            assert name in str(written[0])
    for each, fields in known.rows.items():
        for name, label in fields.items():
            line = Line(stretches=(Stretch(f"{{{{*{known.lists[each]}}}}}{{{{{label}}}}}"),))
            assert marks.line(line).text == f"{{{name}}}"
    assert marks.problems == []


def test_words_that_word_parted_are_joined() -> None:
    """Every run in letters of its own, as after corrections and a spelling checker."""
    paper = shipped().paper("mau_01")
    word = docx.Document(io.BytesIO(paper_template(paper)))
    for run in list(word.element.body.iter(qn("w:r"))):
        texts = run.findall(qn("w:t"))
        if len(texts) != 1 or not texts[0].text or run.find(qn("w:br")) is not None:
            continue
        for letter in texts[0].text[1:][::-1]:
            other = copy.deepcopy(run)
            part = other.find(qn("w:t"))
            part.text = letter
            part.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
            run.addnext(other)
        texts[0].text = texts[0].text[:1]
    target = io.BytesIO()
    word.save(target)
    assert read_template(target.getvalue(), paper).paper == canonical(paper)


NAMES = sorted(KNOWN[Subject.APPLICATION].fields)
WORDS = st.text("aă ộ,.:\u2003(5", min_size=1, max_size=12).filter(str.strip)
FIELD = st.builds(
    lambda name, dots: f"{{{name}}}" if dots is None else f"{{{name}:{dots}}}",
    st.sampled_from(NAMES),
    st.none() | st.integers(0, 300),
)


@settings(max_examples=60)
@given(st.lists(WORDS | FIELD, min_size=1, max_size=5), st.integers(), st.booleans())
def test_a_mark_is_found_however_its_letters_are_parted(
    parts: list[str], seed: int, faces: bool
) -> None:
    text = "".join(parts)
    written = "".join(f"{{{part}}}" if part[0] == "{" else part for part in parts)
    chance = Random(seed)
    stretches, rest = [], written
    while rest:
        length = chance.randint(1, 4)
        look = (chance.random() < 0.5, chance.random() < 0.5) if faces else (False, False)
        stretches.append(Stretch(rest[:length], *look))
        rest = rest[length:]
    marks = Marks(KNOWN[Subject.APPLICATION])
    found = marks.line(Line(stretches=tuple(stretches)))
    assert marks.problems == []
    assert "".join(one.written for one in spans(found.text)) == "".join(
        one.written for one in spans(text)
    )


MARKED = st.lists(
    st.tuples(st.sampled_from(["", "**", "__"]), WORDS | FIELD), min_size=1, max_size=3
).map(lambda parts: "x" + "".join(f"{mark}{text}{mark}" for mark, text in parts) + "x")
LABEL = st.text("aăộ5", min_size=2, max_size=6)
WHEN = st.sampled_from(["", "head.phone", "!reasons"])


def columns(fields: list[str]) -> st.SearchStrategy[tuple[PaperColumn, ...]]:
    leaves = [
        st.builds(
            PaperColumn,
            label=LABEL,
            field=st.just(field),
            format=st.sampled_from(["text", "count"]),
            weight=st.integers(5, 40),
            align=st.sampled_from(["", "center"]),
        )
        for field in fields
    ]
    first, second, third = leaves
    group = st.builds(PaperColumn, label=LABEL, columns=st.tuples(second, third))
    return st.tuples(*leaves) | st.tuples(first, group)


TEXT = st.builds(
    PaperText,
    text=MARKED,
    align=st.sampled_from(["left", "justify", "right"]),
    size=st.sampled_from([0, 11, 14]),
    first_line=st.integers(0, 20),
    left=st.integers(0, 20),
    above=st.integers(0, 20),
    when=WHEN,
    with_next=st.booleans(),
)
ROWS = st.builds(
    PaperRows,
    rows=st.just("members"),
    columns=columns(["name", "birth", "relation"]),
    lines=st.integers(0, 12),
    spare=st.integers(0, 5),
    final=st.booleans(),
    title=st.just("") | MARKED.map(lambda text: text.replace("**", "").replace("__", "")),
    empty=st.sampled_from(["", "Không có ai"]),
    when=WHEN,
)
PIECES = st.lists(TEXT | ROWS | st.builds(PaperBreak, when=WHEN), max_size=5)
SIGNER = st.builds(
    PaperSigner,
    titles=st.lists(LABEL.map(str.upper), min_size=1, max_size=2).map(tuple),
    hint=st.sampled_from(["", "(Ký, đóng dấu)"]),
    name=st.sampled_from(["", "{signer.name}", "Đinh Văn Thử"]),
)
PAPER = st.builds(
    PaperDef,
    code=st.just("thu"),
    version=st.just(1),
    label=st.just("Giấy thử"),
    valid_from=st.just(date(2021, 9, 1)),
    valid_to=st.none(),
    legal_basis=st.just("không có"),
    certainty=st.sampled_from(Certainty),
    subject=st.just(Subject.APPLICATION),
    head=st.sampled_from(Head),
    title=st.lists(LABEL, min_size=1, max_size=2).map(tuple),
    subtitle=st.lists(LABEL, max_size=2).map(tuple),
    corner=st.sampled_from(["", "Mã: {head.name:8}", "Mã:\nSố: {head.phone}"]),
    landscape=st.booleans(),
    body=PIECES.map(lambda pieces: (PaperText(text="Kính gửi"), *pieces, PaperText(text="hết"))),
    signers=st.lists(SIGNER, max_size=3).map(tuple),
    recipients=st.sampled_from([(), ("– Như trên;", "– Lưu.")]),
)


@settings(max_examples=8)
@given(PAPER)
def test_any_paper_comes_back_as_it_was(paper: PaperDef) -> None:
    assert paper_of(paper_text(paper), "thử") == canonical(paper)
    found = again(paper)
    assert found.problems == ()
    assert found.paper == canonical(paper)


def test_a_table_of_standing_texts_comes_back() -> None:
    cells = (("Chủ hộ", "{head.name:30}"), ("", "cũ"))
    grid = PaperGrid(
        columns=(PaperColumn(label="Mục", field="c0", weight=40),
                 PaperColumn(label="Ghi", field="c1", weight=60)),
        lines=cells,
        title="Bảng",
        when="head.phone",
    )  # fmt: skip
    paper = PaperDef(
        code="thu", version=1, label="Thử", valid_from=date(2021, 9, 1), valid_to=None,
        legal_basis="không", certainty=Certainty.OWN, subject=Subject.APPLICATION,
        head=Head.OFFICE, superior=("UBND XÃ",), issuer=("BAN GIẢM NGHÈO", "{commune.name}"),
        kind="TB", title=("GIẤY",), body=(grid,),
    )  # fmt: skip
    assert again(paper).paper == canonical(paper) == paper_of(paper_text(paper), "thử")
    facts = Facts({"head.name": "An", "head.phone": "09", "commune.name": "Sơn Tây"})
    doc = fill(paper, facts)
    assert doc.letterhead is not None
    assert doc.letterhead.issuer == ("BAN GIẢM NGHÈO", "Sơn Tây")
    (table,) = doc.tables
    assert [(row.labels, row.cells[0].value) for row in table.rows] == [
        (("Chủ hộ",), "An"),
        (("",), "cũ"),
    ]


def test_a_file_of_the_unit_without_our_marks_is_a_paper() -> None:
    base = shipped().paper("mau_04")
    found = read_template(unit_template(), base)
    assert found.problems == ()
    assert set(found.warnings) == {"tab", "numbering"}
    paper = found.paper
    assert (paper.head, paper.superior, paper.issuer) == (
        Head.OFFICE, ("UBND XÃ SƠN TÂY",), ("BAN GIẢM NGHÈO",),
    )  # fmt: skip
    assert (paper.series, paper.title) == ("BC-BGN", ("GIẤY XÁC MINH",))
    assert paper.subtitle == ("Hoàn cảnh của hộ gia đình",)
    assert paper.recipients == ("- Như trên;", "- Lưu VT.")
    (signer,) = paper.signers
    assert (signer.titles, signer.name) == (("TRƯỞNG BAN",), "Đinh Văn Thử")
    doc = fill(paper, told(base))
    lines = [piece.text for piece in doc.body if isinstance(piece, Paragraph)]
    assert lines[0] == "Chủ hộ: Họ tên chủ hộ sinh ngày Ngày sinh chủ hộ"
    assert lines[1].startswith("Nghề nghiệp:......")
    assert lines[2:] == ["1. Ở nhà thuê", "2. Ở nhờ"]
    (table,) = (piece for piece in doc.body if isinstance(piece, Table))
    assert [(row.labels, [cell.value for cell in row.cells]) for row in table.rows] == [
        (("1",), ["Họ và tên 1", "Quan hệ với chủ hộ 1", ""]),
        (("2",), ["Họ và tên 2", "Quan hệ với chủ hộ 2", ""]),
    ]


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        (("{{Họ và tem}}", "{{relation}}"), "unknown_field"),
        (("{{name}} ông", "{{relation}}"), "cell_of_two"),
        (("{{name}}", "{{Họ và tên}}"), "twice_in_row"),
        (("{{name}}", "{{relation}"), "cell_of_two"),
    ],
)
def test_what_is_wrong_with_a_file_is_named(fields: tuple[str, str], code: str) -> None:
    found = read_template(unit_template(fields), shipped().paper("mau_04"))
    assert [one.code for one in found.problems] == [code]


def test_a_broken_or_monstrous_file_is_one_sentence() -> None:
    base = shipped().paper("mau_04")
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("word/document.xml", bytes(61 * 1024 * 1024))
    for data, code in (
        (b"not a document", "template_unreadable"),
        (bomb.getvalue(), "template_too_big"),
    ):
        with pytest.raises(AppError) as refused:
            read_foreign(data, "mẫu.docx", base)
        assert refused.value.code == code


@pytest.mark.long
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_a_template_saved_by_libreoffice_is_the_same_paper(tmp_path) -> None:
    written = []
    for code in CODES:
        path = tmp_path / f"{code}.docx"
        path.write_bytes(paper_template(shipped().paper(code)))
        written.append(str(path))
    for form in ("docx:MS Word 2007 XML", "pdf"):
        command = ["soffice", "--headless", "--convert-to", form, "--outdir", "again", *written]
        subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, timeout=300)
    for code in CODES:
        paper = shipped().paper(code)
        assert (tmp_path / "again" / f"{code}.pdf").stat().st_size > 0
        found = read_template((tmp_path / "again" / f"{code}.docx").read_bytes(), paper)
        assert (found.problems, found.warnings) == ((), ()), code
        assert found.paper == canonical(paper), code
