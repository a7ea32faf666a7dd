"""The surroundings of every test: no display, the same examples on every run."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from zlib import crc32

import coverage
import pytest
from hypothesis import settings

from tests.harness.examples import examples

os.environ["QT_QPA_PLATFORM"] = "offscreen"
settings.register_profile(
    "project", derandomize=True, deadline=None, max_examples=examples(40, 100)
)
settings.load_profile("project")


# Files with the longest tests: begun first, so that no core waits for another at the end.
_LONGEST = (
    "test_review_walk.py",
    "test_every_input.py",
    "test_changed_only.py",
    "test_running.py",
    "test_random_years.py",
    "test_published_totals.py",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: item.path.name not in _LONGEST)


def pytest_collection_finish() -> None:
    """What was read so far stays to the end: to look through it again and again for garbage takes
    a fifth of all the time.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="write the golden files anew")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """One test in twelve is traced, none of a screen: the tracer takes longer than the test, and
    the bound of what is covered holds for these alone.
    """
    tracer = coverage.Coverage.current()
    on_screen = "/gui/" in item.nodeid
    if tracer is None or (not on_screen and crc32(item.nodeid.encode()) % 12 != 0):
        return (yield)
    tracer.stop()
    try:
        return (yield)
    finally:
        tracer.start()
