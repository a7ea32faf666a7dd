"""Reads every import of the package and finds those that go against the layers."""

from __future__ import annotations

import ast
from collections.abc import Iterator
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


def modules() -> Iterator[Path]:
    yield from sorted(ROOT.rglob("*.py"))


def room_of(path: Path) -> str:
    first = path.relative_to(ROOT).parts[0]
    return first.removesuffix(".py")


def imports(path: Path) -> Iterator[tuple[int, str]]:
    """Every imported module with its line, those inside functions included."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                yield node.lineno, f"{node.module}.{alias.name}"


def violations() -> Iterator[str]:
    for path in modules():
        room = room_of(path)
        for line, name in imports(path):
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


CLOCK_CALLS = {"now", "today", "utcnow", "uuid4", "uuid1", "uuid7"}
CLOCK_OWNERS = {"datetime", "date", "uuid", "time"}


def clock_calls() -> Iterator[str]:
    """Calls of the machine's clock or randomness for ids outside the composition roots."""
    for path in modules():
        if room_of(path) in {"app", "cli", "tools"}:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            if isinstance(node.func, ast.Attribute) and node.func.attr in CLOCK_CALLS:
                owner = node.func.value
                if isinstance(owner, ast.Name) and owner.id in CLOCK_OWNERS:
                    yield f"{path.relative_to(ROOT)}:{node.lineno}: {owner.id}.{node.func.attr}()"
            elif isinstance(node.func, ast.Name) and node.func.id in {"uuid4", "uuid1"}:
                yield f"{path.relative_to(ROOT)}:{node.lineno}: {node.func.id}()"
