"""Every code that can reach the user has a sentence whose placeholders the code fills."""

from __future__ import annotations

import ast
import inspect
import string
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from giamngheo_desktop.domain import errors
from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.storage import engine
from giamngheo_desktop.texts import ERRORS
from tests.harness import layers

ROOMS = ("domain", "definitions", "storage", "services")
ERROR_NAMES = {name for name, _ in inspect.getmembers(errors, inspect.isclass)} | {
    "DefinitionError"
}
# Raised with a code that is worked out; each entry says which codes that can be.
COMPUTED = {
    "storage/engine.py": set(engine._CODES.values()),
    "definitions/catalogue.py": {"unknown_plan_layout", "unknown_report_layout"},
    "services/documents/sections.py": {"layout_not_plan", "layout_not_report"},
    "services/targets/allocation.py": {"allocation_unlike_poor", "allocation_unlike_near_poor"},
    "services/documents/versions.py": {"plan_issued", "report_issued"},
}


@dataclass(frozen=True)
class Raised:
    """One place that makes an error: its code (None where worked out) and the names it fills."""

    place: str
    file: str
    code: str | None
    names: frozenset[str]


def raised_in(path: Path) -> Iterator[Raised]:
    file = path.relative_to(layers.ROOT).as_posix()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name)):
            continue
        if node.func.id not in ERROR_NAMES or not node.args:
            continue
        first = node.args[0]
        code = first.value if isinstance(first, ast.Constant) else None
        names = frozenset(word.arg for word in node.keywords if word.arg is not None)
        if any(word.arg is None for word in node.keywords):
            continue  # **params: the place hands on what others fill
        yield Raised(f"{file}:{node.lineno}", file, code, names)


def all_raised() -> list[Raised]:
    paths = [path for path in layers.modules() if layers.room_of(path) in ROOMS]
    return [raised for path in paths for raised in raised_in(path)]


def placeholders(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name is not None}


RAISED = all_raised()


def test_the_walk_sees_what_it_must() -> None:
    files = {raised.file for raised in RAISED}
    assert {"storage/backup.py", "services/events.py", "services/undo.py"} <= files
    assert len(RAISED) > 60


@pytest.mark.parametrize("raised", RAISED, ids=lambda raised: f"{raised.place}-{raised.code}")
def test_every_code_has_a_sentence_it_can_fill(raised: Raised) -> None:
    codes = {raised.code} if raised.code is not None else COMPUTED.get(raised.file)
    assert codes, "a code that is worked out is listed in COMPUTED"
    for code in codes:
        assert code in ERRORS, f"{raised.place}: no sentence for {code}"
        assert placeholders(ERRORS[code]) <= raised.names, f"{raised.place}: {code}"


@pytest.mark.parametrize("code", sorted(ERRORS))
def test_every_sentence_reads_as_one(code: str) -> None:
    sentence = ERRORS[code]
    assert sentence[0].isupper() or sentence[0] in "{“", sentence
    assert sentence.endswith((".", "}.")), sentence
    assert "  " not in sentence
    assert "\n" not in sentence


def test_an_unknown_code_would_be_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    module = tmp_path / "services" / "new.py"
    module.parent.mkdir()
    module.write_text('raise AppError("no_such_code", path=1)\n', encoding="utf-8")
    monkeypatch.setattr(layers, "ROOT", tmp_path)
    (raised,) = raised_in(module)
    assert (raised.code, raised.names) == ("no_such_code", {"path"})
    assert raised.code not in ERRORS
    assert isinstance(AppError("x"), Exception)
