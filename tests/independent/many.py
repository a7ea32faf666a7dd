"""Runs command lines one after another: a line with arguments in, a line with what came out."""

from __future__ import annotations

import io
import json
import sys
from contextlib import redirect_stderr, redirect_stdout

from giamngheo_desktop.cli.main import entry


def one(arguments: list[str]) -> list[object]:
    sys.argv = ["giamngheo", *arguments]
    streams = [io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="\n") for _ in range(2)]
    with redirect_stdout(streams[0]), redirect_stderr(streams[1]):
        try:
            code = entry()
        except SystemExit as left:
            code = left.code
    texts = []
    for stream in streams:
        stream.flush()
        texts.append(stream.buffer.getvalue().decode("utf-8"))
    return [code or 0, *texts]


if __name__ == "__main__":
    # The lines are ASCII, so that no encoding matters.
    for asked in sys.stdin:
        print(json.dumps(one(json.loads(asked))), flush=True)
