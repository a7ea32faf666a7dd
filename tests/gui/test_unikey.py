"""What is typed with UniKey arrives whole in every input, also while its list is open."""

from __future__ import annotations

from uuid import UUID

import pytest
from PySide6.QtWidgets import QVBoxLayout, QWidget

from giamngheo_desktop.domain.form import Choice, FieldDef, FieldKind
from giamngheo_desktop.gui.forms.field_widgets import make_cell, make_field
from giamngheo_desktop.gui.forms.options import Option
from giamngheo_desktop.gui.forms.pick_edit import DELAY
from tests.harness.unikey import BACK, NAMES, press, telex, vni

CHOICES = tuple(
    Choice(code=str(number), label=name)
    for number, name in enumerate(["Đào Thị Đ", "Hoà", "Hòa Bình", "Kinh", "Nguyễn Thị Hoà", "Tày"])
)
KINDS = [kind for kind in FieldKind if kind not in (FieldKind.CHOICES, FieldKind.ROWS)]


def field(kind):
    return FieldDef(code="x", kind=kind, label="Ô thử", choices=CHOICES, scale=1)


def editable_inputs():
    made = {f"page {kind}": make_field(field(kind)) for kind in KINDS if kind != FieldKind.YES_NO}
    made |= {f"cell {kind}": make_cell(field(kind)) for kind in KINDS}
    made["page text"].set_suggestions(NAMES)
    villages = [Option(UUID(int=at), f"{name} 2") for at, name in enumerate(NAMES)]
    made["page area"].set_options(villages)
    rows = FieldDef(code="rows", kind=FieldKind.ROWS, label="Dòng", fields=(field(FieldKind.TEXT),))
    made["row"] = make_field(rows)
    return made


@pytest.fixture
def inputs(qtbot):
    host = QWidget()
    qtbot.addWidget(host)
    box = QVBoxLayout(host)
    made = editable_inputs()
    for widget in made.values():
        box.addWidget(widget)
    host.show()
    host.activateWindow()
    yield {name: widget.input() for name, widget in made.items()}
    host.close()


def test_the_generated_keys_make_the_recorded_sequences():
    assert list(telex("đ")) == ["d", BACK + "đ"]
    assert list(telex("hòa")) == ["h", "o", "a", BACK * 2 + "òa"]
    assert list(vni("Nguyễn")) == ["Nguyen", BACK * 2 + "ên", BACK * 2 + "ễn"]
    assert len(set(NAMES)) == 50


@pytest.mark.parametrize("method", [telex, vni])
def test_fifty_names_arrive_whole_in_every_input(inputs, method):
    assert len(inputs) > 15
    for name, edit in inputs.items():
        edit.setFocus()
        for person in NAMES:
            edit.clear()
            for keys in method(person):
                press(edit, keys)
            assert edit.text() == person, name


@pytest.mark.parametrize("name", ["page text", "page choice", "cell choice", "page area"])
@pytest.mark.parametrize(
    ("keys", "text"), [(["d", BACK + "đ"], "đ"), (["hoa", BACK * 2 + "òa"], "hòa")]
)
def test_letters_typed_over_an_open_list_arrive_whole(qtbot, inputs, name, keys, text):
    edit = inputs[name]
    edit.setFocus()
    for part in keys:
        press(edit, part)
        qtbot.waitUntil(lambda: edit.list_is_open, timeout=5 * DELAY)
    assert edit.text() == text


def test_decomposed_text_is_composed_when_the_field_is_left(inputs):
    edit = inputs["page text"]
    edit.setFocus()
    edit.setText("  Hoa\u0300   Bi\u0300nh ")
    edit.editingFinished.emit()
    assert edit.text() == "Hoà Bình"


def test_nothing_limits_what_may_be_typed_meanwhile(inputs):
    for name, edit in inputs.items():
        assert not edit.inputMask(), name
        assert edit.maxLength() >= 32767, name
        assert edit.validator() is None, name
        assert edit.completer() is None, name
