"""Samples made once: the default one, a complete register, and one of a given size."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from filelock import FileLock

from giamngheo_desktop import paths
from giamngheo_desktop.definitions.catalogue import Definitions, shipped_definitions
from tests.sample.made import Made, make, opened

SIZE = 320  # households of the register of `sized`


@pytest.fixture(scope="session")
def definitions() -> Definitions:
    return shipped_definitions(paths.resources() / "definitions")


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory, definitions: Definitions) -> Iterator[Made]:
    yield from _made(tmp_path_factory, definitions, "sample")


@pytest.fixture(scope="session")
def full(tmp_path_factory: pytest.TempPathFactory, definitions: Definitions) -> Iterator[Made]:
    yield from _made(tmp_path_factory, definitions, "full", full=True)


@pytest.fixture(scope="session")
def sized(tmp_path_factory: pytest.TempPathFactory, definitions: Definitions) -> Iterator[Made]:
    yield from _made(tmp_path_factory, definitions, "sized", households=SIZE)


def _made(
    factory: pytest.TempPathFactory, definitions: Definitions, name: str, **options: Any
) -> Iterator[Made]:
    """A sample made by the worker that asks first; each reads a copy of its own."""
    of_run = factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        of_run = of_run.parent
    first = of_run / f"{name}.db"
    with FileLock(of_run / f"{name}.lock"):
        if not first.exists():
            shutil.copyfile(make(factory.mktemp("making"), definitions, **options), first)
    path = factory.mktemp(name) / "Xã mẫu.db"
    shutil.copyfile(first, path)
    with opened(path, definitions) as found:
        yield found
