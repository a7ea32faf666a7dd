"""What a command is asked and what it answers."""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.context import Context
from giamngheo_desktop.domain.standard import standard_for
from giamngheo_desktop.storage.engine import Database


@dataclass(frozen=True, slots=True)
class Ask:
    """What a command works with; `unit` from `--unit`."""

    database: Database
    context: Context
    definitions: Definitions
    unit: UUID | None
    options: argparse.Namespace

    @property
    def today(self) -> date:
        return self.context.today()

    @property
    def standard(self) -> str:
        """That of `--standard`, else of the year. AppError of one that nobody knows."""
        standards, options = self.definitions.standards, self.options
        asked = options.standard or standard_for(standards, options.year).code
        return standards.get(asked).code


@dataclass(frozen=True, slots=True)
class Answer:
    """What a command says, as JSON and as lines; `finds` where something is still to do, `refused`
    where nothing could be done.
    """

    json: Mapping[str, Any] | Sequence[Any]
    lines: Sequence[str]
    finds: bool = False
    refused: bool = False
