"""Which words a paper prints: the program's, those of Word beside the data, those the data keep."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

import docx
import pytest

from giamngheo_desktop import paths
from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.errors import AppError, RefusedError
from giamngheo_desktop.domain.paper import PaperText
from giamngheo_desktop.exports.paper_template import paper_template
from giamngheo_desktop.reports import paper_templates
from giamngheo_desktop.reports.document import Paragraph, ReportDoc
from giamngheo_desktop.reports.meeting_package import package_docs
from giamngheo_desktop.reports.papers import make_paper
from giamngheo_desktop.services import undo
from giamngheo_desktop.storage.engine import Database
from tests.cli.commands.console import Commands
from tests.harness.paper_scene import TODAY, Scene, made
from tests.harness.register import Register, empty_database, make_register
from tests.harness.review import shipped
from tests.harness.unit_template import unit_template

PAPER = "mau_04"
NEW = "Vì sao xin thoát nghèo: "


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    with empty_database(tmp_path / "Sổ hộ.db") as database:
        yield make_register(database)


def doc(database: Database, definitions: Definitions | None = None) -> ReportDoc:
    (found,) = make_paper(database, definitions or shipped(), PAPER, today=TODAY)
    return found


def lines(found: ReportDoc) -> list[str]:
    return [piece.text for piece in found.body if isinstance(piece, Paragraph)]


def state(register: Register, definitions: Definitions | None = None) -> str:
    return paper_templates.state(register.database, definitions or shipped(), PAPER).state


def edit(path: Path) -> None:
    word = docx.Document(str(path))
    line = next(one for one in word.paragraphs if one.text.startswith("Lý do"))
    line.runs[0].text = NEW
    word.save(str(path))


def undo_last(register: Register) -> None:
    step = undo.next_step(register.database)
    assert step is not None
    undo.undo(register.database, register.context, step.group)


def test_an_edited_template_prints_at_once_and_nobody_is_sure_of_it(register: Register) -> None:
    args = (register.database, shipped())
    plain = doc(register.database)
    path = paper_templates.write(*args, PAPER)
    assert path == paths.templates_dir(register.database.path) / f"{PAPER}.docx"
    assert (doc(register.database), state(register)) == (plain, "unchecked")
    edit(path)
    assert paper_templates.states(*args, quick=True)[PAPER].state == "edited"
    changed = doc(register.database)
    assert any(line.startswith(NEW) for line in lines(changed))
    assert (state(register), changed.form_number) == ("edited", "")
    assert paper_templates.write(*args, PAPER) == path  # what was typed in Word stays
    assert doc(register.database) == changed

    paper_templates.confirm(*args, register.context, PAPER, " Mẫu số 04 ")
    assert (state(register), doc(register.database).form_number) == ("confirmed", "Mẫu số 04")
    shutil.rmtree(path.parent)  # the data alone, on another computer
    assert lines(doc(register.database)) == lines(changed)
    assert state(register) == "confirmed"
    paper_templates.write(*args, PAPER)
    assert state(register) == "confirmed"  # written anew from what the data keep

    undo_last(register)
    assert state(register) == "unchecked"
    paper_templates.reset(*args, register.context, PAPER)
    assert (state(register), doc(register.database)) == ("unchecked", plain)


def test_the_units_own_file_holds_until_it_is_taken_back(
    register: Register, tmp_path: Path
) -> None:
    args = (register.database, shipped())
    plain, own = doc(register.database), tmp_path / "Mẫu của xã.docx"
    own.write_bytes(unit_template(("{{Họ và tem}}", "{{relation}}")))
    with pytest.raises(RefusedError) as refused:
        paper_templates.use(*args, register.context, PAPER, own)
    assert refused.value.code == "template_wrong"
    own.write_bytes(unit_template())
    paper_templates.use(*args, register.context, PAPER, own)
    own.unlink()
    taken = doc(register.database)
    assert (state(register), taken.title) == ("own", ("GIẤY XÁC MINH",))
    assert taken.extra["certainty"] == "own"
    file = paper_templates.state(*args, PAPER).file
    assert file.is_file()
    undo_last(register)
    assert (state(register), doc(register.database)) == ("unchecked", plain)

    file.with_name(f"{PAPER}.docx").write_bytes(b"not a document")
    assert state(register) == "broken"
    with pytest.raises(AppError) as broken:
        doc(register.database)
    assert broken.value.code == "paper_template_broken"
    assert "Mẫu 04" in broken.value.params["label"]
    make_paper(register.database, shipped(), "mau_01", today=TODAY)  # the others print
    paper_templates.reset(*args, register.context, PAPER)
    assert doc(register.database) == plain


def newer() -> Definitions:
    """The next version of the program says something else in this paper."""
    paper = shipped().paper(PAPER)
    line = PaperText(text="Điều mới của chương trình.")
    newest = replace(paper, version=2, body=(*paper.body, line))
    return replace(shipped(), papers=MappingProxyType({**shipped().papers, PAPER: (newest,)}))


def test_another_paper_of_the_program_is_to_be_checked_again(register: Register) -> None:
    args = (register.database, shipped())
    path = paper_templates.write(*args, PAPER)
    # Nobody wrote into the template of the older program: it does not hold the new one back.
    assert lines(doc(register.database, newer()))[-1] == "Điều mới của chương trình."
    assert state(register, newer()) == "unchecked"
    assert paper_templates.write(register.database, newer(), PAPER) == path
    assert path.read_bytes() == paper_template(newer().paper(PAPER))
    path.unlink()
    paper_templates.confirm(*args, register.context, PAPER, "Mẫu số 04")
    assert (state(register), state(register, newer())) == ("confirmed", "changed")
    assert doc(register.database, newer()).form_number == ""


def test_the_meeting_package_prints_the_same_words(register: Register, tmp_path: Path) -> None:
    scene: Scene = made(register)
    base = shipped().paper("giay_moi")
    own = tmp_path / "giấy mời.docx"
    paper = replace(base, title=("GIẤY MỜI HỌP THÔN",))
    own.write_bytes(paper_template(paper))
    args = (register.database, shipped())
    paper_templates.use(*args, register.context, "giay_moi", own)
    docs = package_docs(*args, scene.review.uid, scene.review.village, today=TODAY)
    invitations = [one for one in docs if one.code == "giay_moi"]
    assert {one.title for one in invitations} == {("GIẤY MỜI HỌP THÔN",)}


def test_the_command_line_writes_checks_takes_and_gives_back(
    register: Register, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    register.database.checkpoint()
    run = Commands(capsys, tmp_path)
    db = ("--db", str(register.database.path))
    written = run("template", "write", PAPER, *db)
    path = Path(written.out.strip())
    assert (written.code, path.is_file()) == (0, True)
    own = tmp_path / "của xã.docx"
    own.write_bytes(unit_template(("{{Họ và tem}}", "{{relation}}")))
    wrong = run("template", "check", PAPER, own, *db)
    assert (wrong.code, "gần nhất: “Họ và tên”" in wrong.out) == (1, True)
    assert run("template", "use", PAPER, own, *db).code == 2
    own.write_bytes(unit_template())
    sound = run("template", "check", PAPER, own, "--json", *db)
    assert (sound.code, sound.json["problems"], len(sound.json["warnings"])) == (0, [], 2)
    for command, said in (
        (("use", PAPER, own), "mẫu riêng của đơn vị"),
        (("confirm", PAPER, "--number", "Mẫu 4"), "đã đối chiếu ngày"),
        (("reset", PAPER), "chưa đối chiếu"),
    ):
        done = run("template", *command, *db)
        assert (done.code, said in done.out) == (0, True)
    listed = run("template", "list", "--json", *db).json["papers"]
    assert [one["code"] for one in listed] == list(shipped().papers)
