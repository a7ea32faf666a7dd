"""How a command is run and what it said."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from giamngheo_desktop.cli.main import entry
from tests.harness.tables import sample_file


@dataclass(frozen=True)
class Ran:
    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


class Commands:
    """`run("rollup", …)` in this process, with the file of the sample where `--db` is left out."""

    def __init__(self, capsys: pytest.CaptureFixture[str], folder: Path) -> None:
        self.capsys = capsys
        self.folder = folder

    def __call__(self, *arguments: object) -> Ran:
        texts = [str(argument) for argument in arguments]
        if texts and texts[0] in {"report", "rollup", "check"} and "--db" not in texts:
            texts += ["--db", str(sample_file())]
        code = entry(texts)
        said = self.capsys.readouterr()
        return Ran(code, said.out, said.err)

    def refused(self, *arguments: object) -> str:
        """The one sentence of a refusal."""
        ran = self(*arguments)
        assert (ran.code, ran.out) == (2, ""), ran
        assert ran.err.endswith("\n")
        assert ran.err.count("\n") == 1, ran.err
        assert "Traceback" not in ran.err
        return ran.err.strip()
