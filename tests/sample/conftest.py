"""Samples made once: the default one, a complete register, and one of a given size."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from giamngheo_desktop import paths
from giamngheo_desktop.definitions.catalogue import Definitions, load_definitions
from tests.sample.made import Made, make

SIZE = 320  # households of the register of `sized`


@pytest.fixture(scope="session")
def definitions() -> Definitions:
    return load_definitions(paths.resources() / "definitions")


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory, definitions: Definitions) -> Iterator[Made]:
    yield from make(tmp_path_factory.mktemp("sample"), definitions)


@pytest.fixture(scope="session")
def full(tmp_path_factory: pytest.TempPathFactory, definitions: Definitions) -> Iterator[Made]:
    yield from make(tmp_path_factory.mktemp("full"), definitions, full=True)


@pytest.fixture(scope="session")
def sized(tmp_path_factory: pytest.TempPathFactory, definitions: Definitions) -> Iterator[Made]:
    yield from make(tmp_path_factory.mktemp("sized"), definitions, households=SIZE)
