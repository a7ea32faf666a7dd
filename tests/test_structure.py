"""The rules of the structure that decay unless a machine checks them."""

from __future__ import annotations

import coverage
import pytest

from tests.harness import layers
from tests.harness.tracing import is_traced

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


@pytest.mark.parametrize("number", range(6))
def test_the_tracer_runs_in_the_tests_it_is_meant_for_alone(request, number):
    measured = bool(request.config.getoption("cov_source", None))
    traced = coverage.Coverage.current() is not None
    assert traced == (measured and is_traced(request.node.nodeid))


def test_one_test_in_three_is_traced_and_none_of_a_screen():
    names = [f"test_x.py::test_{number}" for number in range(300)]
    assert 80 < sum(is_traced(f"tests/services/{name}") for name in names) < 120
    assert not any(is_traced(f"tests/gui/{name}") for name in names)
