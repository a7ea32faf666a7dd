"""The rules of the structure that decay unless a machine checks them."""

from __future__ import annotations

from tests.harness import layers

LONGEST = 500


def test_imports_follow_the_layers():
    assert list(layers.violations()) == []


def test_layer_check_sees_a_wrong_arrow(monkeypatch, tmp_path):
    room = tmp_path / "domain"
    room.mkdir()
    (room / "bad.py").write_text(
        "import sqlite3\nfrom PySide6 import QtCore\n"
        "from giamngheo_desktop.storage import engine\n",
        encoding="utf-8",
    )
    monkeypatch.setattr(layers, "ROOT", tmp_path)
    assert len(list(layers.violations())) == 3


def test_nobody_below_the_roots_asks_the_machine_for_time_or_ids():
    assert list(layers.clock_calls()) == []


def test_no_module_is_too_long():
    long = {
        str(path.relative_to(layers.ROOT)): lines
        for path in layers.modules()
        if (lines := layers.source(path).lines) > LONGEST
    }
    assert long == {}


def test_every_module_says_what_it_knows():
    silent = [
        str(path.relative_to(layers.ROOT))
        for path in layers.modules()
        if layers.source(path).lines and not layers.source(path).docstring
    ]
    assert silent == []


def test_only_messages_opens_a_message_box():
    users = {
        str(path.relative_to(layers.ROOT))
        for path in layers.modules()
        for _, name in layers.source(path).imports
        if name.endswith("QMessageBox")
    }
    assert users == {"gui/messages.py"}


def test_nobody_catches_everything():
    catchers = [
        f"{path.relative_to(layers.ROOT)}:{line}"
        for path in layers.modules()
        for line in layers.source(path).catch_alls
    ]
    assert catchers == []
