"""The surroundings of every test: no display, the same examples on every run."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import coverage
import pytest
from hypothesis import settings

from tests.harness.examples import examples
from tests.harness.tracing import is_traced

os.environ["QT_QPA_PLATFORM"] = "offscreen"
settings.register_profile(
    "project", derandomize=True, deadline=None, max_examples=examples(40, 100)
)
settings.load_profile("project")

GOLDEN = Path(__file__).parent / "golden"
_TRACER = pytest.StashKey[coverage.Coverage | None]()

# Files with the longest tests: begun first, so that no core waits for another at the end.
_LONGEST = (
    "test_review_walk.py",
    "test_year_of_plan.py",
    "test_every_input.py",
    "test_changed_only.py",
    "test_running.py",
    "test_random_years.py",
    "test_published_totals.py",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: item.path.name not in _LONGEST)


@pytest.hookimpl(wrapper=True)
def pytest_collection(session: pytest.Session) -> Iterator[None]:
    """What runs on import is traced in one worker: in the others it is the same."""
    tracer = session.config.stash[_TRACER] = _stopped_tracer()
    if tracer is None or os.environ.get("PYTEST_XDIST_WORKER", "gw0") != "gw0":
        return (yield)
    with tracer.collect():
        return (yield)


def _stopped_tracer() -> coverage.Coverage | None:
    """The newest; none runs any more. In a worker pytest-cov begins a second one and forgets the
    first, which would trace every test in which the second rests.
    """
    newest = running = coverage.Coverage.current()
    while running is not None:
        running.stop()
        running = coverage.Coverage.current()
    return newest


def pytest_collection_finish() -> None:
    """What was read so far stays to the end: to look through it again and again for garbage takes
    a fifth of all the time.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="write the golden files anew")


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """`golden(name, text)` compares a text with its golden file; `--update-golden` writes it anew,
    and the commit says what changed and why.
    """
    update = bool(request.config.getoption("--update-golden"))

    def compare(name: str, text: str) -> None:
        file = GOLDEN / name
        if update:
            if os.environ.get("CI"):
                pytest.fail("golden files are never written under CI")
            file.parent.mkdir(exist_ok=True)
            file.write_text(text, encoding="utf-8", newline="\n")
        assert file.exists(), f"{name} is missing: pytest --update-golden"
        assert text == file.read_text(encoding="utf-8")

    return compare


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """The bound of what is covered holds for those traced alone."""
    tracer = item.config.stash[_TRACER]
    if tracer is None or not is_traced(item.nodeid):
        return (yield)
    with tracer.collect():
        return (yield)
