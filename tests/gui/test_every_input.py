"""Everything that can be typed into: UniKey arrives whole, nothing is lost, Ctrl+Z waits."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import count

import pytest
from PySide6.QtWidgets import QDialog, QLineEdit, QPlainTextEdit, QWidget

from giamngheo_desktop import paths
from giamngheo_desktop.gui.draft_dialog import DraftDialog
from giamngheo_desktop.gui.exchange.passphrase_dialog import AskPassphrase, NewPassphrase
from giamngheo_desktop.gui.forms.pick_edit import ListEdit
from giamngheo_desktop.gui.grid.edit_grid import EditGrid
from giamngheo_desktop.gui.help.help_window import HelpWindow
from giamngheo_desktop.gui.main_window import MainWindow
from giamngheo_desktop.gui.review.paper_form import PaperForm
from giamngheo_desktop.gui.search_box import SearchBox
from giamngheo_desktop.gui.settings.section import TypedSection
from giamngheo_desktop.services import drafts
from tests.gui import input_walk
from tests.gui.every_input import GROUPS
from tests.gui.input_walk import Walk
from tests.gui.inputs import classes_below, inputs, kinds_of, modules_of, modules_of_inputs
from tests.harness.examples import examples
from tests.harness.register import dump, living
from tests.harness.unikey import BACK, NAMES, press, telex, vni

CLASSIC = ("d", BACK + "đ", " ", "ho", "a", BACK * 2 + "òa", " ")
WAITS = "Đang nhập dở ở đây: lưu, hoặc bỏ phần vừa gõ đã."
# What is typed here finds or filters what is there already, or is counted and not written: no
# form. Of a paper screened (Phiếu A) the name goes with the answer pressed beside it, and the day
# of new facts is kept as soon as it is one.
LOOKS = {
    "help_search", "book_search", "report_search", "find_words", "filter_text", "filter_day",
    "as_of", "form_to_open", "pile_code", "pile_codes", "paper_forms", "paper_persons",
    "pile_day", "screen_by", "household header: since", "bridge_day",
    "record_search", "list_search", "event_search",
}  # fmt: skip
# What locks a package is written down nowhere, so that no file of this PC opens it.
SECRETS = {"passphrase", "passphrase_again"}


@pytest.fixture
def walk(tmp_path, said) -> Iterator[Walk]:
    made = input_walk.begin(tmp_path, said)
    yield made
    if made.program.window is not None:
        made.program.window.close()


def words(number: int, *, all_keys: bool) -> tuple[list[str], str]:
    """The classic sequences of UniKey and a name by Telex or VNI, as keys and as text; or one."""
    if not all_keys:
        return ["h", "oa", BACK * 2 + "òa", f" {number}"], f"hòa {number}"
    name, method = NAMES[number // 2 % len(NAMES)], (telex, vni)[number % 2]
    return [*CLASSIC, *method(name), f" {number}"], f"đ hòa {name} {number}"


def type_into(widget: QWidget, keys: Sequence[str]) -> str:
    """What stands there then; a list was open below meanwhile."""
    widget.setFocus()
    edit: QWidget = widget
    if isinstance(widget, EditGrid):
        widget.start()
        press(widget, keys[0])
        edit = widget.findChild(QLineEdit, "cell_editor")
    else:
        widget.selectAll()
        press(widget, keys[0])
    for key in keys[1:]:
        press(edit, key)
        if isinstance(edit, ListEdit):
            edit._timer.timeout.emit()
    return edit.toPlainText() if isinstance(edit, QPlainTextEdit) else edit.text()


def is_form(place: str, widget: QWidget) -> bool:
    names = {widget.objectName(), f"{place}: {widget.objectName()}"}
    return not isinstance(widget, SearchBox) and not names & (LOOKS | SECRETS)


def on_disk(walk: Walk) -> str:
    """All drafts, also that of a commune that has no file yet."""
    places = (walk.path, paths.data_dir() / "XaMoi")
    kept = [draft for place in places for draft in drafts.find(place).drafts]
    return " ".join(repr(draft.record) for draft in kept).lower()


_met: dict[str, tuple[set[str], set[type]]] = {}  # modules and kinds of inputs, by group


def meet(group: str, root: QWidget) -> None:
    modules, kinds = _met.setdefault(group, (set(), set()))
    for widget in inputs(root):
        modules |= modules_of(widget)
        kinds |= kinds_of(widget)


@pytest.mark.parametrize("group", GROUPS)
def test_what_is_typed_arrives_whole_outlives_the_program_and_keeps_control_z(qtbot, walk, group):
    numbers, known = count(100), set()
    typed: list[tuple[str, list[str], dict[str, bytes]]] = []
    for place, root in GROUPS[group](walk):
        meet(group, root)
        before = living(dump(walk.session.desk.database))
        kept: dict[str, str] = {}
        secret: list[str] = []
        for widget in inputs(root):
            if widget.isVisible():  # no answer before it took the question away
                name = f"{place}: {widget.objectName()}"
                whole = type(widget) not in known or bool(examples(0, 1))  # of each kind one
                keys, text = words(next(numbers), all_keys=whole)
                known.add(type(widget))
                assert type_into(widget, keys) == text, name
                if is_form(place, widget):
                    kept[text.lower()] = name
                elif widget.objectName() in SECRETS:
                    secret.append(text.lower())
        walk.session.desk.bus.leaving.emit()  # the user logs off
        if group == "start":  # no file is open yet
            qtbot.waitUntil(lambda kept=kept: not lost(walk, kept))
        elif kept:
            undo_what_was_saved(walk.session.window)
            assert walk.session.window.notice.text.text() == WAITS, place
        assert lost(walk, kept) == []
        assert not any(text in on_disk(walk) for text in secret)
        assert living(dump(walk.session.desk.database)) == before, place
        typed.append((place, texts(place, root), files_of(walk)))
    if group not in ("start", "households"):  # tested in test_start.py and test_drafts_gui.py
        taken_up(walk.again(), group, typed)


def test_the_walk_comes_to_every_file_that_builds_something_to_type_into(walk):
    for group in (one for one in GROUPS if one not in _met):  # those walked above are known
        for _, root in GROUPS[group](walk):
            meet(group, root)
    seen = set().union(*(modules for modules, _ in _met.values()))
    kinds = set().union(*(kinds for _, kinds in _met.values()))
    assert modules_of_inputs() - seen == set()
    assert {kind for kind in kinds if issubclass(kind, QDialog)} - classes_below(DraftDialog) == {
        HelpWindow,
        NewPassphrase,
        AskPassphrase,
    }
    kept = classes_below(DraftDialog, TypedSection, PaperForm)
    assert {kind for kind in kept if not kind.__subclasses__()} - kinds == set()


def taken_up(walk: Walk, group: str, typed: list[tuple[str, list[str], dict[str, bytes]]]) -> None:
    """Another program over the same file shows in each place what stood there; what is typed on top
    of that is kept as well.
    """
    places, numbers = GROUPS[group](walk), count(500)
    for place, before, files in typed:
        walk.files = files
        walk.put()
        again, root = next(places)
        assert again == place
        assert sorted(set(texts(place, root)) ^ set(before)) == [], place
        more: dict[str, str] = {}
        for widget in inputs(root):
            if widget.isVisible() and is_form(place, widget):
                name = f"{place}: {widget.objectName()}"
                more[type_into(widget, ("v", f"ề {next(numbers)}")).lower()] = name
        walk.session.desk.bus.leaving.emit()
        assert lost(walk, more) == []
    assert next(places, None) is None
    walk.program.window.close()


def files_of(walk: Walk) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in drafts.folder_of(walk.path).glob("*.json")}


def texts(place: str, root: QWidget) -> list[str]:
    """What stands in the forms of a place; capitals come when a field is left."""
    found = []
    for widget in inputs(root):
        if is_form(place, widget):
            found.append(f"{widget.objectName()}: {text_of(widget)}".lower())
    return found


def text_of(widget: QWidget) -> object:
    if isinstance(widget, EditGrid):
        return [row for row in widget.cells.texts() if any(row.values())]
    return widget.toPlainText() if isinstance(widget, QPlainTextEdit) else widget.text()


def lost(walk: Walk, kept: dict[str, str]) -> list[str]:
    known = on_disk(walk)
    return [name for text, name in kept.items() if text not in known]


def undo_what_was_saved(window: MainWindow) -> None:
    assert window.undo_action.isEnabled()
    window.notice.text.setText("")
    window.undo_action.trigger()
