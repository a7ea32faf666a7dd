"""The passphrase of a package: asked for, or read from a file. Never an argument, which the history
of the shell and the list of processes would keep.
"""

from __future__ import annotations

import argparse
import getpass
import sys
from pathlib import Path

from giamngheo_desktop import texts
from giamngheo_desktop.cli import arguments
from giamngheo_desktop.domain import passphrase
from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.domain.passphrase import Passphrase

_SAID = texts.CLI_PASSPHRASE


def add_options(command: arguments.Parser) -> None:
    command.add_argument("--ask-passphrase", action="store_true", help=_SAID["help_ask"])
    command.add_argument("--passphrase-file", type=Path, metavar="TỆP", help=_SAID["help_file"])


def to_lock(options: argparse.Namespace) -> Passphrase | None:
    """The one a package is to be locked with, typed twice; None where none is wanted.

    Raises AppErrors of `passphrase.chosen`, `to_open`, and `passphrase_differs`.
    """
    found = to_open(options)
    if found is None:
        return None
    found = passphrase.chosen(found.text)
    if options.ask_passphrase and _typed(_SAID["again"]) != found:
        raise AppError("passphrase_differs")
    return found


def to_open(options: argparse.Namespace) -> Passphrase | None:
    """The one that opens packages that came; None where none is given.

    Raises AppErrors file_missing, passphrase_file, passphrase_not_typed, cli_contradiction.
    """
    if options.ask_passphrase and options.passphrase_file is not None:
        raise AppError("cli_contradiction", one="--ask-passphrase", other="--passphrase-file")
    if options.ask_passphrase:
        return _typed(_SAID["ask"])
    if options.passphrase_file is not None:
        return _read(options.passphrase_file)
    return None


def _typed(question: str) -> Passphrase:
    if not sys.stdin or not sys.stdin.isatty():  # getpass would show what is typed
        raise AppError("passphrase_not_typed")
    try:
        return Passphrase(getpass.getpass(question))
    except (EOFError, KeyboardInterrupt) as error:
        raise AppError("passphrase_not_typed") from error


def _read(path: Path) -> Passphrase:
    """The only line of the file, as it is."""
    if not path.is_file():
        raise AppError("file_missing", path=path)
    try:
        lines = path.read_text("utf-8-sig").splitlines()
    except (OSError, ValueError) as error:
        raise AppError("passphrase_file", name=path.name) from error
    if len(lines) != 1 or not lines[0]:
        raise AppError("passphrase_file", name=path.name)
    return Passphrase(lines[0])
