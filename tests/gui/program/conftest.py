"""Fixtures of the tests beside it."""

from __future__ import annotations

import pytest

from giamngheo_desktop.gui.jobs import InlineRunner
from giamngheo_desktop.gui.program import Program
from tests.gui.commune import context, make_world


@pytest.fixture
def program():
    made = Program(context(), InlineRunner)
    yield made
    if made.window is not None:
        made.window.close()


@pytest.fixture
def file(tmp_path):
    world = make_world(tmp_path)
    world.close()
    return world.database.path


@pytest.fixture
def session(program, file):
    program.begin(file)
    return program.session
