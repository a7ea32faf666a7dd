"""Reads every import of the package and finds those that go against the layers."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

PACKAGE = "giamngheo_desktop"
ROOT = Path(__file__).resolve().parents[2] / PACKAGE

# Each room and the rooms it may import; `texts` and the package root are open to the ones named.
ALLOWED: dict[str, set[str]] = {
    "domain": set(),
    "texts": {"domain"},
    "paths": set(),
    "definitions": {"domain"},
    "storage": {"domain", "paths"},
    "services": {"domain", "definitions", "storage", "texts", "paths"},
    "sample": {"domain", "definitions", "storage", "services", "paths"},
    "reports": {"domain", "definitions", "services", "storage", "exports", "texts", "paths"},
    "exports": {"domain", "definitions", "services", "reports", "texts", "paths"},
    "cli": {
        "domain", "definitions", "storage", "services", "sample", "reports", "exports", "texts",
        "paths",
    },
    "gui": {
        "domain", "definitions", "storage", "services", "sample", "reports", "exports", "texts",
        "paths",
    },
}  # fmt: skip
EVERYTHING = {"app", "tools", "__main__"}  # composition roots

QT_ROOMS = {"gui", "app", "tools"}
SQL = {"sqlalchemy", "alembic"}
# The GUI passes the open database on; it may name its type and nothing else of storage.
GUI_STORAGE = {f"{PACKAGE}.storage.engine"}
CLOCK_CALLS = {"now", "today", "utcnow", "uuid4", "uuid1", "uuid7"}
CLOCK_OWNERS = {"datetime", "date", "uuid", "time"}


def modules() -> Iterator[Path]:
    yield from sorted(ROOT.rglob("*.py"))


def room_of(path: Path) -> str:
    first = path.relative_to(ROOT).parts[0]
    return first.removesuffix(".py")


@dataclass(frozen=True)
class Source:
    """What the rules ask of one module, its tree walked through once: things with their line."""

    lines: int
    docstring: str | None  # None too of an empty file
    imports: tuple[tuple[int, str], ...]  # those inside functions included
    clock_calls: tuple[tuple[int, str], ...]
    catch_alls: tuple[int, ...]


@cache
def source(path: Path) -> Source:
    text = path.read_text(encoding="utf-8")
    tree = ast.parse(text)
    imports: list[tuple[int, str]] = []
    clock_calls: list[tuple[int, str]] = []
    catch_alls: list[int] = []
    for node in ast.walk(tree):
        match node:
            case ast.Import():
                imports += ((node.lineno, alias.name) for alias in node.names)
            case ast.ImportFrom(module=str(module)):
                imports += ((node.lineno, f"{module}.{alias.name}") for alias in node.names)
            case ast.Call():
                clock_calls += ((node.lineno, name) for name in _asks_machine(node.func))
            case ast.ExceptHandler(type=None):
                catch_alls.append(node.lineno)
    return Source(
        len(text.splitlines()),
        ast.get_docstring(tree),
        tuple(imports),
        tuple(clock_calls),
        tuple(catch_alls),
    )


def _asks_machine(called: ast.expr) -> Iterator[str]:
    """The name of a call for the time or for a new id."""
    match called:
        case ast.Attribute(value=ast.Name(id=owner), attr=name):
            if owner in CLOCK_OWNERS and name in CLOCK_CALLS:
                yield f"{owner}.{name}()"
        case ast.Name(id="uuid4" | "uuid1" as name):
            yield f"{name}()"


def violations() -> Iterator[str]:
    for path in modules():
        room = room_of(path)
        for line, name in source(path).imports:
            problem = _problem(path, room, name)
            if problem:
                yield f"{path.relative_to(ROOT)}:{line}: {problem}: {name}"


def _problem(path: Path, room: str, name: str) -> str:
    top = name.split(".")[0]
    if top == "PySide6" and room not in QT_ROOMS:
        return "Qt outside the GUI"
    if top in SQL and room != "storage":
        return "SQL outside storage"
    if top == "sqlite3" and path != ROOT / "storage" / "engine.py":
        return "sqlite3 outside storage/engine.py"
    if room == "domain" and top in {"os", "pathlib", "io", "tempfile", "time"}:
        return "the domain touches no file and no clock"
    if top != PACKAGE or room in EVERYTHING or room == "__init__":
        return ""
    parts = name.split(".")
    target = parts[1] if len(parts) > 1 else ""
    if target == room or (target not in ALLOWED and target not in EVERYTHING):
        return ""
    if target in EVERYTHING or target not in ALLOWED.get(room, set()):
        return f"{room} may not import {target}"
    named = any(name.startswith(allowed) for allowed in GUI_STORAGE)
    if room == "gui" and target == "storage" and not named:
        return "the GUI reads through services"
    return ""


def clock_calls() -> Iterator[str]:
    """Calls of the machine's clock or randomness for ids outside the composition roots."""
    for path in modules():
        if room_of(path) not in {"app", "cli", "tools"}:
            for line, name in source(path).clock_calls:
                yield f"{path.relative_to(ROOT)}:{line}: {name}"
