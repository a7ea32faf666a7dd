"""Clock, randomness, user and PC of this machine: where the outside enters a `Context`."""

from __future__ import annotations

import getpass
import platform
import secrets
from datetime import datetime

from giamngheo_desktop.domain.context import Context
from giamngheo_desktop.domain.ids import uuid7_factory


def now() -> datetime:
    """Local wall-clock time without zone: papers and audit speak of the office's day."""
    return datetime.now()  # noqa: DTZ005


def machine_context(actor: str | None = None) -> Context:
    """A context of this moment and user; its origin is new at every program start."""
    new_id = uuid7_factory(now, secrets.randbits)
    return Context(now=now, new_id=new_id, actor=actor or _user(), origin=new_id())


def computer() -> str:
    """The name of this PC, for the sentence that says who has a file open."""
    return platform.node() or "?"


def _user() -> str:
    try:
        return getpass.getuser()
    except OSError:  # no user name on this system
        return "?"
